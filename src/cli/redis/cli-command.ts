import { PORTS } from '../../api/constants.ts';
import type { Arguments } from '../arguments.ts';
import { UsageError } from '../command.ts';
import type { Command, CommandContext, ExitCode, OptionSpec } from '../command.ts';
import { tcpServer } from './server.ts';
import { interactive, oneShot } from './session.ts';
import type { SessionOptions } from './session.ts';

/** How a client speaks and prints, wherever it connects to. */
export const CLIENT_OPTIONS = {
  password: {
    short: 'a',
    value: 'PASSWORD',
    summary: 'password; REDISCLI_AUTH says it without showing it to whoever lists processes',
  },
  resp3: { short: '3', value: null, summary: 'speak version 3 of the protocol' },
  raw: { value: null, summary: 'print values as they are, as it is done where the output is no terminal' },
  'no-raw': { value: null, summary: 'print values with types and quotes, as it is done on a terminal' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export const cliCommand: Command = {
  name: 'cli',
  summary: 'a small Redis client: one command, or a prompt with line editing',
  details: [
    'Options come before the command: every word from the first plain one on is the command and its arguments. Without a command lines are read ' +
      'until `exit` or Ctrl-D; TAB completes names of commands, the arrow keys bring lines back, and passwords are not among them.',
    'Exit code 1 means that the server answered with an error, 5 that it could not be reached.',
    'Examples:',
    '  quorate cli -p 6379 -a secret SET greeting "hello world"\n  quorate cli -h orders.shop.svc\n  echo "INCR counter" | quorate cli -p 6379',
  ],
  positionals: [
    { name: 'COMMAND', required: false, repeated: true, summary: 'a command of Redis with its arguments; without it a prompt' },
  ],
  options: {
    host: { short: 'h', value: 'HOST', summary: '127.0.0.1 unless given' },
    port: { short: 'p', value: 'PORT', summary: `${PORTS.client} unless given` },
    ...CLIENT_OPTIONS,
  },
  endsOptionsAtFirstWord: true,
  run: async (given, context) => {
    const server = tcpServer(given.value('host') ?? '127.0.0.1', portOf(given.value('port')));
    return converse({ server, ...clientOptionsOf(given, context, null) }, given.positionals('COMMAND'), context);
  },
};

export function converse(options: SessionOptions, words: readonly string[], context: CommandContext): Promise<ExitCode> {
  return words.length > 0 ? oneShot(options, words, context) : interactive(options, context);
}

/** @param known a password that is known from elsewhere, unless the user gives one */
export function clientOptionsOf(given: Arguments, { env }: CommandContext, known: string | null): Omit<SessionOptions, 'server'> {
  if (given.has('raw') && given.has('no-raw')) throw new UsageError('--raw and --no-raw exclude each other');
  const fromEnvironment = env['REDISCLI_AUTH'] ?? '';
  return {
    password: given.value('password') ?? (fromEnvironment === '' ? known : fromEnvironment),
    protocol: given.has('resp3') ? 3 : 2,
    format: given.has('raw') ? 'raw' : given.has('no-raw') ? 'formatted' : null,
  };
}

export function portOf(text: string | null, option = 'port'): number {
  if (text === null) return PORTS.client;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new UsageError(`--${option} is a number from 0 to 65535, not ${text}`);
  return port;
}
