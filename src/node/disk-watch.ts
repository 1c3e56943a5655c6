/** Rule S17: the disk keeps a reserve of one snapshot and two segments, so that a full disk never keeps the node from making room. */
import type { Disk } from '../wal/disk.ts';
import type { NodeLimits } from './limits.ts';

/** Free again only with so much more than the reserve, so that the state does not flap. */
const RECOVERY_SHARE = 1.25;
const SNAPSHOT_OVERHEAD_BYTES = 1024 * 1024;

export class DiskWatch {
  readonly #disk: Disk;
  readonly #limits: NodeLimits;
  #full = false;
  #freeBytes: number | null = null;
  #totalBytes: number | null = null;
  #checking = false;

  constructor(disk: Disk, limits: NodeLimits) {
    this.#disk = disk;
    this.#limits = limits;
  }

  get isFull(): boolean {
    return this.#full;
  }

  get freeBytes(): number | null {
    return this.#freeBytes;
  }

  get totalBytes(): number | null {
    return this.#totalBytes;
  }

  reserveBytes(dataBytes: number): number {
    return dataBytes + SNAPSHOT_OVERHEAD_BYTES + 2 * this.#limits.segmentBytes;
  }

  async check(dataBytes: number): Promise<void> {
    if (this.#checking) return;
    this.#checking = true;
    try {
      const { freeBytes, totalBytes } = await this.#disk.space();
      const reserve = this.reserveBytes(dataBytes);
      this.#freeBytes = freeBytes;
      this.#totalBytes = totalBytes;
      this.#full = this.#full ? freeBytes < reserve * RECOVERY_SHARE : freeBytes < reserve;
    } catch {
      // Unknown is said as unknown; the log's own writes tell when the disk is really full.
      this.#freeBytes = null;
      this.#totalBytes = null;
    } finally {
      this.#checking = false;
    }
  }
}
