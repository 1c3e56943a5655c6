import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { runOperator } from '../../../../src/operator/main.ts';
import type { Reconciler, ReconcilerPorts } from '../../../../src/operator/reconciler.ts';
import { LEASE_LIMITS } from '../../../../src/operator/lease.ts';
import { QUEUE_LIMITS } from '../../../../src/operator/work-queue.ts';
import { SeededRandom } from '../../../../src/shared/random.ts';
import { FakeApiServer } from '../../../support/fake-api-server.ts';
import { VirtualTime, eventually, settle } from '../../../support/virtual-time.ts';
import { kubeConfigFor, silentLog } from './fixture.ts';

const clusters = 'quorate.io/v1alpha1/storageclusters';
const leases = 'coordination.k8s.io/v1/leases';
const ordersLabels = { 'quorate.io/cluster': 'orders' };
const watchesPerNamespace = 4;

interface Operating {
  readonly port: number;
  readonly ports: ReconcilerPorts;
  readonly reconciled: string[];
  readonly stop: () => Promise<void>;
}

describe('the operator', () => {
  let server: FakeApiServer;
  let clock: VirtualTime;
  let folder: string;
  let operating: Operating[];

  beforeEach(async () => {
    server = new FakeApiServer();
    await server.start();
    clock = new VirtualTime();
    folder = await mkdtemp(join(tmpdir(), 'quorate-operator-'));
    await writeFile(join(folder, 'kubeconfig'), kubeConfigFor(server.url).exportConfig());
    operating = [];
  });

  afterEach(async () => {
    for (const { stop } of operating) await stop();
    await server.stop();
    await rm(folder, { recursive: true });
    expect(clock.timerCount).toBe(0);
  });

  type Work = Reconciler['reconcile'];
  const restful: Work = async () => ({ requeueAfterMs: 10_000 });

  async function operate(
    options: { readonly identity?: string; readonly watchNamespaces?: readonly string[]; readonly work?: Work } = {},
  ): Promise<Operating> {
    const { identity = 'one', watchNamespaces = null, work = restful } = options;
    const aborter = new AbortController();
    const reconciled: string[] = [];
    const given: ReconcilerPorts[] = [];
    let port = 0;
    const running = runOperator({
      settings: {
        namespace: 'quorate',
        watchNamespaces,
        imageRepository: 'quorate',
        version: '0.1.0',
        leaseName: 'operator',
        identity,
        kubeconfigPath: join(folder, 'kubeconfig'),
        host: null,
        port: 0,
        logLevel: 'silent',
      },
      log: silentLog,
      clock,
      random: new SeededRandom(identity.length),
      registry: new Registry(),
      createReconciler: (ports) => {
        given.push(ports);
        return {
          reconcile: (key, signal) => {
            reconciled.push(`${key.namespace}/${key.name}`);
            return work(key, signal);
          },
        };
      },
      signal: aborter.signal,
      onListening: (open) => (port = open),
    });
    await eventually('the port', () => port !== 0);
    const [ports] = given;
    if (ports === undefined) throw new Error('no reconciler was made');
    const stop = async (): Promise<void> => {
      aborter.abort();
      await running;
    };
    const made = { port, ports, reconciled, stop };
    operating.push(made);
    return made;
  }

  async function leads(): Promise<void> {
    await eventually('the watches', () => server.openWatchCount >= watchesPerNamespace);
    await eventually('the lease', () => server.objects.get(leases, 'quorate', 'operator') !== undefined);
    await settle();
  }

  async function read(port: number, path: string): Promise<[number, string]> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return [response.status, await response.text()];
  }

  const orders = { metadata: { namespace: 'shop', name: 'orders' } };
  const child = (name: string): { metadata: { namespace: string; name: string; labels: Record<string, string> } } => ({
    metadata: { namespace: 'shop', name, labels: ordersLabels },
  });

  test('nothing is reconciled before every cache is whole, and readiness says what is missing', async () => {
    server.objects.put(clusters, orders);
    server.fail(
      { type: 'answer', status: 403 },
      ({ place, isWatch }) => place.collection === 'v1/persistentvolumeclaims' && !isWatch,
      2,
    );
    const { reconciled, port, ports } = await operate();
    await eventually(
      'the other caches',
      () => ports.caches.clusters.synced && ports.caches.pods.synced && ports.caches.statefulSets.synced,
    );
    await eventually('the lease', () => server.objects.get(leases, 'quorate', 'operator') !== undefined);
    await settle();
    expect(reconciled).toEqual([]);
    expect(await read(port, '/readyz')).toEqual([503, 'not seen yet: persistentvolumeclaims\n']);
    expect((await read(port, '/healthz'))[0]).toBe(200);
    for (let passedMs = 0; passedMs < 5_000 && !ports.caches.claims.synced; passedMs += 250) await clock.advance(250);
    await eventually('the first reconcile', () => reconciled.length === 1);
    expect(await read(port, '/readyz')).toEqual([200, 'leads\n']);
  });

  test('a change of a pod, a claim or a StatefulSet is a change of its cluster, whose children alone are cached', async () => {
    server.objects.put(clusters, orders);
    const { reconciled, ports } = await operate();
    await leads();
    await eventually('the first reconcile', () => reconciled.length === 1);
    for (const collection of ['v1/pods', 'v1/persistentvolumeclaims', 'apps/v1/statefulsets']) {
      const before = reconciled.length;
      server.objects.put(collection, child('orders-shard-0'));
      await eventually(collection, () => reconciled.length > before);
    }
    server.objects.put('v1/pods', { metadata: { namespace: 'shop', name: 'stranger' } });
    server.objects.remove('v1/pods', 'shop', 'orders-shard-0');
    const before = reconciled.length;
    await eventually('the deletion', () => reconciled.length > before);
    expect(new Set(reconciled)).toEqual(new Set(['shop/orders']));
    expect(ports.caches.pods.all()).toEqual([]);
    expect(ports.caches.claims.ofCluster('shop', 'orders')).toHaveLength(1);
    const selectors = server.watchRequests.map(({ place, query }) => [place.collection, query.labelSelector]);
    expect(Object.fromEntries(selectors)).toEqual({
      [clusters]: undefined,
      'v1/pods': 'quorate.io/cluster',
      'v1/persistentvolumeclaims': 'quorate.io/cluster',
      'apps/v1/statefulsets': 'quorate.io/cluster',
    });
  });

  test('a child that moves to another cluster concerns both', async () => {
    server.objects.put('v1/pods', child('moved'));
    const { reconciled } = await operate();
    await leads();
    server.objects.put('v1/pods', { metadata: { namespace: 'shop', name: 'moved', labels: { 'quorate.io/cluster': 'ledger' } } });
    await eventually('both', () => reconciled.includes('shop/orders') && reconciled.includes('shop/ledger'));
  });

  test('a reconcile is repeated when it asked for that, and ends with its cluster', async () => {
    server.objects.put(clusters, orders);
    const { reconciled } = await operate();
    await leads();
    await eventually('the first reconcile', () => reconciled.length === 1);
    await clock.advance(30_000);
    expect(reconciled).toHaveLength(4);
    server.objects.remove(clusters, 'shop', 'orders');
    await eventually('the last reconcile', () => reconciled.length === 5);
    await clock.advance(60_000);
    expect(reconciled).toHaveLength(5);
  });

  test('S20: at rest nothing is written but the lease', async () => {
    server.objects.put(clusters, orders);
    await operate();
    await leads();
    await clock.advance(1_000);
    const before = server.requests.length;
    for (let second = 0; second < 60; second += 1) await clock.advance(1_000);
    const since = server.requests.slice(before);
    const writes = since.filter(({ method }) => method !== 'GET');
    expect(new Set(writes.map(({ place }) => place.collection))).toEqual(new Set([leases]));
    expect(writes.length).toBeLessThanOrEqual(30);
    expect(since.length).toBe(writes.length);
  });

  test('two operators: one works, the other stands by with warm caches and takes over when the first is stopped', async () => {
    server.objects.put(clusters, orders);
    const one = await operate({ identity: 'one' });
    await leads();
    const two = await operate({ identity: 'two-b' });
    await eventually('both watch', () => server.openWatchCount === 2 * watchesPerNamespace);
    await clock.advance(20_000);
    expect(one.reconciled.length).toBeGreaterThan(1);
    expect(two.reconciled).toEqual([]);
    expect(await read(two.port, '/readyz')).toEqual([200, 'stands by\n']);
    await one.stop();
    const listsBefore = server.listRequests.length;
    await clock.advance(3_000);
    await eventually('the takeover', () => two.reconciled.length > 0);
    expect(server.listRequests.length).toBe(listsBefore);
  });

  test('a lost lease aborts the work under way; the process stays, and works again once it has the lease', async () => {
    server.objects.put(clusters, orders);
    const signals: AbortSignal[] = [];
    const work: Work = (_key, signal) =>
      new Promise((_resolve, reject) => {
        signals.push(signal);
        signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
      });
    const { port } = await operate({ work });
    await leads();
    await eventually('the work', () => signals.length === 1);
    server.fail({ type: 'answer', status: 500 }, ({ place }) => place.collection === leases, 1_000);
    for (let second = 0; second < LEASE_LIMITS.renewDeadlineMs / 1_000; second += 1) await clock.advance(1_000);
    expect(signals[0]?.aborted).toBe(true);
    expect(await read(port, '/readyz')).toEqual([200, 'stands by\n']);
    expect(signals).toHaveLength(1);
    server.forgive();
    for (let second = 0; second < 20 && signals.length === 1; second += 1) await clock.advance(1_000);
    await eventually('the work again', () => signals.length === 2);
    expect(await read(port, '/readyz')).toEqual([200, 'leads\n']);
  });

  test('SIGTERM in the middle of work: it is aborted, the lease is given back, and only then the process ends', async () => {
    server.objects.put(clusters, orders);
    let aborted = false;
    let holderAtEnd: unknown = null;
    const holder = (): unknown =>
      (server.objects.get(leases, 'quorate', 'operator')?.spec as { holderIdentity?: string }).holderIdentity;
    const work: Work = (_key, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted = true;
          holderAtEnd = holder();
          resolve({ requeueAfterMs: 0 });
        });
      });
    const { stop, reconciled } = await operate({ work });
    await leads();
    await eventually('the work', () => reconciled.length === 1);
    await stop();
    expect([aborted, holderAtEnd, holder()]).toEqual([true, 'one', '']);
  });

  test('namespaces of a list are watched one by one, and no other', async () => {
    server.objects.put(clusters, orders);
    server.objects.put(clusters, { metadata: { namespace: 'bank', name: 'ledger' } });
    server.objects.put(clusters, { metadata: { namespace: 'elsewhere', name: 'unseen' } });
    const { reconciled, ports } = await operate({ watchNamespaces: ['shop', 'bank'] });
    await eventually('the reconciles', () => reconciled.length === 2);
    expect([...reconciled].sort()).toEqual(['bank/ledger', 'shop/orders']);
    expect(ports.caches.clusters.get('bank', 'ledger')).not.toBeNull();
    expect(new Set(server.listRequests.map(({ place }) => place.namespace))).toEqual(new Set(['shop', 'bank']));
    await eventually('the watches', () => server.openWatchCount === 2 * watchesPerNamespace);
  });

  test('metrics tell of calls, watches, the queue and the lease, in base units', async () => {
    server.objects.put(clusters, orders);
    const { port, reconciled } = await operate();
    await leads();
    await eventually('the first reconcile', () => reconciled.length === 1);
    await settle();
    const [status, text] = await read(port, '/metrics');
    expect(status).toBe(200);
    for (const line of [
      'quorate_operator_kubernetes_requests_total{verb="list",resource="pods",code="2xx"} 1',
      'quorate_operator_kubernetes_request_duration_seconds_count{verb="list",resource="pods"} 1',
      'quorate_operator_leader 1',
      'quorate_operator_reconciles_total{outcome="done"} 1',
      'quorate_operator_queue_keys{state="waiting"} 1',
      'quorate_operator_watch_synced{resource="storageclusters",namespace=""} 1',
      'quorate_operator_cached_objects{resource="storageclusters",namespace=""} 1',
      'quorate_operator_watch_opens_total{resource="pods",namespace=""} 1',
      'quorate_operator_events_dropped_total 0',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect((await read(port, '/elsewhere'))[0]).toBe(404);
  });

  test('work that ignores its deadline turns health red, so that the process is replaced', async () => {
    server.objects.put(clusters, orders);
    let release = (): void => undefined;
    const work: Work = () => new Promise((resolve) => (release = () => resolve({ requeueAfterMs: null })));
    const { port, reconciled } = await operate({ work });
    await leads();
    await eventually('the work', () => reconciled.length === 1);
    const limitMs = QUEUE_LIMITS.workDeadlineMs + QUEUE_LIMITS.stuckAfterMs;
    for (let passedMs = 0; passedMs < limitMs; passedMs += 1_000) await clock.advance(1_000);
    expect((await read(port, '/healthz'))[0]).toBe(200);
    await clock.advance(1_000);
    expect(await read(port, '/healthz')).toEqual([503, 'a reconcile goes on long after its deadline\n']);
    release();
    await settle();
    expect((await read(port, '/healthz'))[0]).toBe(200);
  });

  test('a port that is taken ends the operator with the reason', async () => {
    const { port } = await operate();
    const registry = new Registry();
    const refused = runOperator({
      settings: { ...operating[0]!.ports.settings, identity: 'late', port },
      log: silentLog,
      clock,
      random: new SeededRandom(9),
      registry,
      createReconciler: () => ({ reconcile: restful }),
      signal: new AbortController().signal,
    });
    await expect(refused).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
