/** The objects of a cluster, from the caches or live, and what of them the planner looks at. What is acted upon is always read live. */
import { ANNOTATIONS, LABELS } from '../api/storage-cluster.ts';
import { CLAIMS, PODS, STATEFUL_SETS, STORAGE_CLUSTERS } from './kubernetes/resources.ts';
import type { ObjectCache } from './kubernetes/cache.ts';
import type { KubernetesApi } from './kubernetes/api.ts';
import type { ContainerStatus, PersistentVolumeClaim, Pod, StatefulSet, StoredStorageCluster } from './kubernetes/objects.ts';
import type { ClaimObservation, PodObservation, PodProblem, VolumeObservation } from './plan/observation.ts';
import { statefulSetName } from './render/names.ts';
import { CONTAINER } from './render/pod-template.ts';

export interface ClusterKey {
  readonly namespace: string;
  readonly name: string;
}

export interface OperatorCaches {
  readonly clusters: ObjectCache<StoredStorageCluster>;
  readonly statefulSets: ObjectCache<StatefulSet>;
  readonly pods: ObjectCache<Pod>;
  readonly claims: ObjectCache<PersistentVolumeClaim>;
}

export interface ClusterObjects {
  readonly cluster: StoredStorageCluster;
  readonly statefulSet: StatefulSet | null;
  readonly pods: readonly Pod[];
  readonly claims: readonly PersistentVolumeClaim[];
}

/** Null when there is no such StorageCluster. */
export function objectsFromCaches(caches: OperatorCaches, { namespace, name }: ClusterKey): ClusterObjects | null {
  const cluster = caches.clusters.get(namespace, name);
  if (cluster === null) return null;
  return {
    cluster,
    statefulSet: caches.statefulSets.get(namespace, statefulSetName(name)),
    pods: caches.pods.ofCluster(namespace, name),
    claims: caches.claims.ofCluster(namespace, name),
  };
}

/** The same, as the API server has it now: a cache may still show what a step before has changed (research, trap 1). */
export async function objectsLive(
  api: KubernetesApi,
  { namespace, name }: ClusterKey,
  signal: AbortSignal,
): Promise<ClusterObjects | null> {
  const selected = { labelSelector: `${LABELS.cluster}=${name}`, signal };
  const [cluster, statefulSet, pods, claims] = await Promise.all([
    api.find(STORAGE_CLUSTERS, { namespace, name }, { signal }),
    api.find(STATEFUL_SETS, { namespace, name: statefulSetName(name) }, { signal }),
    api.list(PODS, namespace, selected),
    api.list(CLAIMS, namespace, selected),
  ]);
  return cluster === null ? null : { cluster, statefulSet, pods: pods.items, claims: claims.items };
}

function millisecondsOf(time: string | undefined): number | null {
  const ms = Date.parse(time ?? '');
  return Number.isNaN(ms) ? null : ms;
}

export function podObservation(pod: Pod, statefulSet: StatefulSet | null): PodObservation {
  const { metadata } = pod;
  const readiness = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  const isReady = readiness?.status === 'True';
  const sinceMs = millisecondsOf(readiness?.lastTransitionTime ?? metadata.creationTimestamp);
  const { annotations = {} } = metadata;
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  // A pod of a StatefulSet that is gone is on its way out too, though nobody has told it yet.
  const isOfAnotherLife = statefulSet !== null && owner !== undefined && owner.uid !== statefulSet.metadata.uid;
  return {
    uid: metadata.uid,
    ready: isReady,
    terminating: metadata.deletionTimestamp !== undefined || isOfAnotherLife,
    revision: metadata.labels?.['controller-revision-hash'] ?? null,
    problem: isReady ? null : problemOf(pod),
    createdAtMs: millisecondsOf(metadata.creationTimestamp),
    readySinceMs: isReady ? sinceMs : null,
    notReadySinceMs: isReady ? null : sinceMs,
    orphaned: owner === undefined,
    replace: (annotations[ANNOTATIONS.replace] ?? 'false') !== 'false',
    maintenance: annotations[ANNOTATIONS.maintenance] ?? null,
    nodeName: pod.spec?.nodeName ?? null,
    role: metadata.labels?.[LABELS.role] ?? null,
    memberId: metadata.labels?.[LABELS.memberId] ?? null,
  };
}

/** Waiting for these is how every pod starts. */
const ordinaryWaits: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing']);
/** Fewer restarts than this are an accident; a container that is up at the moment is not called broken for them. */
const RESTARTS_OF_A_CRASH_LOOP = 2;

/** In words that stay the same from one attempt to the next, so that status does not change with each (S20). */
function problemOf(pod: Pod): PodProblem | null {
  const { phase, message, reason } = pod.status ?? {};
  if (phase === 'Failed') return { kind: 'failed', message: message ?? reason ?? 'the pod failed' };
  const container = pod.status?.containerStatuses?.find(({ name }) => name === CONTAINER);
  const waiting = container?.state?.waiting?.reason ?? null;
  const isCrashLoop = waiting === 'CrashLoopBackOff' || container?.state?.terminated !== undefined;
  const crashes = container?.state?.running !== undefined && container.lastState?.terminated !== undefined;
  if (container && (isCrashLoop || (crashes && container.restartCount >= RESTARTS_OF_A_CRASH_LOOP))) {
    return { kind: 'crashing', message: exitOf(container) };
  }
  if (waiting !== null && !ordinaryWaits.has(waiting)) {
    const image = pod.spec?.containers?.find(({ name }) => name === CONTAINER)?.image ?? 'unknown';
    return { kind: 'waiting', message: `${waiting} (image ${image})` };
  }
  if (phase === 'Running') return null;
  const scheduled = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  const unscheduled = scheduled?.status === 'False' ? (scheduled.message ?? scheduled.reason) : undefined;
  return { kind: 'pending', message: unscheduled ?? 'its container is being created' };
}

function exitOf({ state, lastState }: ContainerStatus): string {
  const exit = state?.terminated ?? lastState?.terminated;
  if (exit === undefined) return 'its container exits again and again';
  return `its container exits with code ${exit.exitCode}${exit.reason === undefined ? '' : ` (${exit.reason})`}`;
}

/** What was found of the claim's volume and class, where somebody looked. */
export interface ClaimSurroundings {
  readonly volume: VolumeObservation;
  readonly growable: boolean | null;
}

export const UNSEEN_SURROUNDINGS: ClaimSurroundings = { volume: { kind: 'unknown' }, growable: null };

export function claimObservation(
  claim: PersistentVolumeClaim,
  cluster: StoredStorageCluster,
  { volume, growable }: ClaimSurroundings,
): ClaimObservation {
  const { metadata, spec, status } = claim;
  const owners = metadata.ownerReferences ?? [];
  return {
    name: metadata.name,
    uid: metadata.uid,
    terminating: metadata.deletionTimestamp !== undefined,
    clusterId: metadata.labels?.[LABELS.clusterId] ?? null,
    memberId: metadata.labels?.[LABELS.memberId] ?? null,
    owned: owners.some(({ uid }) => uid === cluster.metadata.uid),
    ownedByOther: owners.some(({ uid }) => uid !== cluster.metadata.uid),
    requested: spec?.resources?.requests?.storage ?? null,
    capacity: status?.capacity?.storage ?? null,
    storageClassName: spec?.storageClassName ?? null,
    growable,
    volumeName: spec?.volumeName ?? null,
    volume,
  };
}

export function updateRevisionOf({ metadata, status }: StatefulSet): string | null {
  const isCaughtUp = (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  return isCaughtUp ? (status?.updateRevision ?? null) : null;
}
