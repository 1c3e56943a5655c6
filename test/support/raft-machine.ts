/** One machine of a simulated group: its disk, what is on its way there, and the state that its log was applied to. */
import type { DurableState, Entry, LogBase, Member, Persist } from '../../src/consensus/core.ts';
import type { RaftMessage } from '../../src/consensus/raft/messages.ts';
import { hold } from './raft-checker.ts';
import type { Observed } from './raft-checker.ts';

/** The replicated state: a hash over everything applied, in order. */
export interface Applied {
  readonly index: number;
  readonly hash: number;
}

export interface Snapshot {
  readonly base: LogBase;
  readonly applied: Applied;
}

export interface ClusterNode {
  readonly member: Member;
  /** The chance that its clock moves in a tick of true time: members never agree on time. */
  readonly clockRate: number;
  disk: DurableState;
  snapshot: Snapshot | null;
  running: Observed | null;
  applied: Applied;
  pending: { readonly persist: Persist; readonly dueAt: number }[];
  waiting: { readonly after: number; readonly to: Member; readonly message: RaftMessage }[];
  sequence: number;
  restartAt: number;
}

export function applyEntry(applied: Applied, entry: Entry): Applied {
  hold(entry.index === applied.index + 1, 'what is applied has no gaps');
  let hash = Math.imul(applied.hash ^ entry.term, 0x01000193);
  for (const byte of entry.payload) hash = Math.imul(hash ^ byte, 0x01000193);
  return { index: entry.index, hash: hash >>> 0 };
}

/** What a log on disk does with one persist: base, then truncation, then entries, under this term and vote. */
export function writeToDisk(node: ClusterNode, persist: Persist): void {
  let { base, entries } = node.disk;
  if (persist.base) {
    base = persist.base;
    entries = [];
  }
  if (persist.truncateFrom !== null) entries = entries.slice(0, Math.max(0, persist.truncateFrom - base.index - 1));
  const fresh = persist.entries.filter((entry) => entry.index > base.index);
  if (fresh[0]) hold(fresh[0].index === base.index + entries.length + 1, 'what is written to disk has no holes');
  node.disk = { hardState: persist.hardState, base, entries: [...entries, ...fresh] };
}
