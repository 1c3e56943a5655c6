/** What the log on disk takes and gives: the words between src/wal and src/node. */
import type { Configuration, DurableState, LogBase, LogPosition, Persist } from '../consensus/core.ts';
import type { ClusterId, Generation, MemberId } from '../shared/ids.ts';

/** The founding that this member durably accepted (rule S6); null on a member that joined later. */
export interface FoundingRecord {
  readonly epoch: number;
  readonly configuration: Configuration;
}

/** Which cluster this folder belongs to (rule S5). */
export interface Membership {
  readonly clusterId: ClusterId;
  readonly generation: Generation;
  readonly founding: FoundingRecord | null;
}

/** The `identity` file of a data folder: written atomically, synced with its folder before anyone sees it (rule S2). */
export interface Identity {
  readonly memberId: MemberId;
  /** Null until the member was founded or joined. */
  readonly membership: Membership | null;
  /** Ids that this volume carried before, newest first, at most 16 (rule S3). */
  readonly formerIds: readonly MemberId[];
  /** Set, durably, when the member must not serve again under this id (rules S5, S11, S12). */
  readonly fenced: string | null;
  /** Entries of terms up to this one were lost with a damaged log, and are not all back yet (rule S11); null when none are missing. */
  readonly lostThroughTerm: number | null;
}

/** Why a data folder could not be opened as it is. Nothing was changed, and nothing is formatted over it. */
export interface FolderDamage {
  readonly type: 'damaged' | 'unknown-format';
  readonly file: string;
  readonly message: string;
}

/** What this member durably remembers of another (rule S12): the highest position and term that it acknowledged to us. */
export interface PeerMemory {
  readonly id: MemberId;
  readonly term: number;
  readonly position: LogPosition;
}

/** Why a log could not be opened as it is (rule S11). Nothing was cut or changed. */
export interface LogDamage {
  readonly type: 'corrupt' | 'unknown-format' | 'foreign' | 'gap';
  readonly file: string;
  readonly offset: number;
  readonly message: string;
  /** True when the damage may hide the newest term or vote: the member must ask for replacement. */
  readonly mayHideVote: boolean;
  /** The newest term that is known, from what is whole: the true one unless `mayHideVote`. */
  readonly newestTerm: number;
}

export interface RecoveredLog {
  readonly state: DurableState;
  readonly peerMemory: readonly PeerMemory[];
  /** Bytes cut as a torn tail: reported, never silent. */
  readonly tornBytes: number;
  /** What was damaged, when the log was begun anew from what is whole (rule S11). */
  readonly salvagedFrom: LogDamage | null;
}

export interface SnapshotHeader {
  readonly base: LogBase;
  /** Feature level in force, which is also the format version of the file (rule S16). */
  readonly featureLevel: number;
}

/** A segment that is full, and never written again. */
export interface ColdSegment {
  readonly path: string;
  readonly fileBytes: number;
  /** Highest index of an entry in it; 0 when it has none that counts. */
  readonly highestIndex: number;
  /** Sequence of the last batch in it. */
  readonly lastBatch: number;
}

/** The log, open for appending. Group commit: everything appended while a sync runs is written and synced as one batch. */
export interface WriteAheadLog {
  /**
   * Queues; never blocks. `persisted` is called with the sequence of the newest durable persist, in order, after its fdatasync.
   * `memory` is what changed of the peers' positions; it becomes durable with the same batch.
   */
  append(persist: Persist, memory?: readonly PeerMemory[]): void;
  /** Bytes appended and not yet durable. */
  readonly pendingBytes: number;
  /** Total bytes of the segments on disk. */
  readonly diskBytes: number;
  /** Oldest first. */
  readonly coldSegments: readonly ColdSegment[];
  /** Drops segments that hold only entries up to `through`. A snapshot at or after it must be durable. */
  compact(through: number): Promise<void>;
  /** From now on written in batches and segment headers (rule S16); starts a new segment. */
  setFeatureLevel(level: number): void;
  /** Resolves when everything appended is durable and nothing is open. */
  close(): Promise<void>;
}
