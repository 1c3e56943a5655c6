/**
 * What of a member's log would survive a crash right now: the durable bytes of its segments, read as recovery would read them. It looks at
 * the disk, not at the member, so that a member which counts on more than its disk holds is found out.
 */
import type { HardState } from '../../src/consensus/core.ts';
import type { LogRecord } from '../../src/wal/batch.ts';
import type { DurableView } from '../support/raft-checker.ts';
import type { DurableFile, SimulatedDisk } from '../support/simulated-disk.ts';
import type { Build } from './builds.ts';

const WAL_FOLDER = '/wal';
const SNAPSHOTS_FOLDER = '/snapshots';

/**
 * Files below the folder that a start would take after a crash: `current`, or `next` as long as the rename to `current` is not durable
 * (src/wal/data-folder.ts).
 */
export function durableFilesIn(disk: SimulatedDisk, folder: '' | '/wal' | '/snapshots'): DurableFile[] {
  const name = disk.durableFiles('current').length > 0 ? 'current' : 'next';
  return disk.durableFiles(`${name}${folder}`);
}

interface ReadSegment {
  readonly name: string;
  readonly file: object;
  version: number;
  readonly salt: Buffer;
  readonly follows: number;
  batches: number;
  end: number;
}

export class DurableLog implements DurableView {
  readonly #build: Build;
  #disk: SimulatedDisk;
  #segments: ReadSegment[] = [];
  /** Terms of the entries from `#first` on. */
  #terms: number[] = [];
  #first = 1;
  #baseTerm: number | null = null;
  hardState: HardState = { term: 0, vote: null };

  constructor(build: Build, disk: SimulatedDisk) {
    this.#build = build;
    this.#disk = disk;
  }

  /** The disk as it is now: another object after each start. */
  refresh(disk: SimulatedDisk): this {
    this.#disk = disk;
    const files = durableFilesIn(disk, WAL_FOLDER).filter(({ name }) => name.endsWith('.wal'));
    const first = files[0];
    while (this.#segments.length > 0 && first && this.#segments[0]!.name < first.name) this.#segments.shift();
    const isContinued = this.#segments.every((segment, position) => files[position]?.file === segment.file);
    if (!isContinued || (first && this.#segments.length === 0)) this.#begin();
    for (const [position, file] of files.entries()) this.#readOn(position, file);
    return this;
  }

  get lastIndex(): number {
    return this.#first + this.#terms.length - 1;
  }

  /** A snapshot is named by its index; the log may only have been cut behind a durable one. */
  get baseIndex(): number {
    const newest = durableFilesIn(this.#disk, SNAPSHOTS_FOLDER)
      .filter(({ name }) => name.endsWith('.snapshot'))
      .at(-1);
    return newest ? Number(newest.name.slice(0, 16)) : 0;
  }

  termAt(index: number): number | null {
    if (index === this.#first - 1) return this.#baseTerm;
    return this.#terms[index - this.#first] ?? null;
  }

  #begin(): void {
    this.#segments = [];
    this.#terms = [];
    this.#first = 1;
    this.#baseTerm = null;
    this.hardState = { term: 0, vote: null };
  }

  #readOn(position: number, { name, file, version, bytes }: DurableFile): void {
    let segment = this.#segments[position];
    if (!segment) {
      const reading = this.#build.readSegmentHeader(bytes, { min: 1, max: Number.MAX_SAFE_INTEGER });
      if (reading.type !== 'header') return;
      const { salt, follows, originIndex } = reading.header;
      if (position === 0) this.#first = originIndex + 1;
      segment = { name, file, version: -1, salt, follows, batches: 0, end: this.#build.SEGMENT_HEADER_BYTES };
      this.#segments.push(segment);
    }
    if (segment.version === version) return;
    segment.version = version;
    for (;;) {
      const reading = this.#build.readBatch(bytes, segment.end, segment.salt);
      if (reading.type !== 'batch' || reading.header.sequence !== segment.follows + segment.batches + 1) return;
      segment.batches += 1;
      segment.end = reading.end;
      this.hardState = reading.header.hardState;
      for (const record of reading.records) this.#apply(record);
    }
  }

  #apply(record: LogRecord): void {
    if (record.type === 'base') {
      this.#first = record.base.index + 1;
      this.#baseTerm = record.base.term;
      this.#terms = [];
    } else if (record.type === 'truncate') {
      if (record.from < this.#first) {
        this.#first = record.from;
        this.#terms = [];
      } else this.#terms.length = Math.min(this.#terms.length, record.from - this.#first);
    } else if (record.type === 'entries') for (const { term } of record.entries) this.#terms.push(term);
  }
}
