/** Seeds from a test: in a process of their own, over bundles of their own, so that test files run side by side. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundleSimulation } from '../../scripts/bundle-simulation.mjs';
import type { SeedReport } from './run.ts';

/** One report for each seed, in order. @throws when the process ends without having run all of them */
export async function runSeeds(first: number, count: number): Promise<SeedReport[]> {
  const folder = await mkdtemp(join(tmpdir(), 'quorate-simulation-'));
  try {
    await bundleSimulation(folder);
    const child = spawn(process.execPath, [join(folder, 'run.mjs'), folder, String(first), String(count), 'quiet'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    const reports: SeedReport[] = [];
    for await (const line of createInterface({ input: child.stdout })) reports.push(JSON.parse(line) as SeedReport);
    const [code] = (await ended) as [number | null];
    if (code !== 0 || reports.length !== count)
      throw new Error(`the simulator ended with ${String(code)} after ${reports.length} seeds`);
    return reports;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a person needs to see of what failed. */
export function failuresOf(reports: readonly SeedReport[]): readonly string[] {
  return reports.flatMap(({ seed, failure }) =>
    failure === null ? [] : [`seed ${seed}: ${failure}\n  make sim SEEDS=1 FIRST=${seed} TRACE=yes`],
  );
}
