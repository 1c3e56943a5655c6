/** What the other controllers do: owners and what they own, namespaces, budgets, endpoints, workloads. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PATCH_TYPES } from '../../../src/devcluster/model/request.ts';
import { field, statefulSet } from '../../support/model-api.ts';
import { ClusterFixture } from '../../support/model-cluster.ts';

const shop = '/api/v1/namespaces/shop';
const maps = `${shop}/configmaps`;
const pods = `${shop}/pods`;
const sets = '/apis/apps/v1/namespaces/shop/statefulsets';
const parallel = { podManagementPolicy: 'Parallel', updateStrategy: { type: 'OnDelete' } };

let model: ClusterFixture;
beforeEach(async () => {
  model = new ClusterFixture();
  model.namespace('shop');
  model.cluster.addNodes(3);
  await model.clock.advance(1_000);
});
afterEach(() => model.cluster.stop());

interface Owner {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly uid: string };
}

function map(name: string, ...owners: readonly Owner[]): Owner {
  const ownerReferences = owners.map(({ kind, metadata }) => ({
    apiVersion: 'v1',
    kind,
    name: metadata.name,
    uid: metadata.uid,
    blockOwnerDeletion: true,
  }));
  return model.call('POST', maps, { metadata: { name, ownerReferences } });
}

async function readyPods(count: number): Promise<void> {
  await model.until(`${count} ready`, () => model.readyPods().length === count);
}

describe('garbage', () => {
  test('what an owner leaves behind goes, generation by generation', async () => {
    const one = map('one');
    const two = map('two', one);
    map('three', two);
    map('free');
    model.call('DELETE', `${maps}/one`);
    await model.clock.advance(1_000);
    expect(model.names(maps)).toEqual(['free', 'kube-root-ca.crt']);
  });

  test('with one owner of two left it stays, and forgets the other', async () => {
    const [one, two] = [map('one'), map('two')];
    map('child', one, two);
    model.call('DELETE', `${maps}/one`);
    await model.clock.advance(1_000);
    expect(model.get(`${maps}/child`).metadata.ownerReferences).toMatchObject([{ name: 'two' }]);
    expect(model.get(`${maps}/child`).metadata.ownerReferences).toHaveLength(1);
  });

  test('an owner is known by its UID: a namesake owns nothing', async () => {
    const one = map('one');
    map('child', { ...one, metadata: { name: 'one', uid: 'another-life' } });
    await model.clock.advance(1_000);
    expect(model.exists(`${maps}/child`)).toBe(false);
  });

  test('Orphan: what is owned stays, without its owner', async () => {
    map('child', map('one'));
    model.call('DELETE', `${maps}/one`, { propagationPolicy: 'Orphan' });
    await model.clock.advance(1_000);
    expect([model.exists(`${maps}/one`), model.get(`${maps}/child`).metadata.ownerReferences ?? []]).toEqual([false, []]);
  });

  test('Foreground: the owner waits for what blocks its deletion', async () => {
    map('child', map('one'));
    model.merge(`${maps}/child`, { metadata: { finalizers: ['x.io/hold'] } });
    model.call('DELETE', `${maps}/one`, { propagationPolicy: 'Foreground' });
    await model.clock.advance(5_000);
    expect([model.exists(`${maps}/one`), model.exists(`${maps}/child`)]).toEqual([true, true]);
    model.merge(`${maps}/child`, { metadata: { finalizers: null } });
    await model.clock.advance(1_000);
    expect([model.exists(`${maps}/one`), model.exists(`${maps}/child`)]).toEqual([false, false]);
  });
});

describe('namespaces', () => {
  test('a new one has an account and the root certificates', async () => {
    await model.clock.advance(100);
    expect(model.names(`${shop}/serviceaccounts`)).toEqual(['default']);
    expect(model.names(maps)).toEqual(['kube-root-ca.crt']);
  });

  test('one that is deleted goes with all that is in it, and takes nothing new meanwhile', async () => {
    model.call('POST', sets, statefulSet('orders', { ...parallel, replicas: 2 }));
    await readyPods(2);
    model.behaviour.stopMs = 2_000;
    model.call('DELETE', '/api/v1/namespaces/shop');
    await model.clock.advance(1_000);
    expect(model.refusal('POST', maps, { metadata: { name: 'late' } })).toMatchObject({
      code: 403,
      details: { causes: [{ reason: 'NamespaceTerminating' }] },
    });
    expect(field(model.get('/api/v1/namespaces/shop'), 'status.phase')).toBe('Terminating');
    await model.until('the namespace', () => !model.exists('/api/v1/namespaces/shop'));
    expect(model.names('/api/v1/pods')).toEqual([]);
  });

  test('those that came with the cluster stay', () => {
    expect(model.refusal('DELETE', '/api/v1/namespaces/kube-system')).toMatchObject({ code: 403, reason: 'Forbidden' });
  });
});

describe('budgets and evictions', () => {
  const budgets = '/apis/policy/v1/namespaces/shop/poddisruptionbudgets';
  const eviction = (name: string, uid?: string): object => ({
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name },
    ...(uid === undefined ? {} : { deleteOptions: { preconditions: { uid } } }),
  });

  async function three(spec: object): Promise<void> {
    model.call('POST', budgets, { metadata: { name: 'b' }, spec: { selector: { matchLabels: { app: 'orders' } }, ...spec } });
    model.call('POST', sets, statefulSet('orders', { ...parallel, replicas: 3 }));
    await readyPods(3);
    await model.clock.advance(1_000);
  }

  test('one at a time: the second is refused with 429 until the first is back', async () => {
    await three({ maxUnavailable: 1 });
    expect(field(model.get(`${budgets}/b`), 'status')).toMatchObject({
      expectedPods: 3,
      desiredHealthy: 2,
      currentHealthy: 3,
      disruptionsAllowed: 1,
    });
    expect(model.call('POST', `${pods}/orders-0/eviction`, eviction('orders-0'))).toMatchObject({ status: 'Success' });
    expect(model.pod('orders-0').status.conditions?.find(({ type }) => type === 'DisruptionTarget')?.reason).toBe(
      'EvictionByEvictionAPI',
    );
    expect(model.refusal('POST', `${pods}/orders-1/eviction`, eviction('orders-1'))).toMatchObject({
      code: 429,
      reason: 'TooManyRequests',
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: {
        causes: [{ reason: 'DisruptionBudget', message: 'The disruption budget b needs 2 healthy pods and has 3 currently' }],
      },
    });
    await model.until(
      'the first is back',
      () => model.readyPods().length === 3 && field(model.get(`${budgets}/b`), 'status.disruptionsAllowed') === 1,
    );
    model.call('POST', `${pods}/orders-1/eviction`, eviction('orders-1'));
  });

  test('replicas that are not there count as missing', async () => {
    await three({ maxUnavailable: 1 });
    model.behaviour.hasImage = () => false;
    model.call('DELETE', `${pods}/orders-2`);
    await model.clock.advance(10_000);
    expect(model.refusal('POST', `${pods}/orders-0/eviction`, eviction('orders-0'))).toMatchObject({ code: 429 });
  });

  test('an unhealthy pod: held by IfHealthyBudget while the budget is not met, let go by AlwaysAllow', async () => {
    model.behaviour.ready = (pod) => pod.metadata.name === 'orders-0';
    const probe = { httpGet: { path: '/readyz', port: 80 }, periodSeconds: 1 };
    const template = {
      metadata: { labels: { app: 'orders' } },
      spec: { containers: [{ name: 'node', image: 'a:1', readinessProbe: probe }] },
    };
    model.call('POST', budgets, {
      metadata: { name: 'b' },
      spec: { selector: { matchLabels: { app: 'orders' } }, minAvailable: 2 },
    });
    model.call('POST', sets, statefulSet('orders', { ...parallel, replicas: 3, template }));
    await readyPods(1);
    await model.clock.advance(2_000);
    expect(model.refusal('POST', `${pods}/orders-1/eviction`, eviction('orders-1'))).toMatchObject({ code: 429 });
    model.merge(`${budgets}/b`, { spec: { unhealthyPodEvictionPolicy: 'AlwaysAllow' } });
    await model.clock.advance(100);
    model.call('POST', `${pods}/orders-1/eviction`, eviction('orders-1'));
    expect(model.refusal('POST', `${pods}/orders-0/eviction`, eviction('orders-0'))).toMatchObject({ code: 429 });
  });

  test('of another life of the pod it is a conflict; of two budgets it is an error; without any it is a deletion', async () => {
    await three({ maxUnavailable: 3 });
    expect(model.refusal('POST', `${pods}/orders-0/eviction`, eviction('orders-0', 'another'))).toMatchObject({ code: 409 });
    model.call('POST', budgets, {
      metadata: { name: 'c' },
      spec: { selector: { matchLabels: { app: 'orders' } }, minAvailable: 1 },
    });
    expect(model.refusal('POST', `${pods}/orders-0/eviction`, eviction('orders-0'))).toMatchObject({ code: 500 });
    model.call('DELETE', `${budgets}/b`);
    model.call('DELETE', `${budgets}/c`);
    model.call('POST', `${pods}/orders-0/eviction`, eviction('orders-0', model.pod('orders-0').metadata.uid));
    expect(model.pod('orders-0').metadata.deletionTimestamp).toBeDefined();
  });
});

describe('endpoints', () => {
  const slices = '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices';

  test('ready addresses, those that go, and names of a headless Service; ports by the pods’ own names', async () => {
    let readyName = 'orders-0';
    model.behaviour.ready = (pod) => pod.metadata.name === readyName;
    const probe = { httpGet: { path: '/readyz', port: 80 }, periodSeconds: 1, failureThreshold: 1 };
    const container = { name: 'node', image: 'a:1', readinessProbe: probe, ports: [{ name: 'peer', containerPort: 7946 }] };
    const template = { metadata: { labels: { app: 'orders' } }, spec: { containers: [container] } };
    const ports = [{ port: 80, targetPort: 'peer' }];
    model.call('POST', `${shop}/services`, {
      metadata: { name: 'orders' },
      spec: { clusterIP: 'None', selector: { app: 'orders' }, publishNotReadyAddresses: true, ports },
    });
    model.call('POST', `${shop}/services`, { metadata: { name: 'client' }, spec: { selector: { app: 'orders' }, ports } });
    model.call('POST', sets, statefulSet('orders', { ...parallel, replicas: 2, template }));
    await readyPods(1);
    await model.clock.advance(2_000);
    const of = (service: string): unknown =>
      field(model.call('GET', `${slices}?labelSelector=kubernetes.io/service-name=${service}`).items[0], 'endpoints');
    expect(of('orders')).toMatchObject([
      { hostname: 'orders-0', conditions: { ready: true, serving: true } },
      { hostname: 'orders-1', conditions: { ready: true, serving: false } },
    ]);
    expect(of('client')).toMatchObject([{ conditions: { ready: true } }, { conditions: { ready: false } }]);
    expect(model.get(slices).items[0]).toMatchObject({ addressType: 'IPv4', ports: [{ port: 7946, protocol: 'TCP' }] });
    readyName = 'nobody';
    await model.clock.advance(3_000);
    expect(of('client')).toMatchObject([{ conditions: { ready: false } }, { conditions: { ready: false } }]);
    model.call('DELETE', `${pods}/orders-1`);
    await model.clock.advance(100);
    expect(of('client')).toMatchObject([{}, { conditions: { ready: false, terminating: true } }]);
    model.call('DELETE', `${shop}/services/client`);
    await model.clock.advance(100);
    expect(of('client')).toBeUndefined();
  });
});

describe('Deployments', () => {
  const deployments = '/apis/apps/v1/namespaces/shop/deployments';
  const labels = { app: 'op' };
  const deployment = (image: string, replicas = 2): object => ({
    metadata: { name: 'op' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'op', image }] } },
    },
  });

  async function rolledOut(replicas: number): Promise<void> {
    await model.until('the rollout', () => {
      const { metadata, status } = model.get(`${deployments}/op`);
      const told = status as Record<string, number> | undefined;
      return (
        told?.['observedGeneration'] === metadata.generation &&
        told?.['updatedReplicas'] === replicas &&
        told['availableReplicas'] === replicas &&
        told['replicas'] === replicas
      );
    });
  }

  test('roll out, scale, roll to a new image without losing availability, and keep the old ReplicaSet', async () => {
    model.call('POST', deployments, deployment('op:1'));
    await rolledOut(2);
    expect(field(model.get(`${deployments}/op`), 'status.conditions')).toMatchObject([
      { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' },
      { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
    ]);
    model.merge(`${deployments}/op/scale`, { spec: { replicas: 4 } });
    await rolledOut(4);
    let fewest = 4;
    const stop = model.api.store.onChange(() => (fewest = Math.min(fewest, model.readyPods().length)));
    const patch = { spec: { template: { spec: { containers: [{ name: 'op', image: 'op:2' }] } } } };
    model.call('PATCH', `${deployments}/op`, patch, { contentType: PATCH_TYPES.strategic });
    await rolledOut(4);
    stop();
    await model.until('the old pods are gone', () => model.pods().length === 4);
    expect(fewest).toBeGreaterThanOrEqual(3);
    expect(model.get(pods).items.map((pod) => field(pod, 'spec.containers.0.image'))).toEqual(['op:2', 'op:2', 'op:2', 'op:2']);
    expect(model.names('/apis/apps/v1/namespaces/shop/replicasets')).toHaveLength(2);
  });

  test('a broken image stops the rollout; after the deadline it is said', async () => {
    model.call('POST', deployments, deployment('op:1'));
    await rolledOut(2);
    const spec = { progressDeadlineSeconds: 60, template: { spec: { containers: [{ name: 'op', image: 'missing:2' }] } } };
    model.call('PATCH', `${deployments}/op`, { spec }, { contentType: PATCH_TYPES.strategic });
    await model.clock.advance(30_000);
    expect(model.readyPods()).toHaveLength(2);
    await model.clock.advance(40_000);
    expect(field(model.get(`${deployments}/op`), 'status.conditions.1')).toMatchObject({
      type: 'Progressing',
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    });
  });

  test('deleted, it goes with its ReplicaSets and pods', async () => {
    model.call('POST', deployments, deployment('op:1'));
    await rolledOut(2);
    model.call('DELETE', `${deployments}/op`);
    await model.until('no pods', () => model.pods().length === 0);
    expect(model.names('/apis/apps/v1/namespaces/shop/replicasets')).toEqual([]);
  });
});

test('events are counted, not repeated, and gone after an hour', async () => {
  model.behaviour.hasImage = () => false;
  model.call('POST', pods, { metadata: { name: 'a' }, spec: { containers: [{ name: 'c', image: 'missing:1' }] } });
  await model.clock.advance(120_000);
  const { items } = model.get(`${shop}/events?fieldSelector=reason=Failed,involvedObject.name=a`);
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ type: 'Warning', count: 4 });
  model.call('DELETE', `${pods}/a`);
  await model.clock.advance(3_700_000);
  expect(model.names(`${shop}/events`)).toEqual([]);
});

test('a definition of a kind is established, and goes after the last object of its kind', async () => {
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const schema = {
    openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } },
  };
  model.call('POST', definitions, {
    metadata: { name: 'things.x.io' },
    spec: {
      group: 'x.io',
      scope: 'Namespaced',
      names: { plural: 'things', kind: 'Thing' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  });
  await model.clock.advance(100);
  expect(field(model.get(`${definitions}/things.x.io`), 'status')).toMatchObject({
    conditions: [{ type: 'NamesAccepted' }, { type: 'Established', status: 'True' }],
    storedVersions: ['v1'],
  });
  const things = '/apis/x.io/v1/namespaces/shop/things';
  model.call('POST', things, { metadata: { name: 'a', finalizers: ['x.io/hold'] }, spec: { any: [1, 'two'] } });
  model.call('DELETE', `${definitions}/things.x.io`);
  await model.clock.advance(1_000);
  expect(model.get(`${things}/a`).metadata.deletionTimestamp).toBeDefined();
  model.merge(`${things}/a`, { metadata: { finalizers: null } });
  await model.clock.advance(1_000);
  expect(model.exists(`${definitions}/things.x.io`)).toBe(false);
});
