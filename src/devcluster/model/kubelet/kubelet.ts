/**
 * The agent of a node: tells the API that the node lives, runs the pods that are bound to it, and stops those that are to go. A node may lose its
 * power, or its connection: then nobody hears of it, and its pods run on or not, as it was.
 */
import type { Clock } from '../../../shared/clock.ts';
import { ApiFailure } from '../failure.ts';
import { objectAt } from '../json.ts';
import type { Condition, Node, Pod } from '../kinds.ts';
import { withCondition } from '../kinds.ts';
import { keyOf, microTimeText } from '../objects.ts';
import type { ObjectKey, StoredObject } from '../objects.ts';
import type { StoreChange } from '../store.ts';
import type { ModelClient } from '../controllers/client.ts';
import { CLAIMS, collectionAt, CONFIG_MAPS, LEASES, NODES, PODS, SECRETS } from '../controllers/kind-places.ts';
import { claimNamesOf } from '../controllers/volumes.ts';
import { isEnded } from '../controllers/pod-template.ts';
import { plainToken } from './container-request.ts';
import type { TokenOf } from './container-request.ts';
import { PodWorker } from './pod-worker.ts';
import type { ContainerRuntime } from './runtime.ts';

export const NODE_LEASES = 'kube-node-lease';
export const LEASE_SECONDS = 40;

export const KUBELET_LIMITS = {
  /** Between two renewals of the node's Lease. */
  leaseMs: 10_000,
} as const;

export interface NodeDescription {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Of the machine, such as `10.0.0.1`. */
  readonly address: string;
  readonly capacity: { readonly cpu: string; readonly memory: string; readonly pods: string };
}

export interface KubeletOptions {
  readonly clock: Clock;
  readonly client: ModelClient;
  readonly runtime: ContainerRuntime;
  readonly node: NodeDescription;
  readonly kubernetesVersion: string;
  readonly tokenOf?: TokenOf | undefined;
}

export class Kubelet {
  readonly #options: KubeletOptions;
  readonly #client: ModelClient;
  /** By UID of the pod. */
  readonly #workers = new Map<string, PodWorker>();
  /** Pods to look at, by UID, in order, one moment after their change: never from within somebody else's write. */
  readonly #changed = new Map<string, ObjectKey>();
  #state: 'up' | 'cut off' | 'without power' | 'stopped' = 'stopped';
  #cancelLease: (() => void) | null = null;
  #cancelLook: (() => void) | null = null;
  #unsubscribe: (() => void) | null = null;

  constructor(options: KubeletOptions) {
    this.#options = options;
    this.#client = options.client.as('kubelet');
  }

  get name(): string {
    return this.#options.node.name;
  }

  /** Pods that run here, whatever the API knows. */
  get pods(): readonly Pod[] {
    return [...this.#workers.values()].map(({ pod }) => pod);
  }

  start(): void {
    this.#state = 'up';
    this.#unsubscribe ??= this.#client.api.store.onChange((change) => this.#note(change));
    this.#register();
    this.#renew();
    this.#lookAtAll();
  }

  /** The connection breaks: containers run on, and nothing is heard of them. */
  cutOff(): void {
    this.#state = 'cut off';
    this.#cancelLease?.();
    this.#cancelLease = null;
  }

  /** The machine is off: what ran on it is gone, what is on its disks is not. */
  cutPower(): void {
    this.cutOff();
    this.#state = 'without power';
    for (const worker of this.#workers.values()) worker.abandon();
    this.#workers.clear();
    this.#options.runtime.cutPower(this.name);
  }

  /** The connection, or the power, is back. */
  recover(): void {
    this.start();
    for (const worker of this.#workers.values()) worker.writeStatus();
  }

  /** Ends the agent and everything that it runs, without a word to the API. */
  stop(): void {
    this.cutPower();
    this.halt();
  }

  /** Ends the agent alone: what runs runs on, and nobody follows it. */
  halt(): void {
    this.cutOff();
    for (const worker of this.#workers.values()) worker.abandon();
    this.#workers.clear();
    this.#state = 'stopped';
    this.#cancelLook?.();
    this.#cancelLook = null;
    this.#unsubscribe?.();
    this.#unsubscribe = null;
  }

  #register(): void {
    const { name, labels, address, capacity } = this.#options.node;
    if (this.#client.find(NODES, { namespace: null, name }) === null) {
      const own = { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', ...labels };
      this.#client.create(NODES, { metadata: { name, labels: own }, spec: {} });
    }
    const allocatable = { ...capacity };
    this.#writeNodeStatus({
      capacity: allocatable,
      allocatable,
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      nodeInfo: { ...EMPTY_NODE_INFO, kubeletVersion: this.#options.kubernetesVersion },
    });
  }

  #writeNodeStatus(fields: object): void {
    const node = this.#client.find(NODES, { namespace: null, name: this.name });
    if (node === null) return;
    const ready: Condition = {
      type: 'Ready',
      status: 'True',
      reason: 'KubeletReady',
      message: 'kubelet is posting ready status',
    };
    const dated = { ...ready, lastHeartbeatTime: this.#client.nowText };
    const conditions = withCondition(node.status?.conditions, dated, this.#client.nowText);
    this.#client.replaceStatus<Node>(NODES, node, { ...objectAt(node, 'status'), ...fields, conditions });
  }

  #renew(): void {
    const { clock } = this.#options;
    const key = { namespace: NODE_LEASES, name: this.name };
    const spec = { holderIdentity: this.name, leaseDurationSeconds: LEASE_SECONDS, renewTime: microTimeText(clock.wallMs()) };
    try {
      if (this.#client.find(LEASES, key) === null) this.#client.create(LEASES, { metadata: { ...key }, spec });
      else this.#client.merge(LEASES, key, { spec });
      this.#postReadiness();
    } catch (error) {
      // Tried again with the next renewal, as every node does.
      if (!(error instanceof ApiFailure)) throw error;
    }
    this.#cancelLease?.();
    this.#cancelLease = clock.schedule(KUBELET_LIMITS.leaseMs, () => this.#renew());
  }

  /** Somebody took the node for lost meanwhile. */
  #postReadiness(): void {
    const node = this.#client.find(NODES, { namespace: null, name: this.name });
    const isReady = node?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;
    if (node !== null && !isReady) this.#writeNodeStatus({});
  }

  #note({ collection, object, previous }: StoreChange): void {
    if (collection === collectionAt(PODS)) {
      const isHere = (pod: Pod | null): boolean => pod?.spec.nodeName === this.name;
      if (isHere(object as Pod) || isHere(previous as Pod | null)) this.#enqueue(object);
    } else if (collection === collectionAt(CLAIMS)) {
      for (const worker of this.#workers.values()) {
        const isUsed =
          worker.pod.metadata.namespace === object.metadata.namespace && claimNamesOf(worker.pod).includes(object.metadata.name);
        if (isUsed) this.#enqueue(worker.pod);
      }
    } else if (collection === collectionAt(SECRETS) || collection === collectionAt(CONFIG_MAPS)) {
      for (const worker of this.#workers.values()) {
        if (worker.pod.metadata.namespace === object.metadata.namespace) this.#enqueue(worker.pod);
      }
    }
  }

  #enqueue(pod: StoredObject): void {
    this.#changed.set(pod.metadata.uid, keyOf(pod));
    this.#cancelLook ??= this.#options.clock.schedule(0, () => {
      this.#cancelLook = null;
      this.#look();
    });
  }

  #lookAtAll(): void {
    for (const pod of this.#client.list(PODS, null)) if (pod.spec.nodeName === this.name) this.#enqueue(pod);
    for (const { pod } of this.#workers.values()) this.#enqueue(pod);
  }

  #look(): void {
    // While nothing is heard, changes wait; after that everything is looked at.
    if (this.#state !== 'up') return;
    for (const [uid, key] of [...this.#changed]) {
      this.#changed.delete(uid);
      const pod = this.#client.find(PODS, key);
      this.#follow(uid, pod?.metadata.uid === uid ? pod : null);
    }
  }

  #follow(uid: string, pod: Pod | null): void {
    const worker = this.#workers.get(uid);
    if (pod === null) {
      worker?.vanish();
      return;
    }
    if (worker !== undefined) {
      worker.growVolumes();
      worker.refreshMounts();
      worker.update(pod);
      return;
    }
    if (isEnded(pod) && pod.metadata.deletionTimestamp === undefined) return;
    const { clock, runtime, node, tokenOf = plainToken } = this.#options;
    const fresh: PodWorker = new PodWorker(pod, {
      clock,
      client: this.#client,
      runtime,
      node: node.name,
      hostAddress: node.address,
      tokenOf,
      isConnected: () => this.#state === 'up',
      onEnd: () => this.#workers.delete(uid),
    });
    this.#workers.set(uid, fresh);
    fresh.start();
  }
}

const EMPTY_NODE_INFO = {
  machineID: '',
  systemUUID: '',
  bootID: '',
  kernelVersion: '',
  osImage: 'model',
  containerRuntimeVersion: 'model://1',
  kubeletVersion: '',
  kubeProxyVersion: '',
  operatingSystem: 'linux',
  architecture: 'amd64',
} as const;
