/**
 * Changes of the configuration, one member at a time (thesis §4, with the erratum that a leader first commits an entry of its own term;
 * rule S1). A configuration counts from when it is appended; who was removed is told so before it is forgotten.
 */
import type { MemberId } from '../../shared/ids.ts';
import { changeConfiguration, encodeConfiguration, findMember } from '../configuration.ts';
import type { Configuration, ConfigurationChange, RefusalReason } from '../core.ts';
import { isQuorum } from '../quorum.ts';
import { refuse } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { PeerProgress } from './progress.ts';
import { isSettled } from './reads.ts';
import { becomeFollower } from './seats.ts';
import type { Leadership, RaftState } from './state.ts';
import { mostAdvancedVoter } from './transfer.ts';

export function changeMembers(state: RaftState, request: number, change: ConfigurationChange, expectedIndex: number): void {
  const { leadership } = state;
  if (!leadership) {
    state.refuse(request, 'not-leader');
    return;
  }
  const next = judge(state, leadership, change, expectedIndex);
  if (!next.ok) {
    state.refuse(request, next.reason);
    return;
  }
  const { index, term } = state.appendOwn(leadership, 'configuration', encodeConfiguration(next.value));
  adopt(state, leadership);
  state.answer({ type: 'configuration-appended', request, index, term });
}

function judge(
  state: RaftState,
  leadership: Leadership,
  change: ConfigurationChange,
  expectedIndex: number,
): Result<Configuration, RefusalReason> {
  if (state.handover) return refuse('transferring');
  if (!isSettled(state, leadership)) return refuse('term-not-settled');
  if (state.configuration.index > state.commitIndex) return refuse('change-in-flight');
  if (state.configuration.index !== expectedIndex) return refuse('configuration-index-mismatch');
  const next = changeConfiguration(state.configuration, change, state.log.lastIndex + 1);
  if (!next.ok) return next;
  if (change.type === 'promote' && !isCaughtUp(state, leadership, change.id)) return refuse('not-caught-up');
  if (change.type !== 'add-learner' && !wouldHaveQuorum(state, leadership, next.value)) return refuse('would-lose-quorum');
  return next;
}

/** By the leader's own word: close behind, and answering (thesis §4.2.1). */
export function isCaughtUp(state: RaftState, leadership: Leadership, id: MemberId): boolean {
  const progress = leadership.progress.get(id);
  if (!progress?.answeredWithin(state.options.electionTicks, state.now)) return false;
  return progress.matchIndex >= state.log.lastIndex - state.options.caughtUpEntries;
}

function wouldHaveQuorum(state: RaftState, leadership: Leadership, next: Configuration): boolean {
  return isQuorum(next, (id) => answers(state, leadership, id));
}

function answers(state: RaftState, leadership: Leadership, id: MemberId): boolean {
  if (id === state.options.id) return true;
  return leadership.progress.get(id)?.answeredWithin(state.options.electionTicks, state.now) ?? false;
}

/** A leader that no majority answers gives up its seat: somebody else may have it already (thesis §6.2). True while it may stay. */
export function hasCheckQuorum(state: RaftState, leadership: Leadership): boolean {
  if (state.now - leadership.since < state.options.electionTicks) return true;
  return isQuorum(state.configuration, (id) => answers(state, leadership, id));
}

/** The progress of exactly the others in the latest configuration, and of those on their way out. */
function adopt(state: RaftState, leadership: Leadership): void {
  const { configuration } = state;
  for (const member of state.othersInConfiguration) {
    const progress = leadership.progress.get(member.id);
    if (progress) progress.member = member;
    else leadership.progress.set(member.id, new PeerProgress(member, state.log.lastIndex));
  }
  for (const progress of leadership.progress.values()) {
    if (!findMember(configuration, progress.member.id)) progress.removalIndex ??= configuration.index;
  }
}

/** Forgets who was removed, an election timeout after its removal was committed: heartbeats told it many times by then. */
export function tickRemoved(state: RaftState, leadership: Leadership): void {
  for (const [id, progress] of leadership.progress) {
    if (progress.removalIndex === null || progress.removalIndex > state.commitIndex) continue;
    progress.farewellTicks += 1;
    if (progress.farewellTicks >= state.options.electionTicks) leadership.progress.delete(id);
  }
}

/** Our own removal is committed: only now may a removed leader go (thesis §4.2.2). It names an heir, so that nobody has to wait. */
export function leaveIfRemoved(state: RaftState, leadership: Leadership): boolean {
  const { configuration } = state;
  if (configuration.index > state.commitIndex || findMember(configuration, state.options.id)) return false;
  for (const progress of leadership.progress.values()) {
    const commit = Math.min(progress.matchIndex, state.commitIndex);
    state.send(progress.member, { type: 'heartbeat-request', term: state.term, commit, context: state.readContext });
  }
  const heir = mostAdvancedVoter(state, leadership);
  if (heir && leadership.progress.get(heir.id)?.matchIndex === state.log.lastIndex)
    state.send(heir, { type: 'timeout-now', term: state.term });
  becomeFollower(state, state.term, null);
  return true;
}
