/** `quorate recover`: from looked-at folders to a new generation that begins with the best of them. */
import type { LogPosition } from '../consensus/core.ts';
import { StateMachine, StateMachineRestorer } from '../keyspace/state-machine.ts';
import { MalformedBytesError } from '../shared/bytes.ts';
import type { Clock } from '../shared/clock.ts';
import type { Generation, MemberId } from '../shared/ids.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Random } from '../shared/random.ts';
import { drawMemberId } from '../wal/data-folder.ts';
import type { Disk } from '../wal/disk.ts';
import { FORMER_IDS_MAX } from '../wal/identity-file.ts';
import { SnapshotDamagedError } from '../wal/snapshot-files.ts';
import type { Identity } from '../wal/types.ts';
import type { FolderContent } from './inspect-folder.ts';
import type { Verdict } from './judge.ts';
import { nextGeneration, soleMemberBase, writeNewMember } from './new-member.ts';

/** Room that must be free: the new folder stands beside the old one, which is kept. */
const ROOM_RESERVE_BYTES = 64 * 1024 * 1024;

export interface Recovered {
  readonly memberId: MemberId;
  readonly name: string;
  readonly generation: Generation;
  /** What the member begins with: everything through this index. */
  readonly last: LogPosition;
  readonly keys: number;
  /** Name of the folder beside `current` that keeps what was there before. */
  readonly asideFolder: string | null;
}

export interface RecoverParts {
  /** Of the best folder, open for writing and locked by the caller. */
  readonly disk: Disk;
  readonly clock: Clock;
  readonly random: Random;
  readonly verdict: Verdict;
  readonly content: FolderContent;
}

/** With a refusal, and when it throws, nothing has changed. @throws DiskError */
export async function recoverFrom({ disk, clock, random, verdict, content }: RecoverParts): Promise<Result<Recovered, string>> {
  const { folder, facts, self } = verdict.best;
  const state = await replayState(content);
  if (!state.ok) return state;
  const room = await whyNoRoom(disk, state.value);
  if (room !== null) return refuse(room);
  const memberId = drawMemberId(random);
  const generation = nextGeneration(folder.generation, random);
  const base = soleMemberBase(
    facts.last,
    facts.hardState.term,
    facts.configuration,
    { id: memberId, name: self.name },
    verdict.dropped,
  );
  const identity: Identity = {
    memberId,
    membership: { clusterId: folder.clusterId, generation, founding: null },
    formerIds: [folder.memberId, ...folder.formerIds].slice(0, FORMER_IDS_MAX),
    fenced: null,
    lostThroughTerm: null,
  };
  const asideFolder = await writeNewMember({ disk, clock, random, identity, base, state: state.value });
  return succeed({ memberId, name: self.name, generation, last: facts.last, keys: state.value.keys, asideFolder });
}

/** The state after every entry of the log: in a new configuration of one, all of them are committed. */
export async function replayState({ files, snapshot, entries }: FolderContent): Promise<Result<StateMachine, string>> {
  let state = new StateMachine();
  try {
    if (snapshot) {
      const restorer = new StateMachineRestorer();
      for await (const chunk of files.chunks(snapshot)) restorer.push(chunk);
      state = restorer.finish();
    }
  } catch (error) {
    if (!(error instanceof MalformedBytesError || error instanceof SnapshotDamagedError)) throw error;
    return refuse(`the snapshot ${snapshot?.file ?? ''} cannot be read: ${error.message}`);
  }
  for (const { index, kind, payload } of entries) {
    if (kind !== 'command') continue;
    try {
      state.apply(index, payload);
    } catch (error) {
      return refuse(
        `entry ${index} cannot be applied by this build (S15): ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  return succeed(state);
}

async function whyNoRoom(disk: Disk, state: StateMachine): Promise<string | null> {
  const { freeBytes } = await disk.space();
  const neededBytes = state.dataBytes + ROOM_RESERVE_BYTES;
  if (freeBytes >= neededBytes) return null;
  return `the volume has ${freeBytes} bytes free, and the new folder beside the old one needs ${neededBytes}: make room, or copy the folder to a larger volume`;
}
