/**
 * Assertions stay on in production: each states one rule in words, and a broken rule ends the process before it can spread.
 * They are for our own mistakes only; what a caller or the world can cause is a value or a typed error.
 */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/** @throws AssertionError when `condition` is false; `rule` is the rule that was broken, in words. */
export function assert(condition: boolean, rule: string): asserts condition {
  if (!condition) throw new AssertionError(rule);
}

/** Closes a `switch` over a union: the compiler refuses a missing case, and a value from outside the types still ends the process. */
export function assertNever(value: never): never {
  throw new AssertionError(`unreachable value: ${JSON.stringify(value)}`);
}

/** The value, or an AssertionError naming the rule by which it had to be there. */
export function present<T>(value: T | null | undefined, rule: string): T {
  if (value === null || value === undefined) throw new AssertionError(rule);
  return value;
}
