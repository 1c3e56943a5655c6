/** Errands from a test: over bundles of their own, so that test files run side by side. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleOperatorSimulation } from '../../scripts/bundle-operator-simulation.mjs';
import { replayOf } from './errands.ts';
import type { Errand, ErrandReport } from './run.ts';
import { runErrands } from './workers.ts';

export class Bundle {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<Bundle> {
    const folder = await mkdtemp(join(tmpdir(), 'quorate-operator-'));
    await bundleOperatorSimulation(folder);
    return new Bundle(folder);
  }

  async run(errands: readonly Errand[]): Promise<readonly ErrandReport[]> {
    const reports: ErrandReport[] = [];
    await runErrands(this.folder, errands, 1, (report) => void reports.push(report));
    return reports;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** What a person needs to see of what failed. */
export function failuresOf(reports: readonly ErrandReport[]): readonly string[] {
  return reports.flatMap((report) => {
    const errand: Errand = { ...report, rest: 'short' };
    return report.failure === null ? [] : [`${report.scenario}: ${report.failure.slice(0, 2_000)}\n  ${replayOf(errand)}`];
  });
}
