/** What looks at the whole keyspace. */
import { arrayReply, bulkReply, integerReply, NULL } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import { argumentAt, clampToSafe, integerAt, optionAt } from '../arguments.ts';
import { invalid, readAll } from '../command.ts';
import type { KeyspaceView, Parsed } from '../command.ts';
import { INVALID_CURSOR, NOT_AN_INTEGER, SYNTAX_ERROR } from '../errors.ts';
import { matchesGlob } from '../glob.ts';
import { HASH_POSITIONS, hashOf, keyBytes, keyOf } from '../key-hash.ts';
import type { CommandArguments } from '../operation.ts';

export function parseDbsize(): Parsed {
  return readAll((view) => integerReply(view.liveKeys));
}

/** Any key: the first behind a position that the time picks, so that the same state and time give the same key. */
export function parseRandomkey(): Parsed {
  return readAll((view) => {
    for (const { key } of view.entriesFrom(hashOf(String(view.nowMs)))) return bulkReply(keyBytes(key));
    for (const { key } of view.entriesFrom(0)) return bulkReply(keyBytes(key));
    return NULL;
  });
}

export function parseKeys(command: CommandArguments): Parsed {
  const pattern = keyOf(argumentAt(command, 1));
  return readAll((view) => {
    const found: Reply[] = [];
    for (const { key } of view.entriesFrom(0))
      if (pattern === '*' || matchesGlob(pattern, key)) found.push(bulkReply(keyBytes(key)));
    return arrayReply(found);
  });
}

const SCAN_COUNT_DEFAULT = 10;
const UINT64_MAX = 2n ** 64n - 1n;
const CURSOR_CHARACTERS_MAX = 64;

/** Redis takes what C's strtoul takes. Positions beyond the last are all the same: nothing is there. Null when it is no number. */
function parseCursor(bytes: Uint8Array): number | null {
  const text = bytes.length > CURSOR_CHARACTERS_MAX ? '?' : keyOf(bytes);
  if (text === '') return 0;
  const [, sign, digits = ''] = /^([+-]?)([0-9]+)$/.exec(text) ?? [];
  if (digits === '') return null;
  const value = BigInt(digits);
  if (value > UINT64_MAX) return null;
  return sign === '-' && value > 0n ? HASH_POSITIONS : Number(value > BigInt(HASH_POSITIONS) ? BigInt(HASH_POSITIONS) : value);
}

interface ScanOptions {
  readonly count: number;
  readonly pattern: string | null;
  readonly type: string | null;
}

function parseScanOptions(command: CommandArguments): ScanOptions | Reply {
  let count = SCAN_COUNT_DEFAULT;
  let pattern: string | null = null;
  let type: string | null = null;
  for (let at = 2; at < command.length; at += 2) {
    const option = optionAt(command, at);
    if (at + 1 >= command.length) return SYNTAX_ERROR;
    if (option === 'COUNT') {
      const asked = integerAt(command, at + 1);
      if (asked === null) return NOT_AN_INTEGER;
      if (asked < 1) return SYNTAX_ERROR;
      count = clampToSafe(asked);
    } else if (option === 'MATCH') pattern = keyOf(argumentAt(command, at + 1));
    else if (option === 'TYPE') type = keyOf(argumentAt(command, at + 1)).toLowerCase();
    else return SYNTAX_ERROR;
  }
  return { count, pattern: pattern === '*' ? null : pattern, type };
}

export function parseScan(command: CommandArguments): Parsed {
  const cursor = parseCursor(argumentAt(command, 1));
  if (cursor === null) return invalid(INVALID_CURSOR);
  const options = parseScanOptions(command);
  return 'count' in options ? readAll((view) => scan(view, cursor, options)) : invalid(options);
}

/**
 * Keys by position, from `cursor` on; the next cursor is the position after the last one looked at. Keys of one position come together, so
 * that a key that is there all along is always met, whoever comes and goes, and on whichever member each step runs.
 */
function scan(view: KeyspaceView, cursor: number, { count, pattern, type }: ScanOptions): Reply {
  const found: Reply[] = [];
  let looked = 0;
  let last = -1;
  let next = 0;
  for (const { key } of view.entriesFrom(cursor)) {
    const position = hashOf(key);
    if (looked >= count && position !== last) {
      next = position;
      break;
    }
    looked += 1;
    last = position;
    const matches = (pattern === null || matchesGlob(pattern, key)) && (type === null || type === 'string');
    if (matches) found.push(bulkReply(keyBytes(key)));
  }
  return arrayReply([bulkReply(String(next)), arrayReply(found)]);
}
