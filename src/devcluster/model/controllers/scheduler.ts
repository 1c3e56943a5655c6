/**
 * The scheduler: which node a pod runs on, or why there is none. Filters first (taints, selectors, volumes, room, what affinity and spread
 * require), then the best of the rest by what they prefer; among equals the one with the fewest pods, then by name.
 */
import { listAt, numberAt, objectAt, stringAt } from '../json.ts';
import type { Claim, Node, Pod } from '../kinds.ts';
import { conditionOf, withCondition } from '../kinds.ts';
import { controllerOf, isTerminating, keyOf } from '../objects.ts';
import { labelSelectorOf, selects } from '../selectors.ts';
import type { StoreChange } from '../store.ts';
import type { ModelClient } from './client.ts';
import { keyOfText, keyText } from './controller.ts';
import type { Controller } from './controller.ts';
import { CLAIMS, CLASSES, collectionAt, NODES, PODS, VOLUMES } from './kind-places.ts';
import {
  domainOf,
  matchesPodSelectors,
  matchesTerm,
  missingResources,
  repellingTaint,
  termSelects,
  topologyKeyOf,
} from './node-fit.ts';
import { isEnded } from './pod-template.ts';
import { claimNamesOf, isNodeAllowed, SELECTED_NODE } from './volumes.ts';

const SCHEDULER = 'default-scheduler';
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

interface Candidate {
  readonly node: Node;
  /** Those that run on it already. */
  readonly pods: readonly Pod[];
}

export class Scheduler implements Controller {
  readonly name = 'scheduler';
  readonly #client: ModelClient;

  constructor(client: ModelClient) {
    this.#client = client.as(SCHEDULER);
  }

  readonly keysOf = ({ collection, object, type }: StoreChange): readonly string[] => {
    if (collection === collectionAt(PODS)) {
      const own = isWaiting(object as Pod) && type !== 'DELETED' ? [keyText(object)] : [];
      // Room that came free is a chance for those that wait.
      return type === 'DELETED' ? [...own, ...this.#waiting()] : own;
    }
    const matters = [NODES, CLAIMS, VOLUMES, CLASSES].some((kind) => collection === collectionAt(kind));
    return matters ? this.#waiting() : [];
  };

  readonly reconcile = (key: string): number | null => {
    const pod = this.#client.find(PODS, keyOfText(key));
    if (pod === null || !isWaiting(pod)) return null;
    const claims = claimNamesOf(pod).map((name) => ({
      name,
      claim: this.#client.find(CLAIMS, { namespace: pod.metadata.namespace ?? null, name }),
    }));
    const missing = claims.find(({ claim }) => claim === null || isTerminating(claim));
    if (missing !== undefined) {
      const why = missing.claim === null ? 'not found' : 'is being deleted';
      this.#unschedulable(pod, `persistentvolumeclaim "${missing.name}" ${why}`);
      return null;
    }
    this.#place(
      pod,
      claims.flatMap(({ claim }) => claim ?? []),
    );
    return null;
  };

  #waiting(): readonly string[] {
    return this.#client.list(PODS, null).filter(isWaiting).map(keyText);
  }

  #place(pod: Pod, claims: readonly Claim[]): void {
    const others = new Map<string, Pod[]>();
    for (const other of this.#client.list(PODS, null)) {
      const place = other === pod || isEnded(other) ? null : this.#placeOf(other);
      if (place !== null) others.set(place, [...(others.get(place) ?? []), other]);
    }
    const candidates = this.#client.list(NODES, null).map((node): Candidate => {
      return { node, pods: others.get(node.metadata.name) ?? [] };
    });
    if (claims.some((claim) => claim.status.phase !== 'Bound' && !this.#waitsForPod(claim))) {
      this.#unschedulable(pod, `0/${candidates.length} nodes are available: pod has unbound immediate PersistentVolumeClaims.`);
      return;
    }
    const refusals = new Map<string, number>();
    const fitting = candidates.filter((candidate) => {
      const why = this.#refusal(pod, claims, candidate, candidates);
      if (why !== null) refusals.set(why, (refusals.get(why) ?? 0) + 1);
      return why === null;
    });
    const [best] = fitting.toSorted((left, right) => this.#inPreference(pod, left, right, candidates));
    if (best === undefined) this.#unschedulable(pod, refusalText(candidates.length, refusals));
    else this.#assign(pod, claims, best.node);
  }

  /** Where a pod runs, or will as soon as its volumes are made there. Null: nowhere yet. */
  #placeOf(pod: Pod): string | null {
    if (pod.spec.nodeName !== undefined) return pod.spec.nodeName;
    if (!isWaiting(pod)) return null;
    const namespace = pod.metadata.namespace ?? null;
    const selected = claimNamesOf(pod).flatMap(
      (name) => this.#client.find(CLAIMS, { namespace, name })?.metadata.annotations?.[SELECTED_NODE] ?? [],
    );
    return selected[0] ?? null;
  }

  /** Null when the pod may run there. */
  #refusal(pod: Pod, claims: readonly Claim[], { node, pods }: Candidate, all: readonly Candidate[]): string | null {
    if (node.spec.unschedulable === true && repellingTaint(pod, { ...node, spec: { taints: [UNSCHEDULABLE] } }) !== null)
      return 'node(s) were unschedulable';
    const taint = repellingTaint(pod, node);
    if (taint !== null) return `node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`;
    if (!matchesPodSelectors(pod, node)) return "node(s) didn't match Pod's node affinity/selector";
    if (!claims.every((claim) => this.#reaches(claim, node))) return 'node(s) had volume node affinity conflict';
    const missing = missingResources(pod, node, pods);
    if (missing.length > 0) return missing[0] === 'pods' ? 'Too many pods' : `Insufficient ${missing[0] ?? ''}`;
    if (breaksAntiAffinity(pod, node, all)) return "node(s) didn't match pod anti-affinity rules";
    if (breaksSpread(pod, node, all)) return "node(s) didn't match pod topology spread constraints";
    return null;
  }

  #reaches(claim: Claim, node: Node): boolean {
    const volume =
      claim.spec.volumeName === undefined ? null : this.#client.find(VOLUMES, { namespace: null, name: claim.spec.volumeName });
    return volume === null || isNodeAllowed(volume, node);
  }

  #waitsForPod({ spec }: Claim): boolean {
    const storageClass = this.#client.find(CLASSES, { namespace: null, name: spec.storageClassName ?? '' });
    return storageClass?.volumeBindingMode === 'WaitForFirstConsumer';
  }

  #inPreference(pod: Pod, left: Candidate, right: Candidate, all: readonly Candidate[]): number {
    const difference = score(pod, right, all) - score(pod, left, all);
    if (difference !== 0) return difference;
    if (left.pods.length !== right.pods.length) return left.pods.length - right.pods.length;
    return left.node.metadata.name < right.node.metadata.name ? -1 : 1;
  }

  /** Claims that wait for a pod learn where it is to run; the pod is bound once they are. */
  #assign(pod: Pod, claims: readonly Claim[], node: Node): void {
    const { name } = node.metadata;
    const unbound = claims.filter((claim) => claim.status.phase !== 'Bound');
    for (const claim of unbound) {
      if (claim.metadata.annotations?.[SELECTED_NODE] === name) continue;
      this.#client.merge(CLAIMS, keyOf(claim), { metadata: { uid: claim.metadata.uid, annotations: { [SELECTED_NODE]: name } } });
    }
    if (unbound.length > 0) return;
    this.#client.createSubresource(PODS, keyOf(pod), 'binding', { target: { kind: 'Node', name } });
    this.#client.event(
      pod,
      'Normal',
      'Scheduled',
      `Successfully assigned ${pod.metadata.namespace ?? ''}/${pod.metadata.name} to ${name}`,
    );
  }

  #unschedulable(pod: Pod, message: string): void {
    const before = conditionOf(pod.status.conditions, 'PodScheduled');
    if (before?.status === 'False' && before.message === message) return;
    const condition = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message } as const;
    this.#client.mergeStatus(PODS, keyOf(pod), {
      conditions: withCondition(pod.status.conditions, condition, this.#client.nowText),
    });
    this.#client.event(pod, 'Warning', 'FailedScheduling', message);
  }
}

const UNSCHEDULABLE = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' } as const;

function isWaiting(pod: Pod): boolean {
  const isOurs =
    pod.spec.nodeName === undefined && pod.spec.schedulerName === SCHEDULER && (pod.spec.schedulingGates ?? []).length === 0;
  return isOurs && !isTerminating(pod) && !isEnded(pod);
}

/** `0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient memory.` */
function refusalText(count: number, refusals: ReadonlyMap<string, number>): string {
  if (count === 0) return 'no nodes available to schedule pods';
  const told = [...refusals].map(([why, times]) => `${times} ${why}`).sort();
  return `0/${count} nodes are available: ${told.join(', ')}.`;
}

function inSameDomain(node: Node, all: readonly Candidate[], topologyKey: string): readonly Pod[] {
  const domain = domainOf(node, topologyKey);
  return domain === undefined
    ? []
    : all.filter((other) => domainOf(other.node, topologyKey) === domain).flatMap(({ pods }) => pods);
}

/** Its own rules, and those of the pods that are there. */
function breaksAntiAffinity(pod: Pod, node: Node, all: readonly Candidate[]): boolean {
  const own = listAt(pod.spec.affinity, 'podAntiAffinity', REQUIRED);
  if (own.some((term) => inSameDomain(node, all, topologyKeyOf(term)).some((other) => termSelects(term, pod, other))))
    return true;
  return all.some(({ node: elsewhere, pods }) =>
    pods.some((other) =>
      listAt(other.spec.affinity, 'podAntiAffinity', REQUIRED).some((term) => {
        const domain = domainOf(elsewhere, topologyKeyOf(term));
        return domain !== undefined && domain === domainOf(node, topologyKeyOf(term)) && termSelects(term, other, pod);
      }),
    ),
  );
}

/** By domain of the topology: how many pods that the constraint counts are there. */
function counts(pod: Pod, constraint: unknown, all: readonly Candidate[]): ReadonlyMap<string, number> {
  const key = topologyKeyOf(constraint);
  const selector = labelSelectorOf(objectAt(constraint)['labelSelector']) ?? [];
  const result = new Map<string, number>();
  for (const { node, pods } of all) {
    const domain = domainOf(node, key);
    if (domain === undefined || !matchesPodSelectors(pod, node)) continue;
    const counted = pods.filter(
      (other) =>
        other.metadata.namespace === pod.metadata.namespace && !isTerminating(other) && selects(selector, other.metadata.labels),
    );
    result.set(domain, (result.get(domain) ?? 0) + counted.length);
  }
  return result;
}

function breaksSpread(pod: Pod, node: Node, all: readonly Candidate[]): boolean {
  return (pod.spec.topologySpreadConstraints ?? []).some((constraint) => {
    if (stringAt(constraint, 'whenUnsatisfiable') !== 'DoNotSchedule') return false;
    const domain = domainOf(node, topologyKeyOf(constraint));
    if (domain === undefined) return true;
    const counted = counts(pod, constraint, all);
    const least = Math.min(...counted.values());
    return (counted.get(domain) ?? 0) + 1 - least > (numberAt(constraint, 'maxSkew') ?? 1);
  });
}

function score(pod: Pod, { node, pods }: Candidate, all: readonly Candidate[]): number {
  // Without a word about it, the pods of one controller spread.
  const owner = controllerOf(pod)?.uid;
  let total = owner === undefined ? 0 : -pods.filter((other) => controllerOf(other)?.uid === owner).length;
  for (const preferred of listAt(pod.spec.affinity, 'nodeAffinity', PREFERRED)) {
    if (matchesTerm(objectAt(preferred)['preference'], node)) total += numberAt(preferred, 'weight') ?? 0;
  }
  for (const [kind, sign] of [
    ['podAntiAffinity', -1],
    ['podAffinity', 1],
  ] as const) {
    for (const preferred of listAt(pod.spec.affinity, kind, PREFERRED)) {
      const term = objectAt(preferred)['podAffinityTerm'];
      const met = inSameDomain(node, all, topologyKeyOf(term)).filter((other) => termSelects(term, pod, other)).length;
      total += sign * met * (numberAt(preferred, 'weight') ?? 0);
    }
  }
  for (const constraint of pod.spec.topologySpreadConstraints ?? []) {
    if (stringAt(constraint, 'whenUnsatisfiable') !== 'ScheduleAnyway') continue;
    const domain = domainOf(node, topologyKeyOf(constraint));
    total -= SPREAD_WEIGHT * (domain === undefined ? 1 : (counts(pod, constraint, all).get(domain) ?? 0));
  }
  return total;
}

/** As much as a preferred term of the highest weight. */
const SPREAD_WEIGHT = 100;
