/**
 * Takes a snapshot in from a leader: an offer, then chunks in order into a file, verified as a whole and made durable, then read back into a
 * state. Only then does the core hear of it. A newer offer replaces an older one; when it offers the same file, what was already written
 * counts, whoever sent it. A chunk out of order is not written, and the sender told where to go on.
 */
import type { LogBase } from '../consensus/core.ts';
import type { StateMachine } from '../keyspace/state-machine.ts';
import type { Clock } from '../shared/clock.ts';
import type { SnapshotChunk, SnapshotOffer, SnapshotReceipt } from '../wire/peer/frame.ts';
import type { SnapshotFiles, SnapshotSink } from '../wal/snapshot-files.ts';
import type { PeerAddress } from './ports.ts';
import { restoreState } from './snapshot-state.ts';

/** Frames that arrived and are not yet dealt with; the sender keeps fewer in flight. */
export const CHUNKS_WAITING_MAX = 16;
/** What was written of a snapshot that nobody goes on with gives its room back after so long. */
export const PARTIAL_AGE_MS_MAX = 60_000;

export interface ReceivedSnapshot {
  readonly from: PeerAddress;
  readonly transfer: number;
  readonly leaderTerm: number;
  readonly base: LogBase;
  readonly state: StateMachine;
}

export interface SnapshotReceiverParts {
  readonly files: SnapshotFiles;
  readonly clock: Clock;
  readonly reply: (to: PeerAddress, receipt: SnapshotReceipt) => void;
  readonly received: (snapshot: ReceivedSnapshot) => void;
  readonly failed: (from: PeerAddress, reason: string) => void;
}

interface Incoming {
  readonly from: PeerAddress;
  readonly offer: SnapshotOffer;
  readonly sink: SnapshotSink;
  /** The sender was told that chunks are missing, and has not gone back yet. */
  toldMissing: boolean;
}

export class SnapshotReceiver {
  readonly #parts: SnapshotReceiverParts;
  readonly #waiting: { readonly from: PeerAddress; readonly frame: SnapshotOffer | SnapshotChunk }[] = [];
  #incoming: Incoming | null = null;
  #touchedAtMs = 0;
  #working = false;
  #stopped = false;

  constructor(parts: SnapshotReceiverParts) {
    this.#parts = parts;
  }

  get active(): boolean {
    return this.#incoming !== null;
  }

  onFrame(from: PeerAddress, frame: SnapshotOffer | SnapshotChunk): void {
    if (this.#stopped) return;
    if (this.#waiting.length >= CHUNKS_WAITING_MAX) {
      this.#reply(from, frame.transfer, 0, 'refused');
      return;
    }
    // The bytes are a view into a receive buffer that lives on only until the turn ends.
    const kept = frame.type === 'snapshot-chunk' ? { ...frame, bytes: Buffer.from(frame.bytes) } : frame;
    this.#waiting.push({ from, frame: kept });
    this.#touchedAtMs = this.#parts.clock.monotonicMs();
    void this.#work();
  }

  /** Now and then: drops what nobody goes on with. */
  expire(nowMs: number): void {
    if (!this.#working && this.#incoming && nowMs - this.#touchedAtMs > PARTIAL_AGE_MS_MAX) void this.#abandon();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.length = 0;
    await this.#abandon();
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await this.#take(next.from, next.frame);
    } finally {
      this.#working = false;
    }
  }

  async #take(from: PeerAddress, frame: SnapshotOffer | SnapshotChunk): Promise<void> {
    try {
      if (frame.type === 'snapshot-offer') await this.#begin(from, frame);
      else await this.#write(from, frame);
    } catch (error) {
      this.#reply(from, frame.transfer, 0, 'refused');
      await this.#abandon();
      this.#parts.failed(from, error instanceof Error ? error.message : String(error));
    }
  }

  async #begin(from: PeerAddress, offer: SnapshotOffer): Promise<void> {
    const current = this.#incoming;
    if (current && offer.term < current.offer.term) {
      this.#reply(from, offer.transfer, 0, 'refused');
      return;
    }
    if (current && isSameFile(current.offer, offer)) {
      this.#incoming = { from, offer, sink: current.sink, toldMissing: false };
    } else {
      await this.#abandon();
      this.#incoming = { from, offer, sink: await this.#parts.files.receive(offer.totalBytes), toldMissing: false };
    }
    await this.#goOn(this.#incoming);
  }

  async #write(from: PeerAddress, chunk: SnapshotChunk): Promise<void> {
    const incoming = this.#incoming;
    if (incoming?.from.id !== from.id || incoming.offer.transfer !== chunk.transfer) {
      this.#reply(from, chunk.transfer, 0, 'refused');
      return;
    }
    if (chunk.offset !== incoming.sink.receivedBytes) {
      if (!incoming.toldMissing) this.#reply(from, chunk.transfer, incoming.sink.receivedBytes, 'missing');
      incoming.toldMissing = true;
      return;
    }
    incoming.toldMissing = false;
    await incoming.sink.write(chunk.offset, chunk.bytes);
    await this.#goOn(incoming);
  }

  async #goOn(incoming: Incoming): Promise<void> {
    const { offer, sink, from } = incoming;
    if (sink.receivedBytes < offer.totalBytes) this.#reply(from, offer.transfer, sink.receivedBytes, 'receiving');
    else await this.#complete(incoming);
  }

  async #complete({ from, offer, sink }: Incoming): Promise<void> {
    const stored = await sink.complete();
    this.#incoming = null;
    const state = await restoreState(this.#parts.files, stored);
    this.#parts.received({ from, transfer: offer.transfer, leaderTerm: offer.term, base: stored.header.base, state });
  }

  async #abandon(): Promise<void> {
    const incoming = this.#incoming;
    this.#incoming = null;
    if (incoming) await incoming.sink.abandon();
  }

  #reply(to: PeerAddress, transfer: number, receivedBytes: number, state: SnapshotReceipt['state']): void {
    this.#parts.reply(to, { type: 'snapshot-receipt', transfer, receivedBytes, state });
  }
}

function isSameFile(left: SnapshotOffer, right: SnapshotOffer): boolean {
  const samePosition = left.position.term === right.position.term && left.position.index === right.position.index;
  return samePosition && left.totalBytes === right.totalBytes && left.checksum === right.checksum;
}
