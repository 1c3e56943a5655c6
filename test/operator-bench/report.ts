/** docs/reports/bench-operator.md, from what a run measured. */
import { percentile } from '../endurance/report.ts';
import type { BenchResult, Memory, Phase } from './bench.ts';
import { LATENCY, MEMBERS_PER_CLUSTER, writesOf } from './fleet.ts';
import type { Calls } from './fleet.ts';

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
const most = (values: readonly number[]): number => values.reduce((high, value) => Math.max(high, value), 0);
const mebibytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

export function describeBench({ clusters, founding, rest, memory }: BenchResult, on: string): string {
  const minutes = rest.virtualMs / 60_000;
  const members = clusters * MEMBERS_PER_CLUSTER;
  return `# One operator, many clusters

Written by \`make bench-operator CLUSTERS=${clusters}\` (${on}): ${clusters} StorageClusters of ${MEMBERS_PER_CLUSTER} members, applied at once, under one
production operator, on the [model of Kubernetes](../kubernetes-model.md); members answer the admin API and replicate nothing. Time is virtual:
each call to the API server takes ${LATENCY.apiMs} ms, each to a node ${LATENCY.nodeMs} ms, and a computation none. Wall time is what the whole
process took, the model and ${members.toLocaleString('en')} members with it, beside whatever else the machine did.

| | founding | ${minutes} minutes at rest |
|---|---|---|
| virtual time | ${seconds(founding.virtualMs)} until all are Ready | ${seconds(rest.virtualMs)} |
| wall time | ${seconds(founding.wallMs)} | ${seconds(rest.wallMs)} |
${phases('reconciles', founding, rest, ({ reconcilesMs }) => reconcilesMs.length.toLocaleString('en'))}
${phases('a reconcile, virtual: p50 / p99 / max', founding, rest, ({ reconcilesMs: all }) => `${percentile(all, 0.5)} / ${percentile(all, 0.99)} / ${most(all)} ms`)}
${phases('queue, keys that wait for a worker: p50 / p99 / max', founding, rest, describeQueue)}
${phases('API calls for each cluster', founding, rest, ({ calls }) => (sum(calls.values()) / clusters).toFixed(1))}
${phases('of these, writes', founding, rest, ({ calls }) => (sum(writesOf(calls).values()) / clusters).toFixed(1))}

## API calls

| call | founding, for each cluster | at rest, for each cluster and hour |
|---|---|---|
${describeCalls(clusters, founding.calls, rest.calls, 60 / minutes)}

What is read at rest is mostly Secrets: at each look the admin token, with which the look may end in a call to a member, and with each comparison of
the children all that the cluster has. Rule [S19](../SAFETY.md) asks for it: a token is read at each use, so that a rotated one counts at once. To keep
it in memory instead, the operator would have to watch Secrets, and its role can neither list nor watch any: it gets each by its name. That is
worth the price, which is ${secretsPerSecond(clusters, rest)} a second for each hundred clusters at rest, each the get of one small object.

## Writes at rest

In ${minutes} minutes, for all ${clusters} clusters: ${describeWrites(rest.calls)}. A look at each cluster every 5 minutes would be
${(clusters * Math.floor(minutes / 5)).toLocaleString('en')} patches of a status.

## Memory

After a collection. The process holds the model as well; the operator's share is what was freed when it ended.

| | heap | resident |
|---|---|---|
${describeMemory('all Ready', memory.atReady)}
${describeMemory(`${minutes} minutes later`, memory.afterRest)}
${describeMemory('without the operator', memory.withoutOperator)}

The operator's share of the heap: ${mebibytes(memory.afterRest.heapBytes - memory.withoutOperator.heapBytes)}.
`;
}

function phases(what: string, founding: Phase, rest: Phase, read: (phase: Phase) => string): string {
  return `| ${what} | ${read(founding)} | ${read(rest)} |`;
}

function describeQueue({ queue }: Phase): string {
  const depths = queue.map(({ ready }) => ready);
  return `${percentile(depths, 0.5)} / ${percentile(depths, 0.99)} / ${most(depths)}`;
}

function describeCalls(clusters: number, founding: Calls, rest: Calls, perHour: number): string {
  const names = [...new Set([...founding.keys(), ...rest.keys()])].sort();
  const cell = (count: number): string => (count === 0 ? '' : count.toFixed(2));
  return names
    .map(
      (name) =>
        `| ${name} | ${cell((founding.get(name) ?? 0) / clusters)} | ${cell(((rest.get(name) ?? 0) / clusters) * perHour)} |`,
    )
    .join('\n');
}

function secretsPerSecond(clusters: number, { calls, virtualMs }: Phase): string {
  const perSecond = (calls.get('get secrets') ?? 0) / (virtualMs / 1_000);
  return ((perSecond / clusters) * 100).toFixed(1);
}

function describeWrites(calls: Calls): string {
  const writes = [...writesOf(calls)].map(([what, count]) => `${count.toLocaleString('en')} \`${what}\``);
  return writes.length === 0 ? 'none' : writes.join(', ');
}

function describeMemory(when: string, { heapBytes, rssBytes }: Memory): string {
  return `| ${when} | ${mebibytes(heapBytes)} | ${mebibytes(rssBytes)} |`;
}
