/** The clock of one machine: it drifts, its wall time may jump, and its timers end with the process that set them. */
import type { Clock } from '../../src/shared/clock.ts';
import type { Scheduler } from './scheduler.ts';

/** 2026-01-01T00:00:00Z. */
export const EPOCH_MS = 1_767_225_600_000;

/** What a machine's clocks do wrong; the world changes it while the machine runs. */
export interface ClockFault {
  /** Of this machine's seconds to true ones. */
  rate: number;
  wallOffsetMs: number;
}

export class MachineClock implements Clock {
  readonly #scheduler: Scheduler;
  readonly #fault: ClockFault;
  readonly #startedAtMs: number;
  readonly #deliver: (act: () => void) => void;

  /** @param deliver runs what is due in the process, unless that is paused or gone */
  constructor(scheduler: Scheduler, fault: ClockFault, deliver: (act: () => void) => void) {
    this.#scheduler = scheduler;
    this.#fault = fault;
    this.#startedAtMs = scheduler.nowMs;
    this.#deliver = deliver;
  }

  monotonicMs(): number {
    return (this.#scheduler.nowMs - this.#startedAtMs) * this.#fault.rate;
  }

  wallMs(): number {
    return Math.floor(EPOCH_MS + this.#scheduler.nowMs * this.#fault.rate + this.#fault.wallOffsetMs);
  }

  schedule(delayMs: number, callback: () => void): () => void {
    let isCancelled = false;
    // A timer that was due while the process was paused waits there, and can still be cancelled.
    const cancel = this.#scheduler.after(delayMs / this.#fault.rate, () =>
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
