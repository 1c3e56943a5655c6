/**
 * Handing leadership over (thesis §3.10): stop taking proposals, bring the target up to date, tell it to campaign at once. And rule S18:
 * a leader that has work and commits nothing hands over by itself, or steps down when there is nobody to hand over to.
 */
import type { MemberId } from '../../shared/ids.ts';
import { findMember } from '../configuration.ts';
import type { Member, RefusalReason } from '../core.ts';
import { refuse, succeed } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Leadership, RaftState } from './state.ts';

export function transferLeadership(state: RaftState, request: number, to: MemberId | null): void {
  const { leadership } = state;
  if (!leadership) {
    state.refuse(request, 'not-leader');
    return;
  }
  if (state.handover) {
    state.refuse(request, 'transferring');
    return;
  }
  if (to === state.options.id) {
    state.answer({ type: 'transferred', request });
    return;
  }
  const target = chooseTarget(state, leadership, to);
  if (!target.ok) {
    state.refuse(request, target.reason);
    return;
  }
  const ticksLeft = state.options.transferTicks;
  state.handover = { request, target: target.value, anyone: to === null, ticksLeft, ordered: false };
}

function chooseTarget(state: RaftState, leadership: Leadership, to: MemberId | null): Result<Member, RefusalReason> {
  if (to === null) {
    const best = mostAdvancedVoter(state, leadership);
    return best ? succeed(best) : refuse('transfer-failed');
  }
  const member = findMember(state.configuration, to);
  if (!member) return refuse('unknown-member');
  return member.role === 'voter' ? succeed(member) : refuse('transfer-failed');
}

/** Of the other voters that answer, the one that is missing least. */
export function mostAdvancedVoter(state: RaftState, leadership: Leadership): Member | null {
  let best: Member | null = null;
  let bestMatch = -1;
  for (const member of state.otherVoters) {
    const progress = leadership.progress.get(member.id);
    if (!progress?.answeredWithin(state.options.electionTicks, state.now) || progress.matchIndex <= bestMatch) continue;
    best = member;
    bestMatch = progress.matchIndex;
  }
  return best;
}

/** Tells the target to campaign as soon as it has everything; repeated with each heartbeat, because it may be lost. */
export function orderCampaignIfCaughtUp(state: RaftState, leadership: Leadership, again: boolean): void {
  const { handover } = state;
  if (!handover || (handover.ordered && !again)) return;
  if (leadership.progress.get(handover.target.id)?.matchIndex !== state.log.lastIndex) return;
  handover.ordered = true;
  state.send(handover.target, { type: 'timeout-now', term: state.term });
}

/** A leader is known: the transfer, if there is one, ended well or badly. */
export function settleHandover(state: RaftState, leader: Member): void {
  const { handover } = state;
  if (!handover) return;
  state.handover = null;
  if (handover.request === null) return;
  const ended = leader.id === handover.target.id || (handover.anyone && leader.id !== state.options.id);
  if (ended) state.answer({ type: 'transferred', request: handover.request });
  else state.refuse(handover.request, 'transfer-failed');
}

/** One tick of a transfer. True when a stuck leader tried to hand over and nobody took the seat: it must step down. */
export function tickHandover(state: RaftState): boolean {
  const { handover } = state;
  if (!handover) return false;
  handover.ticksLeft -= 1;
  if (handover.ticksLeft > 0) return false;
  state.handover = null;
  if (handover.request !== null) state.refuse(handover.request, 'transfer-failed');
  return handover.request === null && state.leadership !== null;
}

/** One tick of rule S18. True when the leader is stuck and has nobody to hand over to: it must step down. */
export function tickStall(state: RaftState, leadership: Leadership): boolean {
  leadership.stalledTicks = state.log.lastIndex > state.commitIndex ? leadership.stalledTicks + 1 : 0;
  if (leadership.stalledTicks < state.options.stallTicks || state.handover) return false;
  const target = mostAdvancedVoter(state, leadership);
  if (!target) return true;
  state.handover = { request: null, target, anyone: true, ticksLeft: state.options.transferTicks, ordered: false };
  return false;
}
