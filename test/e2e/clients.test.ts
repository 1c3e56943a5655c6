/** The clients that people use, against a StorageCluster of three members, through a port of its machines. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { present } from '../../src/shared/assert.ts';
import { CLIENT_SESSIONS } from '../support/real-clients.ts';
import type { ClientTarget } from '../support/real-clients.ts';
import { RespClient } from '../support/resp-client.ts';
import { createNamespace, installOperator, kubectl, TestCluster, waitFor } from './support/kubernetes.ts';

jest.setTimeout(180_000);

const NAMESPACE = 'e2e-clients';

const cluster = new TestCluster(NAMESPACE, 'clients');
const spec = {
  replicas: 3,
  version: '0.1.0',
  storage: { size: '1Gi', retention: { whenDeleted: 'Delete' } },
  podTemplate: { spec: { resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '256Mi' } } } },
};
let target: ClientTarget;

beforeAll(async () => {
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=true');
  await installOperator();
  await createNamespace(NAMESPACE);
  await cluster.create(spec);
  await cluster.ready(3);
  const [address] = await cluster.expose();
  target = { ...present(address, 'a machine has an address'), password: await cluster.password() };
  // kube-proxy opens the port a moment after the Service is there.
  await waitFor('the port answers', async () => {
    const client = await RespClient.connect(target);
    client.close();
    return true;
  });
}, 300_000);

afterAll(async () => {
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=false');
});

test.each(CLIENT_SESSIONS)('$name', ({ play }) => play(target));

test('none of them cost the cluster a member', async () => {
  const { status } = await cluster.ready(3);
  expect(status?.members?.map(({ ready }) => ready)).toEqual([true, true, true]);
});
