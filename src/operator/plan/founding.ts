/**
 * From nothing to a formed cluster (S6), and back to one whose status was lost or whose volumes were kept (S5). The founding is written to
 * status before any node is told; whatever is unknown or foreign forms nothing, and a gate says what it is.
 */
import { FIRST_GENERATION, sameGeneration } from '../../shared/ids.ts';
import type { ClusterId } from '../../shared/ids.ts';
import { parseClusterId } from '../../shared/ids.ts';
import { present } from '../../shared/assert.ts';
import type { NodeStatus } from '../../api/node-status.ts';
import { memberName } from '../render/names.ts';
import { planFounders } from './founders.ts';
import type { Facts } from './facts.ts';
import { answerOf, memberNamed } from './observation.ts';
import { foreignVolumes, hasPast } from './past.ts';
import type { ForeignVolume } from './past.ts';
import { gate, proposal } from './proposal.ts';
import type { Activity, Proposal } from './proposal.ts';
import type { FounderRecord, Step } from './step.ts';

export const FIRST_EPOCH = 1;

/** Everything until a configuration is known. */
export function planFounding(facts: Facts): Proposal {
  const foreign = foreignVolumes(facts);
  if (foreign.length > 0) return planForeign(facts, foreign);
  if (facts.identity !== null) return planFounders(facts, facts.identity);
  if (hasPast(facts)) return planRebuild(facts);
  const { adoptClusterId } = facts.cluster.spec;
  if (adoptClusterId !== undefined) return planNothingToAdopt(adoptClusterId);
  return planNew(facts);
}

/** Nothing is served from volumes that were not named: their pods go, the volumes stay as they are (S5). */
function planForeign(facts: Facts, foreign: readonly ForeignVolume[]): Proposal {
  const { statefulSet, cluster } = facts;
  const ids = [...new Set(foreign.map(({ clusterId }) => clusterId))].sort();
  const members = foreign.map(({ member }) => member).join(', ');
  const unblock =
    ids.length === 1 && cluster.spec.adoptClusterId === undefined
      ? `Set spec.adoptClusterId to ${ids[0] ?? ''} to open them, or delete their claims to found a new cluster.`
      : 'Delete the claims that do not belong to the cluster to open.';
  const lower: Step[] =
    statefulSet === null || statefulSet.replicas === 0
      ? []
      : [
          {
            type: 'apply-stateful-set',
            replicas: 0,
            replicasBefore: statefulSet.replicas,
            resourceVersion: statefulSet.resourceVersion,
            because: 'S5: nothing is served from volumes of another cluster',
          },
        ];
  return proposal({
    steps: [...labelForeign(facts), ...lower],
    blockedBy: [
      gate('ForeignVolumes', null, `The volumes of ${members} belong to cluster ${ids.join(', ')}: nothing was formed.`, unblock),
    ],
  });
}

/** What a node says of its volume is written on the claim, so that it is known once the pod is gone. */
function labelForeign(facts: Facts): readonly Step[] {
  return facts.observation.members.flatMap((member): Step[] => {
    const { claim } = member;
    const status = answerOf(member);
    if (claim === null || claim.terminating || status === null || status.clusterId === null) return [];
    if (claim.clusterId === status.clusterId) return [];
    const { clusterId, memberId } = status;
    return [
      {
        type: 'apply-claim',
        claim: claim.name,
        uid: claim.uid,
        clusterId,
        memberId,
        owned: false,
        because: `its volume belongs to cluster ${clusterId}`,
      },
    ];
  });
}

function planNothingToAdopt(adoptClusterId: string): Proposal {
  const message = `spec.adoptClusterId names cluster ${adoptClusterId}, and no volume of it is here: nothing was formed.`;
  const unblock = `Restore the claims of cluster ${adoptClusterId}, labelled with its id, or re-create this StorageCluster without spec.adoptClusterId.`;
  return proposal({ blockedBy: [gate('VolumesAccountedFor', null, message, unblock)] });
}

/** Status is empty, and nodes or claims have a past: status is rebuilt from the nodes, nothing is founded (S6). */
function planRebuild(facts: Facts): Proposal {
  const { observation, expectedClusterId } = facts;
  const answers = observation.members.map(answerOf).filter((status) => status !== null);
  const ours = answers.filter((status) => status.clusterId === expectedClusterId);
  const newest = ours.reduce((number, status) => Math.max(number, status.generation?.number ?? 0), 0);
  const leader = observation.leader;
  const activity: Activity = { reason: 'Starting', message: `status is rebuilt from the nodes of cluster ${expectedClusterId}` };
  if (leader !== null && leader.status.clusterId === expectedClusterId && leader.status.generation?.number === newest) {
    const { clusterId, generation } = leader.status;
    const because = 'S6: status was empty, and a confirmed leader names its cluster';
    return proposal({ steps: [{ type: 'record-identity', clusterId, generation, because }], activity });
  }
  const founding = foundingOf(ours.filter((status) => status.generation?.number === newest));
  if (founding !== null) return proposal({ steps: [founding], activity });
  const message = `Volumes of cluster ${expectedClusterId} are here, and no leader of it could confirm itself yet: status is rebuilt from the nodes, nothing is founded.`;
  const unblock = 'Waits for a majority of its members to run; see their pods.';
  return proposal({ blockedBy: [gate('VolumesAccountedFor', null, message, unblock)], activity });
}

/** The founding that every answer agrees on, while no log has moved past it; else only a leader can tell how things stand. */
function foundingOf(answers: readonly NodeStatus[]): Step | null {
  const [first] = answers;
  if (first === undefined || first.clusterId === null || first.generation === null || first.founding === null) return null;
  const { clusterId, generation, founding } = first;
  const text = foundingText(founding);
  const agreed = answers.every(
    (status) =>
      status.founding !== null &&
      foundingText(status.founding) === text &&
      status.generation !== null &&
      sameGeneration(status.generation, generation) &&
      (status.replication?.committedConfiguration.index ?? 0) === 0,
  );
  if (!agreed) return null;
  const members = founding.members.map(({ id, name }) => ({ id, name }));
  return {
    type: 'record-founding',
    clusterId,
    generation,
    epoch: founding.epoch,
    members,
    because: 'S6: status was empty, and the nodes name their founding',
  };
}

function foundingText(founding: NonNullable<NodeStatus['founding']>): string {
  return JSON.stringify([founding.epoch, founding.members.map(({ id, name }) => `${name}=${id}`).sort()]);
}

/** A new cluster: all founders are heard, their ids go into status, and only then they are told (S6). */
function planNew(facts: Facts): Proposal {
  const { cluster, observation, target } = facts;
  const founders: FounderRecord[] = [];
  const awaited: string[] = [];
  for (let ordinal = 0; ordinal < target; ordinal += 1) {
    const name = memberName(cluster.metadata.name, ordinal);
    const member = memberNamed(observation, name);
    const status = member === null ? null : answerOf(member);
    if (status !== null && status.state === 'awaiting-membership' && member?.pod?.terminating === false)
      founders.push({ id: status.memberId, name });
    else awaited.push(name);
  }
  if (awaited.length > 0) {
    return proposal({ activity: { reason: 'Founding', message: `waiting to hear ${awaited.join(', ')}` } });
  }
  const clusterId = clusterIdOf(facts);
  const record = { clusterId, generation: FIRST_GENERATION, epoch: FIRST_EPOCH, members: founders };
  return proposal({
    steps: [
      {
        type: 'record-founding',
        ...record,
        because: 'S6: all founders are heard; who they are is written before any of them is told',
      },
      ...founders.map(({ name }): Step => ({ type: 'found-node', member: name, ...record, because: 'the founding is written' })),
    ],
    activity: { reason: 'Founding', message: `${target} founders form cluster ${clusterId}` },
    events: [
      {
        type: 'Normal',
        reason: 'Founding',
        action: 'Found',
        note: `Founding cluster ${clusterId} with ${founders.map(({ name }) => name).join(', ')}.`,
      },
    ],
  });
}

function clusterIdOf(facts: Facts): ClusterId {
  return present(parseClusterId(facts.expectedClusterId), 'the UID of a resource is a cluster id');
}
