/** Reads what a client sent: integers as strictly as Redis does, options in any case. */
import { keyOf } from './key-hash.ts';

export const INT64_MAX = 2n ** 63n - 1n;
export const INT64_MIN = -(2n ** 63n);

const EMPTY = new Uint8Array();

export function argumentAt(command: readonly Uint8Array[], at: number): Uint8Array {
  return command[at] ?? EMPTY;
}

/** An option's name in upper case; it is only compared with names that we know, so that a long one need not be read. */
export function optionAt(command: readonly Uint8Array[], at: number): string {
  const bytes = argumentAt(command, at);
  return bytes.length > OPTION_BYTES_MAX ? '' : keyOf(bytes).toUpperCase();
}

const OPTION_BYTES_MAX = 16;

/** Digits of the longest 64-bit number, with its sign. */
const INTEGER_CHARACTERS_MAX = 20;
const DIGITS_THAT_ARE_SAFE = 15;

const integerPattern = /^(?:0|-?[1-9][0-9]*)$/;

/** An integer as Redis takes it: no sign but `-`, no leading zeros, no spaces. A number while it is safe, else a bigint; null when it is none. */
export function parseInteger(text: string): number | bigint | null {
  if (text.length === 0 || text.length > INTEGER_CHARACTERS_MAX || !integerPattern.test(text)) return null;
  if (text.length <= DIGITS_THAT_ARE_SAFE) return Number(text);
  const value = BigInt(text);
  if (value > INT64_MAX || value < INT64_MIN) return null;
  return narrow(value);
}

export function integerAt(command: readonly Uint8Array[], at: number): number | bigint | null {
  const bytes = argumentAt(command, at);
  return bytes.length > INTEGER_CHARACTERS_MAX ? null : parseInteger(keyOf(bytes));
}

/** A number where one is exact. */
export function narrow(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** The nearest safe integer: for offsets, of which nothing larger than a value's length matters. */
export function clampToSafe(value: number | bigint): number {
  if (typeof value === 'number') return value;
  return value > 0n ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
}
