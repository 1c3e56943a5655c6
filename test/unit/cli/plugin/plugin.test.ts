/** The plugin against an API server over HTTP: what is read, what is written, and what is said when something is missing. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { API_VERSION, KIND } from '../../../../src/api/storage-cluster.ts';
import { RESTARTED_ANNOTATION } from '../../../../src/cli/plugin/restart-command.ts';
import { SYSTEM_CLOCK } from '../../../../src/operator/system.ts';
import { KubeconfigFile, runWords } from '../../../support/command-line.ts';
import type { Ran, RunOptions } from '../../../support/command-line.ts';
import { FakeApiServer } from '../../../support/fake-api-server.ts';
import type { FakeRequest } from '../../../support/fake-api-server.ts';

const CLUSTERS = 'quorate.io/v1alpha1/storageclusters';
const nowMs = Date.parse('2026-03-01T12:00:00Z');
const clock = { ...SYSTEM_CLOCK, wallMs: () => nowMs };

let server: FakeApiServer;
let kubeconfig: KubeconfigFile;

beforeEach(async () => {
  server = new FakeApiServer();
  await server.start();
  kubeconfig = new KubeconfigFile(server.url);
});

afterEach(async () => {
  await server.stop();
  kubeconfig.remove();
});

function run(words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return runWords(words, { env: kubeconfig.env, clock, ...options });
}

function putCluster(name: string, spec: object = {}, status: object = {}, namespace = 'shop'): void {
  const seen = { observedAt: new Date(nowMs - 5_000).toISOString(), phase: 'Ready', ready: '3/3', ...status };
  server.objects.put(CLUSTERS, {
    apiVersion: API_VERSION,
    kind: KIND,
    metadata: { name, namespace, ...{ generation: 1 } },
    spec: { version: '0.1.0', ...spec },
    status: seen,
  });
}

function deny(matches: (request: FakeRequest) => boolean, status = 403): void {
  server.fail(
    { type: 'answer', status, reason: status === 403 ? 'Forbidden' : 'Unauthorized' },
    matches,
    Number.MAX_SAFE_INTEGER,
  );
}

describe('status', () => {
  test('names one, lists those of a namespace, and those of all', async () => {
    putCluster('orders');
    putCluster('stock');
    putCluster('ledger', {}, {}, 'bank');
    const heads = ({ out }: Ran) =>
      out
        .split('\n')
        .filter((line) => /^\w+\/\w+ {2}/.test(line))
        .map((line) => line.split(' ')[0]);
    expect(heads(await run(['status', 'stock']))).toEqual(['shop/stock']);
    expect(heads(await run(['status', 'stc/stock']))).toEqual(['shop/stock']);
    expect(heads(await run(['status']))).toEqual(['shop/orders', 'shop/stock']);
    expect(heads(await run(['status', '-n', 'bank']))).toEqual(['bank/ledger']);
    expect(heads(await run(['status', '-A']))).toEqual(['bank/ledger', 'shop/orders', 'shop/stock']);
  });

  test('-o json is an object for a name and a list without one; yaml says the same', async () => {
    putCluster('orders');
    const { out } = await run(['status', 'orders', '-o', 'json']);
    expect(JSON.parse(out)).toMatchObject({ namespace: 'shop', name: 'orders', phase: 'Ready', ready: '3/3', stale: false });
    expect(JSON.parse((await run(['status', '-o', 'json'])).out)).toHaveLength(1);
    expect((await run(['status', 'orders', '-o', 'yaml'])).out).toContain('phase: Ready\nready: 3/3\n');
  });

  test('--watch prints again when something has changed, until the end', async () => {
    putCluster('orders');
    const end = new AbortController();
    let looks = 0;
    const schedule: typeof clock.schedule = (delayMs, callback) => {
      // Deadlines of calls are longer than the pause between two looks.
      if (delayMs !== 2_000) return SYSTEM_CLOCK.schedule(delayMs, callback);
      looks += 1;
      if (looks === 2) putCluster('orders', {}, { phase: 'Degraded' });
      if (looks === 3) end.abort();
      return SYSTEM_CLOCK.schedule(0, callback);
    };
    const { code, out } = await run(['status', 'orders', '--watch'], { clock: { ...clock, schedule }, signal: end.signal });
    expect(code).toBe(0);
    expect(out.match(/shop\/orders {2}\w+/g)).toEqual(['shop/orders  Ready', 'shop/orders  Degraded']);
  });

  test.each([
    [['status', 'order'], 3, 'there is no StorageCluster order in namespace shop, did you mean orders?'],
    [['status', '-n', 'empty'], 3, 'there is no StorageCluster in namespace empty'],
    [['status', '-o', 'xml'], 2, '--output is json or yaml, not xml'],
    [['status', '-A', 'orders'], 2, '--all-namespaces and a name exclude each other'],
    [['status', '--context', 'other'], 2, '--context other is not in the kubeconfig, which has fake'],
    [['status', '--kubeconfig', '/nowhere/config'], 2, '--kubeconfig /nowhere/config: there is no such file'],
    [['events'], 1, 'there are several StorageClusters in namespace shop, name one: orders, stock'],
  ])('%j', async (words, code, message) => {
    putCluster('orders');
    putCluster('stock');
    const ran = await run(words);
    expect({ code: ran.code, out: ran.out }).toEqual({ code, out: '' });
    expect(ran.err).toContain(message);
  });

  test('a missing right is named as RBAC names it, with exit code 4', async () => {
    putCluster('orders');
    deny(() => true);
    expect(await run(['status', 'orders'])).toEqual({
      code: 4,
      out: '',
      err: 'quorate status: needs `get` on `storageclusters.quorate.io` in namespace shop\n',
    });
    expect((await run(['status', '-A'])).err).toContain('needs `list` on `storageclusters.quorate.io` in all namespaces');
  });

  test('credentials that are not accepted are another matter than rights', async () => {
    deny(() => true, 401);
    const { code, err } = await run(['status']);
    expect(code).toBe(4);
    expect(err).toContain('does not accept your credentials (401): log in again');
  });

  test('an API server that is not there is exit code 5, and a kubeconfig that is not there says where it was looked for', async () => {
    await server.stop();
    const { code, err } = await run(['status', 'orders']);
    expect(code).toBe(5);
    expect(err).toMatch(/the API server at http:\S+ cannot be reached/);
    const without = await run(['status'], { env: { HOME: '/nowhere' } });
    expect(without.code).toBe(1);
    expect(without.err).toContain('there is no kubeconfig: give one with --kubeconfig FILE or KUBECONFIG');
    await server.start();
  }, 30_000);
});

describe('restart', () => {
  test("changes the pods' template and deletes nothing: the operator does the rest", async () => {
    putCluster('orders', { podTemplate: { metadata: { annotations: { mine: 'stays' } } } });
    const { code, out } = await run(['restart', 'orders']);
    expect(code).toBe(0);
    expect(out).toContain('the restart of orders is ordered');
    expect(server.objects.get(CLUSTERS, 'shop', 'orders')?.spec).toMatchObject({
      podTemplate: { metadata: { annotations: { mine: 'stays', [RESTARTED_ANNOTATION]: '2026-03-01T12:00:00.000Z' } } },
    });
    const writes = server.requests.filter(({ method }) => method !== 'GET');
    expect(writes.map(({ method, place, query }) => [method, place.name, query.fieldManager])).toEqual([
      ['PATCH', 'orders', 'kubectl-quorate'],
    ]);
  });

  test.each([
    [{ paused: true }, 'spec.paused keeps the operator from acting on orders'],
    [{ hibernate: true }, 'orders hibernates: there is no pod to restart'],
    [{ update: { strategy: 'Paused' } }, 'updates of orders are paused: set spec.update.strategy to Rolling first'],
    [{ update: { strategy: 'OnDelete' } }, 'its pods restart when you delete them'],
  ])('an order that would go unheard is refused: %j', async (spec, message) => {
    putCluster('orders', spec);
    const { code, err } = await run(['restart', 'orders']);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('--wait ends when the operator has seen the change and every member is updated and ready', async () => {
    putCluster('orders');
    let looks = 0;
    const condition = (type: string, status: string, message: string) => ({
      type,
      status,
      reason: type === 'Ready' ? 'AllMembersReady' : status === 'True' ? 'AllMembersUpdated' : 'UpdateInProgress',
      message,
      lastTransitionTime: new Date(nowMs).toISOString(),
    });
    const schedule: typeof clock.schedule = (delayMs, callback) => {
      if (delayMs !== 2_000) return SYSTEM_CLOCK.schedule(delayMs, callback);
      looks += 1;
      const isDone = looks === 2;
      const conditions = [
        condition('Ready', 'True', 'All 3 members are ready.'),
        condition(
          'Updated',
          isDone ? 'True' : 'False',
          isDone ? 'Every pod is of the wanted template.' : 'orders-shard-0-0 of the template before.',
        ),
      ];
      putCluster('orders', {}, { observedGeneration: 1, conditions });
      return SYSTEM_CLOCK.schedule(0, callback);
    };
    const { code, out } = await run(['restart', 'orders', '--wait'], { clock: { ...clock, schedule } });
    expect(code).toBe(0);
    expect(out).toContain('orders-shard-0-0 of the template before.');
    expect(out.trimEnd().split('\n').at(-1)).toBe('every member of orders runs anew and is ready');
  });

  test('without `patch` it names the right', async () => {
    putCluster('orders');
    deny(({ method }) => method === 'PATCH');
    expect((await run(['restart', 'orders'])).err).toContain('needs `patch` on `storageclusters.quorate.io` in namespace shop');
  });
});

test('events are those of the cluster and what belongs to it, of both APIs, the youngest last', async () => {
  putCluster('orders');
  const put = (name: string, kind: string, object: string, more: object): void => {
    const event = { metadata: { name, namespace: 'shop' }, regarding: { kind, name: object }, ...more };
    server.objects.put('events.k8s.io/v1/events', event);
  };
  const at = (secondsAgo: number): string => new Date(nowMs - secondsAgo * 1000).toISOString();
  put('a', 'StorageCluster', 'orders', {
    reason: 'EvictPod',
    type: 'Normal',
    note: 'orders-shard-0-1 is outdated',
    eventTime: at(30),
  });
  put('b', 'Pod', 'orders-shard-0-1', {
    reason: 'BackOff',
    type: 'Warning',
    note: 'again\nand again',
    deprecatedLastTimestamp: at(5),
    deprecatedCount: 4,
  });
  put('c', 'Pod', 'orders-shard-0-1-backup', { reason: 'NotOurs', eventTime: at(1) });
  put('d', 'StorageCluster', 'orders-eu', { reason: 'NotOurs', eventTime: at(1) });
  put('e', 'PersistentVolumeClaim', 'data-orders-shard-0-2', {
    reason: 'Resizing',
    series: { count: 7, lastObservedTime: at(12) },
    eventTime: at(90),
  });
  const { code, out } = await run(['events', 'orders']);
  expect(code).toBe(0);
  expect(out).toBe(
    [
      'LAST SEEN  TYPE     REASON    OBJECT                                       COUNT  MESSAGE',
      '30s        Normal   EvictPod  StorageCluster/orders                        1      orders-shard-0-1 is outdated',
      '12s        Normal   Resizing  PersistentVolumeClaim/data-orders-shard-0-2  7',
      '5s         Warning  BackOff   Pod/orders-shard-0-1                         4      again and again',
      '',
    ].join('\n'),
  );
});

describe('logs', () => {
  const line = (secondsAgo: number, msg: string, more: object = {}): string =>
    JSON.stringify({
      level: 30,
      time: new Date(nowMs - secondsAgo * 1000).toISOString(),
      version: '0.1.0',
      member: 'm',
      ...more,
      msg,
    });

  beforeEach(() => {
    putCluster('orders');
    for (const ordinal of [0, 1, 2]) {
      const labels = { 'quorate.io/cluster': 'orders', 'quorate.io/shard': '0', 'app.kubernetes.io/component': 'storage' };
      server.objects.put('v1/pods', { metadata: { name: `orders-shard-0-${ordinal}`, namespace: 'shop', labels } });
    }
    server.podLogs.set('orders-shard-0-0', `${line(9, 'became leader', { term: 3 })}\nno JSON\n`);
    server.podLogs.set('orders-shard-0-1', `${line(10, 'started', { level: 40, path: 'a b' })}\n${line(1, 'ready')}`);
  });

  test('of all members are one stream in order of time, and a member without a log is noted', async () => {
    const { code, out, err } = await run(['logs', 'orders']);
    expect(code).toBe(0);
    expect(out).toBe(
      [
        'orders-shard-0-1 2026-03-01T11:59:50.000Z warn  started path="a b"',
        'orders-shard-0-0 2026-03-01T11:59:51.000Z info  became leader term=3',
        'orders-shard-0-0 no JSON',
        'orders-shard-0-1 2026-03-01T11:59:59.000Z info  ready',
        '',
      ].join('\n'),
    );
    expect(err).toMatch(/^orders-shard-0-2: .*not found\n$/);
  });

  test('of one member come without its name, and raw as they are', async () => {
    expect((await run(['logs', 'orders-shard-0-0', '--raw'])).out).toBe(`${line(9, 'became leader', { term: 3 })}\nno JSON\n`);
    const queries = server.requests.filter(({ place }) => place.subresource === 'log').map(({ query }) => query);
    expect(queries).toEqual([{ container: 'node', tailLines: '100' }]);
  });

  test('options become those of the API', async () => {
    await run(['logs', 'orders-shard-0-0', '--since', '2h', '-p', '-f']);
    await run(['logs', 'orders-shard-0-0', '--tail', 'all']);
    const queries = server.requests.filter(({ place }) => place.subresource === 'log').map(({ query }) => query);
    expect(queries).toEqual([
      { container: 'node', follow: 'true', sinceSeconds: '7200', previous: 'true' },
      { container: 'node' },
    ]);
    expect((await run(['logs', 'orders', '--since', 'yesterday'])).err).toContain('--since is a duration such as 90s');
  });

  test('without `get` on `pods/log` it names the right', async () => {
    deny(({ place }) => place.subresource === 'log');
    const { code, err } = await run(['logs', 'orders-shard-0-0']);
    expect({ code, err }).toEqual({ code: 4, err: 'quorate logs: needs `get` on `pods/log` in namespace shop\n' });
  });
});

test('completion offers the names that are there', async () => {
  putCluster('orders', {}, { members: [{ name: 'orders-shard-0-0', role: 'Leader', ready: true }] });
  server.objects.put('v1/namespaces', { metadata: { name: 'bank' } });
  expect((await run(['__complete', 'status', 'o'])).out).toBe('orders\tStorageCluster\n:4\n');
  expect((await run(['__complete', 'promote', ''])).out).toBe('orders-shard-0-0\tmember of orders\n:4\n');
  expect((await run(['__complete', 'status', '-n', ''])).out).toBe('bank\n:4\n');
  expect((await run(['__complete', 'status', '--context', ''])).out).toBe('fake\n:4\n');
});
