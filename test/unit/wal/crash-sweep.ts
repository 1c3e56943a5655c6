/**
 * Crashes at every single operation of a life. The life runs once; before each operation takes effect, the disks that a power cut there
 * would leave are put by, with what had been promised until then. Each is then opened, and held to the promises.
 */
import { SeededRandom } from '../../../src/shared/random.ts';
import { CURRENT_FOLDER, NEXT_FOLDER, openDataFolder } from '../../../src/wal/data-folder.ts';
import type { Disk } from '../../../src/wal/disk.ts';
import { openSnapshotFiles } from '../../../src/wal/snapshot-files.ts';
import type { StoredSnapshot } from '../../../src/wal/snapshot-files.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import type { CrashMode, Operation } from '../../support/simulated-disk.ts';
import { entry, fingerprint, found, History, memberId, memoryOf, TestMember, baseAt } from './member.ts';
import type { Model } from './member.ts';

/** What has been shown to the world, and so must outlive any crash. */
export class Promises {
  /** The id that was shown last, and whether its founding was acknowledged. */
  shownId: string | null = null;
  isFounded = false;
  history = new History();
  /** Highest index of a snapshot that was reported as stored. */
  snapshotIndex = 0;
  /** While a folder is being set aside: the id that is there still, or is the newest of the former ones. */
  leaving: string | null = null;
  /** A folder that was said to be kept. */
  aside: string | null = null;

  capture(): Captured {
    const { shownId, isFounded, history, snapshotIndex, leaving, aside } = this;
    const range = { from: history.acknowledged, to: history.models.length - 1 };
    return { shownId, isFounded, history, snapshotIndex, leaving, aside, ...range };
  }
}

export interface Captured {
  readonly shownId: string | null;
  readonly isFounded: boolean;
  readonly history: History;
  readonly snapshotIndex: number;
  readonly leaving: string | null;
  readonly aside: string | null;
  readonly from: number;
  readonly to: number;
}

interface Outcome {
  readonly operation: Operation;
  readonly mode: CrashMode;
  readonly disk: SimulatedDisk;
  readonly captured: Captured;
}

export interface SweepOptions {
  readonly ignoreSync?: (operation: Operation) => boolean;
  readonly modes?: readonly CrashMode[];
  /** How the life sees the disk: to put a liar between. */
  readonly wrap?: (disk: Disk) => Disk;
  readonly seed?: number;
  /** Outcomes already looked at, by disk and promises: without a sync between, one loss looks like the next. */
  readonly seen?: Set<string>;
}

export type Life = (disk: Disk, promises: Promises) => Promise<void>;

/** No turn of the event loop: thousands of starts, each of some dozens of operations. */
export const HOP = { hop: () => Promise.resolve() };

const MODES: readonly CrashMode[] = ['lose-all', 'keep-all', 'random', 'random', 'random'];

/** The first broken promise, or null. `start` is a disk to begin from, with the promises made on it. */
export async function sweepPowerCuts(
  life: Life,
  options: SweepOptions = {},
  start: { readonly disk: SimulatedDisk; readonly promises: Promises } = {
    disk: new SimulatedDisk(HOP),
    promises: new Promises(),
  },
): Promise<string | null> {
  const random = new SeededRandom(options.seed ?? 7);
  const outcomes: Outcome[] = [];
  const { promises } = start;
  const disk = start.disk.fork({
    ...HOP,
    trackSites: true,
    ...(options.ignoreSync ? { ignoreSync: options.ignoreSync } : {}),
    beforeOperation: (operation) => {
      if (operation.number === 0) return;
      for (const mode of options.modes ?? MODES) {
        outcomes.push({ operation, mode, disk: disk.afterCrash(random, mode, HOP), captured: promises.capture() });
      }
    },
  });
  await life(options.wrap?.(disk) ?? disk, promises);
  const seen = options.seen ?? new Set<string>();
  for (const outcome of outcomes) {
    if (!(await isNew(outcome, seen))) continue;
    const broken = await findBrokenPromise(outcome.disk, outcome.captured);
    const { operation, mode } = outcome;
    if (broken !== null) return `power cut (${mode}) before ${operation.number} ${operation.kind} ${operation.path}: ${broken}`;
  }
  return null;
}

async function isNew({ disk, captured }: Outcome, seen: Set<string>): Promise<boolean> {
  const { shownId, isFounded, snapshotIndex, history, from } = captured;
  const acknowledged = history.models[from];
  const promised = [shownId, isFounded, snapshotIndex, acknowledged ? describeModel(acknowledged) : null];
  const key = JSON.stringify([
    promised,
    captured.to - from,
    captured.leaving,
    captured.aside,
    disk.listing(),
    await foldersOf(disk),
  ]);
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

/** Which folders there are, empty ones too: a start looks for them. */
async function foldersOf(disk: SimulatedDisk): Promise<readonly (readonly string[])[]> {
  return [await disk.list(''), await disk.list(CURRENT_FOLDER), await disk.list(NEXT_FOLDER)];
}

function describeModel({ hardState, floor, entries, memory }: Model): string {
  return `${floor} ${fingerprint(hardState, entries, memory)}`;
}

/** Kills the process before every operation of the first life; a second follows on the same page cache, and its power is cut everywhere. */
export async function sweepKills(first: Life, second: Life, options: SweepOptions = {}): Promise<string | null> {
  const forks: { readonly operation: Operation; readonly disk: SimulatedDisk; readonly captured: Captured }[] = [];
  const promises = new Promises();
  const disk = new SimulatedDisk({
    ...HOP,
    trackSites: true,
    ...(options.ignoreSync ? { ignoreSync: options.ignoreSync } : {}),
    beforeOperation: (operation) => {
      if (operation.number > 0) forks.push({ operation, disk: disk.fork(HOP), captured: promises.capture() });
    },
  });
  await first(disk, promises);
  const seen = new Set<string>();
  for (const { operation, disk: fork, captured } of forks) {
    const broken = await sweepPowerCuts(
      second,
      { modes: ['lose-all', 'random'], ...options, seen },
      { disk: fork, promises: inherit(captured) },
    );
    if (broken !== null) return `kill before ${operation.number} ${operation.kind} ${operation.path}, then ${broken}`;
  }
  return null;
}

/** What was promised before a crash, to hold the life after it to. */
export function inherit(captured: Captured): Promises {
  const { shownId, isFounded, snapshotIndex, leaving, aside } = captured;
  return Object.assign(new Promises(), { shownId, isFounded, snapshotIndex, leaving, aside, history: historyUpTo(captured) });
}

function historyUpTo({ history, from, to }: Captured): History {
  const copy = new History();
  copy.models.splice(0, 1, ...history.models.slice(0, to + 1));
  copy.acknowledged = from;
  return copy;
}

/** Opens what a crash left, as a start would, and compares. */
export async function findBrokenPromise(disk: SimulatedDisk, promised: Captured): Promise<string | null> {
  const opened = await openDataFolder(disk, new SeededRandom(99));
  if (!opened.ok) return `the data folder does not open: ${opened.reason.message}`;
  const { identity, asideFolder } = opened.value;
  // Whether or not anybody was promised a log yet: without them the member starts never again.
  for (const folder of [opened.value.walFolder, opened.value.snapshotsFolder])
    if (!(await disk.exists(folder))) return `there is no ${folder} beside the identity`;
  if (promised.aside !== null && !(asideFolder === promised.aside && (await disk.exists(`${promised.aside}/identity`)))) {
    return `S3: ${promised.aside} was said to be kept, and is gone`;
  }
  const isStillThere = promised.leaving === identity.memberId && identity.membership !== null;
  if (promised.leaving !== null && !isStillThere && identity.formerIds[0] !== promised.leaving) {
    return `S3: ${promised.leaving} is neither there nor remembered`;
  }
  if (promised.leaving !== null && !isStillThere && asideFolder === null) return `S3: the data of ${promised.leaving} is gone`;
  if (promised.shownId !== null && identity.memberId !== promised.shownId)
    return `S2: ${promised.shownId} became ${identity.memberId}`;
  if (promised.isFounded && identity.membership === null) return 'S6: an accepted founding is forgotten';
  if (identity.membership === null || promised.leaving !== null) return null;
  let outcome;
  try {
    outcome = await TestMember.tryOpen(disk, { seed: 98 });
  } catch (error) {
    return `the member does not open: ${String(error)}`;
  }
  if ('damage' in outcome)
    return `the log does not open: ${outcome.damage.type}: ${outcome.damage.message} (${outcome.damage.file})`;
  const { recovered } = outcome.member;
  if (recovered.state.base.index < promised.snapshotIndex) return `a stored snapshot at ${promised.snapshotIndex} is gone`;
  const { term } = recovered.state.hardState;
  const acknowledged = promised.history.models[promised.from];
  if (acknowledged && term < acknowledged.hardState.term) return `S10: term ${acknowledged.hardState.term} fell back to ${term}`;
  if (!promised.history.match(recovered, promised)) {
    return `S10: what was recovered is no state between ${promised.from} and ${promised.to} of the history`;
  }
  return null;
}

/** Opens the member, and from then on what it recovered counts as promised. */
async function openPromised(disk: Disk, promises: Promises): Promise<TestMember> {
  const opened = await openDataFolder(disk, new SeededRandom(3));
  if (!opened.ok) throw new Error(opened.reason.message);
  promises.shownId = opened.value.identity.memberId;
  if (opened.value.identity.membership) promises.isFounded = true;
  await found(opened.value);
  promises.isFounded = true;
  const member = await TestMember.open(disk, { history: promises.history });
  const model = promises.history.match(member.recovered, {
    from: promises.history.acknowledged,
    to: promises.history.models.length - 1,
  });
  if (!model) throw new Error('S10: what was recovered is no state of the history');
  const { base, hardState, entries } = member.recovered.state;
  member.continueFrom({ hardState, floor: base.index, entries, memory: member.recovered.peerMemory });
  promises.snapshotIndex = Math.max(promises.snapshotIndex, member.recovered.state.base.index);
  return member;
}

/** Appends, re-appends, rests, rotates, compacts, is reset by a snapshot, closes, and starts again. */
export const fullLife: Life = async (disk, promises) => {
  const member = await openPromised(disk, promises);
  await member.persist({ hardState: { term: 1, vote: memberId(1) } });
  await member.persist({ entries: [entry(1, 1), entry(2, 1)] });
  member.append({ entries: [entry(3, 1, 200)], memory: [memoryOf(2, 1, 2)] });
  member.append({ hardState: { term: 2, vote: null } });
  member.append({ entries: [entry(4, 2), entry(5, 2)] });
  await member.durable();
  await member.persist({ hardState: { term: 3, vote: memberId(2) }, truncateFrom: 3, entries: [entry(3, 3), entry(4, 3)] });
  member.clock.advance(100);
  await member.persist({ entries: [entry(5, 3, 3000)], memory: [memoryOf(3, 3, 4)] });
  for (let index = 6; index <= 12; index += 1) await member.persist({ entries: [entry(index, 3, 300)] });
  promises.snapshotIndex = (await member.snapshot(9, 3)).header.base.index;
  await member.log.compact(9);
  await member.persist({ entries: [entry(13, 3, 300)] });
  const installed = await receiveSnapshot(member, 100, 5);
  promises.snapshotIndex = 100;
  await member.persist({ hardState: { term: 5, vote: null }, base: baseAt(100, 5) });
  await member.snapshots.retainOnly(installed);
  await member.log.compact(100);
  await member.persist({ entries: [entry(101, 5), entry(102, 5)], memory: [memoryOf(2, 5, 102)] });
  await member.log.close();
  const again = await openPromised(disk, promises);
  await again.persist({
    truncateFrom: 102,
    entries: [entry(102, 6, 700), entry(103, 6, 700)],
    hardState: { term: 6, vote: memberId(1) },
  });
  await again.log.close();
};

/** As it comes from a leader, in pieces. */
async function receiveSnapshot(member: TestMember, index: number, term: number): Promise<StoredSnapshot> {
  const leader = await openSnapshotFiles({ disk: await diskWithFolder(), folder: 'snapshots' });
  const sent = await leader.write({ base: baseAt(index, term), featureLevel: 1 }, [Buffer.alloc(700, 1)]);
  const source = await leader.open(sent);
  const sink = await member.snapshots.receive(sent.fileBytes);
  for (let offset = 0; offset < sent.fileBytes; offset += 300) await sink.write(offset, await source.read(offset, 300));
  return sink.complete();
}

async function diskWithFolder(): Promise<Disk> {
  const disk = new SimulatedDisk(HOP);
  await disk.makeFolder('snapshots');
  return disk;
}

/** Is set aside twice (rule S3), and founded anew each time. */
export const asideLife: Life = async (disk, promises) => {
  const opened = await openDataFolder(disk, new SeededRandom(3));
  if (!opened.ok) throw new Error(opened.reason.message);
  let folder = opened.value;
  for (let round = 0; round < 2; round += 1) {
    promises.shownId = folder.identity.memberId;
    await found(folder);
    promises.isFounded = true;
    promises.history = new History();
    const member = await TestMember.open(disk, { history: promises.history });
    await member.persist({ hardState: { term: 1, vote: null }, entries: [entry(1, 1)] });
    await member.log.close();
    Object.assign(promises, { shownId: null, isFounded: false, leaving: folder.identity.memberId, aside: null });
    const outcome = await folder.setAside(1000);
    folder = outcome.fresh;
    Object.assign(promises, { shownId: folder.identity.memberId, leaving: null, aside: outcome.asideFolder });
    promises.history = new History();
  }
};

/** A start that finds work to do, and then rests: what it recovered is promised from then on. */
export const startLife: Life = async (disk, promises) => {
  await (await openPromised(disk, promises)).log.close();
};

/** Three batches, acknowledged one by one, and a fourth that is not; payloads of so many bytes, so that tears meet batches everywhere. */
export function lifeOfPayloads(bytes: number): Life {
  return async (disk, promises) => {
    const member = await openPromised(disk, promises);
    for (let index = 1; index <= 3; index += 1) {
      const memory = [memoryOf(2, 1, index)];
      await member.persist({ hardState: { term: index, vote: memberId(1) }, entries: [entry(index, index, bytes)], memory });
    }
    member.append({ entries: [entry(4, 3, bytes), entry(5, 3, bytes)] });
    member.append({ hardState: { term: 4, vote: memberId(2) }, truncateFrom: 5, entries: [entry(5, 4, bytes)] });
    await member.durable();
  };
}

/** What a start after a kill does: it acts on what it finds. */
export const secondLife: Life = async (disk, promises) => {
  const member = await openPromised(disk, promises);
  const { base, entries } = member.recovered.state;
  if (base.index > 0) await member.log.compact(base.index);
  const last = entries.at(-1)?.index ?? base.index;
  await member.persist({ hardState: { term: 7, vote: memberId(3) }, entries: [entry(last + 1, 7, 700)] });
  await member.persist({ entries: [entry(last + 2, 7, 700)] });
};
