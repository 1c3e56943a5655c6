/** Virtual time as a `Clock`: the world's own, or that of a process, whose timers end with it and wait while it is suspended. */
import type { Clock } from '../../src/shared/clock.ts';
import { EPOCH_MS } from '../simulation/machine-clock.ts';
import type { Scheduler } from '../simulation/scheduler.ts';

export class SimulatedClock implements Clock {
  readonly #scheduler: Scheduler;
  readonly #deliver: (act: () => void) => void;

  /** @param deliver runs what is due, unless whoever set the timer is gone (then never) or suspended (then later) */
  constructor(scheduler: Scheduler, deliver: (act: () => void) => void = (act) => act()) {
    this.#scheduler = scheduler;
    this.#deliver = deliver;
  }

  monotonicMs(): number {
    return this.#scheduler.nowMs;
  }

  wallMs(): number {
    return Math.floor(EPOCH_MS + this.#scheduler.nowMs);
  }

  schedule(delayMs: number, callback: () => void): () => void {
    let isCancelled = false;
    const cancel = this.#scheduler.after(delayMs, () =>
      this.#deliver(() => {
        if (!isCancelled) callback();
      }),
    );
    return () => {
      isCancelled = true;
      cancel();
    };
  }
}
