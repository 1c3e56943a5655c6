/** Does to the world what its plan says, within what the system promises to survive; and takes it all back when peace begins. */
import type { Random } from '../../src/shared/random.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import { assertNever } from '../../src/shared/assert.ts';
import type { PeerFrame } from '../../src/wire/peer/frame.ts';
import type { Operation } from '../support/simulated-disk.ts';
import type { Machine } from './machine.ts';
import { PAUSE_MS_MAX } from './plan.ts';
import type { Occurrence } from './plan.ts';
import type { World } from './world.ts';

export class Faults {
  readonly #world: World;
  readonly #random: Random;
  #underWay = false;
  #peace = false;
  /** Machines that stay down for now: nothing else starts them. */
  readonly #down = new Set<Machine>();
  /** What ends the faults that are under way. */
  readonly #undo = new Set<() => void>();
  /** Machines whose power goes at one of their next operations on a disk. */
  readonly #armed = new Map<Machine, { operations: number; readonly random: Random }>();

  constructor(world: World, random: Random) {
    this.#world = world;
    this.#random = random;
  }

  get isPeace(): boolean {
    return this.#peace;
  }

  added(_machine: Machine): void {
    return;
  }

  isDamaged(_machine: Machine): boolean {
    return false;
  }

  mayStart(machine: Machine): boolean {
    return !this.#down.has(machine) && !machine.isUp;
  }

  begin(): void {
    const { plan, network, scheduler } = this.#world;
    this.#underWay = true;
    network.wires.delayMs = plan.wireDelayMs;
    network.wires.slowShare = plan.slowShare;
    network.wires.slowMs = plan.slowMs;
    for (const occurrence of plan.occurrences) {
      scheduler.after(occurrence.atMs, () => {
        if (this.#underWay) this.#strike(occurrence);
      });
    }
  }

  /** Everything heals: who is down is started, what is cut is mended. */
  end(): void {
    this.#underWay = false;
    const { network } = this.#world;
    network.wires.delayMs = [0.1, 1];
    network.wires.slowShare = 0;
    this.#armed.clear();
    for (const undo of [...this.#undo]) undo();
    for (const machine of this.#world.machines) if (this.mayStart(machine)) machine.start();
  }

  beginPeace(): void {
    this.#peace = true;
  }

  copiesOf(_from: string, _to: string, frame: PeerFrame): number {
    if (!this.#underWay) return 1;
    const { lossShare, duplicateShare } = this.#world.plan;
    // What clients asked for passes once or not at all, as over TCP: twice would be done twice.
    const isForward = frame.type === 'forward-request' || frame.type === 'forward-answer';
    const die = this.#random.fraction();
    if (die < (isForward ? lossShare / 8 : lossShare)) {
      this.#world.counters.count('frames lost');
      return 0;
    }
    if (isForward || die > 1 - duplicateShare) {
      if (isForward) return 1;
      this.#world.counters.count('frames duplicated');
      return 2;
    }
    return 1;
  }

  beforeDiskOperation(machine: Machine, { kind }: Operation): void {
    const armed = this.#armed.get(machine);
    if (!armed || (kind !== 'datasync' && kind !== 'syncFolder')) return;
    armed.operations -= 1;
    if (armed.operations > 0) return;
    this.#armed.delete(machine);
    // Right before the sync, while it is under way, or right after it.
    this.#world.scheduler.after(armed.random.below(3) === 0 ? 0 : armed.random.fraction() * 4, () => {
      if (this.#underWay && machine.isUp) this.#takeDown(machine, 'power-lost', this.#downMs(armed.random));
    });
  }

  diskFault(_machine: Machine, _operation: Operation): string | null {
    return null;
  }

  misdirect(_machine: Machine, _operation: Operation, _offset: number, _length: number): { path: string; offset: number } | null {
    return null;
  }

  #strike({ fault, seed, number }: Occurrence): void {
    const { world } = { world: this.#world };
    const random = new SeededRandom(seed);
    const up = world.machines.filter((machine) => machine.isUp);
    // Every other time the leader: that is where it hurts.
    const leader = up.find((machine) => machine.node?.serving?.replica.status.role === 'leader');
    const target = leader && random.below(2) === 0 ? leader : up[random.below(Math.max(1, up.length))];
    if (!target) return;
    world.counters.count(`fault: ${fault}`);
    world.trace(target, `fault ${number}: ${fault}`, {});
    switch (fault) {
      case 'kill':
        this.#takeDown(target, 'killed', this.#downMs(random));
        return;
      case 'power-loss':
        this.#takeDown(target, 'power-lost', this.#downMs(random));
        return;
      case 'power-loss-at-sync':
        this.#armed.set(target, { operations: 1 + random.below(4), random });
        return;
      case 'power-loss-of-all':
        for (const machine of up) this.#takeDown(machine, 'power-lost', this.#downMs(random));
        return;
      case 'pause':
        this.#pause(target, 100 + random.fraction() * random.fraction() * (PAUSE_MS_MAX - 100));
        return;
      case 'isolate':
        this.#isolate(target, 500 + random.fraction() * 6000);
        return;
      default:
        assertNever(fault);
    }
  }

  #downMs(random: Random): number {
    return random.below(3) === 0 ? 50 + random.fraction() * 300 : random.fraction() * 4000;
  }

  #takeDown(machine: Machine, death: 'killed' | 'power-lost', downMs: number): void {
    machine.die(death);
    this.#down.add(machine);
    this.#for(downMs, () => {
      this.#down.delete(machine);
      if (!machine.isUp) machine.start();
    });
  }

  #pause(machine: Machine, durationMs: number): void {
    const { process } = machine;
    if (!process || process.isPaused) return;
    process.pause();
    this.#for(durationMs, () => process.resume());
  }

  #isolate(machine: Machine, durationMs: number): void {
    const { network, machines } = this.#world;
    const others = machines.filter((other) => other !== machine);
    for (const other of others) {
      network.cut(machine.name, other.name);
      network.cut(other.name, machine.name);
    }
    this.#for(durationMs, () => {
      for (const other of others) {
        network.mend(machine.name, other.name);
        network.mend(other.name, machine.name);
      }
    });
  }

  /** `undo` comes once: after this time, or when peace begins. */
  #for(durationMs: number, undo: () => void): void {
    const once = (): void => {
      if (this.#undo.delete(once)) undo();
    };
    this.#undo.add(once);
    this.#world.scheduler.after(durationMs, once);
  }
}
