/** One machine of a simulated group: its disk, what is on its way there, and the state that its log was applied to. */
import type { DurableState, Entry, LogBase, Member, Persist, ReplicationCore } from '../../src/consensus/core.ts';
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
  running: Observed<ReplicationCore<RaftMessage>> | null;
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

/** A snapshot of what is applied, when the log can speak for it: it is committed, and on the disk. Null otherwise. */
export function takeSnapshot(node: ClusterNode, core: ReplicationCore<RaftMessage>): Snapshot | null {
  const { durableIndex, firstIndex, commitIndex } = core.status();
  const { index } = node.applied;
  if (index > durableIndex || index < firstIndex || index > commitIndex) return null;
  const term = core.termAt(index);
  hold(term !== null, 'the applied entry is in the log');
  return { base: { index, term, configuration: core.configurationAt(index) }, applied: node.applied };
}

/** The disk drops its entries up to `base`, unless something still on its way there would meet a base that it does not know. */
export function compactDisk(node: ClusterNode, base: LogBase): void {
  const { disk } = node;
  if (base.index <= disk.base.index || base.index > disk.base.index + disk.entries.length) return;
  node.disk = { ...disk, base, entries: disk.entries.slice(base.index - disk.base.index) };
}

/** Of what waited for the disk, the part that may leave now (rule S10). */
export function releaseDurable(node: ClusterNode): ClusterNode['waiting'] {
  const durable = node.pending[0] ? node.pending[0].persist.sequence - 1 : node.sequence;
  const leaving = node.waiting.filter((each) => each.after <= durable);
  node.waiting = node.waiting.filter((each) => each.after > durable);
  return leaving;
}

/** Takes over a snapshot that the core has just installed: durable before the core heard of it. */
export function adoptSnapshot(node: ClusterNode, content: Snapshot): void {
  if (content.applied.index > node.applied.index) node.applied = content.applied;
  // It counts once the log refers to it, and does no harm before.
  node.snapshot = content;
}
