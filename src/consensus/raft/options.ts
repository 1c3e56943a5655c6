/** The knobs of a Raft core. Time is in ticks, whose length the host chooses. */
import { assert } from '../../shared/assert.ts';
import type { MemberId } from '../../shared/ids.ts';

export interface RaftOptions {
  readonly id: MemberId;
  /** The name under which peers dial this member. */
  readonly name: string;
  readonly heartbeatTicks: number;
  /** An election timeout is drawn in [electionTicks, 2 * electionTicks); a leader heard of more recently is fresh. */
  readonly electionTicks: number;
  /** Entries of one append request; a single larger entry goes alone. */
  readonly appendBytesMax: number;
  /** Unanswered append requests to one member. */
  readonly inflightAppendsMax: number;
  /** Uncommitted bytes above which proposals are refused as busy; one proposal always fits. */
  readonly uncommittedBytesMax: number;
  /** A member at most so many entries behind is caught up (trap: an empty learner as voter). */
  readonly caughtUpEntries: number;
  /** A leader that has uncommitted work and commits nothing for so long gives up its seat (rule S18). */
  readonly stallTicks: number;
  /** A transfer of leadership that takes longer is given up. */
  readonly transferTicks: number;
}

/** For ticks of 50 ms: heartbeats every 100 ms, elections after 1 to 2 s, a stuck leader goes after 5 s. */
export const RAFT_OPTIONS_DEFAULT: Omit<RaftOptions, 'id' | 'name'> = {
  heartbeatTicks: 2,
  electionTicks: 20,
  appendBytesMax: 1024 * 1024,
  inflightAppendsMax: 64,
  uncommittedBytesMax: 64 * 1024 * 1024,
  caughtUpEntries: 64,
  stallTicks: 100,
  transferTicks: 40,
};

export function assertOptions(options: RaftOptions): void {
  assert(options.heartbeatTicks >= 1, 'a heartbeat takes at least one tick');
  assert(
    options.electionTicks > 2 * options.heartbeatTicks,
    'an election timeout outlasts two heartbeats, so that one may be lost',
  );
  assert(options.appendBytesMax >= 1 && options.inflightAppendsMax >= 1, 'an append carries something, and one may be in flight');
  assert(options.stallTicks >= options.electionTicks, 'a leader is given an election timeout before it counts as stuck');
  assert(options.transferTicks >= 1, 'a transfer takes at least one tick');
}
