/** What every command of the plugin takes, and how it prints. */
import { pause } from '../../operator/timing.ts';
import { SYSTEM_CLOCK } from '../../operator/system.ts';
import type { Arguments } from '../arguments.ts';
import { EXIT_DONE, UsageError } from '../command.ts';
import type { CommandContext, ExitCode, OptionSpec } from '../command.ts';
import { machineText, OUTPUTS } from '../view/machine.ts';
import type { Output } from '../view/machine.ts';
import { paintFor } from '../view/paint.ts';
import type { Paint } from '../view/paint.ts';

/** Which API server, as whom, and where. */
export const ACCESS_OPTIONS = {
  namespace: {
    short: 'n',
    value: 'NAMESPACE',
    summary: "namespace of the StorageCluster; without it that of the kubeconfig's context",
  },
  context: { value: 'NAME', summary: 'context of the kubeconfig; without it the current one' },
  kubeconfig: { value: 'FILE', summary: 'kubeconfig; without it KUBECONFIG, then ~/.kube/config' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const OUTPUT_OPTION = {
  output: { short: 'o', value: 'FORMAT', summary: 'json or yaml, for programs: fields are added, never renamed' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const WATCH_OPTION = {
  watch: { short: 'w', value: null, summary: 'look again every 2 seconds and print what changed, until Ctrl-C' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const CLUSTER_POSITIONAL = {
  name: 'CLUSTER',
  required: false,
  summary: 'name of the StorageCluster; may be left out when the namespace has just one',
} as const;

export const WATCH_INTERVAL_MS = 2_000;

export function outputOf(given: Arguments): Output | null {
  const text = given.value('output');
  if (text === null) return null;
  const output = OUTPUTS.find((known) => known === text);
  if (output === undefined) throw new UsageError(`--output is ${OUTPUTS.join(' or ')}, not ${text}`);
  return output;
}

export function painterOf({ stdout, env }: CommandContext): Paint {
  return paintFor(stdout.isTTY === true, env);
}

export function nowMsOf({ clock = SYSTEM_CLOCK }: CommandContext): number {
  return clock.wallMs();
}

/** What one look gives: plain JSON for programs, and text for people. */
export interface Shown {
  readonly value: unknown;
  readonly text: string;
}

/**
 * Prints one look, or with `--watch` one after the other: on a terminal each takes the place of the one before, elsewhere each that differs
 * follows it.
 */
export async function show(given: Arguments, context: CommandContext, look: () => Promise<Shown>): Promise<ExitCode> {
  const output = outputOf(given);
  const textOf = ({ value, text }: Shown): string => (output === null ? text : machineText(value, output));
  let last = textOf(await look());
  const isLive = output === null && context.stdout.isTTY === true && given.has('watch');
  context.stdout.write(isLive ? clearScreen + last : last);
  if (!given.has('watch')) return EXIT_DONE;
  const { clock = SYSTEM_CLOCK, signal = new AbortController().signal } = context;
  while (await pause(clock, WATCH_INTERVAL_MS, signal)) {
    const next = textOf(await look());
    if (next === last) continue;
    const separator = output === 'yaml' ? '---\n' : output === null ? '\n' : '';
    context.stdout.write(isLive ? clearScreen + next : separator + next);
    last = next;
  }
  return EXIT_DONE;
}

/** ECMA-48: the cursor home (CUP), and everything below it away (ED). */
const clearScreen = '\u001b[H\u001b[J';
