/**
 * The bytes of a snapshot file. The magic, the format version (the feature level in force, rule S16) and the header's length stand first,
 * then the header and its checksum; then chunks, each a length, a checksum and that many bytes; then a chunk of length 0 and the trailer:
 * how many chunks and bytes there were, and a checksum of everything before it.
 */
import { crc32 } from 'node:zlib';
import { readConfiguration, writeConfiguration } from '../consensus/configuration.ts';
import { assert } from '../shared/assert.ts';
import { ByteReader, ByteWriter, MalformedBytesError } from '../shared/bytes.ts';
import { FEATURE_LEVEL_MAX, FEATURE_LEVEL_MIN } from '../shared/build.ts';
import type { SnapshotHeader } from './types.ts';

/** Chunk boundaries are kept: a reader gets the chunks that the writer gave. */
export const SNAPSHOT_CHUNK_BYTES_MAX = 64 * 1024 * 1024;
export const SNAPSHOT_HEADER_BYTES_MAX = 1024 * 1024;

const MAGIC = Buffer.from('QRT-SNAP', 'latin1');
export const PREFIX_BYTES = MAGIC.length + 2 + 4;
export const CHUNK_PREFIX_BYTES = 8;
export const TRAILER_BYTES = 4 + 8 + 8 + 4;

/** Reads bytes of a file in order. */
export type ReadExactly = (length: number) => Promise<Buffer>;

function encodeHeader(header: SnapshotHeader): Buffer {
  const body = new ByteWriter();
  body.uint53(header.base.index).uint53(header.base.term);
  writeConfiguration(body, header.base.configuration);
  const writer = new ByteWriter();
  writer.raw(MAGIC).uint16(header.featureLevel).uint32(body.length).raw(body.view());
  writer.uint32(crc32(writer.view()));
  return writer.toBuffer();
}

function encodeChunkPrefix(chunk: Uint8Array): Buffer {
  assert(chunk.length > 0 && chunk.length <= SNAPSHOT_CHUNK_BYTES_MAX, 'a snapshot chunk has 1 byte to SNAPSHOT_CHUNK_BYTES_MAX');
  return new ByteWriter(CHUNK_PREFIX_BYTES).uint32(chunk.length).uint32(crc32(chunk)).toBuffer();
}

/** @param checksum of all bytes before the trailer */
function encodeTrailer(chunkCount: number, bodyBytes: number, checksum: number): Buffer {
  const writer = new ByteWriter(TRAILER_BYTES).uint32(0).uint53(chunkCount).uint53(bodyBytes);
  return writer.uint32(crc32(writer.view(), checksum)).toBuffer();
}

/** The whole file, piece by piece; empty chunks are left out. A chunk is given as it came, behind its prefix. */
export async function* encodeSnapshot(
  header: SnapshotHeader,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const head = encodeHeader(header);
  let checksum = crc32(head);
  let chunkCount = 0;
  let bodyBytes = 0;
  yield head;
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    const prefix = encodeChunkPrefix(chunk);
    checksum = crc32(chunk, crc32(prefix, checksum));
    chunkCount += 1;
    bodyBytes += chunk.length;
    yield prefix;
    yield chunk;
  }
  yield encodeTrailer(chunkCount, bodyBytes, checksum);
}

/** Bytes of a file taken in order, with the checksum of all that was taken. */
export class ChecksummedReader {
  #checksum = 0;
  #taken = 0;
  readonly #read: ReadExactly;
  readonly #totalBytes: number;

  constructor(read: ReadExactly, totalBytes: number) {
    this.#read = read;
    this.#totalBytes = totalBytes;
  }

  get checksum(): number {
    return this.#checksum;
  }

  get remaining(): number {
    return this.#totalBytes - this.#taken;
  }

  async take(length: number): Promise<Buffer> {
    // Checked before memory is asked for: a damaged length may say anything.
    if (length > this.remaining) throw new MalformedBytesError(`expected ${length} more bytes, ${this.remaining} are left`);
    const bytes = await this.#read(length);
    if (bytes.length !== length) throw new MalformedBytesError('the file ends before it should');
    this.#checksum = crc32(bytes, this.#checksum);
    this.#taken += length;
    return bytes;
  }
}

/** @throws MalformedBytesError; UnknownSnapshotFormatError */
export async function readHeader(reader: ChecksummedReader): Promise<SnapshotHeader> {
  const prefix = new ByteReader(await reader.take(PREFIX_BYTES));
  if (!prefix.raw(MAGIC.length).equals(MAGIC)) throw new MalformedBytesError('the file does not begin as a snapshot does');
  const featureLevel = prefix.uint16();
  if (featureLevel < FEATURE_LEVEL_MIN || featureLevel > FEATURE_LEVEL_MAX) throw new UnknownSnapshotFormatError(featureLevel);
  const length = prefix.uint32();
  if (length > SNAPSHOT_HEADER_BYTES_MAX) throw new MalformedBytesError('the header is longer than any header');
  const body = new ByteReader(await reader.take(length));
  const expected = reader.checksum;
  if (new ByteReader(await reader.take(4)).uint32() !== expected)
    throw new MalformedBytesError("the header's checksum does not match");
  const base = { index: body.uint53(), term: body.uint53(), configuration: readConfiguration(body) };
  body.end();
  return { base, featureLevel };
}

/** The chunks, each verified before it is given, then the trailer. @throws MalformedBytesError */
export async function* readChunks(reader: ChecksummedReader): AsyncGenerator<Buffer, void, undefined> {
  let chunkCount = 0;
  let bodyBytes = 0;
  for (;;) {
    const length = new ByteReader(await reader.take(4)).uint32();
    if (length === 0) break;
    if (length > SNAPSHOT_CHUNK_BYTES_MAX) throw new MalformedBytesError('a chunk is longer than any chunk');
    const checksum = new ByteReader(await reader.take(4)).uint32();
    const chunk = await reader.take(length);
    if (crc32(chunk) !== checksum) throw new MalformedBytesError(`the checksum of chunk ${chunkCount} does not match`);
    chunkCount += 1;
    bodyBytes += length;
    yield chunk;
  }
  const counts = new ByteReader(await reader.take(16));
  if (counts.uint53() !== chunkCount || counts.uint53() !== bodyBytes) throw new MalformedBytesError('chunks are missing');
  const expected = reader.checksum;
  if (new ByteReader(await reader.take(4)).uint32() !== expected)
    throw new MalformedBytesError('the checksum of the file does not match');
  if (reader.remaining !== 0) throw new MalformedBytesError(`${reader.remaining} bytes too many`);
}

export class UnknownSnapshotFormatError extends Error {
  override readonly name = 'UnknownSnapshotFormatError';
  readonly code = 'UNKNOWN_SNAPSHOT_FORMAT';

  constructor(featureLevel: number) {
    super(`snapshot format ${featureLevel} is unknown to this build, which reads ${FEATURE_LEVEL_MIN} to ${FEATURE_LEVEL_MAX}`);
  }
}
