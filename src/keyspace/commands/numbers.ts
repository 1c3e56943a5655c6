/** Counters: 64-bit integers, and INCRBYFLOAT's numbers. */
import { bulkReply, integerReply } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import { argumentAt, INT64_MAX, INT64_MIN, integerAt, narrow, parseInteger } from '../arguments.ts';
import { growingWrite, invalid } from '../command.ts';
import type { KeyspaceWriter, Parsed } from '../command.ts';
import { DECREMENT_OVERFLOW, NOT_A_FLOAT, NOT_AN_INTEGER, NOT_FINITE, OVERFLOW } from '../errors.ts';
import { keyOf } from '../key-hash.ts';
import { addLongDoubles, formatLongDouble, parseLongDouble } from '../long-double.ts';
import type { CommandArguments } from '../operation.ts';
import { valueBytes, valueOf } from '../value.ts';
import type { Value } from '../value.ts';

/** What a counter or its digits take at most. */
const COUNTER_BYTES_MAX = 20;
const FLOAT_BYTES_MAX = 5 * 1024;

/** INCR and DECR. */
export function parseStep(step: 1 | -1): (command: CommandArguments) => Parsed {
  return (command) => increment(argumentAt(command, 1), step);
}

export function parseIncrby(command: CommandArguments): Parsed {
  const amount = integerAt(command, 2);
  return amount === null ? invalid(NOT_AN_INTEGER) : increment(argumentAt(command, 1), amount);
}

export function parseDecrby(command: CommandArguments): Parsed {
  const amount = integerAt(command, 2);
  if (amount === null) return invalid(NOT_AN_INTEGER);
  if (amount === INT64_MIN) return invalid(DECREMENT_OVERFLOW);
  return increment(argumentAt(command, 1), -amount);
}

function increment(key: Uint8Array, amount: number | bigint): Parsed {
  return growingWrite([key], COUNTER_BYTES_MAX, (writer) => incrementKey(writer, keyOf(key), amount));
}

function incrementKey(writer: KeyspaceWriter, key: string, amount: number | bigint): Reply {
  const current = writer.find(key);
  const before = current ? integerIn(current.value) : 0;
  if (before === null) return NOT_AN_INTEGER;
  const sum = add(before, amount);
  if (sum === null) return OVERFLOW;
  writer.put(key, String(sum), current?.deadlineMs ?? null);
  return integerReply(sum);
}

function integerIn(value: Value): number | bigint | null {
  return typeof value === 'string' ? parseInteger(value) : null;
}

/** Null when the sum has more than 64 bits. */
function add(left: number | bigint, right: number | bigint): number | bigint | null {
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum === 0 ? 0 : sum;
  }
  const sum = BigInt(left) + BigInt(right);
  return sum > INT64_MAX || sum < INT64_MIN ? null : narrow(sum);
}

export function parseIncrbyfloat(command: CommandArguments): Parsed {
  const key = argumentAt(command, 1);
  const bytes = argumentAt(command, 2);
  const amount = bytes.length > FLOAT_BYTES_MAX ? null : parseLongDouble(keyOf(bytes));
  if (amount === null) return invalid(NOT_A_FLOAT);
  return growingWrite([key], FLOAT_BYTES_MAX, (writer) => {
    const name = keyOf(key);
    const current = writer.find(name);
    const before = current ? parseLongDouble(floatText(current.value)) : parseLongDouble('0');
    if (before === null) return NOT_A_FLOAT;
    const sum = addLongDoubles(before, amount);
    if (sum === null) return NOT_FINITE;
    const text = Buffer.from(formatLongDouble(sum), 'latin1');
    writer.put(name, valueOf(text, writer.owner), current?.deadlineMs ?? null);
    return bulkReply(text);
  });
}

/** What is too long to be a number is not read at all. */
function floatText(value: Value): string {
  if (typeof value === 'string') return value;
  return value.length > FLOAT_BYTES_MAX ? '' : valueBytes(value).toString('latin1');
}
