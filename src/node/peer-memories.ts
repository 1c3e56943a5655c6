/**
 * What this member remembers of the others' acknowledgements (rule S12): a leader knows from each answer how far a member's disk had come.
 * Changes ride along with the next write of the log, whenever that comes: the memory need not be exact, since any position that a disk has
 * lost since gives it away.
 */
import { comparePositions } from '../consensus/core.ts';
import type { CoreStatus, LogPosition } from '../consensus/core.ts';
import type { MemberId } from '../shared/ids.ts';
import type { PeerMemory } from '../wal/types.ts';
import type { Remembered } from '../wire/peer/handshake.ts';

/** Members whose acknowledgements are remembered; the oldest are forgotten beyond it. */
export const MEMORIES_MAX = 64;

const NOWHERE: LogPosition = { term: 0, index: 0 };

export class PeerMemories {
  readonly #known = new Map<MemberId, PeerMemory>();
  readonly #changed = new Set<MemberId>();

  constructor(recovered: readonly PeerMemory[]) {
    for (const memory of recovered.slice(-MEMORIES_MAX)) this.#known.set(memory.id, memory);
  }

  of(id: MemberId): Remembered | null {
    const memory = this.#known.get(id);
    return memory ? { term: memory.term, position: memory.position } : null;
  }

  /** Takes in what the leader's progress says; on a follower, the leader's term, which it had on disk before it asked for votes. */
  observe(status: CoreStatus, termAt: (index: number) => number | null): void {
    if (status.role !== 'leader') {
      if (status.leader) this.#rememberTerm(status.leader.id, status.term);
      return;
    }
    for (const { id, matchIndex } of status.progress) {
      if (id === status.id || matchIndex === 0) continue;
      const term = termAt(matchIndex);
      if (term !== null) this.#remember({ id, term: status.term, position: { term, index: matchIndex } });
    }
  }

  /** What a leader acknowledged to itself nobody else knows, and how far its disk had come: its term alone. */
  #rememberTerm(id: MemberId, term: number): void {
    const known = this.#known.get(id);
    if (!known || known.term < term) this.#remember({ id, term, position: known?.position ?? NOWHERE });
  }

  #remember(memory: PeerMemory): void {
    const known = this.#known.get(memory.id);
    if (known && known.term >= memory.term && comparePositions(known.position, memory.position) >= 0) return;
    this.#known.delete(memory.id);
    this.#known.set(memory.id, memory);
    this.#changed.add(memory.id);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > MEMORIES_MAX && oldest !== undefined) this.#known.delete(oldest);
  }

  /** What changed since the last call, to be written. */
  takeChanges(): PeerMemory[] {
    if (this.#changed.size === 0) return [];
    const changes = [...this.#changed].flatMap((id) => this.#known.get(id) ?? []);
    this.#changed.clear();
    return changes;
  }
}

/** True when `own` cannot be the disk that once acknowledged what a peer remembers: it is a disk of the past (rule S12). */
export function isDiskOfThePast(own: { readonly term: number; readonly last: LogPosition }, remembered: Remembered): boolean {
  return remembered.term > own.term || comparePositions(remembered.position, own.last) > 0;
}
