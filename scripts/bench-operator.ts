/** `make bench-operator`: CLUSTERS StorageClusters under one operator, on the model of Kubernetes; writes docs/reports/bench-operator.md. */
import { writeFileSync } from 'node:fs';
import { REST_MINUTES, runBench } from '../test/operator-bench/bench.ts';
import { describeBench } from '../test/operator-bench/report.ts';

const [countText = '500', reportPath = '', minutesText = String(REST_MINUTES)] = process.argv.slice(2);
const clusters = Number(countText);
if (!Number.isInteger(clusters) || clusters < 1)
  throw new Error(`CLUSTERS is a whole number above 0, not ${JSON.stringify(countText)}`);
if (gc === undefined) throw new Error('memory is measured after a collection: run node with --expose-gc');
const collect = gc;

const startedMs = performance.now();
const world = {
  say: (progress: string): void =>
    console.log(`${((performance.now() - startedMs) / 1_000).toFixed(0).padStart(4)} s  ${progress}`),
  memory: async () => {
    // What a turn of the event loop still holds is let go by the next.
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      collect();
    }
    const { rss, heapUsed } = process.memoryUsage();
    return { rssBytes: rss, heapBytes: heapUsed };
  },
  wallMs: () => performance.now(),
};
const result = await runBench(clusters, world, Number(minutesText));
const report = describeBench(result, `Node.js ${process.versions.node}`);
if (reportPath === '') console.log(report);
else writeFileSync(reportPath, report);
