/** What became of a plan, as far as status speaks of it. */
import type { FoundingStatus, KeptVolume, StorageClusterStatus } from '../../api/storage-cluster.ts';
import type { Gate } from '../plan/proposal.ts';

export interface Outcome {
  /** Identity and founding that were written to status while the plan was carried out (S6); null: none. */
  readonly recorded: {
    readonly clusterId: NonNullable<StorageClusterStatus['clusterId']>;
    readonly generation: NonNullable<StorageClusterStatus['generation']>;
    readonly founding: FoundingStatus | null;
  } | null;
  /** Volumes of replaced members, as written while the plan was carried out (S9); null: untouched. */
  readonly keptVolumes: readonly KeptVolume[] | null;
  /** Refusals that say why a step had to wait. */
  readonly blockedBy: readonly Gate[];
  /** The step that failed, with what went wrong, unless it is of the kind that the next pass settles. */
  readonly failure: string | null;
}

export const NOTHING_DONE: Outcome = { recorded: null, keptVolumes: null, blockedBy: [], failure: null };
