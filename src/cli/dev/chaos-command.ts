import { randomInt } from 'node:crypto';
import { pause } from '../../operator/timing.ts';
import { SYSTEM_CLOCK } from '../../operator/system.ts';
import { SeededRandom } from '../../shared/random.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Arguments } from '../arguments.ts';
import { CommandError, EXIT_DONE, EXIT_FAILED, UsageError } from '../command.ts';
import type { Command, CommandContext, ExitCode } from '../command.ts';
import { Access } from '../kubernetes/access.ts';
import { userKubeConfig } from '../kubernetes/user-config.ts';
import type { Scene } from '../view/live/scene.ts';
import { Chaos, isWell, resultOf, resultText } from './chaos.ts';
import type { ChaosOptions } from './chaos.ts';
import { BLOW_KINDS } from './chaos-plan.ts';
import type { BlowKind } from './chaos-plan.ts';
import { ClusterWatch } from './cluster-watch.ts';
import { DEV_OPTIONS, numberOf, sessionOptionsOf } from './dev-options.ts';
import { DEV_LIMITS, DevSession } from './dev-session.ts';
import { openDisplay } from './display.ts';
import type { Display } from './display.ts';
import type { Look } from './look.ts';
import { runningDevcluster } from './record.ts';
import type { DevclusterRecord } from './record.ts';
import { endingOf } from './stop.ts';

const CHAOS_LIMITS = {
  /** Until there is a cluster to hit, and until it is whole again at the end. */
  readyMs: 120_000,
  frameMs: 200,
  readBackMs: 30_000,
} as const;

export const chaosCommand: Command = {
  name: 'dev chaos',
  summary: 'kill members, leaders and nodes of the devcluster on a beat, while a writer looks for gaps and losses',
  details: [
    'Members and leaders die by SIGKILL, nodes lose their power and come back. A beat is passed over when one more loss would leave no majority. The ' +
      'writer increments a counter, one write after the other: what was acknowledged and is gone shows in the next reply, and the counter is read back ' +
      'at the end. Exit code 1 when something was lost, carried out twice, or nobody could say.',
    'It hits the devcluster that runs; where none runs it starts one of its own, with the options of `quorate dev`, and ends it afterwards.',
    'Examples:',
    '  quorate dev chaos\n  quorate dev chaos --beat 3 --for 300 --what leader\n  quorate dev chaos --seed 42 -o json',
  ],
  positionals: [],
  options: {
    beat: { value: 'SECONDS', summary: 'between two blows; without it 5' },
    for: { value: 'SECONDS', summary: 'how long; without it 60, and 0 is until Ctrl-C' },
    what: { value: 'KIND', repeated: true, summary: 'member, leader or node; without it all of them' },
    outage: { value: 'SECONDS', summary: 'how long a node stays without power; without it 5' },
    seed: { value: 'NUMBER', summary: 'of the dice; without it one that is told at the end' },
    output: { short: 'o', value: 'FORMAT', summary: 'json: each change as a line of JSON, the result as the last one' },
    ...DEV_OPTIONS,
  },
  run: async (given, context) => {
    const options = chaosOptionsOf(given);
    const running = runningDevcluster(context.env);
    const output = given.value('output');
    if (output !== null && output !== 'json') throw new UsageError(`--output is json, not ${output}`);
    const stage = running === null ? await ownStage(given, context) : attachedStage(given, context, running);
    return runOn(stage, options, context, output === 'json');
  },
};

function chaosOptionsOf(given: Arguments): ChaosOptions {
  const seconds = (option: string, least: number, without: number): number => {
    return (numberOf(given, option, least, 86_400) ?? without) * 1_000;
  };
  const lengthMs = seconds('for', 0, 60);
  return {
    beatMs: seconds('beat', 1, 5),
    lengthMs: lengthMs === 0 ? null : lengthMs,
    kinds: kindsOf(given.values('what')),
    outageMs: seconds('outage', 1, 5),
    seed: numberOf(given, 'seed', 0, 2 ** 32 - 1) ?? randomInt(2 ** 32),
  };
}

function kindsOf(words: readonly string[]): readonly BlowKind[] {
  if (words.length === 0) return BLOW_KINDS;
  return words
    .flatMap((word) => word.split(','))
    .map((word) => {
      const kind = BLOW_KINDS.find((known) => known === word);
      if (kind === undefined) throw new UsageError(`--what is ${BLOW_KINDS.join(', ')}, not ${word}`);
      return kind;
    });
}

/** Where it happens: a devcluster of its own, or the one that runs. */
interface Stage {
  readonly clock: Clock;
  readonly access: () => Access;
  readonly begin: () => Promise<void>;
  readonly last: () => Look;
  readonly scene: () => Scene;
  readonly finishWriting: (withinMs: number) => Promise<boolean>;
  readonly stop: () => Promise<void>;
}

async function ownStage(given: Arguments, context: CommandContext): Promise<Stage> {
  const session = new DevSession(await sessionOptionsOf(given, context, true));
  return {
    clock: session.clock,
    access: () => session.access,
    begin: () => session.begin(),
    last: () => session.last,
    scene: () => session.scene(),
    finishWriting: (withinMs) => session.finishWriting(withinMs),
    stop: () => session.stop(),
  };
}

const WRITES_DEFAULT = 100;

function attachedStage(given: Arguments, { env, clock = SYSTEM_CLOCK }: CommandContext, record: DevclusterRecord): Stage {
  for (const option of Object.keys(DEV_OPTIONS)) {
    if (option === 'writes' || !given.has(option)) continue;
    throw new UsageError(`--${option} is for a devcluster of its own, and one runs already, as process ${record.pid}`);
  }
  const config = userKubeConfig({ file: record.kubeconfig, context: null }, env);
  const access = new Access(config, record.namespace, clock);
  const watch = new ClusterWatch({
    ...{ access, clock, cluster: record.cluster, beganAtMs: clock.monotonicMs() },
    writesPerSecond: numberOf(given, 'writes', 1, 1_000) ?? WRITES_DEFAULT,
    key: `quorate:dev:chaos:${process.pid}`,
    lookMs: () => DEV_LIMITS.startLookMs,
  });
  return {
    clock,
    access: () => access,
    begin: async () => watch.start(),
    last: () => watch.last,
    scene: () => watch.scene(),
    finishWriting: (withinMs) => watch.finishWriting(withinMs),
    stop: async () => {
      await watch.stop();
      await access.server.close();
    },
  };
}

async function runOn(stage: Stage, options: ChaosOptions, context: CommandContext, asJson: boolean): Promise<ExitCode> {
  const ending = endingOf(context);
  const display = openDisplay(asJson ? 'json' : 'lines', context);
  const frames = new AbortController();
  const shown = show(stage, display, frames.signal);
  try {
    await stage.begin();
    await whole(stage, ending.signal);
    const { clock, last } = stage;
    const tell = (text: string, isBad: boolean): void => {
      display.tell({ atMs: Math.round(stage.scene().elapsedMs), about: 'chaos', text, meaning: isBad ? 'bad' : 'strong' });
    };
    const random = new SeededRandom(options.seed);
    const chaos = new Chaos(options, { access: stage.access(), clock, random, last, tell });
    tell(`begins, with seed ${options.seed}`, false);
    await chaos.run(ending.signal);
    const isReadBack = await stage.finishWriting(CHAOS_LIMITS.readBackMs);
    const { writes } = stage.scene();
    if (writes === null) throw new CommandError(EXIT_FAILED, 'nothing was written');
    const result = resultOf(chaos, options.seed, writes, isReadBack);
    frames.abort();
    await shown;
    context.stdout.write(asJson ? `${JSON.stringify({ result })}\n` : `\n${resultText(result)}`);
    return isWell(result) ? EXIT_DONE : EXIT_FAILED;
  } finally {
    frames.abort();
    await shown;
    display.close();
    await stage.finishWriting(0);
    await stage.stop();
    ending.release();
  }
}

async function show({ scene, clock }: Stage, display: Display, signal: AbortSignal): Promise<void> {
  do display.show(scene());
  while (await pause(clock, CHAOS_LIMITS.frameMs, signal));
}

/** Every member is there and serves, and the first write is acknowledged. */
async function whole({ clock, last, scene }: Stage, signal: AbortSignal): Promise<void> {
  const endMs = clock.monotonicMs() + CHAOS_LIMITS.readyMs;
  const isWhole = (): boolean => {
    const { cluster, members } = last();
    const serves = members.length > 0 && members.every(({ ready }) => ready === true);
    return cluster?.phase === 'Ready' && serves && (scene().writes?.acknowledged ?? 0) > 0;
  };
  while (!isWhole()) {
    if (clock.monotonicMs() > endMs) throw new CommandError(EXIT_FAILED, 'the cluster did not become ready within 2 minutes');
    if (!(await pause(clock, CHAOS_LIMITS.frameMs, signal))) throw new CommandError(EXIT_FAILED, 'ended before it began');
  }
}
