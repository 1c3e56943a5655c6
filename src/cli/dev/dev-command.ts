import type { Arguments } from '../arguments.ts';
import { EXIT_DONE, EXIT_FAILED, UsageError } from '../command.ts';
import type { Command, CommandContext, ExitCode } from '../command.ts';
import { pause } from '../../operator/timing.ts';
import { messageOf } from '../kubernetes/port-forwarder.ts';
import { programInPath } from '../program-path.ts';
import { countText, shortTime } from '../view/time.ts';
import { DEV_OPTIONS, programWord, sessionOptionsOf } from './dev-options.ts';
import { DevSession } from './dev-session.ts';
import { openDisplay } from './display.ts';
import type { Display, DisplayMode } from './display.ts';
import { listenToKeys } from './keys.ts';
import { killPod } from './mischief.ts';
import { playSession } from './once.ts';
import { endingOf } from './stop.ts';
import type { Ending } from './stop.ts';
import { suggestionsFor } from './suggestions.ts';

export const devCommand: Command = {
  name: 'dev',
  summary: 'Kubernetes in this process, the operator and a cluster on it, and a live view of them: all that a first hour takes',
  details: [
    'It starts a devcluster (an API server that kubectl speaks to, whose pods are processes of this machine), installs the operator with the ' +
      'objects of its chart, applies an example of three members, and shows what goes on: members with their log positions, the plan and why, events, ' +
      'and a writer that counts what was acknowledged and looks for what is lost. On a terminal the view is drawn and redrawn; elsewhere, and with ' +
      '--lines, every change is a line.',
    'Keys: `k` kills the leader (SIGKILL), `q` and Ctrl-C end everything. Nothing is left then, neither process nor port nor file, unless --data ' +
      'names a folder. `quorate dev chaos`, in another terminal, kills on a beat.',
    'It is for trying things out and for tests: data that matters has no place there.',
    'Examples:',
    '  quorate dev\n  quorate dev --members 5 --data ./my-cluster\n  quorate dev --once\n  quorate dev -o json | jq -r .text',
  ],
  positionals: [],
  options: {
    ...DEV_OPTIONS,
    'no-writer': { value: null, summary: 'without the built-in writer' },
    once: {
      value: null,
      summary: 'play one session (write, kill, scale, roll, delete) once it is ready, and end: 0 when all went well',
    },
    lines: { value: null, summary: 'a line for each change, on a terminal too' },
    output: { short: 'o', value: 'FORMAT', summary: 'json: each change as a line of JSON' },
  },
  run: async (given, context) => {
    if (given.has('no-writer') && given.has('writes')) throw new UsageError('--no-writer and --writes exclude each other');
    const mode = modeOf(given, context);
    const session = new DevSession(await sessionOptionsOf(given, context, !given.has('no-writer')));
    return runSession(session, mode, context, given.has('once'));
  },
};

function modeOf(given: Arguments, { stdout }: CommandContext): DisplayMode {
  const output = given.value('output');
  if (output !== null && output !== 'json') throw new UsageError(`--output is json, not ${output}`);
  if (output === 'json') return 'json';
  return stdout.isTTY === true && !given.has('lines') && !given.has('once') ? 'screen' : 'lines';
}

/** Often enough to look alive. */
const FRAME_MS = 200;
const READ_BACK_MS = 2_000;

async function runSession(session: DevSession, mode: DisplayMode, context: CommandContext, isOnce: boolean): Promise<ExitCode> {
  const ending = endingOf(context);
  const display = openDisplay(mode, context);
  const forgetKeys = mode === 'screen' ? listenToKeys(context, (key) => press(key, session, display, ending)) : () => undefined;
  if (mode === 'screen') session.keys = 'k kills the leader   q ends everything';
  const frames = new AbortController();
  const drawn = draw(session, display, context, frames.signal);
  let code: ExitCode = EXIT_DONE;
  try {
    ending.signal.addEventListener('abort', () => session.giveUp(), { once: true });
    await begun(session, ending);
    if (ending.signal.aborted) return EXIT_DONE;
    session.suggestions = suggestionsOf(session, context);
    if (isOnce) code = await playSession(session, display, context, ending);
    else await untilEnd(session, display, mode, ending);
  } finally {
    await session.finishWriting(READ_BACK_MS);
    frames.abort();
    await drawn;
    forgetKeys();
    display.close();
    await session.stop();
    ending.release();
  }
  return lastWords(session, mode, context) === 'lost' ? EXIT_FAILED : code;
}

/** Whoever ended it in the middle of its start is not told of what that broke. */
async function begun(session: DevSession, { signal }: Ending): Promise<void> {
  try {
    await session.begin();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function draw(session: DevSession, display: Display, { clock }: CommandContext, signal: AbortSignal): Promise<void> {
  do display.show(session.scene());
  while (await pause(clock ?? session.clock, FRAME_MS, signal));
}

/** Without a screen what is worth trying is told once, when all is ready. */
async function untilEnd(session: DevSession, display: Display, mode: DisplayMode, { signal }: Ending): Promise<void> {
  let isTold = mode !== 'lines';
  while (await pause(session.clock, FRAME_MS, signal)) {
    if (isTold || !session.isReady) continue;
    isTold = true;
    display.show(session.scene());
    const atMs = session.scene().elapsedMs;
    display.tell({ atMs, about: 'ready', text: `after ${shortTime(atMs)}; what to try now, until Ctrl-C:`, meaning: 'good' });
    for (const { command, what } of session.suggestions)
      display.tell({ atMs, about: 'try', text: what === '' ? command : `${command}   # ${what}` });
  }
}

function suggestionsOf(session: DevSession, { env }: CommandContext): DevSession['suggestions'] {
  return suggestionsFor({
    cluster: session.clusterName,
    namespace: session.access.namespace,
    kubeconfigFile: session.kubeconfigFile,
    passwordFile: session.passwordFile,
    clientPort: session.clientPort,
    program: programWord(programInPath('quorate', env) !== null),
    hasKubectl: programInPath('kubectl', env) !== null,
    hasRedisCli: programInPath('redis-cli', env) !== null,
  });
}

function press(key: string, session: DevSession, display: Display, ending: Ending): void {
  if (key === 'q') ending.ask();
  if (key !== 'k') return;
  const { leader } = session.last.cluster ?? { leader: null };
  const tell = (text: string): void => display.tell({ atMs: session.scene().elapsedMs, about: 'key', text });
  if (leader === null) {
    tell('there is no leader to kill');
    return;
  }
  killPod(session.access, leader).then(
    (isKilled) => tell(isKilled ? `killed ${leader}` : `${leader} does not run`),
    (error: unknown) => tell(`${leader} could not be killed: ${messageOf(error)}`),
  );
}

/** One line that stays on the terminal when the view is gone. */
function lastWords(session: DevSession, mode: DisplayMode, { stdout }: CommandContext): 'lost' | 'well' {
  const { writes } = session.scene();
  const isLost = writes !== null && (writes.lost > 0 || writes.surplus > 0);
  if (writes !== null && mode !== 'json') {
    const facts = [
      `${countText(writes.acknowledged)} writes acknowledged`,
      `${countText(writes.lost)} lost`,
      ...(writes.surplus === 0 ? [] : [`${countText(writes.surplus)} carried out twice`]),
      ...(writes.unknown === 0 ? [] : [`${countText(writes.unknown)} unanswered`]),
      `longest gap ${shortTime(writes.longestGapMs)}`,
    ];
    stdout.write(`${facts.join(', ')}; everything is ended and nothing is left\n`);
  }
  return isLost ? 'lost' : 'well';
}
