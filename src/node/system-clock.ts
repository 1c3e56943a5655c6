import { performance } from 'node:perf_hooks';
import type { Clock } from '../shared/clock.ts';

/** The machine's clock. A delay of 0 means "in the next turn of the event loop", after the I/O that is already there. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  schedule(delayMs, callback) {
    if (delayMs <= 0) {
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
