/** What happens in a group, as data: written out as lines (`words.ts`) and drawn as diagrams (`diagram.ts`). Members go by ordinal. */
import type { Answer, Entry, LogBase, Persist, Role } from '../../src/consensus/core.ts';
import type { RaftMessage } from '../../src/consensus/raft/messages.ts';

/** What travels between members: a message, or a snapshot that the hosts stream. */
export type Parcel =
  | { readonly type: 'message'; readonly message: RaftMessage }
  | { readonly type: 'snapshot'; readonly term: number; readonly base: LogBase };

export type Happening =
  /** A client, or the host, asks a member for something. */
  | { readonly type: 'ask'; readonly member: number; readonly label: string }
  | { readonly type: 'arrival'; readonly from: number; readonly to: number; readonly parcel: Parcel }
  | { readonly type: 'loss'; readonly from: number; readonly to: number; readonly parcel: Parcel; readonly reason: string }
  | { readonly type: 'role'; readonly member: number; readonly role: Role; readonly term: number; readonly leader: number | null }
  /** Handed to the disk, not durable yet. */
  | { readonly type: 'write'; readonly member: number; readonly persist: Persist }
  | { readonly type: 'durable'; readonly member: number; readonly persist: Persist }
  /** `after`: it may leave only when this persist is durable (rule S10). */
  | { readonly type: 'send'; readonly from: number; readonly to: number; readonly parcel: Parcel; readonly after: number | null }
  | { readonly type: 'commit'; readonly member: number; readonly entries: readonly Entry[] }
  | { readonly type: 'install'; readonly member: number; readonly base: LogBase }
  | { readonly type: 'answer'; readonly member: number; readonly label: string; readonly answer: Answer }
  | { readonly type: 'crash'; readonly member: number; readonly lost: number }
  | { readonly type: 'restart'; readonly member: number };

export interface Recorded {
  /** 1 when it follows from an arrival, which is written above it. */
  readonly depth: 0 | 1;
  readonly happening: Happening;
}
