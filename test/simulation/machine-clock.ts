/** The clocks of one machine: they drift, its wall time may jump, and its timers end with the process that set them. */
import type { Clock } from '../../src/shared/clock.ts';
import type { Scheduler } from './scheduler.ts';

/** 2026-01-01T00:00:00Z. */
export const EPOCH_MS = 1_767_225_600_000;

/** What a machine takes for time; true until a fault says otherwise. */
export class LocalTime {
  readonly #scheduler: Scheduler;
  #anchorMs = 0;
  #anchorLocalMs = 0;
  #rate = 1;
  #wallOffsetMs = 0;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  get rate(): number {
    return this.#rate;
  }

  /** Since the world began; never runs backwards. */
  nowMs(): number {
    return this.#anchorLocalMs + (this.#scheduler.nowMs - this.#anchorMs) * this.#rate;
  }

  wallMs(): number {
    return Math.floor(EPOCH_MS + this.nowMs() + this.#wallOffsetMs);
  }

  drift(rate: number): void {
    this.#anchorLocalMs = this.nowMs();
    this.#anchorMs = this.#scheduler.nowMs;
    this.#rate = rate;
  }

  jump(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  /** As after a visit of the time daemon. */
  correct(): void {
    this.drift(1);
    this.#wallOffsetMs = this.#scheduler.nowMs - this.nowMs();
  }
}

export class MachineClock implements Clock {
  readonly #scheduler: Scheduler;
  readonly #time: LocalTime;
  readonly #startedAtMs: number;
  readonly #deliver: (act: () => void) => void;

  /** @param deliver runs what is due in the process, unless that is paused or gone */
  constructor(scheduler: Scheduler, time: LocalTime, deliver: (act: () => void) => void) {
    this.#scheduler = scheduler;
    this.#time = time;
    this.#startedAtMs = time.nowMs();
    this.#deliver = deliver;
  }

  monotonicMs(): number {
    return this.#time.nowMs() - this.#startedAtMs;
  }

  wallMs(): number {
    return this.#time.wallMs();
  }

  schedule(delayMs: number, callback: () => void): () => void {
    let isCancelled = false;
    // A timer that was due while the process was paused waits there, and can still be cancelled.
    const cancel = this.#scheduler.after(delayMs / this.#time.rate, () =>
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
