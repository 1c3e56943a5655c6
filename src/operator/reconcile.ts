/**
 * One pass over one StorageCluster: observe, plan, execute, derive status, write it if it differs. It reads as that list. No state is carried
 * from pass to pass; what is acted upon is read live; and status is written whatever failed (S20).
 */
import type { Logger } from 'pino';
import { parseStorageCluster } from '../api/storage-cluster.ts';
import type { StorageCluster, StorageClusterStatus } from '../api/storage-cluster.ts';
import type { Clock } from '../shared/clock.ts';
import { Blindness } from './blindness.ts';
import { announcementOf } from './announcement.ts';
import { drawSystemHex, execute, regarded } from './execute.ts';
import type { Executed } from './execute.ts';
import type { KubernetesApi } from './kubernetes/api.ts';
import { isKubernetesApiError } from './kubernetes/errors.ts';
import type { EventRecorder } from './kubernetes/events.ts';
import type { StoredStorageCluster } from './kubernetes/objects.ts';
import { STORAGE_CLUSTERS } from './kubernetes/resources.ts';
import type { NodeClient } from './node-client.ts';
import { observe } from './observe.ts';
import type { Observed } from './observe.ts';
import { ChildrenMemory } from './observed-children.ts';
import { objectsFromCaches, objectsLive } from './observed-objects.ts';
import type { ClusterKey, ClusterObjects, OperatorCaches } from './observed-objects.ts';
import { VolumesMemory } from './observed-volumes.ts';
import { plan } from './plan/plan.ts';
import type { Plan } from './plan/plan.ts';
import type { ActionType, Step } from './plan/step.ts';
import type { RenderSettings } from './render/settings.ts';
import { deriveStatus } from './status/derive.ts';
import { statusPatch } from './status/difference.ts';
import type { Outcome } from './status/outcome.ts';
import { unseenStatus } from './status/unreadable.ts';
import type { Unseen } from './status/unreadable.ts';

export interface ReconcileMetrics {
  /** A step was carried out, or failed. */
  step(type: ActionType, outcome: 'done' | 'failed'): void;
  /** Status was patched. */
  statusWritten(): void;
  /** What status says of a cluster, written or not. */
  clusterSeen(key: ClusterKey, status: StorageClusterStatus): void;
  clusterGone(key: ClusterKey): void;
}

export interface ReconcilerDependencies {
  readonly api: KubernetesApi;
  readonly nodes: NodeClient;
  readonly caches: OperatorCaches;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: RenderSettings;
  readonly events: EventRecorder;
  readonly metrics: ReconcileMetrics;
  /** So many random hex digits; from the system unless a simulation draws them. */
  readonly drawHex?: ((digits: number) => string) | undefined;
}

export interface Reconciler {
  /** Rejects with a KubernetesApiError when the cluster could not be observed. `requeueAfterMs` null: there is no such cluster. */
  reconcile(key: ClusterKey, signal: AbortSignal): Promise<{ readonly requeueAfterMs: number | null }>;
}

/** While something is going on. */
export const ACTING_REQUEUE_MS = 1_000;
/** After a step that failed, or with nothing going on: nodes change without telling Kubernetes. */
export const RESTING_REQUEUE_MS = 10_000;

type World = ReconcilerDependencies & {
  readonly memory: ChildrenMemory;
  readonly volumes: VolumesMemory;
  readonly blindness: Blindness;
  readonly drawHex: (digits: number) => string;
};

export function createReconciler(dependencies: ReconcilerDependencies): Reconciler {
  const { drawHex = drawSystemHex } = dependencies;
  const world: World = {
    ...dependencies,
    drawHex,
    memory: new ChildrenMemory(),
    volumes: new VolumesMemory(),
    blindness: new Blindness(),
  };
  return { reconcile: (key, signal) => reconcile(world, key, signal) };
}

interface Look extends Observed {
  readonly objects: ClusterObjects;
  readonly plan: Plan;
}

async function reconcile(world: World, key: ClusterKey, signal: AbortSignal): Promise<{ requeueAfterMs: number | null }> {
  const cached = objectsFromCaches(world.caches, key);
  if (cached === null) {
    world.metrics.clusterGone(key);
    return { requeueAfterMs: null };
  }
  try {
    return await passOver(world, key, cached, signal);
  } catch (error) {
    await tellFailure(world, cached.cluster, error, signal);
    throw error;
  }
}

async function passOver(
  world: World,
  key: ClusterKey,
  cached: ClusterObjects,
  signal: AbortSignal,
): Promise<{ requeueAfterMs: number | null }> {
  let look = await lookAt(world, cached, signal);
  // Caches decide whether there is something to do, never what: that is planned anew on what is so now.
  if (look !== null && look.plan.steps.length > 0) {
    const live = await objectsLive(world.api, key, signal);
    if (live === null) return { requeueAfterMs: null };
    look = await lookAt(world, live, signal);
  }
  if (look === null) return { requeueAfterMs: RESTING_REQUEUE_MS };
  const executed = await carryOut(world, look, signal);
  await writeStatus(world, look, executed, signal);
  return { requeueAfterMs: requeueAfterMs(look.plan, executed) };
}

/** Null when the resource cannot be read; its conditions say so. */
async function lookAt(world: World, objects: ClusterObjects, signal: AbortSignal): Promise<Look | null> {
  const parsed = parseStorageCluster(objects.cluster);
  if (!parsed.ok) {
    world.log.warn({ ...namesOf(objects.cluster), reason: parsed.reason }, 'the resource cannot be read');
    await writeUnseen(world, objects.cluster, { reason: 'InvalidSpec', message: parsed.reason }, signal);
    return null;
  }
  const observed = await observe(world, objects, parsed.value, signal);
  world.blindness.ends(objects.cluster.metadata.uid);
  return { ...observed, objects, plan: plan(observed.observation, world.clock.wallMs()) };
}

async function carryOut(world: World, look: Look, signal: AbortSignal): Promise<Executed> {
  const { cluster } = look.observation;
  const target = { cluster, statefulSet: look.objects.statefulSet, pods: look.pods, token: look.token };
  const executed = await execute(world, target, look.plan.steps, signal);
  const { namespace, name } = cluster.metadata;
  for (const step of executed.done) {
    world.log.info({ namespace, name, step: step.type, because: step.because }, 'step done');
    world.metrics.step(step.type, 'done');
    announce(world, cluster, step);
  }
  for (const { step, failure } of executed.failed) {
    world.log.warn({ namespace, name, step: step.type, err: failure.error }, 'step failed');
    world.metrics.step(step.type, 'failed');
  }
  if (executed.failed.length === 0) {
    for (const event of look.plan.events) world.events.event(regarded(cluster), event);
  }
  return executed;
}

/** What is taken away from a running cluster is told to people, with the reason. */
function announce({ events }: World, cluster: StorageCluster, step: Step): void {
  const reason = announcementOf(step);
  if (reason !== null) events.event(regarded(cluster), { type: 'Normal', reason, action: reason, note: step.because });
}

async function writeStatus(world: World, look: Look, executed: Executed, signal: AbortSignal): Promise<void> {
  const { observation } = look;
  const { metadata, status } = observation.cluster;
  const outcome = outcomeOf(executed);
  const next = deriveStatus(observation, look.plan, outcome, world.clock.wallMs());
  world.metrics.clusterSeen(metadata, next);
  const { recorded, keptVolumes } = outcome;
  const before = {
    ...status,
    ...(recorded === null ? {} : { ...recorded, founding: recorded.founding ?? undefined }),
    ...(keptVolumes === null ? {} : { keptVolumes }),
  };
  const patch = statusPatch(before, next);
  if (patch === null) return;
  const preconditions = { uid: metadata.uid, resourceVersion: executed.resourceVersion };
  await patchStatus(world, metadata, { metadata: preconditions, status: patch }, signal);
}

function outcomeOf({ recorded, keptVolumes, failed }: Executed): Outcome {
  const told = failed.filter(({ failure }) => !failure.isPassing).map(({ failure }) => failure.message);
  return {
    recorded,
    keptVolumes,
    blockedBy: failed.flatMap(({ failure }) => failure.gate ?? []),
    failure: told.length === 0 ? null : told.join('; '),
  };
}

/** Someone who wrote to the resource meanwhile wins: the next pass, which that write has called for, derives status anew. */
async function patchStatus(
  world: World,
  { namespace, name }: { readonly namespace?: string | undefined; readonly name: string },
  patch: object,
  signal: AbortSignal,
): Promise<void> {
  try {
    await world.api.patchStatus(STORAGE_CLUSTERS, { namespace: namespace ?? null, name }, patch, { signal });
    world.metrics.statusWritten();
  } catch (error) {
    if (!isKubernetesApiError(error, 'conflict') && !isKubernetesApiError(error, 'not-found')) throw error;
    world.log.debug({ namespace, name }, 'status was written by somebody else meanwhile');
  }
}

async function writeUnseen(world: World, stored: StoredStorageCluster, unseen: Unseen, signal: AbortSignal): Promise<void> {
  const { metadata, status } = stored;
  const next = unseenStatus(status, unseen, metadata.generation ?? 0, world.clock.wallMs());
  world.metrics.clusterSeen({ namespace: metadata.namespace ?? '', name: metadata.name }, next);
  const before = typeof status === 'object' && status !== null ? status : {};
  const known = Object.fromEntries(Object.entries(before).filter(([name]) => name in next));
  const patch = statusPatch(known, next);
  if (patch === null) return;
  const preconditions = { uid: metadata.uid, resourceVersion: metadata.resourceVersion };
  await patchStatus(world, metadata, { metadata: preconditions, status: patch }, signal);
}

/**
 * A cluster that could not be looked at for so long, or may not be, is not called healthy any longer (S20). The failure itself is the queue's:
 * it comes back, later each time.
 */
async function tellFailure(world: World, stored: StoredStorageCluster, error: unknown, signal: AbortSignal): Promise<void> {
  if (!isKubernetesApiError(error) || signal.aborted) return;
  const isLasting = error.kind === 'forbidden' || error.kind === 'invalid';
  if (!isLasting && !world.blindness.lasts(stored.metadata.uid, world.clock.monotonicMs())) return;
  const message = `The cluster could not be looked at: ${error.message}`;
  try {
    await writeUnseen(world, stored, { reason: 'ReconcileFailed', message }, signal);
  } catch (failure) {
    world.log.warn({ ...namesOf(stored), err: failure }, 'nor could status say so');
  }
}

function namesOf({ metadata }: StoredStorageCluster): { namespace: string | undefined; name: string } {
  return { namespace: metadata.namespace, name: metadata.name };
}

function requeueAfterMs(made: Plan, executed: Executed): number {
  if (executed.failed.some(({ failure }) => !failure.isPassing)) return RESTING_REQUEUE_MS;
  const isActing = executed.done.length > 0 || executed.failed.length > 0 || made.activity !== null;
  return isActing ? ACTING_REQUEUE_MS : RESTING_REQUEUE_MS;
}
