/**
 * Looks at every member in every turn of its loop, and at the disks of all, and throws when a rule is broken. It shares no code with what
 * it judges but the readers of bytes.
 */
import type { Configuration, CoreStatus, Entry, LogBase } from '../../src/consensus/core.ts';
import type { StorageNode } from '../../src/node/storage-node.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import type { Identity } from '../../src/wal/types.ts';
import type { PeerFrame } from '../../src/wire/peer/frame.ts';
import { hold, RaftChecker } from '../support/raft-checker.ts';
import type { DurableView, Observed, ObservedCore } from '../support/raft-checker.ts';
import { ConfigurationJudge } from './configuration-judge.ts';
import { durableFilesIn } from './durable-log.ts';
import { EPOCH_MS } from './machine-clock.ts';
import type { Machine, NodeProcess } from './machine.ts';
import { FoundingJudge } from './founding-judge.ts';
import { PromiseJudge } from './promise-judge.ts';
import { checkRest } from './rest-judge.ts';
import { SeatJudge } from './seat-judge.ts';
import { readNewestSnapshot } from './snapshot-judge.ts';

type Serving = NonNullable<StorageNode['serving']>;

export interface WatcherWorld {
  readonly machines: readonly Machine[];
  nowMs(): number;
  /** Its disk was damaged by a fault: what it held may be gone, and nobody may count on it. */
  isDamaged(machine: Machine): boolean;
  /** Whether bytes pass between the two in both directions, and the second runs. */
  reaches(from: Machine, to: string): boolean;
  /** How far log time may be ahead of true time (rule S13): most clocks are right. */
  readonly logTimeAheadMs: number;
}

export interface WatcherCounters {
  elections: number;
  installedSnapshots: number;
  truncations: number;
}

export class Watcher {
  readonly counters: WatcherCounters = {
    elections: 0,
    installedSnapshots: 0,
    truncations: 0,
  };
  readonly #world: WatcherWorld;
  readonly #checker = new RaftChecker();
  readonly #configurations = new ConfigurationJudge();
  readonly #foundings = new FoundingJudge();
  readonly #memberships = new Map<Machine, Identity['membership']>();
  readonly #promises = new PromiseJudge(this.#checker);
  readonly #seats = new SeatJudge();
  readonly #running = new Map<NodeProcess, { readonly machine: Machine; readonly seen: Observed; readonly serving: Serving }>();
  /** Who drew which id, and on which volume (rule S2). */
  readonly #ids = new Map<MemberId, Machine>();
  /** Whose disks were ever damaged: they alone may halt, or heal. */
  readonly #touched = new Set<Machine>();
  /** Who runs, or ran, on an older copy of its volume. */
  readonly #past = new Set<MemberId>();
  /** Whose volumes are gone. */
  readonly #lost = new Set<MemberId>();
  readonly #identities = new Map<Machine, MemberId>();
  /** Log time by index (rule S13). */
  readonly #times = new Map<number, number>();
  readonly #stateHashes = new Map<string, { readonly hash: string; readonly machine: string }>();

  constructor(world: WatcherWorld) {
    this.#world = world;
  }

  get committedConfiguration(): Configuration | null {
    return this.#configurations.newest;
  }

  get committedIndex(): number {
    return this.#checker.leaderCommit;
  }

  wasRemoved(id: MemberId): boolean {
    return this.#configurations.wasRemoved(id);
  }

  get configurationChanges(): number {
    return this.#configurations.changes;
  }

  /** Something was done to what its disk holds. */
  noteDamage(machine: Machine): void {
    this.#touched.add(machine);
  }

  serves(machine: Machine, process: NodeProcess, serving: Serving): void {
    const { replica } = serving;
    const core: ObservedCore = { status: () => replica.status, termAt: (index) => replica.termAt(index) };
    const status = replica.status;
    const applied = replica.appliedIndex;
    const seen: Observed = { core, commitIndex: status.commitIndex, emittedIndex: applied, term: status.term };
    this.#running.set(process, { machine, seen, serving });
    hold(
      !status.healing || this.#touched.has(machine),
      `S11: ${machine.name} lost entries of its log, and nothing was done to its disk`,
    );
    this.#checkBase(machine, serving, status);
    this.#checkLevel(machine, serving);
    const before: { status: CoreStatus } = { status };
    replica.join({
      propose: () => undefined,
      answered: () => undefined,
      applied: (entry) => this.#applied(machine, serving, seen, entry),
      installed: (base) => {
        this.#installed(seen, base);
        this.#configurations.checkBase(machine.name, base);
      },
      settle: (now) => {
        this.#turn(machine, serving, seen, [before.status, now]);
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

  /** What it was told of the cluster that it belongs to is on its disk (rule S6). */
  membershipShown(machine: Machine, { memberId, membership }: Identity): void {
    if (membership === null || this.#memberships.get(machine) === membership) return;
    this.#memberships.set(machine, membership);
    this.#foundings.accepted(machine.name, memberId, membership.founding);
    const durable = this.#durableIdentity(machine)?.membership?.founding ?? null;
    hold(
      JSON.stringify(durable) === JSON.stringify(membership.founding),
      `S6: ${machine.name} shows a founding that its disk does not hold`,
    );
  }

  /** A node set its folder aside (rule S3), and shows another id now. */
  setAside(machine: Machine, former: MemberId, id: MemberId): void {
    hold(
      this.wasRemoved(former),
      `S3: ${machine.name} set aside the folder of ${former}, which no committed configuration dropped`,
    );
    hold(id !== former, `S2: ${machine.name} formatted its disk anew, and keeps the id ${id}`);
  }

  /** Why it serves nothing: a disk that nobody touched is no reason. */
  halted(machine: Machine, reason: string): void {
    hold(this.#touched.has(machine), `S11: ${machine.name} is halted, and nothing was done to its disk: ${reason}`);
  }

  forgetVolume(machine: Machine): void {
    const id = this.#identities.get(machine);
    if (id) this.#lost.add(id);
    this.#identities.delete(machine);
  }

  frameLeaves(machine: Machine, to: MemberId, frame: PeerFrame): void {
    const { process } = machine;
    if (frame.type !== 'protocol' || !process) return;
    const message = process.build.decodeRaftMessage(frame.bytes);
    const disk = this.#world.isDamaged(machine) ? null : machine.durableLog();
    if (disk) this.#checker.messageLeaves(disk, to, message);
    const running = this.#running.get(process);
    const id = machine.memberId;
    if (!running || !id) return;
    const { core } = running.seen;
    if (message.type === 'append-response' && message.accepted) {
      const term = core.termAt(message.matchIndex);
      if (term !== null) this.#promises.acknowledged(id, { term, index: message.matchIndex }, message.term);
    } else if (message.type === 'vote-request' || (message.type === 'vote-response' && message.granted)) {
      // Of a disk of the past nobody may know so: its last acknowledgements were lost on the way, or their leader went (rule S12).
      if (!this.#past.has(id) || this.#isRemembered(id)) this.#promises.speaksInElection(id, core);
    }
  }

  /** An older copy of its volume is about to run. */
  notePast(id: MemberId): void {
    this.#past.add(id);
  }

  /** Whether somebody who runs remembers all that this member is bound to. */
  #isRemembered(id: MemberId): boolean {
    const bound = this.#promises.boundOf(id);
    return [...this.#running].some(
      ([process, { serving }]) => process.isAlive && (serving.replica.memories.of(id)?.position.index ?? 0) >= bound,
    );
  }

  /**
   * An older copy of its volume runs, and all others are well: it knows by now that it is one, or it holds all that it promised (rule S12),
   * or nobody is left who remembers as much, which is documented as unsafe.
   */
  checkPast(machine: Machine, id: MemberId | null): void {
    const running = machine.process && this.#running.get(machine.process);
    if (!running || !id || machine.memberId !== id || running.serving.replica.status.healing) return;
    if (!this.#isRemembered(id)) return;
    hold(this.#promises.keeps(id, running.seen.core), `S12: ${machine.name} serves a disk of the past as if it were its own`);
  }

  /** A snapshot was taken: whole on the disk, with the configuration of its index. */
  async snapshotTaken(machine: Machine): Promise<void> {
    const { disk, build } = machine;
    if (!disk || this.#world.isDamaged(machine)) return;
    const base = await readNewestSnapshot(build, durableFilesIn(disk, '/snapshots'));
    if (base) this.#configurations.checkBase(machine.name, base);
  }

  /** A few times a second: does every leader still have a right to its seat? */
  checkSeats(): void {
    for (const [process, { machine, serving }] of this.#running) {
      if (!process.isAlive || process.isPaused) this.#seats.pardon(process);
      else
        this.#seats.look(this.#world.nowMs(), process, machine.name, serving.replica.status, ({ name }) =>
          this.#world.reaches(machine, name),
        );
    }
  }

  /** Nothing is asked any more, and everything has healed. */
  checkRest(wanted: number): void {
    const configuration = this.committedConfiguration;
    hold(configuration !== null, 'at rest there is a cluster');
    const members = configuration.members.map(({ id, name }) => {
      const machine = this.#world.machines.find((each) => each.name === name);
      const serving = machine?.memberId === id ? machine.node?.serving : null;
      return {
        id,
        name,
        halt: machine?.node?.halt?.message ?? null,
        status: serving?.replica.status ?? null,
        appliedIndex: serving?.replica.appliedIndex ?? 0,
        stateHash: serving?.replica.state.stateHash ?? '',
        openCalls: serving?.calls.open ?? 0,
      };
    });
    checkRest(configuration, wanted, members);
    this.checkLogs();
  }

  /** Log matching among all that run. */
  checkLogs(): void {
    this.#checker.checkLogMatching([...this.#running].filter(([process]) => process.isAlive).map(([, { seen }]) => seen.core));
  }

  #checkDurableIdentity(machine: Machine, id: MemberId): void {
    hold(this.#durableIdentity(machine)?.memberId === id, `S2: ${machine.name} shows an id that its disk does not hold`);
  }

  #durableIdentity(machine: Machine): Identity | null {
    const file = machine.disk && durableFilesIn(machine.disk, '').find(({ name }) => name === 'identity');
    const identity = file && machine.build.decodeIdentity(file.bytes, 'identity');
    return identity?.ok === true ? identity.value : null;
  }

  #diskOf(id: MemberId): DurableView | null {
    const machine = this.#ids.get(id);
    // What it acknowledged before its volume was lost still counts, for whoever heard of it.
    if (this.#lost.has(id)) return everything;
    if (!machine || this.#identities.get(machine) !== id) return null;
    return this.#world.isDamaged(machine) ? everything : machine.durableLog();
  }

  #turn(machine: Machine, serving: Serving, seen: Observed, [before, now]: readonly [CoreStatus, CoreStatus]): void {
    const isElected = now.role === 'leader' && (before.role !== 'leader' || before.term !== now.term);
    if (isElected) this.counters.elections += 1;
    // What replaced the old end may be longer than it was.
    const termOfOldEnd = serving.replica.termAt(before.lastIndex);
    if (now.lastIndex < before.lastIndex || (termOfOldEnd !== null && termOfOldEnd !== before.lastTerm))
      this.counters.truncations += 1;
    this.#checker.afterTurn(seen, (id) => this.#diskOf(id));
    this.#configurations.afterTurn(machine.name, serving.replica, before, now, this.committedIndex);
    if (isElected) this.checkLogs();
    if (isElected && now.configuration.index === 0) this.#foundings.formed(machine.name, now.configuration.members);
  }

  #checkBase(machine: Machine, { replica }: Serving, { firstIndex }: CoreStatus): void {
    const index = firstIndex - 1;
    const term = replica.termAt(index);
    if (term !== null)
      this.#configurations.checkBase(machine.name, { index, term, configuration: replica.configurationAt(index) });
  }

  /** Rule S16: nobody serves a level that its build does not speak, and it rises only when all members speak it. */
  #checkLevel(machine: Machine, { replica }: Serving): void {
    const { featureLevel } = replica.state;
    hold(
      featureLevel <= machine.build.FEATURE_LEVEL_MAX,
      `S16: ${machine.name} serves level ${featureLevel}, which its build does not speak`,
    );
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
