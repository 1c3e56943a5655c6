/** Saved snapshots as files: verified to the last byte before anything is believed of them, and what a cluster is founded from. */
import { StateMachineRestorer } from '../keyspace/state-machine.ts';
import type { StateMachine } from '../keyspace/state-machine.ts';
import { present } from '../shared/assert.ts';
import { MalformedBytesError } from '../shared/bytes.ts';
import type { Clock } from '../shared/clock.ts';
import { parseClusterId } from '../shared/ids.ts';
import type { ClusterId, Generation, MemberId } from '../shared/ids.ts';
import type { Random } from '../shared/random.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { drawMemberId, NEXT_FOLDER } from '../wal/data-folder.ts';
import type { Disk, DiskFile } from '../wal/disk.ts';
import { LOCK_FILE } from '../wal/folder-lock.ts';
import { UnknownSnapshotFormatError } from '../wal/snapshot-codec.ts';
import type { SavedOrigin } from '../wal/saved-snapshot.ts';
import { readSavedSnapshot } from '../wal/saved-snapshot.ts';
import type { Identity, SnapshotHeader } from '../wal/types.ts';
import { nextGeneration, soleMemberBase, writeNewMember } from './new-member.ts';

/** A saved snapshot that is whole, and the state in it. */
export interface ReadSnapshot {
  readonly origin: SavedOrigin;
  readonly header: SnapshotHeader;
  readonly fileBytes: number;
  readonly state: StateMachine;
}

/** The reason is a sentence. @throws DiskError */
export async function readSaved(file: DiskFile): Promise<Result<ReadSnapshot, string>> {
  try {
    const { origin, header, fileBytes, chunks } = await readSavedSnapshot(file);
    const restorer = new StateMachineRestorer();
    for await (const chunk of chunks) restorer.push(chunk);
    return succeed({ origin, header, fileBytes, state: restorer.finish() });
  } catch (error) {
    if (error instanceof MalformedBytesError || error instanceof UnknownSnapshotFormatError) return refuse(error.message);
    throw error;
  }
}

/** What a volume that was never used may hold: a file system's own folder, a lock, and what a restore before this one left half made. */
const NAMES_OF_AN_EMPTY_FOLDER = ['lost+found', LOCK_FILE, NEXT_FOLDER];

/** Why nothing is restored into this folder; null when it is empty. @throws DiskError */
export async function whyNotEmpty(disk: Disk): Promise<string | null> {
  const others = (await disk.list('')).filter((name) => !NAMES_OF_AN_EMPTY_FOLDER.includes(name));
  return others.length === 0 ? null : `it is not empty (${others.slice(0, 3).join(', ')}): a restore begins with an empty folder`;
}

export interface RestoreParts {
  /** Of an empty folder, locked by the caller. */
  readonly disk: Disk;
  readonly clock: Clock;
  readonly random: Random;
  readonly snapshot: ReadSnapshot;
  /** Under which peers will know the member. */
  readonly name: string;
  /** Null: a new one is drawn, so that a cluster that still runs under the old one never hears of this. */
  readonly clusterId: ClusterId | null;
}

export interface Restored {
  readonly clusterId: ClusterId;
  readonly generation: Generation;
  readonly memberId: MemberId;
}

/** Founds a cluster of one from the snapshot (rule S5). When it throws, the folder is as empty as before. @throws DiskError */
export async function restoreInto({ disk, clock, random, snapshot, name, clusterId }: RestoreParts): Promise<Restored> {
  const { origin, header, state } = snapshot;
  const memberId = drawMemberId(random);
  const generation = nextGeneration(origin.generation, random);
  const membership = { clusterId: clusterId ?? drawClusterId(random), generation, founding: null };
  const { index, term, configuration } = header.base;
  const dropped = configuration.members.map(({ id }) => id);
  const base = soleMemberBase({ index, term }, term, configuration, { id: memberId, name }, dropped);
  const identity: Identity = { memberId, membership, formerIds: [], fenced: null, lostThroughTerm: null };
  await writeNewMember({ disk, clock, random, identity, base, state });
  return { clusterId: membership.clusterId, generation, memberId };
}

const CLUSTER_ID_DIGITS = 32;

function drawClusterId(random: Random): ClusterId {
  return present(parseClusterId(random.hex(CLUSTER_ID_DIGITS)), 'hex digits are a cluster id');
}
