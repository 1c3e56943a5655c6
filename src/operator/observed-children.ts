/**
 * Whether the children stand as they are wanted. StatefulSets are watched; the others are read by name, when what is wanted changes, while
 * one of them is not as wanted, and every few minutes: the operator may neither list nor watch Secrets, and at rest it asks for nothing.
 */
import { API_VERSION, KIND, LABELS, LABEL_VALUES } from '../api/storage-cluster.ts';
import type { StorageCluster } from '../api/storage-cluster.ts';
import type { Clock } from '../shared/clock.ts';
import type { KubernetesApi, Resource } from './kubernetes/api.ts';
import type { KubernetesObject, Secret, StatefulSet } from './kubernetes/objects.ts';
import { DISRUPTION_BUDGETS, NETWORK_POLICIES, SECRETS, SERVICES } from './kubernetes/resources.ts';
import type { ChildObservation, ChildState, SecretObservation, StatefulSetObservation } from './plan/observation.ts';
import { hashOf } from './render/applied.ts';
import type { RenderedObject } from './render/applied.ts';
import { plainChildren } from './render/children.ts';
import { disruptionBudgetName, DISRUPTION_BUDGET_TYPE, wantsDisruptionBudget } from './render/disruption-budget.ts';
import { holds } from './render/holds.ts';
import { APPLIED_ANNOTATION, CLAIM_TEMPLATE, SECRET_KEYS, secretName } from './render/names.ts';
import type { SecretPurpose } from './render/names.ts';
import { secretPurposes } from './render/pod-template.ts';
import type { RenderSettings } from './render/settings.ts';
import { statefulSet as renderStatefulSet } from './render/stateful-set.ts';
import { present } from '../shared/assert.ts';
import { updateRevisionOf } from './observed-objects.ts';
import { keptTemplateOf, rolledBackOf } from './rolled-back.ts';

export const CHILDREN_CHECK_INTERVAL_MS = 300_000;
/** Objects remembered; at the bound all are forgotten, and looked at again. */
export const CHILDREN_MEMORY_MAX = 100_000;

export interface ObservedChildren {
  readonly children: readonly ChildObservation[];
  readonly secrets: readonly SecretObservation[];
}

/** All that looking takes. */
export type FindingApi = Pick<KubernetesApi, 'find'>;

interface Check extends ObservedChildren {
  readonly wanted: string;
  readonly atMs: number;
}

const resourcesByKind: ReadonlyMap<string, Resource<KubernetesObject>> = new Map<string, Resource<KubernetesObject>>([
  ['Service', SERVICES],
  ['NetworkPolicy', NETWORK_POLICIES],
  ['PodDisruptionBudget', DISRUPTION_BUDGETS],
]);

export function resourceOfChild(kind: string): Resource<KubernetesObject> {
  return present(resourcesByKind.get(kind), 'every kind of child has its place in the API');
}

/**
 * What was found when the children were last looked at, by cluster UID, and at which generation an object was last applied. A cache, no
 * more: empty after a start, and everything is looked at again.
 */
export class ChildrenMemory {
  readonly #checks = new Map<string, Check>();
  readonly #appliedGenerations = new Map<string, number>();

  /** The children were written, or may have been: look again. */
  invalidate(clusterUid: string): void {
    this.#checks.delete(clusterUid);
  }

  /** The API server took what we applied, and this is its generation since: what it wrote its own way is no difference. */
  applied(uid: string, generation: number | undefined): void {
    if (generation === undefined) return;
    if (this.#appliedGenerations.size >= CHILDREN_MEMORY_MAX) this.#appliedGenerations.clear();
    this.#appliedGenerations.set(uid, generation);
  }

  isAsApplied(object: KubernetesObject): boolean {
    const { uid = '', generation } = object.metadata;
    return generation !== undefined && this.#appliedGenerations.get(uid) === generation;
  }

  last(clusterUid: string, wanted: string, nowMs: number): ObservedChildren | null {
    const check = this.#checks.get(clusterUid);
    if (check === undefined || check.wanted !== wanted || nowMs - check.atMs >= CHILDREN_CHECK_INTERVAL_MS) return null;
    return check;
  }

  keep(clusterUid: string, wanted: string, nowMs: number, found: ObservedChildren): void {
    if (this.#checks.size >= CHILDREN_MEMORY_MAX) this.#checks.clear();
    const isAsWanted = [...found.children, ...found.secrets].every(({ state }) => state === 'current');
    if (isAsWanted) this.#checks.set(clusterUid, { ...found, wanted, atMs: nowMs });
    else this.#checks.delete(clusterUid);
  }
}

export async function observeChildren(
  world: { readonly api: FindingApi; readonly clock: Clock; readonly memory: ChildrenMemory },
  cluster: StorageCluster,
  signal: AbortSignal,
): Promise<ObservedChildren> {
  const { api, clock, memory } = world;
  const wanted = plainChildren(cluster);
  const hash = hashOf([wanted, secretPurposes(cluster)]);
  const last = memory.last(cluster.metadata.uid, hash, clock.monotonicMs());
  if (last !== null) return last;
  const [children, unwanted, secrets] = await Promise.all([
    Promise.all(wanted.map((object) => observeChild(world, cluster, object, signal))),
    observeUnwantedBudget(api, cluster, signal),
    Promise.all(secretPurposes(cluster).map((purpose) => observeSecret(api, cluster, purpose, signal))),
  ]);
  const found = { children: [...children, ...unwanted], secrets };
  memory.keep(cluster.metadata.uid, hash, clock.monotonicMs(), found);
  return found;
}

async function observeChild(
  { api, memory }: { readonly api: FindingApi; readonly memory: ChildrenMemory },
  cluster: StorageCluster,
  wanted: RenderedObject,
  signal: AbortSignal,
): Promise<ChildObservation> {
  const { kind, metadata } = wanted;
  const stored = await api.find(resourceOfChild(kind), { namespace: metadata.namespace, name: metadata.name }, { signal });
  const state = stored === null ? 'missing' : stateOf(cluster, stored, wanted, memory);
  return { kind, name: metadata.name, state, uid: stored?.metadata.uid ?? null };
}

/** A cluster of one has no budget; one that is left from larger days goes. */
async function observeUnwantedBudget(
  api: FindingApi,
  cluster: StorageCluster,
  signal: AbortSignal,
): Promise<readonly ChildObservation[]> {
  if (wantsDisruptionBudget(cluster)) return [];
  const name = disruptionBudgetName(cluster.metadata.name);
  const stored = await api.find(DISRUPTION_BUDGETS, { namespace: cluster.metadata.namespace, name }, { signal });
  if (stored === null || ownershipOf(cluster, stored) !== 'ours') return [];
  return [{ kind: DISRUPTION_BUDGET_TYPE.kind, name, state: 'unwanted', uid: stored.metadata.uid ?? null }];
}

/** A Secret that a person made under the name is used as it is: only its key has to be there. */
async function observeSecret(
  api: FindingApi,
  cluster: StorageCluster,
  purpose: SecretPurpose,
  signal: AbortSignal,
): Promise<SecretObservation> {
  const { namespace } = cluster.metadata;
  const name = secretName(cluster.metadata.name, purpose);
  const stored = await api.find(SECRETS, { namespace, name }, { signal });
  return { purpose, name, state: stateOfSecret(cluster, stored, purpose) };
}

function stateOfSecret(cluster: StorageCluster, stored: Secret | null, purpose: SecretPurpose): SecretObservation['state'] {
  if (stored === null) return 'missing';
  if (stored.metadata.deletionTimestamp !== undefined || ownershipOf(cluster, stored) === 'earlier-life') return 'leaving';
  return (stored.data?.[SECRET_KEYS[purpose]] ?? '') === '' ? 'unusable' : 'current';
}

/** `earlier-life`: owned by a resource of this name that is gone; the garbage collector is on its way. */
function ownershipOf(cluster: StorageCluster, stored: KubernetesObject): 'ours' | 'earlier-life' | 'nobody' | 'other' {
  const owner = stored.metadata.ownerReferences?.find(({ controller }) => controller === true);
  if (owner?.uid === cluster.metadata.uid) return 'ours';
  if (owner !== undefined) {
    const isNamesake = owner.kind === KIND && owner.apiVersion === API_VERSION && owner.name === cluster.metadata.name;
    return isNamesake ? 'earlier-life' : 'other';
  }
  const { labels = {} } = stored.metadata;
  const wasOurs = labels[LABELS.cluster] === cluster.metadata.name && labels[LABELS.managedBy] === LABEL_VALUES.managedBy;
  return wasOurs ? 'ours' : 'nobody';
}

function stateOf(
  cluster: StorageCluster,
  stored: KubernetesObject,
  wanted: RenderedObject,
  memory: ChildrenMemory,
): Exclude<ChildState, 'missing' | 'unwanted'> {
  if (stored.metadata.deletionTimestamp !== undefined) return 'leaving';
  const ownership = ownershipOf(cluster, stored);
  if (ownership === 'earlier-life') return 'leaving';
  if (ownership !== 'ours') return 'taken';
  const { labels, annotations, ownerReferences } = wanted.metadata;
  if (!holds(stored.metadata, { labels, annotations })) return 'differs';
  if (!ownerReferences.every(({ uid }) => stored.metadata.ownerReferences?.some((owner) => owner.uid === uid))) return 'differs';
  if (stored.metadata.annotations?.[APPLIED_ANNOTATION] !== annotations[APPLIED_ANNOTATION]) return 'differs';
  const spec = 'spec' in stored ? stored.spec : undefined;
  return memory.isAsApplied(stored) || holds(spec, wanted.spec) ? 'current' : 'differs';
}

/** The claim template's size can't be changed: what it is counts, and claims are grown one by one. */
export function claimSizeOf(statefulSet: StatefulSet | null): string | null {
  const template = statefulSet?.spec.volumeClaimTemplates?.find(({ metadata }) => metadata.name === CLAIM_TEMPLATE);
  return template?.spec?.resources?.requests?.storage ?? null;
}

export function observeStatefulSet(
  stored: StatefulSet | null,
  cluster: StorageCluster,
  settings: RenderSettings,
  memory: ChildrenMemory,
): StatefulSetObservation | null {
  if (stored === null) return null;
  const replicas = stored.spec.replicas ?? 1;
  const state = stateOf(
    cluster,
    stored,
    renderStatefulSet(cluster, settings, { replicas, claimSize: claimSizeOf(stored), kept: keptTemplateOf(stored, cluster) }),
    memory,
  );
  return {
    uid: stored.metadata.uid,
    resourceVersion: stored.metadata.resourceVersion,
    replicas,
    updateRevision: state === 'current' ? updateRevisionOf(stored) : null,
    state,
    rolledBack: rolledBackOf(stored, cluster),
    claimSize: claimSizeOf(stored),
  };
}
