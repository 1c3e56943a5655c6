/** One look at a cluster: its objects and children, every node's word, and the leader's with its confirmation, as one immutable value. */
import type { StorageCluster } from '../api/storage-cluster.ts';
import type { Clock } from '../shared/clock.ts';
import type { KubernetesApi } from './kubernetes/api.ts';
import type { Pod } from './kubernetes/objects.ts';
import { SECRETS } from './kubernetes/resources.ts';
import type { NodeClient } from './node-client.ts';
import { observeChildren, observeStatefulSet } from './observed-children.ts';
import type { ChildrenMemory } from './observed-children.ts';
import { hearNodes } from './observed-nodes.ts';
import type { HeardNodes } from './observed-nodes.ts';
import { claimObservation, podObservation } from './observed-objects.ts';
import type { ClusterObjects } from './observed-objects.ts';
import type { MemberObservation, Observation } from './plan/observation.ts';
import { memberName, ordinalOf, ordinalOfClaim, SECRET_KEYS, secretName } from './render/names.ts';
import type { RenderSettings } from './render/settings.ts';

/** Ordinals beyond this are not ours: nobody asks for so many members, and a list of them must end somewhere. */
export const ORDINALS_MAX = 64;

export interface ObserveWorld {
  readonly api: KubernetesApi;
  readonly nodes: NodeClient;
  readonly clock: Clock;
  readonly settings: RenderSettings;
  readonly memory: ChildrenMemory;
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
  const pods = objects.pods.filter((pod) => isOrdinal(ordinalOf(cluster.metadata.name, pod.metadata.name)));
  const [children, token] = await Promise.all([observeChildren(world, cluster, signal), adminToken(world.api, cluster, signal)]);
  const heard = await hearNodes(world.nodes, pods, token, signal);
  const observation: Observation = {
    cluster,
    statefulSet: observeStatefulSet(objects.statefulSet, cluster, world.settings, world.memory),
    children: children.children,
    secrets: children.secrets,
    members: membersOf(objects, cluster, heard),
    leader: heard.leader,
  };
  return { observation, token, pods: new Map(pods.map((pod) => [pod.metadata.name, pod])) };
}

function isOrdinal(ordinal: number | null): ordinal is number {
  return ordinal !== null && ordinal < ORDINALS_MAX;
}

/** Read at each use, so that it can rotate (S19). */
async function adminToken(api: KubernetesApi, cluster: StorageCluster, signal: AbortSignal): Promise<string | null> {
  const { name, namespace } = cluster.metadata;
  const secret = await api.find(SECRETS, { namespace, name: secretName(name, 'admin') }, { signal });
  const encoded = secret?.data?.[SECRET_KEYS.admin] ?? '';
  return encoded === '' ? null : Buffer.from(encoded, 'base64').toString('utf8').trim();
}

function membersOf(objects: ClusterObjects, cluster: StorageCluster, heard: HeardNodes): readonly MemberObservation[] {
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
        claim: claim === undefined ? null : claimObservation(claim, objects.cluster),
        node: heard.nodes.get(member) ?? { kind: 'absent' },
      };
    });
}
