/**
 * Keys as the keyspace holds them, and the order in which it does. A key is a string with one character a byte, which compares as its bytes
 * do and needs no object of its own.
 */

/** Where a key of 2^48 positions stands: SCAN's cursor is such a position, so that it means the same on every member and after a restart. */
export const HASH_POSITIONS = 2 ** 48;

// Named once: these run for every byte of every key.
const { imul } = Math;

const TWO_TO_24 = 2 ** 24;

export function keyOf(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return buffer.toString('latin1');
}

export function keyBytes(key: string): Buffer {
  return Buffer.from(key, 'latin1');
}

/**
 * 48 bits: two lanes of 32-bit multiplicative mixing (the finalizer is that of MurmurHash3, Appleby 2011), 24 bits of each. Part of the
 * snapshot's order and of cursors that clients hold: it never changes within a format version.
 */
export function hashOf(key: string): number {
  let first = 0x9e3779b9 ^ key.length;
  let second = 0x7f4a7c15 ^ key.length;
  for (let at = 0; at < key.length; at += 1) {
    const character = key.charCodeAt(at);
    first = imul(first ^ character, 0x01000193);
    first ^= first >>> 15;
    second = imul(second + character, 0x5bd1e995);
    second ^= second >>> 13;
  }
  return (finalMix(first) >>> 8) * TWO_TO_24 + (finalMix(second) >>> 8);
}

/** Spreads every bit of a 32-bit number over all of them. */
export function finalMix(value: number): number {
  let mixed = value;
  mixed = imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
