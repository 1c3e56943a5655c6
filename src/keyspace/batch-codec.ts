/**
 * The bytes of a batch, as they stand in the log and travel between members: format version first, then log time, then the operations.
 * Written and read by hand, because every command of every client passes here twice. What is read are views into the input: whoever keeps
 * a part longer than the input copies it, so that a small value never pins a big buffer.
 */
import { assert } from '../shared/assert.ts';
import { MalformedBytesError } from '../shared/bytes.ts';
import type { Batch, CommandArguments, Operation, WatchedKey } from './operation.ts';

export const BATCH_FORMAT_VERSION = 1;

const COMMAND = 1;
const TRANSACTION = 2;
const TICK = 3;
const RAISE_FEATURE_LEVEL = 4;

const HEADER_BYTES = 1 + 8 + 4;
const TWO_TO_32 = 0x1_0000_0000;

export function encodeBatch(batch: Batch): Buffer {
  const buffer = Buffer.allocUnsafe(encodedBatchBytes(batch));
  buffer[0] = BATCH_FORMAT_VERSION;
  let offset = writeUint53(buffer, batch.timeMs, 1);
  offset = buffer.writeUInt32LE(batch.operations.length, offset);
  for (const operation of batch.operations) offset = writeOperation(buffer, operation, offset);
  assert(offset === buffer.length, 'a batch takes as many bytes as were counted');
  return buffer;
}

/** How long `encodeBatch` makes it. */
export function encodedBatchBytes(batch: Batch): number {
  let bytes = HEADER_BYTES;
  for (const operation of batch.operations) bytes += operationBytes(operation);
  return bytes;
}

function operationBytes(operation: Operation): number {
  switch (operation.type) {
    case 'command':
      return 1 + argumentsBytes(operation.arguments);
    case 'transaction': {
      let bytes = 1 + 4 + 4;
      for (const { key } of operation.watches) bytes += 8 + 4 + key.length;
      for (const command of operation.commands) bytes += argumentsBytes(command);
      return bytes;
    }
    case 'tick':
      return 1;
    case 'raise-feature-level':
      return 1 + 4;
  }
}

function argumentsBytes(command: CommandArguments): number {
  let bytes = 4;
  for (const argument of command) bytes += 4 + argument.length;
  return bytes;
}

function writeUint53(buffer: Buffer, value: number, offset: number): number {
  assert(Number.isSafeInteger(value) && value >= 0, 'times and indexes are safe integers that are not negative');
  buffer.writeUInt32LE(value % TWO_TO_32, offset);
  return buffer.writeUInt32LE(Math.floor(value / TWO_TO_32), offset + 4);
}

function writeBytes(buffer: Buffer, bytes: Uint8Array, offset: number): number {
  const start = buffer.writeUInt32LE(bytes.length, offset);
  buffer.set(bytes, start);
  return start + bytes.length;
}

function writeArguments(buffer: Buffer, command: CommandArguments, offset: number): number {
  let next = buffer.writeUInt32LE(command.length, offset);
  for (const argument of command) next = writeBytes(buffer, argument, next);
  return next;
}

function writeOperation(buffer: Buffer, operation: Operation, offset: number): number {
  switch (operation.type) {
    case 'command':
      return writeArguments(buffer, operation.arguments, buffer.writeUInt8(COMMAND, offset));
    case 'transaction': {
      let next = buffer.writeUInt8(TRANSACTION, offset);
      next = buffer.writeUInt32LE(operation.watches.length, next);
      for (const { key, lastTouch } of operation.watches) next = writeBytes(buffer, key, writeUint53(buffer, lastTouch, next));
      next = buffer.writeUInt32LE(operation.commands.length, next);
      for (const command of operation.commands) next = writeArguments(buffer, command, next);
      return next;
    }
    case 'tick':
      return buffer.writeUInt8(TICK, offset);
    case 'raise-feature-level':
      return buffer.writeUInt32LE(operation.level, buffer.writeUInt8(RAISE_FEATURE_LEVEL, offset));
  }
}

/** @throws MalformedBytesError naming what is wrong; an unknown format version is refused by its number. */
export function decodeBatch(bytes: Uint8Array): Batch {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cursor = new Cursor(buffer);
  const version = cursor.uint8();
  if (version !== BATCH_FORMAT_VERSION)
    throw new MalformedBytesError(`batches of format version ${version} are unknown to this build`);
  const timeMs = cursor.uint53();
  const count = cursor.count(1);
  const operations: Operation[] = [];
  for (let position = 0; position < count; position += 1) operations.push(readOperation(cursor));
  cursor.end();
  return { timeMs, operations };
}

function readOperation(cursor: Cursor): Operation {
  const type = cursor.uint8();
  switch (type) {
    case COMMAND:
      return { type: 'command', arguments: readArguments(cursor) };
    case TRANSACTION:
      return { type: 'transaction', watches: readWatches(cursor), commands: readCommands(cursor) };
    case TICK:
      return { type: 'tick' };
    case RAISE_FEATURE_LEVEL:
      return { type: 'raise-feature-level', level: cursor.uint32() };
    default:
      throw new MalformedBytesError(`operations of type ${type} are unknown to this build`);
  }
}

function readArguments(cursor: Cursor): CommandArguments {
  const count = cursor.count(4);
  const parts: Buffer[] = [];
  for (let position = 0; position < count; position += 1) parts.push(cursor.bytes());
  return parts;
}

function readWatches(cursor: Cursor): WatchedKey[] {
  const count = cursor.count(12);
  const watches: WatchedKey[] = [];
  for (let position = 0; position < count; position += 1) {
    const lastTouch = cursor.uint53();
    watches.push({ key: cursor.bytes(), lastTouch });
  }
  return watches;
}

function readCommands(cursor: Cursor): CommandArguments[] {
  const count = cursor.count(4);
  const commands: CommandArguments[] = [];
  for (let position = 0; position < count; position += 1) commands.push(readArguments(cursor));
  return commands;
}

class Cursor {
  readonly #buffer: Buffer;
  #offset = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  #take(count: number): number {
    const start = this.#offset;
    if (count > this.#buffer.length - start) throw new MalformedBytesError(`a batch ends early, at byte ${this.#buffer.length}`);
    this.#offset = start + count;
    return start;
  }

  uint8(): number {
    return this.#buffer.readUInt8(this.#take(1));
  }

  uint32(): number {
    return this.#buffer.readUInt32LE(this.#take(4));
  }

  uint53(): number {
    const low = this.uint32();
    const high = this.uint32();
    if (high > 0x1f_ffff) throw new MalformedBytesError('a number in a batch is larger than 2^53-1');
    return high * TWO_TO_32 + low;
  }

  /** A number of items of at least `itemBytesMin` each: refused before room for them is taken when that many cannot follow. */
  count(itemBytesMin: number): number {
    const count = this.uint32();
    if (count * itemBytesMin > this.#buffer.length - this.#offset)
      throw new MalformedBytesError(`a batch has no room for ${count} items`);
    return count;
  }

  bytes(): Buffer {
    const length = this.uint32();
    const start = this.#take(length);
    return this.#buffer.subarray(start, start + length);
  }

  end(): void {
    const left = this.#buffer.length - this.#offset;
    if (left !== 0) throw new MalformedBytesError(`${left} bytes follow a batch`);
  }
}
