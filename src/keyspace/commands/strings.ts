/** Strings: what is read, written and cut as bytes. */
import { arrayReply, bulkReply, integerReply, NULL, OK } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import { argumentAt, clampToSafe, integerAt, optionAt } from '../arguments.ts';
import { entryBytes, growingWrite, invalid, read, write } from '../command.ts';
import type { Entry, KeyspaceView, Parsed } from '../command.ts';
import {
  NOT_AN_INTEGER,
  OFFSET_OUT_OF_RANGE,
  STRING_TOO_LONG,
  SYNTAX_ERROR,
  UNSENT_BYTES_EXCEEDED,
  wrongNumberOfArguments,
} from '../errors.ts';
import { keyOf } from '../key-hash.ts';
import { VALUE_BYTES_MAX } from '../limits.ts';
import type { CommandArguments } from '../operation.ts';
import { valueOf, writeIntoValue } from '../value.ts';
import { deadlineOf, parseExpiryOption } from './deadline.ts';
import type { Expiry } from './deadline.ts';

export function valueReply(view: KeyspaceView, entry: Entry | undefined): Reply {
  return entry ? bulkReply(view.bytesOf(entry.value)) : NULL;
}

export function parseGet(command: CommandArguments): Parsed {
  const key = argumentAt(command, 1);
  return read([key], (view) => valueReply(view, view.find(keyOf(key))));
}

export function parseStrlen(command: CommandArguments): Parsed {
  const key = argumentAt(command, 1);
  return read([key], (view) => integerReply(view.find(keyOf(key))?.value.length ?? 0));
}

export function parseMget(command: CommandArguments): Parsed {
  const keys = command.slice(1);
  return read(keys, (view) => arrayReply(keys.map((key) => valueReply(view, view.find(keyOf(key))))));
}

interface SetOptions {
  readonly condition: 'NX' | 'XX' | null;
  readonly expiry: Expiry | null;
  readonly keepDeadline: boolean;
  readonly get: boolean;
}

/** Null when they make no sense together, or are none of SET's. */
function parseSetOptions(command: CommandArguments): SetOptions | null {
  let condition: 'NX' | 'XX' | null = null;
  let expiry: Expiry | null = null;
  let keepDeadline = false;
  let get = false;
  for (let at = 3; at < command.length; at += 1) {
    const option = optionAt(command, at);
    if (option === 'NX' || option === 'XX') {
      if (condition !== null && condition !== option) return null;
      condition = option;
    } else if (option === 'GET') get = true;
    else if (option === 'KEEPTTL') keepDeadline = true;
    else {
      const next = parseExpiryOption(command, at);
      if (!next || (expiry && expiry.unit !== next.unit)) return null;
      expiry = next;
      at += 1;
    }
  }
  if (keepDeadline && expiry) return null;
  return { condition, expiry, keepDeadline, get };
}

export function parseSet(command: CommandArguments): Parsed {
  const options = parseSetOptions(command);
  if (!options) return invalid(SYNTAX_ERROR);
  if (options.expiry?.reason) return invalid(options.expiry.reason('set'));
  return setWrite(argumentAt(command, 1), argumentAt(command, 2), options, 'set');
}

export function parseSetnx(command: CommandArguments): Parsed {
  const key = argumentAt(command, 1);
  const bytes = argumentAt(command, 2);
  return growingWrite([key], bytes.length, (writer) => {
    const name = keyOf(key);
    if (writer.find(name)) return integerReply(0);
    writer.put(name, valueOf(bytes, writer.owner), null);
    return integerReply(1);
  });
}

/** SETEX and PSETEX: the time stands before the value. */
export function parseSetWithTime(name: 'setex' | 'psetex'): (command: CommandArguments) => Parsed {
  return (command) => {
    const expiry = deadlineOf(command, 2, name === 'setex' ? 'EX' : 'PX');
    if (expiry.reason) return invalid(expiry.reason(name));
    const options = { condition: null, expiry, keepDeadline: false, get: false };
    return setWrite(argumentAt(command, 1), argumentAt(command, 3), options, name);
  };
}

function setWrite(key: Uint8Array, bytes: Uint8Array, options: SetOptions, commandName: string): Parsed {
  const { condition, expiry, keepDeadline, get } = options;
  return growingWrite([key], bytes.length, (writer) => {
    const name = keyOf(key);
    const deadline = expiry?.at(writer.nowMs, commandName);
    if (deadline && !deadline.ok) return deadline.reason;
    const needsCurrent = get || keepDeadline || condition !== null;
    const current = needsCurrent ? writer.find(name) : undefined;
    const before = get ? valueReply(writer, current) : null;
    if (condition !== null && (condition === 'NX') === (current !== undefined)) return before ?? NULL;
    const kept = keepDeadline ? (current?.deadlineMs ?? null) : null;
    writer.put(name, valueOf(bytes, writer.owner), deadline ? deadline.value : kept);
    return before ?? OK;
  });
}

export function parseGetset(command: CommandArguments): Parsed {
  const options = { condition: null, expiry: null, keepDeadline: false, get: true };
  return setWrite(argumentAt(command, 1), argumentAt(command, 2), options, 'getset');
}

export function parseGetdel(command: CommandArguments): Parsed {
  const key = argumentAt(command, 1);
  return write([key], (writer) => {
    const name = keyOf(key);
    const reply = valueReply(writer, writer.find(name));
    writer.remove(name);
    return reply;
  });
}

/** MSET and MSETNX. */
export function parseMset(name: 'mset' | 'msetnx'): (command: CommandArguments) => Parsed {
  return (command) => {
    if (command.length % 2 === 0) return invalid(wrongNumberOfArguments(name));
    const keys = command.filter((_argument, at) => at % 2 === 1);
    const valuesBytes = command.reduce((sum, argument, at) => (at > 0 && at % 2 === 0 ? sum + argument.length : sum), 0);
    return growingWrite(keys, valuesBytes, (writer) => {
      if (name === 'msetnx' && keys.some((key) => writer.find(keyOf(key)))) return integerReply(0);
      for (let at = 1; at < command.length; at += 2) {
        writer.put(keyOf(argumentAt(command, at)), valueOf(argumentAt(command, at + 1), writer.owner), null);
      }
      return name === 'mset' ? OK : integerReply(1);
    });
  };
}

export function parseAppend(command: CommandArguments): Parsed {
  const key = argumentAt(command, 1);
  const bytes = argumentAt(command, 2);
  return growingWrite([key], bytes.length, (writer) => {
    const name = keyOf(key);
    const current = writer.find(name);
    const length = (current?.value.length ?? 0) + bytes.length;
    if (length > VALUE_BYTES_MAX) return STRING_TOO_LONG;
    if (current && !writer.spendUnsentBytes(writer.bytesCopiedByChange(current.value))) return UNSENT_BYTES_EXCEEDED;
    if (current) writer.put(name, writeIntoValue(current.value, current.value.length, bytes, writer.owner), current.deadlineMs);
    else writer.put(name, valueOf(bytes, writer.owner), null);
    return integerReply(length);
  });
}

export function parseSetrange(command: CommandArguments): Parsed {
  const key = argumentAt(command, 1);
  const bytes = argumentAt(command, 3);
  const asked = integerAt(command, 2);
  if (asked === null) return invalid(NOT_AN_INTEGER);
  if (asked < 0) return invalid(OFFSET_OUT_OF_RANGE);
  const offset = clampToSafe(asked);
  if (bytes.length > 0 && offset + bytes.length > VALUE_BYTES_MAX) return invalid(STRING_TOO_LONG);
  if (bytes.length === 0) return read([key], (view) => integerReply(view.find(keyOf(key))?.value.length ?? 0));
  return growingWrite([key], offset + bytes.length, (writer) => {
    const name = keyOf(key);
    const current = writer.find(name);
    const zeros = Math.max(0, offset - (current?.value.length ?? 0));
    const copied = current ? writer.bytesCopiedByChange(current.value) : 0;
    if (!writer.spendUnsentBytes(zeros + copied)) return UNSENT_BYTES_EXCEEDED;
    const value = writeIntoValue(current?.value ?? '', offset, bytes, writer.owner);
    writer.put(name, value, current?.deadlineMs ?? null);
    return integerReply(value.length);
  });
}

/** GETRANGE, and SUBSTR, its older name. */
export function parseGetrange(command: CommandArguments): Parsed {
  const key = argumentAt(command, 1);
  const start = integerAt(command, 2);
  const end = integerAt(command, 3);
  if (start === null || end === null) return invalid(NOT_AN_INTEGER);
  return read([key], (view) => {
    const value = view.find(keyOf(key))?.value ?? '';
    const from = positionIn(value.length, clampToSafe(start));
    const to = Math.min(positionIn(value.length, clampToSafe(end)), value.length - 1);
    // Two places counted from the end in the wrong order meet at the front once they are both clamped to it: they are nothing all the same.
    if (from > to || (start < 0 && end < 0 && start > end)) return bulkReply(new Uint8Array());
    return bulkReply(view.bytesOf(value).subarray(from, to + 1));
  });
}

function positionIn(length: number, position: number): number {
  return Math.max(0, position < 0 ? length + position : position);
}

/** The growth that COPY may cause, which only the apply knows. */
export const COPY_GROWTH_BYTES_MAX = entryBytes(0, VALUE_BYTES_MAX, true);
