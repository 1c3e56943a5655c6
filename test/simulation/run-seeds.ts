/** Seeds from a test: in a process of their own, over bundles of their own, so that test files run side by side. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleSimulation } from '../../scripts/bundle-simulation.mjs';
import { seedReports } from '../../scripts/seed-reports.mjs';
import type { SeedReport } from './run.ts';

/** One report for each seed, in order. @throws when the process ends without having run all of them */
export async function runSeeds(first: number, count: number): Promise<SeedReport[]> {
  const folder = await mkdtemp(join(tmpdir(), 'quorate-simulation-'));
  try {
    await bundleSimulation(folder);
    const reports: SeedReport[] = [];
    const words = [String(first), String(count), 'quiet'];
    for await (const report of seedReports(folder, words, { stderr: 'inherit' })) reports.push(report);
    if (reports.length !== count) throw new Error(`the simulator told of ${reports.length} of ${count} seeds`);
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
