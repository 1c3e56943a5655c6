/**
 * The header of a segment: 512 bytes with a checksum of their own, that say whose segment it is, which place it has, and where the log
 * stood when it began. A segment gets its final name only when its header and its first batch are durable, so that under a final name
 * neither can be torn: damage to them is corruption (rule S11).
 */
import { crc32 } from 'node:zlib';
import { assert } from '../shared/assert.ts';
import { ByteReader, ByteWriter, MalformedBytesError } from '../shared/bytes.ts';
import type { Generation } from '../shared/ids.ts';

export const SEGMENT_HEADER_BYTES = 512;
export const SEGMENT_SUFFIX = '.wal';
export const SALT_BYTES = 16;

const MAGIC = Buffer.from('QRT-WAL\0', 'latin1');
const CHECKSUM_AT = SEGMENT_HEADER_BYTES - 4;

export interface SegmentOwner {
  readonly clusterId: string;
  readonly generation: Generation;
  readonly memberId: string;
}

export interface SegmentHeader {
  /** Format version: the feature level in force (rule S16). */
  readonly featureLevel: number;
  readonly owner: SegmentOwner;
  /** 1, 2, 3 …: the place among the segments; the file is named by it. */
  readonly sequence: number;
  /** Sequence of the last batch before this segment; its own first batch has the next. */
  readonly follows: number;
  /** Index at which the log ended when this segment began: without what came before, entries up to here must be in a snapshot. */
  readonly originIndex: number;
  /** Bytes that the file had when it was published. A shorter file lost its end. */
  readonly allocatedBytes: number;
  /** Random: a batch of another segment, or of an earlier life of this one, never passes for one of this. */
  readonly salt: Buffer;
}

export type HeaderReading =
  | { readonly type: 'header'; readonly header: SegmentHeader }
  | { readonly type: 'unknown-format'; readonly featureLevel: number }
  | { readonly type: 'damaged'; readonly message: string };

export function segmentName(sequence: number): string {
  return String(sequence).padStart(12, '0') + SEGMENT_SUFFIX;
}

export function encodeSegmentHeader(header: SegmentHeader): Buffer {
  const { owner } = header;
  const writer = new ByteWriter(SEGMENT_HEADER_BYTES);
  writer.raw(MAGIC).uint16(header.featureLevel);
  writer.text(owner.clusterId).uint53(owner.generation.number).text(owner.generation.id).text(owner.memberId);
  writer.uint53(header.sequence).uint53(header.follows).uint53(header.originIndex).uint53(header.allocatedBytes);
  writer.raw(header.salt);
  assert(writer.length <= CHECKSUM_AT, 'a segment header fits its 512 bytes');
  writer.raw(Buffer.alloc(CHECKSUM_AT - writer.length));
  return writer.uint32(crc32(writer.view())).toBuffer();
}

/** Magic, version and checksum stand at the same places in every format, so that a later one can be told from damage. */
export function readSegmentHeader(bytes: Buffer, levels: { readonly min: number; readonly max: number }): HeaderReading {
  if (bytes.length < SEGMENT_HEADER_BYTES) return { type: 'damaged', message: 'the file is shorter than a segment header' };
  const reader = new ByteReader(bytes.subarray(0, SEGMENT_HEADER_BYTES));
  if (!reader.raw(MAGIC.length).equals(MAGIC)) return { type: 'damaged', message: 'the file does not begin as a segment does' };
  if (bytes.readUInt32LE(CHECKSUM_AT) !== crc32(bytes.subarray(0, CHECKSUM_AT))) {
    return { type: 'damaged', message: "the checksum of the segment's header does not match" };
  }
  const featureLevel = reader.uint16();
  if (featureLevel < levels.min || featureLevel > levels.max) return { type: 'unknown-format', featureLevel };
  try {
    return { type: 'header', header: readFields(reader, featureLevel) };
  } catch (error) {
    if (error instanceof MalformedBytesError) return { type: 'damaged', message: error.message };
    throw error;
  }
}

function readFields(reader: ByteReader, featureLevel: number): SegmentHeader {
  const clusterId = reader.text();
  const generation = { number: reader.uint53(), id: reader.text() };
  const owner = { clusterId, generation, memberId: reader.text() };
  const [sequence, follows, originIndex, allocatedBytes] = [reader.uint53(), reader.uint53(), reader.uint53(), reader.uint53()];
  return { featureLevel, owner, sequence, follows, originIndex, allocatedBytes, salt: Buffer.from(reader.raw(SALT_BYTES)) };
}
