/** A StorageCluster on a devcluster: the operator and the members as they ship, as processes, under the chart's own roles. */
import { readFileSync } from 'node:fs';
import { beforeAll, afterEach, describe, expect, test } from '@jest/globals';
import { operatorManifests } from '../../../src/cli/dev/manifests.ts';
import type { DevclusterOptions } from '../../../src/devcluster/devcluster.ts';
import { addressIn, parseAddressBook } from '../../../src/shared/address-book.ts';
import { DevclusterFixture, PODS } from '../../support/devcluster.ts';
import { field } from '../../support/model-api.ts';
import { buildProgram } from '../../support/program.ts';
import { RespClient } from '../../support/resp-client.ts';
import type { RespReply } from '../../support/resp-client.ts';
import { eventually } from '../../support/system.ts';

const CLUSTERS = '/apis/quorate.io/v1alpha1/namespaces/default/storageclusters';
const WAIT_MS = 60_000;

let program: string;
beforeAll(() => {
  program = buildProgram();
});

let cluster: DevclusterFixture;
afterEach(() => cluster.devcluster.stop());

async function start(options: Partial<DevclusterOptions>): Promise<void> {
  const image = (name: string) => (name === 'quorate:0.1.0' ? { entrypoint: [process.execPath, program] } : null);
  cluster = await DevclusterFixture.start({ nodes: 3, image, ...options });
  for (const { object } of operatorManifests()) cluster.install(object);
  await eventually('the kind is served', () => cluster.answer('GET', CLUSTERS).code === 200);
  cluster.call('POST', CLUSTERS, {
    metadata: { name: 'orders' },
    spec: { version: '0.1.0', storage: { size: '1Gi' }, podTemplate: { spec: { resources: { limits: { memory: '256Mi' } } } } },
  });
}

function status(path: string): unknown {
  return field(cluster.get(`${CLUSTERS}/orders`), `status.${path}`);
}

async function untilReady(members: string): Promise<void> {
  await eventually(`${members} are ready`, () => status('ready') === members && status('phase') === 'Ready', WAIT_MS);
}

/** A client of the Service, wherever the machine has it. */
async function connected(): Promise<RespClient> {
  const book = parseAddressBook(readFileSync(cluster.addressBookFile, 'utf8'));
  if (!book.ok) throw new Error(book.reason);
  const address = addressIn(book.value, { host: 'orders.default.svc', port: 6379 });
  const secret = field(cluster.get('/api/v1/namespaces/default/secrets/orders-client'), 'data.password');
  return RespClient.connect({ ...address, password: Buffer.from(String(secret), 'base64').toString() });
}

async function ask(...words: readonly string[]): Promise<RespReply> {
  const client = await connected();
  try {
    return await client.ask(...words);
  } finally {
    client.close();
  }
}

const podNames = (): readonly string[] => cluster.names(PODS);

describe('with addresses of their own', () => {
  test('it becomes ready, is scaled, loses its leader, is rolled, and goes', async () => {
    await start({});
    await untilReady('3/3');
    expect(await ask('SET', 'key', 'kept')).toEqual({ type: 'simple', text: 'OK' });

    cluster.merge(`${CLUSTERS}/orders/scale`, { spec: { replicas: 5 } });
    await untilReady('5/5');

    const leader = String(status('leader'));
    process.kill(cluster.pidOf(leader), 'SIGKILL');
    await cluster.untilStatus(leader, 'containerStatuses.0.restartCount', 1);
    await untilReady('5/5');
    expect(await ask('GET', 'key')).toEqual({ type: 'bulk', bytes: Buffer.from('kept') });

    cluster.merge(`${CLUSTERS}/orders/scale`, { spec: { replicas: 3 } });
    await untilReady('3/3');
    const before = podNames().map((name) => cluster.get(`${PODS}/${name}`).metadata.uid);
    cluster.merge(`${CLUSTERS}/orders`, { spec: { podTemplate: { metadata: { annotations: { round: 'two' } } } } });
    const isRolled = (name: string): boolean => {
      return field(cluster.get(`${PODS}/${name}`), 'metadata.annotations.round') === 'two';
    };
    await eventually('every pod is another', () => podNames().length === 3 && podNames().every(isRolled), WAIT_MS);
    await untilReady('3/3');
    const after = podNames().map((name) => cluster.get(`${PODS}/${name}`).metadata.uid);
    expect(after.filter((uid) => before.includes(uid))).toEqual([]);
    expect(await ask('GET', 'key')).toEqual({ type: 'bulk', bytes: Buffer.from('kept') });

    // The operator had every right that it needed.
    const operator = cluster.names('/api/v1/namespaces/quorate-system/pods')[0] ?? '';
    const log = await cluster.http(`/api/v1/namespaces/quorate-system/pods/${operator}/log`);
    expect(log.text.split('\n').filter((line) => /forbidden/i.test(line))).toEqual([]);

    cluster.call('DELETE', `${CLUSTERS}/orders`);
    await eventually('every pod is gone', () => podNames().length === 0, WAIT_MS);
    expect(cluster.devcluster.processes().map(({ pod }) => pod)).toEqual([operator]);
  }, 180_000);
});

describe('with ports of their own', () => {
  test('it becomes ready and serves: every address is looked up', async () => {
    await start({ addresses: 'own-ports' });
    await untilReady('3/3');
    expect(podNames().map((name) => String(cluster.status(name, 'podIP')).startsWith('127.'))).toEqual([false, false, false]);
    expect(await ask('SET', 'key', 'kept')).toEqual({ type: 'simple', text: 'OK' });
    expect(await ask('GET', 'key')).toEqual({ type: 'bulk', bytes: Buffer.from('kept') });
  }, 120_000);
});
