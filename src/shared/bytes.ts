import { assert } from './assert.ts';

/** A frame or file that is not what its format says. Thrown by readers, caught at the edge that knows where the bytes came from. */
export class MalformedBytesError extends Error {
  override readonly name = 'MalformedBytesError';
  readonly code = 'MALFORMED_BYTES';
}

/** Appends little-endian numbers, length-prefixed bytes and text to a growing buffer. */
export class ByteWriter {
  #buffer: Buffer;
  #length = 0;

  constructor(initialCapacity = 256) {
    this.#buffer = Buffer.allocUnsafe(initialCapacity);
  }

  get length(): number {
    return this.#length;
  }

  /** May replace the buffer: call it before `this.#buffer` is read, never as an argument of a call on it. */
  /** May replace the buffer: look at `#buffer` only after it. */
  #reserve(count: number): number {
    const start = this.#length;
    const needed = start + count;
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
      this.#buffer.copy(grown, 0, 0, start);
      this.#buffer = grown;
    }
    this.#length = needed;
    return start;
  }

  uint8(value: number): this {
    const at = this.#reserve(1);
    this.#buffer.writeUInt8(value, at);
    return this;
  }

  uint16(value: number): this {
    const at = this.#reserve(2);
    this.#buffer.writeUInt16LE(value, at);
    return this;
  }

  uint32(value: number): this {
    const at = this.#reserve(4);
    this.#buffer.writeUInt32LE(value, at);
    return this;
  }

  /** A safe integer in 0..2^53-1, as 8 bytes. */
  uint53(value: number): this {
    assert(Number.isSafeInteger(value) && value >= 0, 'a uint53 is a safe integer that is not negative');
    const at = this.#reserve(8);
    this.#buffer.writeUInt32LE(value % 0x1_0000_0000, at);
    this.#buffer.writeUInt32LE(Math.floor(value / 0x1_0000_0000), at + 4);
    return this;
  }

  float64(value: number): this {
    const at = this.#reserve(8);
    this.#buffer.writeDoubleLE(value, at);
    return this;
  }

  boolean(value: boolean): this {
    return this.uint8(value ? 1 : 0);
  }

  /** Raw bytes, without a length. */
  raw(value: Uint8Array): this {
    const at = this.#reserve(value.length);
    this.#buffer.set(value, at);
    return this;
  }

  /** A 32-bit length, then the bytes. */
  bytes(value: Uint8Array): this {
    return this.uint32(value.length).raw(value);
  }

  /** A 32-bit length in bytes, then UTF-8. */
  text(value: string): this {
    const length = Buffer.byteLength(value, 'utf8');
    this.uint32(length);
    const at = this.#reserve(length);
    this.#buffer.write(value, at, length, 'utf8');
    return this;
  }

  /** Overwrites four bytes written before, for lengths and checksums that are known last. */
  patchUint32(at: number, value: number): this {
    assert(at + 4 <= this.#length, 'only bytes that were written can be patched');
    this.#buffer.writeUInt32LE(value, at);
    return this;
  }

  /** A view of what was written; valid until the next write. */
  view(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  /** A copy of what was written. */
  toBuffer(): Buffer {
    return Buffer.from(this.view());
  }
}

/** Reads what ByteWriter wrote. Every method throws MalformedBytesError when the bytes end too early. */
export class ByteReader {
  readonly #buffer: Buffer;
  #offset: number;

  constructor(bytes: Uint8Array, offset = 0) {
    this.#buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#offset = offset;
  }

  get offset(): number {
    return this.#offset;
  }

  get remaining(): number {
    return this.#buffer.length - this.#offset;
  }

  #take(count: number): number {
    if (count > this.remaining) throw new MalformedBytesError(`expected ${count} more bytes, ${this.remaining} are left`);
    const at = this.#offset;
    this.#offset += count;
    return at;
  }

  uint8(): number {
    return this.#buffer.readUInt8(this.#take(1));
  }

  uint16(): number {
    return this.#buffer.readUInt16LE(this.#take(2));
  }

  uint32(): number {
    return this.#buffer.readUInt32LE(this.#take(4));
  }

  uint53(): number {
    const at = this.#take(8);
    const high = this.#buffer.readUInt32LE(at + 4);
    if (high > 0x1f_ffff) throw new MalformedBytesError('a number is larger than 2^53-1');
    return high * 0x1_0000_0000 + this.#buffer.readUInt32LE(at);
  }

  float64(): number {
    return this.#buffer.readDoubleLE(this.#take(8));
  }

  boolean(): boolean {
    const value = this.uint8();
    if (value > 1) throw new MalformedBytesError(`a boolean is 0 or 1, not ${value}`);
    return value === 1;
  }

  /** A view into the input: copy it before keeping it longer than the input. */
  raw(length: number): Buffer {
    const at = this.#take(length);
    return this.#buffer.subarray(at, at + length);
  }

  /** A view into the input, as `raw`. */
  bytes(): Buffer {
    return this.raw(this.uint32());
  }

  text(): string {
    return this.bytes().toString('utf8');
  }

  /** @throws MalformedBytesError when bytes are left over. */
  end(): void {
    if (this.remaining !== 0) throw new MalformedBytesError(`${this.remaining} bytes too many`);
  }
}
