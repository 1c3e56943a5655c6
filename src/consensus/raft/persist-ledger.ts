/**
 * What was handed to the disk and what came back: the core's knowledge of its own durability (rule S10).
 *
 * Completions say "through this persist", not "through this index": between a persist and its completion the log may have been cut and
 * written anew, and entries of the same indexes are then other entries (the ABA race of asynchronous writes). Cutting the log lowers
 * what the outstanding persists can vouch for, so a late completion never counts for what came after it.
 */
import { assert } from '../../shared/assert.ts';
import type { HardState } from '../core.ts';

interface OutstandingPersist {
  readonly sequence: number;
  readonly hardState: HardState;
  /** The end of the log that its completion proves. */
  through: number;
}

export class PersistLedger {
  #outstanding: OutstandingPersist[] = [];
  #sequence = 0;
  #durableIndex: number;
  #durableHardState: HardState;
  #newestHardState: HardState;

  constructor(hardState: HardState, lastIndex: number) {
    this.#durableHardState = hardState;
    this.#newestHardState = hardState;
    this.#durableIndex = lastIndex;
  }

  /** Our log is on our disk up to here. */
  get durableIndex(): number {
    return this.#durableIndex;
  }

  get durableHardState(): HardState {
    return this.#durableHardState;
  }

  /** The term and vote that were last handed to the disk, durable or not. */
  get newestHardState(): HardState {
    return this.#newestHardState;
  }

  /** Takes the next sequence for a persist after which the log ends at `through`. */
  issue(hardState: HardState, through: number): number {
    this.#sequence += 1;
    this.#newestHardState = hardState;
    this.#outstanding.push({ sequence: this.#sequence, hardState, through });
    return this.#sequence;
  }

  /** The log was cut: nothing written before this moment vouches for an entry after `index`. */
  cutAfter(index: number): void {
    this.#durableIndex = Math.min(this.#durableIndex, index);
    for (const persist of this.#outstanding) persist.through = Math.min(persist.through, index);
  }

  complete(sequence: number): void {
    assert(sequence <= this.#sequence, 'only persists that were issued can be durable');
    let completed = 0;
    for (const persist of this.#outstanding) {
      if (persist.sequence > sequence) break;
      this.#durableIndex = Math.max(this.#durableIndex, persist.through);
      this.#durableHardState = persist.hardState;
      completed += 1;
    }
    this.#outstanding.splice(0, completed);
  }
}
