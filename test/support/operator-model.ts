/**
 * The production operator, whole, on the model of Kubernetes: its client, watches, queue, lease and reconciler over the in-process transport, and
 * members that are simulated in the pods that the model's kubelet runs.
 */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { ModelTransport } from '../../src/devcluster/model-transport.ts';
import { ModelCluster } from '../../src/devcluster/model/cluster.ts';
import type { ClusterOptions } from '../../src/devcluster/model/cluster.ts';
import type { ContainerRequest } from '../../src/devcluster/model/kubelet/runtime.ts';
import { SimulatedRuntime } from '../../src/devcluster/model/kubelet/simulated-runtime.ts';
import type { SimulatedProgram } from '../../src/devcluster/model/kubelet/simulated-runtime.ts';
import { Operator } from '../../src/operator/main.ts';
import type { KubernetesTransport } from '../../src/operator/kubernetes/api.ts';
import type { NodeClient } from '../../src/operator/node-client.ts';
import { createReconciler } from '../../src/operator/reconcile.ts';
import type { Reconciler } from '../../src/operator/reconcile.ts';
import { ReconcileCounters } from '../../src/operator/reconcile-counters.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import { field, ModelFixture } from './model-api.ts';
import { FakeNodes } from './operator-nodes.ts';
import type { Disk } from './operator-nodes.ts';
import { VirtualTime } from './virtual-time.ts';

const stepMs = 500;
const roundMs = 1_000;

/** Versions of the node in this world, by image tag: the feature level that each can read. Others have no image. */
const builds: ReadonlyMap<string, number> = new Map([
  ['0.1.0', 1],
  ['0.1.1', 1],
  ['0.2.0', 2],
]);

export const clusters = '/apis/quorate.io/v1alpha1/namespaces/shop/storageclusters';
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

export interface ModelChoices extends Partial<ClusterOptions> {
  /** How many there are from the start: five unless said otherwise. */
  readonly machines?: number;
}

export interface RunChoices {
  /** Where the operator registers what it measures; one that nobody reads unless said otherwise. */
  readonly registry?: Registry;
  readonly nodes?: NodeClient;
  /** Those that it serves; all unless said otherwise. */
  readonly namespaces?: readonly string[] | null;
  /** Around each reconcile. */
  readonly around?: (reconciler: Reconciler) => Reconciler;
}

export interface RunningOperator {
  readonly operator: Operator;
  readonly stop: () => Promise<void>;
}

export class OperatorModel extends ModelFixture {
  readonly nodes = new FakeNodes();
  readonly cluster: ModelCluster;
  readonly runtime: SimulatedRuntime;
  /** By UID of the claim: what is on the volume. */
  readonly disks: Map<string, Disk>;
  #operators: RunningOperator[] = [];
  #cancelRound: (() => void) | null = null;

  constructor({ machines = 5, ...options }: ModelChoices = {}) {
    const clock = new VirtualTime();
    const disks = new Map<string, Disk>();
    const nodes = { current: null as FakeNodes | null };
    const runtime = new SimulatedRuntime({
      clock,
      hasImage: (image) => builds.has(tagOf(image)),
      program: (request) => member(nodes.current ?? new FakeNodes(), disks, request),
    });
    const cluster = new ModelCluster({ clock, random: new SeededRandom(7), runtime, ...options });
    super({}, clock, cluster.api);
    nodes.current = this.nodes;
    this.cluster = cluster;
    this.runtime = runtime;
    this.disks = disks;
    this.cluster.addNodes(machines);
    this.namespace('shop');
    this.namespace('quorate');
    this.call('POST', definitions, load(readFileSync('crds/quorate.io_storageclusters.yaml', 'utf8')));
    this.#round();
  }

  /** Replication gets on: groups form, leaders are elected, learners catch up. */
  #round(): void {
    this.nodes.round();
    this.#cancelRound = this.clock.schedule(roundMs, () => this.#round());
  }

  run(
    identity: string,
    wrap: (transport: KubernetesTransport) => KubernetesTransport = (transport) => transport,
    {
      registry = new Registry(),
      nodes = this.nodes.client(),
      namespaces = null,
      around = (reconciler) => reconciler,
    }: RunChoices = {},
  ): RunningOperator {
    const random = new SeededRandom(identity.length);
    const user = { name: 'system:serviceaccount:quorate:operator', groups: ['system:serviceaccounts', 'system:authenticated'] };
    const transport = wrap(new ModelTransport({ api: this.api, user, userAgent: 'quorate-operator/0.1.0' }));
    const settings = {
      namespace: 'quorate',
      watchNamespaces: namespaces,
      imageRepository: 'registry.example/quorate',
      version: '0.1.0',
      leaseName: 'operator',
      identity,
      kubeconfigPath: null,
      host: null,
      port: 0,
      logLevel: 'silent',
    } as const;
    const operator = new Operator({
      settings,
      log: pino({ level: 'silent' }),
      clock: this.clock,
      random,
      transport,
      nodes,
      registry,
      createReconciler: (ports) =>
        around(
          createReconciler({
            ...ports,
            settings: { imageRepository: settings.imageRepository },
            metrics: new ReconcileCounters(registry),
            drawHex: (digits) => random.hex(digits),
          }),
        ),
    });
    const aborter = new AbortController();
    const running = operator.run(aborter.signal);
    const made = {
      operator,
      stop: async () => {
        aborter.abort();
        // The lease is given back within virtual time.
        const ended = { done: false };
        void running.then(() => (ended.done = true));
        while (!ended.done) await this.clock.advance(stepMs);
        this.#operators = this.#operators.filter((other) => other !== made);
      },
    };
    this.#operators.push(made);
    return made;
  }

  async until(what: string, holds: () => boolean, mostMs = 300_000): Promise<void> {
    for (let passedMs = 0; passedMs <= mostMs; passedMs += stepMs) {
      if (holds()) return;
      await this.clock.advance(stepMs);
    }
    const { items } = this.get(clusters);
    throw new Error(
      `not within ${mostMs} ms: ${what}; ${JSON.stringify({ status: items[0]?.['status'], pods: this.podNames() }, null, 1)}`,
    );
  }

  async untilReady(replicas: number): Promise<void> {
    await this.until(`Ready with ${replicas}`, () => {
      const status = field(this.get(`${clusters}/orders`), 'status');
      return field(status, 'phase') === 'Ready' && field(status, 'ready') === `${replicas}/${replicas}`;
    });
  }

  podNames(): readonly string[] {
    return this.names('/api/v1/namespaces/shop/pods');
  }

  async stop(): Promise<void> {
    for (const { stop } of this.#operators) await stop();
    this.#cancelRound?.();
    this.cluster.stop();
  }
}

function tagOf(image: string): string {
  return image.split(':').at(-1) ?? '';
}

/** A storage node: its disk is its claim's. */
function member(
  nodes: FakeNodes,
  disks: Map<string, Disk>,
  { pod, container, address, mounts }: ContainerRequest,
): SimulatedProgram {
  const volume = mounts.find(({ source }) => source.type === 'claim')?.source;
  const uid = volume?.type === 'claim' ? volume.claimUid : pod.metadata.uid;
  const disk = disks.get(uid) ?? nodes.newDisk();
  disks.set(uid, disk);
  const version = tagOf(container.image);
  const node = {
    name: pod.metadata.name,
    disk,
    version,
    featureLevelMax: builds.get(version) ?? 1,
    age: 0,
    silent: false,
    halt: null,
  };
  nodes.running.set(address, node);
  return {
    probe: ({ httpGet }) => {
      const ok = httpGet?.path !== '/readyz' || nodes.isReady(node);
      return ok ? { ok } : { ok, message: 'HTTP probe failed with statuscode: 503' };
    },
    terminate: () => 200,
    ended: () => {
      if (nodes.running.get(address) === node) nodes.running.delete(address);
    },
  };
}
