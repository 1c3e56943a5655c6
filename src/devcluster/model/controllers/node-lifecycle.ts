/**
 * The life of nodes as the control plane sees it: a node that is not heard of is Unknown, tainted, and its pods leave when their patience is over;
 * a node that is gone takes its pods with it (kubernetes, pkg/controller/nodelifecycle, tainteviction, podgc).
 */
import { sameJson } from '../json.ts';
import type { Node, Pod, Taint } from '../kinds.ts';
import { conditionOf, isPodReady, withCondition } from '../kinds.ts';
import { isTerminating, keyOf } from '../objects.ts';
import type { StoreChange } from '../store.ts';
import type { ModelClient } from './client.ts';
import type { Controller } from './controller.ts';
import { collectionAt, LEASES, NODES, PODS } from './kind-places.ts';
import { tolerates } from './node-fit.ts';
import { isEnded } from './pod-template.ts';

export const NODE_LIMITS = {
  /** Without a renewal for so long a node counts as lost. */
  graceMs: 50_000,
  /** A pod whose node is not there may have been seen before its node was. */
  orphanedMs: 40_000,
} as const;

const NODE_LEASES = 'kube-node-lease';
const NOT_READY = 'node.kubernetes.io/not-ready';
const UNREACHABLE = 'node.kubernetes.io/unreachable';
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable';
/** An administrator's word that the machine is off: its pods may be forgotten. */
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';
const managed = [NOT_READY, UNREACHABLE, UNSCHEDULABLE];

export class NodeLifecycleController implements Controller {
  readonly name = 'node-lifecycle';
  readonly #client: ModelClient;
  /** When a node that pods are bound to was first missed. */
  readonly #missedSinceMs = new Map<string, number>();

  constructor(client: ModelClient) {
    this.#client = client.asController('node-controller');
  }

  readonly keysOf = ({ collection, object }: StoreChange): readonly string[] => {
    if (collection === collectionAt(NODES)) return [object.metadata.name];
    if (collection === collectionAt(LEASES)) return object.metadata.namespace === NODE_LEASES ? [object.metadata.name] : [];
    const { nodeName } = collection === collectionAt(PODS) ? (object as Pod).spec : { nodeName: undefined };
    return nodeName === undefined ? [] : [nodeName];
  };

  readonly reconcile = (name: string): number | null => {
    const found = this.#client.find(NODES, { namespace: null, name });
    if (found === null) return this.#collectOrphans(name);
    this.#missedSinceMs.delete(name);
    const untilLostMs = this.#judge(found);
    const node = this.#client.find(NODES, { namespace: null, name }) ?? found;
    this.#taint(node);
    const waits = [untilLostMs, this.#evictIntolerant(this.#client.find(NODES, { namespace: null, name }) ?? node)].filter(
      (ms) => ms !== null,
    );
    return waits.length === 0 ? null : Math.min(...waits);
  };

  #podsOn(name: string): readonly Pod[] {
    return this.#client.list(PODS, null).filter(({ spec }) => spec.nodeName === name);
  }

  #collectOrphans(name: string): number | null {
    const pods = this.#podsOn(name);
    if (pods.length === 0) {
      this.#missedSinceMs.delete(name);
      return null;
    }
    const sinceMs = this.#missedSinceMs.get(name) ?? this.#client.nowMs;
    this.#missedSinceMs.set(name, sinceMs);
    const leftMs = sinceMs + NODE_LIMITS.orphanedMs - this.#client.nowMs;
    if (leftMs > 0) return leftMs;
    for (const pod of pods) this.#forget(pod, 'PodGC: node no longer exists', 'DeletionByPodGC');
    return null;
  }

  #forget(pod: Pod, message: string, reason: string): void {
    const target = { type: 'DisruptionTarget', status: 'True', reason, message } as const;
    const conditions = withCondition(pod.status.conditions, target, this.#client.nowText);
    this.#client.mergeStatus(PODS, keyOf(pod), { ...(isEnded(pod) ? {} : { phase: 'Failed' }), conditions });
    this.#client.delete(PODS, keyOf(pod), { uid: pod.metadata.uid, gracePeriodSeconds: 0 });
  }

  /** @returns when the node will be lost if nothing is heard of it until then; null when it is */
  #judge(node: Node): number | null {
    const lease = this.#client.find(LEASES, { namespace: NODE_LEASES, name: node.metadata.name });
    const heardMs = Date.parse(lease?.spec.renewTime ?? node.metadata.creationTimestamp);
    const leftMs = heardMs + NODE_LIMITS.graceMs - this.#client.nowMs;
    if (leftMs > 0) return leftMs;
    const ready = conditionOf(node.status?.conditions, 'Ready');
    if (ready?.status !== 'Unknown') {
      const lost = {
        type: 'Ready',
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
      } as const;
      this.#client.mergeStatus(NODES, keyOf(node), {
        conditions: withCondition(node.status?.conditions, lost, this.#client.nowText),
      });
      this.#client.event(node, 'Normal', 'NodeNotReady', `Node ${node.metadata.name} status is now: NodeNotReady`);
    }
    for (const pod of this.#podsOn(node.metadata.name)) {
      if (!isPodReady(pod)) continue;
      const unready = { type: 'Ready', status: 'False' } as const;
      this.#client.mergeStatus(PODS, keyOf(pod), {
        conditions: withCondition(pod.status.conditions, unready, this.#client.nowText),
      });
    }
    return null;
  }

  #taint(node: Node): void {
    const ready = conditionOf(node.status?.conditions, 'Ready')?.status;
    const key = ready === 'True' ? null : ready === 'False' ? NOT_READY : UNREACHABLE;
    const wanted = [
      ...(key === null
        ? []
        : [
            { key, effect: 'NoSchedule' },
            { key, effect: 'NoExecute' },
          ]),
      ...(node.spec.unschedulable === true ? [{ key: UNSCHEDULABLE, effect: 'NoSchedule' }] : []),
    ];
    const before = node.spec.taints ?? [];
    const kept = before.filter((taint) => !managed.includes(taint.key) || wanted.some((one) => isSameTaint(one, taint)));
    const added = wanted.filter((one) => !before.some((taint) => isSameTaint(one, taint)));
    const taints = [...kept, ...added.map((taint) => ({ ...taint, timeAdded: this.#client.nowText }))];
    if (sameJson(taints, before)) return;
    this.#client.merge(NODES, keyOf(node), { spec: { taints: taints.length === 0 ? null : taints } });
  }

  /** @returns when the next pod's patience is over */
  #evictIntolerant(node: Node): number | null {
    const taints = (node.spec.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
    const isOff =
      taints.some(({ key }) => key === OUT_OF_SERVICE) && conditionOf(node.status?.conditions, 'Ready')?.status !== 'True';
    let next: number | null = null;
    for (const pod of this.#podsOn(node.metadata.name)) {
      if (isTerminating(pod)) {
        if (isOff) this.#forget(pod, 'PodGC: node is out of service', 'DeletionByPodGC');
        continue;
      }
      const leftMs = this.#patienceMs(pod, taints);
      if (leftMs === null) continue;
      if (leftMs > 0) next = Math.min(next ?? Infinity, leftMs);
      else this.#evict(pod);
    }
    return next;
  }

  /** Null: it stays for ever. */
  #patienceMs(pod: Pod, taints: readonly Taint[]): number | null {
    const waits = taints.flatMap((taint) => {
      const toleration = tolerates(pod.spec.tolerations, taint);
      if (toleration === null) return [0];
      if (toleration.tolerationSeconds === undefined) return [];
      const sinceMs = Date.parse(taint.timeAdded ?? this.#client.nowText);
      return [Math.max(0, sinceMs + toleration.tolerationSeconds * 1_000 - this.#client.nowMs)];
    });
    return waits.length === 0 ? null : Math.min(...waits);
  }

  #evict(pod: Pod): void {
    const message = 'Taint manager: deleting due to NoExecute taint';
    const target = { type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager', message } as const;
    const conditions = withCondition(pod.status.conditions, target, this.#client.nowText);
    this.#client.mergeStatus(PODS, keyOf(pod), { conditions });
    this.#client.event(
      pod,
      'Normal',
      'TaintManagerEviction',
      `Marking for deletion Pod ${pod.metadata.namespace ?? ''}/${pod.metadata.name}`,
    );
    this.#client.delete(PODS, keyOf(pod), { uid: pod.metadata.uid });
  }
}

function isSameTaint(left: { readonly key: string; readonly effect: string }, right: Taint): boolean {
  return left.key === right.key && left.effect === right.effect;
}
