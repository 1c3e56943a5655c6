/** A command that a session answers by itself, without the log: what it is, and what its handler may see. */
import type { CommandInformation } from '../../keyspace/command-table.ts';
import { errorReply } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import type { CommandService } from '../command-service.ts';
import type { ClientRegistry, ClientState } from './client-state.ts';

/** What all sessions of one server share. */
export interface SessionEnvironment {
  readonly service: CommandService;
  readonly registry: ClientRegistry;
  /** The password in force, from memory; null when clients need none (rule S19). */
  readonly password: () => string | null;
  readonly limits: SessionLimits;
}

export interface SessionLimits {
  readonly clientsMax: number;
  /** Replies that one client has not read yet. Beyond it the client is disconnected. */
  readonly unreadBytesMax: number;
  /** Commands of one connection that wait for their outcome. Beyond it the next one waits, and reading pauses. */
  readonly commandsInFlightMax: number;
  /** Arguments of those commands together; a single longer command passes alone. */
  readonly pipelineBytesMax: number;
}

export interface LocalContext {
  readonly client: ClientState;
  readonly environment: SessionEnvironment;
}

export interface LocalCommand {
  readonly information: CommandInformation;
  /** It tells of the effects of earlier commands, so that it waits for them. */
  readonly waits: boolean;
  /** `words` begins with the command's name. */
  readonly run: (context: LocalContext, words: readonly Buffer[]) => Reply;
}

export type Handler = LocalCommand['run'];

/** Texts of Redis 7, to the letter: clients compare them. */
export function wrongArity(name: string): Reply {
  return errorReply(`ERR wrong number of arguments for '${name}' command`);
}

export const SYNTAX_ERROR = errorReply('ERR syntax error');
export const NOT_AN_INTEGER = errorReply('ERR value is not an integer or out of range');
export const WRONG_PASSWORD = errorReply('WRONGPASS invalid username-password pair or user is disabled.');

const UNKNOWN_NAME_LENGTH_MAX = 128;

export function unknownSubcommand(container: string, subcommand: Buffer): Reply {
  const name = subcommand.toString('utf8', 0, UNKNOWN_NAME_LENGTH_MAX);
  return errorReply(`ERR unknown subcommand '${name}'. Try ${container.toUpperCase()} HELP.`);
}

/** Arity as Redis counts: with the name; negative means at least so many. */
export function fitsArity(arity: number, words: number): boolean {
  return arity >= 0 ? words === arity : words >= -arity;
}

export function information(
  name: string,
  arity: number,
  flags: readonly string[],
  keys: readonly [firstKey: number, lastKey: number, step: number] = [0, 0, 0],
): CommandInformation {
  const [firstKey, lastKey, step] = keys;
  return { name, arity, flags, firstKey, lastKey, step, sinceFeatureLevel: 1 };
}

/** A command whose second word chooses among handlers; each has its own arity, counted with both words. */
export function container(
  name: string,
  subcommands: ReadonlyMap<string, { readonly arity: number; readonly run: Handler }>,
): Handler {
  return (context, words) => {
    const [, word] = words;
    if (word === undefined) return wrongArity(name);
    const chosen = word.toString('latin1', 0, UNKNOWN_NAME_LENGTH_MAX).toLowerCase();
    const subcommand = subcommands.get(chosen);
    if (!subcommand) return unknownSubcommand(name, word);
    if (!fitsArity(subcommand.arity, words.length)) return wrongArity(`${name}|${chosen}`);
    context.client.lastCommand = `${name}|${chosen}`;
    return subcommand.run(context, words);
  };
}

/** The text of HELP: what the container answers, one line a subcommand. */
export function helpReply(name: string, lines: readonly string[]): Reply {
  const title = `${name.toUpperCase()} <subcommand> [<arg> [value] [opt] ...]. Subcommands are:`;
  return { type: 'array', items: [title, ...lines, 'HELP', '    Print this help.'].map((text) => ({ type: 'simple', text })) };
}

const INTEGER = /^(0|-?[1-9][0-9]{0,17})$/;

/** Null for what Redis would not take as an integer of 64 bits; numbers beyond 18 digits are taken by no command here. */
export function parseInteger(word: Buffer): number | null {
  if (word.length > 20) return null;
  const text = word.toString('latin1');
  return INTEGER.test(text) ? Number(text) : null;
}
