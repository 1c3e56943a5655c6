/**
 * Reads what lies on the disk once more, slowly, in the background: full segments and the newest snapshot (rule S11). Rot is found while the
 * state in memory is whole, and healed from it: a new snapshot takes the place of what is damaged, and the log before it goes. Were the
 * process to end before that, the next start would find the damage and heal from the other members.
 */
import type { Clock } from '../shared/clock.ts';
import { FEATURE_LEVEL_MAX, FEATURE_LEVEL_MIN } from '../shared/build.ts';
import { DiskError } from '../wal/disk.ts';
import type { Disk } from '../wal/disk.ts';
import { scrubSegment } from '../wal/scrub.ts';
import type { SnapshotFiles } from '../wal/snapshot-files.ts';
import type { WriteAheadLog } from '../wal/types.ts';
import { ByteRate } from './byte-rate.ts';
import type { Log } from './log.ts';

/** The first pass begins so long after the start, each further one so long after the one before. */
export const SCRUB_FIRST_MS = 60_000;
export const SCRUB_PAUSE_MS = 3_600_000;
/** While something damaged is not replaced, the next try comes sooner. */
export const SCRUB_RETRY_MS = 10_000;

export interface ScrubberParts {
  readonly disk: Disk;
  readonly log: WriteAheadLog;
  readonly files: SnapshotFiles;
  readonly clock: Clock;
  readonly bytesPerSecond: number;
  readonly report: Log;
  /** Takes a snapshot of the state in memory, and drops the log before it. */
  readonly replace: () => Promise<void>;
}

export class Scrubber {
  readonly #parts: ScrubberParts;
  readonly #rate: ByteRate;
  #nextAtMs: number;
  #running: Promise<void> | null = null;
  #stopped = false;
  #passes = 0;
  #damagesFound = 0;
  #damaged: string | null = null;

  constructor(parts: ScrubberParts) {
    this.#parts = parts;
    this.#rate = new ByteRate(parts.clock, parts.bytesPerSecond);
    this.#nextAtMs = parts.clock.monotonicMs() + SCRUB_FIRST_MS;
  }

  /** Passes that ended since the start. */
  get passes(): number {
    return this.#passes;
  }

  get damagesFound(): number {
    return this.#damagesFound;
  }

  /** What was found and is not replaced yet; null when all that was read is whole. */
  get damaged(): string | null {
    return this.#damaged;
  }

  /** Once a second. */
  check(nowMs: number): void {
    if (this.#running || this.#stopped || nowMs < this.#nextAtMs) return;
    this.#running = this.#pass().finally(() => {
      this.#running = null;
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #pass(): Promise<void> {
    const { clock, report } = this.#parts;
    try {
      const found = await this.#read();
      if (this.#stopped) return;
      this.#passes += 1;
      if (found !== null) await this.#heal(found);
      this.#damaged = found === null ? null : this.#damaged;
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      report.warn({ error: error.message }, 'a scrub could not go on');
    }
    this.#nextAtMs = clock.monotonicMs() + (this.#damaged === null ? SCRUB_PAUSE_MS : SCRUB_RETRY_MS);
  }

  /** The first damage, or null. */
  async #read(): Promise<string | null> {
    const { disk, log, files } = this.#parts;
    const levels = { min: FEATURE_LEVEL_MIN, max: FEATURE_LEVEL_MAX };
    const pace = async (bytes: number): Promise<void> => {
      if (!this.#stopped) await this.#rate.take(bytes);
    };
    for (const segment of log.coldSegments) {
      if (this.#stopped) return null;
      const isThere = (): boolean => log.coldSegments.some(({ path }) => path === segment.path);
      if (!isThere()) continue;
      try {
        const message = await scrubSegment(disk, segment, levels, pace);
        if (message !== null && isThere()) return `${segment.path}: ${message}`;
      } catch (error) {
        // Compacted away while it was read.
        if (isThere() || !(error instanceof DiskError)) throw error;
      }
    }
    const snapshot = await files.scrubNewest(pace);
    return snapshot && `${snapshot.file}: ${snapshot.message}`;
  }

  async #heal(found: string): Promise<void> {
    const { report, replace } = this.#parts;
    if (this.#damaged !== found) {
      this.#damagesFound += 1;
      report.error({ found }, 'rot was found on the disk: a new snapshot takes its place');
    }
    this.#damaged = found;
    await replace();
  }
}
