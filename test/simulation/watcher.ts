/**
 * Looks at every member in every turn of its loop, and at the disks of all, and throws when a rule is broken. It shares no code with what
 * it judges but the readers of bytes.
 */
import type { Configuration, CoreStatus, Entry, LogBase } from '../../src/consensus/core.ts';
import type { StorageNode } from '../../src/node/storage-node.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import type { PeerFrame } from '../../src/wire/peer/frame.ts';
import { hold, RaftChecker } from '../support/raft-checker.ts';
import type { DurableView, Observed, ObservedCore } from '../support/raft-checker.ts';
import { EPOCH_MS } from './machine-clock.ts';
import type { Machine, NodeProcess } from './machine.ts';

type Serving = NonNullable<StorageNode['serving']>;

export interface WatcherWorld {
  readonly machines: readonly Machine[];
  nowMs(): number;
  /** Its disk was damaged by a fault: what it held may be gone, and nobody may count on it. */
  isDamaged(machine: Machine): boolean;
  /** How far log time may be ahead of true time (rule S13): most clocks are right. */
  readonly logTimeAheadMs: number;
}

export interface WatcherCounters {
  elections: number;
  installedSnapshots: number;
  truncations: number;
  configurationsCommitted: number;
}

export class Watcher {
  readonly counters: WatcherCounters = {
    elections: 0,
    installedSnapshots: 0,
    truncations: 0,
    configurationsCommitted: 0,
  };
  readonly #world: WatcherWorld;
  readonly #checker = new RaftChecker();
  readonly #running = new Map<NodeProcess, { readonly machine: Machine; readonly seen: Observed; readonly serving: Serving }>();
  /** Who drew which id, and on which volume (rule S2). */
  readonly #ids = new Map<MemberId, Machine>();
  /** Ids that some committed configuration dropped (rule S3). */
  readonly #removed = new Set<MemberId>();
  /** Whose volumes are gone. */
  readonly #lost = new Set<MemberId>();
  readonly #identities = new Map<Machine, MemberId>();
  #committed: Configuration | null = null;
  /** Log time by index (rule S13). */
  readonly #times = new Map<number, number>();
  readonly #stateHashes = new Map<string, { readonly hash: string; readonly machine: string }>();

  constructor(world: WatcherWorld) {
    this.#world = world;
  }

  get committedConfiguration(): Configuration | null {
    return this.#committed;
  }

  get committedIndex(): number {
    return this.#checker.leaderCommit;
  }

  wasRemoved(id: MemberId): boolean {
    return this.#removed.has(id);
  }

  serves(machine: Machine, process: NodeProcess, serving: Serving): void {
    const { replica } = serving;
    const core: ObservedCore = { status: () => replica.status, termAt: (index) => replica.termAt(index) };
    const status = replica.status;
    const applied = replica.appliedIndex;
    const seen: Observed = { core, commitIndex: status.commitIndex, emittedIndex: applied, term: status.term };
    this.#running.set(process, { machine, seen, serving });
    const before: { status: CoreStatus } = { status };
    replica.join({
      propose: () => undefined,
      answered: () => undefined,
      applied: (entry) => this.#applied(machine, serving, seen, entry),
      installed: (base) => this.#installed(seen, base),
      settle: (now) => {
        this.#turn(machine, seen, before.status, now, replica.termAt(before.status.lastIndex));
        before.status = now;
      },
    });
  }

  gone(process: NodeProcess): void {
    this.#running.delete(process);
  }

  /** After a start, a founding or a new format: which id does the folder show (rules S2, S3)? */
  identityShown(machine: Machine, id: MemberId): void {
    const before = this.#identities.get(machine);
    if (before === id) return;
    this.#identities.set(machine, id);
    const owner = this.#ids.get(id);
    hold(owner === undefined || owner === machine, `S2: ${machine.name} shows id ${id}, which ${owner?.name ?? ''} drew`);
    hold(before === undefined || owner === undefined, `S2: ${machine.name} shows id ${id} again`);
    this.#ids.set(id, machine);
    this.#checkDurableIdentity(machine, id);
  }

  /** A node set its folder aside (rule S3). */
  setAside(machine: Machine, id: MemberId): void {
    hold(this.#removed.has(id), `S3: ${machine.name} set aside the folder of ${id}, which no committed configuration dropped`);
  }

  forgetVolume(machine: Machine): void {
    const id = this.#identities.get(machine);
    if (id) this.#lost.add(id);
    this.#identities.delete(machine);
  }

  frameLeaves(machine: Machine, to: MemberId, frame: PeerFrame): void {
    if (frame.type !== 'protocol' || !machine.process) return;
    const disk = machine.durableLog();
    if (disk) this.#checker.messageLeaves(disk, to, machine.process.build.decodeRaftMessage(frame.bytes));
  }

  /** Log matching among all that run. */
  checkLogs(): void {
    this.#checker.checkLogMatching([...this.#running].filter(([process]) => process.isAlive).map(([, { seen }]) => seen.core));
  }

  #checkDurableIdentity(machine: Machine, id: MemberId): void {
    const file = machine.disk?.durableFiles('current').find(({ name }) => name === 'identity');
    const identity = file && machine.build.decodeIdentity(file.bytes, 'identity');
    hold(identity?.ok === true && identity.value.memberId === id, `S2: ${machine.name} shows an id that its disk does not hold`);
  }

  #diskOf(id: MemberId): DurableView | null {
    const machine = this.#ids.get(id);
    // What it acknowledged before its volume was lost still counts, for whoever heard of it.
    if (this.#lost.has(id)) return everything;
    if (!machine || this.#identities.get(machine) !== id) return null;
    return this.#world.isDamaged(machine) ? everything : machine.durableLog();
  }

  /** `termOfOldEnd` is that of the entry that stands now where the log ended before. */
  #turn(machine: Machine, seen: Observed, before: CoreStatus, now: CoreStatus, termOfOldEnd: number | null): void {
    if (now.role === 'leader' && (before.role !== 'leader' || before.term !== now.term)) this.counters.elections += 1;
    // What replaced the old end may be longer than it was.
    if (now.lastIndex < before.lastIndex || (termOfOldEnd !== null && termOfOldEnd !== before.lastTerm))
      this.counters.truncations += 1;
    this.#checker.afterTurn(seen, (id) => this.#diskOf(id));
    this.#checkConfigurations(machine, now);
  }

  /** Rule S1: one change at a time; what counts outside is committed, and the same everywhere. */
  #checkConfigurations(machine: Machine, { configuration, committedConfiguration, commitIndex }: CoreStatus): void {
    hold(committedConfiguration.index <= commitIndex, `S1: ${machine.name} takes an uncommitted configuration for committed`);
    hold(configuration.index >= committedConfiguration.index, `S1: ${machine.name} forgot a committed configuration`);
    if (configuration.index <= commitIndex)
      hold(
        configuration.index === committedConfiguration.index,
        `S1: ${machine.name} missed that its configuration is committed`,
      );
    const known = this.#committed;
    if (!known || committedConfiguration.index > known.index) {
      if (known && committedConfiguration.members.length > 0) {
        this.counters.configurationsCommitted += 1;
        for (const { id } of committedConfiguration.removed) this.#removed.add(id);
      }
      if (committedConfiguration.members.length > 0) this.#committed = committedConfiguration;
    } else if (committedConfiguration.index === known.index && known.index > 0) {
      const same = JSON.stringify(known) === JSON.stringify(committedConfiguration);
      hold(same, `S1: two committed configurations at index ${known.index}`);
    }
  }

  #installed(seen: Observed, base: LogBase): void {
    this.counters.installedSnapshots += 1;
    this.#checker.installed(seen, base.index);
  }

  #applied(machine: Machine, serving: Serving, seen: Observed, entry: Entry): void {
    this.#checker.emitted(seen, entry);
    if (entry.kind !== 'command') return;
    const { state } = serving.replica;
    this.#checkTime(entry, state.timeMs);
    // Rule S15: what the same entries did is the same, at one feature level.
    const key = `${entry.index}/${state.featureLevel}`;
    const known = this.#stateHashes.get(key);
    if (!known) this.#stateHashes.set(key, { hash: state.stateHash, machine: machine.name });
    else hold(known.hash === state.stateHash, `S15: ${machine.name} and ${known.machine} differ after entry ${entry.index}`);
  }

  /** Log time as the state has it after an entry: never falling along the log, and not ahead of the clocks that are right. */
  #checkTime({ index }: Entry, timeMs: number): void {
    for (let before = index - 1; before > Math.max(0, index - 8); before -= 1) {
      const earlier = this.#times.get(before);
      if (earlier === undefined) continue;
      hold(timeMs >= earlier, `S13: log time falls at entry ${index}`);
      break;
    }
    this.#times.set(index, timeMs);
    const aheadMs = timeMs - EPOCH_MS - this.#world.nowMs();
    hold(aheadMs <= this.#world.logTimeAheadMs, `S13: log time is ${aheadMs} ms ahead at entry ${index}`);
  }
}

/** Of a damaged disk nothing is asked: it counts as holding all that it acknowledged before. */
const everything: DurableView = {
  hardState: { term: 0, vote: null },
  lastIndex: 0,
  baseIndex: Number.MAX_SAFE_INTEGER,
  termAt: () => null,
};
