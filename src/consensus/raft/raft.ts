/**
 * Raft as a pure state machine behind the contract of ../core.ts (Ongaro and Ousterhout, "In Search of an Understandable Consensus
 * Algorithm"; Ongaro's thesis). The files beside this one each own a part of the protocol; this one says who acts on which event, and in
 * which order a leader's duties follow.
 *
 * Deliberate differences from the paper: a vote request leaves only when the candidate's log and term are durable; the commit index is
 * told by a heartbeat where no append is due; a removed leader names its heir.
 */
import { assertNever } from '../../shared/assert.ts';
import type { Random } from '../../shared/random.ts';
import type { Configuration, CoreStatus, DurableState, Effects, Event, Member, Progress, ReplicationCore } from '../core.ts';
import {
  countOwnVoteIfDurable,
  forgetLeader,
  leaderIsFresh,
  onPreVoteRequest,
  onPreVoteResponse,
  onTimeoutNow,
  onVoteRequest,
  onVoteResponse,
  tickElection,
} from './election.ts';
import { onAppendRequest, onHeartbeatRequest, onSnapshotReceived, tellNewerTerm } from './following.ts';
import { changeMembers, hasCheckQuorum, isCaughtUp, leaveIfRemoved, tickRemoved } from './membership.ts';
import type { RaftMessage } from './messages.ts';
import { assertOptions } from './options.ts';
import type { RaftOptions } from './options.ts';
import { advanceReads, isSettled, read } from './reads.ts';
import {
  advanceCommit,
  onAppendResponse,
  onHeartbeatResponse,
  onSnapshotSent,
  replicate,
  sendHeartbeats,
  tickLostAppends,
} from './replication.ts';
import { becomeFollower } from './seats.ts';
import { RaftState } from './state.ts';
import type { Leadership } from './state.ts';
import { orderCampaignIfCaughtUp, tickHandover, tickStall, transferLeadership } from './transfer.ts';

export { RAFT_OPTIONS_DEFAULT } from './options.ts';
export type { RaftOptions } from './options.ts';

/** A member that starts from what its disk holds. `random` draws election timeouts and nothing else. */
export function createRaftCore(options: RaftOptions, durable: DurableState, random: Random): ReplicationCore<RaftMessage> {
  assertOptions(options);
  return new RaftCore(new RaftState(options, durable, random));
}

class RaftCore implements ReplicationCore<RaftMessage> {
  readonly #state: RaftState;

  constructor(state: RaftState) {
    this.#state = state;
  }

  step(event: Event<RaftMessage>): Effects<RaftMessage> {
    handle(this.#state, event);
    if (this.#state.leadership) lead(this.#state, this.#state.leadership);
    return this.#state.takeEffects();
  }

  configurationAt(index: number): Configuration {
    return this.#state.log.configurationAt(index);
  }

  termAt(index: number): number | null {
    return this.#state.log.termAt(index);
  }

  status(): CoreStatus {
    const state = this.#state;
    const { log, leadership } = state;
    return {
      id: state.options.id,
      role: state.role,
      term: state.term,
      leader: state.leader,
      firstIndex: log.base.index + 1,
      lastIndex: log.lastIndex,
      lastTerm: log.lastTerm,
      durableIndex: state.ledger.durableIndex,
      commitIndex: state.commitIndex,
      settled: leadership !== null && isSettled(state, leadership),
      configuration: state.configuration,
      committedConfiguration: log.configurationAt(state.commitIndex),
      progress: leadership ? progressOf(state, leadership) : [],
      uncommittedBytes: leadership?.uncommittedBytes ?? 0,
      transferTarget: leadership ? (state.handover?.target.id ?? null) : null,
      healing: state.isHealing,
    };
  }
}

function progressOf(state: RaftState, leadership: Leadership): Progress[] {
  const rows: Progress[] = [];
  for (const [id, progress] of leadership.progress) {
    if (progress.removalIndex !== null) continue;
    const active = progress.answeredWithin(state.options.electionTicks, state.now);
    const caughtUp = isCaughtUp(state, leadership, id);
    rows.push({ id, matchIndex: progress.matchIndex, active, caughtUp, state: progress.state });
  }
  return rows;
}

function handle(state: RaftState, event: Event<RaftMessage>): void {
  switch (event.type) {
    case 'tick': {
      tick(state);
      return;
    }
    case 'receive': {
      receive(state, event.from, event.message);
      return;
    }
    case 'propose': {
      propose(state, event.request, event.payload);
      return;
    }
    case 'read': {
      read(state, event.request);
      return;
    }
    case 'change-configuration': {
      changeMembers(state, event.request, event.change, event.expectedIndex);
      return;
    }
    case 'transfer-leadership': {
      transferLeadership(state, event.request, event.to);
      return;
    }
    case 'persisted':
      state.ledger.complete(event.sequence);
      {
        countOwnVoteIfDurable(state);
        return;
      }
    case 'compact': {
      compact(state, event.through);
      return;
    }
    case 'snapshot-sent':
      if (state.leadership) onSnapshotSent(state.leadership, event.to, event.index, event.delivered);
      return;
    case 'snapshot-received': {
      onSnapshotReceived(state, event);
      return;
    }
    case 'forget-leader': {
      forgetLeader(state, event.id);
      return;
    }
    case 'peer-unreachable': {
      const progress = state.leadership?.progress.get(event.id);
      if (progress?.state === 'replicate') progress.becomeProbe(progress.matchIndex + 1);
      return;
    }
    default:
      return assertNever(event);
  }
}

/** What follows for a leader from whatever just happened; each duty looks at the state, not at the event. */
function lead(state: RaftState, leadership: Leadership): void {
  advanceCommit(state, leadership);
  if (leaveIfRemoved(state, leadership)) return;
  advanceReads(state, leadership);
  orderCampaignIfCaughtUp(state, leadership, false);
  replicate(state, leadership);
}

function tick(state: RaftState): void {
  state.now += 1;
  const gaveUp = tickHandover(state);
  const { leadership } = state;
  if (!leadership) {
    tickElection(state);
    return;
  }
  tickRemoved(state, leadership);
  tickLostAppends(state, leadership);
  if (gaveUp || !hasCheckQuorum(state, leadership) || tickStall(state, leadership)) {
    becomeFollower(state, state.term, null);
    return;
  }
  leadership.heartbeatElapsed += 1;
  if (leadership.heartbeatElapsed < state.options.heartbeatTicks) return;
  sendHeartbeats(state, leadership);
  orderCampaignIfCaughtUp(state, leadership, true);
}

function propose(state: RaftState, request: number, payload: Uint8Array): void {
  const { leadership } = state;
  if (!leadership) {
    state.refuse(request, 'not-leader');
    return;
  }
  if (state.handover) {
    state.refuse(request, 'transferring');
    return;
  }
  const { uncommittedBytes } = leadership;
  // One proposal always fits, however large: the host has its own limit for a single entry.
  if (uncommittedBytes > 0 && uncommittedBytes + payload.length > state.options.uncommittedBytesMax) {
    state.refuse(request, 'busy');
    return;
  }
  const { index, term } = state.appendOwn(leadership, 'command', payload);
  state.answer({ type: 'proposed', request, index, term });
}

/** Only what is committed and on disk may go: the snapshot must not be ahead of the log that it stands for. */
function compact(state: RaftState, through: number): void {
  const until = Math.min(through, state.commitIndex, state.ledger.durableIndex);
  if (until > state.log.base.index) state.log.compact(until);
}

function receive(state: RaftState, from: Member, message: RaftMessage): void {
  if (from.id === state.options.id) return;
  // Pre-votes ask about a term to come: they never change ours.
  if (message.type === 'pre-vote-request') {
    onPreVoteRequest(state, from, message);
    return;
  }
  if (message.type === 'pre-vote-response') {
    onPreVoteResponse(state, from, message);
    return;
  }
  if (message.term < state.term) {
    onOlderTerm(state, from, message);
    return;
  }
  if (message.term > state.term) {
    // Who was removed, or hears nobody, may not unseat a leader that others hear (thesis §4.2.3); the leader itself may ask for it.
    if (message.type === 'vote-request' && !message.transfer && leaderIsFresh(state)) return;
    becomeFollower(state, message.term, null);
  }
  onPresentTerm(state, from, message);
}

function onOlderTerm(state: RaftState, from: Member, message: RaftMessage): void {
  if (message.type === 'append-request' || message.type === 'heartbeat-request') tellNewerTerm(state, from);
  else if (message.type === 'vote-request') state.send(from, { type: 'vote-response', term: state.term, granted: false });
}

type SettledTermMessage = Exclude<RaftMessage, { type: 'pre-vote-request' | 'pre-vote-response' }>;

function onPresentTerm(state: RaftState, from: Member, message: SettledTermMessage): void {
  const { leadership } = state;
  switch (message.type) {
    case 'vote-request': {
      onVoteRequest(state, from, message);
      return;
    }
    case 'vote-response': {
      onVoteResponse(state, from, message);
      return;
    }
    case 'append-request': {
      onAppendRequest(state, from, message);
      return;
    }
    case 'append-response':
      if (leadership) onAppendResponse(state, leadership, from, message);
      return;
    case 'heartbeat-request': {
      onHeartbeatRequest(state, from, message);
      return;
    }
    case 'heartbeat-response':
      if (leadership) onHeartbeatResponse(state, leadership, from, message);
      return;
    case 'timeout-now': {
      onTimeoutNow(state, from, message);
      return;
    }
    default:
      return assertNever(message);
  }
}
