/** Taking and leaving a seat: what changes when a member turns follower or leader. */
import { assert } from '../../shared/assert.ts';
import type { MemberId } from '../../shared/ids.ts';
import type { Member } from '../core.ts';
import { entryBytes } from './log.ts';
import { PeerProgress } from './progress.ts';
import type { RaftState } from './state.ts';
import { settleHandover } from './transfer.ts';

const NO_PAYLOAD = new Uint8Array(0);

/** Follows `leader` (null: nobody is known) in `term`, which is at least the present one. */
export function becomeFollower(state: RaftState, term: number, leader: Member | null): void {
  assert(term >= state.term, 'a term never falls');
  if (term > state.term) state.hardState = { term, vote: null };
  const wasLeader = state.leadership;
  // A follower that waits for an election keeps its clock: a candidate that it refuses must not hold it back.
  if (state.role !== 'follower') state.resetElectionTimer();
  state.role = 'follower';
  state.leader = leader;
  state.leadership = null;
  state.votes.clear();
  if (wasLeader) {
    // Nothing else can be said about these reads: whether we still led when they came is what their round was to find out.
    for (const request of [...(wasLeader.readRound?.requests ?? []), ...wasLeader.waitingReads])
      state.refuse(request, 'not-leader');
  }
  if (leader) {
    state.electionElapsed = 0;
    settleHandover(state, leader);
  }
}

/** The seat of the present term is ours; its no-op commits what earlier terms left behind (Raft paper §5.4.2, §8). */
export function becomeLeader(state: RaftState): void {
  assert(state.role === 'candidate', 'only a candidate is elected');
  const lastIndex = state.log.lastIndex;
  const progress = new Map<MemberId, PeerProgress>();
  for (const member of state.othersInConfiguration) progress.set(member.id, new PeerProgress(member, lastIndex + 1));
  const tail = state.log.slice(state.commitIndex + 1, lastIndex);
  state.role = 'leader';
  state.leader = state.self;
  state.votes.clear();
  state.resetElectionTimer();
  const leadership = {
    progress,
    noopIndex: lastIndex + 1,
    since: state.now,
    heartbeatElapsed: 0,
    stalledTicks: 0,
    uncommittedBytes: tail.reduce((bytes, entry) => bytes + entryBytes(entry), 0),
    waitingReads: [],
    readRound: null,
  };
  state.leadership = leadership;
  settleHandover(state, state.self);
  state.appendOwn(leadership, 'noop', NO_PAYLOAD);
}
