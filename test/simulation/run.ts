/**
 * Runs seeds in this process, one after the other, and says of each what became of it as one JSON line: `scripts/simulate.mjs` bundles this
 * and reads them. Arguments: folder of the bundles, first seed, number of seeds, `trace` or `quiet`, and either the numbers of the faults that
 * are to strike, with commas (without them all do), or the name of a JSON file with a plan that takes the place of the seeds', or `focus:` and
 * the names of the classes of faults, with commas, that alone make up the worlds.
 */
import { readFileSync } from 'node:fs';
import { parseFaultNames } from './fault-table.ts';
import { drawFocusedPlan, drawPlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { loadBuilds } from './builds.ts';
import { describeError, runSeed } from './world.ts';
import type { RunReport } from './world.ts';

const FOCUS = 'focus:';

/** One line of output. */
export interface SeedReport extends Omit<RunReport, 'trace'> {
  readonly cpuMs: number;
}

async function main(): Promise<void> {
  const [folder, first, count, mode, kept] = process.argv.slice(2);
  const builds = await loadBuilds(folder ?? '');
  const rejected: string[] = [];
  process.on('unhandledRejection', (reason) => rejected.push(describeError(reason)));
  for (let seed = Number(first); seed < Number(first) + Number(count); seed += 1) {
    const startedUs = cpuUs();
    const report = await runSeed(builds, seed, { trace: mode === 'trace', plan: planOf(seed, kept) });
    // Rejections that nobody handled are told in a turn of the machine's own event loop; a real process would have ended.
    await new Promise<void>((resolve) => setImmediate(resolve));
    const failure = report.failure ?? (rejected[0] === undefined ? null : `a rejection that nobody handled: ${rejected[0]}`);
    rejected.length = 0;
    const cpuMs = (cpuUs() - startedUs) / 1000;
    const { trace, ...rest } = report;
    if (mode === 'trace') for (const line of trace) console.error(line);
    const said: SeedReport = { ...rest, failure, cpuMs };
    process.stdout.write(`${JSON.stringify(said)}\n`);
  }
}

/** The seed's plan, or what is left of it, only the faults of these numbers; or another in its place. */
function planOf(seed: number, kept: string | undefined): Plan {
  if (kept?.endsWith('.json') === true) return (JSON.parse(readFileSync(kept, 'utf8')) as { readonly plan: Plan }).plan;
  if (kept?.startsWith(FOCUS) === true) return drawFocusedPlan(seed, parseFaultNames(kept.slice(FOCUS.length)));
  const plan = drawPlan(seed);
  if (kept === undefined) return plan;
  const numbers = new Set(kept.split(',').map(Number));
  return { ...plan, occurrences: plan.occurrences.filter(({ number }) => numbers.has(number)) };
}

function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

main().catch((error: unknown) => {
  console.error(describeError(error));
  process.exitCode = 1;
});
