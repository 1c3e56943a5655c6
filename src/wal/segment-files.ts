/**
 * How a segment comes into being: zeros are written ahead into a spare file while nobody waits; header and first batch go in, are synced,
 * and only then does the file get its name, and the folder is synced. Later batches overwrite zeros, so that a sync has no new length and no
 * new blocks to record.
 */
import type { Random } from '../shared/random.ts';
import { encodeBatch } from './batch.ts';
import type { BatchHeader, EncodedBatch, LogRecord } from './batch.ts';
import { DiskError } from './disk.ts';
import type { Disk, DiskFile } from './disk.ts';
import { pathIn, publish, TEMPORARY_SUFFIX } from './durable-file.ts';
import { encodeSegmentHeader, SALT_BYTES, SEGMENT_HEADER_BYTES, segmentName } from './segment.ts';
import type { SegmentOwner } from './segment.ts';

const ZEROS = Buffer.alloc(1024 * 1024);

export interface SegmentPlan {
  readonly sequence: number;
  readonly follows: number;
  readonly originIndex: number;
  readonly featureLevel: number;
  readonly batch: BatchHeader;
  readonly records: readonly LogRecord[];
}

export interface OpenSegment {
  readonly sequence: number;
  readonly path: string;
  readonly file: DiskFile;
  readonly salt: Buffer;
  readonly fileBytes: number;
  /** Where the next batch goes. */
  readonly end: number;
}

interface Spare {
  readonly name: string;
  readonly file: DiskFile;
}

export class SegmentFiles {
  readonly #disk: Disk;
  readonly #folder: string;
  readonly #owner: SegmentOwner;
  readonly #random: Random;
  readonly #segmentBytes: number;
  #spare: Promise<Spare | DiskError> | null = null;
  #spares = 0;

  constructor(disk: Disk, folder: string, owner: SegmentOwner, random: Random, segmentBytes: number) {
    this.#disk = disk;
    this.#folder = folder;
    this.#owner = owner;
    this.#random = random;
    this.#segmentBytes = segmentBytes;
  }

  /** Begins to write the next segment's zeros, unless that is under way. What fails here fails again, and is heard, in `create`. */
  prepareSpare(): void {
    this.#spare ??= this.#writeSpare().catch((error: unknown) => {
      if (error instanceof DiskError) return error;
      throw error;
    });
  }

  /** Durable with its first batch when it returns; replaces a segment of the same number. @throws DiskError */
  async create(plan: SegmentPlan): Promise<OpenSegment> {
    const salt = Buffer.from(this.#random.hex(2 * SALT_BYTES), 'hex');
    const batch = encodeBatch(salt, plan.batch, plan.records);
    const spare = await this.#takeSpare();
    const end = SEGMENT_HEADER_BYTES + batch.bytes;
    const fileBytes = Math.max(this.#segmentBytes, end);
    await this.#fill(spare.file, plan, salt, batch, fileBytes);
    const name = segmentName(plan.sequence);
    await publish(this.#disk, this.#folder, spare.name, name);
    return { sequence: plan.sequence, path: pathIn(this.#folder, name), file: spare.file, salt, fileBytes, end };
  }

  async #fill(file: DiskFile, plan: SegmentPlan, salt: Buffer, batch: EncodedBatch, allocatedBytes: number): Promise<void> {
    const { featureLevel, sequence, follows, originIndex } = plan;
    const owner = this.#owner;
    const header = encodeSegmentHeader({ featureLevel, owner, sequence, follows, originIndex, allocatedBytes, salt });
    await file.write(0, [header, ...batch.chunks]);
    await file.datasync();
  }

  async close(): Promise<void> {
    const spare = await this.#spare;
    this.#spare = null;
    if (!spare || spare instanceof DiskError) return;
    await spare.file.close();
    await this.#disk.remove(pathIn(this.#folder, spare.name));
  }

  async #takeSpare(): Promise<Spare> {
    const ready = await this.#spare;
    this.#spare = null;
    return ready && !(ready instanceof DiskError) ? ready : this.#writeSpare();
  }

  async #writeSpare(): Promise<Spare> {
    this.#spares += 1;
    const name = `${this.#spares}.segment${TEMPORARY_SUFFIX}`;
    const path = pathIn(this.#folder, name);
    const file = await this.#disk.open(path, { create: true });
    try {
      for (let at = 0; at < this.#segmentBytes; at += ZEROS.length) {
        await file.write(at, [ZEROS.subarray(0, Math.min(ZEROS.length, this.#segmentBytes - at))]);
      }
      // For pace, not for safety: otherwise the sync that a commit waits for would have to carry these zeros.
      await file.datasync();
    } catch (error) {
      await file.close();
      await this.#disk.remove(path);
      throw error;
    }
    return { name, file };
  }
}
