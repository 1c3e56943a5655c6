/** Looks at a data folder without opening it: nothing is written, locked, cut or repaired. */
import { decodeConfiguration, EMPTY_CONFIGURATION, findMember } from '../consensus/configuration.ts';
import type { Configuration, Entry, LogBase } from '../consensus/core.ts';
import { MalformedBytesError } from '../shared/bytes.ts';
import { FEATURE_LEVEL_MAX, FEATURE_LEVEL_MIN } from '../shared/build.ts';
import type { MemberId } from '../shared/ids.ts';
import { readIdentity, SNAPSHOTS_FOLDER, WAL_FOLDER } from '../wal/data-folder.ts';
import type { Disk } from '../wal/disk.ts';
import { recoverLog } from '../wal/recovery.ts';
import { SnapshotFiles } from '../wal/snapshot-files.ts';
import type { StoredSnapshot } from '../wal/snapshot-files.ts';
import type { Identity, Membership } from '../wal/types.ts';
import type { FolderReport, LogFacts } from './folder-report.ts';

/** What a folder holds, for whoever goes on from it. */
export interface FolderContent {
  readonly files: SnapshotFiles;
  readonly snapshot: StoredSnapshot | null;
  /** Everything after the snapshot, in order. */
  readonly entries: readonly Entry[];
}

export interface Inspection {
  readonly report: FolderReport;
  /** Null unless the log could be read to its end. */
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
  const { memberId, formerIds, fenced } = identity;
  const { clusterId, generation } = membership;
  const report = { type: 'member', path, memberId, clusterId, generation, formerIds, fenced, damagedSnapshots } as const;
  const log = await readLog(disk, identity, membership, base);
  if (typeof log === 'string') {
    return {
      report: { ...report, name: nameIn(base.configuration, memberId), log: { type: 'damaged', message: log } },
      content: null,
    };
  }
  const facts = factsOf(memberId, base, snapshot, log);
  if (typeof facts === 'string') {
    return {
      report: { ...report, name: nameIn(base.configuration, memberId), log: { type: 'damaged', message: facts } },
      content: null,
    };
  }
  return {
    report: { ...report, name: nameIn(facts.configuration, memberId), log: { type: 'whole', facts } },
    content: { files, snapshot, entries: log.entries },
  };
}

function foundingBase({ founding }: Membership): LogBase {
  return { index: 0, term: 0, configuration: founding?.configuration ?? EMPTY_CONFIGURATION };
}

type LogContent = Pick<LogFacts, 'hardState' | 'syncedIndex' | 'tornBytes' | 'peerMemory'> & {
  readonly entries: readonly Entry[];
};

/** A sentence when it cannot be read to its end. */
async function readLog(disk: Disk, identity: Identity, membership: Membership, base: LogBase): Promise<LogContent | string> {
  const { clusterId, generation } = membership;
  const owner = { clusterId, generation, memberId: identity.memberId };
  const levels = { min: FEATURE_LEVEL_MIN, max: FEATURE_LEVEL_MAX };
  const recovery = await recoverLog({ disk, folder: WAL_FOLDER, owner, base, levels });
  if (!recovery.ok) return `${recovery.reason.file} at byte ${recovery.reason.offset}: ${recovery.reason.message}`;
  if (recovery.value === null) {
    return { hardState: { term: 0, vote: null }, syncedIndex: 0, tornBytes: 0, peerMemory: [], entries: [] };
  }
  const { replay, syncedIndex, tornBytes } = recovery.value;
  const after = replay.after(base);
  if (after === null)
    return `${WAL_FOLDER}: entries between the snapshot at ${base.index} and the log after ${replay.floor} are missing`;
  const { hardState, memory } = replay;
  return {
    hardState,
    // A log that the snapshot overtook holds nothing of its own, and a snapshot is durable before it has its name.
    syncedIndex: Math.max(base.index, after.reset ? 0 : syncedIndex),
    tornBytes,
    peerMemory: [...memory.values()],
    entries: after.entries,
  };
}

function factsOf(memberId: MemberId, base: LogBase, snapshot: StoredSnapshot | null, log: LogContent): LogFacts | string {
  let configurations: readonly Configuration[];
  try {
    const appended = log.entries
      .filter(({ kind }) => kind === 'configuration')
      .map(({ payload }) => decodeConfiguration(payload));
    configurations = [base.configuration, ...appended];
  } catch (error) {
    if (error instanceof MalformedBytesError) return `a configuration in the log cannot be read: ${error.message}`;
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

function nameIn(configuration: Configuration, id: MemberId): string | null {
  return findMember(configuration, id)?.name ?? null;
}
