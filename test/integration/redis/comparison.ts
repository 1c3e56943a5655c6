/** How a reply of ours is held against one of Redis. */
import type { Comparison } from './command-table.ts';
import type { RawReply, Value } from './resp-connection.ts';

/** Between the same call here and there: milliseconds, or seconds. */
const MOMENT_TOLERANCE = 5000n;

/** Null when they are as equal as they must be; otherwise what each side says. */
export function difference(comparison: Comparison, ours: RawReply, theirs: RawReply): string | null {
  const isSame =
    comparison === 'same bytes'
      ? ours.raw.equals(theirs.raw)
      : comparison === 'same set'
        ? canonical(ours.value) === canonical(theirs.value)
        : isSameShape(ours.value, theirs.value);
  return isSame ? null : `ours ${show(ours)}, Redis ${show(theirs)}`;
}

function show({ raw, value }: RawReply): string {
  return raw.length > 0 ? JSON.stringify(raw.toString('latin1').slice(0, 300)) : canonical(value);
}

/** As text, arrays in sorted order. */
function canonical(value: Value): string {
  switch (value.type) {
    case 'array':
    case 'set':
      return `[${value.items.map(canonical).sort().join(', ')}]`;
    case 'map':
      return `{${value.entries
        .map(([key, item]) => `${canonical(key)}: ${canonical(item)}`)
        .sort()
        .join(', ')}}`;
    case 'integer':
      return `integer ${value.value}`;
    case 'null':
      return 'null';
    default:
      return `${value.type} ${JSON.stringify(value.text)}`;
  }
}

function isSameShape(ours: Value, theirs: Value): boolean {
  if (ours.type !== theirs.type) return false;
  // What is refused is refused in the same words, and a word like OK is the same word.
  if (ours.type === 'error' || ours.type === 'simple') return canonical(ours) === canonical(theirs);
  if (ours.type === 'integer' && theirs.type === 'integer') return isNear(ours.value, theirs.value);
  // Clients tell an empty answer from one that holds something.
  if (ours.type === 'bulk' && theirs.type === 'bulk') return (ours.text === '') === (theirs.text === '');
  if (ours.type === 'map' && theirs.type === 'map') {
    const keys = new Set(theirs.entries.map(([key]) => canonical(key)));
    return ours.entries.every(([key]) => keys.has(canonical(key)));
  }
  return true;
}

/** Codes like -1 and -2 are exact. */
function isNear(ours: bigint, theirs: bigint): boolean {
  if (ours < 0n || theirs < 0n) return ours === theirs;
  const apart = ours > theirs ? ours - theirs : theirs - ours;
  return apart <= MOMENT_TOLERANCE;
}
