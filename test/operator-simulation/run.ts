/**
 * Runs what comes as JSON lines on its input, one run after the other, and says of each what became of it as one JSON line. Arguments: the
 * folder of the bundles, and `trace` to tell on the error output what happens.
 */
import { createInterface } from 'node:readline';
import { describeError } from '../simulation/world.ts';
import { loadNodeBuilds } from './builds.ts';
import { runScenario } from './run-scenario.ts';
import type { RunReport } from './run-scenario.ts';
import { SCENARIOS } from './scenarios/all.ts';
import type { CrashPoint } from './simulation.ts';

export interface Errand {
  readonly scenario: string;
  readonly seed: number;
  readonly crash: CrashPoint | null;
  /** Calls and watches of the operator go wrong, as the seed draws it. */
  readonly faults: boolean;
  readonly rest: 'short' | 'long';
}

export interface ErrandReport extends RunReport {
  readonly cpuMs: number;
}

async function main(): Promise<void> {
  const [folder = '', mode] = process.argv.slice(2);
  const builds = await loadNodeBuilds(folder);
  const rejected: string[] = [];
  process.on('unhandledRejection', (reason) => rejected.push(describeError(reason)));
  for await (const line of createInterface({ input: process.stdin })) {
    const errand = JSON.parse(line) as Errand;
    const scenario = SCENARIOS.find(({ name }) => name === errand.scenario);
    if (scenario === undefined) throw new Error(`no scenario is called ${errand.scenario}`);
    const startedUs = cpuUs();
    const { report, trace } = await runScenario(builds, scenario, { ...errand, trace: mode === 'trace' });
    // Rejections that nobody handled are told in a turn of the machine's own event loop; a real process would have ended.
    await new Promise<void>((resolve) => setImmediate(resolve));
    const failure = report.failure ?? (rejected[0] === undefined ? null : `a rejection that nobody handled: ${rejected[0]}`);
    rejected.length = 0;
    for (const told of trace) console.error(told);
    const said: ErrandReport = { ...report, failure, cpuMs: (cpuUs() - startedUs) / 1000 };
    process.stdout.write(`${JSON.stringify(said)}\n`);
  }
}

function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

void main();
