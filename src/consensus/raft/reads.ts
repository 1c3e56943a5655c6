/**
 * Linearizable reads without a log entry (thesis §6.4, ReadIndex): note the commit index, have a quorum confirm the term after that, and
 * let the host read once it has applied that far. All reads that come while a round of heartbeats is out share the next one.
 */
import { isQuorum } from '../quorum.ts';
import { sendHeartbeat } from './replication.ts';
import type { Leadership, RaftState } from './state.ts';

/** Reads that may wait for a round; above it they are refused as busy. */
export const WAITING_READS_MAX = 65_536;

export function read(state: RaftState, request: number): void {
  const { leadership } = state;
  if (!leadership) state.refuse(request, 'not-leader');
  else if (leadership.waitingReads.length >= WAITING_READS_MAX) state.refuse(request, 'busy');
  else leadership.waitingReads.push(request);
}

/** An entry of this term is committed: only now is our commit index known to be the newest of all (Raft paper §8). */
export function isSettled(state: RaftState, leadership: Leadership): boolean {
  return state.commitIndex >= leadership.noopIndex;
}

/** Answers the round that is confirmed and starts the next; a sole voter confirms itself. */
export function advanceReads(state: RaftState, leadership: Leadership): void {
  if (!isSettled(state, leadership)) return;
  finishRound(state, leadership);
  if (leadership.readRound || leadership.waitingReads.length === 0) return;
  state.readContext += 1;
  leadership.readRound = { context: state.readContext, index: state.commitIndex, requests: leadership.waitingReads };
  leadership.waitingReads = [];
  for (const member of state.otherVoters) {
    const progress = leadership.progress.get(member.id);
    if (progress) sendHeartbeat(state, progress);
  }
  finishRound(state, leadership);
}

function finishRound(state: RaftState, leadership: Leadership): void {
  const round = leadership.readRound;
  if (!round) return;
  const confirmed = isQuorum(state.configuration, (id) => {
    return id === state.options.id || (leadership.progress.get(id)?.ackedContext ?? 0) >= round.context;
  });
  if (!confirmed) return;
  leadership.readRound = null;
  for (const request of round.requests) state.answer({ type: 'read-ready', request, index: round.index });
}
