/**
 * The operator, put together: caches that follow the API server, a queue of clusters to look at, and a lease that lets one process work. The
 * caches are kept warm without the lease, so that a standby takes over at once; nothing is reconciled before all of them are whole.
 */
import type { Logger } from 'pino';
import { collectDefaultMetrics } from 'prom-client';
import type { Registry } from 'prom-client';
import { LABELS } from '../api/constants.ts';
import { sameAddress } from '../shared/address-book.ts';
import type { ResolveAddress } from '../shared/address-book.ts';
import type { Clock } from '../shared/clock.ts';
import type { Random } from '../shared/random.ts';
import { GonePods } from './gone-pods.ts';
import { HttpNodeClient } from './http-node-client.ts';
import type { KubernetesApi, KubernetesTransport, Resource } from './kubernetes/api.ts';
import type { StoredObject } from './kubernetes/cache.ts';
import { KubernetesClient } from './kubernetes/client.ts';
import { kubeConfigCredentials, loadKubeConfig } from './kubernetes/credentials.ts';
import { ApiEventRecorder } from './kubernetes/events.ts';
import { HttpTransport } from './kubernetes/http-transport.ts';
import { joinedCache } from './kubernetes/object-store.ts';
import type { ObjectChange } from './kubernetes/object-store.ts';
import { Reflector } from './kubernetes/reflector.ts';
import { CLAIMS, PODS, STATEFUL_SETS, STORAGE_CLUSTERS } from './kubernetes/resources.ts';
import { LeaseElector, LeaseLostError } from './lease.ts';
import { registerOperatorMetrics, registerPartMetrics } from './metrics.ts';
import type { MeasuredReflector, OperatorMetrics } from './metrics.ts';
import type { NodeClient } from './node-client.ts';
import type { ClusterKey, OperatorCaches, Reconciler, ReconcilerPorts } from './reconciler.ts';
import { OperatorServer } from './server.ts';
import type { Verdict } from './server.ts';
import type { OperatorSettings } from './settings.ts';
import { WorkQueue } from './work-queue.ts';

export { operatorSettingsFrom } from './settings.ts';
export type { OperatorSettings } from './settings.ts';

export interface OperatorParts {
  readonly settings: OperatorSettings;
  readonly log: Logger;
  readonly clock: Clock;
  readonly random: Random;
  readonly transport: KubernetesTransport;
  readonly nodes: NodeClient;
  readonly registry: Registry;
  readonly createReconciler: (ports: ReconcilerPorts) => Reconciler;
}

export interface RunOperatorOptions extends Omit<OperatorParts, 'transport' | 'nodes'> {
  /** Aborted on SIGTERM and SIGINT. */
  readonly signal: AbortSignal;
  /** Where what is dialled and listened on is on this machine; without it every address is what it says. */
  readonly addresses?: ResolveAddress | undefined;
  /** Told which port is open, when the settings leave the choice to the system (0). */
  readonly onListening?: ((port: number) => void) | undefined;
}

/**
 * Runs until `signal` is aborted, then stops the work, gives the lease back and resolves. @throws KubeConfigError without a usable
 * configuration, and when the port cannot be opened.
 */
export async function runOperator(options: RunOperatorOptions): Promise<void> {
  const { settings, clock, log, signal, addresses = sameAddress } = options;
  const credentials = kubeConfigCredentials(loadKubeConfig(settings.kubeconfigPath), clock);
  const transport = new HttpTransport({ credentials, clock, userAgent: `quorate-operator/${settings.version}` });
  const nodes = new HttpNodeClient(clock, addresses);
  const operator = new Operator({ ...options, transport, nodes });
  const { registry } = options;
  // Memory, and above all the event loop's lag: a loop that stands still renews no lease.
  collectDefaultMetrics({ register: registry });
  const server = new OperatorServer({ registry, health: () => operator.health(), readiness: () => operator.readiness() });
  try {
    const port = await listen(server, settings, addresses);
    log.info({ port, version: settings.version, namespaces: settings.watchNamespaces ?? 'all' }, 'operator started');
    options.onListening?.(port);
    await operator.run(signal);
    log.info('operator stopped');
  } finally {
    await Promise.all([server.close(), nodes.close(), transport.close()]);
  }
}

function listen(server: OperatorServer, { host, port }: OperatorSettings, addresses: ResolveAddress): Promise<number> {
  if (host === null) return server.listen(null, port);
  const address = addresses({ host, port });
  return server.listen(address.host, address.port);
}

/** A reflector of any kind, without its objects. */
type RunningReflector = Pick<Reflector<StoredObject>, 'run' | 'untilSynced'> & MeasuredReflector;

/** The operator without its sockets: what a simulation runs. */
export class Operator {
  readonly #parts: OperatorParts;
  readonly #api: KubernetesApi;
  readonly #reflectors: RunningReflector[] = [];
  readonly #queue: WorkQueue;
  readonly #elector: LeaseElector;
  readonly #caches: OperatorCaches;
  readonly #gonePods: GonePods;
  readonly #reconciler: Reconciler;

  constructor(parts: OperatorParts) {
    this.#parts = parts;
    const { clock, random, log, settings } = parts;
    const metrics = registerOperatorMetrics(parts.registry);
    this.#api = new KubernetesClient({
      transport: parts.transport,
      clock,
      random: random.split(),
      observeCall: metrics.observeCall,
    });
    this.#queue = this.#makeQueue(metrics);
    this.#gonePods = new GonePods({
      api: this.#api,
      nodes: parts.nodes,
      pods: () => this.#caches.pods,
      log,
      leads: () => this.isLeader,
    });
    this.#caches = {
      clusters: this.#cacheOf(STORAGE_CLUSTERS, (cluster) => cluster.metadata.name),
      statefulSets: this.#cacheOf(STATEFUL_SETS, clusterNameOf),
      pods: this.#cacheOf(PODS, clusterNameOf, (change) => this.#gonePods.onChange(change)),
      claims: this.#cacheOf(CLAIMS, clusterNameOf),
    };
    const { namespace, leaseName: name, identity } = settings;
    this.#elector = new LeaseElector({ api: this.#api, clock, random: random.split(), log, namespace, name, identity });
    const events = new ApiEventRecorder({
      api: this.#api,
      clock,
      random: random.split(),
      log,
      controller: 'quorate.io/operator',
      instance: identity,
    });
    const ports = { ...parts, api: this.#api, caches: this.#caches, events, random: random.split() };
    this.#reconciler = parts.createReconciler(ports);
    const { registry } = parts;
    registerPartMetrics(registry, {
      clock,
      elector: this.#elector,
      events,
      queue: this.#queue,
      reflectors: this.#reflectors,
    });
  }

  get isLeader(): boolean {
    return this.#elector.isLeader;
  }

  get synced(): boolean {
    return this.#reflectors.every((reflector) => reflector.synced);
  }

  health(): Verdict {
    if (this.#queue.stuck) return { ok: false, reason: 'a reconcile goes on long after its deadline' };
    return { ok: true, reason: 'the event loop lives' };
  }

  readiness(): Verdict {
    const missing = this.#reflectors.filter((reflector) => !reflector.synced).map(({ resource }) => resource.plural);
    if (missing.length > 0) return { ok: false, reason: `not seen yet: ${[...new Set(missing)].join(', ')}` };
    return { ok: true, reason: this.isLeader ? 'leads' : 'stands by' };
  }

  /** Resolves when `signal` is aborted and all has ended. */
  async run(signal: AbortSignal): Promise<void> {
    const whole = new AbortController();
    const stop = (): void => whole.abort(new Error('the operator stops'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const tasks = [
      ...this.#reflectors.map((reflector) => reflector.run(whole.signal)),
      this.#elector.run(whole.signal, (tenure) => this.#lead(tenure)),
    ];
    try {
      await Promise.all(tasks);
    } finally {
      // Only a broken rule of our own gets here unasked: then the rest must not go on alone.
      signal.removeEventListener('abort', stop);
      stop();
      await Promise.allSettled(tasks);
    }
  }

  async #lead(tenure: AbortSignal): Promise<void> {
    const aborted = new Promise<'aborted'>((resolve) => {
      if (tenure.aborted) resolve('aborted');
      else tenure.addEventListener('abort', () => resolve('aborted'), { once: true });
    });
    const synced = Promise.all(this.#reflectors.map((reflector) => reflector.untilSynced()));
    if ((await Promise.race([synced, aborted])) === 'aborted') return;
    for (const { metadata } of this.#caches.clusters.all()) this.#wake(metadata.namespace ?? '', metadata.name);
    this.#queue.start();
    await aborted;
    await this.#queue.stop(new LeaseLostError('the lease is lost, or the operator stops'));
  }

  #makeQueue({ observeWork }: OperatorMetrics): WorkQueue {
    const { clock, random, log } = this.#parts;
    return new WorkQueue({ clock, random: random.split(), log, observeWork, work: (key, signal) => this.#work(key, signal) });
  }

  async #work(key: string, signal: AbortSignal): Promise<{ readonly requeueAfterMs: number | null }> {
    const { namespace, name } = clusterKeyOf(key);
    const { requeueAfterMs } = await this.#reconciler.reconcile({ namespace, name }, signal);
    // A cluster that went meanwhile is not looked at again unless something of it stirs.
    return { requeueAfterMs: this.#caches.clusters.get(namespace, name) === null ? null : requeueAfterMs };
  }

  #wake(namespace: string, clusterName: string | null): void {
    if (clusterName === null) return;
    if (!this.#queue.add(`${namespace}/${clusterName}`)) {
      this.#parts.log.error({ namespace, name: clusterName }, 'the queue is full, a change waits for the next look');
    }
  }

  #cacheOf<Kind extends StoredObject>(
    resource: Resource<Kind>,
    nameOf: (object: Kind) => string | null,
    alsoTell: (change: ObjectChange<Kind>) => void = () => undefined,
  ): ReturnType<typeof joinedCache<Kind>> {
    const { transport, clock, random, log, settings } = this.#parts;
    const parts = (settings.watchNamespaces ?? [null]).map((namespace) => {
      return new Reflector<Kind>({
        api: this.#api,
        transport,
        resource,
        namespace,
        labelSelector: resource.kind === STORAGE_CLUSTERS.kind ? undefined : LABELS.cluster,
        clock,
        random: random.split(),
        log,
        onChange: (change) => {
          alsoTell(change);
          this.#wake(change.object.metadata.namespace ?? '', nameOf(change.object));
          // A child that moved to another cluster's label concerns the cluster that it left as well.
          if (change.type === 'updated') this.#wake(change.previous.metadata.namespace ?? '', nameOf(change.previous));
        },
      });
    });
    this.#reflectors.push(...parts);
    return joinedCache(parts);
  }
}

function clusterNameOf(object: StoredObject): string | null {
  return object.metadata.labels?.[LABELS.cluster] ?? null;
}

function clusterKeyOf(key: string): ClusterKey {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
