/**
 * The leader's half of replication (Raft paper §5.3, §5.4.2): a window of appends to each member, the commit rule, and heartbeats.
 */
import type { Member } from '../core.ts';
import { findMember } from '../configuration.ts';
import { quorumValue, voterIds } from '../quorum.ts';
import { entryBytes } from './log.ts';
import type { AppendRequest, AppendResponse, HeartbeatResponse } from './messages.ts';
import type { PeerProgress } from './progress.ts';
import type { Leadership, RaftState } from './state.ts';

/** A probe asks where logs agree; it is repeated with every heartbeat, so it stays small. */
const PROBE_BYTES_MAX = 64 * 1024;

/** The message's term is ours, and we lead it. */
export function onAppendResponse(state: RaftState, leadership: Leadership, from: Member, message: AppendResponse): void {
  const progress = leadership.progress.get(from.id);
  if (!progress) return;
  progress.answeredAt = state.now;
  if (!message.accepted) {
    onRejection(state, progress, message.rejectedIndex, message.hintIndex, message.hintTerm);
    return;
  }
  if (message.matchIndex < progress.matchIndex || message.matchIndex > state.log.lastIndex) return;
  progress.recordMatch(message.matchIndex, state.now);
  // A member whose next entry is compacted away stays with its snapshot.
  if (progress.state !== 'replicate' && progress.matchIndex >= state.log.base.index) progress.becomeReplicate(state.now);
}

function onRejection(state: RaftState, progress: PeerProgress, rejected: number, hintIndex: number, hintTerm: number): void {
  // What it once acknowledged it cannot miss: such an answer is late, and so is one to another probe than the last.
  if (rejected <= progress.matchIndex || progress.state === 'snapshot') return;
  if (progress.state === 'probe' && rejected !== progress.nextIndex - 1) return;
  const agreed = state.log.lastIndexWithTermAtMost(Math.min(hintIndex, rejected - 1), hintTerm);
  progress.becomeProbe(agreed + 1);
}

/** The message's term is ours, and we lead it. */
export function onHeartbeatResponse(state: RaftState, leadership: Leadership, from: Member, message: HeartbeatResponse): void {
  const progress = leadership.progress.get(from.id);
  if (!progress) return;
  progress.answeredAt = state.now;
  progress.ackedContext = Math.max(progress.ackedContext, message.context);
  progress.probeSent = false;
}

export function onSnapshotSent(leadership: Leadership, to: Member['id'], index: number, delivered: boolean): void {
  const progress = leadership.progress.get(to);
  if (!progress) return;
  progress.snapshotInFlight = false;
  if (progress.state !== 'snapshot') return;
  progress.becomeProbe(delivered ? index + 1 : progress.matchIndex + 1);
  // Its acknowledgement, or the next heartbeat's answer, sets it going again: a failed snapshot is not retried in a hot loop.
  progress.probeSent = true;
}

/** One tick: an append without any answer for an election timeout counts as lost. */
export function tickLostAppends(state: RaftState, leadership: Leadership): void {
  for (const progress of leadership.progress.values()) {
    if (progress.state !== 'replicate' || progress.inflightCount === 0) continue;
    if (state.now - progress.movedAt >= state.options.electionTicks) progress.becomeProbe(progress.matchIndex + 1);
  }
}

/**
 * Counts copies, and commits only what this term wrote: an entry of an earlier term on a majority may still be overwritten, and is
 * committed by the first of ours after it (Raft paper §5.4.2, figure 8).
 */
export function advanceCommit(state: RaftState, leadership: Leadership): void {
  if (state.commitIndex === state.log.lastIndex) return;
  const matches = voterIds(state.configuration).map((id) => {
    // Our own copy counts when it is on our disk, like everybody else's (rule S10).
    if (id === state.options.id) return state.ledger.durableIndex;
    return leadership.progress.get(id)?.matchIndex ?? 0;
  });
  const index = quorumValue(matches);
  if (index <= state.commitIndex || state.log.termAt(index) !== state.term) return;
  for (const entry of state.log.slice(state.commitIndex + 1, index)) leadership.uncommittedBytes -= entryBytes(entry);
  state.commitThrough(index);
  leadership.stalledTicks = 0;
}

export function sendHeartbeats(state: RaftState, leadership: Leadership): void {
  leadership.heartbeatElapsed = 0;
  for (const progress of leadership.progress.values()) sendHeartbeat(state, progress);
}

export function sendHeartbeat(state: RaftState, progress: PeerProgress): void {
  const commit = Math.min(progress.matchIndex, state.commitIndex);
  progress.toldCommit = Math.max(progress.toldCommit, commit);
  state.send(progress.member, { type: 'heartbeat-request', term: state.term, commit, context: state.readContext });
}

/** Sends every member what it lacks and its window allows. */
export function replicate(state: RaftState, leadership: Leadership): void {
  for (const progress of leadership.progress.values()) {
    while (sendAppend(state, progress)) {
      // Ends: a probe pauses itself, a snapshot stops appends, and the window is bounded.
    }
    tellCommit(state, progress);
  }
}

/** True when something was sent and more may follow. */
function sendAppend(state: RaftState, progress: PeerProgress): boolean {
  const { log, options } = state;
  if (progress.state === 'snapshot' || (progress.state === 'probe' && progress.probeSent)) return false;
  const previousTerm = log.termAt(progress.nextIndex - 1);
  if (previousTerm === null) {
    startSnapshot(state, progress);
    return false;
  }
  const isProbe = progress.state === 'probe';
  if (!isProbe && (progress.nextIndex > log.lastIndex || progress.inflightCount >= options.inflightAppendsMax)) return false;
  const bytesMax = isProbe ? Math.min(PROBE_BYTES_MAX, options.appendBytesMax) : options.appendBytesMax;
  const previous = { term: previousTerm, index: progress.nextIndex - 1 };
  const entries = log.sliceBytes(progress.nextIndex, bytesMax, !isProbe);
  const lastIndex = previous.index + entries.length;
  const message: AppendRequest = { type: 'append-request', term: state.term, previous, commit: state.commitIndex, entries };
  progress.toldCommit = Math.max(progress.toldCommit, Math.min(state.commitIndex, lastIndex));
  progress.recordSent(lastIndex, state.now);
  state.send(progress.member, message);
  return !isProbe;
}

/** What comes next was compacted away. Who does not answer gets no snapshot, and who leaves the configuration needs none. */
function startSnapshot(state: RaftState, progress: PeerProgress): void {
  const answers = progress.answeredWithin(state.options.electionTicks, state.now);
  if (!answers || progress.snapshotInFlight || progress.removalIndex !== null) return;
  progress.becomeSnapshot();
  state.requestSnapshot(findMember(state.configuration, progress.member.id) ?? progress.member);
}

/** The next append carries the commit index; where none is due, a heartbeat does, so that followers apply without delay. */
function tellCommit(state: RaftState, progress: PeerProgress): void {
  const isUpToDate = progress.matchIndex === state.log.lastIndex;
  if (isUpToDate && progress.toldCommit < state.commitIndex) sendHeartbeat(state, progress);
}
