/** `quorate dev --once`: the session of the README, played with the commands that a person would type, and judged. */
import { spawn } from 'node:child_process';
import { pause } from '../../operator/timing.ts';
import type { CommandContext, ExitCode } from '../command.ts';
import { EXIT_DONE, EXIT_FAILED } from '../command.ts';
import { linesOf } from '../plugin/lines.ts';
import type { ClusterView } from '../view/cluster-view.ts';
import { countText, shortTime } from '../view/time.ts';
import { programFile } from './dev-options.ts';
import type { DevSession } from './dev-session.ts';
import type { Display } from './display.ts';
import type { Ending } from './stop.ts';

interface Act {
  /** Words after `quorate`. */
  readonly words: (cluster: ClusterView) => readonly string[];
  /** In words, what is waited for, and whether it has come about. */
  readonly until: string;
  readonly holds: (now: ClusterView | null, before: ClusterView) => boolean;
}

export const ONCE_LIMITS = {
  /** For the start, and for each act. */
  actMs: 120_000,
  lookMs: 100,
} as const;

function isWhole({ phase, ready, stale, changePending }: ClusterView, members: number): boolean {
  return phase === 'Ready' && ready === `${members}/${members}` && !stale && !changePending;
}

const MORE_MEMBERS = 5;

function inNamespace(namespace: string): readonly string[] {
  return namespace === 'default' ? [] : ['-n', namespace];
}

function acts(members: number): readonly Act[] {
  const whole = (now: ClusterView | null): boolean => now !== null && isWhole(now, members);
  const kill = ({ leader, namespace }: ClusterView): readonly string[] => {
    return ['kubectl', 'delete', 'pod', leader ?? '', ...inNamespace(namespace), '--grace-period=0', '--force'];
  };
  const on =
    (...words: readonly string[]) =>
    ({ name, namespace }: ClusterView): readonly string[] =>
      words.flatMap((word) => (word === '-n' ? inNamespace(namespace) : [word.replace('CLUSTER', name)]));
  return [
    { words: on('connect', '-n', 'CLUSTER', 'SET', 'greeting', 'hello'), until: 'it is written', holds: () => true },
    { words: on('connect', '-n', 'CLUSTER', 'GET', 'greeting'), until: 'it is read', holds: () => true },
    {
      words: kill,
      until: 'another one leads, and all members are ready',
      holds: (now, before) => whole(now) && (now?.term ?? 0) > (before.term ?? 0),
    },
    {
      words: on('kubectl', 'scale', 'stc/CLUSTER', '-n', `--replicas=${MORE_MEMBERS}`),
      until: `${MORE_MEMBERS} members are ready`,
      holds: (now) => now !== null && isWhole(now, MORE_MEMBERS),
    },
    {
      words: on('kubectl', 'scale', 'stc/CLUSTER', '-n', `--replicas=${members}`),
      until: `${members} members are left, and ready`,
      holds: (now) => whole(now) && now?.members.length === members,
    },
    { words: on('restart', 'CLUSTER', '-n', '--wait'), until: 'every member is a new one', holds: whole },
    { words: on('connect', '-n', 'CLUSTER', 'GET', 'greeting'), until: 'it is still there', holds: () => true },
    { words: on('kubectl', 'delete', 'stc/CLUSTER', '-n'), until: 'it is gone', holds: (now) => now === null },
  ];
}

/** 0 when every act came about in its time and no write was lost. */
export async function playSession(
  session: DevSession,
  display: Display,
  context: CommandContext,
  ending: Ending,
): Promise<ExitCode> {
  const tell = (text: string, meaning?: 'good' | 'bad' | 'strong'): void => {
    display.tell({ atMs: Math.round(session.scene().elapsedMs), about: 'session', text, meaning });
  };
  if (!(await within(session, ending, () => session.isReady))) return failed(ending, tell, 'it did not become ready');
  tell(`ready after ${shortTime(session.scene().elapsedMs)}`, 'good');
  for (const act of acts(session.members)) {
    const before = session.last.cluster;
    if (before === null) return failed(ending, tell, 'there is no cluster any more');
    const words = act.words(before);
    tell(`$ ${words[0] === 'kubectl' ? '' : 'quorate '}${words.join(' ')}`, 'strong');
    const beganAtMs = session.scene().elapsedMs;
    const code = await runWords(session, words, context, (line) => tell(line));
    if (code !== 0) return failed(ending, tell, `it failed with exit code ${code}`);
    if (!(await within(session, ending, () => act.holds(session.last.cluster, before)))) {
      return failed(ending, tell, `this did not come about within ${shortTime(ONCE_LIMITS.actMs)}: ${act.until}`);
    }
    const tookMs = session.scene().elapsedMs - beganAtMs;
    tell(`${act.until}, after ${shortTime(tookMs)}${gapText(session)}`, 'good');
  }
  return EXIT_DONE;
}

function gapText(session: DevSession): string {
  const { writes } = session.scene();
  if (writes === null) return '';
  const gap = writes.lastGap === null ? 'no gap yet' : `last gap ${shortTime(writes.lastGap.ms)}`;
  return `; ${countText(writes.acknowledged)} writes acknowledged, ${countText(writes.lost)} lost, ${gap}`;
}

function failed({ signal }: Ending, tell: (text: string, meaning: 'bad') => void, why: string): ExitCode {
  // Whoever ends it in the middle knows that it is not done.
  if (!signal.aborted) tell(why, 'bad');
  return EXIT_FAILED;
}

async function within(session: DevSession, { signal }: Ending, holds: () => boolean): Promise<boolean> {
  const endMs = session.scene().elapsedMs + ONCE_LIMITS.actMs;
  while (!holds()) {
    if (session.scene().elapsedMs > endMs) return false;
    if (!(await pause(session.clock, ONCE_LIMITS.lookMs, signal))) return false;
  }
  return true;
}

/** In a process of its own, as a person's would be; what it prints is told line by line. */
async function runWords(
  session: DevSession,
  words: readonly string[],
  { env }: CommandContext,
  tell: (line: string) => void,
): Promise<number> {
  const child = spawn(process.execPath, [programFile(), ...words], {
    env: { ...env, KUBECONFIG: session.kubeconfigFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? EXIT_FAILED));
  });
  const read = async (stream: AsyncIterable<Buffer>): Promise<void> => {
    for await (const line of linesOf(stream)) tell(line);
  };
  await Promise.all([read(child.stdout), read(child.stderr)]);
  return ended;
}
