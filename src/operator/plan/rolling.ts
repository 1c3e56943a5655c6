/**
 * A change of the pods (S8): one at a time, followers before the leader, leadership handed over before the old leader's pod goes, and only
 * while the caught-up voters without the victim are a quorum. Each waits until the one before is ready and caught up. A scale finishes
 * first, and the first follower proves itself before the others go (canary.ts). Broken pods are another matter (broken-pods.ts): a fix reaches them whatever the margin.
 */
import type { ConfirmedLeader, MemberObservation, RolledBack } from './observation.ts';
import { answerOf } from './observation.ts';
import { judgeTrial } from './canary.ts';
import { marginWithout, quorumOf, votersOf } from './facts.ts';
import type { Facts } from './facts.ts';
import { isLeftAlone, maintenanceGate } from './maintenance.ts';
import { isOfFullSize, isSteady, outdatedMembers } from './outdated.ts';
import { gate, NOTHING, proposal } from './proposal.ts';
import type { Gate, Proposal } from './proposal.ts';
import { successorOf } from './succession.ts';

export function planRolling(facts: Facts, nowMs: number): Proposal {
  const back = facts.statefulSet?.rolledBack ?? null;
  const roll = planRoll(facts, nowMs);
  return back === null ? roll : { ...roll, blockedBy: [...roll.blockedBy, rolledBackGate(back)] };
}

const UNBLOCK_DIVERGENCE = 'Keep the volumes as evidence, find out who is right, and replace the other members.';

function planRoll(facts: Facts, nowMs: number): Proposal {
  const outdated = outdatedMembers(facts);
  if (outdated === null || outdated.length === 0) return NOTHING;
  const leftAlone = outdated.filter(({ name }) => isLeftAlone(facts, name));
  const blockedBy = leftAlone.map(({ name }) => maintenanceGate(name, 'it would be updated'));
  if (leftAlone.length === outdated.length) return proposal({ blockedBy });
  const next = planUpdate(
    facts,
    outdated.filter((member) => !leftAlone.includes(member)),
    nowMs,
  );
  return { ...next, blockedBy: [...next.blockedBy, ...blockedBy] };
}

function planUpdate(facts: Facts, outdated: readonly MemberObservation[], nowMs: number): Proposal {
  const names = outdated.map(({ name }) => name).join(', ');
  const { strategy } = facts.cluster.spec.update;
  if (strategy === 'Paused') {
    return proposal({
      blockedBy: [
        gate('UpdatePaused', null, `${names} still run the version or template before.`, 'Set spec.update.strategy to Rolling.'),
      ],
    });
  }
  if (strategy === 'OnDelete') {
    return proposal({
      blockedBy: [
        gate(
          'PodDeletion',
          null,
          `${names} still run the version or template before.`,
          'Delete them one by one, the leader last.',
        ),
      ],
    });
  }
  const activity = { reason: 'Updating' as const, message: `${names} still to be updated` };
  const trial = judgeTrial(facts, nowMs);
  if (trial.kind === 'failed') return { ...trial.way, activity };
  if (facts.leader === null) {
    const message = `${names} are to be updated, and no leader could confirm itself with a quorum.`;
    return proposal({ blockedBy: [gate('ConfirmedLeader', null, message, 'Waits for a quorum of members.')], activity });
  }
  const diverged = facts.observation.members.find((member) => (answerOf(member)?.divergence ?? null) !== null);
  if (diverged !== undefined) return proposal({ blockedBy: [divergenceGate(diverged)], activity });
  if (!isOfFullSize(facts) || !facts.settled) return proposal({ activity });
  const next = planNext(facts, facts.leader, outdated);
  // Nobody follows before the first has proven itself; what it lacks is said beside.
  if (trial.kind === 'under-way') return proposal({ blockedBy: [...next.blockedBy, trial.gate], activity });
  return { ...next, activity };
}

/** S15: no majority says who is right, so no pod may go and take what it holds out of sight. */
function divergenceGate({ name, node }: MemberObservation): Gate {
  const said = node.kind === 'answered' ? (node.status.divergence ?? '') : '';
  return gate('StateHash', name, `${name} says that the states of the members differ: ${said}`, UNBLOCK_DIVERGENCE);
}

function planNext(facts: Facts, leader: ConfirmedLeader, outdated: readonly MemberObservation[]): Proposal {
  const waitFor = facts.observation.members.find((member) => !isSteady(facts, member) && !canBeNext(member, outdated));
  if (waitFor !== undefined && waitFor.ordinal < facts.target) return proposal({ blockedBy: [gateOf(waitFor)] });
  const followers = outdated.filter(({ name }) => name !== leader.member.name);
  const victim = followers.find((member) => !isSteady(facts, member)) ?? followers[0];
  if (victim !== undefined) return planEviction(facts, victim);
  return planLeader(facts, leader, outdated);
}

/** An outdated pod that is up and behind may be the next to go; one that goes already is waited for. */
function canBeNext(member: MemberObservation, outdated: readonly MemberObservation[]): boolean {
  return outdated.includes(member) && member.pod?.terminating === false;
}

function gateOf(member: MemberObservation): Gate {
  const { name, pod } = member;
  const halt = answerOf(member)?.halt ?? null;
  if (halt?.reason === 'UnknownFormat') {
    return gate(
      'FeatureLevel',
      name,
      `${name} cannot read what the cluster writes: ${halt.message}`,
      'Set spec.version to one that speaks the feature level in force.',
    );
  }
  if (halt?.reason === 'StateDiverged') {
    return gate(
      'StateHash',
      name,
      `${name} fenced itself: ${halt.message}`,
      'The update waits; keep the volume as evidence, then replace the member.',
    );
  }
  if (pod?.problem) {
    return gate(
      'PodStart',
      name,
      `${name} does not start: ${pod.problem.message}`,
      `See kubectl describe pod ${name}; a corrected spec reaches it at once.`,
    );
  }
  return gate('CaughtUp', name, `${name} is not ready and caught up yet.`, 'Waits for it; the next pod is replaced after.');
}

function planEviction(facts: Facts, victim: MemberObservation): Proposal {
  const { pod, name } = victim;
  const voters = votersOf(facts.configuration ?? { index: 0, members: [] });
  const id = voters.find((voter) => voter.name === name)?.id;
  if (pod === null || id === undefined) return NOTHING;
  const margin = marginWithout(facts, id);
  const isOnly = voters.length === 1;
  if (!isOnly && margin < quorumOf(voters.length)) {
    const message = `Without ${name} ${margin} of ${voters.length} voters are caught up, which is no quorum.`;
    return proposal({ blockedBy: [gate('QuorumMargin', name, message, 'Waits for more members to run and catch up.')] });
  }
  const because = isOnly
    ? `${name} is outdated and the only member: the cluster is out while it restarts`
    : `${name} is outdated; without it ${margin} of ${voters.length} voters are caught up`;
  const events = isOnly ? [{ type: 'Warning', reason: 'OutageAnnounced', action: 'EvictPod', note: because } as const] : [];
  return proposal({ steps: [{ type: 'evict-pod', member: name, uid: pod.uid, because }], events });
}

/** Only the leader's pod is left: somebody else leads before it goes. */
function planLeader(facts: Facts, leader: ConfirmedLeader, outdated: readonly MemberObservation[]): Proposal {
  const own = outdated.find(({ name }) => name === leader.member.name);
  if (own === undefined) return NOTHING;
  if (facts.target === 1) return planEviction(facts, own);
  const successor = successorOf(facts, leader, (member) => !outdated.includes(member));
  if (successor === null) {
    const message = `${leader.member.name} leads and is outdated, and no updated member is caught up and ready.`;
    return proposal({
      blockedBy: [gate('LeadershipTransfer', leader.member.name, message, 'Waits until an updated member has caught up.')],
    });
  }
  const because = `${leader.member.name} is the last outdated pod and leads: ${successor.name} takes over before it goes`;
  return proposal({
    steps: [{ type: 'transfer-leadership', leader: leader.member.name, member: successor.name, id: successor.id, because }],
  });
}

function rolledBackGate({ generation, member, reason }: RolledBack): Gate {
  const message = `Generation ${generation} was taken back: ${member} did not prove itself (${reason}).`;
  return gate('RolledBack', null, message, 'Correct spec: every change of it tries again.');
}
