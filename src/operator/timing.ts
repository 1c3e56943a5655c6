/** Waiting, on a clock that is passed in: so that a simulation decides how long a minute takes. */
import type { Clock } from '../shared/clock.ts';
import type { Random } from '../shared/random.ts';

/** True after `delayMs`; false as soon as `signal` is aborted. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(false);
      return;
    }
    const finish = (): void => {
      cancel();
      signal.removeEventListener('abort', finish);
      resolve(!signal.aborted);
    };
    const cancel = clock.schedule(delayMs, finish);
    signal.addEventListener('abort', finish, { once: true });
  });
}

export class DeadlineExceededError extends Error {
  override readonly name = 'DeadlineExceededError';
  readonly code = 'DEADLINE_EXCEEDED';
}

/** A signal that is aborted by its parent, by hand, or when its time is up. `release` must be called when the work is done. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Sets the time anew, from now on. */
  extend(delayMs: number): void;
  abort(reason: Error): void;
  release(): void;
}

export function deadline(clock: Clock, delayMs: number, what: string, parent?: AbortSignal): Deadline {
  const controller = new AbortController();
  const abort = (reason: Error): void => {
    release();
    if (!controller.signal.aborted) controller.abort(reason);
  };
  const onParent = (): void => abort(reasonOf(parent));
  const arm = (afterMs: number): (() => void) =>
    clock.schedule(afterMs, () => abort(new DeadlineExceededError(`${what}: no answer within ${afterMs} ms`)));
  let cancel = arm(delayMs);
  const release = (): void => {
    cancel();
    parent?.removeEventListener('abort', onParent);
  };
  if (parent?.aborted === true) onParent();
  else parent?.addEventListener('abort', onParent, { once: true });
  return {
    signal: controller.signal,
    extend: (afterMs) => {
      cancel();
      if (!controller.signal.aborted) cancel = arm(afterMs);
    },
    abort,
    release,
  };
}

function reasonOf(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error ? signal.reason : new Error('aborted');
}

export interface BackoffLimits {
  readonly firstMs: number;
  readonly mostMs: number;
}

/** Doubles with each failure up to a bound, then spread over 50 to 150 %, so that many who failed together do not come back together. */
export function backoffMs(limits: BackoffLimits, failures: number, random: Random): number {
  const exponent = Math.min(Math.max(failures - 1, 0), 30);
  const plain = Math.min(limits.firstMs * 2 ** exponent, limits.mostMs);
  return Math.round(plain * (0.5 + random.fraction()));
}
