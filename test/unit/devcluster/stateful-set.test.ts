/** The StatefulSet controller's rules, as the operator meets them, and those that it does not use. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PATCH_TYPES } from '../../../src/devcluster/model/request.ts';
import { field, statefulSet } from '../../support/model-api.ts';
import { ClusterFixture } from '../../support/model-cluster.ts';

const sets = '/apis/apps/v1/namespaces/shop/statefulsets';
const orders = `${sets}/orders`;
const claims = '/api/v1/namespaces/shop/persistentvolumeclaims';
const pods = '/api/v1/namespaces/shop/pods';
const revisions = '/apis/apps/v1/namespaces/shop/controllerrevisions';

let model: ClusterFixture;
beforeEach(async () => {
  model = new ClusterFixture();
  model.namespace('shop');
  model.cluster.addNodes(3);
  await model.clock.advance(1_000);
});
afterEach(() => model.cluster.stop());

const data = {
  metadata: { name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};
const onDelete = { podManagementPolicy: 'Parallel', updateStrategy: { type: 'OnDelete' } };

function withImage(image: string): object {
  return { spec: { template: { spec: { containers: [{ name: 'node', image }] } } } };
}

async function create(spec: object): Promise<void> {
  model.call('POST', sets, statefulSet('orders', spec));
  await model.clock.advance(50);
}

async function ready(count: number): Promise<void> {
  await model.until(`${count} ready`, () => model.readyPods().length === count && model.pods().length === count);
}

function change(patch: object): void {
  model.call('PATCH', orders, patch, { contentType: PATCH_TYPES.strategic });
}

function images(): readonly unknown[] {
  return model.get(pods).items.map((pod) => field(pod, 'spec.containers.0.image'));
}

describe('identity', () => {
  test('each ordinal has its name, its place in the DNS, its claim and its revision', async () => {
    await create({ ...onDelete, replicas: 2, volumeClaimTemplates: [data] });
    await ready(2);
    const { updateRevision } = model.get(orders).status as { readonly updateRevision: string };
    expect(model.pod('orders-1')).toMatchObject({
      metadata: {
        labels: {
          app: 'orders',
          'statefulset.kubernetes.io/pod-name': 'orders-1',
          'apps.kubernetes.io/pod-index': '1',
          'controller-revision-hash': updateRevision,
        },
        ownerReferences: [{ kind: 'StatefulSet', name: 'orders', controller: true, blockOwnerDeletion: true }],
      },
      spec: {
        hostname: 'orders-1',
        subdomain: 'orders',
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-orders-1' } }, {}],
      },
    });
    expect(model.names(claims)).toEqual(['data-orders-0', 'data-orders-1']);
    expect(model.get(`${claims}/data-orders-0`)).toMatchObject({
      metadata: { labels: { app: 'orders' } },
      status: { phase: 'Bound' },
    });
    expect(model.names(revisions)).toEqual([updateRevision]);
  });

  test('spec.ordinals.start moves them all', async () => {
    await create({ ...onDelete, replicas: 2, ordinals: { start: 5 } });
    await ready(2);
    expect(model.names(pods)).toEqual(['orders-5', 'orders-6']);
  });

  test('status counts, and names the generation that it speaks of', async () => {
    await create({ ...onDelete, replicas: 2 });
    await ready(2);
    await model.clock.advance(100);
    expect(model.get(orders).status).toMatchObject({
      observedGeneration: 1,
      replicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      updatedReplicas: 2,
    });
  });
});

describe('scaling', () => {
  test('Parallel: all at once, ready or not, up and down', async () => {
    model.behaviour.hasImage = () => false;
    await create({ ...onDelete, replicas: 3 });
    await model.clock.advance(500);
    expect(model.names(pods)).toEqual(['orders-0', 'orders-1', 'orders-2']);
    model.merge(`${orders}/scale`, { spec: { replicas: 1 } });
    await model.clock.advance(200);
    expect(model.names(pods)).toEqual(['orders-0']);
  });

  test('OrderedReady: one after the other, the next only when all before it are ready', async () => {
    let answers = false;
    model.behaviour.ready = () => answers;
    const probe = { httpGet: { path: '/readyz', port: 80 }, periodSeconds: 1 };
    const template = {
      metadata: { labels: { app: 'orders' } },
      spec: { containers: [{ name: 'node', image: 'a:1', readinessProbe: probe }] },
    };
    await create({ replicas: 3, template });
    await model.clock.advance(10_000);
    expect(model.names(pods)).toEqual(['orders-0']);
    answers = true;
    await ready(3);
  });

  test('OrderedReady: down from the highest ordinal, one after the other', async () => {
    model.behaviour.stopMs = 2_000;
    await create({ replicas: 3 });
    await ready(3);
    model.merge(`${orders}/scale`, { spec: { replicas: 0 } });
    await model.clock.advance(1_000);
    expect(model.pods().map((pod) => pod.split(' ').slice(2).join(' '))).toEqual(['ready', 'ready', 'ready going']);
    await model.until('all gone', () => model.pods().length === 0);
  });

  test('a pod that was deleted comes back under its name, on its claim, once it is gone', async () => {
    await create({ ...onDelete, replicas: 1, volumeClaimTemplates: [data] });
    await ready(1);
    const before = model.pod('orders-0');
    const claim = model.get(`${claims}/data-orders-0`);
    model.call('DELETE', `${pods}/orders-0`);
    await model.until(
      'the next',
      () => model.readyPods().length === 1 && model.pod('orders-0').metadata.uid !== before.metadata.uid,
    );
    expect(model.get(`${claims}/data-orders-0`).metadata.uid).toBe(claim.metadata.uid);
    expect(model.pod('orders-0').spec.nodeName).toBe(before.spec.nodeName);
  });

  test('no pod is made on a claim that is on its way out', async () => {
    await create({ ...onDelete, replicas: 1, volumeClaimTemplates: [data] });
    await ready(1);
    const { uid } = model.get(`${claims}/data-orders-0`).metadata;
    model.merge(`${claims}/data-orders-0`, { metadata: { finalizers: ['kubernetes.io/pvc-protection', 'x.io/hold'] } });
    model.call('DELETE', `${claims}/data-orders-0`);
    model.call('DELETE', `${pods}/orders-0`);
    await model.clock.advance(5_000);
    expect(model.pods()).toEqual([]);
    model.merge(`${claims}/data-orders-0`, { metadata: { finalizers: null } });
    await ready(1);
    expect(model.get(`${claims}/data-orders-0`).metadata.uid).not.toBe(uid);
  });
});

describe('updates', () => {
  test('OnDelete: no pod is touched; one that comes back is of the update revision; currentRevision never moves', async () => {
    await create({ ...onDelete, replicas: 3 });
    await ready(3);
    const before = model.get(orders).status as { readonly currentRevision: string; readonly updateRevision: string };
    expect(before.currentRevision).toBe(before.updateRevision);
    change(withImage('quorate:0.2.0'));
    await model.clock.advance(20_000);
    expect(images()).toEqual(['quorate:0.1.0', 'quorate:0.1.0', 'quorate:0.1.0']);
    const after = model.get(orders).status as { readonly currentRevision: string; readonly updateRevision: string };
    expect(after.currentRevision).toBe(before.currentRevision);
    expect(after.updateRevision).not.toBe(before.updateRevision);
    for (const ordinal of [2, 0, 1]) {
      model.call('DELETE', `${pods}/orders-${ordinal}`);
      await model.clock.advance(5_000);
      await ready(3);
    }
    expect(images()).toEqual(['quorate:0.2.0', 'quorate:0.2.0', 'quorate:0.2.0']);
    expect(model.get(orders).status).toMatchObject({
      currentRevision: before.currentRevision,
      updateRevision: after.updateRevision,
      updatedReplicas: 3,
    });
  });

  test('a template that comes back is its old revision, under a new number', async () => {
    await create({ ...onDelete, replicas: 1 });
    await ready(1);
    const first = field(model.get(orders), 'status.updateRevision');
    change(withImage('quorate:0.2.0'));
    await model.clock.advance(100);
    change(withImage('quorate:0.1.0'));
    await model.clock.advance(100);
    expect(field(model.get(orders), 'status.updateRevision')).toBe(first);
    expect(model.names(revisions)).toHaveLength(2);
    expect(field(model.get(`${revisions}/${String(first)}`), 'revision')).toBe(3);
  });

  test('a change of replicas is no new revision', async () => {
    await create({ ...onDelete, replicas: 1 });
    model.merge(orders, { spec: { replicas: 2 } });
    await ready(2);
    expect(model.names(revisions)).toHaveLength(1);
  });

  test('RollingUpdate: from the highest ordinal, one at a time, down to the partition', async () => {
    await create({ podManagementPolicy: 'Parallel', replicas: 3 });
    await ready(3);
    model.merge(orders, { spec: { updateStrategy: { rollingUpdate: { partition: 1 } } } });
    change(withImage('quorate:0.2.0'));
    await model.clock.advance(20_000);
    await ready(3);
    expect(images()).toEqual(['quorate:0.1.0', 'quorate:0.2.0', 'quorate:0.2.0']);
    model.merge(orders, { spec: { updateStrategy: { rollingUpdate: { partition: 0 } } } });
    await model.until('the roll', () => images().every((image) => image === 'quorate:0.2.0') && model.readyPods().length === 3);
    await model.clock.advance(100);
    const status = model.get(orders).status as { readonly currentRevision: string; readonly updateRevision: string };
    expect(status.currentRevision).toBe(status.updateRevision);
  });

  test('RollingUpdate to a broken image stops at the first pod, and the way back needs its deletion', async () => {
    await create({ replicas: 3 });
    await ready(3);
    change(withImage('missing:1'));
    await model.clock.advance(60_000);
    expect(model.readyPods()).toEqual(['orders-0', 'orders-1']);
    change(withImage('quorate:0.1.0'));
    await model.clock.advance(60_000);
    expect(model.readyPods()).toEqual(['orders-0', 'orders-1']);
    model.call('DELETE', `${pods}/orders-2`);
    await ready(3);
  });

  test('old revisions are kept up to the limit', async () => {
    await create({ ...onDelete, replicas: 0, revisionHistoryLimit: 2 });
    for (let version = 1; version <= 6; version += 1) {
      change(withImage(`quorate:${version}`));
      await model.clock.advance(100);
    }
    // The current one and that of the update are no history.
    expect(model.names(revisions)).toHaveLength(4);
  });
});

describe('claims', () => {
  const policy = (whenDeleted: string, whenScaled: string): object => ({
    ...onDelete,
    replicas: 2,
    volumeClaimTemplates: [data],
    persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled },
  });

  test('Retain: they stay, whoever goes', async () => {
    await create(policy('Retain', 'Retain'));
    await ready(2);
    model.merge(`${orders}/scale`, { spec: { replicas: 1 } });
    await ready(1);
    model.call('DELETE', orders);
    await model.until('no pods', () => model.pods().length === 0);
    expect(model.names(claims)).toEqual(['data-orders-0', 'data-orders-1']);
  });

  test('Delete when scaled: on replicas, not on what anybody decided about the member', async () => {
    await create(policy('Retain', 'Delete'));
    await ready(2);
    model.merge(`${orders}/scale`, { spec: { replicas: 1 } });
    await model.until('the claim', () => !model.exists(`${claims}/data-orders-1`));
    expect(model.names(claims)).toEqual(['data-orders-0']);
  });

  test('Delete when deleted: with the set', async () => {
    await create(policy('Delete', 'Retain'));
    await ready(2);
    model.call('DELETE', orders);
    await model.until('the claims', () => model.names(claims).length === 0);
  });
});

describe('without the set', () => {
  test('deleted with Orphan its pods stay, and another set by its name takes them over', async () => {
    await create({ ...onDelete, replicas: 2, volumeClaimTemplates: [data] });
    await ready(2);
    const uids = model.get(pods).items.map(({ metadata }) => metadata.uid);
    model.call('DELETE', orders, { propagationPolicy: 'Orphan' });
    await model.until('the set', () => !model.exists(orders));
    await model.clock.advance(5_000);
    expect(model.pod('orders-0').metadata.ownerReferences ?? []).toEqual([]);
    await create({
      ...onDelete,
      replicas: 2,
      volumeClaimTemplates: [{ ...data, spec: { ...data.spec, resources: { requests: { storage: '2Gi' } } } }],
    });
    await model.clock.advance(1_000);
    const { uid } = model.get(orders).metadata;
    expect(model.get(pods).items.map(({ metadata }) => metadata.uid)).toEqual(uids);
    expect(model.pod('orders-1').metadata.ownerReferences).toMatchObject([{ uid, controller: true }]);
    expect(field(model.get(orders), 'status.replicas')).toBe(2);
    expect(model.names(revisions)).toHaveLength(1);
  });

  test('deleted in the foreground it goes after its pods', async () => {
    await create({ ...onDelete, replicas: 2 });
    await ready(2);
    model.call('DELETE', orders, { propagationPolicy: 'Foreground' });
    await model.clock.advance(100);
    expect(model.get(orders).metadata).toMatchObject({ finalizers: ['foregroundDeletion'] });
    await model.until('both', () => !model.exists(orders));
    expect(model.pods()).toEqual([]);
  });
});
