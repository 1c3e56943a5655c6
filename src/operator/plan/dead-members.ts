/**
 * Members that never come back (S9), as far as a node's own word is the evidence: a node on this member's claim that reports another id, or
 * that asks to be replaced. Removed first, added after: the other order would raise the quorum while one is missing. A pod that is merely
 * not ready is no evidence; a gate says so.
 */
import { quorumOf, votersOf, marginWithout } from './facts.ts';
import type { Facts } from './facts.ts';
import { answerOf, memberNamed } from './observation.ts';
import type { ConfirmedLeader, MemberObservation } from './observation.ts';
import { gate, NOTHING, proposal } from './proposal.ts';
import type { Gate, Proposal } from './proposal.ts';
import type { NodeMember } from '../../api/node-status.ts';
import type { Step } from './step.ts';

/** A pod that is not ready for longer than this, without a reason of its own, is named in a gate. */
export const SILENCE_NAMED_MS = 60_000;

export function planDeadMembers(facts: Facts, nowMs: number): Proposal {
  const { leader } = facts;
  if (leader === null) return NOTHING;
  const steps: Step[] = [];
  const blockedBy: Gate[] = [];
  for (const listed of leader.replication.committedConfiguration.members) {
    const member = memberNamed(facts.observation, listed.name);
    if (member === null || member.pod === null || member.pod.terminating) continue;
    const evidence = evidenceAgainst(listed, member);
    if (evidence === null) {
      blockedBy.push(...silenceOf(member, nowMs));
      continue;
    }
    const removal = planRemoval(facts, leader, listed, evidence);
    steps.push(...removal.steps);
    blockedBy.push(...removal.blockedBy);
  }
  const [first] = steps;
  if (first === undefined) return proposal({ blockedBy });
  return proposal({
    steps: [first],
    blockedBy,
    activity: { reason: 'Replacing', message: first.because },
    events: [{ type: 'Warning', reason: 'ReplacingMember', action: 'RemoveMember', note: first.because }],
  });
}

function evidenceAgainst(listed: NodeMember, member: MemberObservation): string | null {
  const status = answerOf(member);
  if (status === null) return null;
  if (status.memberId !== listed.id)
    return `S9: the node of ${listed.name} reports id ${status.memberId}, so ${listed.id} has lost its volume`;
  if (status.halt?.wantsReplacement === true)
    return `S9: ${listed.name} (${listed.id}) asks to be replaced: ${status.halt.message}`;
  return null;
}

function planRemoval(facts: Facts, leader: ConfirmedLeader, listed: NodeMember, because: string): Proposal {
  const { committedConfiguration } = leader.replication;
  const votersLeft = votersOf(committedConfiguration).length - (listed.role === 'voter' ? 1 : 0);
  if (votersLeft === 0 || (listed.role === 'voter' && marginWithout(facts, listed.id) < quorumOf(votersLeft))) {
    const message = `${because}; without it ${marginWithout(facts, listed.id)} of ${votersLeft} voters are caught up, which is no quorum.`;
    return proposal({ blockedBy: [gate('QuorumMargin', listed.name, message, 'Waits for more members to run and catch up.')] });
  }
  if (!facts.settled) return NOTHING;
  return proposal({
    steps: [
      {
        type: 'remove-member',
        member: listed.name,
        id: listed.id,
        leader: leader.member.name,
        expectedIndex: committedConfiguration.index,
        because,
      },
    ],
  });
}

function silenceOf(member: MemberObservation, nowMs: number): readonly Gate[] {
  const { pod, name, node } = member;
  if (pod === null || node.kind !== 'silent') return [];
  if (pod.notReadySinceMs === null || nowMs - pod.notReadySinceMs < SILENCE_NAMED_MS) return [];
  if (pod.problem !== null) return [];
  const message = `${name} is silent (${node.reason}) and not ready; that alone does not prove that it is dead.`;
  const unblock = `Bring its machine back, or delete the machine's Node, or taint it with node.kubernetes.io/out-of-service.`;
  return [gate('DeadMemberEvidence', name, message, unblock)];
}
