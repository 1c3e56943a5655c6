/** A pace in bytes a second, shared by all who ask it: background work that never takes the whole disk or the whole network. */
import type { Clock } from '../shared/clock.ts';

export class ByteRate {
  readonly #clock: Clock;
  readonly #bytesPerSecond: number;
  /** When what was given so far will be paid for. */
  #paidAtMs = 0;

  constructor(clock: Clock, bytesPerSecond: number) {
    this.#clock = clock;
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Resolves when `bytes` more may pass. What nobody used is not saved up: after a pause there is no burst. */
  async take(bytes: number): Promise<void> {
    const nowMs = this.#clock.monotonicMs();
    const startMs = Math.max(nowMs, this.#paidAtMs);
    this.#paidAtMs = startMs + (bytes * 1000) / this.#bytesPerSecond;
    if (startMs > nowMs) await new Promise<void>((resolve) => this.#clock.schedule(startMs - nowMs, resolve));
  }
}
