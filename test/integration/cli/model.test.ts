/** `kubectl quorate` on the model of Kubernetes, with the production operator at work in it: its defaults, schemas and controllers are real. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { ApiHttpServer } from '../../../src/devcluster/http/server.ts';
import { KubeconfigFile, runWords } from '../../support/command-line.ts';
import type { Ran } from '../../support/command-line.ts';
import { clusters, OperatorModel } from '../../support/operator-model.ts';
import { SYSTEM_CLOCK } from '../../../src/operator/system.ts';

/** Minutes of virtual time are seconds of real time. */
jest.setTimeout(60_000);

let model: OperatorModel;
let operator: ReturnType<OperatorModel['run']>;
let server: ApiHttpServer;
let kubeconfig: KubeconfigFile;

beforeEach(async () => {
  model = new OperatorModel();
  operator = model.run('one');
  const metadata = { name: 'orders', namespace: 'shop' };
  const body = { apiVersion: 'quorate.io/v1alpha1', kind: 'StorageCluster', metadata, spec: { version: '0.1.0', replicas: 3 } };
  model.apply(`${clusters}/orders`, body, 'kubectl');
  await model.untilReady(3);
  server = new ApiHttpServer({ api: model.api, clock: model.clock });
  kubeconfig = new KubeconfigFile(`http://127.0.0.1:${await server.listen(0)}`);
});

afterEach(async () => {
  await server.close();
  await model.stop();
  kubeconfig.remove();
});

/** Its calls take real time; what it calls now is the model's. */
function run(...words: string[]): Promise<Ran> {
  const clock = { ...SYSTEM_CLOCK, wallMs: () => model.clock.wallMs() };
  return runWords(words, { env: kubeconfig.env, clock, program: 'kubectl quorate' });
}

test('status shows the cluster that the operator made, and Unknown once nobody has looked for ten minutes', async () => {
  const { code, out, err } = await run('status', 'orders');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    /^shop\/orders {2}Ready {2}3\/3 members ready, quorum 3\/3, leader orders-shard-0-\d in term \d+, version 0\.1\.0/,
  );
  expect(out.match(/Follower +ready +lag 0/g)).toHaveLength(2);
  expect(out).toMatch(/Ready +True +AllMembersReady/);
  expect(out).not.toContain('Blocked');
  await operator.stop();
  await model.clock.advance(660_000);
  expect((await run('status', 'orders')).out).toMatch(/^shop\/orders {2}Unknown {2}no confirmed leader, seen 1[0-9]m ago/);
});

test('explain finds no child to put right at rest: what the API server filled in is no difference', async () => {
  const { code, out } = await run('explain', 'orders', '-o', 'json');
  expect(code).toBe(0);
  const view = JSON.parse(out) as { source: string; unseen: string[]; steps: { type: string; because: string }[] };
  expect(view).toMatchObject({ source: 'planned', unseen: [] });
  expect(view.steps.filter(({ type }) => /^(apply|create|delete)-(child|secret|stateful-set)$/.test(type))).toEqual([]);
});

test('restart is a change that the resource takes, and the operator restarts every member by it', async () => {
  const pods = (): readonly string[] => model.get('/api/v1/namespaces/shop/pods').items.map(({ metadata }) => metadata.uid);
  const before = pods();
  const { code, out, err } = await run('restart', 'orders');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain('the restart of orders is ordered');
  await model.until('every pod is another one', () => pods().length === 3 && pods().every((uid) => !before.includes(uid)));
  await model.untilReady(3);
  const events = await run('events', 'orders');
  expect(events.code).toBe(0);
  expect(events.out.match(/Normal +EvictPod +StorageCluster\/orders/g)?.length).toBe(3);
  expect(events.out).toMatch(/Normal +TransferLeadership +StorageCluster\/orders/);
});

test('a restart that nobody would carry out is not ordered', async () => {
  model.merge(`${clusters}/orders`, { spec: { paused: true } });
  const { code, err } = await run('restart', 'orders');
  expect({ code, err }).toEqual({
    code: 1,
    err: 'kubectl quorate restart: spec.paused keeps the operator from acting on orders: take it away first\n',
  });
});

test('without the chart there are no StorageClusters, and it says what to install', async () => {
  await operator.stop();
  model.call('DELETE', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/storageclusters.quorate.io');
  await model.until('the kind is gone', () => !model.exists(clusters));
  for (const words of [['status', 'orders'], ['members', 'orders'], ['status']]) {
    const { code, err } = await run(...words);
    expect(code).not.toBe(0);
    expect(err).toContain('this Kubernetes cluster knows no StorageClusters: install the chart');
  }
});
