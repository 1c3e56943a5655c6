/**
 * A machine of the world: a name, a volume, a clock, and at most one running process, which is the production node with the doors of the
 * world in place of the machine's. A process dies in two ways: killed, when all that it wrote stays readable; or with the power, when what
 * was not synced is there, gone or torn (test/support/simulated-disk.ts).
 */
import type { Log } from '../../src/node/log.ts';
import type { NodeConfig } from '../../src/node/node-config.ts';
import type { NodePorts, PeerNetwork } from '../../src/node/ports.ts';
import type { StorageNode } from '../../src/node/storage-node.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import type { Random } from '../../src/shared/random.ts';
import type { PeerFrame } from '../../src/wire/peer/frame.ts';
import { SimulatedDisk } from '../support/simulated-disk.ts';
import type { Operation, SimulatedDiskOptions } from '../support/simulated-disk.ts';
import type { Build } from './builds.ts';
import { ClientDoor } from './client-door.ts';
import { DurableLog } from './durable-log.ts';
import { LocalTime, MachineClock } from './machine-clock.ts';
import { peerTransport } from './network.ts';
import type { Endpoint, Network } from './network.ts';
import { RestartBackOff } from './restart-back-off.ts';

/** `power-lost-tearing`: of what is written and not synced, every other sector survives. */
export type Death = 'killed' | 'power-lost' | 'power-lost-tearing';

/** What the world knows and decides about all machines. */
export interface MachineWorld {
  readonly network: Network;
  readonly limits: NodeConfig['limits'];
  /** Something that no fault explains: the run has failed. */
  failed(machine: Machine, error: unknown): void;
  /** The process ended by itself, as production does at a failed sync; the world starts it again. */
  exited(machine: Machine, reason: string): void;
  /** A member opened its log, or closed it. */
  served(machine: Machine, process: NodeProcess): void;
  /** A frame is about to leave; the copies that the network takes: 0 loses it. */
  frameLeaves(machine: Machine, to: { readonly id: MemberId; readonly name: string }, frame: PeerFrame): number;
  beforeDiskOperation(machine: Machine, operation: Operation): void;
  diskFault(machine: Machine, operation: Operation): string | null;
  misdirect(machine: Machine, operation: Operation, offset: number, length: number): { path: string; offset: number } | null;
  trace(machine: Machine, sentence: string, data: object): void;
}

/** How long the disk takes, in milliseconds. */
export interface DiskPace {
  writeMs: readonly [number, number];
  syncMs: readonly [number, number];
}

export const PACE: DiskPace = { writeMs: [0.02, 0.1], syncMs: [0.2, 2] };
export const CAPACITY_BYTES = 64 * 1024 * 1024;

export class NodeProcess implements Endpoint {
  readonly host: string;
  readonly build: Build;
  readonly random: Random;
  readonly clock: MachineClock;
  readonly disk: SimulatedDisk;
  node: StorageNode | null = null;
  /** What the world last saw of it. */
  observed: StorageNode['serving'] = null;
  isHaltSeen = false;
  isAlive = true;
  #isPaused = false;
  readonly #backlog: (() => void)[] = [];
  readonly #machine: Machine;

  constructor(machine: Machine, build: Build, random: Random, openDisk: (options: SimulatedDiskOptions) => SimulatedDisk) {
    this.#machine = machine;
    this.host = machine.name;
    this.build = build;
    this.random = random;
    this.clock = new MachineClock(machine.world.network.scheduler, machine.time, (act) => this.deliver(act));
    this.disk = openDisk(this.#diskOptions());
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  deliver(act: () => void): void {
    if (!this.isAlive) return;
    if (this.#isPaused) {
      this.#backlog.push(act);
      return;
    }
    this.#machine.touched = this;
    try {
      act();
    } catch (error) {
      this.#machine.world.failed(this.#machine, error);
    }
  }

  pause(): void {
    this.#isPaused = true;
  }

  /** What came meanwhile is met all at once, in the order in which it came. */
  resume(): void {
    this.#isPaused = false;
    for (const act of this.#backlog.splice(0)) this.deliver(act);
  }

  end(): void {
    this.isAlive = false;
    this.#backlog.length = 0;
    this.disk.freeze();
  }

  #diskOptions(): SimulatedDiskOptions {
    const machine = this.#machine;
    const { world } = machine;
    const { scheduler } = world.network;
    return {
      get capacityBytes() {
        return machine.capacityBytes;
      },
      error: (code, message) => new this.build.DiskError(code, message),
      hop: (operation) => {
        const delayMs = machine.diskDelayMs(operation, this.random);
        if (delayMs === 0) return Promise.resolve();
        return new Promise((resolve) => scheduler.after(delayMs, () => this.deliver(resolve)));
      },
      beforeOperation: (operation) => world.beforeDiskOperation(machine, operation),
      fault: (operation) => world.diskFault(machine, operation),
      misdirect: (operation, offset, length) => world.misdirect(machine, operation, offset, length),
    };
  }
}

export class Machine {
  readonly name: string;
  readonly world: MachineWorld;
  readonly time: LocalTime;
  pace: DiskPace = PACE;
  capacityBytes = CAPACITY_BYTES;
  build: Build;
  process: NodeProcess | null = null;
  /** The process that ran last in this event. */
  touched: NodeProcess | null = null;
  /** The volume, while nobody runs on it. */
  #volume: SimulatedDisk | null = null;
  #diedBy: Death = 'killed';
  readonly #random: Random;
  readonly durable: DurableLog;
  starts = 0;
  /** Its folder could not be opened at its last start: no start will. */
  isUnreadable = false;
  readonly backOff = new RestartBackOff();
  #startedAtMs = 0;
  /** How long the process ran that ended last. */
  ranMs = 0;
  /** The id that its folder was last seen with. */
  shownId: MemberId | null = null;

  constructor(name: string, world: MachineWorld, build: Build, random: Random) {
    this.name = name;
    this.world = world;
    this.build = build;
    this.#random = random;
    this.time = new LocalTime(world.network.scheduler);
    this.durable = new DurableLog(build, new SimulatedDisk());
  }

  get isUp(): boolean {
    return this.process !== null;
  }

  get disk(): SimulatedDisk | null {
    return this.process?.disk ?? this.#volume;
  }

  get node(): StorageNode | null {
    return this.process?.node ?? null;
  }

  get memberId(): MemberId | null {
    return this.node?.dataFolder.identity.memberId ?? null;
  }

  /** The log as a crash would leave it. */
  durableLog(): DurableLog | null {
    const { disk } = this;
    return disk && this.durable.refresh(disk);
  }

  diskDelayMs({ kind }: Operation, random: Random): number {
    if (kind === 'read' || kind === 'space') return 0;
    const [least, most] = kind === 'datasync' || kind === 'syncFolder' ? this.pace.syncMs : this.pace.writeMs;
    return least + random.fraction() * (most - least);
  }

  start(): void {
    if (this.process) return;
    this.starts += 1;
    this.#startedAtMs = this.world.network.scheduler.nowMs;
    const volume = this.#volume;
    this.#volume = null;
    const process = new NodeProcess(this, this.build, this.#random.split(), (options) => {
      if (!volume) return new SimulatedDisk(options);
      if (this.#diedBy === 'killed') return volume.fork(options);
      return volume.afterCrash(this.#random, this.#diedBy === 'power-lost' ? 'random' : 'tear', options);
    });
    this.process = process;
    process.deliver(() => {
      this.#boot(process).catch((error: unknown) => this.#bootFailed(process, error));
    });
  }

  die(death: Death): void {
    const { process } = this;
    if (!process) return;
    this.process = null;
    this.ranMs = this.world.network.scheduler.nowMs - this.#startedAtMs;
    process.end();
    this.world.network.abandon(process, death === 'killed');
    this.#volume = process.disk;
    this.#diedBy = death;
  }

  /** The volume is gone, and an empty one takes its place. */
  loseVolume(): void {
    this.die('power-lost');
    this.#volume = null;
    this.shownId = null;
    this.isUnreadable = false;
    this.backOff.forget();
  }

  /** For a disk of the past: what a copy of the volume taken now would hold, and a way to put such a copy in place. */
  copyVolume(): SimulatedDisk | null {
    return this.disk?.fork() ?? null;
  }

  restoreVolume(copy: SimulatedDisk): void {
    this.die('killed');
    this.#volume = copy;
    this.#diedBy = 'killed';
  }

  async #boot(process: NodeProcess): Promise<void> {
    const { build, random, clock, disk } = process;
    const opened = await build.openDataFolder(disk, random.split());
    this.isUnreadable = !opened.ok;
    if (!opened.ok) {
      this.#exit(process, `the data folder cannot be opened: ${opened.reason.file}: ${opened.reason.message}`);
      return;
    }
    const ports: NodePorts = {
      disk,
      clock,
      random: random.split(),
      openNetwork: (handler) => this.#openNetwork(process, handler),
    };
    const node = new build.StorageNode({
      config: nodeConfig(this.name, this.world.limits),
      ports,
      dataFolder: opened.value,
      log: this.#log(),
      fatal: (reason) => this.#exit(process, reason),
    });
    process.node = node;
    new ClientDoor(process, node, this.world.network).open();
    await node.start();
  }

  #bootFailed(process: NodeProcess, error: unknown): void {
    if (error instanceof process.build.DiskError) this.#exit(process, `could not start: ${error.message}`);
    else this.world.failed(this, error);
  }

  #exit(process: NodeProcess, reason: string): void {
    if (this.process !== process) return;
    this.die('killed');
    this.world.exited(this, reason);
  }

  async #openNetwork(process: NodeProcess, handler: Parameters<NodePorts['openNetwork']>[0]): Promise<PeerNetwork> {
    const { world } = this;
    const network = await process.build.MemberNetwork.open(
      {
        transport: peerTransport(world.network, process),
        secret: () => 'a secret that members share',
        clock: process.clock,
        random: process.random.split(),
      },
      handler,
    );
    return {
      send: (to, lane, frame) => {
        const copies = world.frameLeaves(this, to, frame);
        // Lost on the way: whoever sends it cannot know.
        if (copies === 0) return true;
        const taken = network.send(to, lane, frame);
        for (let copy = 1; copy < copies; copy += 1) network.send(to, lane, frame);
        return taken;
      },
      spokenLevels: (id) => network.spokenLevels(id),
      keep: (members) => network.keep(members),
      close: () => network.close(),
    };
  }

  #log(): Log {
    const say = (data: object, sentence: string): void => this.world.trace(this, sentence, data);
    return { debug: say, info: say, warn: say, error: say };
  }
}

function nodeConfig(name: string, limits: NodeConfig['limits']): NodeConfig {
  return {
    name,
    dataFolder: '/data',
    host: '0.0.0.0',
    clientPort: 6379,
    peerPort: 7946,
    httpPort: 8080,
    peers: { hostTemplate: '{name}', port: 7946 },
    peerSecretFile: '/secret',
    adminTokenFile: '/token',
    clientPasswordFile: null,
    logLevel: 'info',
    limits,
  };
}
