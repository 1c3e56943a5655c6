/**
 * Elections (Raft paper §5.2, §5.4.1), with pre-vote (thesis §9.6) and the refusal of votes while a leader is fresh (thesis §4.2.3).
 * Pre-vote alone is not enough: a member that hears no leader but is heard by others would still unseat it.
 */
import type { MemberId } from '../../shared/ids.ts';
import { findMember } from '../configuration.ts';
import { comparePositions } from '../core.ts';
import type { Configuration, LogPosition, Member } from '../core.ts';
import { isQuorum, voterIds } from '../quorum.ts';
import type { PreVoteRequest, PreVoteResponse, TimeoutNow, VoteRequest, VoteResponse } from './messages.ts';
import { becomeFollower, becomeLeader } from './seats.ts';
import type { RaftState } from './state.ts';

/** One tick of a member that does not lead. */
export function tickElection(state: RaftState): void {
  state.electionElapsed += 1;
  // A campaign that is not on disk yet has asked nobody; another term would only put more before the disk.
  if (state.role === 'candidate' && state.ledger.durableHardState.term !== state.term) return;
  const hasNobodyToWaitFor = state.role === 'follower' && isSoleVoter(state) && !state.isHealing;
  if (state.electionElapsed < state.electionTimeout && !hasNobodyToWaitFor) return;
  if (mayCampaign(state)) {
    preCampaign(state);
    return;
  }
  // Who cannot campaign still has to notice that its leader is gone.
  becomeFollower(state, state.term, null);
  state.resetElectionTimer();
}

/**
 * The leader's process is gone, says somebody who knows: an election need not wait for a timeout. Voters take turns, so that they do not
 * split the vote: one asks at once, the next a heartbeat later, and so on. Everything else is as in any election, and a leader that is there
 * after all is followed again with its next word.
 */
export function forgetLeader(state: RaftState, id: MemberId): void {
  if (state.role !== 'follower' || state.leader?.id !== id || !mayCampaign(state)) return;
  becomeFollower(state, state.term, null);
  state.hurryUntil = state.now + state.options.electionTicks;
  const turns = voterIds(state.configuration).filter((voter) => voter !== id);
  const turn = turns.indexOf(state.options.id);
  state.electionElapsed = 0;
  state.electionTimeout = state.options.heartbeatTicks * Math.max(0, turn);
  if (turn <= 0) preCampaign(state);
}

function isSoleVoter(state: RaftState): boolean {
  return voterIds(state.configuration).length === 1 && isVoterOf(state.configuration, state);
}

function isVoterOf(configuration: Configuration, state: RaftState): boolean {
  return findMember(configuration, state.options.id)?.role === 'voter';
}

/**
 * Voters may. So may one whose removal is in its log but not known to be committed: without its vote for the remaining members, the
 * removal might never commit (thesis §4.2.2). It does not count itself.
 */
function mayCampaign(state: RaftState): boolean {
  if (state.isHealing) return false;
  if (isVoterOf(state.configuration, state)) return true;
  const previous = state.log.previousConfiguration;
  return previous !== null && state.configuration.index > state.commitIndex && isVoterOf(previous, state);
}

/** Asks whether an election could be won, and disturbs nobody's term by asking. */
function preCampaign(state: RaftState): void {
  state.role = 'pre-candidate';
  state.leader = null;
  state.resetElectionTimer();
  state.votes.clear();
  state.votes.set(state.options.id, true);
  if (hasWon(state)) {
    campaign(state, false);
    return;
  }
  // While others have not heard that the leader is gone they do not even answer: ask again before a whole timeout is over.
  if (state.now < state.hurryUntil) state.electionTimeout = state.options.heartbeatTicks * (1 + state.otherVoters.length);
  const request: PreVoteRequest = { type: 'pre-vote-request', term: state.term + 1, position: state.log.position };
  for (const voter of state.otherVoters) state.send(voter, request);
}

function campaign(state: RaftState, transfer: boolean): void {
  state.hardState = { term: state.term + 1, vote: state.options.id };
  state.role = 'candidate';
  state.leader = null;
  state.resetElectionTimer();
  state.votes.clear();
  // The position that we show must survive a crash: a vote given to it could otherwise elect the shorter log of our next life.
  const request: VoteRequest = { type: 'vote-request', term: state.term, position: state.log.position, transfer };
  for (const voter of state.otherVoters) state.sendAfterPersist(voter, request);
}

/** Count our own vote only once it is on disk: a crash before that would let us vote twice in this term (rule S10). */
export function countOwnVoteIfDurable(state: RaftState): void {
  const { term, vote } = state.ledger.durableHardState;
  if (state.role !== 'candidate' || term !== state.term || vote !== state.options.id) return;
  state.votes.set(state.options.id, true);
  if (hasWon(state)) becomeLeader(state);
}

function hasWon(state: RaftState): boolean {
  return isQuorum(state.configuration, (id) => state.votes.get(id) === true);
}

function hasLost(state: RaftState): boolean {
  return !isQuorum(state.configuration, (id) => state.votes.get(id) !== false);
}

/** A leader was heard of within the shortest election timeout: no vote may unseat it (thesis §4.2.3, §6.4.1). */
export function leaderIsFresh(state: RaftState): boolean {
  return state.leadership !== null || (state.leader !== null && state.electionElapsed < state.options.electionTicks);
}

function isUpToDate(state: RaftState, position: LogPosition): boolean {
  return comparePositions(position, state.log.position) >= 0;
}

/** Votes go to whoever asks by the rules, in our configuration or not: ours may be the one that is behind (thesis §4.1). */
export function onPreVoteRequest(state: RaftState, from: Member, message: PreVoteRequest): void {
  if (message.term > state.term && leaderIsFresh(state)) return;
  const granted = message.term > state.term && isUpToDate(state, message.position) && !state.isHealing;
  state.send(from, { type: 'pre-vote-response', term: granted ? message.term : state.term, granted });
}

export function onPreVoteResponse(state: RaftState, from: Member, message: PreVoteResponse): void {
  if (!message.granted && message.term > state.term) {
    becomeFollower(state, message.term, null);
    return;
  }
  if (state.role !== 'pre-candidate') return;
  if (message.term !== (message.granted ? state.term + 1 : state.term)) return;
  state.votes.set(from.id, message.granted);
  if (hasWon(state)) {
    campaign(state, false);
    return;
  }
  if (hasLost(state)) becomeFollower(state, state.term, null);
}

/** The message's term is ours by now. */
export function onVoteRequest(state: RaftState, from: Member, message: VoteRequest): void {
  const { vote } = state.hardState;
  const isFree = vote === null ? state.leader === null : vote === from.id;
  // Who lost entries cannot tell which logs lack them: its vote could elect one that does (rule S11).
  const granted = isFree && isUpToDate(state, message.position) && !state.isHealing;
  const response: VoteResponse = { type: 'vote-response', term: state.term, granted };
  if (!granted) {
    state.send(from, response);
    return;
  }
  state.hardState = { term: state.term, vote: from.id };
  state.electionElapsed = 0;
  state.sendAfterPersist(from, response);
}

/** The message's term is ours. */
export function onVoteResponse(state: RaftState, from: Member, message: VoteResponse): void {
  if (state.role !== 'candidate') return;
  state.votes.set(from.id, message.granted);
  if (hasWon(state)) {
    becomeLeader(state);
    return;
  }
  if (hasLost(state)) becomeFollower(state, state.term, null);
}

/** The leader hands over: no pre-vote, because the leader itself is fresh and asks for it (thesis §3.10). */
export function onTimeoutNow(state: RaftState, from: Member, message: TimeoutNow): void {
  if (message.term !== state.term || state.role !== 'follower' || state.leader?.id !== from.id) return;
  if (isVoterOf(state.configuration, state) && !state.isHealing) campaign(state, true);
}
