/** A devcluster with the operator for a file of tests, and readers of pages in namespaces of it. */
import { afterAll, afterEach, beforeAll, jest } from '@jest/globals';
import { present } from '../../src/shared/assert.ts';
import type { ClusterReader } from '../docs/cluster-pages.ts';
import { readerHome } from '../docs/reader-home.ts';
import { operatedDevcluster } from '../support/operated-devcluster.ts';
import type { OperatedDevcluster } from '../support/operated-devcluster.ts';

jest.setTimeout(600_000);

let world: OperatedDevcluster | null = null;
const leaves: (() => Promise<void>)[] = [];

beforeAll(async () => {
  world = await operatedDevcluster();
}, 300_000);
afterEach(async () => {
  for (const leave of leaves.splice(0).reverse()) await leave();
}, 120_000);
afterAll(() => world?.stop(), 120_000);

/** The bundle of the first build. */
export function program(): string {
  return present(world, 'it is up').program;
}

export async function readerIn(namespace: string): Promise<ClusterReader> {
  const { kubeconfigIn } = present(world, 'it is up');
  const { reader, leave } = await readerHome(program(), await kubeconfigIn(namespace));
  leaves.push(leave);
  return reader;
}

/** With `orders` Ready. */
export async function readerWithOrders(namespace: string): Promise<ClusterReader> {
  const reader = await readerIn(namespace);
  await reader.shell.ask('kubectl apply -f examples/orders.yaml');
  await reader.ready(3);
  return reader;
}
