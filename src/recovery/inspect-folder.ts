/** Looks at a data folder without opening it: nothing is written, locked, cut or repaired. */
import { decodeConfiguration, EMPTY_CONFIGURATION, findMember } from '../consensus/configuration.ts';
import type { Configuration, Entry, LogBase } from '../consensus/core.ts';
import { present } from '../shared/assert.ts';
import { MalformedBytesError } from '../shared/bytes.ts';
import { FEATURE_LEVEL_MAX, FEATURE_LEVEL_MIN } from '../shared/build.ts';
import type { MemberId } from '../shared/ids.ts';
import { readIdentity, SNAPSHOTS_FOLDER, WAL_FOLDER } from '../wal/data-folder.ts';
import type { Disk } from '../wal/disk.ts';
import { recoverLog } from '../wal/recovery.ts';
import type { RecoveryParts } from '../wal/recovery.ts';
import { salvageLog } from '../wal/salvage.ts';
import { SnapshotFiles } from '../wal/snapshot-files.ts';
import type { StoredSnapshot } from '../wal/snapshot-files.ts';
import type { Identity, LogDamage, Membership } from '../wal/types.ts';
import type { FolderReport, LogFacts, LogReading } from './folder-report.ts';

/** What a folder holds, for whoever goes on from it. */
export interface FolderContent {
  readonly files: SnapshotFiles;
  readonly snapshot: StoredSnapshot | null;
  /** Everything after the snapshot, in order. */
  readonly entries: readonly Entry[];
}

export interface Inspection {
  readonly report: FolderReport;
  /** What is whole of the folder; null when nothing is. */
  readonly content: FolderContent | null;
}

/** @throws DiskError when a file that is there can't be read */
export async function inspectFolder(disk: Disk, path: string): Promise<Inspection> {
  const unusable = (message: string): Inspection => ({ report: { type: 'unusable', path, message }, content: null });
  const read = await readIdentity(disk);
  if (!read.ok) return unusable(`${read.reason.file}: ${read.reason.message}`);
  const identity = read.value;
  if (identity.membership === null) return unusable(`member ${identity.memberId} was never founded or joined: it holds no data`);
  return inspectMember(disk, path, identity, identity.membership);
}

async function inspectMember(disk: Disk, path: string, identity: Identity, membership: Membership): Promise<Inspection> {
  const damagedSnapshots: string[] = [];
  const files = new SnapshotFiles({
    disk,
    folder: SNAPSHOTS_FOLDER,
    damaged: (file, message) => damagedSnapshots.push(`${file}: ${message}`),
  });
  const snapshot = await files.newest();
  const base = snapshot?.header.base ?? foundingBase(membership);
  const { memberId, formerIds, fenced, lostThroughTerm } = identity;
  const { clusterId, generation } = membership;
  const log = await readLog(disk, identity, membership, base);
  const facts = log.content && factsOf(memberId, base, snapshot, log.content);
  const name = findMember(facts?.configuration ?? base.configuration, memberId)?.name ?? null;
  const reading: LogReading =
    log.damage === null && facts
      ? { type: 'whole', facts }
      : { type: 'damaged', message: log.damage ?? 'a configuration in the log cannot be read', salvaged: facts };
  const report = { type: 'member', path, memberId, name, clusterId, generation, formerIds, fenced, lostThroughTerm } as const;
  return {
    report: { ...report, log: reading, damagedSnapshots },
    content: log.content && facts ? { files, snapshot, entries: log.content.entries } : null,
  };
}

function foundingBase({ founding }: Membership): LogBase {
  return { index: 0, term: 0, configuration: founding?.configuration ?? EMPTY_CONFIGURATION };
}

type LogContent = Pick<LogFacts, 'hardState' | 'syncedIndex' | 'tornBytes' | 'peerMemory'> & {
  readonly entries: readonly Entry[];
};

interface LogAsRead {
  /** A sentence when the log cannot be read to its end. */
  readonly damage: string | null;
  readonly content: LogContent | null;
}

async function readLog(disk: Disk, identity: Identity, membership: Membership, base: LogBase): Promise<LogAsRead> {
  const { clusterId, generation } = membership;
  const owner = { clusterId, generation, memberId: identity.memberId };
  const parts = { disk, folder: WAL_FOLDER, owner, base, levels: { min: FEATURE_LEVEL_MIN, max: FEATURE_LEVEL_MAX } };
  const recovery = await recoverLog(parts);
  if (!recovery.ok) return { damage: damageText(recovery.reason), content: await salvage(parts, recovery.reason) };
  if (recovery.value === null) {
    const hardState = { term: base.term, vote: null };
    return { damage: null, content: { hardState, syncedIndex: base.index, tornBytes: 0, peerMemory: [], entries: [] } };
  }
  const { replay, syncedIndex, tornBytes } = recovery.value;
  const after = present(replay.after(base), 'recovery refuses a log with a gap after its base');
  const content: LogContent = {
    hardState: replay.hardState,
    // A log that the snapshot overtook holds nothing of its own, and a snapshot is durable before it has its name.
    syncedIndex: Math.max(base.index, after.reset ? 0 : syncedIndex),
    tornBytes,
    peerMemory: [...replay.memory.values()],
    entries: after.entries,
  };
  return { damage: null, content };
}

function damageText({ file, offset, message }: LogDamage): string {
  return `${file} at byte ${offset}: ${message}`;
}

/** What stands before the first damage is as it was written. A log of a later build, or of another member, gives nothing. */
async function salvage(parts: RecoveryParts, { type }: LogDamage): Promise<LogContent | null> {
  if (type === 'unknown-format' || type === 'foreign') return null;
  const { entries, memory, newestTerm } = await salvageLog(parts);
  if (entries.length === 0 && parts.base.index === 0) return null;
  const last = entries.at(-1) ?? parts.base;
  const hardState = { term: Math.max(newestTerm, last.term), vote: null };
  return { hardState, syncedIndex: last.index, tornBytes: 0, peerMemory: [...memory.values()], entries };
}

function factsOf(memberId: MemberId, base: LogBase, snapshot: StoredSnapshot | null, log: LogContent): LogFacts | null {
  let configurations: readonly Configuration[];
  try {
    const appended = log.entries
      .filter(({ kind }) => kind === 'configuration')
      .map(({ payload }) => decodeConfiguration(payload));
    configurations = [base.configuration, ...appended];
  } catch (error) {
    if (error instanceof MalformedBytesError) return null;
    throw error;
  }
  const lastEntry = log.entries.at(-1);
  const knownIds = new Set([memberId, ...configurations.flatMap(({ members }) => members.map(({ id }) => id))]);
  const { hardState, syncedIndex, tornBytes, peerMemory } = log;
  return {
    hardState,
    last: { index: lastEntry?.index ?? base.index, term: lastEntry?.term ?? base.term },
    syncedIndex,
    snapshotIndex: snapshot ? base.index : null,
    committedAtLeast: Math.max(base.index, configurations.at(-2)?.index ?? 0),
    tornBytes,
    configuration: configurations.at(-1) ?? base.configuration,
    knownIds: [...knownIds],
    peerMemory,
  };
}
