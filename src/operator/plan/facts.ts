/**
 * What follows from an observation before anything is decided: identity, the leader that counts, who is caught up, and how many pods there
 * must be at least. Computed once a pass, so that no two concerns can see it differently.
 */
import type { ConfigurationStatus, StorageCluster } from '../../api/storage-cluster.ts';
import { isMemberId, sameGeneration } from '../../shared/ids.ts';
import type { ClusterId, Generation, MemberId } from '../../shared/ids.ts';
import { ordinalOf } from '../render/names.ts';
import { maintenanceOf, replaceWords } from './annotations.ts';
import type { MaintenanceMode } from './annotations.ts';
import { answerOf } from './observation.ts';
import type { ConfirmedLeader, MemberObservation, Observation, StatefulSetObservation } from './observation.ts';

export interface Identity {
  readonly clusterId: ClusterId;
  readonly generation: Generation;
}

export interface Facts {
  readonly observation: Observation;
  readonly cluster: StorageCluster;
  /** As recorded in status (S5); null before founding, and when status was erased. */
  readonly identity: Identity | null;
  /** The id under which volumes may be opened: that of status, else the one to adopt, else this resource's own. */
  readonly expectedClusterId: string;
  /** A confirmed leader of exactly this identity. */
  readonly leader: ConfirmedLeader | null;
  /** Ids of voters of the committed configuration that run, are not going away, and are caught up by the leader's own word (S8). */
  readonly caughtUp: ReadonlySet<MemberId>;
  /** The last committed configuration that is known: the leader's, or the one in status. */
  readonly configuration: ConfigurationStatus | null;
  /** The leader's committed configuration stands in status, and no change of it is in flight: another change may begin. */
  readonly settled: boolean;
  /** Pods that S7 demands at least. */
  readonly podsFloor: number;
  /** Members asked for. */
  readonly target: number;
  /** Null unless it is there, ours, and holds what we would apply. */
  readonly statefulSet: StatefulSetObservation | null;
  /** Ids of members that a person ordered to replace (S9). */
  readonly ordered: ReadonlySet<MemberId>;
  /** By member name: whose pods are not the operator's to touch, and who is not to lead. */
  readonly maintenance: ReadonlyMap<string, MaintenanceMode>;
}

export function quorumOf(voters: number): number {
  return Math.floor(voters / 2) + 1;
}

export function factsOf(observation: Observation): Facts {
  const { cluster } = observation;
  const identity = identityOf(cluster);
  const leader = identity === null ? null : leaderOf(observation, identity);
  const recorded = cluster.status?.configuration ?? null;
  const statefulSet = observation.statefulSet;
  return {
    observation,
    cluster,
    identity,
    expectedClusterId: identity?.clusterId ?? cluster.spec.adoptClusterId ?? cluster.metadata.uid,
    leader,
    caughtUp: leader === null ? new Set() : caughtUpVoters(observation, leader),
    configuration: leader === null ? recorded : configurationOf(leader),
    settled: leader !== null && isSettled(leader, recorded),
    podsFloor: podsFloorOf(observation, identity, leader),
    target: cluster.spec.replicas,
    statefulSet: statefulSet?.state === 'current' ? statefulSet : null,
    ordered: new Set(replaceWords(cluster).filter(isMemberId)),
    maintenance: maintenanceOf(observation),
  };
}

function identityOf(cluster: StorageCluster): Identity | null {
  const { clusterId, generation } = cluster.status ?? {};
  return clusterId === undefined || generation === undefined ? null : { clusterId, generation };
}

/** Whether a node that answers is of this cluster and generation. */
export function isOf(identity: Identity, status: { clusterId: ClusterId | null; generation: Generation | null }): boolean {
  return (
    status.clusterId === identity.clusterId &&
    status.generation !== null &&
    sameGeneration(status.generation, identity.generation)
  );
}

function leaderOf(observation: Observation, identity: Identity): ConfirmedLeader | null {
  const { leader } = observation;
  return leader !== null && isOf(identity, leader.status) ? leader : null;
}

/** The committed configuration of a confirmed leader, as status keeps it. */
export function configurationOf(leader: ConfirmedLeader): ConfigurationStatus {
  const { index, members } = leader.replication.committedConfiguration;
  return { index, members: members.map(({ id, name, role }) => ({ id, name, role })) };
}

function isSettled(leader: ConfirmedLeader, recorded: ConfigurationStatus | null): boolean {
  const { configuration, committedConfiguration } = leader.replication;
  return configuration.index === committedConfiguration.index && recorded?.index === committedConfiguration.index;
}

function caughtUpVoters(observation: Observation, leader: ConfirmedLeader): ReadonlySet<MemberId> {
  const voters = leader.replication.committedConfiguration.members.filter(({ role }) => role === 'voter');
  const caughtUp = new Set(leader.replication.progress.filter((progress) => progress.caughtUp).map(({ id }) => id));
  const counted = voters.filter(({ id, name }) => {
    const member = observation.members.find((candidate) => candidate.name === name);
    if (member === undefined || !takesPart(member)) return false;
    return answerOf(member)?.memberId === id && (id === leader.member.id || caughtUp.has(id));
  });
  return new Set(counted.map(({ id }) => id));
}

/** Its pod is there to stay, and its node says that it is a member, not halted, and gives its vote (S11). */
export function takesPart(member: MemberObservation): boolean {
  const status = answerOf(member);
  if (member.pod === null || member.pod.terminating || status?.state !== 'member') return false;
  return status.halt === null && (status.healing ?? null) === null;
}

/** The voters of the committed configuration that would still be caught up and running without this one (S8). */
export function marginWithout(facts: Facts, id: MemberId): number {
  return facts.caughtUp.size - (facts.caughtUp.has(id) ? 1 : 0);
}

export function votersOf(configuration: ConfigurationStatus): ConfigurationStatus['members'] {
  return configuration.members.filter(({ role }) => role === 'voter');
}

/**
 * S7: the highest ordinal of the last committed configuration; before there is one, of the founding list; with status erased, of the
 * labelled claims. The higher of status and leader: a change that was committed and not recorded yet counts too.
 */
function podsFloorOf(observation: Observation, identity: Identity | null, leader: ConfirmedLeader | null): number {
  const { cluster, members } = observation;
  const { status, metadata, spec } = cluster;
  const podsFor = (names: readonly { readonly name: string }[]): number =>
    names.reduce((pods, { name }) => Math.max(pods, (ordinalOf(metadata.name, name) ?? -1) + 1), 0);
  const configured = Math.max(
    podsFor(status?.configuration?.members ?? []),
    podsFor(leader?.replication.committedConfiguration.members ?? []),
  );
  if (configured > 0) return configured;
  if (status?.founding !== undefined) return podsFor(status.founding.members);
  const expected = identity?.clusterId ?? spec.adoptClusterId ?? metadata.uid;
  return podsFor(members.filter(({ claim }) => claim?.clusterId === expected));
}
