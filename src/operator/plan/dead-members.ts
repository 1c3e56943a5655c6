/**
 * Members that never come back (S9): removed first, added after, because the other order would raise the quorum while one is missing; and only
 * while the caught-up voters without it are a quorum of the configuration that results. What happens to its volume is replacing.ts. A pod that
 * is merely not ready is no evidence; a gate says so.
 */
import { quorumOf, takesPart, votersOf } from './facts.ts';
import type { Facts } from './facts.ts';
import { evidenceAgainst } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { maintenanceGate } from './maintenance.ts';
import { memberNamed } from './observation.ts';
import type { ConfirmedLeader, MemberObservation } from './observation.ts';
import { gate, NOTHING, proposal } from './proposal.ts';
import type { Gate, Proposal } from './proposal.ts';
import { successorOf } from './succession.ts';
import type { NodeMember } from '../../api/node-status.ts';
import type { Step } from './step.ts';

/** A pod that is not ready, or going, for longer than this, without a reason of its own, is named in a gate. */
export const SILENCE_NAMED_MS = 60_000;

export function planDeadMembers(facts: Facts, nowMs: number): Proposal {
  const { leader } = facts;
  if (leader === null) return planWithoutLeader(facts, nowMs);
  const steps: Step[] = [];
  const blockedBy: Gate[] = [];
  for (const listed of leader.replication.committedConfiguration.members) {
    const member = memberNamed(facts.observation, listed.name);
    const evidence = evidenceAgainst(facts, leader, listed, member);
    if (evidence === null) {
      if (member !== null) blockedBy.push(...silenceOf(member, nowMs));
      continue;
    }
    if (facts.maintenance.get(listed.name) === 'hands-off') {
      blockedBy.push(maintenanceGate(listed.name, 'it would be replaced'));
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
    events:
      first.type === 'remove-member'
        ? [{ type: 'Warning', reason: 'ReplacingMember', action: 'RemoveMember', note: first.because }]
        : [],
  });
}

/** Nothing follows from membership, and why is said: for the cluster, and for each machine that is silent. */
function planWithoutLeader(facts: Facts, nowMs: number): Proposal {
  const voters = votersOf(facts.configuration ?? { index: 0, members: [] });
  const members = voters.map(({ name }) => memberNamed(facts.observation, name)).filter((member) => member !== null);
  const lacking = members.filter((member) => !takesPart(member)).map(({ name }) => name);
  const who = lacking.length === 0 ? '' : `; ${lacking.join(', ')} take no part`;
  const message = `No member could confirm with a quorum that it leads${who}.`;
  const unblock = `Waits for a majority of ${voters.length} voters to run: see their pods. If their volumes are lost for good, see docs/recovery.md.`;
  return proposal({
    blockedBy: [gate('ConfirmedLeader', null, message, unblock), ...members.flatMap((member) => silenceOf(member, nowMs))],
  });
}

function planRemoval(facts: Facts, leader: ConfirmedLeader, listed: NodeMember, { because, countedOnly }: Evidence): Proposal {
  const { committedConfiguration } = leader.replication;
  const votersLeft = votersOf(committedConfiguration).length - (listed.role === 'voter' ? 1 : 0);
  const margin = [...(countedOnly ?? facts.caughtUp)].filter((id) => id !== listed.id).length;
  if (votersLeft === 0 || (listed.role === 'voter' && margin < quorumOf(votersLeft))) {
    const message = `${because}; without it ${margin} of ${votersLeft} voters are caught up, which is no quorum.`;
    return proposal({ blockedBy: [gate('QuorumMargin', listed.name, message, 'Waits for more members to run and catch up.')] });
  }
  // Who still holds a copy that counts goes only when nobody is on his way to hold one: copies are replaced one at a time.
  if (facts.caughtUp.has(listed.id) && votersOf(committedConfiguration).length < facts.target) {
    const message = `${because}; that waits until all ${facts.target} members are voters.`;
    return proposal({ blockedBy: [gate('CaughtUp', listed.name, message, 'Waits for the members that are on their way.')] });
  }
  if (!facts.settled) return NOTHING;
  if (listed.id === leader.member.id) return planHandOver(facts, leader, because);
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

function planHandOver(facts: Facts, leader: ConfirmedLeader, because: string): Proposal {
  const { name } = leader.member;
  const successor = successorOf(facts, leader, (member) => !isOrdered(facts, leader, member));
  if (successor === null) {
    const message = `${because}; it leads, and nobody else is caught up and ready.`;
    return proposal({ blockedBy: [gate('LeadershipTransfer', name, message, 'Waits until another member has caught up.')] });
  }
  return proposal({
    steps: [
      { type: 'transfer-leadership', leader: name, member: successor.name, id: successor.id, because: `${because}; it leads` },
    ],
  });
}

function isOrdered({ ordered }: Facts, leader: ConfirmedLeader, { name }: MemberObservation): boolean {
  const listed = leader.replication.committedConfiguration.members.find((candidate) => candidate.name === name);
  return listed !== undefined && ordered.has(listed.id);
}

function silenceOf(member: MemberObservation, nowMs: number): readonly Gate[] {
  const { pod, name, node } = member;
  if (pod === null || node.kind !== 'silent') return [];
  const unblock = `Bring its machine back, or delete the machine's Node, or taint it with node.kubernetes.io/out-of-service.`;
  const isLong = (sinceMs: number | null): boolean => sinceMs !== null && nowMs - sinceMs >= SILENCE_NAMED_MS;
  if (pod.terminating) {
    if (!isLong(pod.notReadySinceMs)) return [];
    const message = `The pod of ${name} is terminating, and its machine ${pod.nodeName ?? ''} does not confirm that it has ended.`;
    return [gate('DeadMemberEvidence', name, message, unblock)];
  }
  if (pod.problem !== null || !isLong(pod.notReadySinceMs)) return [];
  const message = `${name} is silent (${node.reason}) and not ready; that alone does not prove that it is dead.`;
  return [gate('DeadMemberEvidence', name, message, unblock)];
}
