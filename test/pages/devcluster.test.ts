/** The pages whose commands need a Kubernetes and a kubectl, as a reader of them runs them on a devcluster; and what else that reader types. */
import { expect, test } from '@jest/globals';
import { customResourceDefinition } from '../../src/api/custom-resource-definition.ts';
import { readCopies, readOperations, readRecovery, readWaysToAsk } from '../docs/cluster-pages.ts';
import { field } from '../support/model-api.ts';
import { program, readerWithOrders } from './world.ts';

const inOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

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

test('kubectl describe, events, explain, patch and edit', async () => {
  const { shell } = await readerWithOrders('docs-verbs');
  const note = await shell.ask(
    `kubectl get events.events.k8s.io --field-selector regarding.name=orders -o jsonpath='{.items[0].note}'`,
  );
  expect(note).not.toBe('');
  expect(await shell.ask('kubectl describe stc orders')).toContain(note);
  expect(await shell.ask('kubectl events --for stc/orders')).toContain(note);

  const replicas = field(
    customResourceDefinition(),
    'spec.versions.0.schema.openAPIV3Schema.properties.spec.properties.replicas',
  );
  const explained = inOneLine(await shell.ask('kubectl explain stc.spec.replicas'));
  expect(explained).toContain('GROUP: quorate.io KIND: StorageCluster VERSION: v1alpha1 FIELD: replicas <integer>');
  expect(explained).toContain(inOneLine(String(field(replicas, 'description'))));

  const steady = () => shell.ask(`kubectl get stc orders -o jsonpath='{.spec.update.canary.steadySeconds}'`);
  const patch = (words: string) => shell.ask(`kubectl patch stc orders ${words} 2>&1 || :`);
  expect(await patch(`--type merge -p '{"spec":{"update":{"canary":{"steadySeconds":7}}}}'`)).toContain('orders patched');
  expect(await steady()).toBe('7');
  const path = '/spec/update/canary/steadySeconds';
  expect(await patch(`--type json -p '[{"op":"replace","path":"${path}","value":8}]'`)).toContain('orders patched');
  expect(await steady()).toBe('8');
  expect(await patch(`--type merge -p '{"spec":{"replicas":2}}'`)).toMatch(
    /The StorageCluster "orders" is invalid: .*spec\.replicas/s,
  );
  // As on any Kubernetes, a custom kind has no strategic patch; it is what kubectl sends without a type.
  expect(await patch(`-p '{"spec":{"replicas":5}}'`)).toMatch(/415|not supported|UnsupportedMediaType/i);

  const edit = (editor: string) => shell.ask(`KUBE_EDITOR="${editor}" kubectl edit stc orders 2>&1`);
  expect(await edit(`sed -i 's/steadySeconds: 8/steadySeconds: 9/'`)).toContain('storagecluster.quorate.io/orders edited');
  expect(await steady()).toBe('9');
  expect(await edit('true')).toContain('Edit cancelled, no changes made');
});
