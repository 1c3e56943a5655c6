/** Times that clients give, as deadlines. */
import type { Reply } from '../../shared/reply.ts';
import { refuse, succeed } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { INT64_MIN, integerAt, optionAt } from '../arguments.ts';
import { invalidExpireTime, NOT_AN_INTEGER } from '../errors.ts';
import type { CommandArguments } from '../operation.ts';

export type ExpiryUnit = 'EX' | 'PX' | 'EXAT' | 'PXAT';

/**
 * The last moment that can be a deadline. Redis goes on to 2^63-1 milliseconds; here a deadline is a number that arithmetic keeps exact,
 * which lasts until the year 287396, and what is later is refused in Redis' words for a time that is too large.
 */
export const DEADLINE_MS_MAX = Number.MAX_SAFE_INTEGER;

export interface Expiry {
  readonly unit: ExpiryUnit;
  /** Why it is none whatever the time is; given the command's name. */
  readonly reason: ((commandName: string) => Reply) | null;
  /** The deadline at a moment, or why there is none. */
  at(nowMs: number, commandName: string): Result<number, Reply>;
}

function isUnit(option: string): option is ExpiryUnit {
  return option === 'EX' || option === 'PX' || option === 'EXAT' || option === 'PXAT';
}

/** The option at `at` and its time after it; null when there is no such option, or nothing follows. */
export function parseExpiryOption(command: CommandArguments, at: number): Expiry | null {
  const option = optionAt(command, at);
  return isUnit(option) && at + 1 < command.length ? deadlineOf(command, at + 1, option) : null;
}

export function deadlineOf(command: CommandArguments, at: number, unit: ExpiryUnit): Expiry {
  const time = integerAt(command, at);
  if (time === null) return unusable(unit, () => NOT_AN_INTEGER);
  if (time <= 0) return unusable(unit, invalidExpireTime);
  const milliseconds = inMilliseconds(time, unit === 'EX' || unit === 'EXAT');
  if (milliseconds === null) return unusable(unit, invalidExpireTime);
  const isRelative = unit === 'EX' || unit === 'PX';
  return { unit, reason: null, at: (nowMs, name) => deadlineAt(milliseconds, isRelative ? nowMs : 0, name) };
}

function unusable(unit: ExpiryUnit, reason: (commandName: string) => Reply): Expiry {
  return { unit, reason, at: (_nowMs, commandName) => refuse(reason(commandName)) };
}

const INT64_SECONDS_MIN = INT64_MIN / 1000n;

/** Null when it is later than any deadline, or when Redis cannot count it; what is long past is as past as can be. */
export function inMilliseconds(time: number | bigint, inSeconds: boolean): number | null {
  if (inSeconds && time < INT64_SECONDS_MIN) return null;
  const milliseconds = Number(time) * (inSeconds ? 1000 : 1);
  return milliseconds > DEADLINE_MS_MAX ? null : Math.max(milliseconds, -DEADLINE_MS_MAX);
}

export function deadlineAt(milliseconds: number, baseMs: number, commandName: string): Result<number, Reply> {
  const deadlineMs = baseMs + milliseconds;
  return deadlineMs > DEADLINE_MS_MAX ? refuse(invalidExpireTime(commandName)) : succeed(deadlineMs);
}
