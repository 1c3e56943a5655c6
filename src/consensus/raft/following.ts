/** The follower's half of replication: appends, heartbeats and snapshots from the leader (Raft paper §5.3, §7). */
import { assert } from '../../shared/assert.ts';
import type { Entry, Event, LogPosition, Member } from '../core.ts';
import type { AppendRequest, HeartbeatRequest } from './messages.ts';
import { becomeFollower } from './seats.ts';
import type { RaftState } from './state.ts';

/** The message's term is ours. Whoever leads it is followed, in our configuration or not: ours may be the one behind (thesis §4.1). */
function follow(state: RaftState, leader: Member): void {
  assert(state.leadership === null, 'a term has at most one leader (Raft paper §5.2, election safety)');
  becomeFollower(state, state.term, leader);
}

export function onAppendRequest(state: RaftState, from: Member, message: AppendRequest): void {
  follow(state, from);
  const lastIndex = message.previous.index + message.entries.length;
  if (lastIndex <= state.commitIndex) {
    // Late or repeated. What is committed here is in the leader's log too (leader completeness), so it can go on from there.
    accept(state, from, state.commitIndex);
    return;
  }
  const { previous, entries } = afterCommitted(state, message);
  if (state.log.termAt(previous.index) !== previous.term) {
    reject(state, from, previous);
    return;
  }
  merge(state, entries);
  state.commitThrough(Math.max(state.commitIndex, Math.min(message.commit, lastIndex)));
  accept(state, from, lastIndex);
}

/** The part of an append that can tell us something new: committed entries match by leader completeness, and may be compacted away. */
function afterCommitted(state: RaftState, message: AppendRequest): { previous: LogPosition; entries: readonly Entry[] } {
  const known = state.commitIndex - message.previous.index;
  const boundary = message.entries[known - 1];
  if (known <= 0 || !boundary) return message;
  assert(boundary.term === state.log.termAt(state.commitIndex), 'a committed entry is in the log of every later leader (§5.4)');
  return { previous: { term: boundary.term, index: boundary.index }, entries: message.entries.slice(known) };
}

/**
 * Appends what is missing, and cuts only at a real conflict: an append that is shorter than our log, because it was overtaken, says
 * nothing about the entries after it (trap: losing acknowledged entries to a reordered append).
 */
function merge(state: RaftState, entries: readonly Entry[]): void {
  const firstNew = entries.findIndex((entry) => state.log.termAt(entry.index) !== entry.term);
  const first = entries[firstNew];
  if (!first) return;
  if (first.index <= state.log.lastIndex) state.truncateFrom(first.index);
  state.append(entries.slice(firstNew));
}

/** Waits for the disk even when nothing is new: the entries may have come a moment ago and still be on their way there (rule S10). */
function accept(state: RaftState, leader: Member, matchIndex: number): void {
  state.sendAfterPersist(leader, { type: 'append-response', term: state.term, accepted: true, matchIndex });
}

function reject(state: RaftState, leader: Member, previous: LogPosition): void {
  const candidate = state.log.lastIndexWithTermAtMost(previous.index, previous.term);
  const hintIndex = Math.max(candidate, state.commitIndex);
  const hintTerm = state.log.termAt(hintIndex) ?? 0;
  const rejectedIndex = previous.index;
  state.send(leader, { type: 'append-response', term: state.term, accepted: false, rejectedIndex, hintIndex, hintTerm });
}

/** The message's term is ours. */
export function onHeartbeatRequest(state: RaftState, from: Member, message: HeartbeatRequest): void {
  follow(state, from);
  // The leader names only what it knows to be here; what is not was lost by a disk, and is not ours to commit (rule S12).
  if (message.commit <= state.log.lastIndex) state.commitThrough(Math.max(state.commitIndex, message.commit));
  state.send(from, { type: 'heartbeat-response', term: state.term, context: message.context });
}

/** A complete snapshot is here (Raft paper §7): it replaces the log only if it is ahead of what is committed. */
export function onSnapshotReceived(state: RaftState, event: Extract<Event<never>, { type: 'snapshot-received' }>): void {
  const { from, leaderTerm, base } = event;
  if (leaderTerm < state.term) {
    tellNewerTerm(state, from);
    return;
  }
  if (leaderTerm > state.term) becomeFollower(state, leaderTerm, from);
  follow(state, from);
  if (base.index > state.commitIndex) {
    // The log may hold the snapshot's last entry, and more that was acknowledged after it: then it keeps everything.
    if (state.log.termAt(base.index) === base.term) state.commitThrough(base.index);
    else state.install(base);
  }
  accept(state, from, state.commitIndex);
}

/** Who leads an older term learns of ours: it steps down, and a member stuck in a higher term is freed (trap: pre-vote alone). */
export function tellNewerTerm(state: RaftState, from: Member): void {
  const { index, term } = state.log.position;
  const rejected = { accepted: false, rejectedIndex: index, hintIndex: index, hintTerm: term } as const;
  state.send(from, { type: 'append-response', term: state.term, ...rejected });
}
