/** Time that passes only when a test says so; timers fire in order, and what they set off runs before the next one fires. */
import type { Clock } from '../../src/shared/clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly number: number;
  readonly callback: () => void;
}

/** 2026-01-01T00:00:00Z. */
const epochMs = 1_767_225_600_000;

export class VirtualTime implements Clock {
  #nowMs = 0;
  #timersMade = 0;
  readonly #timers = new Set<Timer>();

  get timerCount(): number {
    return this.#timers.size;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return epochMs + this.#nowMs;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timer = { dueMs: this.#nowMs + Math.max(0, delayMs), number: (this.#timersMade += 1), callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Lets `durationMs` pass. Promises settle, and sockets are served, between timers. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    await settle();
    for (let timer = this.#next(endMs); timer !== null; timer = this.#next(endMs)) {
      this.#timers.delete(timer);
      this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
      timer.callback();
      await settle();
    }
    this.#nowMs = endMs;
  }

  /** Jumps without serving a timer: a process that was suspended. */
  suspend(durationMs: number): void {
    this.#nowMs += durationMs;
  }

  #next(endMs: number): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) {
      if (timer.dueMs > endMs) continue;
      if (next === null || timer.dueMs < next.dueMs || (timer.dueMs === next.dueMs && timer.number < next.number)) next = timer;
    }
    return next;
  }
}

const turnsToSettle = 4;

/** A few turns of the event loop: enough for promises and for what is ready on sockets. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < turnsToSettle; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

const eventuallyMs = 4_000;

/** Resolves as soon as `holds`; a test that waits in vain says for what. */
export async function eventually(what: string, holds: () => boolean): Promise<void> {
  const startedMs = performance.now();
  while (!holds()) {
    if (performance.now() - startedMs > eventuallyMs) throw new Error(`waited in vain: ${what}`);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
