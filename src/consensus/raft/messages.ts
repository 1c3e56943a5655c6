/**
 * What the members of a Raft group say to each other (Raft paper figure 2; thesis §3 to §6, §9.6 for pre-vote).
 *
 * Every message carries a term. It is the sender's current term, except for a pre-vote request and the grant that answers it: those
 * carry the term that the asker would campaign in.
 */
import type { Entry, LogPosition } from '../core.ts';

export interface PreVoteRequest {
  readonly type: 'pre-vote-request';
  /** The term of the election that would follow: one above the asker's own. */
  readonly term: number;
  /** Where the asker's log ends. */
  readonly position: LogPosition;
}

export interface PreVoteResponse {
  readonly type: 'pre-vote-response';
  /** Granted: the term that was asked about. Refused: the term of who refuses, so that an asker that lags catches up. */
  readonly term: number;
  readonly granted: boolean;
}

export interface VoteRequest {
  readonly type: 'vote-request';
  readonly term: number;
  readonly position: LogPosition;
  /** Set when the leader itself ordered this election (thesis §3.10): a fresh leader is then no reason to refuse. */
  readonly transfer: boolean;
}

export interface VoteResponse {
  readonly type: 'vote-response';
  readonly term: number;
  readonly granted: boolean;
}

export interface AppendRequest {
  readonly type: 'append-request';
  readonly term: number;
  /** Of the entry right before `entries`. */
  readonly previous: LogPosition;
  readonly commit: number;
  /** Contiguous, beginning at previous.index + 1. */
  readonly entries: readonly Entry[];
}

/** Everything up to `matchIndex` equals the leader's log and is durable at the sender. */
export interface AppendAccepted {
  readonly type: 'append-response';
  readonly term: number;
  readonly accepted: true;
  readonly matchIndex: number;
}

/** The log differs at `rejectedIndex`. The hint lets the leader skip whole terms: no entry at or before it has a higher term. */
export interface AppendRejected {
  readonly type: 'append-response';
  readonly term: number;
  readonly accepted: false;
  readonly rejectedIndex: number;
  readonly hintIndex: number;
  readonly hintTerm: number;
}

export type AppendResponse = AppendAccepted | AppendRejected;

export interface HeartbeatRequest {
  readonly type: 'heartbeat-request';
  readonly term: number;
  /** Never above what the receiver is known to hold. */
  readonly commit: number;
  /** The newest round of reads (thesis §6.4); never used twice by one process, and terms tell processes apart. */
  readonly context: number;
}

export interface HeartbeatResponse {
  readonly type: 'heartbeat-response';
  readonly term: number;
  readonly context: number;
}

/** The leader asks the receiver to campaign at once (thesis §3.10). */
export interface TimeoutNow {
  readonly type: 'timeout-now';
  readonly term: number;
}

export type RaftMessage =
  | PreVoteRequest
  | PreVoteResponse
  | VoteRequest
  | VoteResponse
  | AppendRequest
  | AppendResponse
  | HeartbeatRequest
  | HeartbeatResponse
  | TimeoutNow;
