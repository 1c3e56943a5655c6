/**
 * Who takes over when a leader is asked to step aside: a voter that is caught up, ready and in no maintenance, the lowest
 * ordinal among the preferred.
 */
import type { MemberId } from '../../shared/ids.ts';
import type { Facts } from './facts.ts';
import { answerOf } from './observation.ts';
import type { ConfirmedLeader, MemberObservation } from './observation.ts';

export function successorOf(
  facts: Facts,
  leader: ConfirmedLeader,
  prefers: (member: MemberObservation) => boolean,
): { readonly name: string; readonly id: MemberId } | null {
  for (const member of facts.observation.members) {
    const id = answerOf(member)?.memberId;
    if (id === undefined || id === leader.member.id || !facts.caughtUp.has(id) || facts.maintenance.has(member.name)) continue;
    if (member.pod?.ready === true && prefers(member)) return { name: member.name, id };
  }
  return null;
}
