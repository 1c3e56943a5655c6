/**
 * Every command that the session answers beside those of the keyspace. Arity, flags and key positions are those of Redis 7.0; what changes
 * the session itself (transactions, RESET, QUIT) stands here with its description and is carried out by the session.
 */
import { commandTable } from '../../keyspace/command-table.ts';
import type { CommandInformation } from '../../keyspace/command-table.ts';
import { quorumSize } from '../../consensus/quorum.ts';
import { arrayReply, bulkReply, errorReply, integerReply } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import { authenticate, hello, select } from './authentication.ts';
import { clientCommand } from './client-command.ts';
import { commandCommand } from './command-command.ts';
import { configCommand } from './config-command.ts';
import { infoCommand } from './info-command.ts';
import { NOT_AN_INTEGER, information, parseInteger, wrongArity } from './local-command.ts';
import type { Handler, LocalCommand } from './local-command.ts';
import { notServing } from './outcome-reply.ts';

export type Control = 'multi' | 'exec' | 'discard' | 'watch' | 'unwatch' | 'quit' | 'reset';

export type SessionCommand =
  | ({ readonly type: 'local' } & LocalCommand)
  | { readonly type: 'control'; readonly control: Control; readonly information: CommandInformation };

const PONG: Reply = { type: 'simple', text: 'PONG' };
const NO_CLUSTER = errorReply('ERR This instance has cluster support disabled');

const ping: Handler = (_context, words) => {
  if (words.length > 2) return wrongArity('ping');
  return words[1] === undefined ? PONG : bulkReply(words[1]);
};

/** Log time, by which expiry is judged (rule S13), and not the clock of this machine. */
const time: Handler = ({ environment }) => {
  const facts = environment.service.facts();
  if (facts === null) return notServing(environment.service.halt());
  const seconds = Math.floor(facts.timeMs / 1000);
  const microseconds = Math.floor((facts.timeMs - seconds * 1000) * 1000);
  return arrayReply([bulkReply(String(seconds)), bulkReply(String(microseconds))]);
};

/**
 * Other voters that hold this connection's writes, synced: an acknowledged write is on a majority, and nobody can vouch for more, so that
 * there is nothing to wait for. After a write with unknown outcome it is 0.
 */
const wait: Handler = ({ client, environment }, words) => {
  const [, replicas, timeout] = words;
  if (replicas === undefined || parseInteger(replicas) === null) return NOT_AN_INTEGER;
  const timeoutMs = timeout === undefined ? null : parseInteger(timeout);
  if (timeoutMs === null) return errorReply('ERR timeout is not an integer or out of range');
  if (timeoutMs < 0) return errorReply('ERR timeout is negative');
  const facts = environment.service.facts();
  if (facts === null || client.newestWriteUnknown) return integerReply(0);
  return integerReply(quorumSize(facts.voters) - 1);
};

function local(command: CommandInformation, run: Handler, waits = false): SessionCommand {
  return { type: 'local', information: command, waits, run };
}

function control(
  name: Control,
  arity: number,
  flags: readonly string[],
  keys?: readonly [number, number, number],
): SessionCommand {
  return { type: 'control', control: name, information: information(name, arity, flags, keys) };
}

const always = ['loading', 'stale', 'fast'];
const beforeAuthentication = ['noscript', ...always, 'no_auth', 'allow_busy'];
const transaction = ['noscript', ...always, 'allow_busy'];

const commands: readonly SessionCommand[] = [
  local(information('ping', -1, ['fast']), ping),
  local(information('echo', 2, always), (_context, words) => bulkReply(words[1] ?? Buffer.alloc(0))),
  local(information('auth', -2, beforeAuthentication), authenticate),
  local(information('hello', -1, beforeAuthentication), hello),
  local(information('select', 2, always), select),
  local(information('client', -2, []), clientCommand),
  local(
    information('command', -1, ['loading', 'stale']),
    commandCommand(() => catalogue),
  ),
  local(information('info', -1, ['loading', 'stale']), infoCommand, true),
  local(information('config', -2, []), configCommand),
  local(information('time', 1, always), time, true),
  local(information('wait', 3, ['noscript']), wait, true),
  local(information('readonly', 1, always), () => NO_CLUSTER),
  local(information('readwrite', 1, always), () => NO_CLUSTER),
  control('multi', 1, transaction),
  control('exec', 1, ['noscript', 'loading', 'stale', 'skip_slowlog']),
  control('discard', 1, transaction),
  control('watch', -2, transaction, [1, -1, 1]),
  control('unwatch', 1, transaction),
  control('reset', 1, beforeAuthentication),
  control('quit', -1, beforeAuthentication),
];

export const sessionCommands: ReadonlyMap<string, SessionCommand> = new Map(
  commands.map((command) => [command.information.name, command]),
);

/** Longer names are looked up nowhere. */
export const COMMAND_NAME_BYTES_MAX = 32;

/** Everything that a client can call, by lower-case name: what COMMAND describes, and what the compatibility table must judge. */
export const catalogue: ReadonlyMap<string, CommandInformation> = new Map([
  ...commandTable,
  ...commands.map((command) => [command.information.name, command.information] as const),
]);
