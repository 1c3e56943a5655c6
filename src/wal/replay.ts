/** The records of the log, taken in order, and the state that they leave. */
import type { Entry, HardState, LogBase } from '../consensus/core.ts';
import { assertNever } from '../shared/assert.ts';
import type { MemberId } from '../shared/ids.ts';
import type { LogRecord } from './batch.ts';
import type { PeerMemory } from './types.ts';

/** Members whose acknowledgements are remembered; the one heard of least recently is forgotten first. */
export const PEER_MEMORY_MAX = 1024;

/** What a later record says of a peer replaces what an earlier one said. */
export function rememberPeers(memory: Map<MemberId, PeerMemory>, peers: readonly PeerMemory[]): void {
  for (const peer of peers) {
    memory.delete(peer.id);
    memory.set(peer.id, peer);
  }
  for (const id of memory.keys()) {
    if (memory.size <= PEER_MEMORY_MAX) return;
    memory.delete(id);
  }
}

export class Replay {
  readonly memory = new Map<MemberId, PeerMemory>();
  hardState: HardState = { term: 0, vote: null };
  /** Index before the first entry that the log still holds. */
  #floor: number;
  #entries: Entry[] = [];

  constructor(originIndex: number) {
    this.#floor = originIndex;
  }

  get floor(): number {
    return this.#floor;
  }

  get lastIndex(): number {
    return this.#floor + this.#entries.length;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** Null when done; otherwise why the record cannot follow what came before. */
  apply(record: LogRecord): string | null {
    switch (record.type) {
      case 'base':
        this.#floor = record.base.index;
        this.#entries = [];
        return null;
      case 'truncate':
        return this.#truncate(record.from);
      case 'entries':
        return this.#append(record.entries);
      case 'memory':
        rememberPeers(this.memory, record.peers);
        return null;
      default:
        return assertNever(record);
    }
  }

  #truncate(from: number): string | null {
    if (from > this.lastIndex + 1) return `a truncation from ${from} goes beyond the end, ${this.lastIndex}`;
    if (from <= this.#floor) {
      // The entries before the floor went with older segments; what replaces them follows.
      this.#floor = from - 1;
      this.#entries = [];
    } else this.#entries.length = from - this.#floor - 1;
    return null;
  }

  #append(entries: readonly Entry[]): string | null {
    for (const entry of entries) {
      if (entry.index !== this.lastIndex + 1) return `entry ${entry.index} follows entry ${this.lastIndex}`;
      this.#entries.push(entry);
    }
    return null;
  }

  /**
   * What of the log comes after `base`; null when entries between the two are missing. `reset` says that the log ends before the base or
   * holds another term there: a snapshot is of committed state, so an entry that contradicts it, and all after it, never were committed.
   */
  after(base: LogBase): { readonly entries: readonly Entry[]; readonly reset: boolean } | null {
    if (this.#floor > base.index) return null;
    if (this.#floor === base.index) return { entries: this.#entries, reset: false };
    const entry = this.#entries[base.index - this.#floor - 1];
    if (entry?.term !== base.term) return { entries: [], reset: true };
    return { entries: this.#entries.slice(base.index - this.#floor), reset: false };
  }
}
