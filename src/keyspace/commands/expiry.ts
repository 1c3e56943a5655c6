/** Deadlines: set, read and taken away. */
import { integerReply } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import { argumentAt, integerAt, optionAt } from '../arguments.ts';
import { invalid, read, write } from '../command.ts';
import type { KeyspaceWriter, Parsed } from '../command.ts';
import {
  EXPIRE_OPTIONS_CLASH,
  GREATER_AND_LESS_CLASH,
  invalidExpireTime,
  NOT_AN_INTEGER,
  SYNTAX_ERROR,
  unsupportedOption,
} from '../errors.ts';
import { keyOf } from '../key-hash.ts';
import type { CommandArguments } from '../operation.ts';
import { deadlineAt, inMilliseconds, parseExpiryOption } from './deadline.ts';
import { valueReply } from './strings.ts';

type Condition = 'NX' | 'XX' | 'GT' | 'LT';

function isCondition(option: string): option is Condition {
  return option === 'NX' || option === 'XX' || option === 'GT' || option === 'LT';
}

function parseConditions(command: CommandArguments): ReadonlySet<Condition> | Reply {
  const conditions = new Set<Condition>();
  for (let at = 3; at < command.length; at += 1) {
    const option = optionAt(command, at);
    if (!isCondition(option)) return unsupportedOption(keyOf(argumentAt(command, at)));
    conditions.add(option);
  }
  if (conditions.has('NX') && conditions.size > 1) return EXPIRE_OPTIONS_CLASH;
  if (conditions.has('GT') && conditions.has('LT')) return GREATER_AND_LESS_CLASH;
  return conditions;
}

function allows(conditions: ReadonlySet<Condition>, currentMs: number | null, deadlineMs: number): boolean {
  if (conditions.has('NX') && currentMs !== null) return false;
  if (conditions.has('XX') && currentMs === null) return false;
  // A key without a deadline lives longer than any other.
  if (conditions.has('GT') && deadlineMs <= (currentMs ?? Infinity)) return false;
  return !(conditions.has('LT') && deadlineMs >= (currentMs ?? Infinity));
}

export type ExpireName = 'expire' | 'pexpire' | 'expireat' | 'pexpireat';

/** EXPIRE and its family. A time in the past deletes the key. */
export function parseExpire(commandName: ExpireName): (command: CommandArguments) => Parsed {
  const inSeconds = commandName === 'expire' || commandName === 'expireat';
  const isRelative = commandName === 'expire' || commandName === 'pexpire';
  return (command) => {
    const key = argumentAt(command, 1);
    const conditions = parseConditions(command);
    if ('type' in conditions) return invalid(conditions);
    const time = integerAt(command, 2);
    if (time === null) return invalid(NOT_AN_INTEGER);
    const milliseconds = inMilliseconds(time, inSeconds);
    if (milliseconds === null) return invalid(invalidExpireTime(commandName));
    return write([key], (writer) => {
      const deadline = deadlineAt(milliseconds, isRelative ? writer.nowMs : 0, commandName);
      return deadline.ok ? expire(writer, keyOf(key), deadline.value, conditions) : deadline.reason;
    });
  };
}

function expire(writer: KeyspaceWriter, key: string, deadlineMs: number, conditions: ReadonlySet<Condition>): Reply {
  const current = writer.find(key);
  if (!current || !allows(conditions, current.deadlineMs, deadlineMs)) return integerReply(0);
  if (deadlineMs <= writer.nowMs) writer.remove(key);
  else writer.put(key, current.value, deadlineMs);
  return integerReply(1);
}

const NO_KEY = integerReply(-2);
const NO_DEADLINE = integerReply(-1);

export type TimeToLiveName = 'ttl' | 'pttl' | 'expiretime' | 'pexpiretime';

/** TTL and its family: what is left, or the deadline itself; seconds are rounded as Redis does. */
export function parseTimeToLive(commandName: TimeToLiveName): (command: CommandArguments) => Parsed {
  const inSeconds = commandName === 'ttl' || commandName === 'expiretime';
  const isRelative = commandName === 'ttl' || commandName === 'pttl';
  return (command) => {
    const key = argumentAt(command, 1);
    return read([key], (view) => {
      const current = view.find(keyOf(key));
      if (!current) return NO_KEY;
      if (current.deadlineMs === null) return NO_DEADLINE;
      const milliseconds = isRelative ? Math.max(0, current.deadlineMs - view.nowMs) : current.deadlineMs;
      return integerReply(inSeconds ? Math.floor((milliseconds + 500) / 1000) : milliseconds);
    });
  };
}

export function parsePersist(command: CommandArguments): Parsed {
  const key = argumentAt(command, 1);
  return write([key], (writer) => {
    const name = keyOf(key);
    const current = writer.find(name);
    if (!current || current.deadlineMs === null) return integerReply(0);
    writer.put(name, current.value, null);
    return integerReply(1);
  });
}

/** GETEX. As in Redis, a time is only looked at when the key is there. */
export function parseGetex(command: CommandArguments): Parsed {
  const key = argumentAt(command, 1);
  const persist = command.length === 3 && optionAt(command, 2) === 'PERSIST';
  const expiry = command.length === 4 ? parseExpiryOption(command, 2) : null;
  if (command.length > 2 && !persist && !expiry) return invalid(SYNTAX_ERROR);
  const run = (writer: KeyspaceWriter): Reply => {
    const name = keyOf(key);
    const current = writer.find(name);
    if (!current) return valueReply(writer, current);
    const deadline = expiry?.at(writer.nowMs, 'getex');
    if (deadline && !deadline.ok) return deadline.reason;
    const reply = valueReply(writer, current);
    if (deadline) {
      if (deadline.value <= writer.nowMs) writer.remove(name);
      else writer.put(name, current.value, deadline.value);
    } else if (persist && current.deadlineMs !== null) writer.put(name, current.value, null);
    return reply;
  };
  return { ...write([key], run), answersAsRead: true };
}
