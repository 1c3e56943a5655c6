/**
 * What a storage node says of itself at `GET /status`, and the admin calls that it takes: the only thing that the operator and the node
 * share. Plain JSON. Fields are added, never renamed; a reader ignores what it does not know.
 */
import type { ClusterId, Generation, MemberId } from '../shared/ids.ts';

/**
 * `awaiting-membership`: formatted, belongs to no cluster yet. `joining`: knows its cluster, but no configuration that lists it.
 * `member`: in its latest configuration. `halted`: up, serving nothing, `halt` says why. `stopping`: draining before exit.
 */
export type NodeState = 'awaiting-membership' | 'joining' | 'member' | 'halted' | 'stopping';

/** Why a node serves nothing, by rule: a stable word for programs, and a sentence for people. */
export interface Halt {
  readonly reason:
    | 'LogCorrupt' // S11
    | 'DiskOfThePast' // S12
    | 'PoisonEntry' // S15
    | 'StateDiverged' // S15
    | 'UnknownFormat' // S16
    | 'ForeignFolder' // S5
    | 'HigherGeneration'; // S5
  readonly message: string;
  /** True when only a new member under a new id can take this one's place (S9, S11, S12). */
  readonly wantsReplacement: boolean;
}

export interface NodeMember {
  readonly id: MemberId;
  readonly name: string;
  readonly role: 'voter' | 'learner';
}

export interface NodeConfiguration {
  readonly index: number;
  readonly members: readonly NodeMember[];
  readonly removed: readonly { readonly id: MemberId; readonly index: number }[];
}

export interface NodeProgress {
  readonly id: MemberId;
  readonly matchIndex: number;
  readonly active: boolean;
  readonly caughtUp: boolean;
  readonly state: 'probe' | 'replicate' | 'snapshot';
}

export interface NodeReplication {
  readonly role: 'follower' | 'pre-candidate' | 'candidate' | 'leader';
  readonly term: number;
  readonly leader: NodeMember | null;
  readonly firstIndex: number;
  readonly lastIndex: number;
  readonly durableIndex: number;
  readonly commitIndex: number;
  readonly appliedIndex: number;
  /** Leader only: an entry of its own term is committed. */
  readonly settled: boolean;
  readonly configuration: NodeConfiguration;
  /** The one that counts outside the log (S1). */
  readonly committedConfiguration: NodeConfiguration;
  /** Leader only, else empty. */
  readonly progress: readonly NodeProgress[];
  /** Elections that this node started, and leaderships that it won, since it started. */
  readonly electionsStarted: number;
  readonly leadershipsWon: number;
}

/** What the protocol in use promises (rule S22), in words for people and, for `canLose`, a list that is empty when nothing can be lost. */
export interface NodeGuarantees {
  readonly protocol: string;
  readonly acknowledgement: string;
  readonly history: string;
  readonly underPartition: string;
  readonly canLose: readonly string[];
}

export interface NodeStatus {
  readonly formatVersion: 1;
  readonly name: string;
  readonly memberId: MemberId;
  readonly formerIds: readonly MemberId[];
  readonly state: NodeState;
  readonly halt: Halt | null;
  /** Ready as `/readyz` says (S21). */
  readonly ready: boolean;
  readonly readyReason: string;
  readonly version: string;
  readonly featureLevelMax: number;
  /** In force; 0 when no state is open. */
  readonly featureLevel: number;
  readonly clusterId: ClusterId | null;
  readonly generation: Generation | null;
  readonly founding: { readonly epoch: number; readonly members: readonly NodeMember[] } | null;
  readonly replication: NodeReplication | null;
  readonly guarantees: NodeGuarantees;
  /**
   * Leader only, and only when asked with `?confirm=true`: its leadership was confirmed with a quorum after the request came in, so that
   * `committedConfiguration` may be acted upon (S1). False when it could not be confirmed in time.
   */
  readonly confirmed: boolean;
  readonly keys: number;
  readonly dataBytes: number;
  readonly dataBytesMax: number;
  readonly diskFreeBytes: number | null;
  readonly diskTotalBytes: number | null;
  /** True while growing writes are refused for want of memory or disk (S17). */
  readonly full: 'no' | 'memory' | 'disk';
  /** Offset of this member's clock from the cluster's log time, null while unknown (S13). */
  readonly clockOffsetMs: number | null;
  /** Name of a folder set aside on the volume (S3); null when there is none. */
  readonly asideFolder: string | null;
  /** The members' states were seen to differ (S15): where, and who said what. Null, or absent, while they were not. */
  readonly divergence?: string | null | undefined;
  /** What reading the disk again has found (S11): passes since the start, and what is damaged and not replaced yet. */
  readonly scrub?: { readonly passes: number; readonly damagesFound: number; readonly damaged: string | null } | null | undefined;
  /** While a damaged log is being filled again from the others, and the member is heard in no election (S11): why. Null otherwise. */
  readonly healing?: string | null | undefined;
  readonly clients: number;
  readonly startedAt: string;
}

/**
 * Admin calls: `POST` with a JSON body and `Authorization: Bearer <token>`, or the token in `ADMIN_TOKEN_HEADER`. 200 with a JSON body when done; otherwise an `AdminRefusal`
 * with status 401 (token), 400 (body), 409 (refused: nothing was done), 503 (no answer in time: look before trying again).
 */
export const ADMIN_PATHS = {
  found: '/admin/found',
  join: '/admin/join',
  changeConfiguration: '/admin/configuration',
  transferLeadership: '/admin/transfer-leadership',
  raiseFeatureLevel: '/admin/feature-level',
  podGone: '/admin/pod-gone',
  /** `GET`: the state as a file (`quorate snapshot save`), with everything that was acknowledged before the call. */
  snapshot: '/admin/snapshot',
  stop: '/admin/stop',
} as const;

/**
 * Takes the bare token in place of `Authorization`: the API server's proxy to pods keeps that header to itself, and passes this one on.
 */
export const ADMIN_TOKEN_HEADER = 'quorate-admin-token';

/** Durably accepted once; the same again is 200; a different one is 409 (S6). The lists must be equal on every founder. */
export interface FoundRequest {
  readonly clusterId: ClusterId;
  readonly generation: Generation;
  readonly epoch: number;
  /** All voters; must contain this node's own id. */
  readonly members: readonly { readonly id: MemberId; readonly name: string }[];
}

/**
 * Tells an unfounded node which cluster may adopt it; it then waits for a leader to speak to it (S6). A node of that cluster asks `leader`
 * whether it still is a member, as it asks those that it knows itself, who may all be gone (S3).
 */
export interface JoinRequest {
  readonly clusterId: ClusterId;
  readonly generation: Generation;
  /** Null when nobody is known to lead. Over HTTP it may be left out. */
  readonly leader: { readonly id: MemberId; readonly name: string } | null;
}

/** To the leader. Answered once the change is committed; `index` is the index of the committed configuration. */
export interface ChangeConfigurationRequest {
  readonly change:
    | { readonly type: 'add-learner'; readonly id: MemberId; readonly name: string }
    | { readonly type: 'promote'; readonly id: MemberId }
    | { readonly type: 'remove'; readonly id: MemberId };
  /** Compare-and-set: the index of the configuration that the caller saw (S1). */
  readonly expectedIndex: number;
}

export interface ChangeConfigurationAnswer {
  readonly index: number;
}

/** To the leader; answered when another member has taken over. `to: null`: the most up-to-date voter. */
export interface TransferLeadershipRequest {
  readonly to: MemberId | null;
}

/**
 * To any member: the pod of this member is gone. Who follows it as leader asks for an election at once, without waiting for a timeout; the
 * election needs its quorum as always. Taken as a hint, and answered at once.
 */
export interface PodGoneRequest {
  readonly id: MemberId;
}

export interface AdminRefusal {
  /** A stable word, e.g. `not-leader`, `configuration-index-mismatch`, `already-founded`. */
  readonly code: string;
  readonly message: string;
  readonly leader: NodeMember | null;
}
