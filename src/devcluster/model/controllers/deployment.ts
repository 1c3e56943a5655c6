/** The Deployment controller: one ReplicaSet a template, and the pods handed over from the old ones to the new one within its bounds. */
import { objectAt, sameJson, withField } from '../json.ts';
import type { Condition, Deployment, ReplicaSet } from '../kinds.ts';
import { conditionOf, withCondition } from '../kinds.ts';
import { controllerOf, isTerminating, keyOf } from '../objects.ts';
import type { StoreChange } from '../store.ts';
import type { ModelClient } from './client.ts';
import { keyOfText, keyText } from './controller.ts';
import type { Controller } from './controller.ts';
import { collectionAt, DEPLOYMENTS, REPLICA_SETS } from './kind-places.ts';
import { controllerReference } from './pod-template.ts';
import { safeHash } from './safe-hash.ts';

const HASH_LABEL = 'pod-template-hash';
const REVISION = 'deployment.kubernetes.io/revision';

interface Sets {
  readonly fresh: ReplicaSet | null;
  readonly old: readonly ReplicaSet[];
}

export class DeploymentController implements Controller {
  readonly name = 'deployment';
  readonly #client: ModelClient;

  constructor(client: ModelClient) {
    this.#client = client.asController('deployment-controller');
  }

  readonly keysOf = ({ collection, object }: StoreChange): readonly string[] => {
    if (collection === collectionAt(DEPLOYMENTS)) return [keyText(object)];
    if (collection !== collectionAt(REPLICA_SETS)) return [];
    const owner = controllerOf(object);
    return owner?.kind === 'Deployment' ? [`${object.metadata.namespace ?? ''}/${owner.name}`] : [];
  };

  readonly reconcile = (key: string): number | null => {
    const deployment = this.#client.find(DEPLOYMENTS, keyOfText(key));
    if (deployment === null) return null;
    if (!isTerminating(deployment)) this.#roll(deployment);
    return this.#writeStatus(deployment);
  };

  #setsOf(deployment: Deployment): Sets {
    const owned = this.#client
      .list(REPLICA_SETS, deployment.metadata.namespace ?? '')
      .filter((set) => controllerOf(set)?.uid === deployment.metadata.uid);
    const isFresh = (set: ReplicaSet): boolean => sameJson(withoutHash(set.spec.template), deployment.spec.template);
    return { fresh: owned.find(isFresh) ?? null, old: owned.filter((set) => !isFresh(set)) };
  }

  #roll(deployment: Deployment): void {
    const { old } = this.#setsOf(deployment);
    const { replicas, paused = false, strategy } = deployment.spec;
    const fresh = this.#setsOf(deployment).fresh ?? (paused ? null : this.#createSet(deployment, old));
    if (fresh === null) return;
    if (strategy.type === 'Recreate') {
      for (const set of old) this.#scale(deployment, set, 0);
      const isOldGone = old.every((set) => (set.status?.replicas ?? 0) === 0);
      if (isOldGone) this.#scale(deployment, fresh, replicas);
    } else this.#handOver(deployment, fresh, old);
    this.#cleanUp(deployment, old);
  }

  #createSet(deployment: Deployment, old: readonly ReplicaSet[]): ReplicaSet {
    const { template, selector } = deployment.spec;
    const hash = safeHash(template);
    const revision = Math.max(0, ...old.map(revisionOf)) + 1;
    const labels = { ...template.metadata?.labels, [HASH_LABEL]: hash };
    const annotations = { ...deployment.metadata.annotations, [REVISION]: String(revision) };
    const numbered = { ...deployment, metadata: { ...deployment.metadata, annotations } };
    this.#client.replaceStatus(DEPLOYMENTS, numbered, deployment.status ?? {});
    return this.#client.create(REPLICA_SETS, {
      metadata: {
        name: `${deployment.metadata.name}-${hash}`,
        namespace: deployment.metadata.namespace,
        labels,
        annotations: { [REVISION]: String(revision) },
        ownerReferences: [controllerReference(deployment)],
      },
      spec: {
        replicas: 0,
        selector: { ...selector, matchLabels: { ...objectAt(selector, 'matchLabels'), [HASH_LABEL]: hash } },
        template: { ...template, metadata: { ...template.metadata, labels } },
        ...(deployment.spec.minReadySeconds === undefined ? {} : { minReadySeconds: deployment.spec.minReadySeconds }),
      },
    });
  }

  #handOver(deployment: Deployment, fresh: ReplicaSet, old: readonly ReplicaSet[]): void {
    const { replicas, strategy } = deployment.spec;
    const surge = share(strategy.rollingUpdate?.maxSurge ?? '25%', replicas, Math.ceil);
    const unavailableMax = share(strategy.rollingUpdate?.maxUnavailable ?? '25%', replicas, Math.floor);
    // Both zero would never get anywhere.
    const unavailable = surge === 0 && unavailableMax === 0 ? 1 : unavailableMax;
    const total = fresh.spec.replicas + sum(old, ({ spec }) => spec.replicas);
    if (fresh.spec.replicas > replicas) {
      this.#scale(deployment, fresh, replicas);
      return;
    }
    const room = replicas + surge - total;
    if (fresh.spec.replicas < replicas && room > 0) {
      this.#scale(deployment, fresh, Math.min(replicas, fresh.spec.replicas + room));
      return;
    }
    const available = (fresh.status?.availableReplicas ?? 0) + sum(old, ({ status }) => status?.availableReplicas ?? 0);
    const freshMissing = fresh.spec.replicas - (fresh.status?.availableReplicas ?? 0);
    let spare = Math.max(0, total - (replicas - unavailable) - freshMissing);
    for (const set of [...old].sort((left, right) => revisionOf(left) - revisionOf(right))) {
      const broken = set.spec.replicas - (set.status?.availableReplicas ?? 0);
      const canGo = Math.min(set.spec.replicas, Math.max(broken, 0) + Math.max(0, available - (replicas - unavailable)), spare);
      if (canGo <= 0) continue;
      this.#scale(deployment, set, set.spec.replicas - canGo);
      spare -= canGo;
    }
  }

  #scale(deployment: Deployment, set: ReplicaSet, replicas: number): void {
    if (set.spec.replicas === replicas) return;
    const way = replicas > set.spec.replicas ? 'up' : 'down';
    this.#client.merge(REPLICA_SETS, keyOf(set), { spec: { replicas } });
    const message = `Scaled ${way} replica set ${set.metadata.name} from ${set.spec.replicas} to ${replicas}`;
    this.#client.event(deployment, 'Normal', 'ScalingReplicaSet', message);
  }

  #cleanUp(deployment: Deployment, old: readonly ReplicaSet[]): void {
    const empty = old.filter((set) => set.spec.replicas === 0 && (set.status?.replicas ?? 0) === 0);
    const excess = Math.max(0, empty.length - deployment.spec.revisionHistoryLimit);
    const byAge = empty.toSorted((left, right) => revisionOf(left) - revisionOf(right));
    for (const set of byAge.slice(0, excess)) this.#client.delete(REPLICA_SETS, keyOf(set), { uid: set.metadata.uid });
  }

  #writeStatus({ metadata }: Deployment): number | null {
    const deployment = this.#client.find(DEPLOYMENTS, keyOf({ metadata }));
    if (deployment === null) return null;
    const { fresh, old } = this.#setsOf(deployment);
    const all = [...(fresh === null ? [] : [fresh]), ...old];
    const counted = {
      replicas: sum(all, ({ status }) => status?.replicas ?? 0),
      updatedReplicas: fresh?.status?.replicas ?? 0,
      readyReplicas: sum(all, ({ status }) => status?.readyReplicas ?? 0),
      availableReplicas: sum(all, ({ status }) => status?.availableReplicas ?? 0),
    };
    const unavailable = Math.max(0, deployment.spec.replicas - counted.availableReplicas);
    const told = Object.fromEntries(
      Object.entries({ ...counted, unavailableReplicas: unavailable }).filter(([, count]) => count > 0),
    );
    const { conditions, againMs } = this.#conditions(deployment, fresh, counted);
    const status = { observedGeneration: deployment.metadata.generation, ...told, conditions };
    if (!sameJson(status, deployment.status)) this.#client.replaceStatus(DEPLOYMENTS, deployment, status);
    return againMs;
  }

  #conditions(
    deployment: Deployment,
    fresh: ReplicaSet | null,
    counted: { readonly replicas: number; readonly updatedReplicas: number; readonly availableReplicas: number },
  ): { readonly conditions: readonly Condition[]; readonly againMs: number | null } {
    const { replicas, strategy, progressDeadlineSeconds } = deployment.spec;
    const now = this.#client.nowText;
    const least =
      replicas -
      (strategy.type === 'Recreate' ? 0 : share(strategy.rollingUpdate?.maxUnavailable ?? '25%', replicas, Math.floor));
    const isAvailable = counted.availableReplicas >= least;
    const available: Condition = isAvailable
      ? { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message: 'Deployment has minimum availability.' }
      : {
          type: 'Available',
          status: 'False',
          reason: 'MinimumReplicasUnavailable',
          message: 'Deployment does not have minimum availability.',
        };
    const isWhole = [counted.updatedReplicas, counted.replicas, counted.availableReplicas].every((count) => count === replicas);
    const before = conditionOf(deployment.status?.conditions, 'Progressing');
    const name = fresh?.metadata.name ?? '';
    const isSame = before?.message?.includes(`"${name}"`) === true;
    const sinceMs = isSame ? Date.parse(before.lastTransitionTime ?? now) : this.#client.nowMs;
    const leftMs = sinceMs + progressDeadlineSeconds * 1_000 - this.#client.nowMs;
    const wasLate = isSame && before.reason === 'ProgressDeadlineExceeded';
    const isLate = !isWhole && (wasLate || leftMs <= 0);
    const progressing: Condition = isWhole
      ? {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
          message: `ReplicaSet "${name}" has successfully progressed.`,
        }
      : isLate
        ? {
            type: 'Progressing',
            status: 'False',
            reason: 'ProgressDeadlineExceeded',
            message: `ReplicaSet "${name}" has timed out progressing.`,
          }
        : { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message: `ReplicaSet "${name}" is progressing.` };
    const others = isSame
      ? deployment.status?.conditions
      : deployment.status?.conditions?.filter(({ type }) => type !== 'Progressing');
    const conditions = withCondition(withCondition(others, available, now), progressing, now).map((condition) => ({
      ...condition,
      lastUpdateTime: updateTimeOf(condition, deployment.status?.conditions) ?? now,
    }));
    return { conditions, againMs: isWhole || isLate ? null : Math.max(1, leftMs) };
  }
}

function withoutHash(template: ReplicaSet['spec']['template']): unknown {
  const labels = withField(template.metadata?.labels ?? {}, HASH_LABEL, undefined);
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** Unless it says something new. */
function updateTimeOf({ type, reason, message }: Condition, before: readonly Condition[] | undefined): string | undefined {
  const known = conditionOf(before, type);
  return known?.reason === reason && known?.message === message ? known?.lastUpdateTime : undefined;
}

function revisionOf(set: ReplicaSet): number {
  return Number(set.metadata.annotations?.[REVISION] ?? '0');
}

function share(value: string | number, of: number, round: (value: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) / 100) * of);
}

function sum(sets: readonly ReplicaSet[], count: (set: ReplicaSet) => number): number {
  return sets.reduce((total, set) => total + count(set), 0);
}
