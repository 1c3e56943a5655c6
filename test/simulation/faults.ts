/** Does to the world what its plan says, within what the system promises to survive; and takes it all back when peace begins. */
import type { Random } from '../../src/shared/random.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import type { Configuration, Member } from '../../src/consensus/core.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import type { PeerFrame } from '../../src/wire/peer/frame.ts';
import type { Operation } from '../support/simulated-disk.ts';
import { restorePast, scaleInAndBack } from './episodes.ts';
import { clientFaults } from './faults-of-clients.ts';
import { diskFaults } from './faults-of-disks.ts';
import { memberFaults } from './faults-of-members.ts';
import { networkFaults } from './faults-of-networks.ts';
import { processFaults } from './faults-of-processes.ts';
import type { FaultName } from './fault-table.ts';
import type { Death, Machine } from './machine.ts';
import type { Occurrence } from './plan.ts';
import type { World } from './world.ts';

/** False when there is nothing that this fault could be done to now. */
export type Strike = (faults: Faults, random: Random) => boolean;

const handlers: Record<FaultName, Strike> = {
  ...processFaults,
  ...networkFaults,
  ...clientFaults,
  ...diskFaults,
  ...memberFaults,
  'past-volume': restorePast,
  'scale-in-and-back': scaleInAndBack,
};

/** What insists is tried again after so long. */
const INSISTING_MS = 300;
/** All is well within so long of the end of all faults, or not soon enough. */
const CALM_MS_MAX = 8000;

/** One more sync covers what came before (rule S11: X); with the idle batch that is three at most. */
const SYNCS_UNTIL_COVERED = 3;

interface Armed {
  /** Null: some other time. */
  readonly decide: (operation: Operation) => string | null;
}

export class Faults {
  readonly world: World;
  readonly #random: Random;
  #underWay = false;
  #peace = false;
  /** While set, nothing else happens: what is under way rests on everybody else being well. */
  #exclusive = false;
  /** Machines that stay down for now: nothing else starts them. */
  readonly #down = new Set<Machine>();
  /** What ends the faults that are under way. */
  readonly #undo = new Set<() => void>();
  /** Machines whose power goes at one of their next syncs, or when their role changes. */
  readonly #atSync = new Map<Machine, { syncs: number; readonly random: Random }>();
  readonly #atElection = new Map<Machine, Random>();
  /** Machines whose power goes at the sync of a batch that can be torn. */
  readonly #tears = new Map<Machine, Random>();
  readonly #armed = new Map<Machine, Armed>();
  /** Nobody counts on these disks any more; they are replaced. */
  readonly #damaged = new Map<Machine, MemberId | null>();
  /** Not to crash until so many syncs have covered the damage: before, it could not be told from a torn tail (rule S11). */
  readonly #protected = new Map<Machine, { syncs: number; readonly covered: () => void }>();
  readonly #misdirected = new Map<Machine, Random>();
  readonly #misreads = new Map<Machine, Random>();
  /** The one machine whose clock is wrong. */
  wrongClock: Machine | null = null;

  constructor(world: World, random: Random) {
    this.world = world;
    this.#random = random;
  }

  get isPeace(): boolean {
    return this.#peace;
  }

  get isUnderWay(): boolean {
    return this.#underWay;
  }

  isDamaged(machine: Machine): boolean {
    const id = this.#damaged.get(machine);
    // Once its member was replaced, the disk under the new id is another one.
    return id !== undefined && (id === machine.shownId || this.#isStillCounted(id));
  }

  mayStart(machine: Machine): boolean {
    return !this.#down.has(machine) && !machine.isUp;
  }

  begin(): void {
    const { plan, network, scheduler } = this.world;
    this.#underWay = true;
    network.wires.delayMs = plan.wireDelayMs;
    network.wires.slowShare = plan.slowShare;
    network.wires.slowMs = plan.slowMs;
    for (const occurrence of plan.occurrences) scheduler.after(occurrence.atMs, () => this.#strike(occurrence, 0));
  }

  /** Everything heals: who is down is started, what is cut is mended. */
  end(): void {
    this.#underWay = false;
    const { network } = this.world;
    network.wires.delayMs = [0.1, 1];
    network.wires.slowShare = 0;
    this.#undoAll();
    // What has not struck by now does not strike in peace.
    this.#misdirected.clear();
  }

  #undoAll(): void {
    this.#atSync.clear();
    this.#atElection.clear();
    this.#tears.clear();
    this.#armed.clear();
    for (const undo of [...this.#undo]) undo();
  }

  beginPeace(): void {
    this.#peace = true;
  }

  /** How often a frame arrives. */
  copiesOf(frame: PeerFrame): number {
    if (!this.#underWay) return 1;
    const { lossShare, duplicateShare } = this.world.plan;
    // What clients asked for passes once or not at all, as over TCP: twice would be done twice.
    const isForward = frame.type === 'forward-request' || frame.type === 'forward-answer';
    const die = this.#random.fraction();
    if (die < (isForward ? lossShare / 8 : lossShare)) {
      this.world.counters.count('fault: frames lost');
      return 0;
    }
    if (isForward || die <= 1 - duplicateShare) return 1;
    this.world.counters.count('fault: frames duplicated');
    return 2;
  }

  beforeDiskOperation(machine: Machine, { kind }: Operation): void {
    if (kind !== 'datasync' && kind !== 'syncFolder') return;
    if (kind === 'datasync') {
      this.#noteSync(machine);
      this.#maybeTear(machine);
    }
    const armed = this.#atSync.get(machine);
    if (!armed || !this.mayCrash(machine)) return;
    armed.syncs -= 1;
    if (armed.syncs > 0) return;
    this.#atSync.delete(machine);
    // Right before the sync, while it is under way, or right after it.
    this.#soon(machine, armed.random);
  }

  #maybeTear(machine: Machine): void {
    const random = this.#tears.get(machine);
    if (!random || (machine.disk?.unsyncedUnits('current/wal', '.wal') ?? 0) < 2) return;
    this.world.scheduler.after(0, () => {
      if (!this.#underWay || this.#exclusive || !this.takeDown(machine, 'power-lost-tearing', this.downMs(random))) return;
      this.#tears.delete(machine);
    });
  }

  roleChanged(machine: Machine): void {
    const random = this.#atElection.get(machine);
    if (!random || random.below(2) === 0) return;
    this.#atElection.delete(machine);
    this.#soon(machine, random);
  }

  diskFault(machine: Machine, operation: Operation): string | null {
    const armed = this.#armed.get(machine);
    const code = armed?.decide(operation) ?? null;
    if (code !== null) this.#armed.delete(machine);
    return code;
  }

  misdirect(machine: Machine, operation: Operation, at: number): { path: string; offset: number } | null {
    const { kind, path } = operation;
    if (kind === 'read') return this.#misread(machine, path);
    const random = this.#misdirected.get(machine);
    // In the middle of a segment, that is a batch; what is written at the beginning is one that has no name yet.
    if (!random || kind !== 'write' || !path.startsWith('current/wal/') || at === 0) return null;
    if (!this.#hasRoomForDamage(machine)) {
      this.#misdirected.delete(machine);
      return null;
    }
    const targets = machine.disk?.durableFiles('current/wal').filter(({ name }) => name.endsWith('.wal')) ?? [];
    const target = targets[random.below(Math.max(1, targets.length))];
    if (!target) return null;
    this.#misdirected.delete(machine);
    this.world.counters.count('fault: misdirected-write');
    this.damage(machine);
    this.#protect(machine, random);
    // Over a header: of another segment, or of the very one that it was meant for.
    return { path: `current/wal/${target.name}`, offset: 0 };
  }

  #misread(machine: Machine, path: string): { path: string; offset: number } | null {
    const random = this.#misreads.get(machine);
    if (!random || !path.endsWith('.wal')) return null;
    this.#misreads.delete(machine);
    this.world.counters.count('reads misdirected');
    this.#seeWhetherItServes(machine);
    return { path, offset: 512 * (1 + random.below(8)) };
  }

  armPowerLossAtSync(machine: Machine, syncs: number, random: Random): void {
    this.#atSync.set(machine, { syncs, random });
  }

  /** False when it is armed already. */
  armTear(machine: Machine, random: Random): boolean {
    if (this.#tears.has(machine)) return false;
    this.#tears.set(machine, random);
    return true;
  }

  armPowerLossAtElection(machine: Machine, random: Random): void {
    this.#atElection.set(machine, random);
  }

  /** The next operation for which `decide` names an errno fails with it. */
  armDiskFault(machine: Machine, decide: Armed['decide']): boolean {
    if (!this.mayCrash(machine)) return false;
    this.#armed.set(machine, { decide });
    return true;
  }

  /** The next whole segment that is read comes from where another one is. */
  armMisdirectedRead(machine: Machine, random: Random): void {
    this.#misreads.set(machine, random);
  }

  armMisdirectedWrite(machine: Machine, random: Random): void {
    this.#misdirected.set(machine, random);
  }

  /** Kills it once what was damaged cannot be taken for a torn tail any more. */
  damageThenKill(machine: Machine, random: Random): void {
    this.damage(machine);
    this.#protect(machine, random);
  }

  mayCrash(machine: Machine): boolean {
    return !this.#protected.has(machine) && !this.#misdirected.has(machine);
  }

  /** One disk less than a majority of the voters may be damaged, until its member is replaced. */
  mayDamage(machine: Machine): boolean {
    if (this.#damaged.has(machine) || this.#armed.has(machine) || !this.mayCrash(machine)) return false;
    return this.#hasRoomForDamage(machine);
  }

  damageable(random: Random): Machine | null {
    const able = this.world.machines.filter((machine) => machine.isUp && this.mayDamage(machine));
    return able[random.below(Math.max(1, able.length))] ?? null;
  }

  #hasRoomForDamage(machine: Machine): boolean {
    for (const [damaged, id] of [...this.#damaged]) if (!this.#isStillCounted(id)) this.#damaged.delete(damaged);
    const committed = votersOf(this.world.watcher.committedConfiguration);
    // A removal under way counts as done.
    const newest = votersOf(this.leader()?.node?.serving?.replica.status.configuration ?? null);
    const size = Math.min(committed.length, newest.length) - (this.world.operator.isRemoving ? 1 : 0);
    return committed.some(({ id }) => id === machine.shownId) && (this.#damaged.size + 1) * 2 < size;
  }

  damage(machine: Machine): void {
    this.#damaged.set(machine, machine.shownId);
    this.world.watcher.noteDamage(machine);
  }

  undamage(machine: Machine): void {
    this.#damaged.delete(machine);
  }

  /** Until its removal is committed, whatever became of the machine. */
  #isStillCounted(damaged: MemberId | null): boolean {
    const members = this.world.watcher.committedConfiguration?.members ?? [];
    return damaged !== null && members.some(({ id }) => id === damaged);
  }

  /** A machine that is up; every other time the leader: that is where it hurts. */
  target(random: Random): Machine | null {
    const up = this.world.machines.filter((machine) => machine.isUp && this.mayCrash(machine));
    const leader = this.leader();
    if (leader && up.includes(leader) && random.below(2) === 0) return leader;
    return up[random.below(Math.max(1, up.length))] ?? null;
  }

  leader(): Machine | null {
    let found: Machine | null = null;
    let term = 0;
    for (const machine of this.world.machines) {
      const status = machine.node?.serving?.replica.status;
      if (status?.role !== 'leader' || status.term <= term) continue;
      found = machine;
      ({ term } = status);
    }
    return found;
  }

  /**
   * What is under way ends, and nothing else begins until the returned function is called; resolves once all are well. Null when somebody
   * else asked for the same, or all do not become well in time.
   */
  async calm(): Promise<(() => void) | null> {
    const { scheduler } = this.world;
    if (this.#exclusive || !this.#underWay) return null;
    this.#exclusive = true;
    const release = (): void => {
      this.#exclusive = false;
    };
    this.#undoAll();
    const endMs = scheduler.nowMs + CALM_MS_MAX;
    while (this.isUnderWay && scheduler.nowMs < endMs) {
      if (this.world.isWell() && this.#protected.size === 0) return release;
      await scheduler.sleep(100);
    }
    release();
    return null;
  }

  downMs(random: Random): number {
    return random.below(3) === 0 ? 50 + random.fraction() * 300 : random.fraction() * 4000;
  }

  takeDown(machine: Machine, death: Death, downMs: number): boolean {
    if (!machine.isUp || !this.mayCrash(machine)) return false;
    machine.die(death);
    this.#down.add(machine);
    this.for(downMs, () => {
      this.#down.delete(machine);
      if (this.world.operator.mayRun(machine)) machine.start();
    });
    return true;
  }

  /** `undo` comes once: after this time, or when peace begins. */
  for(durationMs: number, undo: () => void): void {
    const once = (): void => {
      if (this.#undo.delete(once)) undo();
    };
    this.#undo.add(once);
    this.world.scheduler.after(durationMs, once);
  }

  #strike(occurrence: Occurrence, attempt: number): void {
    const { fault, seed, number, insists } = occurrence;
    if (!this.#underWay) return;
    if (this.#exclusive || !handlers[fault](this, new SeededRandom(seed + attempt))) {
      if (insists) this.world.scheduler.after(INSISTING_MS, () => this.#strike(occurrence, attempt + 1));
      return;
    }
    if (fault !== 'misdirected-write') this.world.counters.count(`fault: ${fault}`);
    this.world.trace(null, `fault ${number}: ${fault}`, {});
  }

  #soon(machine: Machine, random: Random): void {
    this.world.scheduler.after(random.below(2) === 0 ? 0 : random.fraction() * 2, () => {
      if (this.#underWay && !this.#exclusive) this.takeDown(machine, 'power-lost', this.downMs(random));
    });
  }

  #protect(machine: Machine, random: Random): void {
    const covered = (): void => {
      this.world.scheduler.after(5 + random.fraction() * 500, () => {
        if (machine.isUp) this.takeDown(machine, 'killed', 100);
        this.#seeWhetherItServes(machine);
      });
    };
    this.#protected.set(machine, { syncs: SYNCS_UNTIL_COVERED, covered });
  }

  #noteSync(machine: Machine): void {
    const watched = this.#protected.get(machine);
    if (!watched) return;
    watched.syncs -= 1;
    if (watched.syncs >= 0) return;
    this.#protected.delete(machine);
    watched.covered();
  }

  /**
   * Damage that touched nothing of use leaves a member that serves; one whose log was damaged has it again from the others in a while (rule
   * S11); a folder that cannot be opened is for a person to replace.
   */
  #seeWhetherItServes(machine: Machine): void {
    const { watcher, operator, scheduler } = this.world;
    const neededIndex = watcher.committedIndex;
    const damaged = this.#damaged.get(machine);
    scheduler.after(3000, () => {
      const { node } = machine;
      // Its member may have been replaced meanwhile, and the new one's disk damaged: that has a look of its own.
      if (damaged === undefined || this.#damaged.get(machine) !== damaged || node?.halt) return;
      if (!node) {
        if (operator.isWanted(machine)) operator.replace.add(machine);
      } else if (node.serving?.replica.status.healing === false && (machine.durableLog()?.lastIndex ?? 0) >= neededIndex) {
        this.undamage(machine);
      } else this.#seeWhetherItServes(machine);
    });
  }
}

function votersOf(configuration: Configuration | null): readonly Member[] {
  return configuration?.members.filter(({ role }) => role === 'voter') ?? [];
}
