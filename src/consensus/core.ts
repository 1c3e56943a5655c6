/**
 * The contract that every replication protocol implements (docs/ARCHITECTURE.md, "The contract").
 *
 * A core is a state machine: `step(event)` returns effects as data. It does no I/O, reads no clock (time is `tick` events), throws no
 * dice of its own (a `Random` is passed in) and never awaits. Same events in, same effects out: production, transcripts, the simulator
 * and a bug report's seed all run this code.
 *
 * THE DURABILITY RULE, stated here once and kept by every host:
 *  - `effects.persist`, when there, is written to the log in the order in which effects were returned, and made durable.
 *  - `effects.messages` may leave at once.
 *  - `effects.messagesAfterPersist` may leave only when every `persist` returned so far, this one included, is durable. They are votes,
 *    promises and acknowledgements: a crash after sending one must not lose what it promises (rule S10).
 *  - when a `persist` is durable, the host steps `{ type: 'persisted', sequence }`. Only then does the core count its own copy.
 */
import type { MemberId } from '../shared/ids.ts';

/** `noop`: the first entry of a term. `command`: opaque to the core. `configuration`: the payload is an encoded Configuration. */
export type EntryKind = 'noop' | 'command' | 'configuration';

export interface Entry {
  /** 1-based; 0 means "before the log". */
  readonly index: number;
  readonly term: number;
  readonly kind: EntryKind;
  readonly payload: Uint8Array;
}

/** Where a log ends. Orders by term first, then index (Raft paper §5.4.1). */
export interface LogPosition {
  readonly term: number;
  readonly index: number;
}

export type MemberRole = 'voter' | 'learner';

export interface Member {
  readonly id: MemberId;
  /** The stable name that peers dial, resolved to an address by the host (the pod's name on Kubernetes). */
  readonly name: string;
  readonly role: MemberRole;
}

/** An id that was dropped from the configuration; `index` is the index of the entry that dropped it (rule S3). */
export interface Removal {
  readonly id: MemberId;
  readonly index: number;
}

export interface Configuration {
  /** Index of the configuration entry; 0 for the founding configuration. */
  readonly index: number;
  readonly members: readonly Member[];
  /** Oldest first; at most REMOVALS_MAX, the oldest are forgotten. */
  readonly removed: readonly Removal[];
}

export const REMOVALS_MAX = 1024;
export const MEMBERS_MAX = 16;

/** Voted for nobody: null. Raft paper figure 2, "Persistent state on all servers". */
export interface HardState {
  readonly term: number;
  readonly vote: MemberId | null;
}

/** Everything up to and including `index` is replaced by a snapshot (or, at founding, by nothing: index 0, term 0). */
export interface LogBase {
  readonly index: number;
  readonly term: number;
  /** The configuration in force at `index`. */
  readonly configuration: Configuration;
}

/** What recovery found on disk; a core starts from it. Founders start byte-identical (rule S6). */
export interface DurableState {
  readonly hardState: HardState;
  readonly base: LogBase;
  /** Contiguous, beginning at base.index + 1. */
  readonly entries: readonly Entry[];
  /**
   * Set when a damaged disk lost entries that this member may have acknowledged, none of a higher term than this (rule S11). Until its log
   * ends in a later term, and so holds all that was ever committed before, the member is heard in no election.
   */
  readonly lostThroughTerm?: number | null;
}

/** One ordered unit for the log on disk: base, then truncation, then entries, under this term and vote. */
export interface Persist {
  /** 1, 2, 3 …: the order in which persists were returned since the start. */
  readonly sequence: number;
  readonly hardState: HardState;
  /** Set when an installed snapshot replaces the whole log; entries before and after it are discarded. */
  readonly base: LogBase | null;
  /** Entries at and after this index are discarded before `entries` are appended. */
  readonly truncateFrom: number | null;
  readonly entries: readonly Entry[];
}

export interface Envelope<Message> {
  readonly to: Member;
  readonly message: Message;
}

export type ConfigurationChange =
  | { readonly type: 'add-learner'; readonly id: MemberId; readonly name: string }
  | { readonly type: 'promote'; readonly id: MemberId }
  | { readonly type: 'remove'; readonly id: MemberId };

/** Request ids are chosen by the host and unique since its start: they are never reused (trap: ReadIndex id reuse). */
export type Event<Message> =
  | { readonly type: 'tick' }
  | { readonly type: 'receive'; readonly from: Member; readonly message: Message }
  /** One batch of commands: becomes one entry. */
  | { readonly type: 'propose'; readonly request: number; readonly payload: Uint8Array }
  | { readonly type: 'read'; readonly request: number }
  | {
      readonly type: 'change-configuration';
      readonly request: number;
      readonly change: ConfigurationChange;
      /** Compare-and-set: refused unless the latest configuration has this index (rule S1). */
      readonly expectedIndex: number;
    }
  /** `to: null` lets the core choose the most up-to-date voter. */
  | { readonly type: 'transfer-leadership'; readonly request: number; readonly to: MemberId | null }
  | { readonly type: 'persisted'; readonly sequence: number }
  /** A snapshot at `index` is durable: entries up to `through` (<= index) may be dropped from memory and disk. */
  | { readonly type: 'compact'; readonly through: number }
  /** The host finished (or failed) streaming a snapshot that `snapshotsToSend` asked for. */
  | { readonly type: 'snapshot-sent'; readonly to: MemberId; readonly index: number; readonly delivered: boolean }
  /** The host holds a complete, verified, durable snapshot from a leader; the core decides whether it may replace the state. */
  | { readonly type: 'snapshot-received'; readonly from: Member; readonly leaderTerm: number; readonly base: LogBase }
  /**
   * Somebody who knows says that this member's process is gone. A hint and nothing more: who follows it as leader may ask for an election
   * at once, which needs the same quorum as any other.
   */
  | { readonly type: 'forget-leader'; readonly id: MemberId }
  /** The host can no longer reach this peer, so that in-flight appends to it are probably lost. */
  | { readonly type: 'peer-unreachable'; readonly id: MemberId };

export type RefusalReason =
  | 'not-leader'
  /** Too many uncommitted bytes (rule: admission by bytes). */
  | 'busy'
  | 'transferring'
  | 'change-in-flight'
  | 'configuration-index-mismatch'
  /** No entry of this term is committed yet (rule S1, thesis §4 erratum). */
  | 'term-not-settled'
  | 'not-caught-up'
  | 'unknown-member'
  | 'already-member'
  | 'id-was-removed'
  | 'name-in-use'
  | 'last-voter'
  | 'would-lose-quorum'
  | 'too-many-members'
  | 'transfer-failed';

/** Answers to requests. A request gets exactly one, unless leadership is lost first: then `role` says so and the host decides. */
export type Answer =
  | { readonly type: 'proposed'; readonly request: number; readonly index: number; readonly term: number }
  /** Linearizable once the host has applied `index` (thesis §6.4, ReadIndex). */
  | { readonly type: 'read-ready'; readonly request: number; readonly index: number }
  | { readonly type: 'configuration-appended'; readonly request: number; readonly index: number; readonly term: number }
  | { readonly type: 'transferred'; readonly request: number }
  /** Nothing was done, and nothing will be: safe to retry. */
  | { readonly type: 'refused'; readonly request: number; readonly reason: RefusalReason; readonly leader: Member | null };

export interface SnapshotToSend {
  readonly to: Member;
  /** The term under which it is sent; goes with every chunk. */
  readonly term: number;
}

export interface Effects<Message> {
  readonly persist: Persist | null;
  readonly messages: readonly Envelope<Message>[];
  readonly messagesAfterPersist: readonly Envelope<Message>[];
  /** Newly committed entries to apply, in order, without gaps, each exactly once since the start (beginning after the base). */
  readonly committed: readonly Entry[];
  readonly answers: readonly Answer[];
  readonly snapshotsToSend: readonly SnapshotToSend[];
  /** The received snapshot with this base replaces the applied state; `committed` continues after it. */
  readonly install: LogBase | null;
}

export type Role = 'follower' | 'pre-candidate' | 'candidate' | 'leader';

/** What a leader knows about another member. */
export interface Progress {
  readonly id: MemberId;
  /** Highest index known to be durable there. */
  readonly matchIndex: number;
  /** Answered within the last election timeout. */
  readonly active: boolean;
  /** By the leader's own word: within CAUGHT_UP_ENTRIES of the last index, and active. */
  readonly caughtUp: boolean;
  readonly state: 'probe' | 'replicate' | 'snapshot';
}

export interface CoreStatus {
  readonly id: MemberId;
  readonly role: Role;
  readonly term: number;
  readonly leader: Member | null;
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly lastTerm: number;
  /** Highest index of our own log known to be durable here. */
  readonly durableIndex: number;
  readonly commitIndex: number;
  /** True on a leader that has committed an entry of its own term. */
  readonly settled: boolean;
  /** The latest in the log, committed or not: the one that counts inside the log (rule S1). */
  readonly configuration: Configuration;
  /** The one that counts outside the log (rule S1). */
  readonly committedConfiguration: Configuration;
  /** Empty unless leader. */
  readonly progress: readonly Progress[];
  readonly uncommittedBytes: number;
  readonly transferTarget: MemberId | null;
  /** Entries lost by a damaged disk are not all back yet (rule S11): this member gives no vote, and asks for none. */
  readonly healing: boolean;
}

export interface ReplicationCore<Message> {
  /** Never throws on input that another member or a caller can cause; a broken invariant ends the process (AssertionError). */
  step(event: Event<Message>): Effects<Message>;
  status(): CoreStatus;
  /** The configuration in force at `index`, base.index <= index <= lastIndex: goes into a snapshot taken there. */
  configurationAt(index: number): Configuration;
  /** The term of the entry at `index`; null when it lies before the base or after the end. */
  termAt(index: number): number | null;
}

export function comparePositions(left: LogPosition, right: LogPosition): number {
  return left.term !== right.term ? left.term - right.term : left.index - right.index;
}
