/** The production operator against the model of Kubernetes, from the applied resource to its deletion. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { KubernetesTransport } from '../../../src/operator/kubernetes/api.ts';
import { field } from '../../support/model-api.ts';
import { clusters, OperatorModel } from '../../support/operator-model.ts';

/** Minutes of virtual time are seconds of real time. */
jest.setTimeout(60_000);

const orders = `${clusters}/orders`;
const claims = '/api/v1/namespaces/shop/persistentvolumeclaims';

let model: OperatorModel;
beforeEach(() => {
  model = new OperatorModel();
});
afterEach(async () => {
  await model.stop();
});

function apply(spec: object): void {
  const body = {
    apiVersion: 'quorate.io/v1alpha1',
    kind: 'StorageCluster',
    metadata: { name: 'orders', namespace: 'shop' },
    spec: { version: '0.1.0', ...spec },
  };
  model.apply(orders, body, 'kubectl');
}

describe('the operator on the model', () => {
  test('from an applied StorageCluster to Ready, 3 to 5 to 3, and its deletion', async () => {
    model.run('one');
    apply({ replicas: 3 });
    await model.untilReady(3);
    expect(model.podNames()).toEqual(['orders-shard-0-0', 'orders-shard-0-1', 'orders-shard-0-2']);
    expect(model.names('/api/v1/namespaces/shop/services')).toEqual(['orders', 'orders-leader', 'orders-members']);
    expect(field(model.get('/apis/policy/v1/namespaces/shop/poddisruptionbudgets/orders-members'), 'status')).toMatchObject({
      currentHealthy: 3,
      disruptionsAllowed: 1,
    });

    model.merge(`${orders}/scale`, { spec: { replicas: 5 } });
    await model.untilReady(5);
    expect(model.podNames()).toHaveLength(5);
    expect(field(model.get(orders), 'status.configuration.members')).toHaveLength(5);

    model.merge(`${orders}/scale`, { spec: { replicas: 3 } });
    await model.untilReady(3);
    expect(model.podNames()).toHaveLength(3);
    const [group] = model.nodes.groups;
    expect(group?.members.map(({ role }) => role)).toEqual(['voter', 'voter', 'voter']);
    expect(group?.removed).toHaveLength(2);

    model.call('DELETE', orders);
    await model.until(
      'everything gone',
      () => model.podNames().length === 0 && model.names('/api/v1/namespaces/shop/services').length === 0,
    );
    expect(model.exists(orders)).toBe(false);
    expect(model.exists('/apis/apps/v1/namespaces/shop/statefulsets/orders-shard-0')).toBe(false);
    // Retained: whoever makes the cluster anew finds its volumes.
    expect(model.names(claims).length).toBeGreaterThan(0);
  });

  test('a roll changes every pod, one at a time, and leaves the quorum', async () => {
    model.run('one');
    apply({ replicas: 3 });
    await model.untilReady(3);
    let fewest = 3;
    const stop = model.api.store.onChange(() => {
      const [group] = model.nodes.groups;
      if (group !== undefined) fewest = Math.min(fewest, model.nodes.votersUp(group).length);
    });
    apply({ replicas: 3, version: '0.2.0' });
    await model.until('the new version', () => {
      const images = model.get('/api/v1/namespaces/shop/pods').items.map((pod) => String(field(pod, 'spec.containers.0.image')));
      return images.length === 3 && images.every((image) => image.endsWith(':0.2.0'));
    });
    await model.untilReady(3);
    stop();
    expect(fewest).toBe(2);
  });

  test('S20: at rest nothing is written but the lease and a look every 5 minutes', async () => {
    model.run('one');
    apply({ replicas: 3 });
    await model.untilReady(3);
    await model.clock.advance(120_000);
    const written = new Map<string, number>();
    const stop = model.api.store.onChange(({ collection, object }) => {
      const who = object.metadata.managedFields?.toSorted((left, right) => (left.time < right.time ? 1 : -1))[0]?.manager ?? '';
      if (!['kubelet', 'kube-controller-manager'].includes(who)) written.set(collection, (written.get(collection) ?? 0) + 1);
    });
    await model.clock.advance(600_000);
    stop();
    const {
      'quorate.io/storageclusters': looks = 0,
      'coordination.k8s.io/leases': leases = 0,
      ...others
    } = Object.fromEntries(written);
    expect(others).toEqual({});
    // Ten minutes, both ends included.
    expect(looks).toBeLessThanOrEqual(3);
    expect(leases).toBeGreaterThan(0);
  });

  test('two operators: one acts; when it dies the other goes on where it stood', async () => {
    const one = model.run('one');
    const two = model.run('two-b');
    apply({ replicas: 3 });
    await model.until('pods', () => model.podNames().length > 0);
    expect([one.operator.isLeader, two.operator.isLeader].filter((leads) => leads)).toHaveLength(1);
    await (one.operator.isLeader ? one : two).stop();
    await model.untilReady(3);
  });

  test('one for a list of namespaces runs the clusters there, and neither reads nor touches any other', async () => {
    const inNamespace = (namespace: string) => `/apis/quorate.io/v1alpha1/namespaces/${namespace}/storageclusters/orders`;
    for (const namespace of ['lab', 'attic']) model.namespace(namespace);
    for (const namespace of ['shop', 'lab', 'attic']) {
      const metadata = { name: 'orders', namespace };
      const spec = { version: '0.1.0', replicas: 3 };
      model.apply(
        inNamespace(namespace),
        { apiVersion: 'quorate.io/v1alpha1', kind: 'StorageCluster', metadata, spec },
        'kubectl',
      );
    }
    const untouched = model.get(inNamespace('attic'));
    const asked = new Set<string>();
    const listening = (transport: KubernetesTransport): KubernetesTransport => ({
      request: (request) => {
        if (request.resource.namespaced) asked.add(request.namespace ?? 'all of them');
        return transport.request(request);
      },
      watch: (request) => {
        if (request.resource.namespaced) asked.add(request.namespace ?? 'all of them');
        return transport.watch(request);
      },
    });
    model.run('one', listening, { namespaces: ['shop', 'lab'] });
    const isReady = (namespace: string) => field(model.get(inNamespace(namespace)), 'status.ready') === '3/3';
    await model.until('both Ready', () => isReady('shop') && isReady('lab'));

    // What happens there is seen there: by the watches of each namespace, not of the first alone.
    model.merge(`${inNamespace('lab')}/scale`, { spec: { replicas: 5 } });
    await model.until('the second one grows', () => field(model.get(inNamespace('lab')), 'status.ready') === '5/5');
    expect(model.podNames()).toHaveLength(3);
    // The operator's own is where its lease is.
    expect([...asked].sort()).toEqual(['lab', 'quorate', 'shop']);
    expect(model.get(inNamespace('attic'))).toEqual(untouched);
    for (const kind of ['pods', 'services', 'secrets', 'persistentvolumeclaims'])
      expect(model.names(`/api/v1/namespaces/attic/${kind}`)).toEqual([]);
  });
});
