/** How a command is described, and what it sees of the keyspace when it runs. */
import type { Reply } from '../shared/reply.ts';
import { COMPACT_VALUE_BYTES_MAX } from './limits.ts';
import type { CommandArguments } from './operation.ts';
import type { Value } from './value.ts';

/** What stands under a key. Never changed: a change puts another entry in its place, so that clones keep theirs. */
export interface Entry {
  readonly key: string;
  readonly value: Value;
  /** Milliseconds since the Unix epoch; null for a key that stays. */
  readonly deadlineMs: number | null;
  /** Index of the log entry that last changed it (rule S14). */
  readonly touch: number;
}

/** The keyspace as a read sees it. Keys past their deadline are not there. */
export interface KeyspaceView {
  /** For how long a key still lives is told from here on. */
  readonly nowMs: number;
  readonly liveKeys: number;
  find(key: string): Entry | undefined;
  /** Bytes that stay as they are whatever happens to the value. */
  bytesOf(value: Value): Buffer;
  /** In the order of positions (see key-hash.ts), from the first that is not less. */
  entriesFrom(position: number): Iterable<Entry>;
}

/** The keyspace as a write sees it. */
export interface KeyspaceWriter extends KeyspaceView {
  /** Names this writer as owner of values that it may change in place. */
  readonly owner: object;
  put(key: string, value: Value, deadlineMs: number | null): void;
  /** False when it was not there. */
  remove(key: string): boolean;
  removeAll(): void;
  /** What a change of this value copies because this very entry has lent it; to be spent as bytes that were not sent. */
  bytesCopiedByChange(value: Value): number;
  /** False when the entry would add too many bytes that were not sent; nothing may be changed then. */
  spendUnsentBytes(bytes: number): boolean;
}

export interface ParsedRead {
  readonly type: 'read';
  readonly keys: readonly Uint8Array[];
  /** Looks at keys that it does not name. */
  readonly wholeKeyspace: boolean;
  readonly run: (view: KeyspaceView) => Reply;
}

export interface ParsedWrite {
  readonly type: 'write';
  readonly keys: readonly Uint8Array[];
  readonly grows: boolean;
  readonly growthBytesMax: number;
  /** Answers with a value that stays where it is, as a read does. */
  readonly answersAsRead: boolean;
  readonly run: (writer: KeyspaceWriter) => Reply;
}

export interface ParsedInvalid {
  readonly type: 'invalid';
  readonly reply: Reply;
}

export type Parsed = ParsedRead | ParsedWrite | ParsedInvalid;

/** What COMMAND tells of a command. */
export interface CommandInformation {
  /** Lower case. */
  readonly name: string;
  /** With the name; negative: at least so many. */
  readonly arity: number;
  readonly flags: readonly string[];
  /** Position of the first key; 0 when there is none. */
  readonly firstKey: number;
  /** Position of the last key; negative: counted from the end. */
  readonly lastKey: number;
  readonly step: number;
  /** The feature level that has to be in force for the command to exist (rule S16). */
  readonly sinceFeatureLevel: number;
}

export interface CommandDefinition extends CommandInformation {
  /** The number of arguments was checked. Every later check of what the client sent happens here, before anything is proposed (rule S15). */
  readonly parse: (command: CommandArguments) => Parsed;
}

/** What a key counts for beside its bytes and its value's: measured as heap a key on Node 20, with a margin. */
export const ENTRY_BYTES_OVERHEAD = 224;
/** A deadline stands in an order of its own. */
export const DEADLINE_BYTES_OVERHEAD = 144;
/** A value that is no string is three objects and an allocation. */
export const LARGE_VALUE_BYTES_OVERHEAD = 384;

/** What a key and its value count for (rule S17), the same on every member. */
export function entryBytes(keyLength: number, valueLength: number, hasDeadline: boolean): number {
  const deadline = hasDeadline ? DEADLINE_BYTES_OVERHEAD : 0;
  const large = valueLength > COMPACT_VALUE_BYTES_MAX ? LARGE_VALUE_BYTES_OVERHEAD : 0;
  return ENTRY_BYTES_OVERHEAD + deadline + large + keyLength + valueLength;
}

export function invalid(reply: Reply): ParsedInvalid {
  return { type: 'invalid', reply };
}

export function read(keys: readonly Uint8Array[], run: (view: KeyspaceView) => Reply): ParsedRead {
  return { type: 'read', keys, wholeKeyspace: false, run };
}

export function readAll(run: (view: KeyspaceView) => Reply): ParsedRead {
  return { type: 'read', keys: [], wholeKeyspace: true, run };
}

/** A write that needs at most `valueBytes` of new values, beside its keys. */
export function growingWrite(
  keys: readonly Uint8Array[],
  valueBytes: number,
  run: (writer: KeyspaceWriter) => Reply,
): ParsedWrite {
  let growthBytesMax = valueBytes;
  for (const key of keys) growthBytesMax += entryBytes(key.length, 0, true) + LARGE_VALUE_BYTES_OVERHEAD;
  return { type: 'write', keys, grows: true, growthBytesMax, answersAsRead: false, run };
}

/** A write that passes when memory is full. */
export function write(keys: readonly Uint8Array[], run: (writer: KeyspaceWriter) => Reply): ParsedWrite {
  return { type: 'write', keys, grows: false, growthBytesMax: 0, answersAsRead: false, run };
}
