import { describe, expect, test } from '@jest/globals';
import { GonePods } from '../../../src/operator/gone-pods.ts';
import type { KubernetesApi } from '../../../src/operator/kubernetes/api.ts';
import type { ObjectChange } from '../../../src/operator/kubernetes/object-store.ts';
import { ObjectStore } from '../../../src/operator/kubernetes/object-store.ts';
import type { Pod } from '../../../src/operator/kubernetes/objects.ts';
import type { NodeClient } from '../../../src/operator/node-client.ts';
import { succeed } from '../../../src/shared/result.ts';
import { settle } from '../../support/virtual-time.ts';
import { silentLog } from './runtime/fixture.ts';

function pod(ordinal: number, phase = 'Running', version = '1'): Pod {
  return {
    metadata: {
      name: `orders-${ordinal}`,
      namespace: 'shop',
      uid: `uid-${ordinal}`,
      resourceVersion: version,
      labels: { 'quorate.io/cluster': 'orders', 'quorate.io/member-id': String(ordinal).repeat(16) },
    },
    status: { phase, podIP: `10.0.0.${ordinal}` },
  };
}

async function toldAfter(change: ObjectChange<Pod>, { leads = true, secret = true } = {}): Promise<string[]> {
  const store = new ObjectStore<Pod>();
  store.replace([pod(1), pod(2), pod(3)]);
  const told: string[] = [];
  const api: Pick<KubernetesApi, 'find'> = {
    find: async () => (secret ? ({ data: { token: Buffer.from('t0ken\n').toString('base64') } } as never) : null),
  };
  const nodes: Pick<NodeClient, 'podGone'> = {
    podGone: async ({ host }, { id }, { token }) => {
      told.push(`${host} ${id} ${token}`);
      return succeed(null);
    },
  };
  const gone = new GonePods({
    api: api as KubernetesApi,
    nodes: nodes as NodeClient,
    pods: () => ({ synced: true, get: () => null, ofCluster: (...key) => store.ofCluster(...key), all: () => store.all() }),
    log: silentLog,
    leads: () => leads,
  });
  gone.onChange(change);
  await settle();
  return told;
}

const OTHERS_OF_ONE = ['10.0.0.2 1111111111111111 t0ken', '10.0.0.3 1111111111111111 t0ken'];

describe('the other members are told at once that a pod is gone', () => {
  test('when it is deleted, and when its processes have ended for good', async () => {
    expect(await toldAfter({ type: 'deleted', object: pod(1) })).toEqual(OTHERS_OF_ONE);
    const ended: ObjectChange<Pod> = { type: 'updated', object: pod(1, 'Failed', '2'), previous: pod(1) };
    expect(await toldAfter(ended)).toEqual(OTHERS_OF_ONE);
  });

  test('not when it changes in another way, and not twice', async () => {
    expect(await toldAfter({ type: 'added', object: pod(1) })).toEqual([]);
    expect(await toldAfter({ type: 'updated', object: pod(1, 'Running', '2'), previous: pod(1) })).toEqual([]);
    const again: ObjectChange<Pod> = { type: 'updated', object: pod(1, 'Failed', '3'), previous: pod(1, 'Failed', '2') };
    expect(await toldAfter(again)).toEqual([]);
  });

  test('only by who holds the lease, and never without a token', async () => {
    expect(await toldAfter({ type: 'deleted', object: pod(1) }, { leads: false })).toEqual([]);
    expect(await toldAfter({ type: 'deleted', object: pod(1) }, { secret: false })).toEqual([]);
  });

  test('nobody is told of a pod that carries no member id', async () => {
    const { metadata, ...rest } = pod(1);
    const unnamed = { ...rest, metadata: { ...metadata, labels: { 'quorate.io/cluster': 'orders' } } };
    expect(await toldAfter({ type: 'deleted', object: unnamed })).toEqual([]);
  });
});
