/**
 * What the leader knows of one other member, and how much it may send it.
 *
 * `probe`: where the logs agree is not known; one small append at a time. `replicate`: appends are pipelined up to a window.
 * `snapshot`: what comes next was compacted away; nothing is sent until a snapshot got there.
 */
import type { Member } from '../core.ts';

export class PeerProgress {
  member: Member;
  state: 'probe' | 'replicate' | 'snapshot' = 'probe';
  /** Highest index known to equal our log and to be durable there. */
  matchIndex = 0;
  /** The next entry to send. */
  nextIndex: number;
  /** In `probe`: one append is out; wait for its answer, or for a heartbeat's. */
  probeSent = false;
  /** The host streams a snapshot; never two at once to one member. */
  snapshotInFlight = false;
  /** The tick of the last answer in this term. */
  answeredAt: number | null = null;
  /** The tick at which the window last moved: the clock by which lost appends are noticed. */
  movedAt = 0;
  /** The highest commit index that was sent. */
  toldCommit = 0;
  /** The newest round of reads that was answered. */
  ackedContext = 0;
  /** Set once the member's removal is in the log: the index of that entry. It hears of the commit, but counts for nothing. */
  removalIndex: number | null = null;
  /** Ticks since that removal was committed. */
  farewellTicks = 0;
  /** The last index of each unanswered append, oldest first. */
  #inflight: number[] = [];

  constructor(member: Member, nextIndex: number) {
    this.member = member;
    this.nextIndex = nextIndex;
  }

  get inflightCount(): number {
    return this.#inflight.length;
  }

  recordSent(lastIndex: number, now: number): void {
    if (this.state === 'probe') {
      this.probeSent = true;
      return;
    }
    if (this.#inflight.length === 0) this.movedAt = now;
    this.#inflight.push(lastIndex);
    this.nextIndex = lastIndex + 1;
  }

  recordMatch(matchIndex: number, now: number): void {
    if (matchIndex > this.matchIndex) this.movedAt = now;
    this.matchIndex = Math.max(this.matchIndex, matchIndex);
    this.nextIndex = Math.max(this.nextIndex, this.matchIndex + 1);
    const answered = this.#inflight.findIndex((lastIndex) => lastIndex > matchIndex);
    this.#inflight.splice(0, answered === -1 ? this.#inflight.length : answered);
  }

  becomeProbe(nextIndex: number): void {
    this.state = 'probe';
    this.nextIndex = Math.max(nextIndex, this.matchIndex + 1);
    this.probeSent = false;
    this.#inflight = [];
  }

  becomeReplicate(now: number): void {
    this.state = 'replicate';
    this.nextIndex = this.matchIndex + 1;
    this.movedAt = now;
    this.#inflight = [];
  }

  becomeSnapshot(): void {
    this.state = 'snapshot';
    this.snapshotInFlight = true;
    this.#inflight = [];
  }

  answeredWithin(ticks: number, now: number): boolean {
    return this.answeredAt !== null && now - this.answeredAt < ticks;
  }
}
