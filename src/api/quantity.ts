/**
 * Kubernetes quantities: `10Gi`, `500m`, `1e3`. Read by the grammar of the API server (apimachinery, `resource.Quantity`), in exact
 * integer arithmetic down to one billionth, the finest that the grammar keeps; what is finer is rounded up, away from zero, as there.
 */
const NANOS_PER_UNIT = 1_000_000_000n;
/** A quantity is a number of things in this world: longer text or larger exponents are refused, not computed. */
const QUANTITY_LENGTH_MAX = 64;
const EXPONENT_MAX = 30;

const grammar = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+)|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?$/;

const decimalSuffixes: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binarySuffixes: Readonly<Record<string, bigint>> = { Ki: 10n, Mi: 20n, Gi: 30n, Ti: 40n, Pi: 50n, Ei: 60n };

/** The quantity in billionths of its unit, or null when `text` is none. */
export function parseQuantity(text: string): bigint | null {
  if (text.length > QUANTITY_LENGTH_MAX) return null;
  const match = grammar.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponentText, suffix] = match;
  const digits = whole + fraction;
  if (digits === '') return null;
  const exponent = exponentText === undefined ? (decimalSuffixes[suffix ?? ''] ?? 0) : Number(exponentText);
  if (Math.abs(exponent) > EXPONENT_MAX) return null;
  const shift = (suffix === undefined ? undefined : binarySuffixes[suffix]) ?? 0n;
  const scale = exponent - fraction.length;
  const unscaled = (BigInt(digits) << shift) * NANOS_PER_UNIT;
  const magnitude = scale >= 0 ? unscaled * 10n ** BigInt(scale) : divideRoundingUp(unscaled, 10n ** BigInt(-scale));
  return sign === '-' ? -magnitude : magnitude;
}

/** The quantity in whole units, rounded up: bytes of `10Gi`, and 1 for `500m`. Null when `text` is no quantity, or beyond 2^53. */
export function quantityToInteger(text: string): number | null {
  const nanos = parseQuantity(text);
  if (nanos === null) return null;
  const units = nanos >= 0n ? divideRoundingUp(nanos, NANOS_PER_UNIT) : nanos / NANOS_PER_UNIT;
  const result = Number(units);
  return Number.isSafeInteger(result) ? result : null;
}

/** Negative, zero or positive as `left` is less than, equal to or more than `right`; null when one of them is no quantity. */
export function compareQuantities(left: string, right: string): number | null {
  const leftNanos = parseQuantity(left);
  const rightNanos = parseQuantity(right);
  if (leftNanos === null || rightNanos === null) return null;
  if (leftNanos === rightNanos) return 0;
  return leftNanos < rightNanos ? -1 : 1;
}

function divideRoundingUp(dividend: bigint, divisor: bigint): bigint {
  return (dividend + divisor - 1n) / divisor;
}
