/**
 * Scale out (decision 2): pod, learner, caught up by the leader's own word, voter. Pods are added one by one; each node that belongs to no
 * cluster is told which may adopt it, becomes a learner, and a voter once the leader says that it has caught up. One change of the
 * configuration at a time, each naming the configuration that it starts from (S1).
 */
import { memberName } from '../render/names.ts';
import { isOf, quorumOf, votersOf } from './facts.ts';
import type { Facts, Identity } from './facts.ts';
import { isLeftAlone, maintenanceGate } from './maintenance.ts';
import { answerOf, memberNamed } from './observation.ts';
import type { ConfirmedLeader, MemberObservation } from './observation.ts';
import { gate, NOTHING, proposal } from './proposal.ts';
import type { Gate, Proposal } from './proposal.ts';
import { whyGivenUp } from './replacing.ts';
import type { Step } from './step.ts';

export function planJoining(facts: Facts): Proposal {
  const { leader, identity, target } = facts;
  if (leader === null || identity === null) return NOTHING;
  const steps: Step[] = [];
  const blockedBy: Gate[] = [];
  const joining: string[] = [];
  for (let ordinal = 0; ordinal < target; ordinal += 1) {
    const member = memberNamed(facts.observation, memberName(facts.cluster.metadata.name, ordinal));
    if (member === null || isVoter(leader, member.name)) continue;
    joining.push(member.name);
    const next = planMember(facts, identity, leader, member);
    steps.push(...next.steps);
    blockedBy.push(...next.blockedBy);
  }
  steps.push(...planNextPod(facts));
  if (joining.length === 0 && steps.length === 0) return NOTHING;
  const message = joining.length === 0 ? `adding pods up to ${target}` : `${joining.join(', ')} on the way to become voters`;
  return proposal({ steps, blockedBy, activity: { reason: 'ScalingOut', message } });
}

function isVoter(leader: ConfirmedLeader, name: string): boolean {
  return leader.replication.committedConfiguration.members.some((member) => member.name === name && member.role === 'voter');
}

function planMember(facts: Facts, identity: Identity, leader: ConfirmedLeader, member: MemberObservation): Proposal {
  const status = answerOf(member);
  if (status === null || status.halt !== null || member.pod === null || member.pod.terminating) return NOTHING;
  // Its claim and pod are about to go: what lives there now is not who will stay.
  if (member.pod.replace || whyGivenUp(facts, leader, member) !== null) return NOTHING;
  const { committedConfiguration } = leader.replication;
  const listed = committedConfiguration.members.find(({ name }) => name === member.name);
  if (listed !== undefined) return listed.id === status.memberId ? planPromotion(facts, leader, member) : NOTHING;
  const { id, name } = leader.member;
  const join = { type: 'join-node', member: member.name, ...identity, leader: { id, name } } as const;
  if (committedConfiguration.removed.some((removal) => removal.id === status.memberId)) {
    if (!isOf(identity, status)) return NOTHING;
    // S3: the node sets its folder aside by itself, once a leader tells it. It may know none of those who are members now.
    return proposal({
      steps: [{ ...join, because: `${member.name} was removed, and asks the leader whether it was: then it starts anew` }],
    });
  }
  if (status.clusterId !== null && !isOf(identity, status)) return foreign(member, status.clusterId);
  const steps: Step[] = [];
  if (status.clusterId === null) steps.push({ ...join, because: `${member.name} belongs to no cluster yet` });
  if (facts.settled) {
    steps.push({
      type: 'add-learner',
      member: member.name,
      id: status.memberId,
      leader: leader.member.name,
      expectedIndex: committedConfiguration.index,
      because: `${member.name} is up and not listed; as a learner it catches up without a vote`,
    });
  }
  return proposal({ steps });
}

function planPromotion(facts: Facts, leader: ConfirmedLeader, member: MemberObservation): Proposal {
  const { committedConfiguration, progress } = leader.replication;
  const id = answerOf(member)?.memberId;
  const standing = progress.find((candidate) => candidate.id === id);
  if (id === undefined || standing?.caughtUp !== true) {
    const message = `${member.name} is a learner and not caught up by the leader's word.`;
    return proposal({ blockedBy: [gate('CaughtUp', member.name, message, 'Waits until it has the log up to the present.')] });
  }
  // The learner counts in the configuration that results: with it, there has to be a quorum of that.
  const voters = votersOf(committedConfiguration).length;
  if (facts.caughtUp.size + 1 < quorumOf(voters + 1)) {
    const message = `With ${member.name} there would be ${voters + 1} voters, and only ${facts.caughtUp.size + 1} of them are caught up.`;
    return proposal({ blockedBy: [gate('QuorumMargin', member.name, message, 'Waits for more members to catch up.')] });
  }
  if (isLeftAlone(facts, member.name)) return proposal({ blockedBy: [maintenanceGate(member.name, 'it would become a voter')] });
  if (!facts.settled) return NOTHING;
  return proposal({
    steps: [
      {
        type: 'promote',
        member: member.name,
        id,
        leader: leader.member.name,
        expectedIndex: committedConfiguration.index,
        because: `${member.name} has caught up by the leader's own word`,
      },
    ],
  });
}

function foreign(member: MemberObservation, clusterId: string): Proposal {
  const message = `The volume of ${member.name} belongs to cluster ${clusterId}, or to an older generation: it was not opened.`;
  const unblock = `Delete the claim of ${member.name} and then its pod, once nobody needs what is on it.`;
  return proposal({ blockedBy: [gate('ForeignVolumes', member.name, message, unblock)] });
}

/** +1 for a membership change (S7): the next pod once those before it exist. */
function planNextPod(facts: Facts): readonly Step[] {
  const { statefulSet, target, settled, observation, cluster } = facts;
  if (statefulSet === null || !settled || statefulSet.replicas >= target) return [];
  const { replicas, resourceVersion } = statefulSet;
  const last = memberNamed(observation, memberName(cluster.metadata.name, replicas - 1));
  if (last?.pod === null || last === null) return [];
  return [
    {
      type: 'apply-stateful-set',
      replicas: replicas + 1,
      replicasBefore: replicas,
      resourceVersion,
      because: `${target} members are asked for; the next one gets its pod`,
    },
  ];
}
