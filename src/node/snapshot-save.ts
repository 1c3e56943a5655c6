/**
 * A copy of the state for a file outside (`quorate snapshot save`): everything that was acknowledged before the call is in it. The leader
 * confirms with a quorum that it leads, takes an O(1) clone of what it has applied, and gives it out in slices while it goes on.
 */
import { BUILD_VERSION } from '../shared/build.ts';
import type { Clock } from '../shared/clock.ts';
import { assert } from '../shared/assert.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { encodeSavedSnapshot } from '../wal/saved-snapshot.ts';
import type { Membership } from '../wal/types.ts';
import type { AdminPart } from './admin-part.ts';
import type { Replica } from './replica.ts';

/** A clone that is given out slowly keeps what is overwritten meanwhile in memory: one at a time. */
export const SAVES_AT_ONCE_MAX = 1;

export interface SnapshotCopy {
  /** Everything through this index is in it. */
  readonly index: number;
  /** Of the whole file. */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** To be called when the bytes were taken, or will not be. */
  readonly end: () => void;
}

export interface SnapshotSaverParts {
  readonly replica: Replica;
  readonly admin: AdminPart;
  readonly clock: Clock;
  readonly membership: Membership;
  readonly name: string;
}

export class SnapshotSaver {
  readonly #parts: SnapshotSaverParts;
  #open = 0;

  constructor(parts: SnapshotSaverParts) {
    this.#parts = parts;
  }

  async save(): Promise<Result<SnapshotCopy, 'not-leader' | 'busy'>> {
    const { replica, admin, clock, membership, name } = this.#parts;
    if (this.#open >= SAVES_AT_ONCE_MAX) return refuse('busy');
    this.#open += 1;
    const confirmed = await admin.confirmLeadership();
    const index = replica.appliedIndex;
    // Confirmed means: nobody acknowledged anything beyond our commit index before that; and all of it has to be in the copy.
    if (!confirmed || replica.isStopped || index < replica.status.commitIndex) {
      this.#open -= 1;
      return refuse(replica.status.role === 'leader' ? 'busy' : 'not-leader');
    }
    const term = replica.termAt(index);
    assert(term !== null, 'the applied entry is within the log or its base');
    const state = replica.state.clone();
    const header = { base: { index, term, configuration: replica.configurationAt(index) }, featureLevel: state.featureLevel };
    const { clusterId, generation } = membership;
    const origin = { clusterId, generation, takenFrom: name, version: BUILD_VERSION, takenAtMs: clock.wallMs() };
    return succeed({ index, bytes: encodeSavedSnapshot(origin, header, state.chunks()), end: this.#endOnce() });
  }

  #endOnce(): () => void {
    let ended = false;
    return () => {
      if (!ended) this.#open -= 1;
      ended = true;
    };
  }
}
