/**
 * Many StorageClusters under one production operator, on the model of Kubernetes, with members that answer the admin API as those of the small
 * world do. Calls take their time on the virtual clock, and what they carry is copied as a wire copies it, so that the operator's queue, its
 * memory and its calls are what they are in production; only the other side of the wire is modelled.
 */
import { Registry } from 'prom-client';
import type { ModelApi } from '../../src/devcluster/model/api.ts';
import { Store } from '../../src/devcluster/model/store.ts';
import type { KubernetesRequest, KubernetesTransport, WatchEvent, WatchRequest } from '../../src/operator/kubernetes/api.ts';
import type { NodeClient } from '../../src/operator/node-client.ts';
import type { Reconciler } from '../../src/operator/reconcile.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { field } from '../support/model-api.ts';
import { OperatorModel } from '../support/operator-model.ts';
import type { RunningOperator } from '../support/operator-model.ts';

/** What a call takes there and back, on the virtual clock: an API server and nodes that are near and not busy. */
export const LATENCY = { apiMs: 5, nodeMs: 2 } as const;
export const MEMBERS_PER_CLUSTER = 3;

const clustersPerNamespace = 10;
/** Machines of 16 GiB, members of 512 MiB, and some room. */
const membersPerMachine = 28;
/** An API server forgets its past as well. */
const historyEvents = 5_000;
const sampleMs = 1_000;

const WRITES: readonly string[] = ['create', 'apply', 'patch', 'delete'];

/** Since the last `takeCalls`: by `verb resource`, or `verb resource/subresource`. */
export type Calls = ReadonlyMap<string, number>;

export interface QueueSample {
  readonly ready: number;
  readonly running: number;
}

export class Fleet {
  readonly model: OperatorModel;
  readonly size: number;
  /** Of each reconcile that ended since the last `takeReconciles`, on the virtual clock. */
  #reconcilesMs: number[] = [];
  #queue: QueueSample[] = [];
  #calls = new Map<string, number>();
  #registry: Registry | null = null;
  #running: RunningOperator | null = null;

  constructor(size: number) {
    this.size = size;
    const machines = Math.ceil((size * MEMBERS_PER_CLUSTER) / membersPerMachine) + MEMBERS_PER_CLUSTER;
    this.model = new OperatorModel({ machines, store: new Store(historyEvents) });
  }

  get #api(): ModelApi {
    return this.model.api;
  }

  /** All at once, as after a restore or from a repository of manifests. */
  apply(): void {
    for (let number = 0; number < this.size; number += 1) {
      const { namespace, name } = placeOf(number);
      if (number % clustersPerNamespace === 0) this.model.namespace(namespace);
      this.model.apply(
        `/apis/quorate.io/v1alpha1/namespaces/${namespace}/storageclusters/${name}`,
        {
          apiVersion: 'quorate.io/v1alpha1',
          kind: 'StorageCluster',
          metadata: { name, namespace },
          spec: { version: '0.1.0', replicas: MEMBERS_PER_CLUSTER },
        },
        'kubectl',
      );
    }
  }

  startOperator(): void {
    const { clock, nodes } = this.model;
    const registry = new Registry();
    const count = (what: string): void => void this.#calls.set(what, (this.#calls.get(what) ?? 0) + 1);
    const around = (reconciler: Reconciler): Reconciler => ({
      reconcile: async (key, signal) => {
        const startedMs = clock.monotonicMs();
        const outcome = await reconciler.reconcile(key, signal);
        this.#reconcilesMs.push(clock.monotonicMs() - startedMs);
        return outcome;
      },
    });
    this.#registry = registry;
    this.#running = this.model.run('one', (transport) => new DistantTransport(transport, clock, count), {
      registry,
      nodes: distant(nodes.client(), clock),
      around,
    });
  }

  /** Ends the operator and lets go of all that it holds. */
  async stopOperator(): Promise<void> {
    await this.#running?.stop();
    this.#running = null;
    this.#registry = null;
  }

  readyCount(): number {
    const clusters = this.#api.store.list('quorate.io/storageclusters', null);
    return clusters.filter((cluster) => field(cluster, 'status.phase') === 'Ready').length;
  }

  /** Lets time pass, and looks at the queue every second of it. */
  async advance(durationMs: number): Promise<void> {
    for (let passedMs = 0; passedMs < durationMs; passedMs += sampleMs) {
      await this.model.clock.advance(Math.min(sampleMs, durationMs - passedMs));
      this.#queue.push(await this.#queueNow());
    }
  }

  /** @returns virtual milliseconds until every cluster says Ready */
  async untilReady(mostMs: number): Promise<number> {
    const startedMs = this.model.clock.monotonicMs();
    while (this.readyCount() < this.size) {
      const passedMs = this.model.clock.monotonicMs() - startedMs;
      if (passedMs >= mostMs) throw new Error(`${this.readyCount()} of ${this.size} are Ready after ${passedMs} ms`);
      await this.advance(sampleMs);
    }
    return this.model.clock.monotonicMs() - startedMs;
  }

  takeCalls(): Calls {
    const taken = this.#calls;
    this.#calls = new Map();
    return taken;
  }

  takeReconciles(): readonly number[] {
    return this.#reconcilesMs.splice(0);
  }

  takeQueue(): readonly QueueSample[] {
    return this.#queue.splice(0);
  }

  async stop(): Promise<void> {
    await this.stopOperator();
    await this.model.stop();
  }

  async #queueNow(): Promise<QueueSample> {
    const found = await this.#registry?.getSingleMetric('quorate_operator_queue_keys')?.get();
    const inState = (state: string): number => found?.values.find(({ labels }) => labels['state'] === state)?.value ?? 0;
    return { ready: inState('ready'), running: inState('running') };
  }
}

export function writesOf(calls: Calls): ReadonlyMap<string, number> {
  return new Map([...calls].filter(([what]) => WRITES.includes(what.split(' ')[0] ?? '')));
}

export function placeOf(number: number): { readonly namespace: string; readonly name: string } {
  const team = Math.floor(number / clustersPerNamespace) + 1;
  return { namespace: `team-${String(team).padStart(2, '0')}`, name: `orders-${(number % clustersPerNamespace) + 1}` };
}

/** As over a wire: later, and with copies of its own on this side. */
class DistantTransport implements KubernetesTransport {
  readonly #near: KubernetesTransport;
  readonly #clock: Clock;
  readonly #count: (what: string) => void;

  constructor(near: KubernetesTransport, clock: Clock, count: (what: string) => void) {
    this.#near = near;
    this.#clock = clock;
    this.#count = count;
  }

  async request(request: KubernetesRequest): Promise<unknown> {
    const { verb, resource, subresource } = request;
    this.#count(`${verb} ${resource.plural}${subresource === null ? '' : `/${subresource}`}`);
    await passed(this.#clock, LATENCY.apiMs);
    return copied(await this.#near.request(request));
  }

  async watch(request: WatchRequest): Promise<AsyncIterable<WatchEvent>> {
    this.#count(`watch ${request.resource.plural}`);
    await passed(this.#clock, LATENCY.apiMs);
    return copies(await this.#near.watch(request));
  }
}

async function* copies(events: AsyncIterable<WatchEvent>): AsyncGenerator<WatchEvent> {
  for await (const { type, object } of events) yield { type, object: copied(object) };
}

function copied(value: unknown): unknown {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as unknown);
}

function passed(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => void clock.schedule(delayMs, resolve));
}

function distant(near: NodeClient, clock: Clock): NodeClient {
  const later = async <Value>(call: () => Promise<Value>): Promise<Value> => {
    await passed(clock, LATENCY.nodeMs);
    return call();
  };
  return {
    status: (...call) => later(() => near.status(...call)),
    found: (...call) => later(() => near.found(...call)),
    join: (...call) => later(() => near.join(...call)),
    changeConfiguration: (...call) => later(() => near.changeConfiguration(...call)),
    transferLeadership: (...call) => later(() => near.transferLeadership(...call)),
    raiseFeatureLevel: (...call) => later(() => near.raiseFeatureLevel(...call)),
    podGone: (...call) => later(() => near.podGone(...call)),
  };
}
