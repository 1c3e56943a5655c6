/** The ReplicaSet controller: so many pods of a template, whichever. */
import { sameJson } from '../json.ts';
import type { Pod, ReplicaSet } from '../kinds.ts';
import { isPodReady } from '../kinds.ts';
import { controllerOf, isTerminating, keyOf } from '../objects.ts';
import { labelSelectorOf, selects } from '../selectors.ts';
import type { StoreChange } from '../store.ts';
import type { ModelClient } from './client.ts';
import { keyOfText, keyText } from './controller.ts';
import type { Controller } from './controller.ts';
import { collectionAt, PODS, REPLICA_SETS } from './kind-places.ts';
import { claimedPods, isEnded, msUntilAvailable, podFromTemplate } from './pod-template.ts';

export class ReplicaSetController implements Controller {
  readonly name = 'replicaset';
  readonly #client: ModelClient;

  constructor(client: ModelClient) {
    this.#client = client.asController('replicaset-controller');
  }

  readonly keysOf = ({ collection, object }: StoreChange): readonly string[] => {
    if (collection === collectionAt(REPLICA_SETS)) return [keyText(object)];
    if (collection !== collectionAt(PODS)) return [];
    const owner = controllerOf(object);
    const namespace = object.metadata.namespace ?? '';
    if (owner !== null) return owner.kind === 'ReplicaSet' ? [`${namespace}/${owner.name}`] : [];
    const finds = (set: ReplicaSet): boolean => selects(labelSelectorOf(set.spec.selector) ?? [], object.metadata.labels);
    return this.#client.list(REPLICA_SETS, namespace).filter(finds).map(keyText);
  };

  readonly reconcile = (key: string): number | null => {
    const set = this.#client.find(REPLICA_SETS, keyOfText(key));
    if (set === null) return null;
    const pods = claimedPods(this.#client, set, set.spec.selector, () => true).filter((pod) => !isEnded(pod));
    const active = pods.filter((pod) => !isTerminating(pod));
    if (!isTerminating(set)) this.#control(set, active);
    return this.#writeStatus(set);
  };

  #control(set: ReplicaSet, active: readonly Pod[]): void {
    for (let missing = set.spec.replicas - active.length; missing > 0; missing -= 1) {
      const created = this.#client.create(
        PODS,
        podFromTemplate(set.spec.template, set, { generateName: `${set.metadata.name}-` }),
      );
      this.#client.event(set, 'Normal', 'SuccessfulCreate', `Created pod: ${created.metadata.name}`);
    }
    for (const pod of [...active].sort(firstToGo).slice(0, Math.max(0, active.length - set.spec.replicas))) {
      this.#client.delete(PODS, keyOf(pod), { uid: pod.metadata.uid });
      this.#client.event(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
    }
  }

  #writeStatus({ metadata }: ReplicaSet): number | null {
    const set = this.#client.find(REPLICA_SETS, keyOf({ metadata }));
    if (set === null) return null;
    const pods = this.#client
      .list(PODS, metadata.namespace ?? '')
      .filter((pod) => controllerOf(pod)?.uid === metadata.uid && !isEnded(pod) && !isTerminating(pod));
    const waits = pods.filter(isPodReady).map((pod) => msUntilAvailable(pod, set.spec.minReadySeconds ?? 0, this.#client.nowMs));
    const available = waits.filter((ms) => ms === null).length;
    const ready = pods.filter(isPodReady).length;
    const status = {
      observedGeneration: set.metadata.generation,
      replicas: pods.length,
      fullyLabeledReplicas: pods.length === 0 ? undefined : pods.length,
      readyReplicas: ready === 0 ? undefined : ready,
      availableReplicas: available === 0 ? undefined : available,
    };
    if (!sameJson(status, set.status)) this.#client.replaceStatus(REPLICA_SETS, set, status);
    const left = waits.filter((ms) => ms !== null);
    return left.length === 0 ? null : Math.min(...left);
  }
}

/** Those that run nowhere, then those that are not ready, then the youngest. */
function firstToGo(left: Pod, right: Pod): number {
  const rank = (pod: Pod): number =>
    pod.spec.nodeName === undefined ? 0 : pod.status.phase !== 'Running' ? 1 : isPodReady(pod) ? 3 : 2;
  if (rank(left) !== rank(right)) return rank(left) - rank(right);
  return left.metadata.creationTimestamp < right.metadata.creationTimestamp ? 1 : -1;
}
