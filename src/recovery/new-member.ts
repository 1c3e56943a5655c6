/**
 * The one member that a new generation begins with (rule S5), as bytes in a data folder: a snapshot of everything that was kept, and a log
 * that begins after it. The configuration stands where an entry that made it would stand: after the last entry, in a term after the last.
 */
import { EMPTY_CONFIGURATION } from '../consensus/configuration.ts';
import { REMOVALS_MAX } from '../consensus/core.ts';
import type { Configuration, HardState, LogBase, LogPosition } from '../consensus/core.ts';
import type { StateMachine } from '../keyspace/state-machine.ts';
import { assert } from '../shared/assert.ts';
import type { Clock } from '../shared/clock.ts';
import type { Generation, MemberId } from '../shared/ids.ts';
import type { Random } from '../shared/random.ts';
import type { Disk, DiskError } from '../wal/disk.ts';
import { installFolder } from '../wal/data-folder.ts';
import type { Identity } from '../wal/types.ts';
import { openSnapshotFiles } from '../wal/snapshot-files.ts';
import { openLog } from '../wal/write-ahead-log.ts';

const GENERATION_ID_DIGITS = 16;
/** It holds one record; the node's own segments have the size that its configuration says. */
const FIRST_SEGMENT_BYTES = 64 * 1024;

/** The configuration of one, after everything that was kept. */
export function soleMemberBase(
  last: LogPosition,
  term: number,
  before: Configuration,
  self: { readonly id: MemberId; readonly name: string },
  dropped: readonly MemberId[],
): LogBase {
  assert(term >= last.term, 'a term is never below that of an entry');
  assert(!dropped.includes(self.id), 'ids never return (S2)');
  const index = last.index + 1;
  const known = new Set(before.removed.map(({ id }) => id));
  const removed = [...before.removed, ...dropped.filter((id) => !known.has(id)).map((id) => ({ id, index }))];
  const configuration: Configuration = {
    index,
    members: [{ ...self, role: 'voter' }],
    removed: removed.slice(-REMOVALS_MAX),
  };
  return { index, term: term + 1, configuration };
}

/** Rule S5: a number above, and a random id that tells two recoveries apart which drew the same number. */
export function nextGeneration(before: Generation, random: Random): Generation {
  return { number: before.number + 1, id: random.hex(GENERATION_ID_DIGITS) };
}

export interface NewMemberParts {
  readonly disk: Disk;
  readonly clock: Clock;
  readonly random: Random;
  readonly identity: Identity;
  readonly base: LogBase;
  readonly state: StateMachine;
}

/**
 * Makes the member's folder, durably; whatever lay there before is kept aside, under the name given back. The folder must be locked. When it
 * throws, nothing has changed. @throws DiskError
 */
export async function writeNewMember({ disk, clock, random, identity, base, state }: NewMemberParts): Promise<string | null> {
  return installFolder(disk, identity, async ({ wal, snapshots }) => {
    const files = await openSnapshotFiles({ disk, folder: snapshots });
    await files.write({ base, featureLevel: state.featureLevel }, state.chunks());
    const parts = { disk, folder: wal, identity, clock, random, featureLevel: state.featureLevel };
    await writeFirstLog(parts, base, { term: base.term, vote: null });
  });
}

interface FirstLogParts {
  readonly disk: Disk;
  readonly folder: string;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly random: Random;
  readonly featureLevel: number;
}

/** A new log whose first record is the base: so that a start finds the log of which the snapshot tells. */
async function writeFirstLog({ featureLevel, ...parts }: FirstLogParts, base: LogBase, hardState: HardState): Promise<void> {
  const failures: DiskError[] = [];
  const opened = await openLog({
    ...parts,
    base: { index: 0, term: 0, configuration: EMPTY_CONFIGURATION },
    options: { featureLevel, segmentBytes: FIRST_SEGMENT_BYTES },
    persisted: () => undefined,
    failed: (error) => failures.push(error),
  });
  assert(opened.ok, 'an empty folder holds no damaged log');
  opened.value.log.append({ sequence: 1, hardState, base, truncateFrom: null, entries: [] });
  await opened.value.log.close();
  const [failure] = failures;
  if (failure) throw failure;
}
