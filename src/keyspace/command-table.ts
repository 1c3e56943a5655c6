/**
 * Every command that touches the keyspace: names, arity, flags and what they do. `prepareCommand` is the door: what passes it can be proposed,
 * and its apply never throws (rule S15). Commands of a connection or of a node (PING, MULTI, INFO …) are not here.
 */
import type { Reply } from '../shared/reply.ts';
import { keyOf } from './key-hash.ts';
import { parseDelete, parseCopy, parseExists, parseFlush, parseRename, parseRenamenx, parseType } from './commands/keys.ts';
import { parseExpire, parseGetex, parsePersist, parseTimeToLive } from './commands/expiry.ts';
import { parseDecrby, parseIncrby, parseIncrbyfloat, parseStep } from './commands/numbers.ts';
import { parseDbsize, parseKeys, parseRandomkey, parseScan } from './commands/scan.ts';
import {
  parseAppend,
  parseGet,
  parseGetdel,
  parseGetrange,
  parseGetset,
  parseMget,
  parseMset,
  parseSet,
  parseSetnx,
  parseSetrange,
  parseSetWithTime,
  parseStrlen,
} from './commands/strings.ts';
import { invalid } from './command.ts';
import type { CommandDefinition, CommandInformation, Parsed, ParsedInvalid } from './command.ts';
import { COMMAND_TOO_LONG, KEY_TOO_LONG, unknownCommand, VALUE_TOO_LONG, wrongNumberOfArguments } from './errors.ts';
import { ARGUMENT_BYTES_OVERHEAD, KEY_BYTES_MAX, TRANSACTION_BYTES_MAX, VALUE_BYTES_MAX } from './limits.ts';
import type { CommandArguments } from './operation.ts';

export type { CommandInformation } from './command.ts';

export type Prepared =
  | { readonly type: 'unknown'; readonly reply: Reply }
  | { readonly type: 'invalid'; readonly reply: Reply }
  | { readonly type: 'read'; readonly keys: readonly Uint8Array[] }
  | {
      readonly type: 'write';
      readonly keys: readonly Uint8Array[];
      /** Refused while memory or disk is full (rule S17). */
      readonly grows: boolean;
      /** What the data can grow by at most, in accounted bytes; SETRANGE and COPY add more than they send. */
      readonly growthBytesMax: number;
    };

type Keys = readonly [first: number, last: number, step: number];
const NO_KEYS: Keys = [0, 0, 0];
const ONE_KEY: Keys = [1, 1, 1];
const TWO_KEYS: Keys = [1, 2, 1];
const ALL_KEYS: Keys = [1, -1, 1];
const PAIRS: Keys = [1, -1, 2];

const READ = ['readonly'];
const FAST_READ = ['readonly', 'fast'];
const WRITE = ['write'];
const FAST_WRITE = ['write', 'fast'];
const GROW = ['write', 'denyoom'];
const FAST_GROW = ['write', 'denyoom', 'fast'];

/** Name, arity, flags, keys, how it is read, and the feature level since which it exists. */
type Row = readonly [string, number, readonly string[], Keys, (command: CommandArguments) => Parsed, number];

const ROWS: readonly Row[] = [
  ['append', 3, FAST_GROW, ONE_KEY, parseAppend, 1],
  ['copy', -3, GROW, TWO_KEYS, parseCopy, 1],
  ['dbsize', 1, FAST_READ, NO_KEYS, parseDbsize, 1],
  ['decr', 2, FAST_GROW, ONE_KEY, parseStep(-1), 1],
  ['decrby', 3, FAST_GROW, ONE_KEY, parseDecrby, 1],
  ['del', -2, WRITE, ALL_KEYS, parseDelete, 1],
  ['exists', -2, FAST_READ, ALL_KEYS, parseExists, 1],
  ['expire', -3, FAST_WRITE, ONE_KEY, parseExpire('expire'), 1],
  ['expireat', -3, FAST_WRITE, ONE_KEY, parseExpire('expireat'), 1],
  ['expiretime', 2, FAST_READ, ONE_KEY, parseTimeToLive('expiretime'), 1],
  ['flushall', -1, WRITE, NO_KEYS, parseFlush, 1],
  ['flushdb', -1, WRITE, NO_KEYS, parseFlush, 1],
  ['get', 2, FAST_READ, ONE_KEY, parseGet, 1],
  ['getdel', 2, FAST_WRITE, ONE_KEY, parseGetdel, 1],
  ['getex', -2, FAST_WRITE, ONE_KEY, parseGetex, 1],
  ['getrange', 4, READ, ONE_KEY, parseGetrange, 1],
  ['getset', 3, FAST_GROW, ONE_KEY, parseGetset, 1],
  ['incr', 2, FAST_GROW, ONE_KEY, parseStep(1), 1],
  ['incrby', 3, FAST_GROW, ONE_KEY, parseIncrby, 1],
  ['incrbyfloat', 3, FAST_GROW, ONE_KEY, parseIncrbyfloat, 1],
  ['keys', 2, READ, NO_KEYS, parseKeys, 1],
  ['mget', -2, FAST_READ, ALL_KEYS, parseMget, 1],
  ['mset', -3, GROW, PAIRS, parseMset('mset'), 1],
  ['msetnx', -3, GROW, PAIRS, parseMset('msetnx'), 1],
  ['persist', 2, FAST_WRITE, ONE_KEY, parsePersist, 1],
  ['pexpire', -3, FAST_WRITE, ONE_KEY, parseExpire('pexpire'), 1],
  ['pexpireat', -3, FAST_WRITE, ONE_KEY, parseExpire('pexpireat'), 1],
  ['pexpiretime', 2, FAST_READ, ONE_KEY, parseTimeToLive('pexpiretime'), 1],
  ['psetex', 4, GROW, ONE_KEY, parseSetWithTime('psetex'), 1],
  ['pttl', 2, FAST_READ, ONE_KEY, parseTimeToLive('pttl'), 1],
  ['randomkey', 1, READ, NO_KEYS, parseRandomkey, 1],
  ['rename', 3, WRITE, TWO_KEYS, parseRename, 1],
  ['renamenx', 3, FAST_WRITE, TWO_KEYS, parseRenamenx, 1],
  ['scan', -2, READ, NO_KEYS, parseScan, 1],
  ['set', -3, GROW, ONE_KEY, parseSet, 1],
  ['setex', 4, GROW, ONE_KEY, parseSetWithTime('setex'), 1],
  ['setnx', 3, FAST_GROW, ONE_KEY, parseSetnx, 1],
  ['setrange', 4, GROW, ONE_KEY, parseSetrange, 1],
  ['strlen', 2, FAST_READ, ONE_KEY, parseStrlen, 1],
  ['substr', 4, READ, ONE_KEY, parseGetrange, 1],
  ['touch', -2, FAST_READ, ALL_KEYS, parseExists, 1],
  ['ttl', 2, FAST_READ, ONE_KEY, parseTimeToLive('ttl'), 1],
  ['type', 2, FAST_READ, ONE_KEY, parseType, 1],
  ['unlink', -2, FAST_WRITE, ALL_KEYS, parseDelete, 1],
];

const definitions: ReadonlyMap<string, CommandDefinition> = new Map(
  ROWS.map(([name, arity, flags, [firstKey, lastKey, step], parse, sinceFeatureLevel]) => [
    name,
    { name, arity, flags, firstKey, lastKey, step, parse, sinceFeatureLevel },
  ]),
);

/** What COMMAND tells, by lower-case name. */
export const commandTable: ReadonlyMap<string, CommandInformation> = definitions;

/** Lower case, sorted. */
export function commandNames(): readonly string[] {
  return [...definitions.keys()];
}

/** Longest name, with room for those to come: what is longer is unknown and is not turned into a string. */
const NAME_BYTES_MAX = 32;

function definitionOf(command: CommandArguments, featureLevel: number): CommandDefinition | undefined {
  const [name] = command;
  if (!name || name.length > NAME_BYTES_MAX) return undefined;
  const text = keyOf(name);
  const definition = definitions.get(text) ?? definitions.get(text.toLowerCase());
  return definition && definition.sinceFeatureLevel <= featureLevel ? definition : undefined;
}

export type ParsedOrUnknown = Parsed | { readonly type: 'unknown'; readonly reply: Reply };

/** As `prepareCommand`, with what the state machine runs. */
export function parseCommand(command: CommandArguments, featureLevel: number): ParsedOrUnknown {
  const definition = definitionOf(command, featureLevel);
  if (!definition) return { type: 'unknown', reply: unknownCommand(command) };
  const { arity, name } = definition;
  if (arity >= 0 ? command.length !== arity : command.length < -arity) return invalid(wrongNumberOfArguments(name));
  return refuseTooLong(definition, command) ?? definition.parse(command);
}

/** What a command counts for in TRANSACTION_BYTES_MAX. */
export function commandBytes(command: CommandArguments): number {
  let bytes = 0;
  for (const argument of command) bytes += argument.length + ARGUMENT_BYTES_OVERHEAD;
  return bytes;
}

function refuseTooLong({ firstKey, lastKey, step }: CommandDefinition, command: CommandArguments): ParsedInvalid | null {
  if (commandBytes(command) <= KEY_BYTES_MAX) return null;
  if (firstKey > 0) {
    const last = lastKey < 0 ? command.length + lastKey : lastKey;
    for (let at = firstKey; at <= last; at += step) if ((command[at]?.length ?? 0) > KEY_BYTES_MAX) return invalid(KEY_TOO_LONG);
  }
  if (command.some((argument) => argument.length > VALUE_BYTES_MAX)) return invalid(VALUE_TOO_LONG);
  return commandBytes(command) > TRANSACTION_BYTES_MAX ? invalid(COMMAND_TOO_LONG) : null;
}

/**
 * Checks everything about a command that can be checked without the state.
 *
 * @param command the name, in any case, then the arguments
 * @param featureLevel the level in force (rule S16)
 */
export function prepareCommand(command: CommandArguments, featureLevel: number): Prepared {
  return parseCommand(command, featureLevel);
}
