/**
 * One seed, one world: machines, their disks, clocks and wires, clients and an operator, faults for a while, then peace, in which the
 * cluster must work again. The seed decides everything; nothing here asks the real clock or real chance.
 */
import type { NodeConfig } from '../../src/node/node-config.ts';
import type { FoundRequest } from '../../src/api/node-status.ts';
import { FIRST_GENERATION } from '../../src/shared/ids.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import { present } from '../../src/shared/assert.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import type { PeerFrame } from '../../src/wire/peer/frame.ts';
import { hold } from '../support/raft-checker.ts';
import type { Operation } from '../support/simulated-disk.ts';
import type { Builds } from './builds.ts';
import { CLUSTER_ID } from './cluster-id.ts';
import { startClients } from './clients.ts';
import type { Client } from './clients.ts';
import { describeOperation } from '../support/history/linearizability.ts';
import { History } from './history.ts';
import { readAll } from './last-look.ts';
import { Machine } from './machine.ts';
import type { MachineWorld, NodeProcess } from './machine.ts';
import { Network } from './network.ts';
import { Faults } from './faults.ts';
import { Operator } from './operator.ts';
import { drawPlan, OPERATIONS_MIN } from './plan.ts';
import type { Plan } from './plan.ts';
import { Scheduler } from './scheduler.ts';
import { Watcher } from './watcher.ts';
import { Counters } from './counters.ts';

/** Small, so that segments turn over, snapshots are taken and logs are cut all along. */
const LIMITS: NodeConfig['limits'] = {
  clientsMax: 1000,
  clientUnreadBytesMax: 8 * 1024 * 1024,
  uncommittedBytesMax: 256 * 1024,
  entryBytesMax: 4096,
  requestsMax: 512,
  requestBytesMax: 256 * 1024,
  dataBytesMax: 4 * 1024 * 1024,
  segmentBytes: 8192,
  snapshotLogBytes: 8192,
  trailingEntries: 20,
  trailingBytesMax: 64 * 1024,
  snapshotBytesPerSecond: 256 * 1024,
  scrubBytesPerSecond: 256 * 1024,
};

/** So long a founding takes that nothing disturbs. */
const FOUNDING_MS = 3000;
const FOUNDING_RETRY_MS = 300;
/** So long after the clients left a change of members may still take. */
const REST_MS_MAX = 40_000;

/** So long after a pod stopped in order the next one runs. */
const STOPPED_MS = 500;

const SEATS_EVERY_MS = 250;
/** After a loss of power there is a leader by then, and everybody reaches it. */
const ELECTED_MS = 10_000;
const READ_MS = 9000;
const AS_WANTED_MS_MAX = 120_000;
const ENOUGH_MS_MAX = 120_000;
/** Nearly all are; a change of the members' build or number may still be under way. */
const ANSWERED_SHARE_MIN = 0.8;

export interface RunReport {
  readonly seed: number;
  readonly failure: string | null;
  readonly traceHash: string;
  readonly steps: number;
  /** Faults that the plan held. */
  readonly occurrences: number;
  readonly virtualMs: number;
  readonly counters: Counters;
  readonly trace: readonly string[];
}

export interface RunOptions {
  readonly trace?: boolean;
  readonly plan?: Plan;
}

export class World implements MachineWorld {
  readonly plan: Plan;
  readonly builds: Builds;
  readonly limits = LIMITS;
  readonly scheduler = new Scheduler();
  readonly network: Network;
  readonly machines: Machine[] = [];
  /** Founders that have not accepted their founding yet: nobody joins them to anything else. */
  readonly founding = new Set<Machine>();
  readonly history: History;
  readonly watcher: Watcher;
  readonly counters = new Counters();
  readonly random: SeededRandom;
  readonly faults: Faults;
  readonly operator: Operator;
  readonly #trace: string[] | null;
  #clients: Client[] = [];
  #failure: string | null = null;

  constructor(builds: Builds, plan: Plan, options: RunOptions) {
    this.plan = plan;
    this.builds = builds;
    this.#trace = options.trace === true ? [] : null;
    this.random = new SeededRandom(plan.seed);
    this.network = new Network(this.scheduler, this.random.split());
    this.history = new History(this.scheduler, (operation) => {
      if (this.#trace) this.trace(null, describeOperation(operation), {});
    });
    this.faults = new Faults(this, this.random.split());
    this.operator = new Operator(this, this.random.split());
    this.watcher = new Watcher({
      machines: this.machines,
      nowMs: () => this.scheduler.nowMs,
      isDamaged: (machine) => this.faults.isDamaged(machine),
      reaches: (from, to) => this.network.runs(to) && !this.network.blocks(from.name, to) && !this.network.blocks(to, from.name),
      logTimeAheadMs: plan.logTimeAheadMs,
    });
  }

  get nowMs(): number {
    return this.scheduler.nowMs;
  }

  /** @throws whatever breaks a rule */
  async run(): Promise<void> {
    const { plan } = this;
    for (let number = 0; number < plan.members; number += 1) this.addMachine();
    for (const machine of this.machines) machine.start();
    await this.#pass(200);
    this.#found();
    this.#lookAtSeats();
    await this.#pass(plan.foundsInPeace ? FOUNDING_MS : 0);
    this.#clients = startClients(
      {
        network: this.network,
        history: this.history,
        hosts: () => this.machines.filter(({ isUp }) => isUp).map(({ name }) => name),
        asked: (client, host) =>
          this.counters.asked(this.faults.isPeace, () => this.hasQuorum() && !this.#isCutOff(client, host)),
        count: (what, by) => this.counters.count(what, by),
      },
      plan.clients,
      this.random.split(),
    );
    for (const client of this.#clients) void client.run().catch((error: unknown) => this.failed(null, error));
    this.operator.run().catch((error: unknown) => this.failed(null, error));
    this.faults.begin();
    await this.#pass(plan.faultsMs);
    this.faults.end();
    this.#startWhoWaits();
    await this.#pass(plan.settleMs);
    this.faults.beginPeace();
    await this.#pass(plan.peaceMs);
    await this.#untilAsWanted();
    await this.#untilEnoughWasAsked();
    for (const client of this.#clients) client.stop();
    await this.#pass(plan.clients.timeoutMs + 5000);
    this.#checkProgress();
    await this.#comeToRest();
    await this.#lookOnceMore();
    this.watcher.checkRest(this.operator.wanted);
    this.#judge();
  }

  /** Replacements and changes of size one at a time, as many as were left over. */
  async #untilAsWanted(): Promise<void> {
    const isAsWanted = (): boolean => {
      const members = this.watcher.committedConfiguration?.members ?? [];
      const areWell = members.every(({ id, role }) => role === 'voter' && this.machineOf(id)?.node?.halt === null);
      return areWell && members.length === this.operator.wanted && this.operator.replace.size === 0;
    };
    for (let waitedMs = 0; waitedMs < AS_WANTED_MS_MAX && !isAsWanted(); waitedMs += 1000) await this.#pass(1000);
  }

  /** Clients that were cut off for long have asked little: they go on in peace. */
  async #untilEnoughWasAsked(): Promise<void> {
    const endMs = this.nowMs + ENOUGH_MS_MAX;
    while (this.counters.operations < OPERATIONS_MIN && this.nowMs < endMs) await this.#pass(1000);
  }

  /** Once all has healed the cluster answers, in every single world. */
  #checkProgress(): void {
    const { asked, acknowledged } = this.counters.inPeace;
    hold(acknowledged >= ANSWERED_SHARE_MIN * asked, `in peace ${acknowledged} of ${asked} calls were acknowledged`);
  }

  /** What was begun in peace may still be under way: a scale is a dozen steps. @throws what is not at rest in the end */
  async #comeToRest(): Promise<void> {
    const isComplete = (): boolean => {
      const members = this.watcher.committedConfiguration?.members ?? [];
      return members.length === this.operator.wanted && members.every(({ role }) => role === 'voter');
    };
    const endMs = this.nowMs + REST_MS_MAX;
    while (!isComplete() && this.nowMs < endMs) await this.#pass(1000);
    await this.#pass(1000);
    this.watcher.checkRest(this.operator.wanted);
  }

  /** Nothing is asked; the power goes, and comes back; all is read. */
  async #lookOnceMore(): Promise<void> {
    const up = this.machines.filter(({ isUp }) => isUp);
    for (const machine of up) machine.die('power-lost');
    for (const machine of up) machine.start();
    await this.#pass(ELECTED_MS);
    const keys = this.history.keys();
    const names = new Set(this.watcher.committedConfiguration?.members.map(({ name }) => name));
    let left = names.size;
    for (const name of names)
      readAll(this.network, this.history, name, keys).then(
        () => (left -= 1),
        (error: unknown) => {
          this.#failure ??= describeError(error);
        },
      );
    await this.#pass(READ_MS);
    if (this.#failure !== null) throw new Error(this.#failure);
    hold(left === 0, `${left} members were not read in time`);
  }

  addMachine(build = this.builds.first): Machine {
    const machine = new Machine(`m-${this.machines.length}`, this, build, this.random.split());
    this.machines.push(machine);
    return machine;
  }

  /** An empty volume takes the place of the old one. */
  volumeLost(machine: Machine): void {
    this.watcher.forgetVolume(machine);
  }

  /** Every voter runs, knows the same leader, and reaches all others. */
  isWell(): boolean {
    const voters = this.watcher.committedConfiguration?.members.filter(({ role }) => role === 'voter') ?? [];
    const machines = voters.flatMap(({ id }) => this.machineOf(id) ?? []);
    const leaders = new Set(machines.map(({ node }) => node?.serving?.replica.status.leader?.id));
    if (machines.length < voters.length || leaders.size !== 1 || leaders.has(undefined)) return false;
    return machines.every(
      (one) => one.process?.isPaused === false && machines.every((other) => !this.network.blocks(one.name, other.name)),
    );
  }

  machineOf(id: MemberId): Machine | null {
    return this.machines.find((machine) => machine.memberId === id) ?? null;
  }

  /** A majority of the committed configuration's voters run, and reach each other both ways. */
  hasQuorum(): boolean {
    const configuration = this.watcher.committedConfiguration;
    if (!configuration) return false;
    const voters = configuration.members.filter(({ role }) => role === 'voter');
    const up = voters.flatMap(({ id }) => {
      const machine = this.machineOf(id);
      return machine?.process?.isPaused === false && machine.node?.halt === null ? [machine] : [];
    });
    return up.some((one) => {
      const reached = up.filter(
        (other) => !this.network.blocks(one.name, other.name) && !this.network.blocks(other.name, one.name),
      );
      return reached.length * 2 > voters.length;
    });
  }

  /** Whatever a quorum could answer does not reach this client. */
  #isCutOff(client: string, host: string): boolean {
    return this.network.blocks(client, host) || this.network.blocks(host, client);
  }

  get clientHosts(): readonly string[] {
    return this.#clients.map(({ host }) => host);
  }

  failed(machine: Machine | null, error: unknown): void {
    this.#failure ??= `${machine?.name ?? 'the world'} at ${this.nowMs.toFixed(3)} ms: ${describeError(error)}`;
    throw error;
  }

  exited(machine: Machine, reason: string): void {
    this.trace(machine, `the process ended: ${reason}`, {});
    this.counters.count('process exits');
    this.#startAfter(machine, machine.backOff.ended(this.nowMs, machine.ranMs));
  }

  /** On purpose, as a pod that is replaced. */
  stopped(machine: Machine, reason: string): void {
    this.trace(machine, `the process stopped: ${reason}`, {});
    machine.backOff.forget();
    this.#startAfter(machine, STOPPED_MS);
  }

  /** Nobody holds it down, and it has not just ended by itself. */
  mayStart(machine: Machine): boolean {
    return this.faults.mayStart(machine) && this.nowMs >= machine.backOff.notBeforeMs;
  }

  /** As a person does who deletes a pod in its back-off, once what made it fail is mended. */
  #startWhoWaits(): void {
    for (const machine of this.machines) {
      if (this.nowMs >= machine.backOff.notBeforeMs) continue;
      machine.backOff.forget();
      this.#startAfter(machine, 0);
    }
  }

  #startAfter(machine: Machine, waitMs: number): void {
    this.scheduler.after(waitMs, () => {
      if (this.mayStart(machine) && this.operator.mayRun(machine)) machine.start();
    });
  }

  served(): void {
    this.counters.count('logs opened');
  }

  frameLeaves(machine: Machine, to: { readonly id: MemberId; readonly name: string }, frame: PeerFrame): number {
    this.watcher.frameLeaves(machine, to.id, frame);
    return this.faults.copiesOf(frame);
  }

  beforeDiskOperation(machine: Machine, operation: Operation): void {
    this.faults.beforeDiskOperation(machine, operation);
  }

  diskFault(machine: Machine, operation: Operation): string | null {
    return this.faults.diskFault(machine, operation);
  }

  misdirect(machine: Machine, operation: Operation, offset: number): { path: string; offset: number } | null {
    return this.faults.misdirect(machine, operation, offset);
  }

  trace(machine: Machine | null, sentence: string, data: object): void {
    this.counters.said(sentence);
    if (machine && sentence === 'role changed') this.faults.roleChanged(machine);
    if (machine && sentence === 'took a snapshot')
      this.watcher.snapshotTaken(machine).catch((error: unknown) => this.failed(machine, error));
    this.#trace?.push(
      `${(this.nowMs / 1000).toFixed(4).padStart(9)} ${(machine?.name ?? '').padEnd(4)} ${sentence} ${JSON.stringify(data)}`,
    );
  }

  get traceLines(): readonly string[] {
    return this.#trace ?? [];
  }

  /** Founds the cluster of the machines that there are (rule S6). */
  #found(): void {
    const members = this.machines.map((machine) => ({
      id: present(machine.memberId, 'a node shows its id'),
      name: machine.name,
    }));
    const request = { clusterId: CLUSTER_ID, generation: FIRST_GENERATION, epoch: 1, members };
    for (const machine of this.machines) {
      this.founding.add(machine);
      void this.#foundOne(machine, request).catch((error: unknown) => this.failed(machine, error));
    }
  }

  /** Tells a machine its founding until it is on its disk, or until the id that was listed is gone with its volume. */
  async #foundOne(machine: Machine, request: FoundRequest): Promise<void> {
    const id = machine.memberId;
    while (machine.shownId === null || machine.shownId === id) {
      const { process } = machine;
      process?.deliver(() => {
        process.node?.found(request).catch((error: unknown) => {
          // Told to whoever asked; anything else is a mistake of ours.
          if (!(error instanceof process.build.DiskError)) this.failed(machine, error);
        });
      });
      await this.scheduler.sleep(FOUNDING_RETRY_MS);
      if ((machine.node?.dataFolder.identity.membership ?? null) !== null) break;
    }
    this.founding.delete(machine);
  }

  #pass(durationMs: number): Promise<void> {
    return this.scheduler.run(this.nowMs + durationMs, () => this.#settled());
  }

  /** After each event: who opened or closed its log, and who shows another id? */
  #settled(): void {
    for (const machine of this.machines) {
      const process = machine.touched;
      if (!process) continue;
      machine.touched = null;
      this.#look(machine, process);
    }
  }

  #look(machine: Machine, process: NodeProcess): void {
    const { node } = process;
    if (!node || !process.isAlive) return;
    const { identity } = node.dataFolder;
    const former = identity.formerIds[0];
    if (former !== undefined && machine.shownId === former) this.watcher.setAside(machine, former, identity.memberId);
    if (node.halt && !process.isHaltSeen) {
      process.isHaltSeen = true;
      this.watcher.halted(machine, `${node.halt.reason}: ${node.halt.message}`);
    }
    machine.shownId = identity.memberId;
    this.watcher.identityShown(machine, identity.memberId);
    this.watcher.membershipShown(machine, identity);
    if (node.serving === process.observed) return;
    process.observed = node.serving;
    if (node.serving) {
      this.watcher.serves(machine, process, node.serving);
      this.served();
    } else this.watcher.gone(process);
  }

  #lookAtSeats(): void {
    try {
      this.watcher.checkSeats();
    } catch (error) {
      this.failed(null, error);
    }
    this.scheduler.after(SEATS_EVERY_MS, () => this.#lookAtSeats());
  }

  #judge(): void {
    this.history.abandonOpen();
    this.watcher.checkLogs();
    const finding = this.history.judge(this.plan.logTimeErrorMs);
    if (finding !== null) throw new Error(finding);
  }

  report(error: unknown): RunReport {
    let failure = this.#failure;
    if (failure === null && error !== null) failure = `at ${this.nowMs.toFixed(3)} ms: ${describeError(error)}`;
    this.counters.finish(this);
    return {
      seed: this.plan.seed,
      failure,
      traceHash: this.scheduler.traceHash,
      steps: this.scheduler.steps,
      occurrences: this.plan.occurrences.length,
      virtualMs: this.nowMs,
      counters: this.counters,
      trace: this.traceLines,
    };
  }
}

export async function runSeed(builds: Builds, seed: number, options: RunOptions = {}): Promise<RunReport> {
  const world = new World(builds, options.plan ?? drawPlan(seed), options);
  try {
    await world.run();
    return world.report(null);
  } catch (error) {
    return world.report(error);
  }
}

export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
}
