/** The pages whose commands need a Kubernetes, as a reader runs them: each in a namespace of its own, with the plugin installed as they say. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, jest, test } from '@jest/globals';
import { present } from '../../src/shared/assert.ts';
import {
  ClusterReader,
  readChart,
  readCopies,
  readFiveMinutes,
  readRecovery,
  readTour,
  readWaysToAsk,
} from '../docs/cluster-pages.ts';
import { programFolder } from '../docs/reading.ts';
import { Shell } from '../docs/shell.ts';
import { buildProgram } from '../support/program.ts';
import { freePort } from '../support/redis-server.ts';
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
  const home = mkdtempSync(join(tmpdir(), 'quorate-home-'));
  const kubeconfig = join(home, 'kubeconfig');
  copyFileSync(present(process.env['KUBECONFIG'], 'KUBECONFIG names the cluster'), kubeconfig);
  await kubectl('--kubeconfig', kubeconfig, 'config', 'set-context', '--current', `--namespace=${namespace}`);
  const bin = programFolder(home, buildProgram());
  // What is installed already must not be installed anew under the feet of the tests.
  writeFileSync(join(bin, 'make'), '#!/bin/sh\nexec env PATH="${PATH#*:}" make -o node_modules/.package-lock.json "$@"\n', {
    mode: 0o755,
  });
  const port = await freePort();
  const shell = new Shell({
    folder: process.cwd(),
    env: { HOME: home, KUBECONFIG: kubeconfig, PATH: `${bin}:${home}/.local/bin:${process.env['PATH'] ?? ''}` },
    // Files of a page go to the home; ports of this machine may be in use.
    replacements: [
      ['8080:8080', `${port}:8080`],
      ['localhost:8080', `localhost:${port}`],
      ['admin-token', join(home, 'admin-token')],
      ['orders.snapshot', join(home, 'orders.snapshot')],
    ],
    deadlineMs: 600_000,
  });
  ends.push(async () => {
    await shell.close();
    rmSync(home, { recursive: true, force: true });
  });
  return new ClusterReader(shell);
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
