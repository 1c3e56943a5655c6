/** The pages whose commands need a Kubernetes and a kubectl, as a reader of them runs them on a devcluster. */
import { test } from '@jest/globals';
import { readCopies, readOperations, readRecovery, readWaysToAsk } from '../docs/cluster-pages.ts';
import { program, readerWithOrders } from './world.ts';

test('docs/conditions.md and docs/gates.md, docs/operations.md', async () => {
  const reader = await readerWithOrders('docs-operations');
  await readWaysToAsk(reader);
  await readOperations(reader);
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
  // Where the image has it: here an image is a file of this machine.
  reader.shell.call('/app/quorate.cjs', program());
  await readCopies(reader);
});
