/**
 * Values as the keyspace holds them. A short one is a string with one character a byte: no object of its own, nothing that pins a larger
 * buffer, and immutable. A long one is a LargeValue, which may be changed in place as long as nobody else can see its bytes.
 */
import { assert } from '../shared/assert.ts';
import { keyOf } from './key-hash.ts';
import { COMPACT_VALUE_BYTES_MAX, VALUE_BYTES_MAX } from './limits.ts';

export type Value = string | LargeValue;

/** Room that APPEND leaves behind a value, so that appending a byte at a time does not copy the whole each time. */
const SPARE_BYTES_MAX = 1024 * 1024;

export class LargeValue {
  /** Who may change the bytes in place; null once a reply, a copy or a snapshot can see them. */
  #owner: object | null;
  readonly #bytes: Buffer;
  readonly #length: number;
  /** The log entry in which a reply or copy last saw the bytes; 0 for what happened outside of any. */
  #lentAt = 0;

  constructor(bytes: Buffer, length: number, owner: object) {
    this.#bytes = bytes;
    this.#length = length;
    this.#owner = owner;
  }

  get length(): number {
    return this.#length;
  }

  /**
   * A view that stays as it is, because from now on a change copies first.
   *
   * @param entryIndex of the log entry that is being applied; 0 outside of any
   */
  lend(entryIndex: number): Buffer {
    this.#owner = null;
    this.#lentAt = entryIndex;
    return this.#bytes.subarray(0, this.#length);
  }

  /** True on every member alike, as long as the entry is being applied: then a change copies what that entry itself has lent. */
  wasLentIn(entryIndex: number): boolean {
    return this.#lentAt === entryIndex;
  }

  /** A changed value. It may share the bytes of this one, which has then seen its last use but for its length. */
  write(offset: number, bytes: Uint8Array, owner: object): LargeValue {
    const length = Math.max(this.#length, offset + bytes.length);
    const target = this.#owner === owner && length <= this.#bytes.length ? this.#bytes : this.#copy(length);
    this.#owner = null;
    if (offset > this.#length) target.fill(0, this.#length, offset);
    target.set(bytes, offset);
    return new LargeValue(target, length, owner);
  }

  #copy(length: number): Buffer {
    const spare = length > this.#length ? Math.min(length, SPARE_BYTES_MAX) : 0;
    const bytes = Buffer.allocUnsafeSlow(Math.min(length + spare, VALUE_BYTES_MAX));
    this.#bytes.copy(bytes, 0, 0, this.#length);
    return bytes;
  }
}

/** Copies: the value holds on to nothing of the input. */
export function valueOf(bytes: Uint8Array, owner: object): Value {
  if (bytes.length <= COMPACT_VALUE_BYTES_MAX) return keyOf(bytes);
  assert(bytes.length <= VALUE_BYTES_MAX, 'a value longer than the limit was refused before');
  const own = Buffer.allocUnsafeSlow(bytes.length);
  own.set(bytes);
  return new LargeValue(own, own.length, owner);
}

/** Bytes that stay as they are whatever happens to the value. */
export function valueBytes(value: Value, entryIndex = 0): Buffer {
  return typeof value === 'string' ? Buffer.from(value, 'latin1') : value.lend(entryIndex);
}

/** Overwrites from `offset` on; what lies between the end of the value and `offset` becomes zeros. */
export function writeIntoValue(value: Value, offset: number, bytes: Uint8Array, owner: object): Value {
  const length = Math.max(value.length, offset + bytes.length);
  if (typeof value !== 'string') return value.write(offset, bytes, owner);
  if (length <= COMPACT_VALUE_BYTES_MAX) {
    const whole = Buffer.alloc(length);
    whole.write(value, 0, 'latin1');
    whole.set(bytes, offset);
    return keyOf(whole);
  }
  return new LargeValue(Buffer.from(value, 'latin1'), value.length, owner).write(offset, bytes, owner);
}
