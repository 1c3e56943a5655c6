import type { SeedReport } from '../test/simulation/run.ts';

interface SeedReportsOptions {
  /** A process that says nothing for so long hangs, and is ended; null: it may take as long as it likes. */
  readonly silenceMsMax?: number | null;
  /** Where its errors go. */
  readonly stderr?: 'ignore' | 'inherit';
}

/** The process hung, or ended by itself with another code than 0: its seed has failed. */
export class SimulationEnded extends Error {}

/**
 * One report for each seed, as it ends; whoever stops reading ends the process.
 *
 * @param folder of `bundleSimulation` @param words as of test/simulation/run.ts, without the folder
 * @throws SimulationEnded, or another error when somebody else ended the process: that says nothing of the seed
 */
export function seedReports(folder: string, words: readonly string[], options?: SeedReportsOptions): AsyncGenerator<SeedReport>;

/** @param path of a kept plan @throws when there is no report within `forMs` */
export function planReport(folder: string, path: string, forMs: number): Promise<SeedReport>;
