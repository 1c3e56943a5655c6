/**
 * The StatefulSet controller: ordinals, claims, revisions, and in which order pods come and go (kubernetes, pkg/controller/statefulset,
 * stateful_set_control.go). `Parallel` waits for nobody when it scales; `OnDelete` never deletes a pod to update it, and never moves
 * `status.currentRevision`.
 */
import { present } from '../../../shared/assert.ts';
import { ApiFailure } from '../failure.ts';
import { sameJson } from '../json.ts';
import type { ControllerRevision, Pod, StatefulSet } from '../kinds.ts';
import { controllerOf, isTerminating, keyOf } from '../objects.ts';
import { labelSelectorOf, selects } from '../selectors.ts';
import type { StoreChange } from '../store.ts';
import type { ModelClient } from './client.ts';
import { keyOfText, keyText } from './controller.ts';
import type { Controller } from './controller.ts';
import { CLAIMS, collectionAt, PODS, REVISIONS, STATEFUL_SETS } from './kind-places.ts';
import { claimedPods, controllerReference, isEnded, isRunningAndReady, msUntilAvailable } from './pod-template.ts';
import {
  claimNameOf,
  claimOf,
  claimOwnersPatch,
  claimTemplatesOf,
  isIdentityKept,
  ordinalOf,
  podOf,
  HASH_LABEL,
  REVISION_LABEL,
  revisionData,
  revisionHashOf,
  sameRevision,
  templateOf,
} from './stateful-set-identity.ts';

interface Revisions {
  readonly current: ControllerRevision;
  readonly update: ControllerRevision;
  readonly all: readonly ControllerRevision[];
  readonly collisions: number;
}

interface Sorted {
  /** By place: ordinal minus the first one. Null: no pod yet. */
  readonly replicas: readonly (Pod | null)[];
  /** Beyond the replicas, highest ordinal first. */
  readonly condemned: readonly Pod[];
}

export class StatefulSetController implements Controller {
  readonly name = 'statefulset';
  readonly #client: ModelClient;

  constructor(client: ModelClient) {
    this.#client = client.asController('statefulset-controller');
  }

  readonly keysOf = ({ collection, object, previous }: StoreChange): readonly string[] => {
    if (collection === collectionAt(STATEFUL_SETS)) return [keyText(object)];
    if (collection === collectionAt(CLAIMS)) return this.#setsWaitingFor(object.metadata.namespace ?? '', object.metadata.name);
    if (collection !== collectionAt(PODS)) return [];
    const owners = [controllerOf(object), previous === null ? null : controllerOf(previous)];
    const owned = owners.flatMap((owner) =>
      owner?.kind === 'StatefulSet' ? [`${object.metadata.namespace ?? ''}/${owner.name}`] : [],
    );
    return owned.length > 0 ? [...new Set(owned)] : this.#setsThatFind(object as Pod);
  };

  readonly reconcile = (key: string): number | null => {
    const set = this.#client.find(STATEFUL_SETS, keyOfText(key));
    if (set === null) return null;
    const pods = claimedPods(this.#client, set, set.spec.selector, (pod) => ordinalOf(set, pod.metadata.name) !== null);
    this.#adoptRevisions(set);
    const revisions = this.#revisions(set);
    try {
      if (!isTerminating(set)) this.#control(set, revisions, pods);
    } catch (error) {
      // What did not work is tried again; what there is is told all the same.
      this.#writeStatus(set, revisions);
      throw error;
    }
    return this.#writeStatus(set, revisions);
  };

  /** An orphan that a set's selector finds is a matter for the set. */
  #setsThatFind(pod: Pod): readonly string[] {
    return this.#client
      .list(STATEFUL_SETS, pod.metadata.namespace ?? '')
      .filter(
        (set) =>
          selects(labelSelectorOf(set.spec.selector) ?? [], pod.metadata.labels) && ordinalOf(set, pod.metadata.name) !== null,
      )
      .map(keyText);
  }

  #setsWaitingFor(namespace: string, claim: string): readonly string[] {
    return this.#client
      .list(STATEFUL_SETS, namespace)
      .filter((set) => claimTemplatesOf(set).some(({ metadata }) => claim.startsWith(`${metadata.name}-${set.metadata.name}-`)))
      .map(keyText);
  }

  #adoptRevisions(set: StatefulSet): void {
    const requirements = labelSelectorOf(set.spec.selector) ?? [];
    for (const revision of this.#client.list(REVISIONS, set.metadata.namespace ?? '')) {
      if (controllerOf(revision) !== null || isTerminating(set) || !selects(requirements, revision.metadata.labels)) continue;
      const ownerReferences = [...(revision.metadata.ownerReferences ?? []), controllerReference(set)];
      this.#client.merge(REVISIONS, keyOf(revision), { metadata: { ownerReferences } });
    }
  }

  #revisions(set: StatefulSet): Revisions {
    const owned = this.#client
      .list(REVISIONS, set.metadata.namespace ?? '')
      .filter((revision) => controllerOf(revision)?.uid === set.metadata.uid)
      .toSorted((left, right) => left.revision - right.revision);
    const collisions = set.status?.collisionCount ?? 0;
    const update = this.#updateRevision(set, owned, collisions);
    const all = owned.some(({ metadata }) => metadata.name === update.metadata.name) ? owned : [...owned, update];
    const current = all.find(({ metadata }) => metadata.name === set.status?.currentRevision) ?? update;
    return { current, update, all, collisions };
  }

  /** The revision of the template as it is: the last one, an old one that comes back under a new number, or a new one. */
  #updateRevision(set: StatefulSet, owned: readonly ControllerRevision[], collisions: number): ControllerRevision {
    const data = revisionData(set);
    const next = (owned.at(-1)?.revision ?? 0) + 1;
    const equal = owned.filter((revision) => sameRevision(revision, data)).at(-1);
    if (equal === undefined) {
      const hash = revisionHashOf(data, collisions);
      return this.#client.create(REVISIONS, {
        metadata: {
          name: `${set.metadata.name}-${hash}`,
          namespace: set.metadata.namespace,
          labels: { ...set.spec.template.metadata?.labels, [HASH_LABEL]: hash },
          annotations: set.metadata.annotations,
          ownerReferences: [controllerReference(set)],
        },
        data,
        revision: next,
      });
    }
    if (equal === owned.at(-1)) return equal;
    return this.#client.merge(REVISIONS, keyOf(equal), { revision: next });
  }

  #control(set: StatefulSet, revisions: Revisions, pods: readonly Pod[]): void {
    const { replicas, condemned } = sorted(set, pods);
    const isMonotonic = set.spec.podManagementPolicy === 'OrderedReady';
    let failure: ApiFailure | null = null;
    for (const [place, pod] of replicas.entries()) {
      try {
        if (!this.#replica(set, revisions, place, pod) && isMonotonic) return;
      } catch (error) {
        if (isMonotonic || !(error instanceof ApiFailure)) throw error;
        failure ??= error;
      }
    }
    // Where nobody waits for anybody, one that can't be made does not keep the others from being made.
    if (failure !== null) throw failure;
    for (const pod of condemned) this.#keepClaims(set, pod, true);
    const firstUnhealthy = [...replicas, ...condemned.toReversed()].find((pod) => pod !== null && !isHealthy(pod)) ?? null;
    for (const pod of condemned) {
      if (isTerminating(pod)) {
        if (isMonotonic) return;
        continue;
      }
      // In order, nobody goes while somebody else is unhealthy; the first unhealthy one may go itself.
      if (isMonotonic && !isRunningAndReady(pod) && pod !== firstUnhealthy) return;
      this.#deletePod(set, pod);
      if (isMonotonic) return;
    }
    if (set.spec.updateStrategy.type === 'RollingUpdate') this.#roll(set, revisions, replicas);
  }

  /** Whether the next ordinal may be looked at, when they are looked at in order. */
  #replica(set: StatefulSet, revisions: Revisions, place: number, pod: Pod | null): boolean {
    const ordinal = firstOrdinal(set) + place;
    if (pod === null) {
      this.#createPod(set, revisions, ordinal);
      return false;
    }
    if (isEnded(pod)) {
      // The next one is made once this one is gone.
      if (!isTerminating(pod)) this.#deletePod(set, pod);
      return false;
    }
    if (pod.status.phase === 'Pending') this.#createClaims(set, ordinal);
    if (isTerminating(pod) || !isRunningAndReady(pod)) return false;
    if (msUntilAvailable(pod, set.spec.minReadySeconds ?? 0, this.#client.nowMs) !== null) return false;
    if (!isIdentityKept(set, pod, ordinal)) this.#createClaims(set, ordinal);
    this.#keepClaims(set, pod, false);
    return true;
  }

  #createPod(set: StatefulSet, revisions: Revisions, ordinal: number): void {
    const isHeldBack =
      set.spec.updateStrategy.type === 'RollingUpdate' &&
      ordinal < firstOrdinal(set) + (set.spec.updateStrategy.rollingUpdate?.partition ?? 0);
    const revision = isHeldBack ? revisions.current : revisions.update;
    this.#createClaims(set, ordinal);
    const pod = podOf(set, ordinal, templateOf(revision), revision.metadata.name);
    try {
      const created = this.#client.create(PODS, pod);
      this.#client.event(
        set,
        'Normal',
        'SuccessfulCreate',
        `create Pod ${created.metadata.name} in StatefulSet ${set.metadata.name} successful`,
      );
    } catch (error) {
      if (error instanceof ApiFailure) {
        const message = `create Pod ${pod.metadata.name ?? ''} in StatefulSet ${set.metadata.name} failed error: ${error.message}`;
        this.#client.event(set, 'Warning', 'FailedCreate', message);
      }
      throw error;
    }
  }

  /** @throws ApiFailure while a claim of the ordinal is on its way out: a pod must not come up on it */
  #createClaims(set: StatefulSet, ordinal: number): void {
    for (const template of claimTemplatesOf(set)) {
      const key = { namespace: set.metadata.namespace ?? null, name: claimNameOf(set, template, ordinal) };
      const claim = this.#client.find(CLAIMS, key);
      if (claim === null) {
        this.#client.create(CLAIMS, claimOf(set, template, ordinal));
        const message = `create Claim ${key.name} Pod ${set.metadata.name}-${ordinal} in StatefulSet ${set.metadata.name} success`;
        this.#client.event(set, 'Normal', 'SuccessfulCreate', message);
      } else if (isTerminating(claim)) {
        throw new ApiFailure(409, 'Conflict', `pvc ${key.name} is being deleted`);
      }
    }
  }

  #keepClaims(set: StatefulSet, pod: Pod, isCondemned: boolean): void {
    const ordinal = ordinalOf(set, pod.metadata.name);
    if (ordinal === null) return;
    for (const template of claimTemplatesOf(set)) {
      const claim = this.#client.find(CLAIMS, {
        namespace: set.metadata.namespace ?? null,
        name: claimNameOf(set, template, ordinal),
      });
      const ownerReferences = claim === null ? null : claimOwnersPatch(set, pod, claim, isCondemned);
      if (claim !== null && ownerReferences !== null) {
        this.#client.merge(CLAIMS, keyOf(claim), { metadata: { uid: claim.metadata.uid, ownerReferences } });
      }
    }
  }

  #deletePod(set: StatefulSet, pod: Pod): void {
    this.#client.delete(PODS, keyOf(pod), { uid: pod.metadata.uid });
    this.#client.event(
      set,
      'Normal',
      'SuccessfulDelete',
      `delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`,
    );
  }

  /** From the highest ordinal down to the partition, one at a time, and only while those that were updated are healthy. */
  #roll(set: StatefulSet, { update }: Revisions, replicas: readonly (Pod | null)[]): void {
    const partition = set.spec.updateStrategy.rollingUpdate?.partition ?? 0;
    for (let place = replicas.length - 1; place >= partition; place -= 1) {
      const pod = replicas[place] ?? null;
      if (pod === null) return;
      if (pod.metadata.labels?.[REVISION_LABEL] !== update.metadata.name && !isTerminating(pod)) {
        this.#deletePod(set, pod);
        return;
      }
      if (!isHealthy(pod)) return;
    }
  }

  #writeStatus(set: StatefulSet, revisions: Revisions): number | null {
    const live = this.#client.find(STATEFUL_SETS, keyOf(set));
    if (live === null) return null;
    const { current, update, all, collisions } = revisions;
    const pods = this.#client
      .list(PODS, set.metadata.namespace ?? '')
      .filter((pod) => controllerOf(pod)?.uid === set.metadata.uid);
    const staying = pods.filter((pod) => !isTerminating(pod));
    const withRevision = ({ metadata }: ControllerRevision): number =>
      staying.filter((pod) => pod.metadata.labels?.[REVISION_LABEL] === metadata.name).length;
    const ready = pods.filter(isRunningAndReady);
    const untilAvailable = ready.map((pod) => msUntilAvailable(pod, set.spec.minReadySeconds ?? 0, this.#client.nowMs));
    const counted = {
      observedGeneration: set.metadata.generation,
      replicas: pods.length,
      readyReplicas: ready.length,
      availableReplicas: untilAvailable.filter((ms) => ms === null).length,
      currentReplicas: withRevision(current),
      updatedReplicas: withRevision(update),
      currentRevision: current.metadata.name,
      updateRevision: update.metadata.name,
      collisionCount: collisions,
    };
    const isRolled =
      set.spec.updateStrategy.type === 'RollingUpdate' &&
      [counted.updatedReplicas, counted.readyReplicas, counted.replicas].every((count) => count === set.spec.replicas);
    const status = isRolled
      ? { ...counted, currentReplicas: counted.updatedReplicas, currentRevision: counted.updateRevision }
      : counted;
    const told = { ...status, ...omitZeroes(status) };
    if (!sameJson(told, live.status)) this.#client.replaceStatus(STATEFUL_SETS, live, told);
    this.#truncate(set, all, pods, [status.currentRevision, status.updateRevision]);
    const waits = untilAvailable.filter((ms) => ms !== null);
    return waits.length === 0 ? null : Math.min(...waits);
  }

  #truncate(set: StatefulSet, all: readonly ControllerRevision[], pods: readonly Pod[], named: readonly string[]): void {
    const live = new Set([...named, ...pods.map((pod) => pod.metadata.labels?.[REVISION_LABEL] ?? '')]);
    const history = all.filter(({ metadata }) => !live.has(metadata.name));
    const excess = Math.max(0, history.length - set.spec.revisionHistoryLimit);
    for (const revision of history.slice(0, excess)) this.#client.delete(REVISIONS, keyOf(revision));
  }
}

/** Counts of ready, current and updated pods are left out at zero; those of all and of available ones are always told. */
function omitZeroes(status: {
  readonly readyReplicas: number;
  readonly currentReplicas: number;
  readonly updatedReplicas: number;
}) {
  return {
    readyReplicas: status.readyReplicas === 0 ? undefined : status.readyReplicas,
    currentReplicas: status.currentReplicas === 0 ? undefined : status.currentReplicas,
    updatedReplicas: status.updatedReplicas === 0 ? undefined : status.updatedReplicas,
  };
}

function firstOrdinal(set: StatefulSet): number {
  return set.spec.ordinals?.start ?? 0;
}

function sorted(set: StatefulSet, pods: readonly Pod[]): Sorted {
  const first = firstOrdinal(set);
  const replicas: (Pod | null)[] = Array.from({ length: set.spec.replicas }, () => null);
  const condemned: Pod[] = [];
  for (const pod of pods) {
    const place = present(ordinalOf(set, pod.metadata.name), 'the pods of a set have ordinals') - first;
    if (place >= 0 && place < replicas.length) replicas[place] = pod;
    else condemned.push(pod);
  }
  const byOrdinal = (left: Pod, right: Pod): number =>
    (ordinalOf(set, right.metadata.name) ?? 0) - (ordinalOf(set, left.metadata.name) ?? 0);
  return { replicas, condemned: condemned.sort(byOrdinal) };
}

function isHealthy(pod: Pod): boolean {
  return isRunningAndReady(pod) && !isTerminating(pod);
}
