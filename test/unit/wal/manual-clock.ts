import type { Clock } from '../../../src/shared/clock.ts';

interface Scheduled {
  readonly atMs: number;
  readonly callback: () => void;
}

/** Time that stands still until a test moves it. */
export class ManualClock implements Clock {
  #nowMs = 0;
  readonly #scheduled = new Set<Scheduled>();

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#nowMs;
  }

  get scheduled(): number {
    return this.#scheduled.size;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const scheduled = { atMs: this.#nowMs + delayMs, callback };
    this.#scheduled.add(scheduled);
    return () => void this.#scheduled.delete(scheduled);
  }

  advance(byMs: number): void {
    this.#nowMs += byMs;
    for (const scheduled of [...this.#scheduled].filter(({ atMs }) => atMs <= this.#nowMs)) {
      this.#scheduled.delete(scheduled);
      scheduled.callback();
    }
  }
}
