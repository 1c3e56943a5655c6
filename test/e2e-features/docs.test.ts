/** The pages whose commands need a Kubernetes, as a reader runs them: each in a namespace of its own, with the plugin installed as they say. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, jest, test } from '@jest/globals';
import { present } from '../../src/shared/assert.ts';
import { readChart, readCopies, readFiveMinutes, readRecovery, readTour, readWaysToAsk } from '../docs/cluster-pages.ts';
import type { ClusterReader } from '../docs/cluster-pages.ts';
import { readerHome } from '../docs/reader-home.ts';
import { buildProgram } from '../support/program.ts';
import { createNamespace, installOperator, kubectl } from '../e2e/support/kubernetes.ts';

jest.setTimeout(900_000);

const ends: (() => Promise<void>)[] = [];

beforeAll(() => installOperator(), 300_000);
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
}, 120_000);

async function readerIn(namespace: string): Promise<ClusterReader> {
  await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=true');
  await createNamespace(namespace);
  ends.push(async () => {
    await kubectl('delete', 'namespace', namespace, '--wait=false');
  });
  const folder = mkdtempSync(join(tmpdir(), 'quorate-kubeconfig-'));
  const kubeconfig = join(folder, 'kubeconfig');
  copyFileSync(present(process.env['KUBECONFIG'], 'KUBECONFIG names the cluster'), kubeconfig);
  await kubectl('--kubeconfig', kubeconfig, 'config', 'set-context', '--current', `--namespace=${namespace}`);
  const { reader, leave } = await readerHome(buildProgram(), kubeconfig);
  ends.push(async () => {
    await leave();
    rmSync(folder, { recursive: true, force: true });
  });
  return reader;
}

async function readerWithOrders(namespace: string): Promise<ClusterReader> {
  const reader = await readerIn(namespace);
  await reader.shell.ask('kubectl apply -f examples/orders.yaml');
  await reader.ready(3);
  return reader;
}

test('README.md', async () => {
  await readFiveMinutes(await readerIn('docs-readme'));
});

test('docs/tour.md', async () => {
  await readTour(await readerIn('docs-tour'));
});

test("the chart's README, docs/conditions.md and docs/gates.md", async () => {
  const reader = await readerIn('docs-chart');
  await readChart(reader);
  await readWaysToAsk(reader);
});

test('docs/recovery.md: two of three volumes are given up', async () => {
  await readRecovery(await readerWithOrders('docs-recovery'));
});

test('docs/recovery.md: a copy is saved, and founds another cluster', async () => {
  const reader = await readerWithOrders('docs-copies');
  const image = await reader.shell.ask(
    `kubectl get statefulset orders-shard-0 -o jsonpath='{.spec.template.spec.containers[0].image}'`,
  );
  reader.shell.call('image=IMAGE cluster=orders', `image=${image} cluster=copies`);
  await readCopies(reader);
});
