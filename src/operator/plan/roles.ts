/** Role labels of the pods, which `<name>-leader` selects by: best effort, from a confirmed leader only (S21). */
import type { Facts } from './facts.ts';
import { answerOf } from './observation.ts';
import type { ConfirmedLeader, MemberObservation } from './observation.ts';
import { NOTHING, proposal } from './proposal.ts';
import type { Proposal } from './proposal.ts';
import type { MemberLabelRole, Step } from './step.ts';

export function planRoles(facts: Facts): Proposal {
  const { leader } = facts;
  if (leader === null) return NOTHING;
  // The old leader's label goes before the new one's comes: the Service points to nobody rather than to two.
  const steps = facts.observation.members.flatMap((member) => labelStep(leader, member));
  return proposal({
    steps: [...steps.filter(({ role }) => role !== 'leader'), ...steps.filter(({ role }) => role === 'leader')],
  });
}

function labelStep(leader: ConfirmedLeader, member: MemberObservation): (Step & { readonly type: 'label-pod' })[] {
  const { pod, name } = member;
  if (pod === null || pod.terminating) return [];
  const listed = leader.replication.committedConfiguration.members.find((candidate) => candidate.name === name);
  const id = answerOf(member)?.memberId ?? listed?.id;
  if (id === undefined) return [];
  const role: MemberLabelRole | null =
    listed?.id !== id ? null : listed.role === 'learner' ? 'learner' : id === leader.member.id ? 'leader' : 'follower';
  if (pod.role === role && pod.memberId === id) return [];
  const because = role === null ? `${name} is no member` : `${name} is ${role} by the word of ${leader.member.name}`;
  return [{ type: 'label-pod', member: name, uid: pod.uid, memberId: id, role, because }];
}
