/** The real clock and the real dice, for production. */
import { randomInt } from 'node:crypto';
import type { Clock } from '../shared/clock.ts';
import { SeededRandom } from '../shared/random.ts';
import type { Random } from '../shared/random.ts';

/** The longest delay that a timer takes; a longer one would fire at once. */
const timerDelayMsMax = 2_147_483_647;

export const SYSTEM_CLOCK: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  schedule: (delayMs, callback) => {
    const timer = setTimeout(callback, Math.min(Math.max(delayMs, 0), timerDelayMsMax));
    return () => clearTimeout(timer);
  },
};

export function systemRandom(): Random {
  return new SeededRandom(randomInt(2 ** 32));
}
