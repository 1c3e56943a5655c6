/** One look at a cluster: its objects and children, every node's word, and the leader's with its confirmation, as one immutable value. */
import type { StorageCluster } from '../api/storage-cluster.ts';
import type { Clock } from '../shared/clock.ts';
import { adminToken } from './admin-token.ts';
import type { KubernetesApi } from './kubernetes/api.ts';
import type { PersistentVolumeClaim, Pod } from './kubernetes/objects.ts';
import type { NodeClient } from './node-client.ts';
import { observeChildren, observeStatefulSet } from './observed-children.ts';
import type { ChildrenMemory, ObservedChildren } from './observed-children.ts';
import { hearNodes } from './observed-nodes.ts';
import type { HeardNodes } from './observed-nodes.ts';
import { claimObservation, podObservation, UNSEEN_SURROUNDINGS } from './observed-objects.ts';
import type { ClaimSurroundings, ClusterObjects } from './observed-objects.ts';
import { observeVolumes } from './observed-volumes.ts';
import type { VolumesMemory, VolumesWorld } from './observed-volumes.ts';
import type { MemberObservation, Observation } from './plan/observation.ts';
import { memberName, ordinalOf, ordinalOfClaim } from './render/names.ts';
import type { RenderSettings } from './render/settings.ts';

/** Ordinals beyond this are not ours: nobody asks for so many members, and a list of them must end somewhere. */
export const ORDINALS_MAX = 64;

export interface ObserveWorld {
  readonly api: KubernetesApi;
  readonly nodes: NodeClient;
  readonly clock: Clock;
  readonly settings: RenderSettings;
  readonly memory: ChildrenMemory;
  readonly volumes: VolumesMemory;
}

export interface Observed {
  readonly observation: Observation;
  /** For admin calls; null while its Secret is missing. */
  readonly token: string | null;
  readonly pods: ReadonlyMap<string, Pod>;
}

/** @param cluster as read from `objects.cluster` */
export async function observe(
  world: ObserveWorld,
  objects: ClusterObjects,
  cluster: StorageCluster,
  signal: AbortSignal,
): Promise<Observed> {
  const pods = podsOf(objects, cluster.metadata.name);
  const [children, token] = await Promise.all([
    observeChildren(world, cluster, signal),
    adminToken(world.api, cluster.metadata, signal),
  ]);
  const heard = await hearNodes(world.nodes, pods, token, signal);
  const surroundings = await surroundingsOf(world, objects, cluster, heard, signal);
  const observation = observationOf(world, objects, cluster, { ...children, surroundings }, heard);
  return { observation, token, pods: new Map(pods.map((pod) => [pod.metadata.name, pod])) };
}

/** Pods of members: others may carry the label, and are left alone. */
export function podsOf({ pods }: Pick<ClusterObjects, 'pods'>, clusterName: string): readonly Pod[] {
  return pods.filter((pod) => isOrdinal(ordinalOf(clusterName, pod.metadata.name)));
}

/** What is known of the volumes of the claims in use. */
export async function surroundingsOf(
  world: VolumesWorld,
  objects: ClusterObjects,
  cluster: StorageCluster,
  heard: HeardNodes,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ClaimSurroundings>> {
  const pods = podsOf(objects, cluster.metadata.name);
  const isSuspect = (claim: PersistentVolumeClaim): boolean => !takesPartAs(claim, cluster, pods, heard);
  return observeVolumes(world, cluster, claimsInUse(objects, cluster), isSuspect, signal);
}

export interface SeenChildren extends ObservedChildren {
  /** By claim: what is known of its volume. */
  readonly surroundings: ReadonlyMap<string, ClaimSurroundings>;
}

/** What was seen and heard, put together: all that follows from it follows from this value. */
export function observationOf(
  { settings, memory }: Pick<ObserveWorld, 'settings' | 'memory'>,
  objects: ClusterObjects,
  cluster: StorageCluster,
  { children, secrets, surroundings }: SeenChildren,
  heard: HeardNodes,
): Observation {
  return {
    cluster,
    statefulSet: observeStatefulSet(objects.statefulSet, cluster, settings, memory),
    children,
    secrets,
    members: membersOf(objects, cluster, heard, surroundings),
    leader: heard.leader,
  };
}

function isOrdinal(ordinal: number | null): ordinal is number {
  return ordinal !== null && ordinal < ORDINALS_MAX;
}

/** Those of members that are asked for, or have a pod; what is merely kept is nobody's concern. */
function claimsInUse({ claims, statefulSet }: ClusterObjects, cluster: StorageCluster): readonly PersistentVolumeClaim[] {
  const end = Math.min(Math.max(cluster.spec.replicas, statefulSet?.spec.replicas ?? 0), ORDINALS_MAX);
  return claims.filter((claim) => (ordinalOfClaim(cluster.metadata.name, claim.metadata.name) ?? end) < end);
}

/** Its pod is ready and there to stay, and its node answers: then nothing has happened to its volume. */
function takesPartAs(claim: PersistentVolumeClaim, cluster: StorageCluster, pods: readonly Pod[], heard: HeardNodes): boolean {
  const ordinal = ordinalOfClaim(cluster.metadata.name, claim.metadata.name);
  if (ordinal === null) return false;
  const name = memberName(cluster.metadata.name, ordinal);
  const pod = pods.find(({ metadata }) => metadata.name === name);
  const node = heard.nodes.get(name);
  return pod?.metadata.deletionTimestamp === undefined && node?.kind === 'answered' && node.status.halt === null;
}

function membersOf(
  objects: ClusterObjects,
  cluster: StorageCluster,
  heard: HeardNodes,
  surroundings: ReadonlyMap<string, ClaimSurroundings>,
): readonly MemberObservation[] {
  const { name } = cluster.metadata;
  const pods = new Map(objects.pods.map((pod) => [ordinalOf(name, pod.metadata.name), pod]));
  const claims = new Map(objects.claims.map((claim) => [ordinalOfClaim(name, claim.metadata.name), claim]));
  const listed = [
    ...(cluster.status?.configuration?.members ?? []),
    ...(cluster.status?.founding?.members ?? []),
    ...(heard.leader?.replication.committedConfiguration.members ?? []),
  ].map((member) => ordinalOf(name, member.name));
  const pastAndPresent = [...pods.keys(), ...claims.keys(), ...listed].filter(isOrdinal);
  const replicas = Math.min(Math.max(cluster.spec.replicas, objects.statefulSet?.spec.replicas ?? 0), ORDINALS_MAX);
  const ordinals = new Set([...pastAndPresent, ...Array.from({ length: replicas }, (_, ordinal) => ordinal)]);
  return [...ordinals]
    .sort((left, right) => left - right)
    .map((ordinal) => {
      const pod = pods.get(ordinal);
      const claim = claims.get(ordinal);
      const member = memberName(name, ordinal);
      return {
        name: member,
        ordinal,
        pod: pod === undefined ? null : podObservation(pod, objects.statefulSet),
        claim:
          claim === undefined
            ? null
            : claimObservation(claim, objects.cluster, surroundings.get(claim.metadata.name) ?? UNSEEN_SURROUNDINGS),
        node: heard.nodes.get(member) ?? { kind: 'absent' },
      };
    });
}
