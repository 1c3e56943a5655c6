/** The writing side of the log: the queue, the batches, the segments' turnover and the timer that carries X to the disk at rest. */
import type { HardState, Persist } from '../consensus/core.ts';
import { assert, present } from '../shared/assert.ts';
import type { Clock } from '../shared/clock.ts';
import type { MemberId } from '../shared/ids.ts';
import { encodeBatch } from './batch.ts';
import type { BatchHeader, LogRecord } from './batch.ts';
import { DiskError } from './disk.ts';
import type { Disk } from './disk.ts';
import { rememberPeers } from './replay.ts';
import type { OpenSegment, SegmentFiles } from './segment-files.ts';
import type { ColdSegment, PeerMemory, WriteAheadLog } from './types.ts';

/** A batch takes what waits until it is at least this large. */
export const BATCH_BYTES = 4 * 1024 * 1024;
/** When no batch follows for so long, an empty one carries X (rule S11). */
export const IDLE_SYNC_MS = 100;
/** What a persist takes beside its payloads, about: for `pendingBytes` only. */
const OVERHEAD_BYTES = 64;

export interface LogWriterParts {
  readonly disk: Disk;
  readonly folder: string;
  readonly clock: Clock;
  readonly persisted: (sequence: number) => void;
  readonly failed: (error: DiskError) => void;
  readonly levels: { readonly min: number; readonly max: number };
  readonly files: SegmentFiles;
  /** Open for writing; durable with its first batch. */
  readonly segment: OpenSegment;
  readonly featureLevel: number;
  readonly lastBatch: number;
  readonly hardState: HardState;
  readonly lastIndex: number;
  readonly memory: Map<MemberId, PeerMemory>;
  /** Oldest first; the last one is `segment`. */
  readonly segments: ColdSegment[];
}

interface Waiting {
  readonly persist: Persist;
  readonly memory: readonly PeerMemory[];
  readonly bytes: number;
}

export class LogWriter implements WriteAheadLog {
  readonly #parts: LogWriterParts;
  readonly #memory: Map<MemberId, PeerMemory>;
  #segments: ColdSegment[];
  #segment: OpenSegment;
  #end: number;
  #featureLevel: number;
  #levelInForce: number;
  #hardState: HardState;
  /** Index at which the log ends, as written; and as appended. */
  #writtenIndex: number;
  #appendedIndex: number;
  #appendedSequence = 0;
  /** The newest batch on disk; the newest that is not empty; and X as it stands on disk. */
  #lastBatch: number;
  #lastContent: number;
  #covered: number;
  #waiting: Waiting[] = [];
  #pendingBytes = 0;
  #running: Promise<void> | null = null;
  #compacting: Promise<void> = Promise.resolve();
  #cancelIdle: (() => void) | null = null;
  #failure: DiskError | null = null;
  #closed = false;

  constructor(parts: LogWriterParts) {
    this.#parts = parts;
    this.#memory = parts.memory;
    this.#segments = [...parts.segments];
    this.#segment = parts.segment;
    this.#end = parts.segment.end;
    this.#featureLevel = parts.featureLevel;
    this.#levelInForce = parts.featureLevel;
    this.#hardState = parts.hardState;
    this.#writtenIndex = parts.lastIndex;
    this.#appendedIndex = parts.lastIndex;
    this.#lastBatch = parts.lastBatch;
    this.#lastContent = parts.lastBatch;
    this.#covered = parts.lastBatch;
    parts.files.prepareSpare();
  }

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  get diskBytes(): number {
    return this.#segments.reduce((total, { fileBytes }) => total + fileBytes, 0);
  }

  get coldSegments(): readonly ColdSegment[] {
    return this.#segments.slice(0, -1);
  }

  append(persist: Persist, memory: readonly PeerMemory[] = []): void {
    assert(!this.#closed, 'nothing is appended to a closed log');
    assert(persist.sequence > this.#appendedSequence, 'persists are appended in the order of their sequence');
    this.#appendedSequence = persist.sequence;
    this.#appendedIndex = endAfter(this.#appendedIndex, persist);
    if (this.#failure) return;
    const bytes = persist.entries.reduce((total, { payload }) => total + payload.length + OVERHEAD_BYTES, OVERHEAD_BYTES);
    this.#waiting.push({ persist, memory, bytes });
    this.#pendingBytes += bytes;
    this.#wake();
  }

  setFeatureLevel(level: number): void {
    const { min, max } = this.#parts.levels;
    assert(level >= min && level <= max, 'the level in force is one that this build writes');
    this.#levelInForce = level;
    this.#wake();
  }

  compact(through: number): Promise<void> {
    this.#compacting = this.#compacting.then(() => this.#guard(() => this.#compact(through)));
    return this.#compacting;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopIdleTimer();
    while (this.#running) await this.#running;
    await this.#compacting;
    await this.#guard(async () => {
      if (this.#covered < this.#lastContent) await this.#writeBatch([]);
    });
    await this.#segment.file.close();
    await this.#parts.files.close();
  }

  #wake(): void {
    this.#stopIdleTimer();
    if (!this.#failure) this.#running ??= this.#run(() => this.#writeWaiting());
  }

  async #run(act: () => Promise<void>): Promise<void> {
    await this.#guard(act);
    this.#running = null;
    // What was appended after `act` last looked found someone running, and did not start anyone.
    if (this.#hasWork()) this.#wake();
    else this.#startIdleTimer();
  }

  #hasWork(): boolean {
    return this.#waiting.length > 0 || this.#levelInForce !== this.#featureLevel;
  }

  async #writeWaiting(): Promise<void> {
    // One turn of the caller makes one batch: let it append all that it has.
    await Promise.resolve();
    while (this.#hasWork()) await this.#writeBatch(this.#takeBatch());
  }

  /** A failed disk ends the log: told once, and nothing is acknowledged afterwards (rule S10). */
  async #guard(act: () => Promise<void>): Promise<void> {
    if (this.#failure) return;
    try {
      await act();
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      this.#fail(error);
    }
  }

  #fail(error: DiskError): void {
    if (this.#failure) return;
    this.#failure = error;
    this.#waiting = [];
    this.#pendingBytes = 0;
    this.#stopIdleTimer();
    this.#parts.failed(error);
  }

  #startIdleTimer(): void {
    if (this.#failure || this.#closed || this.#covered >= this.#lastContent) return;
    this.#cancelIdle = this.#parts.clock.schedule(IDLE_SYNC_MS, () => {
      this.#cancelIdle = null;
      this.#running ??= this.#run(() => this.#writeBatch([]));
    });
  }

  #stopIdleTimer(): void {
    this.#cancelIdle?.();
    this.#cancelIdle = null;
  }

  /** Up to BATCH_BYTES; a base begins a batch, since it begins a segment. */
  #takeBatch(): Waiting[] {
    let count = 0;
    let bytes = 0;
    for (const each of this.#waiting) {
      if (count > 0 && (bytes >= BATCH_BYTES || each.persist.base !== null)) break;
      count += 1;
      bytes += each.bytes;
    }
    return this.#waiting.splice(0, count);
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    const persists = batch.map(({ persist }) => persist);
    const newest = persists.at(-1);
    const originIndex = this.#writtenIndex;
    if (newest) this.#hardState = newest.hardState;
    for (const { memory } of batch) rememberPeers(this.#memory, memory);
    for (const persist of persists) this.#writtenIndex = endAfter(this.#writtenIndex, persist);
    const header = { sequence: this.#lastBatch + 1, syncedThrough: this.#lastBatch, hardState: this.#hardState };
    const records = persists.flatMap(recordsOf);
    const startsAnew = newest !== undefined && persists[0]?.base !== null;
    const changed = batch.flatMap(({ memory }) => memory);
    const inPlace =
      !startsAnew && this.#levelInForce === this.#featureLevel && (await this.#writeInPlace(header, records, changed));
    if (!inPlace) await this.#writeToNewSegment(header, records, originIndex);
    // A compaction may have met a failing disk meanwhile: after `failed` nothing is acknowledged.
    if (this.#failure) return;
    this.#lastBatch = header.sequence;
    this.#covered = inPlace ? header.syncedThrough : header.sequence;
    if (newest) this.#lastContent = header.sequence;
    this.#noteEntries(persists, startsAnew);
    this.#pendingBytes -= batch.reduce((total, { bytes }) => total + bytes, 0);
    if (newest) this.#parts.persisted(newest.sequence);
  }

  /** False when the segment has no room for it. */
  async #writeInPlace(header: BatchHeader, records: LogRecord[], changed: readonly PeerMemory[]): Promise<boolean> {
    const { file, salt, fileBytes } = this.#segment;
    const batch = encodeBatch(salt, header, changed.length > 0 ? [...records, { type: 'memory', peers: changed }] : records);
    if (this.#end + batch.bytes > fileBytes) return false;
    await file.write(this.#end, batch.chunks);
    await file.datasync();
    this.#end += batch.bytes;
    return true;
  }

  /** Its first batch repeats what is remembered of all peers, so that the segments before it can go. */
  async #writeToNewSegment(header: BatchHeader, records: LogRecord[], originIndex: number): Promise<void> {
    const memory: LogRecord = { type: 'memory', peers: [...this.#memory.values()] };
    const featureLevel = this.#levelInForce;
    const previous = this.#segment;
    const segment = await this.#parts.files.create({
      sequence: previous.sequence + 1,
      follows: header.syncedThrough,
      originIndex,
      featureLevel,
      batch: header,
      records: [memory, ...records],
    });
    this.#segment = segment;
    this.#end = segment.end;
    this.#featureLevel = featureLevel;
    const full = present(this.#segments.pop(), 'there is always a segment');
    this.#segments.push({ ...full, lastBatch: header.syncedThrough });
    const { path, fileBytes } = segment;
    this.#segments.push({ path, fileBytes, highestIndex: 0, lastBatch: header.sequence });
    await previous.file.close();
    this.#parts.files.prepareSpare();
  }

  #noteEntries(persists: readonly Persist[], startsAnew: boolean): void {
    // After a base nothing in the older segments counts any more.
    if (startsAnew) this.#segments = this.#segments.map((segment) => ({ ...segment, highestIndex: 0 }));
    const last = present(this.#segments.at(-1), 'there is always a segment');
    const highestIndex = persists.reduce(
      (highest, { entries }) => Math.max(highest, entries.at(-1)?.index ?? 0),
      last.highestIndex,
    );
    this.#segments[this.#segments.length - 1] = { ...last, highestIndex };
  }

  async #compact(through: number): Promise<void> {
    for (;;) {
      const oldest = this.#segments[0];
      if (!oldest || this.#segments.length === 1 || oldest.highestIndex > through) return;
      await this.#parts.disk.remove(oldest.path);
      // One at a time: were a later removal to survive a crash without an earlier one, a segment would seem to be missing.
      await this.#parts.disk.syncFolder(this.#parts.folder);
      this.#segments.shift();
    }
  }
}

/** Index at which the log ends after `persist`. */
function endAfter(lastIndex: number, persist: Persist): number {
  let end = persist.base === null ? lastIndex : persist.base.index;
  if (persist.truncateFrom !== null) {
    assert(persist.truncateFrom >= 1 && persist.truncateFrom <= end + 1, 'a truncation begins within the log, or right after it');
    end = persist.truncateFrom - 1;
  }
  for (const { index } of persist.entries) {
    assert(index === end + 1, 'entries follow each other, and the end of the log');
    end = index;
  }
  return end;
}

function recordsOf({ base, truncateFrom, entries }: Persist): LogRecord[] {
  const records: LogRecord[] = [];
  if (base !== null) records.push({ type: 'base', base });
  if (truncateFrom !== null) records.push({ type: 'truncate', from: truncateFrom });
  if (entries.length > 0) records.push({ type: 'entries', entries });
  return records;
}
