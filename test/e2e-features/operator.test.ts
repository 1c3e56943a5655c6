/** The operator itself: whose clusters it runs, its upgrade, and what the API server refuses on its behalf. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { present } from '../../src/shared/assert.ts';
import {
  command,
  createNamespace,
  installOperator,
  kubectl,
  OPERATOR_NAMESPACE,
  TestCluster,
  waitFor,
} from '../e2e/support/kubernetes.ts';

jest.setTimeout(600_000);

const RED = 'e2e-red';
const BLUE = 'e2e-blue';
const PROTECTION = 'quorate.io/deletion-protection';
const spec = {
  replicas: 1,
  version: '0.1.0',
  storage: { size: '1Gi', retention: { whenDeleted: 'Delete' } },
  podTemplate: { spec: { resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '256Mi' } } } },
};
const red = new TestCluster(RED, 'ink');
const blue = new TestCluster(BLUE, 'ink');

async function upgrade(...values: readonly string[]): Promise<void> {
  const words = ['upgrade', 'quorate', 'charts/quorate', '--namespace', OPERATOR_NAMESPACE, '--reset-values'];
  await command('helm', ...words, ...values, '--wait', '--timeout', '3m');
}

/** Whether the operator's service account may do that, as the API server judges it. */
async function mayOperator(verb: string, resource: string, namespace: string): Promise<boolean> {
  const account = `system:serviceaccount:${OPERATOR_NAMESPACE}:quorate`;
  const asked = kubectl('auth', 'can-i', verb, resource, '--namespace', namespace, `--as=${account}`);
  return (await asked.catch(() => 'no')).trim() === 'yes';
}

async function newestOperatorMetrics(): Promise<string> {
  const words = ['--namespace', OPERATOR_NAMESPACE, 'get', 'pods', '--selector=app.kubernetes.io/component=operator'];
  const names = await kubectl(...words, '--sort-by=.metadata.creationTimestamp', '--output=jsonpath={.items[*].metadata.name}');
  const newest = present(names.split(' ').at(-1), 'a pod of the operator');
  return kubectl('get', '--raw', `/api/v1/namespaces/${OPERATOR_NAMESPACE}/pods/${newest}:8080/proxy/metrics`);
}

beforeAll(async () => {
  for (const namespace of [RED, BLUE]) await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=true');
  await installOperator();
  for (const namespace of [RED, BLUE]) await createNamespace(namespace);
}, 300_000);

afterAll(async () => {
  await upgrade();
  for (const namespace of [RED, BLUE]) {
    await kubectl('annotate', 'namespace', namespace, `${PROTECTION}-`).catch(String);
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
  }
});

test('one operator for a list of namespaces: it runs those clusters, may touch no others, and takes them over when the list ends', async () => {
  await upgrade('--set', `watchNamespaces={${RED}}`);
  expect(await mayOperator('create', 'statefulsets.apps', RED)).toBe(true);
  for (const [verb, resource] of [
    ['create', 'statefulsets.apps'],
    ['list', 'pods'],
    ['get', 'secrets'],
    ['patch', 'storageclusters.quorate.io'],
  ] as const) {
    expect([verb, resource, await mayOperator(verb, resource, BLUE)]).toEqual([verb, resource, false]);
  }
  await blue.create(spec);
  await red.create(spec);
  await red.ready(1);
  expect((await blue.get()).status).toBeUndefined();
  expect((await blue.kubectl('get', 'statefulsets', '--output=name')).trim()).toBe('');
  await upgrade();
  await blue.ready(1);
  await red.ready(1);
});

test('the operator is upgraded to another build and back: no pod of any cluster restarts', async () => {
  const pods = async () =>
    Promise.all(
      [red, blue].map((cluster) =>
        cluster.kubectl(
          'get',
          'pods',
          '--output=jsonpath={range .items[*]}{.metadata.uid} {.status.containerStatuses[0].restartCount}{end}',
        ),
      ),
    );
  const sets = async () =>
    Promise.all(
      [red, blue].map((cluster) => cluster.kubectl('get', 'statefulset', '--output=jsonpath={.items[*].metadata.generation}')),
    );
  const before = [await pods(), await sets()];
  for (const values of [['--set', 'image.tag=0.2.0'], []]) {
    await upgrade(...values);
    await waitFor('the upgraded operator has looked at both', async () => {
      const metrics = await newestOperatorMetrics();
      return [RED, BLUE].every((namespace) => metrics.includes(`namespace="${namespace}",cluster="ink"`)) ? true : null;
    });
    await red.ready(1);
    await blue.ready(1);
    expect([await pods(), await sets()]).toEqual(before);
  }
});

describe('deletion protection', () => {
  test('a StorageCluster that carries the annotation is not deleted, by name or with all others, until it is taken off', async () => {
    await red.kubectl('annotate', 'stc', 'ink', `${PROTECTION}=true`);
    for (const words of [
      ['delete', 'stc', 'ink'],
      ['delete', 'stc', '--all'],
    ]) {
      await expect(red.kubectl(...words, '--wait=false')).rejects.toThrow(
        /carries the annotation quorate\.io\/deletion-protection/,
      );
    }
    expect((await red.get()).metadata.deletionTimestamp).toBeUndefined();
    await red.ready(1);
    await red.kubectl('annotate', 'stc', 'ink', `${PROTECTION}-`);
    await red.kubectl('delete', 'stc', 'ink', '--wait=true', '--timeout=60s');
  });

  test('a Namespace is protected by the same annotation; what is in one that goes does not hold it back', async () => {
    await blue.kubectl('annotate', 'stc', 'ink', `${PROTECTION}=true`);
    await kubectl('annotate', 'namespace', BLUE, `${PROTECTION}=true`);
    await expect(kubectl('delete', 'namespace', BLUE, '--wait=false')).rejects.toThrow(/deletion-protection/);
    await kubectl('annotate', 'namespace', BLUE, `${PROTECTION}-`);
    await kubectl('delete', 'namespace', BLUE, '--wait=true', '--timeout=180s');
  });
});
