/**
 * What a client session needs of the node, whoever is leader: the session knows RESP, order and transactions; the service knows the log,
 * the leader and forwarding.
 */
import type { Halt } from '../api/node-status.ts';
import type { CommandArguments, Operation } from '../keyspace/operation.ts';
import type { Reply } from '../shared/reply.ts';

/**
 * A refusal happened before anything was appended and is safe to retry; an unknown outcome is not (rule S14). The session turns them into
 * error replies: `NOLEADER …`, `BUSY …`, `OOM …`, `LOADING …`, `HALTED …` and `UNKNOWNOUTCOME …`.
 */
export type Outcome =
  | { readonly type: 'replied'; readonly reply: Reply }
  | { readonly type: 'refused'; readonly code: 'NOLEADER' | 'BUSY' | 'OOM' | 'LOADING' | 'HALTED'; readonly message: string }
  | { readonly type: 'unknown'; readonly message: string };

export type OutcomeCallback = (outcome: Outcome) => void;

/** What INFO, HELLO, ROLE-like answers and TIME tell. */
export interface NodeFacts {
  readonly version: string;
  readonly memberId: string;
  readonly memberName: string;
  readonly clusterId: string;
  readonly role: 'leader' | 'follower';
  readonly leaderName: string | null;
  readonly term: number;
  readonly commitIndex: number;
  readonly appliedIndex: number;
  readonly voters: number;
  readonly learners: number;
  readonly keys: number;
  readonly keysWithDeadline: number;
  readonly dataBytes: number;
  readonly dataBytesMax: number;
  readonly uptimeSeconds: number;
  readonly tcpPort: number;
  readonly processId: number;
  /** Log time now, as this member knows it; milliseconds since the Unix epoch (rule S13). */
  readonly timeMs: number;
  readonly featureLevel: number;
}

/**
 * Calls complete in any order, and never synchronously within the call. Writes of one `order` token take effect in the order in which they
 * were submitted, as long as each was submitted before an earlier one had failed.
 */
export interface CommandService {
  /** A single write command, already checked by `prepareCommand`; or a transaction. */
  write(operation: Operation & { readonly type: 'command' | 'transaction' }, done: OutcomeCallback): void;
  /** Linearizable: sees every write acknowledged, to anyone, before the call. */
  read(command: CommandArguments, done: OutcomeCallback): void;
  /** Linearizable: an array reply of integers, the index of the last touch of each key, for WATCH. */
  lastTouches(keys: readonly Uint8Array[], done: OutcomeCallback): void;
  /** Null while no state is open (not founded, halted, starting). */
  facts(): NodeFacts | null;
  /** Why this member will open no state, however long a client waits; null while it may. */
  halt(): Halt | null;
}
