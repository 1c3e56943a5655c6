/**
 * Takes a snapshot in from a leader: chunks in order into a file, verified as a whole and made durable, then read back into a state. Only
 * then does the core hear of it. A newer transfer replaces an older one; a chunk out of order ends the transfer, and the leader begins anew.
 */
import type { LogBase } from '../consensus/core.ts';
import type { StateMachine } from '../keyspace/state-machine.ts';
import type { SnapshotChunk, SnapshotReceipt } from '../wire/peer/frame.ts';
import type { SnapshotFiles, SnapshotSink } from '../wal/snapshot-files.ts';
import type { PeerAddress } from './ports.ts';
import { restoreState } from './snapshot-state.ts';

/** Chunks that arrived and are not yet written; the sender keeps fewer in flight. */
export const CHUNKS_WAITING_MAX = 16;

export interface ReceivedSnapshot {
  readonly from: PeerAddress;
  readonly transfer: number;
  readonly leaderTerm: number;
  readonly base: LogBase;
  readonly state: StateMachine;
}

export interface SnapshotReceiverParts {
  readonly files: SnapshotFiles;
  readonly reply: (to: PeerAddress, receipt: SnapshotReceipt) => void;
  readonly received: (snapshot: ReceivedSnapshot) => void;
  readonly failed: (from: PeerAddress, reason: string) => void;
}

interface Incoming {
  readonly from: PeerAddress;
  readonly transfer: number;
  readonly term: number;
  readonly totalBytes: number;
  readonly sink: SnapshotSink;
  receivedBytes: number;
}

export class SnapshotReceiver {
  readonly #parts: SnapshotReceiverParts;
  readonly #waiting: { readonly from: PeerAddress; readonly chunk: SnapshotChunk }[] = [];
  #incoming: Incoming | null = null;
  #working = false;
  #stopped = false;

  constructor(parts: SnapshotReceiverParts) {
    this.#parts = parts;
  }

  get active(): boolean {
    return this.#incoming !== null;
  }

  onChunk(from: PeerAddress, chunk: SnapshotChunk): void {
    if (this.#stopped) return;
    if (this.#waiting.length >= CHUNKS_WAITING_MAX) {
      this.#reply(from, chunk.transfer, 0, 'refused');
      return;
    }
    // The bytes are a view into a receive buffer that lives on only until the turn ends.
    this.#waiting.push({ from, chunk: { ...chunk, bytes: Buffer.from(chunk.bytes) } });
    void this.#work();
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
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await this.#take(next.from, next.chunk);
    } finally {
      this.#working = false;
    }
  }

  async #take(from: PeerAddress, chunk: SnapshotChunk): Promise<void> {
    try {
      const incoming = await this.#incomingFor(from, chunk);
      if (!incoming) {
        this.#reply(from, chunk.transfer, 0, 'refused');
        return;
      }
      await incoming.sink.write(chunk.offset, chunk.bytes);
      incoming.receivedBytes += chunk.bytes.length;
      if (incoming.receivedBytes < incoming.totalBytes) this.#reply(from, chunk.transfer, incoming.receivedBytes, 'receiving');
      else await this.#complete(incoming);
    } catch (error) {
      this.#reply(from, chunk.transfer, 0, 'refused');
      await this.#abandon();
      this.#parts.failed(from, error instanceof Error ? error.message : String(error));
    }
  }

  /** Null when this chunk continues nothing that we know. */
  async #incomingFor(from: PeerAddress, chunk: SnapshotChunk): Promise<Incoming | null> {
    const current = this.#incoming;
    if (current?.from.id === from.id && current.transfer === chunk.transfer) {
      return chunk.offset === current.receivedBytes ? current : null;
    }
    if (chunk.offset !== 0 || (current && chunk.term < current.term)) return null;
    await this.#abandon();
    const sink = await this.#parts.files.receive(chunk.totalBytes);
    const { transfer, term, totalBytes } = chunk;
    this.#incoming = { from, transfer, term, totalBytes, sink, receivedBytes: 0 };
    return this.#incoming;
  }

  async #complete(incoming: Incoming): Promise<void> {
    const { from, transfer, term, sink } = incoming;
    const stored = await sink.complete();
    this.#incoming = null;
    const state = await restoreState(this.#parts.files, stored);
    this.#parts.received({ from, transfer, leaderTerm: term, base: stored.header.base, state });
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
