/**
 * What members promised by their acknowledgements, and whether they can still keep it when they speak in an election (rules S10, S11, S12):
 * an entry that was acknowledged to a leader, and committed by then or by that leader, is in every log of whoever gives a vote or asks for
 * one (Raft paper §5.4, leader completeness rests on it). Committed by a later leader, it may have been truncated in between: that one
 * counts its own acknowledgements only. It does not matter here how a log lost its entries.
 */
import type { LogPosition } from '../../src/consensus/core.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import { hold } from '../support/raft-checker.ts';
import type { ObservedCore } from '../support/raft-checker.ts';

/** The entries that are known to be committed. */
export interface CommittedEntries {
  /** The highest index that a leader called committed. */
  readonly leaderCommit: number;
  termOfCommitted(index: number): number | null;
  /** The term of the leader that was the first to call it committed. */
  termWhenCommitted(index: number): number | null;
}

interface Acknowledgement extends LogPosition {
  readonly leaderTerm: number;
}

export class PromiseJudge {
  readonly #committed: CommittedEntries;
  /** Acknowledged, and not known to be committed yet. */
  readonly #open = new Map<MemberId, Acknowledgement[]>();
  /** The highest index that was acknowledged and then committed. */
  readonly #bound = new Map<MemberId, number>();

  constructor(committed: CommittedEntries) {
    this.#committed = committed;
  }

  /** An acknowledgement of everything up to this entry leaves, to the leader of this term. */
  acknowledged(id: MemberId, { term, index }: LogPosition, leaderTerm: number): void {
    const open = this.#open.get(id) ?? [];
    const last = open.at(-1);
    if (last?.index === index && last.term === term && last.leaderTerm === leaderTerm) return;
    open.push({ term, index, leaderTerm });
    this.#open.set(id, open);
    this.boundOf(id);
  }

  /** What this member must hold from now on: the index of the last entry that it acknowledged and that was committed; 0 for none. */
  boundOf(id: MemberId): number {
    let bound = this.#bound.get(id) ?? 0;
    const left = (this.#open.get(id) ?? []).filter(({ term, index, leaderTerm }) => {
      const committedTerm = index <= this.#committed.leaderCommit ? this.#committed.termOfCommitted(index) : null;
      if (committedTerm === null) return true;
      const isPromised = (this.#committed.termWhenCommitted(index) ?? Infinity) <= leaderTerm;
      // Of another term: it was overwritten before anybody committed it.
      if (committedTerm === term && isPromised) bound = Math.max(bound, index);
      return false;
    });
    this.#open.set(id, left);
    this.#bound.set(id, bound);
    return bound;
  }

  /** Whether the log still has all that the member is bound to. */
  keeps(id: MemberId, core: ObservedCore): boolean {
    const bound = this.boundOf(id);
    return bound === 0 || bound < core.status().firstIndex || core.termAt(bound) === this.#committed.termOfCommitted(bound);
  }

  /** A vote, or a request for votes, leaves. */
  speaksInElection(id: MemberId, core: ObservedCore): void {
    hold(
      this.keeps(id, core),
      `S10, S11, S12: ${id} speaks in an election without entry ${this.boundOf(id)}, which it acknowledged and which was committed`,
    );
  }
}
