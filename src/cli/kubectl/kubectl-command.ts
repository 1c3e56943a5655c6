/**
 * `quorate kubectl …`: kubectl itself, on the devcluster that runs; and where there is no kubectl, the few commands that a first hour takes,
 * answered here in its words.
 */
import { spawn } from 'node:child_process';
import { SYSTEM_CLOCK } from '../../operator/system.ts';
import type { Arguments } from '../arguments.ts';
import { nearest, parseArguments } from '../arguments.ts';
import { CommandError, EXIT_DONE, EXIT_FAILED, EXIT_NOT_FOUND, EXIT_USAGE, UsageError } from '../command.ts';
import type { Command, CommandContext, ExitCode } from '../command.ts';
import { runningDevcluster } from '../dev/record.ts';
import { commandHelp } from '../help.ts';
import { Access } from '../kubernetes/access.ts';
import { namespaceOf, userKubeConfig } from '../kubernetes/user-config.ts';
import { programInPath } from '../program-path.ts';
import { ApiTypes } from './api-types.ts';
import { GET, get } from './get.ts';
import { KubectlError } from './refusal.ts';
import type { KubectlSession } from './session.ts';
import { APPLY, apply, DELETE, PATCH, patch, remove, SCALE, scale } from './writes.ts';

interface Answer {
  readonly spec: Omit<Command, 'run'>;
  readonly run: (given: Arguments, session: KubectlSession) => Promise<ExitCode>;
}

const ANSWERS: ReadonlyMap<string, Answer> = new Map([
  ['get', { spec: GET, run: get }],
  ['apply', { spec: APPLY, run: apply }],
  ['scale', { spec: SCALE, run: scale }],
  ['delete', { spec: DELETE, run: remove }],
  ['patch', { spec: PATCH, run: patch }],
]);

const HOW_TO_GET_IT = [
  'There is no kubectl in your PATH. Where to get it:',
  '  Linux     https://kubernetes.io/docs/tasks/tools/install-kubectl-linux/ (it is one file)',
  '  macOS     `brew install kubectl`',
  '  Windows   `winget install -e --id Kubernetes.kubectl`',
].join('\n');

export const kubectlCommand: Command = {
  name: 'kubectl',
  summary: 'kubectl on the devcluster of `quorate dev`; without kubectl it answers get, apply, scale, delete and patch itself',
  details: [
    'With kubectl in the PATH it runs it, with every word as it is and the kubeconfig of the devcluster. Without, it says where to get kubectl, and ' +
      `answers ${[...ANSWERS.keys()].join(', ')} itself: \`quorate kubectl get --help\` tells what each of them takes.`,
    'It never speaks to another cluster than the devcluster, unless --kubeconfig FILE is among the words.',
    'Examples:',
    '  quorate kubectl get stc\n  quorate kubectl get pods -l quorate.io/cluster=orders -o wide --watch\n' +
      '  quorate kubectl scale stc/orders --replicas=5',
  ],
  takesWordsAsTheyAre: true,
  positionals: [{ name: 'WORD', required: false, repeated: true, summary: 'as kubectl takes them' }],
  options: {},
  run: async (given, context) => {
    const words = given.positionals('WORD');
    const program = programInPath('kubectl', context.env);
    if (program !== null) return runProgram(program, words, context);
    return answerHere(words, context);
  },
};

/** With our terminal, and as our group: Ctrl-C reaches it as it reaches us. Its exit code is ours where we have such a code. */
function runProgram(program: string, words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const kubeconfig = kubeconfigFor(words, context.env);
  const env = { ...context.env, ...(kubeconfig === null ? {} : { KUBECONFIG: kubeconfig }) };
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { env, stdio: 'inherit' });
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.on('SIGTERM', pass);
    // The terminal sends it to both; we wait for kubectl's own end.
    const ignore = (): void => undefined;
    process.on('SIGINT', ignore);
    const settle = (): void => {
      process.off('SIGTERM', pass);
      process.off('SIGINT', ignore);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code) => {
      settle();
      resolve(code === 0 ? EXIT_DONE : EXIT_FAILED);
    });
  });
}

/** Null: the words name one themselves. @throws CommandError when there is nothing to speak to */
function kubeconfigFor(words: readonly string[], env: CommandContext['env']): string | null {
  if (words.some((word) => word === '--kubeconfig' || word.startsWith('--kubeconfig='))) return null;
  const running = runningDevcluster(env);
  if (running !== null) return running.kubeconfig;
  throw new CommandError(
    EXIT_NOT_FOUND,
    'no devcluster runs: start one with `quorate dev`, or name a cluster with --kubeconfig FILE',
  );
}

async function answerHere(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { stderr, stdout } = context;
  const [verb, ...rest] = verbFirst(words);
  const known = [...ANSWERS.keys()].join(', ');
  if (verb === undefined || verb === '--help' || verb === '-h' || verb === 'help') {
    stdout.write(`${commandHelp(kubectlCommand, 'quorate')}\n${HOW_TO_GET_IT}\n`);
    return EXIT_DONE;
  }
  const { kubeconfig, others } = withoutKubeconfig(rest);
  const answer = ANSWERS.get(verb);
  if (answer === undefined) {
    stderr.write(
      `${HOW_TO_GET_IT}\n\nquorate kubectl answers ${known} itself, not "${verb}"${nearest(verb, [...ANSWERS.keys()])}\n`,
    );
    return EXIT_USAGE;
  }
  const command: Command = { ...answer.spec, run: async () => EXIT_DONE };
  if (others.includes('--help') || others.includes('-h')) {
    stdout.write(commandHelp(command, 'quorate'));
    return EXIT_DONE;
  }
  const parsed = parseArguments(command, others);
  if (!parsed.ok) {
    stderr.write(`error: ${parsed.reason}\nSee 'quorate kubectl ${verb} --help' for usage.\n`);
    return EXIT_FAILED;
  }
  return inSession(answer, parsed.value, kubeconfig ?? kubeconfigFor([], context.env), context);
}

const BEFORE_THE_VERB = /^(-n|--namespace|--kubeconfig)(=.*)?$/;

/** `-n shop get stc` is `get stc -n shop`: what every command takes may stand before the verb. */
function verbFirst(words: readonly string[]): readonly string[] {
  let at = 0;
  for (let word = words[at]; word !== undefined && BEFORE_THE_VERB.test(word); word = words[at]) at += word.includes('=') ? 1 : 2;
  const verb = words[at];
  return verb === undefined ? words : [verb, ...words.slice(at + 1), ...words.slice(0, at)];
}

/** `--kubeconfig FILE` and `--kubeconfig=FILE` may stand anywhere. */
function withoutKubeconfig(words: readonly string[]): { readonly kubeconfig: string | null; readonly others: readonly string[] } {
  const at = words.findIndex((word) => word === '--kubeconfig' || word.startsWith('--kubeconfig='));
  const word = words[at];
  if (word === undefined) return { kubeconfig: null, others: words };
  const value = word === '--kubeconfig' ? words[at + 1] : word.slice('--kubeconfig='.length);
  if (value === undefined || value === '') throw new UsageError('--kubeconfig needs a value: --kubeconfig FILE');
  const others = [...words.slice(0, at), ...words.slice(at + (word === '--kubeconfig' ? 2 : 1))];
  return { kubeconfig: value, others };
}

async function inSession(
  { run }: Answer,
  given: Arguments,
  kubeconfig: string | null,
  { stdin, stdout, stderr, env, clock = SYSTEM_CLOCK, signal = new AbortController().signal }: CommandContext,
): Promise<ExitCode> {
  const config = userKubeConfig({ file: kubeconfig, context: null }, env);
  const namespace = given.value('namespace') ?? namespaceOf(config);
  const access = new Access(config, namespace, clock);
  try {
    const types = await ApiTypes.of(access.server);
    return await run(given, { server: access.server, types, namespace, clock, stdin, stdout, stderr, signal });
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    if (error.message !== '') stderr.write(`${error.message}\n`);
    return EXIT_FAILED;
  } finally {
    await access.server.close();
  }
}
