/**
 * INCRBYFLOAT's arithmetic, exactly as Redis does it on x86-64: numbers with a 64-bit significand (the 80-bit extended format of IEEE 754),
 * rounded to the nearest, ties to even, and printed with 17 decimals without trailing zeros. Done in integers, so that every member gets
 * the same digits on every machine. Numbers below 2^-16382 keep their full significand here, which no answer of 17 decimals can show.
 */
import { assert } from '../shared/assert.ts';

/** significand * 2^exponent; a significand of 0 is zero, else it has at most 64 bits. */
export interface LongDouble {
  readonly significand: bigint;
  readonly exponent: number;
}

export type ParsedLongDouble = LongDouble | 'infinite';

const SIGNIFICAND_BITS = 64;
/** What is not less than 2 to this power is infinite. */
const EXPONENT_MAX = 16_384;
/** What is less than 2 to this power is zero: the smallest number of the format. */
const EXPONENT_MIN = -16_445;
const DECIMALS = 17;
/** Of longer numbers Redis says that they are none. */
const CHARACTERS_MAX = 5 * 1024 - 1;
/** Beyond these powers of ten nothing is finite, or nothing is left. */
const DECIMAL_EXPONENT_MAX = 12_000;

const ZERO: LongDouble = { significand: 0n, exponent: 0 };

function bitLength(value: bigint): number {
  const digits = value.toString(16);
  return (digits.length - 1) * 4 + (32 - Math.clz32(parseInt(digits.slice(0, 1), 16)));
}

/** numerator / denominator * 2^exponent, rounded to 64 bits. */
function round(numerator: bigint, denominator: bigint, exponent: number): LongDouble {
  if (numerator === 0n) return ZERO;
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  // Two bits more than wanted, and whether anything is left below them: enough to round once and rightly.
  const shift = SIGNIFICAND_BITS + 2 - (bitLength(magnitude) - bitLength(denominator));
  const [scaled, divisor] = shift >= 0 ? [magnitude << BigInt(shift), denominator] : [magnitude, denominator << BigInt(-shift)];
  const quotient = scaled / divisor;
  const excess = BigInt(bitLength(quotient) - SIGNIFICAND_BITS);
  const half = 1n << (excess - 1n);
  let significand = quotient >> excess;
  const rest = quotient - (significand << excess);
  const above = rest > half || (rest === half && (scaled % divisor > 0n || (significand & 1n) === 1n));
  if (above) significand += 1n;
  return { significand: negative ? -significand : significand, exponent: exponent - shift + Number(excess) };
}

function isOverflow({ significand, exponent }: LongDouble): boolean {
  return significand !== 0n && bitLength(significand < 0n ? -significand : significand) + exponent > EXPONENT_MAX;
}

function isUnderflow({ significand, exponent }: LongDouble): boolean {
  return significand !== 0n && bitLength(significand < 0n ? -significand : significand) + exponent <= EXPONENT_MIN;
}

const decimalPattern = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:e([+-]?[0-9]+))?$/i;
const hexadecimalPattern = /^([+-]?)0x([0-9a-f]*)(?:\.([0-9a-f]*))?(?:p([+-]?[0-9]+))?$/i;
const infinitePattern = /^[+-]?inf(?:inity)?$/i;

/** Null for what Redis calls no valid float: no number, out of range, or too long. */
export function parseLongDouble(text: string): ParsedLongDouble | null {
  if (text.length === 0 || text.length > CHARACTERS_MAX) return null;
  if (infinitePattern.test(text)) return 'infinite';
  const hexadecimal = hexadecimalPattern.exec(text);
  const [, sign, whole = '', fraction = '', power = '0'] = hexadecimal ?? decimalPattern.exec(text) ?? [];
  if (whole.length + fraction.length === 0) return null;
  const digits = BigInt((hexadecimal ? '0x' : '') + whole + fraction);
  if (digits === 0n) return ZERO;
  const magnitude = hexadecimal
    ? fromHexadecimal(digits, Number(power) - 4 * fraction.length)
    : fromDecimal(digits, Number(power) - fraction.length);
  if (!magnitude || isOverflow(magnitude) || isUnderflow(magnitude)) return null;
  return sign === '-' ? { ...magnitude, significand: -magnitude.significand } : magnitude;
}

function fromHexadecimal(digits: bigint, power: number): LongDouble | null {
  return Math.abs(power) > 8 * EXPONENT_MAX ? null : round(digits, 1n, power);
}

function fromDecimal(digits: bigint, power: number): LongDouble | null {
  if (Math.abs(power) > DECIMAL_EXPONENT_MAX) return null;
  return power >= 0 ? round(digits * 10n ** BigInt(power), 1n, 0) : round(digits, 10n ** BigInt(-power), 0);
}

/** Null when the sum is infinite. */
export function addLongDoubles(left: ParsedLongDouble, right: ParsedLongDouble): LongDouble | null {
  if (left === 'infinite' || right === 'infinite') return null;
  const exponent = Math.min(left.exponent, right.exponent);
  const sum = (left.significand << BigInt(left.exponent - exponent)) + (right.significand << BigInt(right.exponent - exponent));
  const rounded = round(sum, 1n, exponent);
  return isOverflow(rounded) ? null : rounded;
}

/** With 17 decimals, ties to even, without trailing zeros; zero has no sign. */
export function formatLongDouble({ significand, exponent }: LongDouble): string {
  const negative = significand < 0n;
  const scaled = (negative ? -significand : significand) * 10n ** BigInt(DECIMALS);
  const decimals = exponent >= 0 ? scaled << BigInt(exponent) : shiftRightToEven(scaled, BigInt(-exponent));
  if (decimals === 0n) return '0';
  const digits = decimals.toString().padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  const text = digits.slice(0, -DECIMALS) + (fraction === '' ? '' : `.${fraction}`);
  assert(text.length < CHARACTERS_MAX, 'what is printed can be read again');
  return negative ? `-${text}` : text;
}

function shiftRightToEven(value: bigint, bits: bigint): bigint {
  const shifted = value >> bits;
  const rest = value - (shifted << bits);
  const half = 1n << (bits - 1n);
  return rest > half || (rest === half && (shifted & 1n) === 1n) ? shifted + 1n : shifted;
}
