/** A member's disk side as a test drives it: folder, snapshots and log, and beside them a plain model of what they should hold. */
import type { Configuration, Entry, HardState, LogBase, Persist } from '../../../src/consensus/core.ts';
import { assert, present } from '../../../src/shared/assert.ts';
import { FIRST_GENERATION, parseClusterId, parseMemberId } from '../../../src/shared/ids.ts';
import type { MemberId } from '../../../src/shared/ids.ts';
import { SeededRandom } from '../../../src/shared/random.ts';
import { openDataFolder } from '../../../src/wal/data-folder.ts';
import type { DataFolder } from '../../../src/wal/data-folder.ts';
import type { Disk, DiskError } from '../../../src/wal/disk.ts';
import { openSnapshotFiles } from '../../../src/wal/snapshot-files.ts';
import type { SnapshotFiles, StoredSnapshot } from '../../../src/wal/snapshot-files.ts';
import type { LogDamage, PeerMemory, RecoveredLog, WriteAheadLog } from '../../../src/wal/types.ts';
import { openLog } from '../../../src/wal/write-ahead-log.ts';
import type { LogOptions } from '../../../src/wal/write-ahead-log.ts';
import { ManualClock } from './manual-clock.ts';

export const CLUSTER = present(parseClusterId('orders'), 'a cluster id');
export const FOUNDING_BASE: LogBase = { index: 0, term: 0, configuration: { index: 0, members: [], removed: [] } };
export const SEGMENT_BYTES = 1536;

export function memberId(digit: number): MemberId {
  return present(parseMemberId(digit.toString(16).repeat(16)), 'a member id');
}

export function entry(index: number, term: number, payload: string | number = `entry ${index}`): Entry {
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : Buffer.alloc(payload, index % 256);
  return { index, term, kind: 'command', payload: bytes };
}

export function baseAt(index: number, term: number): LogBase {
  const configuration: Configuration = { index: 0, members: [{ id: memberId(1), name: 'm-1', role: 'voter' }], removed: [] };
  return { index, term, configuration };
}

export function memoryOf(digit: number, term: number, index: number): PeerMemory {
  return { id: memberId(digit), term, position: { term, index } };
}

export type Change = Partial<Omit<Persist, 'sequence'>> & { readonly memory?: readonly PeerMemory[] };

/** What a log holds, as an array that is changed by hand. */
export interface Model {
  readonly hardState: HardState;
  readonly floor: number;
  readonly entries: readonly Entry[];
  readonly memory: readonly PeerMemory[];
}

export const EMPTY_MODEL: Model = { hardState: { term: 0, vote: null }, floor: 0, entries: [], memory: [] };

export function modelAfter(model: Model, change: Change): Model {
  let { floor } = model;
  let entries = [...model.entries];
  if (change.base) {
    floor = change.base.index;
    entries = [];
  }
  const from = change.truncateFrom;
  if (from !== undefined && from !== null) entries = entries.filter(({ index }) => index < from);
  const changed = change.memory ?? [];
  const memory = [...model.memory.filter(({ id }) => !changed.some((each) => each.id === id)), ...changed];
  return { hardState: change.hardState ?? model.hardState, floor, entries: [...entries, ...(change.entries ?? [])], memory };
}

/** The part of a model that a core starts from, when its newest snapshot is at `base`. */
function startingFrom(model: Model, base: LogBase): string {
  const atBase = model.entries.find(({ index }) => index === base.index);
  const continues = model.floor === base.index || atBase?.term === base.term;
  const entries = continues ? model.entries.filter(({ index }) => index > base.index) : [];
  // A snapshot that arrived may be durable before the log has heard of its term, in which no vote was given then.
  const hardState = base.term > model.hardState.term ? { term: base.term, vote: null } : model.hardState;
  return fingerprint(hardState, entries, model.memory);
}

export function fingerprint(hardState: HardState, entries: readonly Entry[], memory: readonly PeerMemory[]): string {
  const lines = entries.map(
    ({ index, term, kind, payload }) => `${index}/${term}/${kind}/${Buffer.from(payload).toString('base64')}`,
  );
  const peers = [...memory].sort((left, right) => left.id.localeCompare(right.id));
  return JSON.stringify([hardState.term, hardState.vote, lines, peers]);
}

/** All states that the log went through, and how far they are acknowledged. */
export class History {
  readonly models: Model[];
  acknowledged = 0;

  constructor(first: Model = EMPTY_MODEL) {
    this.models = [first];
  }

  get newest(): Model {
    return present(this.models.at(-1), 'a history begins with a model');
  }

  /** The model that was recovered; null when it is none of those from the last acknowledged on. */
  match(recovered: RecoveredLog, range: { readonly from: number; readonly to: number }): Model | null {
    const { base, hardState, entries } = recovered.state;
    const found = fingerprint(hardState, entries, recovered.peerMemory);
    const candidates = this.models.slice(range.from, range.to + 1);
    return candidates.find((model) => model.floor <= base.index && startingFrom(model, base) === found) ?? null;
  }
}

export interface MemberOptions {
  readonly log?: Partial<LogOptions>;
  readonly seed?: number;
  readonly history?: History;
}

interface Durable {
  sequence: number;
  /** Place in the history of the state that this start began from. */
  startedAt: number;
  waiters: (() => void)[];
}

/** Opens everything; founds the member when it is new. */
export class TestMember {
  readonly folder: DataFolder;
  readonly snapshots: SnapshotFiles;
  readonly log: WriteAheadLog;
  readonly recovered: RecoveredLog;
  readonly clock: ManualClock;
  readonly history: History;
  readonly failures: DiskError[];
  #sequence = 0;
  readonly #durable: Durable;

  private constructor(parts: {
    folder: DataFolder;
    snapshots: SnapshotFiles;
    log: WriteAheadLog;
    recovered: RecoveredLog;
    clock: ManualClock;
    history: History;
    failures: DiskError[];
    durable: Durable;
  }) {
    this.folder = parts.folder;
    this.snapshots = parts.snapshots;
    this.log = parts.log;
    this.recovered = parts.recovered;
    this.clock = parts.clock;
    this.history = parts.history;
    this.failures = parts.failures;
    this.#durable = parts.durable;
  }

  static async open(disk: Disk, options: MemberOptions = {}): Promise<TestMember> {
    const outcome = await TestMember.tryOpen(disk, options);
    if ('damage' in outcome) throw new Error(`${outcome.damage.type}: ${outcome.damage.message}`);
    return outcome.member;
  }

  static async tryOpen(disk: Disk, options: MemberOptions = {}): Promise<{ member: TestMember } | { damage: LogDamage }> {
    const random = new SeededRandom(options.seed ?? 1);
    const opened = await openDataFolder(disk, random);
    if (!opened.ok) throw new Error(opened.reason.message);
    const folder = opened.value;
    const founding = await found(folder);
    assert(founding, 'the same founding is accepted again');
    const snapshots = await openSnapshotFiles({ disk, folder: folder.snapshotsFolder });
    const base = (await snapshots.newest())?.header.base ?? FOUNDING_BASE;
    const clock = new ManualClock();
    const history = options.history ?? new History();
    const failures: DiskError[] = [];
    const durable: Durable = { sequence: 0, startedAt: history.models.length - 1, waiters: [] };
    const result = await openLog({
      disk,
      folder: folder.walFolder,
      identity: folder.identity,
      base,
      clock,
      random,
      options: { segmentBytes: SEGMENT_BYTES, ...options.log },
      persisted: (sequence) => {
        assert(sequence > durable.sequence, 'acknowledgements come in order');
        durable.sequence = sequence;
        history.acknowledged = durable.startedAt + sequence;
        for (const waiter of durable.waiters.splice(0)) waiter();
      },
      failed: (error) => {
        failures.push(error);
        for (const waiter of durable.waiters.splice(0)) waiter();
      },
    });
    if (!result.ok) return { damage: result.reason };
    const { log, recovered } = result.value;
    return { member: new TestMember({ folder, snapshots, log, recovered, clock, history, failures, durable }) };
  }

  /** From here on the history goes on from what was recovered. */
  continueFrom(model: Model): void {
    this.history.models.push(model);
    this.#durable.startedAt = this.history.models.length - 1;
    this.history.acknowledged = this.#durable.startedAt;
  }

  /** Appends, without waiting. */
  append(change: Change): void {
    const { hardState, base = null, truncateFrom = null, entries = [], memory = [] } = change;
    this.#sequence += 1;
    this.history.models.push(modelAfter(this.history.newest, change));
    const persist = {
      sequence: this.#sequence,
      hardState: hardState ?? this.history.newest.hardState,
      base,
      truncateFrom,
      entries,
    };
    this.log.append(persist, memory);
  }

  get acknowledgedSequence(): number {
    return this.#durable.sequence;
  }

  /** Resolves when everything appended is acknowledged, or the log has failed. */
  async durable(): Promise<void> {
    while (this.#durable.sequence < this.#sequence && this.failures.length === 0) {
      await new Promise<void>((resolve) => this.#durable.waiters.push(resolve));
    }
  }

  async persist(change: Change): Promise<void> {
    this.append(change);
    await this.durable();
  }

  /** A snapshot of the log's own state at an index that it holds, then compaction up to it. */
  async snapshot(index: number, term: number): Promise<StoredSnapshot> {
    return this.snapshots.write({ base: baseAt(index, term), featureLevel: 1 }, [Buffer.from(`state at ${index}`)]);
  }
}

export async function found(folder: DataFolder, epoch = 1): Promise<boolean> {
  const members = [{ id: folder.identity.memberId, name: 'm-1', role: 'voter' as const }];
  const result = await folder.found(CLUSTER, FIRST_GENERATION, { epoch, configuration: { index: 0, members, removed: [] } });
  return result.ok;
}
