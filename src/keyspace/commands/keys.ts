/** Keys: whether they are there, and where they go. */
import { integerReply, OK } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import { argumentAt, integerAt, optionAt } from '../arguments.ts';
import { growingWrite, invalid, read, write } from '../command.ts';
import type { KeyspaceWriter, Parsed } from '../command.ts';
import {
  DATABASE_OUT_OF_RANGE,
  INTEGER_OUT_OF_RANGE,
  NO_SUCH_KEY,
  NOT_AN_INTEGER,
  SAME_OBJECT,
  SYNTAX_ERROR,
  UNSENT_BYTES_EXCEEDED,
} from '../errors.ts';
import { keyOf } from '../key-hash.ts';
import type { CommandArguments } from '../operation.ts';
import { COPY_GROWTH_BYTES_MAX } from './strings.ts';

/** DEL and UNLINK. */
export function parseDelete(command: CommandArguments): Parsed {
  const keys = command.slice(1);
  return write(keys, (writer) => {
    let removed = 0;
    for (const key of keys) if (writer.remove(keyOf(key))) removed += 1;
    return integerReply(removed);
  });
}

/** EXISTS and TOUCH: a key that is named twice counts twice. There is no eviction by age, so that TOUCH has nothing more to do. */
export function parseExists(command: CommandArguments): Parsed {
  const keys = command.slice(1);
  return read(keys, (view) => integerReply(keys.filter((key) => view.find(keyOf(key))).length));
}

export function parseType(command: CommandArguments): Parsed {
  const key = argumentAt(command, 1);
  return read([key], (view) => ({ type: 'simple', text: view.find(keyOf(key)) ? 'string' : 'none' }));
}

/** RENAME. The value was paid for under its old name, but the new name may be longer. */
export function parseRename(command: CommandArguments): Parsed {
  const keys = [argumentAt(command, 1), argumentAt(command, 2)];
  return growingWrite(keys, 0, (writer) => rename(writer, command, true));
}

export function parseRenamenx(command: CommandArguments): Parsed {
  const keys = [argumentAt(command, 1), argumentAt(command, 2)];
  return growingWrite(keys, 0, (writer) => rename(writer, command, false));
}

function rename(writer: KeyspaceWriter, command: CommandArguments, replaces: boolean): Reply {
  const from = keyOf(argumentAt(command, 1));
  const to = keyOf(argumentAt(command, 2));
  const current = writer.find(from);
  if (!current) return NO_SUCH_KEY;
  if (from === to) return replaces ? OK : integerReply(0);
  if (!replaces && writer.find(to)) return integerReply(0);
  writer.remove(from);
  writer.put(to, current.value, current.deadlineMs);
  return replaces ? OK : integerReply(1);
}

const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;

export function parseCopy(command: CommandArguments): Parsed {
  let replaces = false;
  for (let at = 3; at < command.length; at += 1) {
    const option = optionAt(command, at);
    if (option === 'REPLACE') replaces = true;
    else if (option === 'DB' && at + 1 < command.length) {
      at += 1;
      const database = integerAt(command, at);
      if (database === null) return invalid(NOT_AN_INTEGER);
      if (database < INT32_MIN || database > INT32_MAX) return invalid(INTEGER_OUT_OF_RANGE);
      if (database !== 0) return invalid(DATABASE_OUT_OF_RANGE);
    } else return invalid(SYNTAX_ERROR);
  }
  const keys = [argumentAt(command, 1), argumentAt(command, 2)];
  const [from = '', to = ''] = keys.map(keyOf);
  if (from === to) return invalid(SAME_OBJECT);
  return growingWrite(keys, COPY_GROWTH_BYTES_MAX, (writer) => copy(writer, from, to, replaces));
}

function copy(writer: KeyspaceWriter, from: string, to: string, replaces: boolean): Reply {
  const current = writer.find(from);
  if (!current || (!replaces && writer.find(to))) return integerReply(0);
  if (!writer.spendUnsentBytes(current.value.length)) return UNSENT_BYTES_EXCEEDED;
  // Both keys hold the same bytes from now on: neither may change them in place.
  writer.bytesOf(current.value);
  writer.put(to, current.value, current.deadlineMs);
  return integerReply(1);
}

/** FLUSHDB and FLUSHALL, which are the same with one database. */
export function parseFlush(command: CommandArguments): Parsed {
  const option = optionAt(command, 1);
  if (command.length > 2 || (command.length === 2 && option !== 'ASYNC' && option !== 'SYNC')) return invalid(SYNTAX_ERROR);
  return write([], (writer) => {
    writer.removeAll();
    return OK;
  });
}
