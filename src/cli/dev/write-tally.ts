/**
 * What a writer that counts saw: `INCR` of one key, one at a time, so that each acknowledged value is above all before it. One that is not
 * above shows how many acknowledged increments are gone; one that is too far above, that some were carried out more often than they were sent.
 */
import { GAP_MS } from '../view/live/scene.ts';
import type { Gap, WritesView } from '../view/live/scene.ts';

export const TALLY_LIMITS = {
  /** As many as a wide terminal shows. */
  secondsKept: 120,
} as const;

/** Times are of one clock that never runs backwards. */
export class WriteTally {
  readonly #perSecond = new Map<number, number>();
  #firstSecond: number | null = null;
  #acknowledged = 0;
  #unknown = 0;
  /** Of the unknown ones, those that no later value has accounted for: any of them may still be carried out. */
  #unknownOpen = 0;
  #lost = 0;
  #surplus = 0;
  #lastValue: number | null = null;
  #lastAtMs: number | null = null;
  #lastGap: Gap | null = null;
  #longestGapMs = 0;

  get acknowledgedCount(): number {
    return this.#acknowledged;
  }

  /** An increment was acknowledged, and the counter stands at `value`. */
  acknowledge(value: number, nowMs: number): void {
    this.#judge(value);
    this.#acknowledged += 1;
    if (this.#lastAtMs !== null) this.#measure(nowMs - this.#lastAtMs, nowMs);
    this.#lastAtMs = nowMs;
    const second = Math.floor(nowMs / 1000);
    this.#firstSecond ??= second;
    this.#perSecond.set(second, (this.#perSecond.get(second) ?? 0) + 1);
    this.#perSecond.delete(second - TALLY_LIMITS.secondsKept - 1);
  }

  /** One was sent, and nobody can tell whether it was carried out. */
  lose(): void {
    this.#unknown += 1;
    this.#unknownOpen += 1;
  }

  /** The counter was read, after all that was acknowledged: it can't stand lower. */
  read(value: number): void {
    if (this.#lastValue !== null && value < this.#lastValue) this.#lost += this.#lastValue - value;
    this.#lastValue = value;
  }

  /** Nothing is written from now on, on purpose: until the next acknowledgement no time is a gap, but the one so far. */
  rest(nowMs: number): void {
    if (this.#lastAtMs !== null) this.#longestGapMs = Math.max(this.#longestGapMs, nowMs - this.#lastAtMs);
    this.#lastAtMs = null;
  }

  /** Another counter from here on: the cluster that held the one before is gone, on purpose. */
  beginAnew(): void {
    this.#lastValue = null;
    this.#lastAtMs = null;
    this.#unknownOpen = 0;
  }

  view(nowMs: number): WritesView {
    return {
      perSecond: this.#seconds(nowMs),
      acknowledged: this.#acknowledged,
      unknown: this.#unknown,
      lost: this.#lost,
      surplus: this.#surplus,
      sinceLastMs: this.#lastAtMs === null ? null : nowMs - this.#lastAtMs,
      lastGap: this.#lastGap,
      // One that still goes on counts as far as it went.
      longestGapMs: Math.max(this.#longestGapMs, this.#lastAtMs === null ? 0 : nowMs - this.#lastAtMs),
    };
  }

  #judge(value: number): void {
    if (this.#lastValue !== null) {
      const beyond = value - this.#lastValue - 1;
      if (beyond < 0) this.#lost -= beyond;
      else if (beyond <= this.#unknownOpen) this.#unknownOpen -= beyond;
      else {
        this.#surplus += beyond - this.#unknownOpen;
        this.#unknownOpen = 0;
      }
    }
    this.#lastValue = value;
  }

  #measure(gapMs: number, nowMs: number): void {
    this.#longestGapMs = Math.max(this.#longestGapMs, gapMs);
    if (gapMs >= GAP_MS) this.#lastGap = { ms: gapMs, endedAtMs: nowMs };
  }

  /** Whole seconds only: the one that runs would look like a fall. */
  #seconds(nowMs: number): readonly number[] {
    if (this.#firstSecond === null) return [];
    const now = Math.floor(nowMs / 1000);
    const first = Math.max(this.#firstSecond, now - TALLY_LIMITS.secondsKept);
    return Array.from({ length: Math.max(0, now - first) }, (_, at) => this.#perSecond.get(first + at) ?? 0);
  }
}
