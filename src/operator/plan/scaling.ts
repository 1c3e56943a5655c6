/**
 * Scale in (decision 2): the highest ordinal first; hand over leadership if it leads, remove the voter, see the removal in the committed
 * configuration of a confirmed leader, and only then take its pod (S1, S7). What becomes of the volume is claims.ts.
 */
import { memberName, ordinalOf } from '../render/names.ts';
import { marginWithout, quorumOf, takesPart, votersOf } from './facts.ts';
import type { Facts } from './facts.ts';
import { isLeftAlone, maintenanceGate } from './maintenance.ts';
import type { ConfirmedLeader, MemberObservation } from './observation.ts';
import { gate, NOTHING, proposal } from './proposal.ts';
import type { Proposal } from './proposal.ts';
import { successorOf } from './succession.ts';
import type { NodeMember } from '../../api/node-status.ts';

export function planScaleIn(facts: Facts): Proposal {
  const victim = victimOf(facts);
  if (victim === null) return NOTHING;
  const { leader, settled, cluster, target } = facts;
  const name = memberName(cluster.metadata.name, victim);
  const activity = { reason: 'ScalingIn' as const, message: `${name} leaves: ${target} members are asked for` };
  if (leader === null) {
    const message = `${name} is to leave, and no leader could confirm itself with a quorum.`;
    return proposal({ blockedBy: [gate('ConfirmedLeader', name, message, 'Waits for a quorum of members.')], activity });
  }
  if (!settled) return proposal({ activity });
  const listed = leader.replication.committedConfiguration.members.find((member) => member.name === name);
  const next = listed === undefined ? planShrink(facts, name, victim) : planDeparture(facts, leader, listed);
  return { ...next, activity };
}

/** The highest ordinal that is asked for no more, by pod or by configuration. */
function victimOf(facts: Facts): number | null {
  const { cluster, configuration, statefulSet, target } = facts;
  const listed = (configuration?.members ?? []).map(({ name }) => ordinalOf(cluster.metadata.name, name) ?? -1);
  const highest = Math.max((statefulSet?.replicas ?? 0) - 1, ...listed);
  return highest >= target ? highest : null;
}

function planDeparture(facts: Facts, leader: ConfirmedLeader, listed: NodeMember): Proposal {
  const unsettled = unsettledBeside(facts, listed.name);
  if (unsettled !== null) {
    const message = `${unsettled} is restarting; ${listed.name} leaves after it is back.`;
    return proposal({ blockedBy: [gate('CaughtUp', unsettled, message, `Waits until ${unsettled} is ready and caught up.`)] });
  }
  if (isLeftAlone(facts, listed.name)) return proposal({ blockedBy: [maintenanceGate(listed.name, 'it would leave')] });
  if (listed.id === leader.member.id) return planHandOver(facts, leader);
  const votersLeft = votersOf(leader.replication.committedConfiguration).length - (listed.role === 'voter' ? 1 : 0);
  const margin = marginWithout(facts, listed.id);
  if (listed.role === 'voter' && margin < quorumOf(votersLeft)) {
    const message = `Without ${listed.name} ${margin} of ${votersLeft} voters are caught up, which is no quorum.`;
    return proposal({ blockedBy: [gate('QuorumMargin', listed.name, message, 'Waits for more members to run and catch up.')] });
  }
  return proposal({
    steps: [
      {
        type: 'remove-member',
        member: listed.name,
        id: listed.id,
        leader: leader.member.name,
        expectedIndex: leader.replication.committedConfiguration.index,
        because: `${facts.target} members are asked for; ${listed.name} is the highest ordinal`,
      },
    ],
  });
}

function planHandOver(facts: Facts, leader: ConfirmedLeader): Proposal {
  const successor = successorOf(facts, leader, ({ ordinal }) => ordinal < facts.target);
  if (successor === null) {
    const message = `${leader.member.name} leads and is to leave, and no member that stays is caught up.`;
    return proposal({
      blockedBy: [gate('LeadershipTransfer', leader.member.name, message, 'Waits until a member that stays has caught up.')],
    });
  }
  const because = `${leader.member.name} leads and is to leave`;
  return proposal({
    steps: [{ type: 'transfer-leadership', leader: leader.member.name, member: successor.name, id: successor.id, because }],
  });
}

/** The removal is committed, as a confirmed leader says (S1): the pod may go. */
function planShrink(facts: Facts, name: string, victim: number): Proposal {
  const { statefulSet } = facts;
  if (statefulSet === null || statefulSet.replicas !== victim + 1) return NOTHING;
  const { replicas, resourceVersion } = statefulSet;
  return proposal({
    steps: [
      {
        type: 'apply-stateful-set',
        replicas: victim,
        replicasBefore: replicas,
        resourceVersion,
        because: `S1: the committed configuration lists ${name} no more`,
      },
    ],
  });
}

/** Another listed member whose pod is on its way down or up: what disrupts it finishes first (S8). Broken ones hold nobody back. */
function unsettledBeside(facts: Facts, name: string): string | null {
  const listed = new Set((facts.configuration?.members ?? []).map((member) => member.name));
  const isRestarting = (member: MemberObservation): boolean =>
    listed.has(member.name) &&
    member.name !== name &&
    member.pod !== null &&
    (member.pod.terminating ||
      (!takesPart(member) && member.pod.problem === null && member.node.kind === 'answered' && member.node.status.halt === null));
  return facts.observation.members.find(isRestarting)?.name ?? null;
}
