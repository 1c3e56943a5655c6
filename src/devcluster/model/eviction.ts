/**
 * The Eviction API: a deletion that PodDisruptionBudgets may forbid for now (429), and that counts against them at once, before their controller
 * has seen it.
 */
import { ApiFailure, badRequest, conflict, forbidden, tooManyRequests } from './failure.ts';
import { listAt, numberAt, objectAt, stringAt, withFieldAt } from './json.ts';
import type { JsonObject } from './json.ts';
import { isTerminating, timeText } from './objects.ts';
import type { ObjectKey, StoredObject } from './objects.ts';
import { labelSelectorOf, selects } from './selectors.ts';
import type { Store } from './store.ts';

const BUDGETS = 'policy/poddisruptionbudgets';
const POD = { group: '', plural: 'pods' };
const REFUSAL = "Cannot evict pod as it would violate the pod's disruption budget.";
const RETRY_SECONDS = 10;
/** Evictions that a budget's status remembers; more at once are refused. */
const DISRUPTED_PODS_MAX = 2_000;

export interface EvictionWorld {
  readonly store: Store;
  readonly nowMs: number;
  readonly patchBudgetStatus: (key: ObjectKey, change: (status: JsonObject) => JsonObject) => void;
  readonly patchPodStatus: (key: ObjectKey, change: (status: JsonObject) => JsonObject) => void;
  readonly deletePod: (key: ObjectKey, deleteOptions: unknown) => void;
}

/** @throws ApiFailure 429 when a budget forbids it now */
export function evict(world: EvictionWorld, key: ObjectKey, pod: StoredObject, body: unknown, dryRun: boolean): void {
  const name = stringAt(body, 'metadata', 'name') ?? key.name;
  if (name !== key.name) throw badRequest('name in URL does not match name in Eviction object');
  if (!needsNoBudget(pod)) spend(world, key, pod, dryRun);
  if (dryRun) return;
  // Only now, as the API server does: an eviction of another life has cost the budget by then.
  const uid = stringAt(body, 'deleteOptions', 'preconditions', 'uid') ?? pod.metadata.uid;
  if (uid === pod.metadata.uid) world.patchPodStatus(key, (status) => withDisruptionTarget(status, timeText(world.nowMs)));
  world.deletePod(key, objectAt(body, 'deleteOptions'));
}

/** Nobody is served by it, or it goes already. */
function needsNoBudget(pod: StoredObject): boolean {
  const phase = stringAt(pod, 'status', 'phase') ?? 'Pending';
  return phase !== 'Running' || isTerminating(pod);
}

function spend(world: EvictionWorld, key: ObjectKey, pod: StoredObject, dryRun: boolean): void {
  const budgets = budgetsOf(world.store, pod);
  const [budget, other] = budgets;
  if (budget === undefined) return;
  if (other !== undefined) {
    throw new ApiFailure(
      500,
      'InternalError',
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  }
  if (!isReady(pod) && mayGoUnhealthy(budget)) return;
  checkBudget(budget);
  if (dryRun) return;
  world.patchBudgetStatus({ namespace: key.namespace, name: budget.metadata.name }, (status) => ({
    ...status,
    disruptionsAllowed: (numberAt(status, 'disruptionsAllowed') ?? 0) - 1,
    disruptedPods: { ...objectAt(status, 'disruptedPods'), [key.name]: timeText(world.nowMs) },
  }));
}

export function budgetsOf(store: Store, pod: StoredObject): readonly StoredObject[] {
  return store.list(BUDGETS, pod.metadata.namespace ?? '').filter((budget) => {
    const selector = labelSelectorOf(objectAt(budget, 'spec')['selector']);
    return selector !== null && selects(selector, pod.metadata.labels);
  });
}

export function isReady(pod: StoredObject): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (condition) => stringAt(condition, 'type') === 'Ready' && stringAt(condition, 'status') === 'True',
  );
}

function mayGoUnhealthy(budget: StoredObject): boolean {
  if (stringAt(budget, 'spec', 'unhealthyPodEvictionPolicy') === 'AlwaysAllow') return true;
  const [current, desired] = [
    numberAt(budget, 'status', 'currentHealthy') ?? 0,
    numberAt(budget, 'status', 'desiredHealthy') ?? 0,
  ];
  return current >= desired && desired > 0;
}

function checkBudget(budget: StoredObject): void {
  const { name, generation = 0 } = budget.metadata;
  const observed = numberAt(budget, 'status', 'observedGeneration') ?? 0;
  const cause = (message: string): readonly [{ reason: string; message: string }] => [{ reason: 'DisruptionBudget', message }];
  if (observed < generation) {
    throw tooManyRequests(REFUSAL, RETRY_SECONDS, cause(`The disruption budget ${name} is still being processed by the server.`));
  }
  const allowed = numberAt(budget, 'status', 'disruptionsAllowed') ?? 0;
  if (allowed < 0)
    throw forbidden({ group: 'policy', plural: 'poddisruptionbudgets' }, name, 'pdb disruptions allowed is negative');
  if (Object.keys(objectAt(budget, 'status', 'disruptedPods')).length > DISRUPTED_PODS_MAX) {
    throw forbidden(
      { group: 'policy', plural: 'poddisruptionbudgets' },
      name,
      'DisruptedPods map too big - too many evictions not confirmed by PDB controller',
    );
  }
  if (allowed > 0) return;
  const needs = numberAt(budget, 'status', 'desiredHealthy') ?? 0;
  const has = numberAt(budget, 'status', 'currentHealthy') ?? 0;
  throw tooManyRequests(REFUSAL, 0, cause(`The disruption budget ${name} needs ${needs} healthy pods and has ${has} currently`));
}

function withDisruptionTarget(status: JsonObject, time: string): JsonObject {
  const others = listAt(status, 'conditions').filter((condition) => stringAt(condition, 'type') !== 'DisruptionTarget');
  const target = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
    lastTransitionTime: time,
  };
  return { ...status, conditions: [...others, target] };
}

/** Binds a pod to its node, once. @throws ApiFailure 409 when it has one */
export function bound(pod: StoredObject, node: string, time: string): JsonObject {
  const current = stringAt(pod, 'spec', 'nodeName');
  if (isTerminating(pod))
    throw conflict(POD, pod.metadata.name, `pod ${pod.metadata.name} is being deleted, cannot be assigned to a host`);
  if (current !== undefined)
    throw conflict(POD, pod.metadata.name, `pod ${pod.metadata.name} is already assigned to node ${JSON.stringify(current)}`);
  const others = listAt(pod, 'status', 'conditions').filter((condition) => stringAt(condition, 'type') !== 'PodScheduled');
  const scheduled = { type: 'PodScheduled', status: 'True', lastTransitionTime: time };
  return withFieldAt(withFieldAt(pod, ['spec', 'nodeName'], node), ['status', 'conditions'], [...others, scheduled]);
}
