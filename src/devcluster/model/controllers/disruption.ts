/** The status of PodDisruptionBudgets: how many pods there should be, how many are healthy, and how many may go now. */
import { sameJson } from '../json.ts';
import type { Condition, DisruptionBudget, Pod } from '../kinds.ts';
import { isPodReady, withCondition } from '../kinds.ts';
import { controllerOf, isTerminating } from '../objects.ts';
import { labelSelectorOf, selects } from '../selectors.ts';
import type { StoreChange } from '../store.ts';
import type { ModelClient } from './client.ts';
import { keyOfText, keyText } from './controller.ts';
import type { Controller } from './controller.ts';
import { BUDGETS, collectionAt, DEPLOYMENTS, PODS, REPLICA_SETS, STATEFUL_SETS } from './kind-places.ts';

/** An eviction that was allowed and after so long did not take place is forgotten. */
const DISRUPTION_SECONDS = 120;

export class DisruptionController implements Controller {
  readonly name = 'disruption';
  readonly #client: ModelClient;

  constructor(client: ModelClient) {
    this.#client = client.asController('disruption-controller');
  }

  readonly keysOf = ({ collection, object, previous }: StoreChange): readonly string[] => {
    if (collection === collectionAt(BUDGETS)) return [keyText(object)];
    const namespace = object.metadata.namespace ?? '';
    const isScaled = [STATEFUL_SETS, REPLICA_SETS, DEPLOYMENTS].some((kind) => collection === collectionAt(kind));
    if (isScaled) return this.#client.list(BUDGETS, namespace).map(keyText);
    if (collection !== collectionAt(PODS)) return [];
    return this.#client
      .list(BUDGETS, namespace)
      .filter((budget) => isOf(budget, object as Pod) || (previous !== null && isOf(budget, previous as Pod)))
      .map(keyText);
  };

  readonly reconcile = (key: string): number | null => {
    const budget = this.#client.find(BUDGETS, keyOfText(key));
    if (budget === null) return null;
    const pods = this.#client.list(PODS, budget.metadata.namespace ?? '').filter((pod) => isOf(budget, pod));
    const { disruptedPods, againMs } = this.#disrupted(budget, pods);
    const healthy = pods.filter(
      (pod) => isPodReady(pod) && !isTerminating(pod) && disruptedPods[pod.metadata.name] === undefined,
    ).length;
    const { expectedPods, desiredHealthy } = this.#expected(budget, pods);
    const disruptionsAllowed = expectedPods <= 0 ? 0 : Math.max(0, healthy - desiredHealthy);
    const status = {
      observedGeneration: budget.metadata.generation,
      currentHealthy: healthy,
      desiredHealthy,
      expectedPods,
      disruptionsAllowed,
      disruptedPods: Object.keys(disruptedPods).length === 0 ? undefined : disruptedPods,
      conditions: withCondition(budget.status?.conditions, allowedCondition(disruptionsAllowed, budget), this.#client.nowText),
    };
    if (!sameJson(status, budget.status)) this.#client.replaceStatus(BUDGETS, budget, status);
    return againMs;
  };

  /** Evicted, and not yet seen to go. */
  #disrupted(
    budget: DisruptionBudget,
    pods: readonly Pod[],
  ): { readonly disruptedPods: Readonly<Record<string, string>>; readonly againMs: number | null } {
    const entries = Object.entries(budget.status?.disruptedPods ?? {}).filter(([name, time]) => {
      const pod = pods.find(({ metadata }) => metadata.name === name);
      return pod !== undefined && !isTerminating(pod) && this.#untilForgotten(time) > 0;
    });
    const waits = entries.map(([, time]) => this.#untilForgotten(time));
    return { disruptedPods: Object.fromEntries(entries), againMs: waits.length === 0 ? null : Math.min(...waits) };
  }

  #untilForgotten(time: string): number {
    return Date.parse(time) + DISRUPTION_SECONDS * 1_000 - this.#client.nowMs;
  }

  #expected(
    { spec }: DisruptionBudget,
    pods: readonly Pod[],
  ): { readonly expectedPods: number; readonly desiredHealthy: number } {
    if (spec.maxUnavailable !== undefined) {
      const expectedPods = this.#scaleOf(pods);
      return { expectedPods, desiredHealthy: Math.max(0, expectedPods - scaled(spec.maxUnavailable, expectedPods)) };
    }
    if (spec.minAvailable === undefined) return { expectedPods: pods.length, desiredHealthy: pods.length };
    if (typeof spec.minAvailable === 'number') return { expectedPods: pods.length, desiredHealthy: spec.minAvailable };
    const expectedPods = this.#scaleOf(pods);
    return { expectedPods, desiredHealthy: scaled(spec.minAvailable, expectedPods) };
  }

  /** What the pods' controllers were told to keep: pods that are not there yet count. */
  #scaleOf(pods: readonly Pod[]): number {
    const owners = new Map(
      pods.flatMap((pod) => {
        const owner = controllerOf(pod);
        return owner === null ? [] : [[owner.uid, { owner, namespace: pod.metadata.namespace ?? null }] as const];
      }),
    );
    let sum = 0;
    for (const { owner, namespace } of owners.values()) {
      const key = { namespace, name: owner.name };
      const found =
        owner.kind === STATEFUL_SETS.kind ? this.#client.find(STATEFUL_SETS, key) : this.#client.find(REPLICA_SETS, key);
      if (found?.metadata.uid === owner.uid) sum += found.spec.replicas;
    }
    return sum;
  }
}

function isOf(budget: DisruptionBudget, pod: Pod): boolean {
  const selector = labelSelectorOf(budget.spec.selector);
  return selector !== null && selects(selector, pod.metadata.labels);
}

/** A share is rounded up. */
export function scaled(value: string | number, of: number): number {
  if (typeof value === 'number') return value;
  return Math.ceil((Number.parseInt(value, 10) / 100) * of);
}

function allowedCondition(allowed: number, budget: DisruptionBudget): Condition {
  const isAllowed = allowed > 0;
  return {
    type: 'DisruptionAllowed',
    status: isAllowed ? 'True' : 'False',
    reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration: budget.metadata.generation,
  };
}
