import { isKubernetesApiError } from '../../operator/kubernetes/errors.ts';
import { PODS } from '../../operator/kubernetes/resources.ts';
import { CONTAINER } from '../../operator/render/pod-template.ts';
import type { Arguments } from '../arguments.ts';
import { CommandError, EXIT_DONE, EXIT_FAILED, UsageError } from '../command.ts';
import type { Command, CommandContext, ExitCode } from '../command.ts';
import { withAccess } from '../kubernetes/access.ts';
import type { Access } from '../kubernetes/access.ts';
import { rightFor, withRight } from '../kubernetes/rights.ts';
import { logLine, timeOfLine } from '../view/log-line.ts';
import type { Paint } from '../view/paint.ts';
import { linesOf } from './lines.ts';
import { ACCESS_OPTIONS, painterOf } from './plugin-options.ts';
import { clusterOfMember } from './promote-command.ts';

const TAIL_LINES_DEFAULT = 100;

export const logsCommand: Command = {
  name: 'logs',
  summary: 'print the logs of all members of a cluster in one stream, or of one member',
  details: [
    'Lines are made readable; --raw prints the JSON that the members write. Of several members each line is preceded by the name, and without ' +
      '--follow they are put in order of time.',
    'Needs `get` on `pods/log`, and for a whole cluster `get` on `storageclusters.quorate.io` and `list` on `pods`.',
    'Examples:',
    '  kubectl quorate logs orders --follow\n  kubectl quorate logs orders-shard-0-1 --previous\n  kubectl quorate logs orders --since 10m --raw | jq .msg',
  ],
  isPlugin: true,
  positionals: [
    {
      name: 'TARGET',
      required: false,
      summary: 'a StorageCluster or a member; may be left out when the namespace has just one cluster',
    },
  ],
  options: {
    follow: { short: 'f', value: null, summary: 'go on with what is written from now on, until Ctrl-C' },
    tail: {
      value: 'LINES',
      summary: `lines of each member from the end, or "all": ${TAIL_LINES_DEFAULT} unless --since is given`,
    },
    since: { value: 'DURATION', summary: 'only lines younger than this, such as 90s, 10m or 2h' },
    previous: { short: 'p', value: null, summary: 'of the container before the last restart' },
    raw: { value: null, summary: 'lines as the members write them' },
    ...ACCESS_OPTIONS,
  },
  run: async (given, context) => {
    const query = queryOf(given);
    return withAccess(given, context, async (access) => {
      const members = await membersOf(access, given.positional('TARGET'));
      return given.has('follow') ? follow(access, members, query, given, context) : print(access, members, query, given, context);
    });
  },
};

function queryOf(given: Arguments): Readonly<Record<string, string>> {
  const since = given.value('since');
  const tail = given.value('tail') ?? (since === null ? String(TAIL_LINES_DEFAULT) : 'all');
  if (tail !== 'all' && !/^\d{1,7}$/.test(tail)) throw new UsageError(`--tail is a number of lines or "all", not ${tail}`);
  return {
    container: CONTAINER,
    ...(given.has('follow') ? { follow: 'true' } : {}),
    ...(tail === 'all' ? {} : { tailLines: tail }),
    ...(since === null ? {} : { sinceSeconds: String(secondsOf(since)) }),
    ...(given.has('previous') ? { previous: 'true' } : {}),
  };
}

const secondsByUnit: Readonly<Partial<Record<string, number>>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function secondsOf(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(digits) * (secondsByUnit[unit] ?? 0);
  if (seconds <= 0) throw new UsageError(`--since is a duration such as 90s, 10m, 2h or 1d, not ${text}`);
  return seconds;
}

async function membersOf(access: Access, target: string | null): Promise<readonly string[]> {
  if (target !== null && /-shard-\d+-\d+$/.test(target)) {
    clusterOfMember(target);
    return [target.replace(/^pods?\//, '')];
  }
  const { metadata } = await access.theCluster(target);
  const names = (await access.pods(metadata.name)).map((pod) => pod.metadata.name);
  if (names.length === 0) throw new CommandError(EXIT_FAILED, `${metadata.name} has no pods: see \`explain ${metadata.name}\``);
  return names;
}

/** @throws MissingRightError */
async function open(
  access: Access,
  member: string,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<AsyncIterable<string>> {
  const { namespace } = access;
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(member)}/log`;
  try {
    return linesOf(await access.server.stream(path, query, signal));
  } catch (error) {
    throw withRight(error, rightFor('get', { resource: PODS, namespace, subresource: 'log' }));
  }
}

interface Line {
  readonly member: string;
  readonly text: string;
}

type Printer = (line: Line) => void;

function printerOf(members: readonly string[], given: Arguments, context: CommandContext): Printer {
  const paint: Paint = painterOf(context);
  return ({ member, text }) => {
    const line = given.has('raw') ? text : logLine(text, paint);
    context.stdout.write(members.length > 1 && !given.has('raw') ? `${paint('faint', member)} ${line}\n` : `${line}\n`);
  };
}

async function print(
  access: Access,
  members: readonly string[],
  query: Readonly<Record<string, string>>,
  given: Arguments,
  context: CommandContext,
): Promise<ExitCode> {
  const { signal } = new AbortController();
  const logs = await Promise.all(
    members.map(async (member) => {
      const lines: Line[] = [];
      await orNote(member, context, async () => {
        for await (const text of await open(access, member, query, signal)) lines.push({ member, text });
      });
      return lines;
    }),
  );
  // A line without a time belongs where it stands: after the one before it.
  let atMs = 0;
  const timed = logs.flatMap((lines) => lines.map((line) => ({ line, atMs: (atMs = timeOfLine(line.text) ?? atMs) })));
  const printLine = printerOf(members, given, context);
  for (const { line } of timed.sort((left, right) => left.atMs - right.atMs)) printLine(line);
  return EXIT_DONE;
}

async function follow(
  access: Access,
  members: readonly string[],
  query: Readonly<Record<string, string>>,
  given: Arguments,
  context: CommandContext,
): Promise<ExitCode> {
  const { signal = new AbortController().signal } = context;
  const printLine = printerOf(members, given, context);
  await Promise.all(
    members.map((member) =>
      orNote(member, context, async () => {
        try {
          for await (const text of await open(access, member, query, signal)) printLine({ member, text });
        } catch (error) {
          if (!signal.aborted) throw error;
        }
      }),
    ),
  );
  return EXIT_DONE;
}

/** One member without a log (it is pending, or was not restarted yet) keeps nobody from the logs of the others. */
async function orNote(member: string, { stderr }: CommandContext, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!isKubernetesApiError(error, 'invalid') && !isKubernetesApiError(error, 'not-found')) throw error;
    stderr.write(`${member}: ${error.message}\n`);
  }
}
