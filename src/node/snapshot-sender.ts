/**
 * Streams the newest snapshot to members that need one: an offer, then chunks on the bulk lane, a few in flight at a time and at a bounded
 * pace (rule S18), at most one transfer for each member. The receiver says where to begin: after a broken transfer of the same file, where
 * that one stopped. A transfer that makes no progress is given up; the core asks again.
 */
import type { Clock } from '../shared/clock.ts';
import type { MemberId } from '../shared/ids.ts';
import type { SnapshotToSend } from '../consensus/core.ts';
import type { SnapshotReceipt } from '../wire/peer/frame.ts';
import { DiskError } from '../wal/disk.ts';
import type { SnapshotFiles, SnapshotSource, StoredSnapshot } from '../wal/snapshot-files.ts';
import { ByteRate } from './byte-rate.ts';
import type { PeerAddress, PeerNetwork } from './ports.ts';

export const CHUNK_BYTES = 256 * 1024;
export const CHUNKS_IN_FLIGHT_MAX = 4;
export const TRANSFER_STALL_MS = 10_000;
/** A snapshot file ends with its checksum. */
const CHECKSUM_BYTES = 4;

interface Transfer {
  readonly transfer: number;
  readonly to: PeerAddress;
  readonly snapshot: StoredSnapshot;
  readonly source: SnapshotSource;
  /** The receiver has said where to begin. */
  begun: boolean;
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
  /** For all transfers together. */
  readonly bytesPerSecond: number;
  /** The outcome, for the core: `index` of the snapshot that was sent. */
  readonly finished: (to: MemberId, index: number, delivered: boolean) => void;
}

export class SnapshotSender {
  readonly #parts: SnapshotSenderParts;
  readonly #transfers = new Map<number, Transfer>();
  readonly #rate: ByteRate;
  #nextTransfer = 1;

  constructor(parts: SnapshotSenderParts) {
    this.#parts = parts;
    this.#rate = new ByteRate(parts.clock, parts.bytesPerSecond);
  }

  get active(): number {
    return this.#transfers.size;
  }

  /** A snapshot that cannot be read is not sent; the core asks again. */
  async send(wanted: SnapshotToSend): Promise<void> {
    const { id } = wanted.to;
    if ([...this.#transfers.values()].some((transfer) => transfer.to.id === id)) return;
    try {
      await this.#begin(wanted);
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      const begun = [...this.#transfers.values()].find((transfer) => transfer.to.id === id);
      if (begun) this.#end(begun, false);
      else this.#parts.finished(id, 0, false);
    }
  }

  async #begin({ to, term }: SnapshotToSend): Promise<void> {
    const snapshot = await this.#parts.files.newest();
    if (!snapshot) {
      this.#parts.finished(to.id, 0, false);
      return;
    }
    const source = await this.#parts.files.open(snapshot);
    const transfer: Transfer = {
      transfer: this.#nextTransfer,
      to,
      snapshot,
      source,
      begun: false,
      sentBytes: 0,
      receivedBytes: 0,
      progressAtMs: this.#parts.clock.monotonicMs(),
      reading: false,
      ended: false,
    };
    this.#nextTransfer += 1;
    this.#transfers.set(transfer.transfer, transfer);
    await this.#offer(transfer, term);
  }

  async #offer(transfer: Transfer, term: number): Promise<void> {
    const { fileBytes, header } = transfer.snapshot;
    const checksum = await transfer.source.read(fileBytes - CHECKSUM_BYTES, CHECKSUM_BYTES);
    if (transfer.ended) return;
    const position = { term: header.base.term, index: header.base.index };
    const sent = this.#parts.network().send(transfer.to, 'bulk', {
      type: 'snapshot-offer',
      transfer: transfer.transfer,
      term,
      position,
      totalBytes: fileBytes,
      checksum: checksum.readUInt32LE(0),
    });
    if (!sent) this.#end(transfer, false);
  }

  onReceipt(from: MemberId, receipt: SnapshotReceipt): void {
    const transfer = this.#transfers.get(receipt.transfer);
    if (!transfer || transfer.to.id !== from) return;
    transfer.progressAtMs = this.#parts.clock.monotonicMs();
    if (receipt.state === 'installed' || receipt.state === 'refused') {
      this.#end(transfer, receipt.state === 'installed');
      return;
    }
    const received = Math.min(receipt.receivedBytes, transfer.snapshot.fileBytes);
    if (!transfer.begun || receipt.state === 'missing') transfer.sentBytes = received;
    transfer.begun = true;
    transfer.receivedBytes = Math.max(transfer.receivedBytes, received);
    void this.#fill(transfer);
  }

  /** What was on its way there is lost; the core asks again once the member answers, and the next transfer goes on from there. */
  onUnreachable(id: MemberId): void {
    for (const transfer of [...this.#transfers.values()]) if (transfer.to.id === id) this.#end(transfer, false);
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
      while (!isOver(transfer) && transfer.sentBytes < totalBytes) {
        if (transfer.sentBytes - transfer.receivedBytes >= CHUNK_BYTES * CHUNKS_IN_FLIGHT_MAX) return;
        const offset = transfer.sentBytes;
        const length = Math.min(CHUNK_BYTES, totalBytes - offset);
        await this.#rate.take(length);
        const bytes = await transfer.source.read(offset, length);
        // Meanwhile the receiver may have asked for another place, or somebody ended the transfer.
        if (isOver(transfer) || transfer.sentBytes !== offset) continue;
        const chunk = { type: 'snapshot-chunk', transfer: transfer.transfer, offset, bytes } as const;
        if (!this.#parts.network().send(transfer.to, 'bulk', chunk)) {
          this.#end(transfer, false);
          return;
        }
        transfer.sentBytes += bytes.length;
      }
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
      this.#end(transfer, false);
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

function isOver(transfer: Transfer): boolean {
  return transfer.ended;
}
