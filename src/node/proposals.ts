/**
 * Who waits for what was proposed. A proposal is known by index and term: when an entry is applied at its index, its term tells whether it
 * is ours (answer with the replies) or took our place (nothing was done, and nothing will be). What neither happens to within
 * ORPHAN_WAIT_MS after the seat was lost has an unknown outcome (rule S14).
 */
import type { Reply } from '../shared/reply.ts';
import type { OutcomeCallback } from './command-service.ts';
import { ORPHAN_WAIT_MS } from './limits.ts';

export interface ProposedBatch {
  /** One for each operation of the batch, in order; null where nobody waits. */
  readonly waiters: readonly (OutcomeCallback | null)[];
}

interface Proposed extends ProposedBatch {
  readonly index: number;
  readonly term: number;
  orphanedAtMs: number | null;
}

export class Proposals {
  readonly #requested = new Map<number, ProposedBatch>();
  readonly #byIndex = new Map<number, Proposed>();
  #orphans = false;

  get waiting(): number {
    return this.#byIndex.size + this.#requested.size;
  }

  request(request: number, batch: ProposedBatch): void {
    this.#requested.set(request, batch);
  }

  /** The core took the proposal in at `index`. False when the request is not a proposal of ours. */
  accepted(request: number, index: number, term: number): boolean {
    const batch = this.#requested.get(request);
    if (!batch) return false;
    this.#requested.delete(request);
    const replaced = this.#byIndex.get(index);
    if (replaced) refuseAll(replaced);
    this.#byIndex.set(index, { ...batch, index, term, orphanedAtMs: null });
    return true;
  }

  /** The core did not take it in: gives the batch back. */
  refused(request: number): ProposedBatch | null {
    const batch = this.#requested.get(request) ?? null;
    this.#requested.delete(request);
    return batch;
  }

  /** An entry was applied; `replies` is null when it carried no commands. */
  applied(index: number, term: number, replies: readonly Reply[] | null): void {
    const proposed = this.#byIndex.get(index);
    if (!proposed) return;
    this.#byIndex.delete(index);
    if (proposed.term !== term || !replies) {
      refuseAll(proposed);
      return;
    }
    proposed.waiters.forEach((done, position) => {
      const reply = replies[position];
      if (done && reply) done({ type: 'replied', reply });
    });
  }

  /** An installed snapshot covers everything up to `index`: what was proposed there may be in it or not. */
  covered(index: number): void {
    for (const proposed of [...this.#byIndex.values()]) {
      if (proposed.index <= index) this.#giveUp(proposed, 'a snapshot replaced the log before the outcome was seen');
    }
  }

  /** The seat is lost: from now on the clock runs for what is still open. */
  orphan(nowMs: number): void {
    for (const proposed of this.#byIndex.values()) proposed.orphanedAtMs ??= nowMs;
    this.#orphans = this.#byIndex.size > 0;
  }

  expire(nowMs: number): void {
    if (!this.#orphans) return;
    for (const proposed of [...this.#byIndex.values()]) {
      if (proposed.orphanedAtMs !== null && nowMs - proposed.orphanedAtMs >= ORPHAN_WAIT_MS) {
        this.#giveUp(proposed, 'this member lost its leadership before the write was committed');
      }
    }
  }

  /** The member stops: every open outcome is unknown. */
  abandon(message: string): void {
    for (const proposed of [...this.#byIndex.values()]) this.#giveUp(proposed, message);
    for (const [request, batch] of [...this.#requested]) {
      this.#requested.delete(request);
      refuseAll(batch);
    }
  }

  #giveUp(proposed: Proposed, message: string): void {
    this.#byIndex.delete(proposed.index);
    for (const done of proposed.waiters) done?.({ type: 'unknown', message });
  }
}

function refuseAll(batch: ProposedBatch): void {
  for (const done of batch.waiters) {
    done?.({ type: 'refused', code: 'NOLEADER', message: 'another leader took over before the command was replicated' });
  }
}
