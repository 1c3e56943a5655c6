/**
 * The life of one StorageCluster, in order, each step under a write load: what a user does, and what must not be lost. The steps build on each
 * other, as the user's do.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { present } from '../../src/shared/assert.ts';
import { compareJudges, forgetHistories, keepHistory, keptHistories } from '../support/history/porcupine.ts';
import { Workload } from '../support/history/workload.ts';
import { summarize, verifyWorkload } from '../support/history/verification.ts';
import type { WorkloadReport } from '../support/history/workload.ts';
import type { RespAddress } from '../support/resp-client.ts';
import { createNamespace, leaveNamespace, OPERATOR_NAMESPACE, waitFor } from './kubernetes.ts';
import type { Kubernetes } from './kubernetes.ts';
import { TestCluster } from './test-cluster.ts';

export interface LifecycleOptions {
  /** Acknowledged writes without which a load has shown nothing. */
  readonly writesMin: number;
  /** Where the recorded histories are left for both judges. */
  readonly histories: string;
}

const run = promisify(execFile);
const NAMESPACE = 'e2e-lifecycle';
/** Only to tell a hang from a wait. */
const GAP_MS_MAX = 30_000;
const FIRST = '0.1.0';
const SECOND = '0.2.0';

interface StatefulSet {
  readonly spec: { readonly replicas: number };
}

const spec = {
  replicas: 3,
  version: FIRST,
  storage: { size: '1Gi' },
  podTemplate: { spec: { resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '256Mi' } } } },
};

/** A file of tests of its own, or a part of one. */
export function lifecycle(kubernetes: Kubernetes, { writesMin, histories: folder }: LifecycleOptions): void {
  const orders = new TestCluster(kubernetes, NAMESPACE, 'orders');
  const reports: WorkloadReport[] = [];
  let addresses: readonly RespAddress[] = [];
  let password = '';

  /** Runs `act` under load, then judges what the load saw: nothing lost, every history linearizable. */
  const underLoad = async (name: string, act: (load: Workload) => Promise<void>): Promise<WorkloadReport> => {
    const load = Workload.start({ name, addresses, password, seed: 7 });
    await load.acknowledge(100);
    let report: WorkloadReport;
    try {
      await act(load);
      await load.acknowledge(writesMin, 300_000);
    } finally {
      report = await load.stop();
    }
    console.log(summarize(report));
    reports.push(report);
    await keepHistory({ name, initial: {}, logTimeErrorMs: null, operations: report.operations }, folder);
    expect(await verifyWorkload(report, { addresses, password })).toEqual([]);
    expect(report.acknowledged).toBeGreaterThanOrEqual(writesMin);
    expect(report.longestWriteGapMs).toBeLessThan(GAP_MS_MAX);
    return report;
  };

  describe('a StorageCluster from founding to deletion', () => {
    beforeAll(async () => {
      await forgetHistories(folder);
      await kubernetes.kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=true');
      await kubernetes.installOperator();
      await createNamespace(kubernetes, NAMESPACE);
      await orders.create(spec);
    }, 300_000);

    afterAll(async () => {
      for (const report of reports) console.log(summarize(report));
      await leaveNamespace(kubernetes, NAMESPACE);
    });

    test('is founded, and kubectl shows it: READY 3/3, LEADER, TERM, QUORUM, VERSION, PHASE Ready', async () => {
      const { status } = await orders.ready(3, FIRST);
      const table = (await orders.kubectl('get', 'stc', 'orders')).trim().split('\n');
      expect(table[0]?.split(/\s+/)).toEqual(['NAME', 'READY', 'LEADER', 'TERM', 'QUORUM', 'VERSION', 'PHASE', 'AGE']);
      const row = present(table[1], 'a row').split(/\s+/);
      expect(row.slice(0, 2)).toEqual(['orders', '3/3']);
      expect(row.slice(4, 7)).toEqual(['3/3', FIRST, 'Ready']);
      expect(row[2]).toMatch(/^orders-shard-0-[012]$/);
      expect(status?.clusterId).toBe((await orders.get()).metadata.uid);
      password = await orders.password();
      addresses = await orders.expose();
    });

    test('any Redis client can use any member: followers forward to the leader', async () => {
      for (const ordinal of [0, 1, 2]) {
        const [address] = await orders.expose(`orders-shard-0-${ordinal}`);
        const { host, port } = present(address, 'an address');
        const client = new Redis({ host, port, password, retryStrategy: () => 200 });
        client.on('error', () => undefined);
        expect(await client.set(`greeting:${ordinal}`, 'hello')).toBe('OK');
        expect(await client.get(`greeting:${ordinal}`)).toBe('hello');
        client.disconnect();
      }
      const { host, port } = present(addresses[0], 'an address');
      const nodeRedis = createClient({ socket: { host, port }, password });
      await nodeRedis.connect();
      expect(await nodeRedis.get('greeting:1')).toBe('hello');
      expect(await nodeRedis.multi().set('a', '1').incr('a').exec()).toEqual(['OK', 2]);
      nodeRedis.destroy();
      const { stdout: benchmark } = await run('redis-benchmark', [
        '-h',
        host,
        '-p',
        String(port),
        '-a',
        password,
        '-t',
        'set,get',
        '-c',
        '50',
        '-n',
        '2000',
        '-q',
      ]);
      expect(benchmark).toMatch(/SET: [\d.]+ requests per second/);
      expect(benchmark).toMatch(/GET: [\d.]+ requests per second/);
    });

    test('S19: a wrong password is refused, and without one nothing is told', async () => {
      const { host, port } = present(addresses[0], 'an address');
      const stranger = new Redis({ host, port, password: 'wrong', retryStrategy: () => null, lazyConnect: true });
      stranger.on('error', () => undefined);
      await expect(stranger.connect().then(() => stranger.get('greeting:1'))).rejects.toThrow(/WRONGPASS|NOAUTH|closed/);
      stranger.disconnect();
    });

    test('the pod of the leader is deleted under load: writes go on after an election, nothing acknowledged is lost', async () => {
      await underLoad('leader-kill', async (load) => {
        const leader = await orders.leader();
        await orders.kubectl('delete', 'pod', leader, '--grace-period=0', '--force');
        await load.acknowledgeMore(300);
        await orders.ready(3, FIRST);
      });
    });

    test('S1, S3: 3 → 5 → 3 → 5 under load; members that return do so under new ids', async () => {
      await underLoad('scale', async (load) => {
        await orders.kubectl('scale', 'stc/orders', '--replicas=5');
        const five = await orders.ready(5, FIRST);
        const idsBefore = present(five.status?.members, 'members')
          .filter(({ name }) => /-[34]$/.test(name))
          .map(({ memberId }) => memberId);
        await load.acknowledgeMore(100);
        await orders.kubectl('scale', 'stc/orders', '--replicas=3');
        await orders.ready(3, FIRST);
        await orders.kubectl('scale', 'stc/orders', '--replicas=5');
        const again = await orders.ready(5, FIRST);
        const idsAfter = present(again.status?.members, 'members').map(({ memberId }) => memberId);
        expect(idsAfter).toHaveLength(5);
        for (const id of idsBefore) expect(idsAfter).not.toContain(id);
        await orders.kubectl('scale', 'stc/orders', '--replicas=3');
        await orders.ready(3, FIRST);
      });
    });

    test('S8, S16: to a second build and back half-way, then all the way: followers first, mixed members serve, the level rises last', async () => {
      await underLoad('roll', async (load) => {
        await orders.patch({ version: SECOND });
        await waitFor('a first member of the second build is ready', async () => {
          const members = (await orders.get()).status?.members ?? [];
          return members.some(({ version, ready }) => version === SECOND && ready) ? true : null;
        });
        await load.acknowledgeMore(50);
        await orders.patch({ version: FIRST });
        const back = await orders.ready(3, FIRST);
        expect(back.status?.featureLevel).toBe(1);
        await orders.patch({ version: SECOND });
        await orders.ready(3, SECOND);
        await waitFor('the level is raised', async () => ((await orders.get()).status?.featureLevel === 2 ? true : null));
        for (const ordinal of [0, 1, 2]) {
          expect(await orders.nodeStatus(`orders-shard-0-${ordinal}`)).toMatchObject({
            version: SECOND,
            featureLevelMax: 2,
            featureLevel: 2,
          });
        }
      });
    });

    test('failover needs no operator: with none running, the leader dies, and writes go on', async () => {
      await kubernetes.kubectl('--namespace', OPERATOR_NAMESPACE, 'scale', 'deployment/quorate', '--replicas=0');
      await waitFor('no operator runs', async () =>
        (await kubernetes.kubectl('--namespace', OPERATOR_NAMESPACE, 'get', 'pods', '--output=name')).trim() === '' ? true : null,
      );
      try {
        await underLoad('no-operator', async (load) => {
          await orders.kubectl('delete', 'pod', await orders.leader(), '--grace-period=0', '--force');
          await load.acknowledgeMore(300);
        });
      } finally {
        await kubernetes.kubectl('--namespace', OPERATOR_NAMESPACE, 'scale', 'deployment/quorate', '--replicas=1');
      }
      await orders.ready(3, SECOND);
    });

    test('S4, S7: a StatefulSet scaled to 0 by hand is raised at once; no volume goes', async () => {
      const claims = await orders.kubectl('get', 'pvc', '--output=name');
      await orders.kubectl('scale', 'statefulset/orders-shard-0', '--replicas=0');
      await waitFor('it is raised again', async () =>
        (await orders.object<StatefulSet>('statefulset', 'orders-shard-0')).spec.replicas === 3 ? true : null,
      );
      await orders.ready(3, SECOND);
      expect(await orders.kubectl('get', 'pvc', '--output=name')).toBe(claims);
    });

    test('an operator that is uninstalled leaves the cluster serving; a new install takes it over without a restart', async () => {
      const uids = await orders.uids('pods');
      await kubernetes.uninstallOperator();
      await orders.get();
      const { host, port } = present(addresses[0], 'an address');
      const client = new Redis({ host, port, password, retryStrategy: () => 200 });
      client.on('error', () => undefined);
      expect(await client.set('without', 'an operator')).toBe('OK');
      client.disconnect();
      await kubernetes.installOperator();
      await kubernetes.testOperator();
      await orders.ready(3, SECOND);
      expect(await orders.uids('pods')).toEqual(uids);
    });

    test('S4, S5: deleted, its volumes stay; made again it opens them only with spec.adoptClusterId, and everything is there', async () => {
      const { host, port } = present(addresses[0], 'an address');
      const clusterId = present((await orders.get()).status?.clusterId, 'an id');
      await orders.remove();
      await waitFor('its pods are gone', async () =>
        (await orders.kubectl('get', 'pods', '--output=name')).trim() === '' ? true : null,
      );
      expect((await orders.kubectl('get', 'pvc', '--output=name')).trim().split('\n').length).toBeGreaterThanOrEqual(3);

      await orders.create({ ...spec, version: SECOND });
      const blocked = await waitFor('it names the volumes that it does not open', async () => {
        const { status } = await orders.get();
        return status?.blockedBy?.find(({ unblock }) => unblock.includes('adoptClusterId')) ?? null;
      });
      expect(`${blocked.message} ${blocked.unblock}`).toContain(clusterId);
      await orders.patch({ adoptClusterId: clusterId });
      const adopted = await orders.ready(3, SECOND, 300_000);
      expect(adopted.status?.clusterId).toBe(clusterId);
      password = await orders.password();
      const client = new Redis({ host, port, password, retryStrategy: () => 200 });
      client.on('error', () => undefined);
      expect(await client.get('without')).toBe('an operator');
      client.disconnect();
      for (const report of reports) expect(await verifyWorkload(report, { addresses, password })).toEqual([]);
    });

    test('porcupine, a second judge with a model of its own, finds every recorded history linearizable too', async () => {
      const histories = await keptHistories(folder);
      expect(histories.map(({ name }) => name)).toEqual(['leader-kill', 'no-operator', 'roll', 'scale']);
      for (const { operations } of histories) expect(operations.length).toBeGreaterThan(500);
      expect(await compareJudges(histories)).toEqual({ linearizable: histories.length, notLinearizable: 0, disagreements: [] });
    });
  });
}
