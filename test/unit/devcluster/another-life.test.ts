/**
 * What the operator planned on an object reaches the API server after that object is gone, and perhaps another one of its name is there: each
 * write then changes nothing, makes nothing anew, and is no news for people. The model answers as kube-apiserver 1.34 does.
 */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { parseStorageCluster } from '../../../src/api/storage-cluster.ts';
import { ModelTransport } from '../../../src/devcluster/model-transport.ts';
import { ADMIN } from '../../../src/devcluster/model/request.ts';
import { execute } from '../../../src/operator/execute.ts';
import type { ExecuteTarget } from '../../../src/operator/execute.ts';
import { KubernetesClient } from '../../../src/operator/kubernetes/client.ts';
import { STATEFUL_SETS } from '../../../src/operator/kubernetes/resources.ts';
import type { StatefulSet } from '../../../src/operator/kubernetes/objects.ts';
import { ChildrenMemory } from '../../../src/operator/observed-children.ts';
import type { Action } from '../../../src/operator/plan/step.ts';
import { present } from '../../../src/shared/assert.ts';
import { SeededRandom } from '../../../src/shared/random.ts';
import type { ClusterId, MemberId } from '../../../src/shared/ids.ts';
import { field } from '../../support/model-api.ts';
import { clusters, OperatorModel } from '../../support/operator-model.ts';

jest.setTimeout(60_000);

const orders = `${clusters}/orders`;
const shop = '/api/v1/namespaces/shop';
const member = 'orders-shard-0-1';
const claim = `${shop}/persistentvolumeclaims/data-${member}`;
const pod = `${shop}/pods/${member}`;
const set = '/apis/apps/v1/namespaces/shop/statefulsets/orders-shard-0';
const budget = '/apis/policy/v1/namespaces/shop/poddisruptionbudgets/orders-members';
const uid = '00000000-0000-4000-8000-000000000000';

let model: OperatorModel;
let api: KubernetesClient;
let target: ExecuteTarget;

beforeEach(async () => {
  model = new OperatorModel();
  const { stop } = model.run('one');
  const metadata = { name: 'orders', namespace: 'shop' };
  model.apply(orders, { apiVersion: 'quorate.io/v1alpha1', kind: 'StorageCluster', metadata, spec: { version: '0.1.0' } });
  await model.untilReady(3);
  await stop();
  const { clock } = model;
  const transport = new ModelTransport({ api: model.api, user: ADMIN, userAgent: 'test/1' });
  api = new KubernetesClient({ transport, clock, random: new SeededRandom(1) });
  const parsed = parseStorageCluster(model.get(orders));
  if (!parsed.ok) throw new Error(parsed.reason);
  const statefulSet = await api.get(STATEFUL_SETS, { namespace: 'shop', name: 'orders-shard-0' });
  target = { cluster: parsed.value, statefulSet, pods: new Map(), token: null };
});
afterEach(async () => {
  await model.stop();
});

/** The only failure; there is one, or this fails. */
async function failureOf(action: Action, on: ExecuteTarget = target) {
  const { clock } = model;
  const world = {
    api,
    nodes: model.nodes.client(),
    settings: { imageRepository: 'registry.example/quorate' },
    memory: new ChildrenMemory(),
    drawHex: (digits: number) => 'a'.repeat(digits),
  };
  const running = execute(world, on, [{ ...action, because: 'a test' }], new AbortController().signal);
  await clock.advance(1_000);
  const { done, failed } = await running;
  expect(done).toEqual([]);
  return present(failed[0], 'a failure').failure;
}

const versionOf = (path: string): string => model.get(path).metadata.resourceVersion;

describe('another object of that name', () => {
  const clusterId = '11111111-1111-4111-8111-111111111111' as ClusterId;
  const actions: readonly (readonly [string, string, Action])[] = [
    ['a claim is not grown, and no gate is told', claim, { type: 'grow-claim', claim: `data-${member}`, uid, size: '20Gi' }],
    [
      'a claim gets no owner and no label',
      claim,
      { type: 'apply-claim', claim: `data-${member}`, uid, clusterId, memberId: 'm', owned: true },
    ],
    [
      'S4: a claim is not deleted',
      claim,
      { type: 'delete-claim', claim: `data-${member}`, uid, volumeName: null, keepVolume: false },
    ],
    ['a pod is not labelled', pod, { type: 'label-pod', member, uid, memberId: 'm' as MemberId, role: 'leader' }],
    ['S8: a pod is not deleted', pod, { type: 'delete-broken-pod', member, uid }],
    ['S8: a pod is not evicted', pod, { type: 'evict-pod', member, uid }],
    ['a StatefulSet is not deleted', set, { type: 'recreate-stateful-set', uid, resourceVersion: '5' }],
  ];
  test.each(actions)('%s', async (_, path, action) => {
    const before = versionOf(path);
    expect(await failureOf(action)).toMatchObject({ isPassing: true, gate: null, error: { kind: 'conflict' } });
    expect(versionOf(path)).toBe(before);
  });

  test('a claim that is not bound yet, whose spec may not change either, is not told of as one that can not grow', async () => {
    const claims = `${shop}/persistentvolumeclaims`;
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } };
    model.call('POST', claims, { metadata: { name: 'data-fresh' }, spec });
    const before = versionOf(`${claims}/data-fresh`);
    const action = { type: 'grow-claim', claim: 'data-fresh', uid, size: '20Gi' } as const;
    expect(await failureOf(action)).toMatchObject({ isPassing: true, gate: null, error: { kind: 'conflict' } });
    expect(versionOf(`${claims}/data-fresh`)).toBe(before);
  });

  test('S8: where the budget forbids evictions it is that which is told, and the pod stays', async () => {
    model.cluster.controllers.pause('disruption');
    const { spec } = model.get(budget);
    model.call('PATCH', budget, { spec: { ...spec, maxUnavailable: 0 } }, { contentType: 'application/merge-patch+json' });
    model.merge(`${budget}/status`, { status: { disruptionsAllowed: 0, observedGeneration: 2 } });
    const before = versionOf(pod);
    expect(await failureOf({ type: 'evict-pod', member, uid })).toMatchObject({ isPassing: true, gate: { gate: 'Eviction' } });
    expect(versionOf(pod)).toBe(before);
  });

  test('S6: a StorageCluster that was made anew gets neither status nor annotation of the one before', async () => {
    const { cluster } = target;
    model.call('DELETE', orders);
    const metadata = { name: 'orders', namespace: 'shop' };
    model.apply(orders, { apiVersion: 'quorate.io/v1alpha1', kind: 'StorageCluster', metadata, spec: { version: '0.1.0' } });
    const before = versionOf(orders);
    const generation = present(cluster.status?.generation, 'a generation');
    for (const action of [
      { type: 'record-identity', clusterId, generation },
      { type: 'record-founding', clusterId, generation, epoch: 1, members: [] },
      { type: 'order-replacement', annotation: 'x' },
    ] as const) {
      expect(await failureOf(action)).toMatchObject({ isPassing: true, error: { kind: 'conflict' } });
    }
    expect(versionOf(orders)).toBe(before);
    expect(model.get(orders).status).toBeUndefined();
  });
});

describe('an apply', () => {
  const planned = (replicas: number): Action => ({
    type: 'apply-stateful-set',
    replicas,
    replicasBefore: 3,
    resourceVersion: present(target.statefulSet, 'a set').metadata.resourceVersion,
  });

  test('makes no StatefulSet anew that is gone', async () => {
    model.call('DELETE', set, { propagationPolicy: 'Orphan' });
    await model.clock.advance(2_000);
    expect(model.exists(set)).toBe(false);
    expect(await failureOf(planned(2))).toMatchObject({ isPassing: true, error: { kind: 'conflict' } });
    expect(model.exists(set)).toBe(false);
  });

  test('changes no StatefulSet that somebody made anew', async () => {
    const other: StatefulSet = present(target.statefulSet, 'a set');
    const on = { ...target, statefulSet: { ...other, metadata: { ...other.metadata, uid } } };
    const before = versionOf(set);
    expect(await failureOf(planned(2), on)).toMatchObject({ isPassing: true, error: { kind: 'conflict' } });
    expect(versionOf(set)).toBe(before);
  });

  test('S1: planned where there was no StatefulSet, it scales none that another operator has made meanwhile', async () => {
    model.merge(`${set}/scale`, { spec: { replicas: 5 } });
    const blind = { ...target, statefulSet: null };
    const action = { type: 'apply-stateful-set', replicas: 3, replicasBefore: null, resourceVersion: null } as const;
    expect(await failureOf(action, blind)).toMatchObject({ isPassing: true, error: { kind: 'conflict' } });
    expect(field(model.get(set), 'spec.replicas')).toBe(5);
  });

  test('makes no claim anew that is gone', async () => {
    const action = { type: 'apply-claim', claim: 'data-gone', uid, clusterId: null, memberId: null, owned: true } as const;
    expect(await failureOf(action)).toMatchObject({ isPassing: true, error: { kind: 'conflict' } });
    expect(model.exists(`${shop}/persistentvolumeclaims/data-gone`)).toBe(false);
  });
});
