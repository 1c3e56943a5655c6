/**
 * Takes snapshots without stopping the world: an O(1) clone of the state is written out in slices while the original goes on. When the file
 * is durable, the log before it is dropped, but for a tail that spares members a little behind from needing the whole snapshot.
 */
import type { Entry } from '../consensus/core.ts';
import { assert } from '../shared/assert.ts';
import type { SnapshotFiles } from '../wal/snapshot-files.ts';
import type { WriteAheadLog } from '../wal/types.ts';
import type { NodeLimits } from './limits.ts';
import type { Log } from './log.ts';
import type { Replica, TurnPart } from './replica.ts';
import { TrailingLog } from './trailing-log.ts';

/** In memory, an entry costs about this much besides its payload. */
export const ENTRIES_BETWEEN_SNAPSHOTS_MAX = 100_000;

export interface SnapshotTakerParts {
  readonly replica: Replica;
  readonly files: SnapshotFiles;
  readonly log: WriteAheadLog;
  readonly limits: NodeLimits;
  readonly report: Log;
}

export class SnapshotTaker implements TurnPart {
  readonly #parts: SnapshotTakerParts;
  #running: Promise<void> | null = null;
  #lastIndex: number;
  #stopped = false;
  readonly #trailing: TrailingLog;

  constructor(parts: SnapshotTakerParts) {
    this.#parts = parts;
    this.#trailing = new TrailingLog(parts.limits.trailingEntries, parts.limits.trailingBytesMax);
    this.#lastIndex = parts.replica.status.firstIndex - 1;
  }

  applied({ index, payload }: Entry): void {
    this.#trailing.add(index, payload.length);
  }

  /** Once a second: takes one when the log has grown long enough. */
  check(): void {
    const { replica, log, limits } = this.#parts;
    const entries = replica.appliedIndex - this.#lastIndex;
    if (this.#running || this.#stopped || entries <= 0) return;
    const longEnough = log.diskBytes > Math.max(limits.snapshotLogBytes, replica.state.dataBytes) + 2 * limits.segmentBytes;
    if (longEnough || entries >= ENTRIES_BETWEEN_SNAPSHOTS_MAX) void this.take();
  }

  async take(): Promise<void> {
    await this.#run((index) => this.#trailing.through(index));
  }

  /** Takes one to replace what is damaged before it: nothing of the log up to it is kept (rule S11). */
  async takeOver(): Promise<void> {
    await this.#running;
    await this.#run((index) => index);
  }

  async #run(throughOf: (index: number) => number): Promise<void> {
    this.#running ??= this.#take(throughOf).finally(() => {
      this.#running = null;
    });
    await this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #take(throughOf: (index: number) => number): Promise<void> {
    const { replica, files, log, report } = this.#parts;
    const index = replica.appliedIndex;
    // What others committed may be applied here before our own disk has it; a snapshot waits for the disk.
    if (index > replica.status.durableIndex) return;
    const term = replica.termAt(index);
    assert(term !== null, 'the applied entry is within the log or its base');
    const base = { index, term, configuration: replica.configurationAt(index) };
    const clone = replica.state.clone();
    try {
      const stored = await files.write({ base, featureLevel: clone.featureLevel }, clone.chunks());
      await files.retainOnly(stored);
      this.#lastIndex = index;
      if (this.#stopped) return;
      const through = throughOf(index);
      replica.note({ type: 'compact', through });
      await log.compact(through);
      report.info({ index, term, bytes: stored.fileBytes }, 'took a snapshot');
    } catch (error) {
      report.error({ index, error: error instanceof Error ? error.message : String(error) }, 'a snapshot could not be taken');
    }
  }
}
