/** The clients that people use, against a StorageCluster on a devcluster, through a Service with a port of this machine. */
import { afterAll, beforeAll, jest, test } from '@jest/globals';
import { LABELS } from '../../../src/api/constants.ts';
import { PODS, SECRETS, SERVICES, STORAGE_CLUSTERS } from '../../../src/operator/kubernetes/resources.ts';
import { present } from '../../../src/shared/assert.ts';
import { field } from '../../support/model-api.ts';
import { operatedDevcluster } from '../../support/operated-devcluster.ts';
import type { OperatedDevcluster } from '../../support/operated-devcluster.ts';
import { PythonWriter, pythonWithRedis, verifyWritten } from '../../support/python-redis.ts';
import { CLIENT_SESSIONS } from '../../support/real-clients.ts';
import type { ClientTarget } from '../../support/real-clients.ts';
import { eventually } from '../../support/system.ts';

jest.setTimeout(180_000);

const namespace = 'default';
const readyWithinMs = 120_000;

let world: OperatedDevcluster | null = null;
let target: ClientTarget;

async function untilReady({ api }: OperatedDevcluster): Promise<void> {
  const isReady = async (): Promise<boolean> => {
    const found = await api.find(STORAGE_CLUSTERS, { namespace, name: 'orders' });
    return field(found, 'status.phase') === 'Ready' && field(found, 'status.ready') === '3/3';
  };
  await eventually('orders is Ready', isReady, readyWithinMs);
}

beforeAll(async () => {
  world = await operatedDevcluster();
  const { api } = world;
  const spec = { version: '0.1.0', replicas: 3 };
  await api.create(STORAGE_CLUSTERS, { metadata: { name: 'orders', namespace }, spec } as never);
  await untilReady(world);
  const { spec: own } = (await api.get(SERVICES, { namespace, name: 'orders' })) as { spec?: object };
  const outside = {
    type: 'NodePort',
    selector: field(own, 'selector'),
    ports: [{ name: 'redis', port: 6379, targetPort: 6379 }],
  };
  const made = await api.create(SERVICES, { metadata: { name: 'orders-outside', namespace }, spec: outside } as never);
  const secret = await api.get(SECRETS, { namespace, name: 'orders-client' });
  const password = Buffer.from(secret.data?.['password'] ?? '', 'base64').toString('utf8');
  target = { host: '127.0.0.1', port: Number(field(made, 'spec.ports.0.nodePort')), password };
}, 180_000);
afterAll(() => world?.stop(), 60_000);

test.each(CLIENT_SESSIONS)('$name', ({ play }) => play(target));

test('the pod of the leader is deleted while Python writes: every acknowledged write is there', async () => {
  const { api } = present(world, 'it is up');
  const writer = new PythonWriter('py:kept', { ...target, python: await pythonWithRedis(), protocol: 3 });
  const more = (count: number): Promise<void> => {
    const aim = writer.acknowledged + count;
    return eventually(`${count} more are acknowledged`, () => writer.acknowledged >= aim, 60_000);
  };
  await more(50);
  const { items } = await api.list(PODS, namespace, { labelSelector: `${LABELS.cluster}=orders` });
  const leader = String(field(await api.get(STORAGE_CLUSTERS, { namespace, name: 'orders' }), 'status.leader'));
  const { uid } = present(items.find((pod) => pod.metadata.name === leader)?.metadata, 'the leader has a pod');
  await api.delete(PODS, { namespace, name: leader }, { preconditions: { uid } });
  await more(50);
  const isBack = async (): Promise<boolean> => {
    const pod = await api.find(PODS, { namespace, name: leader });
    return pod !== null && pod.metadata.uid !== uid;
  };
  await eventually('the pod is back', isBack, readyWithinMs);
  await untilReady(present(world, 'it is up'));
  await more(50);
  const acknowledged = await writer.stop();
  await verifyWritten('py:kept', acknowledged, { addresses: [target], password: target.password });
});
