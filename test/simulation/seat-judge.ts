/**
 * Who may keep a leader's seat: a leader that no majority can have answered steps down (check-quorum, thesis §6.2), and so does one that has
 * work and commits nothing (rule S18). Looked at a few times a second; generous, because clocks drift and bytes may be under way.
 */
import type { CoreStatus, Member } from '../../src/consensus/core.ts';
import { isQuorum } from '../../src/consensus/quorum.ts';
import { hold } from '../support/raft-checker.ts';

/** An election timeout of 1 s, by a clock that runs slow, and the longest that bytes travel. */
const UNHEARD_MS_MAX = 4000;
/** Stuck for 5 s, then 2 s for a hand-over that nobody takes, by a clock that runs slow, and what was under way. */
const STUCK_MS_MAX = 12_000;

interface Seat {
  term: number;
  commitIndex: number;
  /** Since when no majority of its voters could be heard, or null. */
  unheardSinceMs: number | null;
  /** Since when it has uncommitted work and commits nothing, or null. */
  stuckSinceMs: number | null;
}

export class SeatJudge {
  readonly #seats = new Map<object, Seat>();

  /**
   * @param process what holds the seat: a new one begins anew
   * @param canHear whether this other voter's process runs, and bytes pass in both directions
   */
  look(nowMs: number, process: object, name: string, status: CoreStatus, canHear: (voter: Member) => boolean): void {
    if (status.role !== 'leader') {
      this.#seats.delete(process);
      return;
    }
    const seat = this.#seatOf(process, status);
    const others = new Map(status.configuration.members.map((member) => [member.id, member]));
    const isHeard = isQuorum(status.configuration, (id) => {
      const member = others.get(id);
      return id === status.id || (member !== undefined && canHear(member));
    });
    seat.unheardSinceMs = isHeard ? null : (seat.unheardSinceMs ?? nowMs);
    const isStuck = status.lastIndex > status.commitIndex && status.commitIndex === seat.commitIndex;
    seat.stuckSinceMs = isStuck ? (seat.stuckSinceMs ?? nowMs) : null;
    seat.commitIndex = status.commitIndex;
    hold(
      nowMs - (seat.unheardSinceMs ?? nowMs) < UNHEARD_MS_MAX,
      `thesis §6.2: ${name} leads term ${status.term}, and no majority could answer it for ${UNHEARD_MS_MAX} ms`,
    );
    hold(
      nowMs - (seat.stuckSinceMs ?? nowMs) < STUCK_MS_MAX,
      `S18: ${name} leads term ${status.term}, has work, and commits nothing for ${STUCK_MS_MAX} ms`,
    );
  }

  /** It stands still: nothing can be asked of it, and it begins anew. */
  pardon(process: object): void {
    this.#seats.delete(process);
  }

  #seatOf(process: object, { term, commitIndex }: CoreStatus): Seat {
    const known = this.#seats.get(process);
    if (known?.term === term) return known;
    const seat = { term, commitIndex, unheardSinceMs: null, stuckSinceMs: null };
    this.#seats.set(process, seat);
    return seat;
  }
}
