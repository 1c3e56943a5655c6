/**
 * The state as bytes: format version first, then what is one of a kind, then the tombstones, then every key in the order of positions, so that
 * equal states are equal bytes. Everything that decides a later answer is in it. Checksums are those of the file or frame around it.
 */
import { ByteReader, ByteWriter, MalformedBytesError } from '../shared/bytes.ts';
import type { Entry } from './command.ts';
import { HASH_POSITIONS, hashOf, keyOf } from './key-hash.ts';
import { Keyspace } from './keyspace.ts';
import { KEY_BYTES_MAX, SNAPSHOT_CHUNK_BYTES, TOMBSTONES_PER_GENERATION_MAX, VALUE_BYTES_MAX } from './limits.ts';
import { StateHash } from './state-hash.ts';
import { Tombstones } from './tombstones.ts';
import type { Tombstone } from './tombstones.ts';
import { valueBytes, valueOf } from './value.ts';

export const STATE_FORMAT_VERSION = 1;

const HEADER_BYTES = 1 + 8 + 8 + 4 + 4 + 4 + 8 + 4 + 4 + 8;
const TOMBSTONE_BYTES = 8 + 8;
/** Deadline (0: none), touch, length of the key, length of the value. */
const ENTRY_HEADER_BYTES = 8 + 8 + 4 + 4;

export function* keyspaceChunks(keyspace: Keyspace, featureLevel: number): Generator<Buffer, void, undefined> {
  const { hash, tombstones } = keyspace;
  let writer = new ByteWriter(2 * SNAPSHOT_CHUNK_BYTES);
  writer.uint8(STATE_FORMAT_VERSION).uint53(keyspace.nowMs).uint53(keyspace.index).uint32(featureLevel);
  writer.uint32(hash.first).uint32(hash.second).uint53(tombstones.floor);
  writer.uint32(tombstones.youngCount).uint32(tombstones.oldCount).uint53(keyspace.size);
  for (const generation of [tombstones.young(), tombstones.old()]) {
    for (const { position, touch } of generation) {
      writer.uint53(position).uint53(touch);
      if (writer.length < SNAPSHOT_CHUNK_BYTES) continue;
      yield writer.view();
      writer = new ByteWriter(2 * SNAPSHOT_CHUNK_BYTES);
    }
  }
  for (const entry of keyspace.held()) {
    const bytes = writeEntryHeader(writer, entry);
    // A long value follows in pieces of its own, without being copied.
    if (bytes.length < SNAPSHOT_CHUNK_BYTES) writer.raw(bytes);
    if (writer.length >= SNAPSHOT_CHUNK_BYTES || bytes.length >= SNAPSHOT_CHUNK_BYTES) {
      yield writer.view();
      writer = new ByteWriter(2 * SNAPSHOT_CHUNK_BYTES);
    }
    if (bytes.length >= SNAPSHOT_CHUNK_BYTES) yield* pieces(bytes);
  }
  if (writer.length > 0) yield writer.view();
}

/** Returns the bytes of the value, which have to follow. */
function writeEntryHeader(writer: ByteWriter, { key, value, deadlineMs, touch }: Entry): Buffer {
  const bytes = valueBytes(value);
  writer.uint53(deadlineMs === null ? 0 : deadlineMs).uint53(touch);
  writer.uint32(key.length).uint32(bytes.length).raw(Buffer.from(key, 'latin1'));
  return bytes;
}

function* pieces(bytes: Buffer): Generator<Buffer, void, undefined> {
  for (let start = 0; start < bytes.length; start += SNAPSHOT_CHUNK_BYTES)
    yield bytes.subarray(start, start + SNAPSHOT_CHUNK_BYTES);
}

interface Header {
  readonly timeMs: number;
  readonly index: number;
  readonly featureLevel: number;
  readonly hash: StateHash;
  readonly floor: number;
  readonly youngCount: number;
  readonly oldCount: number;
  readonly entryCount: number;
}

/** Reads pieces of any length: waits until a whole item is there, and looks at no byte more than a few times. */
export class KeyspaceReader {
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  /** Nothing can be read before so many bytes are waiting. */
  #neededBytes = 1;
  #header: Header | null = null;
  readonly #young: Tombstone[] = [];
  readonly #old: Tombstone[] = [];
  #keyspace: Keyspace | null = null;
  #entriesRead = 0;
  #lastKey = '';
  #lastPosition = -1;

  /** @throws MalformedBytesError */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    // The caller may use its buffer again.
    this.#waiting.push(Buffer.from(chunk));
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes < this.#neededBytes) return;
    const bytes = Buffer.concat(this.#waiting);
    const reader = new ByteReader(bytes);
    while (reader.remaining > 0 && this.#readItem(reader, bytes));
    this.#waiting = reader.remaining > 0 ? [bytes.subarray(reader.offset)] : [];
    this.#waitingBytes = reader.remaining;
    if (reader.remaining === 0) this.#neededBytes = 1;
  }

  /** @throws MalformedBytesError when the state is not whole */
  finish(): { readonly keyspace: Keyspace; readonly featureLevel: number } {
    const header = this.#header;
    if (!header) throw new MalformedBytesError('a state ends within its header');
    if (this.#waitingBytes > 0 || this.#young.length < header.youngCount || this.#old.length < header.oldCount) {
      throw new MalformedBytesError('a state ends early');
    }
    const keyspace = this.#keyspaceOf(header);
    if (this.#entriesRead !== header.entryCount)
      throw new MalformedBytesError(`a state of ${header.entryCount} keys ends after ${this.#entriesRead}`);
    return { keyspace, featureLevel: header.featureLevel };
  }

  /** False when more bytes are needed first. */
  #readItem(reader: ByteReader, bytes: Buffer): boolean {
    const header = this.#header;
    if (!header) return this.#readHeader(reader, bytes);
    if (this.#young.length < header.youngCount) return this.#readTombstone(reader, this.#young);
    if (this.#old.length < header.oldCount) return this.#readTombstone(reader, this.#old);
    if (this.#entriesRead < header.entryCount) return this.#readEntry(reader, bytes, this.#keyspaceOf(header));
    throw new MalformedBytesError('bytes follow a state');
  }

  #has(reader: ByteReader, needed: number): boolean {
    this.#neededBytes = needed;
    return reader.remaining >= needed;
  }

  #readHeader(reader: ByteReader, bytes: Buffer): boolean {
    const version = bytes[0] ?? 0;
    if (version !== STATE_FORMAT_VERSION)
      throw new MalformedBytesError(`states of format version ${version} are unknown to this build`);
    if (!this.#has(reader, HEADER_BYTES)) return false;
    reader.uint8();
    const [timeMs, index, featureLevel] = [reader.uint53(), reader.uint53(), reader.uint32()];
    const hash = new StateHash(reader.uint32(), reader.uint32());
    const [floor, youngCount, oldCount, entryCount] = [reader.uint53(), reader.uint32(), reader.uint32(), reader.uint53()];
    if (Math.max(youngCount, oldCount) > TOMBSTONES_PER_GENERATION_MAX)
      throw new MalformedBytesError('a state has too many tombstones');
    this.#header = { timeMs, index, featureLevel, hash, floor, youngCount, oldCount, entryCount };
    return true;
  }

  #readTombstone(reader: ByteReader, tombstones: Tombstone[]): boolean {
    if (!this.#has(reader, TOMBSTONE_BYTES)) return false;
    const position = reader.uint53();
    if (position >= HASH_POSITIONS) throw new MalformedBytesError('a position in a state is out of range');
    tombstones.push({ position, touch: reader.uint53() });
    return true;
  }

  #keyspaceOf(header: Header): Keyspace {
    this.#keyspace ??= Keyspace.restore(header, Tombstones.restore(header.floor, this.#young, this.#old));
    return this.#keyspace;
  }

  #readEntry(reader: ByteReader, bytes: Buffer, keyspace: Keyspace): boolean {
    if (!this.#has(reader, ENTRY_HEADER_BYTES)) return false;
    const lengths = reader.offset + 16;
    const keyLength = bytes.readUInt32LE(lengths);
    const valueLength = bytes.readUInt32LE(lengths + 4);
    if (keyLength > KEY_BYTES_MAX || valueLength > VALUE_BYTES_MAX)
      throw new MalformedBytesError('a key or value in a state is too long');
    if (!this.#has(reader, ENTRY_HEADER_BYTES + keyLength + valueLength)) return false;
    const [deadlineMs, touch] = [reader.uint53(), reader.uint53()];
    reader.raw(8);
    const key = keyOf(reader.raw(keyLength));
    this.#checkOrder(key);
    const value = valueOf(reader.raw(valueLength), keyspace.owner);
    keyspace.restoreEntry({ key, value, deadlineMs: deadlineMs === 0 ? null : deadlineMs, touch });
    this.#entriesRead += 1;
    return true;
  }

  #checkOrder(key: string): void {
    const position = hashOf(key);
    const follows = position > this.#lastPosition || (position === this.#lastPosition && key > this.#lastKey);
    if (!follows) throw new MalformedBytesError('the keys of a state are out of order');
    this.#lastPosition = position;
    this.#lastKey = key;
  }
}
