/**
 * Log time (rule S13): the leader stamps each entry with the median of the members' clocks, advanced by its own monotonic clock in between
 * and never running backwards. Each peer frame carries the sender's wall clock; what is kept of it is its offset from our monotonic clock,
 * so that a wall clock that jumps here changes nothing until the median says so.
 */
import type { MemberId } from '../shared/ids.ts';

/** A peer's clock not heard for so long no longer counts. */
export const CLOCK_SAMPLE_AGE_MS_MAX = 10_000;

interface Sample {
  readonly offsetMs: number;
  readonly takenAtMs: number;
}

export class LogTime {
  readonly #samples = new Map<MemberId, Sample>();
  #latestMs = 0;

  /** A frame of `peer` sent when its wall clock showed `wallMs` arrived when our monotonic clock showed `monotonicMs`. */
  observe(peer: MemberId, wallMs: number, monotonicMs: number): void {
    this.#samples.set(peer, { offsetMs: wallMs - monotonicMs, takenAtMs: monotonicMs });
  }

  /** These are the members now: nobody else's clock counts. */
  keep(members: readonly MemberId[]): void {
    for (const peer of this.#samples.keys()) if (!members.includes(peer)) this.#samples.delete(peer);
  }

  /** Log time only moves on: an applied or received entry's time is a floor for what comes after. */
  advanceTo(timeMs: number): void {
    this.#latestMs = Math.max(this.#latestMs, timeMs);
  }

  /** Milliseconds since the Unix epoch; never less than what was stamped or advanced to before. */
  nowMs(ownWallMs: number, monotonicMs: number): number {
    return Math.max(this.#latestMs, Math.floor(monotonicMs + this.#medianOffsetMs(ownWallMs, monotonicMs)));
  }

  /**
   * The time of an entry: never less than that of one before. Only a stamp sets such a floor: a member that looks at the time before it has
   * heard of anybody sees its own clock alone, and were that to last, it would expire keys by it once it leads.
   */
  stampMs(ownWallMs: number, monotonicMs: number): number {
    this.#latestMs = this.nowMs(ownWallMs, monotonicMs);
    return this.#latestMs;
  }

  /** How far this member's wall clock is from the median; null while no peer was heard. */
  ownOffsetMs(ownWallMs: number, monotonicMs: number): number | null {
    const heard = [...this.#samples.values()].some((sample) => monotonicMs - sample.takenAtMs <= CLOCK_SAMPLE_AGE_MS_MAX);
    if (!heard) return null;
    return Math.round(ownWallMs - monotonicMs - this.#medianOffsetMs(ownWallMs, monotonicMs));
  }

  /** The lower median of our own and all fresh offsets: with an even number of clocks the earlier one, so that nothing expires early. */
  #medianOffsetMs(ownWallMs: number, monotonicMs: number): number {
    const offsets = [ownWallMs - monotonicMs];
    for (const sample of this.#samples.values()) {
      if (monotonicMs - sample.takenAtMs <= CLOCK_SAMPLE_AGE_MS_MAX) offsets.push(sample.offsetMs);
    }
    offsets.sort((left, right) => left - right);
    return offsets[Math.floor((offsets.length - 1) / 2)] ?? ownWallMs - monotonicMs;
  }
}
