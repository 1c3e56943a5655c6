/** `kubectl quorate logs`: one JSON line of a member as people read it. What is no such line passes as it is. */
import type { Meaning, Paint } from './paint.ts';

/** The log's own words, which stand in front; the rest follows as `key=value`. */
const HEAD: ReadonlySet<string> = new Set(['level', 'time', 'msg', 'version', 'member', 'role']);

/** Names of pino's levels, by number. */
const levels: Readonly<Partial<Record<number, readonly [name: string, meaning: Meaning]>>> = {
  10: ['trace', 'faint'],
  20: ['debug', 'faint'],
  30: ['info', 'good'],
  40: ['warn', 'warning'],
  50: ['error', 'bad'],
  60: ['fatal', 'bad'],
};

export function logLine(line: string, paint: Paint): string {
  const record = recordOf(line);
  if (record === null || typeof record['msg'] !== 'string') return line;
  const [name, meaning] = levels[Number(record['level'])] ?? ['?', 'unknown'];
  const details = Object.entries(record)
    .filter(([key]) => !HEAD.has(key))
    .map(([key, value]) => `${paint('faint', `${key}=`)}${valueText(value)}`);
  const words = [timeText(record['time']), paint(meaning, name.padEnd(5)), record['msg'], ...details];
  return words.filter((word) => word !== '').join(' ');
}

/** When it was written, in milliseconds of the epoch; null for what has no time. */
export function timeOfLine(line: string): number | null {
  const time = recordOf(line)?.['time'];
  const atMs = typeof time === 'string' ? Date.parse(time) : Number(time ?? NaN);
  return Number.isNaN(atMs) ? null : atMs;
}

function timeText(time: unknown): string {
  if (typeof time === 'string') return time;
  return typeof time === 'number' ? new Date(time).toISOString() : '';
}

function recordOf(line: string): Readonly<Record<string, unknown>> | null {
  if (!line.startsWith('{')) return null;
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : null;
  } catch {
    return null;
  }
}

function valueText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value);
}
