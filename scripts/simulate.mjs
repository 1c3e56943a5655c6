// Runs seeds of the simulator. SEEDS: how many; FIRST: the first one; TRACE=yes: says what happens in a seed; WORKERS: processes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { bundleSimulation } from './bundle-simulation.mjs';

const seeds = Number(process.env.SEEDS || 20);
const first = Number(process.env.FIRST || 1);
const workers = Math.min(Number(process.env.WORKERS || 2), seeds);
const trace = process.env.TRACE === 'yes';
const folder = await bundleSimulation();
const failures = [];
let done = 0;
let steps = 0;
let virtualMs = 0;
let cpuMs = 0;
const counts = {};

async function work(from, count) {
  const child = spawn(process.execPath, [`${folder}/run.mjs`, folder, String(from), String(count), trace ? 'trace' : 'quiet'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const report = JSON.parse(line);
    done += 1;
    steps += report.steps;
    virtualMs += report.virtualMs;
    cpuMs += report.cpuMs;
    for (const [name, value] of Object.entries(report.counters.counts)) counts[name] = (counts[name] ?? 0) + value;
    if (report.failure) {
      failures.push(report.seed);
      console.log(`seed ${report.seed} FAILED: ${report.failure}\n  make sim SEEDS=1 FIRST=${report.seed} TRACE=yes`);
    }
    if (process.env.VERBOSE)
      console.log(report.seed, Math.round(report.cpuMs), report.steps, report.traceHash, JSON.stringify(report.counters));
  }
  const [code] = await exit;
  if (code !== 0) throw new Error(`a worker ended with ${code}`);
}

const share = Math.ceil(seeds / workers);
const tasks = [];
for (let at = 0; at < seeds; at += share) tasks.push(work(first + at, Math.min(share, seeds - at)));
await Promise.all(tasks);
console.log(counts);
console.log(
  `${done} seeds, ${failures.length} failed; ${(virtualMs / 3_600_000).toFixed(2)} simulated hours, ${Math.round(cpuMs / done)} ms and ${Math.round(steps / done)} steps a seed`,
);
process.exitCode = failures.length > 0 ? 1 : 0;
