/** The pages whose commands need a Kubernetes, as a reader of them runs them on a devcluster: each in a namespace of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, jest, test } from '@jest/globals';
import { present } from '../../src/shared/assert.ts';
import { ClusterReader, readCopies, readOperations, readRecovery, readWaysToAsk } from '../docs/cluster-pages.ts';
import { programFolder } from '../docs/reading.ts';
import { Shell } from '../docs/shell.ts';
import { freePort } from '../support/redis-server.ts';
import { operatedDevcluster } from '../support/operated-devcluster.ts';
import type { OperatedDevcluster } from '../support/operated-devcluster.ts';

jest.setTimeout(600_000);

let world: OperatedDevcluster | null = null;
const ends: (() => Promise<void>)[] = [];

beforeAll(async () => {
  world = await operatedDevcluster();
}, 120_000);
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
}, 120_000);
afterAll(() => world?.stop(), 120_000);

/** With `orders` Ready. */
async function readerIn(namespace: string): Promise<ClusterReader> {
  const { program, kubeconfigIn } = present(world, 'it is up');
  const home = mkdtempSync(join(tmpdir(), 'quorate-home-'));
  const bin = programFolder(home, program);
  writeFileSync(join(bin, 'make'), '#!/bin/sh\nexec env PATH="${PATH#*:}" make -o node_modules/.package-lock.json "$@"\n', {
    mode: 0o755,
  });
  const env = {
    HOME: home,
    KUBECONFIG: await kubeconfigIn(namespace),
    PATH: `${bin}:${home}/.local/bin:${process.env['PATH'] ?? ''}`,
  };
  const port = await freePort();
  const shell = new Shell({
    folder: process.cwd(),
    env,
    // Files of a page go to the home; ports of this machine may be in use.
    replacements: [
      ['8080:8080', `${port}:8080`],
      ['localhost:8080', `localhost:${port}`],
      ['admin-token', join(home, 'admin-token')],
      ['orders.snapshot', join(home, 'orders.snapshot')],
    ],
    deadlineMs: 300_000,
  });
  ends.push(async () => {
    await shell.close();
    rmSync(home, { recursive: true, force: true });
  });
  const reader = new ClusterReader(shell);
  await shell.ask('kubectl apply -f examples/orders.yaml');
  await reader.ready(3);
  return reader;
}

test('docs/conditions.md and docs/gates.md, docs/operations.md', async () => {
  const reader = await readerIn('docs-operations');
  await readWaysToAsk(reader);
  await readOperations(reader);
});

test('docs/recovery.md: two of three volumes are given up', async () => {
  await readRecovery(await readerIn('docs-recovery'));
});

test('docs/recovery.md: a copy is saved, and founds another cluster', async () => {
  const reader = await readerIn('docs-copies');
  const image = await reader.shell.ask(
    `kubectl get statefulset orders-shard-0 -o jsonpath='{.spec.template.spec.containers[0].image}'`,
  );
  reader.shell.call('image=IMAGE cluster=orders', `image=${image} cluster=copies`);
  // Where the image has it: here an image is a file of this machine.
  reader.shell.call('/app/quorate.cjs', present(world, 'it is up').program);
  await readCopies(reader);
});
