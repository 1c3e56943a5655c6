/**
 * Streams the newest snapshot to members that need one: in chunks on the bulk lane, a few in flight at a time (rule S18), at most one
 * transfer for each member. A transfer that makes no progress is given up; the core asks again.
 */
import type { Clock } from '../shared/clock.ts';
import type { MemberId } from '../shared/ids.ts';
import type { SnapshotToSend } from '../consensus/core.ts';
import type { SnapshotReceipt } from '../wire/peer/frame.ts';
import type { SnapshotFiles, SnapshotSource, StoredSnapshot } from '../wal/snapshot-files.ts';
import type { PeerAddress, PeerNetwork } from './ports.ts';

export const CHUNK_BYTES = 256 * 1024;
export const CHUNKS_IN_FLIGHT_MAX = 4;
export const TRANSFER_STALL_MS = 10_000;

interface Transfer {
  readonly transfer: number;
  readonly to: PeerAddress;
  readonly term: number;
  readonly snapshot: StoredSnapshot;
  readonly source: SnapshotSource;
  sentBytes: number;
  receivedBytes: number;
  progressAtMs: number;
  reading: boolean;
  ended: boolean;
}

export interface SnapshotSenderParts {
  readonly files: SnapshotFiles;
  readonly network: () => PeerNetwork;
  readonly clock: Clock;
  /** The outcome, for the core: `index` of the snapshot that was sent. */
  readonly finished: (to: MemberId, index: number, delivered: boolean) => void;
}

export class SnapshotSender {
  readonly #parts: SnapshotSenderParts;
  readonly #transfers = new Map<number, Transfer>();
  #nextTransfer = 1;

  constructor(parts: SnapshotSenderParts) {
    this.#parts = parts;
  }

  get active(): number {
    return this.#transfers.size;
  }

  async send({ to, term }: SnapshotToSend): Promise<void> {
    if ([...this.#transfers.values()].some((transfer) => transfer.to.id === to.id)) return;
    const snapshot = await this.#parts.files.newest();
    if (!snapshot) {
      this.#parts.finished(to.id, 0, false);
      return;
    }
    const source = await this.#parts.files.open(snapshot);
    const transfer: Transfer = {
      transfer: this.#nextTransfer,
      to,
      term,
      snapshot,
      source,
      sentBytes: 0,
      receivedBytes: 0,
      progressAtMs: this.#parts.clock.monotonicMs(),
      reading: false,
      ended: false,
    };
    this.#nextTransfer += 1;
    this.#transfers.set(transfer.transfer, transfer);
    await this.#fill(transfer);
  }

  onReceipt(from: MemberId, receipt: SnapshotReceipt): void {
    const transfer = this.#transfers.get(receipt.transfer);
    if (!transfer || transfer.to.id !== from) return;
    transfer.progressAtMs = this.#parts.clock.monotonicMs();
    if (receipt.state !== 'receiving') {
      this.#end(transfer, receipt.state === 'installed');
      return;
    }
    transfer.receivedBytes = Math.max(transfer.receivedBytes, receipt.receivedBytes);
    void this.#fill(transfer);
  }

  /** To be called now and then: gives up what stands still. */
  expire(nowMs: number): void {
    for (const transfer of [...this.#transfers.values()]) {
      if (nowMs - transfer.progressAtMs > TRANSFER_STALL_MS) this.#end(transfer, false);
    }
  }

  stop(): void {
    for (const transfer of [...this.#transfers.values()]) this.#end(transfer, false);
  }

  /** Keeps CHUNKS_IN_FLIGHT_MAX chunks between us and the receiver. One reader at a time, so that chunks leave in order. */
  async #fill(transfer: Transfer): Promise<void> {
    if (transfer.reading) return;
    transfer.reading = true;
    try {
      const totalBytes = transfer.snapshot.fileBytes;
      while (!transfer.ended && transfer.sentBytes < totalBytes) {
        if (transfer.sentBytes - transfer.receivedBytes >= CHUNK_BYTES * CHUNKS_IN_FLIGHT_MAX) return;
        const offset = transfer.sentBytes;
        const bytes = await transfer.source.read(offset, Math.min(CHUNK_BYTES, totalBytes - offset));
        const chunk = {
          type: 'snapshot-chunk',
          transfer: transfer.transfer,
          term: transfer.term,
          offset,
          totalBytes,
          bytes,
        } as const;
        if (!this.#parts.network().send(transfer.to, 'bulk', chunk)) {
          this.#end(transfer, false);
          return;
        }
        transfer.sentBytes += bytes.length;
      }
    } finally {
      transfer.reading = false;
    }
  }

  #end(transfer: Transfer, delivered: boolean): void {
    if (transfer.ended) return;
    transfer.ended = true;
    this.#transfers.delete(transfer.transfer);
    void transfer.source.close();
    this.#parts.finished(transfer.to.id, transfer.snapshot.header.base.index, delivered);
  }
}
