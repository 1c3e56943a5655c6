/**
 * A batch is what one sync makes durable: one checksummed unit (rule S11). Its header says which batch it is, that everything through batch
 * X is synced, and the current term and vote; its body is a list of records. The header's checksum covers the segment's salt and the
 * checksum of the body, so the two stand or fall together; yet a header can be trusted alone when only its body was torn, and what it
 * says of X then still tells rot from a torn tail in the batch before it.
 */
import { crc32 } from 'node:zlib';
import { readConfiguration, writeConfiguration } from '../consensus/configuration.ts';
import type { Entry, EntryKind, HardState, LogBase } from '../consensus/core.ts';
import { assertNever, present } from '../shared/assert.ts';
import { ByteReader, ByteWriter, MalformedBytesError } from '../shared/bytes.ts';
import { parseMemberId } from '../shared/ids.ts';
import type { MemberId } from '../shared/ids.ts';
import type { PeerMemory } from './types.ts';

export const BATCH_HEADER_BYTES = 56;
/** Batches begin at multiples of this. */
export const BATCH_ALIGNMENT = 8;

const MARKER = Buffer.from('QRTB', 'latin1');
/** Larger payloads go to the disk from where they lie. */
const COPY_BYTES_MAX = 4096;
const ID_BYTES = 8;
const KINDS: readonly EntryKind[] = ['noop', 'command', 'configuration'];

export type LogRecord =
  | { readonly type: 'base'; readonly base: LogBase }
  | { readonly type: 'truncate'; readonly from: number }
  /** Contiguous, at least one. */
  | { readonly type: 'entries'; readonly entries: readonly Entry[] }
  | { readonly type: 'memory'; readonly peers: readonly PeerMemory[] };

const RECORD_BASE = 1;
const RECORD_TRUNCATE = 2;
const RECORD_ENTRIES = 3;
const RECORD_MEMORY = 4;

export interface BatchHeader {
  readonly sequence: number;
  /** X of rule S11: every batch up to this one is durable. */
  readonly syncedThrough: number;
  readonly hardState: HardState;
}

export interface EncodedBatch {
  readonly chunks: readonly Uint8Array[];
  readonly bytes: number;
}

export type BatchReading =
  | { readonly type: 'batch'; readonly header: BatchHeader; readonly records: readonly LogRecord[]; readonly end: number }
  /** The header is whole and its body is not. */
  | { readonly type: 'torn-body'; readonly header: BatchHeader }
  | { readonly type: 'none' };

export function encodeBatch(salt: Buffer, header: BatchHeader, records: readonly LogRecord[]): EncodedBatch {
  const body = new BodyWriter();
  for (const record of records) writeRecord(body, record);
  const chunks = body.finish();
  const bodyLength = chunks.reduce((total, chunk) => total + chunk.length, 0);
  const bodyChecksum = chunks.reduce((checksum, chunk) => crc32(chunk, checksum), crc32(salt));
  const writer = new ByteWriter(BATCH_HEADER_BYTES);
  writer.raw(MARKER).uint32(0).uint32(bodyChecksum).uint32(bodyLength);
  writer.uint53(header.sequence).uint53(header.syncedThrough).uint53(header.hardState.term);
  const { vote } = header.hardState;
  writer.raw(vote === null ? Buffer.alloc(ID_BYTES) : Buffer.from(vote, 'hex'));
  writer.boolean(vote !== null).raw(Buffer.alloc(BATCH_HEADER_BYTES - writer.length));
  writer.patchUint32(4, crc32(writer.view().subarray(8), crc32(salt)));
  const padding = Buffer.alloc(alignUp(bodyLength) - bodyLength);
  return { chunks: [writer.toBuffer(), ...chunks, padding], bytes: BATCH_HEADER_BYTES + bodyLength + padding.length };
}

/** Never throws, whatever the bytes. */
export function readBatch(segment: Buffer, offset: number, salt: Buffer): BatchReading {
  const bodyAt = offset + BATCH_HEADER_BYTES;
  if (bodyAt > segment.length || !segment.subarray(offset, offset + 4).equals(MARKER)) return { type: 'none' };
  const saltChecksum = crc32(salt);
  if (segment.readUInt32LE(offset + 4) !== crc32(segment.subarray(offset + 8, bodyAt), saltChecksum)) return { type: 'none' };
  const reader = new ByteReader(segment, offset + 8);
  const bodyChecksum = reader.uint32();
  const bodyLength = reader.uint32();
  try {
    const header: BatchHeader = { sequence: reader.uint53(), syncedThrough: reader.uint53(), hardState: readHardState(reader) };
    if (bodyAt + bodyLength > segment.length) return { type: 'torn-body', header };
    const body = segment.subarray(bodyAt, bodyAt + bodyLength);
    if (crc32(body, saltChecksum) !== bodyChecksum) return { type: 'torn-body', header };
    return { type: 'batch', header, records: readRecords(body), end: bodyAt + alignUp(bodyLength) };
  } catch (error) {
    if (error instanceof MalformedBytesError) return { type: 'none' };
    throw error;
  }
}

/** Headers that are whole, from `offset` to the end of the segment: what lies beyond a damaged place. */
export function findBatchHeaders(segment: Buffer, offset: number, salt: Buffer): BatchHeader[] {
  const found: BatchHeader[] = [];
  for (let at = segment.indexOf(MARKER, offset); at >= 0; at = segment.indexOf(MARKER, at + 1)) {
    if (at % BATCH_ALIGNMENT !== 0) continue;
    const reading = readBatch(segment, at, salt);
    if (reading.type !== 'none') found.push(reading.header);
  }
  return found;
}

function alignUp(length: number): number {
  return Math.ceil(length / BATCH_ALIGNMENT) * BATCH_ALIGNMENT;
}

function readHardState(reader: ByteReader): HardState {
  const term = reader.uint53();
  const id = readId(reader);
  return { term, vote: reader.boolean() ? id : null };
}

function readId(reader: ByteReader): MemberId {
  return present(parseMemberId(reader.raw(ID_BYTES).toString('hex')), 'eight bytes in hex are a member id');
}

/** Small things are gathered, large payloads are passed on as they are. */
class BodyWriter {
  readonly #chunks: Uint8Array[] = [];
  #writer = new ByteWriter();

  get small(): ByteWriter {
    return this.#writer;
  }

  payload(bytes: Uint8Array): void {
    this.#writer.uint32(bytes.length);
    if (bytes.length <= COPY_BYTES_MAX) {
      this.#writer.raw(bytes);
      return;
    }
    this.#chunks.push(this.#writer.view(), bytes);
    this.#writer = new ByteWriter();
  }

  finish(): Uint8Array[] {
    this.#chunks.push(this.#writer.view());
    return this.#chunks;
  }
}

function writeRecord(body: BodyWriter, record: LogRecord): void {
  switch (record.type) {
    case 'base':
      body.small.uint8(RECORD_BASE).uint53(record.base.index).uint53(record.base.term);
      writeConfiguration(body.small, record.base.configuration);
      return;
    case 'truncate':
      body.small.uint8(RECORD_TRUNCATE).uint53(record.from);
      return;
    case 'entries':
      writeEntries(body, record.entries);
      return;
    case 'memory':
      body.small.uint8(RECORD_MEMORY).uint32(record.peers.length);
      for (const { id, term, position } of record.peers) {
        body.small.raw(Buffer.from(id, 'hex')).uint53(term).uint53(position.term).uint53(position.index);
      }
      return;
    default:
      assertNever(record);
  }
}

function writeEntries(body: BodyWriter, entries: readonly Entry[]): void {
  const first = present(entries[0], 'a record of entries has one at least');
  body.small.uint8(RECORD_ENTRIES).uint53(first.index).uint32(entries.length);
  for (const { term, kind, payload } of entries) {
    body.small.uint53(term).uint8(KINDS.indexOf(kind));
    body.payload(payload);
  }
}

/** @throws MalformedBytesError */
function readRecords(body: Buffer): LogRecord[] {
  const reader = new ByteReader(body);
  const records: LogRecord[] = [];
  while (reader.remaining > 0) records.push(readRecord(reader));
  return records;
}

function readRecord(reader: ByteReader): LogRecord {
  const type = reader.uint8();
  switch (type) {
    case RECORD_BASE:
      return { type: 'base', base: { index: reader.uint53(), term: reader.uint53(), configuration: readConfiguration(reader) } };
    case RECORD_TRUNCATE:
      return { type: 'truncate', from: reader.uint53() };
    case RECORD_ENTRIES:
      return { type: 'entries', entries: readEntries(reader) };
    case RECORD_MEMORY:
      return { type: 'memory', peers: readPeers(reader) };
    default:
      throw new MalformedBytesError(`record type ${type} is unknown`);
  }
}

function readEntries(reader: ByteReader): Entry[] {
  const first = reader.uint53();
  const count = reader.uint32();
  const entries: Entry[] = [];
  for (let position = 0; position < count; position += 1) {
    const term = reader.uint53();
    const kind = KINDS[reader.uint8()];
    if (kind === undefined) throw new MalformedBytesError('an entry is of an unknown kind');
    // Copied: a view would keep the whole segment in memory for as long as the entry lives.
    entries.push({ index: first + position, term, kind, payload: Buffer.from(reader.bytes()) });
  }
  return entries;
}

function readPeers(reader: ByteReader): PeerMemory[] {
  const count = reader.uint32();
  const peers: PeerMemory[] = [];
  for (let position = 0; position < count; position += 1) {
    const id = readId(reader);
    peers.push({ id, term: reader.uint53(), position: { term: reader.uint53(), index: reader.uint53() } });
  }
  return peers;
}
