/**
 * Runs many seeds over several processes, keeps a ledger of those that passed for this commit, so that a run that was broken off goes on
 * where it stopped, and makes failing seeds smaller. Arguments: folder of the bundles, then a JSON object with the options below.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { shortfallsOfBlocks, totalsOf } from './requirements.ts';
import type { SeedReport } from './run.ts';

interface Options {
  readonly seeds: number;
  readonly first: number;
  readonly workers: number;
  readonly trace: boolean;
  readonly shrink: boolean;
  /** Names the ledger: what a commit holds of the store and its simulator. Null: there are changes that no commit holds; nothing is remembered. */
  readonly commit: string | null;
  readonly ledgerFolder: string;
}

/** Seeds that one process runs before it is replaced: its memory does not grow with the run. */
const SEEDS_PER_PROCESS = 20;
const PROGRESS_SEEDS = 100;

async function main(): Promise<void> {
  const folder = process.argv[2] ?? '';
  const options = JSON.parse(process.argv[3] ?? '{}') as Options;
  const ledger = options.commit === null ? null : join(options.ledgerFolder, `${options.commit}.jsonl`);
  const known = new Map<number, SeedReport>();
  if (ledger !== null) for (const report of await readLedger(ledger)) known.set(report.seed, report);
  const range = Array.from({ length: options.seeds }, (_, at) => options.first + at);
  const open = options.trace ? range : range.filter((seed) => !known.has(seed));
  if (open.length < range.length)
    console.log(`${range.length - open.length} of ${range.length} seeds passed before, on this commit`);
  const failed: SeedReport[] = [];
  let done = 0;
  const take = async (report: SeedReport): Promise<void> => {
    done += 1;
    if (report.failure === null) {
      known.set(report.seed, report);
      if (ledger !== null) await appendFile(ledger, `${JSON.stringify(report)}\n`);
    } else {
      failed.push(report);
      console.log(`seed ${report.seed} FAILED ${report.failure}\n  make sim SEEDS=1 FIRST=${report.seed} TRACE=yes`);
    }
    if (done % PROGRESS_SEEDS === 0) console.log(`${done} of ${open.length} seeds, ${failed.length} failed`);
  };
  const batches: number[][] = [];
  for (const seed of open) {
    const batch = batches.at(-1);
    if (batch && batch.length < SEEDS_PER_PROCESS && batch.at(-1) === seed - 1) batch.push(seed);
    else batches.push([seed]);
  }
  const work = async (): Promise<void> => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) {
      for await (const report of reports(folder, [batch[0] ?? 0, batch.length], options.trace ? 'trace' : 'quiet'))
        await take(report);
    }
  };
  await Promise.all(Array.from({ length: options.workers }, work));
  if (options.shrink) for (const { seed } of failed) await shrink(folder, seed);
  summarize(
    range.flatMap((seed) => known.get(seed) ?? []),
    failed,
  );
}

async function* reports(
  folder: string,
  [first, count]: readonly [number, number],
  ...more: string[]
): AsyncGenerator<SeedReport> {
  const child = spawn(process.execPath, [join(folder, 'run.mjs'), folder, String(first), String(count), ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) yield JSON.parse(line) as SeedReport;
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`a process ended with ${String(code)} in seeds ${first} to ${first + count - 1}`);
}

async function readLedger(path: string): Promise<SeedReport[]> {
  await mkdir(join(path, '..'), { recursive: true });
  try {
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as SeedReport);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Leaves out faults, in halves, then smaller parts, as long as the seed still fails (Zeller and Hildebrandt 2002). */
async function shrink(folder: string, seed: number): Promise<void> {
  const stillFails = async (kept: readonly number[]): Promise<boolean> => {
    for await (const report of reports(folder, [seed, 1], 'quiet', kept.join())) return report.failure !== null;
    return false;
  };
  let kept: number[] = [];
  for await (const report of reports(folder, [seed, 1], 'quiet'))
    kept = Array.from({ length: report.occurrences }, (_, at) => at);
  for (let part = Math.ceil(kept.length / 2); part >= 1; part = part === 1 ? 0 : Math.ceil(part / 2)) {
    for (let at = 0; at < kept.length;) {
      const without = [...kept.slice(0, at), ...kept.slice(at + part)];
      if (await stillFails(without)) kept = without;
      else at += part;
    }
  }
  console.log(
    `seed ${seed} still fails with ${kept.length} faults:\n  make sim SEEDS=1 FIRST=${seed} KEEP=${kept.join() || 'none'} TRACE=yes`,
  );
}

function summarize(passed: readonly SeedReport[], failed: readonly SeedReport[]): void {
  const all = [...passed, ...failed];
  const totals = totalsOf(all);
  for (const name of Object.keys(totals).sort()) console.log(`${name.padEnd(36)} ${totals[name] ?? 0}`);
  const sum = (of: (report: SeedReport) => number): number => all.reduce((total, report) => total + of(report), 0);
  const share = (which: 'inPeace' | 'duringFaults'): string =>
    (
      (100 * sum(({ counters }) => counters[which].acknowledged)) /
      Math.max(
        1,
        sum(({ counters }) => counters[which].asked),
      )
    ).toFixed(1);
  const hours = sum(({ virtualMs }) => virtualMs) / 3_600_000;
  console.log(
    `${all.length} seeds, ${failed.length} failed; ${hours.toFixed(1)} simulated hours, ${sum(({ counters }) => counters.operations)} operations; ` +
      `acknowledged ${share('duringFaults')} % during faults with a quorum, ${share('inPeace')} % in peace; ` +
      `${Math.round(sum(({ cpuMs }) => cpuMs) / Math.max(1, all.length))} ms of CPU a seed`,
  );
  const shortfalls = shortfallsOfBlocks(passed);
  for (const shortfall of shortfalls) console.log(shortfall);
  process.exitCode = failed.length + shortfalls.length > 0 ? 1 : 0;
}

void main();
