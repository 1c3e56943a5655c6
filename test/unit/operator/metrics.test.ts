/** What the operator tells Prometheus of its clusters. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { ReconcileCounters } from '../../../src/operator/reconcile-counters.ts';
import { registerOperatorMetrics, registerPartMetrics } from '../../../src/operator/metrics.ts';
import { OperatorWorld } from '../../support/operator-world.ts';

async function founded(): Promise<OperatorWorld> {
  const world = new OperatorWorld();
  world.create({ version: '0.1.0', storage: { size: '10Gi' } });
  await world.untilReady(3);
  return world;
}

const linesOf = async (world: OperatorWorld, metric: string) =>
  (await world.registry.metrics()).split('\n').filter((line) => line.startsWith(`${metric}{`));

test('phase, conditions and closed gates of each cluster, as status has them', async () => {
  const world = await founded();
  expect(await linesOf(world, 'quorate_operator_clusters')).toEqual(['quorate_operator_clusters{phase="Ready"} 1']);
  expect(await linesOf(world, 'quorate_operator_cluster_blocked')).toEqual([]);
  world.change({ paused: true });
  await world.pass();
  expect(await linesOf(world, 'quorate_operator_cluster_blocked')).toEqual([
    'quorate_operator_cluster_blocked{namespace="shop",cluster="orders",gate="Paused"} 1',
  ]);
  expect(await linesOf(world, 'quorate_operator_cluster_condition')).toContain(
    'quorate_operator_cluster_condition{namespace="shop",cluster="orders",condition="Ready"} 1',
  );
});

test('S20: Unknown is NaN, never 0; a deleted cluster leaves no value behind', async () => {
  const world = await founded();
  world.isJudged = false;
  for (const ordinal of [0, 1, 2]) world.node(ordinal).silent = true;
  await world.pass();
  expect(await linesOf(world, 'quorate_operator_cluster_condition')).toContain(
    'quorate_operator_cluster_condition{namespace="shop",cluster="orders",condition="QuorumAvailable"} Nan',
  );
  world.delete();
  await world.pass();
  for (const metric of ['quorate_operator_cluster_condition', 'quorate_operator_clusters']) {
    expect(await linesOf(world, metric)).toEqual([]);
  }
});

test('steps are counted by type and outcome', async () => {
  const world = await founded();
  expect(await linesOf(world, 'quorate_operator_steps_total')).toContain(
    'quorate_operator_steps_total{step="found-node",outcome="done"} 3',
  );
});

test('docs/metrics.md lists every metric of the operator', async () => {
  const registry = new Registry();
  new ReconcileCounters(registry);
  registerOperatorMetrics(registry);
  registerPartMetrics(registry, {
    clock: { monotonicMs: () => 0, wallMs: () => 0, schedule: () => () => undefined },
    elector: { isLeader: true },
    events: { droppedCount: 0 },
    queue: { readyCount: 0, waitingCount: 0, runningCount: 0, failingCount: 0, refusedCount: 0, longestRunningMs: 0 },
    reflectors: [],
  });
  const page = readFileSync(new URL('../../../docs/metrics.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/`(quorate_operator_\w+)/g)].map((match) => match[1]);
  const registered = (await registry.getMetricsAsJSON()).map(({ name }) => name);
  expect([...new Set(listed)].sort()).toEqual(registered.sort());
});
