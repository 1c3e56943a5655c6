/**
 * All crash points of all scenarios, and drawn faults beside them. What passed is remembered for this state of the code, so that a run that was
 * broken off goes on where it stopped. Arguments: the folder of the bundles, then a JSON object with the options below.
 */
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crashErrands, faultErrands, keyOf, replayOf, sampled, undisturbed } from './errands.ts';
import { reportText } from './report.ts';
import type { Errand, ErrandReport } from './run.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { runErrands } from './workers.ts';

interface Options {
  /** Null: all. */
  readonly scenario: string | null;
  /** Seeds of drawn faults for each scenario. */
  readonly faultSeeds: number;
  readonly firstSeed: number;
  /** Crash points of each scenario, drawn; null: all of them. */
  readonly sample: number | null;
  readonly workers: number;
  /** A file that remembers what passed; null: there are changes that no commit holds. */
  readonly ledger: string | null;
  /** Where the report goes; null: nowhere. */
  readonly report: string | null;
}

const PROGRESS_RUNS = 100;

async function main(): Promise<void> {
  const folder = process.argv[2] ?? '';
  const options = JSON.parse(process.argv[3] ?? '{}') as Options;
  const names = SCENARIOS.map(({ name }) => name).filter((name) => options.scenario === null || name === options.scenario);
  const known = new Map<string, ErrandReport>();
  if (options.ledger !== null)
    for (const { errand, report } of await readLedger(options.ledger)) known.set(keyOf(errand), report);
  const failures: string[] = [];
  const run = async (errands: readonly Errand[]): Promise<void> => {
    const open = errands.filter((errand) => !known.has(keyOf(errand)));
    let done = 0;
    await runErrands(folder, open, options.workers, async (report, errand) => {
      done += 1;
      if (report.failure === null) {
        known.set(keyOf(errand), report);
        if (options.ledger !== null) await appendFile(options.ledger, `${JSON.stringify({ errand, report })}\n`);
      } else {
        failures.push(`${keyOf(errand)}: ${report.failure.slice(0, 2_000)}\n  ${replayOf(errand)}`);
        console.log(`FAILED ${failures.at(-1) ?? ''}`);
      }
      if (done % PROGRESS_RUNS === 0) console.log(`${done} of ${open.length} runs, ${failures.length} failed`);
    });
  };
  const plain = names.map((name) => undisturbed(name, 'long'));
  await run(plain);
  const counted = plain.flatMap((errand) => known.get(keyOf(errand)) ?? []);
  for (const { scenario, writes, calls, cpuMs } of counted)
    console.log(`${scenario}: ${writes} writes, ${calls} calls, ${Math.round(cpuMs)} ms of CPU`);
  const crashes = counted.flatMap((report) => {
    const all = crashErrands(report);
    return options.sample === null ? all : sampled(all, options.sample, options.firstSeed);
  });
  const faults = names.flatMap((name) => faultErrands(name, options.faultSeeds, options.firstSeed));
  await run([...crashes, ...faults]);
  const passed = [...plain, ...crashes, ...faults].flatMap((errand) => known.get(keyOf(errand)) ?? []);
  const text = reportText(
    SCENARIOS.filter(({ name }) => names.includes(name)),
    passed,
    failures,
  );
  if (options.report !== null) await writeFile(options.report, text);
  const cpuMs = passed.reduce((sum, report) => sum + report.cpuMs, 0);
  console.log(
    `${passed.length + failures.length} runs, ${failures.length} failed; ${Math.round(cpuMs / Math.max(1, passed.length))} ms of CPU a run`,
  );
  process.exitCode = failures.length > 0 ? 1 : 0;
}

async function readLedger(path: string): Promise<readonly { readonly errand: Errand; readonly report: ErrandReport }[]> {
  await mkdir(dirname(path), { recursive: true });
  try {
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as { readonly errand: Errand; readonly report: ErrandReport });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

void main();
