/**
 * A snapshot that leaves its cluster as a file (`quorate snapshot save`): first whose it is and when it was taken, under a checksum of its
 * own, then a snapshot file as members keep it. The magic and the format version stand first, so that a later build's file is refused by
 * name and not taken for damage.
 */
import { crc32 } from 'node:zlib';
import { ByteReader, ByteWriter, MalformedBytesError } from '../shared/bytes.ts';
import { parseClusterId } from '../shared/ids.ts';
import type { ClusterId, Generation } from '../shared/ids.ts';
import type { DiskFile } from './disk.ts';
import { ChecksummedReader, encodeSnapshot, readChunks, readHeader } from './snapshot-codec.ts';
import type { SnapshotHeader } from './types.ts';

export const SAVED_FORMAT_VERSION = 1;

const MAGIC = Buffer.from('QRT-SAVE', 'latin1');
const PREFIX_BYTES = MAGIC.length + 2 + 4;
const ORIGIN_BYTES_MAX = 4096;

/** Whose snapshot it is. */
export interface SavedOrigin {
  readonly clusterId: ClusterId;
  readonly generation: Generation;
  /** Name of the leader that it was taken from, and its build. */
  readonly takenFrom: string;
  readonly version: string;
  /** Wall time of that member, milliseconds since the Unix epoch. */
  readonly takenAtMs: number;
}

/** The whole file, piece by piece. */
export async function* encodeSavedSnapshot(
  origin: SavedOrigin,
  header: SnapshotHeader,
  chunks: Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const body = new ByteWriter();
  body.text(origin.clusterId).uint53(origin.generation.number).text(origin.generation.id);
  body.text(origin.takenFrom).text(origin.version).uint53(origin.takenAtMs);
  const writer = new ByteWriter().raw(MAGIC).uint16(SAVED_FORMAT_VERSION).uint32(body.length).raw(body.view());
  yield writer.uint32(crc32(writer.view())).toBuffer();
  yield* encodeSnapshot(header, chunks);
}

export interface SavedSnapshot {
  readonly origin: SavedOrigin;
  readonly header: SnapshotHeader;
  readonly fileBytes: number;
  /** The state, each chunk verified before it is given; the end of the file is verified after the last. @throws MalformedBytesError */
  readonly chunks: AsyncGenerator<Buffer, void, undefined>;
}

/** @throws MalformedBytesError, UnknownSnapshotFormatError when it is no such file, damaged, or of a later build; DiskError */
export async function readSavedSnapshot(file: DiskFile): Promise<SavedSnapshot> {
  const fileBytes = await file.size();
  let offset = 0;
  const read = async (length: number): Promise<Buffer> => {
    const bytes = await file.read(offset, length);
    offset += bytes.length;
    return bytes;
  };
  const origin = await readOrigin(new ChecksummedReader(read, fileBytes));
  const reader = new ChecksummedReader(read, fileBytes - offset);
  const header = await readHeader(reader);
  return { origin, header, fileBytes, chunks: readChunks(reader) };
}

async function readOrigin(reader: ChecksummedReader): Promise<SavedOrigin> {
  const prefix = new ByteReader(await reader.take(PREFIX_BYTES));
  if (!prefix.raw(MAGIC.length).equals(MAGIC)) throw new MalformedBytesError('the file does not begin as a saved snapshot does');
  const version = prefix.uint16();
  if (version !== SAVED_FORMAT_VERSION) {
    throw new MalformedBytesError(
      `saved snapshot format ${version} is unknown to this build, which reads ${SAVED_FORMAT_VERSION}`,
    );
  }
  const length = prefix.uint32();
  if (length > ORIGIN_BYTES_MAX) throw new MalformedBytesError('what says whose the snapshot is, is longer than that ever is');
  const body = new ByteReader(await reader.take(length));
  const expected = reader.checksum;
  if (new ByteReader(await reader.take(4)).uint32() !== expected) {
    throw new MalformedBytesError('the checksum of what says whose the snapshot is does not match');
  }
  const clusterId = parseClusterId(body.text());
  if (!clusterId) throw new MalformedBytesError('the cluster id is not one');
  const generation = { number: body.uint53(), id: body.text() };
  const origin = { clusterId, generation, takenFrom: body.text(), version: body.text(), takenAtMs: body.uint53() };
  body.end();
  return origin;
}
