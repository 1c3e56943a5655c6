/** What a data folder tells of itself when it is looked at and not opened: the words between inspection, judgement and report. */
import type { Configuration, HardState, LogPosition } from '../consensus/core.ts';
import type { ClusterId, Generation, MemberId } from '../shared/ids.ts';
import type { PeerMemory } from '../wal/types.ts';

/** A log that could be read to its end. */
export interface LogFacts {
  readonly hardState: HardState;
  /** Where it ends: what decides whose log is the most up to date (Raft paper §5.4.1). */
  readonly last: LogPosition;
  /** Through here it is known to have been synced; entries after it may never have been acknowledged. */
  readonly syncedIndex: number;
  /** Of the newest whole snapshot; null when there is none. */
  readonly snapshotIndex: number | null;
  /**
   * Entries through here were committed for certain: a snapshot is of committed state, and a leader appends a configuration only once the one
   * before is committed (rule S1). How far the cluster had committed beyond is written nowhere.
   */
  readonly committedAtLeast: number;
  /** Bytes after the last whole batch, torn by a crash before they were synced (rule S11). */
  readonly tornBytes: number;
  /** The latest in the log, committed or not. */
  readonly configuration: Configuration;
  /** Everybody that any configuration in the folder names, this member included. */
  readonly knownIds: readonly MemberId[];
  /** What this member durably remembers of the others' acknowledgements (rule S12). */
  readonly peerMemory: readonly PeerMemory[];
}

export type LogReading =
  | { readonly type: 'whole'; readonly facts: LogFacts }
  /** Rule S11. `salvaged` is what is whole before the damage; null when that is nothing, or a format that this build does not read. */
  | { readonly type: 'damaged'; readonly message: string; readonly salvaged: LogFacts | null };

export interface MemberFolder {
  readonly type: 'member';
  readonly path: string;
  readonly memberId: MemberId;
  /** As the configuration in its log calls it; null when no configuration there names it. */
  readonly name: string | null;
  readonly clusterId: ClusterId;
  readonly generation: Generation;
  readonly formerIds: readonly MemberId[];
  /** Why it does not serve again under its id; null when it may. */
  readonly fenced: string | null;
  /** Entries of terms up to this one were lost with a damaged log, and are not all back (rule S11); null when none are missing. */
  readonly lostThroughTerm: number | null;
  readonly log: LogReading;
  /** Snapshots that are there and cannot be read. */
  readonly damagedSnapshots: readonly string[];
}

export type FolderReport =
  | MemberFolder
  /** No member's folder, one whose identity is damaged, or one that never belonged to a cluster. */
  | { readonly type: 'unusable'; readonly path: string; readonly message: string };
