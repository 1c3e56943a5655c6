/** One run of one scenario, from nothing to its verdict. */
import { describeError } from '../simulation/world.ts';
import type { NodeBuilds } from './builds.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import { Faults } from './faults.ts';
import type { Scenario } from './scenario.ts';
import { LONG_REST_MS, OperatorSimulation, SHORT_REST_MS } from './simulation.ts';
import type { CrashPoint } from './simulation.ts';
import { judgeCalls } from './world-rules.ts';

export interface RunOptions {
  readonly seed: number;
  readonly crash: CrashPoint | null;
  readonly faults: boolean;
  /** How long the cluster is watched at rest. */
  readonly rest: 'short' | 'long';
  readonly trace?: boolean;
}

export interface RunReport {
  readonly scenario: string;
  readonly seed: number;
  readonly crash: CrashPoint | null;
  readonly faults: boolean;
  readonly failure: string | null;
  /** Of the operator since the scenario began. */
  readonly writes: number;
  readonly calls: number;
  /** Of one operator in ten seconds. */
  readonly callsMost: number;
  readonly virtualMs: number;
  readonly longestGapMs: number;
  readonly acknowledged: number;
  readonly traceHash: string;
  readonly steps: number;
}

export async function runScenario(
  builds: NodeBuilds,
  scenario: Scenario,
  options: RunOptions,
): Promise<{ readonly report: RunReport; readonly trace: readonly string[] }> {
  const world = new OperatorSimulation(builds, options);
  let failure: string | null = null;
  let counted = { writes: 0, calls: 0 };
  if (options.faults) world.onBegin = () => new Faults(world, new SeededRandom(options.seed ^ 0xfa17)).begin();
  try {
    await scenario.run(world);
    counted = { writes: world.bench.writes, calls: world.bench.calls };
    await world.finish(options.rest === 'long' ? LONG_REST_MS : SHORT_REST_MS);
    if (options.crash === null && !options.faults)
      failure = judgeCalls(counted.calls, scenario.callsMost) ?? missed(world, scenario);
    if (options.crash !== null && !world.bench.hasCrashed) failure = `there was no write ${options.crash.write}`;
  } catch (error) {
    failure = options.trace === true ? describeError(error) : error instanceof Error ? error.message : describeError(error);
  }
  world.stop();
  const report: RunReport = {
    scenario: scenario.name,
    seed: options.seed,
    crash: options.crash,
    faults: options.faults,
    failure,
    ...counted,
    callsMost: world.bench.callsMost,
    virtualMs: Math.round(world.nowMs),
    longestGapMs: Math.round(world.writer.longestGapMs),
    acknowledged: world.writer.acknowledged.size,
    traceHash: world.scheduler.traceHash,
    steps: world.scheduler.steps,
  };
  return { report, trace: world.traceLines };
}

function missed(world: OperatorSimulation, { meets }: Scenario): string | null {
  return meets === undefined || meets.count(world) > 0 ? null : `the scenario shows nothing: it did not meet ${meets.what}`;
}
