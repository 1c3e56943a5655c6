/**
 * Keys, values, deadlines and touches at one point of the log. Everything here follows from what was applied, in order: no clock, no chance.
 * All parts clone in constant time.
 */
import { assert } from '../shared/assert.ts';
import { entryBytes } from './command.ts';
import type { Entry, KeyspaceView, KeyspaceWriter } from './command.ts';
import { hashOf } from './key-hash.ts';
import { UNSENT_BYTES_PER_ENTRY_MAX } from './limits.ts';
import { OrderedMap } from './ordered-map.ts';
import { StateHash } from './state-hash.ts';
import { Tombstones } from './tombstones.ts';
import { valueBytes } from './value.ts';
import type { Value } from './value.ts';

interface Deadline {
  readonly key: string;
  readonly deadlineMs: number;
}

/** Values up to this length are part of the state hash with their content. */
const HASHED_VALUE_BYTES_MAX = 64;

export class Keyspace implements KeyspaceWriter {
  #entries = new OrderedMap<Entry>();
  #deadlines = new OrderedMap<Deadline>();
  #tombstones = new Tombstones();
  #hash = new StateHash();
  #owner: object = {};
  #timeMs = 0;
  #index = 0;
  #dataBytes = 0;
  #unsentBytes = 0;
  /** Some key may be past its deadline and still be held. */
  #mayHoldDue = false;

  get owner(): object {
    return this.#owner;
  }

  /** A write happens at the time of its log entry (rule S13). */
  get nowMs(): number {
    return this.#timeMs;
  }

  get index(): number {
    return this.#index;
  }

  get size(): number {
    return this.#entries.size;
  }

  get keysWithDeadline(): number {
    return this.#deadlines.size;
  }

  get dataBytes(): number {
    return this.#dataBytes;
  }

  get hash(): StateHash {
    return this.#hash;
  }

  get tombstones(): Tombstones {
    return this.#tombstones;
  }

  get liveKeys(): number {
    let due = 0;
    for (const { deadlineMs } of this.#deadlines.itemsFrom(0)) {
      if (deadlineMs > this.#timeMs) break;
      due += 1;
    }
    return this.#entries.size - due;
  }

  clone(): Keyspace {
    const copy = new Keyspace();
    copy.#entries = this.#entries.clone();
    copy.#deadlines = this.#deadlines.clone();
    copy.#tombstones = this.#tombstones.clone();
    copy.#hash = this.#hash.clone();
    copy.#timeMs = this.#timeMs;
    copy.#index = this.#index;
    copy.#dataBytes = this.#dataBytes;
    copy.#unsentBytes = this.#unsentBytes;
    copy.#mayHoldDue = this.#mayHoldDue;
    // Values that were changed in place so far are shared from now on.
    this.#owner = {};
    return copy;
  }

  /** Begins an entry of the log. Time never runs backwards (rule S13). */
  beginEntry(index: number, timeMs: number): void {
    assert(index > this.#index, 'entries are applied in the order of their indexes');
    this.#index = index;
    this.#timeMs = Math.max(this.#timeMs, timeMs);
    this.#unsentBytes = 0;
  }

  isDue(entry: Entry): boolean {
    return entry.deadlineMs !== null && entry.deadlineMs <= this.#timeMs;
  }

  find(key: string): Entry | undefined {
    const entry = this.#entries.get(hashOf(key), key);
    return entry && !this.isDue(entry) ? entry : undefined;
  }

  bytesOf(value: Value): Buffer {
    return valueBytes(value, this.#index);
  }

  bytesCopiedByChange(value: Value): number {
    return typeof value !== 'string' && value.wasLentIn(this.#index) ? value.length : 0;
  }

  *entriesFrom(position: number): Generator<Entry, void, undefined> {
    for (const entry of this.#entries.itemsFrom(position)) if (!this.isDue(entry)) yield entry;
  }

  /** All that is held, whether due or not: what a snapshot holds. */
  held(): Iterable<Entry> {
    return this.#entries.itemsFrom(0);
  }

  /** The first deadline after a moment; null when there is none. */
  deadlineAfter(momentMs: number): number | null {
    return this.#deadlines.firstFrom(momentMs + 1)?.deadlineMs ?? null;
  }

  /** Whether a key is there now and past its deadline at a later moment. */
  isDueBetween(key: string, laterMs: number): boolean {
    const entry = this.find(key);
    return entry !== undefined && entry.deadlineMs !== null && entry.deadlineMs <= laterMs;
  }

  lastTouch(key: string): number {
    const position = hashOf(key);
    return this.#entries.get(position, key)?.touch ?? this.#tombstones.lastTouch(position);
  }

  put(key: string, value: Value, deadlineMs: number | null): void {
    const before = this.#hold({ key, value, deadlineMs, touch: this.#index });
    if (deadlineMs !== null && deadlineMs <= this.#timeMs) this.#mayHoldDue = true;
    this.#hashChange(before ? 1 : 2, key, value, deadlineMs);
  }

  /** Puts an entry in its place with all that is counted beside it; what stood there is returned. */
  #hold(entry: Entry): Entry | undefined {
    const { key, value, deadlineMs } = entry;
    const position = hashOf(key);
    const before = this.#entries.set(position, key, entry);
    if (before) this.#letGo(before, deadlineMs);
    this.#dataBytes += entryBytes(key.length, value.length, deadlineMs !== null);
    if (deadlineMs !== null && before?.deadlineMs !== deadlineMs) this.#deadlines.set(deadlineMs, key, { key, deadlineMs });
    return before;
  }

  /** What was counted for an entry, and its deadline unless the next one is the same. */
  #letGo({ key, value, deadlineMs }: Entry, nextDeadlineMs: number | null): void {
    this.#dataBytes -= entryBytes(key.length, value.length, deadlineMs !== null);
    if (deadlineMs !== null && deadlineMs !== nextDeadlineMs) this.#deadlines.delete(deadlineMs, key);
  }

  remove(key: string): boolean {
    const position = hashOf(key);
    const before = this.#entries.delete(position, key);
    if (!before) return false;
    this.#letGo(before, null);
    this.#tombstones.add(position, this.#index);
    this.#hashChange(3, key, '', null);
    return !this.isDue(before);
  }

  removeAll(): void {
    this.#entries = new OrderedMap();
    this.#deadlines = new OrderedMap();
    this.#tombstones.touchAll(this.#index);
    this.#dataBytes = 0;
    this.#mayHoldDue = false;
    this.#hash.add(4);
  }

  spendUnsentBytes(bytes: number): boolean {
    if (this.#unsentBytes + bytes > UNSENT_BYTES_PER_ENTRY_MAX) return false;
    this.#unsentBytes += bytes;
    return true;
  }

  /** Removes keys past their deadline, the earliest first, but not more than `countMax` of them. */
  expireDue(countMax: number): void {
    const due: Deadline[] = [];
    for (const deadline of this.#deadlines.itemsFrom(0)) {
      if (deadline.deadlineMs > this.#timeMs || due.length === countMax) break;
      due.push(deadline);
    }
    for (const { key } of due) this.remove(key);
    this.#mayHoldDue = due.length === countMax;
  }

  /** The keys that a command names go at once when they are due, so that their expiry is a touch before the command looks (rule S14). */
  expireNamed(keys: readonly string[]): void {
    if (!this.#mayHoldDue) return;
    for (const key of keys) {
      const entry = this.#entries.get(hashOf(key), key);
      if (entry && this.isDue(entry)) this.remove(key);
    }
  }

  /** May be true although nothing is due; false is certain. */
  get mayHoldDue(): boolean {
    return this.#mayHoldDue;
  }

  #hashChange(kind: number, key: string, value: Value, deadlineMs: number | null): void {
    const hash = this.#hash;
    hash.add(hashOf(key) * 8 + kind);
    hash.add(value.length);
    if (deadlineMs !== null) hash.add(deadlineMs);
    if (typeof value === 'string' && value.length <= HASHED_VALUE_BYTES_MAX) hash.add(hashOf(value));
  }

  /** A keyspace without keys, which `restoreEntry` brings. */
  static restore(at: KeyspacePoint, tombstones: Tombstones): Keyspace {
    const restored = new Keyspace();
    restored.#timeMs = at.timeMs;
    restored.#index = at.index;
    restored.#hash = at.hash;
    restored.#tombstones = tombstones;
    // Nobody knows: the next entry finds out.
    restored.#mayHoldDue = true;
    return restored;
  }

  /** Part of a restore: nothing is touched by it. */
  restoreEntry(entry: Entry): void {
    const before = this.#hold(entry);
    assert(before === undefined, 'a snapshot holds a key once');
  }
}

export interface KeyspacePoint {
  readonly timeMs: number;
  readonly index: number;
  readonly hash: StateHash;
}

/** The keyspace for reads that happen at a moment of their own. */
export class MomentView implements KeyspaceView {
  readonly #keyspace: Keyspace;
  readonly nowMs: number;

  constructor(keyspace: Keyspace, nowMs: number) {
    this.#keyspace = keyspace;
    this.nowMs = nowMs;
  }

  get liveKeys(): number {
    return this.#keyspace.liveKeys;
  }

  find(key: string): Entry | undefined {
    return this.#keyspace.find(key);
  }

  bytesOf(value: Value): Buffer {
    return valueBytes(value);
  }

  entriesFrom(position: number): Iterable<Entry> {
    return this.#keyspace.entriesFrom(position);
  }
}
