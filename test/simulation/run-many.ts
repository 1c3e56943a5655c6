/**
 * Runs many seeds over several processes, and keeps a ledger of those that passed for what they ran, so that a run that was broken off goes
 * on where it stopped, and no commit that changes something else makes them run again. Failing seeds are made smaller. Arguments: folder of
 * the bundles, then a JSON object with the options below.
 */
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { planReport, seedReports } from '../../scripts/seed-reports.mjs';
import { parseFaultNames } from './fault-table.ts';
import { drawFocusedPlan, drawPlan } from './plan.ts';
import { pageOf, summaryOf, tableOf } from './report.ts';
import type { Provenance } from './report.ts';
import { shortfallsOfBlocks } from './requirements.ts';
import { writePlan } from './kept-plan.ts';
import type { SeedReport } from './run.ts';
import { describeSize, failureClass, shrink } from './shrink.ts';
import type { Shrunk } from './shrink.ts';

interface Options extends Provenance {
  readonly seeds: number;
  readonly first: number;
  readonly workers: number;
  readonly shrinkMinutes: number;
  readonly ledgerFolder: string;
  readonly shrunkFolder: string;
  /** How a person plays one of these worlds once more, but for its number. */
  readonly again: string;
  /** Names of the classes of faults, with commas, that alone make up the worlds, or null. */
  readonly focus: string | null;
  /** Where a page about all seeds that passed is written, or null. */
  readonly report: string | null;
}

/** Seeds that one process runs before it is replaced: its memory does not grow with the run. */
const SEEDS_PER_PROCESS = 20;
const PROGRESS_SEEDS = 100;
/** A plan that takes so long hangs. */
const PLAN_MS_MAX = 120_000;

async function main(): Promise<void> {
  const folder = process.argv[2] ?? '';
  const options = JSON.parse(process.argv[3] ?? '{}') as Options;
  if (options.focus !== null) parseFaultNames(options.focus);
  console.log(`commit ${options.commit}; key of what seeds run: ${options.key}`);
  const ledger = join(options.ledgerFolder, `${options.key}.jsonl`);
  const passed = new Map((await readLedger(ledger)).map((report) => [report.seed, report]));
  const range = Array.from({ length: options.seeds }, (_, at) => options.first + at);
  const open = range.filter((seed) => !passed.has(seed));
  if (open.length < range.length)
    console.log(`${range.length - open.length} of ${range.length} seeds passed before, with this key`);
  const failed: SeedReport[] = [];
  let done = 0;
  const take = async (report: SeedReport): Promise<void> => {
    done += 1;
    if (report.failure === null) {
      passed.set(report.seed, report);
      await appendFile(ledger, `${JSON.stringify(report)}\n`);
    } else {
      failed.push(report);
      console.log(`seed ${report.seed} FAILED ${report.failure}\n  ${options.again} SEEDS=1 FIRST=${report.seed} TRACE=yes`);
    }
    if (done % PROGRESS_SEEDS === 0) console.log(`${done} of ${open.length} seeds, ${failed.length} failed`);
  };
  const batches = batchesOf(open);
  const work = async (): Promise<void> => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) await runBatch(folder, batch, options, take);
  };
  await Promise.all(Array.from({ length: options.workers }, work));
  if (options.shrinkMinutes > 0) for (const report of oneOfEachClass(failed)) await makeSmaller(folder, report, options);
  await conclude([...passed.values()], failed, options);
}

/** All that passed with this key, whenever it ran, and what failed now. */
async function conclude(passed: readonly SeedReport[], failed: readonly SeedReport[], options: Options): Promise<void> {
  console.log(tableOf([...passed, ...failed]));
  console.log(summaryOf(passed, failed));
  // Worlds of a few classes do not meet all of them.
  const shortfalls = options.focus === null ? shortfallsOfBlocks(passed) : [];
  for (const shortfall of shortfalls) console.log(shortfall);
  if (options.report !== null) {
    await mkdir(dirname(options.report), { recursive: true });
    await writeFile(options.report, pageOf(options, passed, failed));
  }
  process.exitCode = failed.length + shortfalls.length > 0 ? 1 : 0;
}

/** Seeds that follow each other, so many a process. */
function batchesOf(seeds: readonly number[]): number[][] {
  const batches: number[][] = [];
  for (const seed of seeds) {
    const batch = batches.at(-1);
    if (batch && batch.length < SEEDS_PER_PROCESS && batch.at(-1) === seed - 1) batch.push(seed);
    else batches.push([seed]);
  }
  return batches;
}

async function runBatch(
  folder: string,
  batch: readonly number[],
  { focus }: Options,
  take: (report: SeedReport) => Promise<void>,
): Promise<void> {
  const [first = 0] = batch;
  const words = [String(first), String(batch.length), 'quiet', ...(focus === null ? [] : [`focus:${focus}`])];
  try {
    for await (const report of seedReports(folder, words, { stderr: 'inherit' })) await take(report);
  } catch (error) {
    throw new Error(
      `in seeds ${first} to ${first + batch.length - 1}: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

async function readLedger(path: string): Promise<SeedReport[]> {
  await mkdir(dirname(path), { recursive: true });
  try {
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as SeedReport);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** What fails in one way has most likely one cause. */
function oneOfEachClass(failed: readonly SeedReport[]): SeedReport[] {
  const byClass = new Map(failed.toReversed().map((report) => [failureClass(report.failure ?? ''), report]));
  return [...byClass.values()].sort((one, other) => one.seed - other.seed);
}

/** What is left is kept in a file, ready for the corpus, as soon as it is known: a run may be broken off. */
async function makeSmaller(folder: string, { seed, failure, counters }: SeedReport, options: Options): Promise<void> {
  const endMs = performance.now() + options.shrinkMinutes * 60_000;
  const path = join(options.shrunkFolder, `seed-${seed}.json`);
  const trial = join(options.shrunkFolder, `seed-${seed}.trial.json`);
  const keep = async (left: Shrunk): Promise<void> =>
    writePlan(path, { found: left.failure.split('\n')[0] ?? '', plan: left.plan });
  const tell = async (sentence: string, left: Shrunk): Promise<void> => {
    console.log(`seed ${seed}: ${sentence}`);
    await keep(left);
  };
  const shrunk: Shrunk = await shrink(
    options.focus === null ? drawPlan(seed) : drawFocusedPlan(seed, parseFaultNames(options.focus)),
    { failure, operations: counters.operations },
    async (plan) => {
      await writePlan(trial, { found: '', plan });
      const report = await planReport(folder, trial, PLAN_MS_MAX);
      return { failure: report.failure, operations: report.counters.operations };
    },
    { mayGoOn: () => performance.now() < endMs, tell },
  );
  await keep(shrunk);
  console.log(
    `seed ${seed} still fails with ${describeSize(shrunk)}, after ${shrunk.trials} trials:\n  make sim PLAN=${path} TRACE=yes`,
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
