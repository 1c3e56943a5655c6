/**
 * A small operator that keeps the rules of the real one: it changes members one at a time and by committed configurations alone (S1),
 * replaces who lost or fenced its disk only after its committed removal (S9), lets removed disks return under new ids (S3), and raises the
 * feature level when every member can (S16). It talks to the nodes' admin part over a wire of its own, that delays answers and, while there are
 * faults, loses some.
 */
import type { Configuration, ConfigurationChange, Member } from '../../src/consensus/core.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import { FIRST_GENERATION } from '../../src/shared/ids.ts';
import type { Random } from '../../src/shared/random.ts';
import type { StorageNode } from '../../src/node/storage-node.ts';
import type { Machine } from './machine.ts';
import type { World } from './world.ts';
import { CLUSTER_ID } from './cluster-id.ts';

type Serving = NonNullable<StorageNode['serving']>;

const CLUSTER = { clusterId: CLUSTER_ID, generation: FIRST_GENERATION };
const ASK_TIMEOUT_MS = 8000;
const MACHINES_MAX = 7;

export class Operator {
  readonly #world: World;
  readonly #random: Random;
  /** Members that the cluster should have: those with the lowest ordinals. */
  wanted: number;
  /** Machines whose member is to be replaced, whatever state it is in (the annotation `quorate.io/replace`). */
  readonly replace = new Set<Machine>();
  /** Whose pods are about to go. */
  readonly #lowering = new Set<Machine>();
  /** What becomes of the volume of a member that was scaled away. */
  keepsVolumes = true;
  /** A removed member's process may go on for a while before its pod is taken away. */
  lingersMs = 0;
  /** A removal is asked for, and its outcome is not known yet. */
  isRemoving = false;
  /** Sizes follow a script for a while: nothing else changes them. */
  isScripted = false;
  /** From now on no member goes back to the first build. */
  raisesLevel = false;

  constructor(world: World, random: Random) {
    this.#world = world;
    this.#random = random;
    this.wanted = world.plan.members;
  }

  async run(): Promise<void> {
    for (;;) {
      await this.#world.scheduler.sleep(200 + this.#random.fraction() * 800);
      this.#raisePods();
      await this.#reconcile();
    }
  }

  isWanted(machine: Machine): boolean {
    return this.#world.machines.indexOf(machine) < this.wanted;
  }

  /** Rule S7: whoever is in the committed configuration runs, wanted or not: lowering comes after the removal. */
  mayRun(machine: Machine): boolean {
    const members = this.#world.watcher.committedConfiguration?.members ?? [];
    return this.isWanted(machine) || members.some(({ name }) => name === machine.name);
  }

  /** Pods come first (rule S7); a machine that a fault holds down stays so. */
  #raisePods(): void {
    const { world } = { world: this.#world };
    while (world.machines.length < Math.min(this.wanted, MACHINES_MAX)) {
      world.addMachine(this.raisesLevel ? world.builds.second : world.builds.first);
    }
    for (const machine of world.machines) if (this.mayRun(machine) && world.mayStart(machine)) machine.start();
  }

  async #reconcile(): Promise<void> {
    for (const machine of this.#world.machines) {
      if (this.#world.founding.has(machine)) continue;
      if (machine.node?.state === 'awaiting-membership' && machine.node.halt === null && this.isWanted(machine)) {
        await this.#ask(machine, (node) => node.join({ ...CLUSTER, leader: null }));
      }
    }
    const leader = await this.#confirmedLeader();
    const serving = leader?.node?.serving;
    if (!leader || !serving) return;
    const { configuration, committedConfiguration } = serving.replica.status;
    // Rule S1: what is not committed does not count, and nothing is begun beside it.
    if (configuration.index !== committedConfiguration.index) return;
    this.#wipeWhoLeft(committedConfiguration);
    await this.#introduceWhoLeft(serving.replica.status.id, leader.name, committedConfiguration);
    const change = await this.#nextChange(leader, serving, committedConfiguration);
    if (change) await this.#change(leader, change, committedConfiguration.index);
    else if (this.raisesLevel) await this.#raiseLevel(leader, serving);
  }

  async #confirmedLeader(): Promise<Machine | null> {
    for (const machine of this.#world.machines) {
      if (machine.node?.serving?.replica.status.role !== 'leader') continue;
      const confirmed = await this.#ask(machine, async (node) => (await node.serving?.admin.confirmLeadership()) ?? false);
      if (confirmed === true && machine.isUp) return machine;
    }
    return null;
  }

  async #nextChange(leader: Machine, serving: Serving, configuration: Configuration): Promise<ConfigurationChange | null> {
    const { members } = configuration;
    // Who is broken first: with it still counted, the removal of somebody who is well may not leave a quorum.
    const leaving = members.filter((member) => this.#isToBeReplaced(member) || this.#isSurplus(member));
    leaving.sort((one, other) => Number(this.#takesPart(one)) - Number(this.#takesPart(other)));
    for (const member of leaving) {
      const removal = await this.#removal(leader, serving, member);
      if (removal) return removal;
    }
    const progress = new Map(serving.replica.status.progress.map((each) => [each.id, each]));
    const learner = members.find(({ id, role }) => role === 'learner' && progress.get(id)?.caughtUp === true);
    if (learner) return { type: 'promote', id: learner.id };
    const newcomer = this.#world.machines.find((machine) => this.#isNewcomer(machine, configuration));
    const id = newcomer?.memberId;
    return newcomer && id ? { type: 'add-learner', id, name: newcomer.name } : null;
  }

  /** Rule S9: its volume is gone or carries another id, it asks for it, or a person does. */
  #isToBeReplaced({ id, name }: Member): boolean {
    const machine = this.#machineNamed(name);
    if (!machine) return true;
    const isGivenUp = this.replace.has(machine) || machine.isUnreadable;
    if (isGivenUp && (machine.memberId === id || machine.shownId === id)) return true;
    const { node } = machine;
    if (!node) return machine.shownId === null && machine.isUp;
    return node.dataFolder.identity.memberId !== id || node.halt?.wantsReplacement === true;
  }

  #takesPart({ id }: Member): boolean {
    return (this.#world.machineOf(id)?.node?.serving ?? null) !== null;
  }

  #isDamaged({ name }: Member): boolean {
    const machine = this.#machineNamed(name);
    return machine !== null && this.#world.faults.isDamaged(machine);
  }

  #isSurplus({ name }: Member): boolean {
    const machine = this.#machineNamed(name);
    return machine !== null && !this.isWanted(machine);
  }

  #isNewcomer(machine: Machine, { members, removed }: Configuration): boolean {
    const { node, memberId } = machine;
    if (!node?.serving || !memberId || !this.isWanted(machine)) return false;
    if (this.replace.has(machine) || removed.some(({ id }) => id === memberId)) return false;
    return !members.some(({ id, name }) => id === memberId || name === machine.name);
  }

  /** Only while the caught-up voters without it are a quorum of what results; a leader hands over first. */
  async #removal(leader: Machine, serving: Serving, { id, role, name }: Member): Promise<ConfigurationChange | null> {
    const { status } = serving.replica;
    const rest = status.committedConfiguration.members.filter((member) => member.role === 'voter' && member.id !== id);
    // The leader tells the progress of others: it has all that it has committed itself.
    const caughtUp = rest.filter(
      (member) => member.id === status.id || status.progress.some((each) => each.id === member.id && each.caughtUp),
    );
    if (role === 'voter' && caughtUp.length * 2 <= rest.length) return null;
    // What a fault did to a disk may not be known to anybody yet, and only a minority of disks may be damaged.
    const damaged = rest.filter((member) => this.#isDamaged(member));
    if (role === 'voter' && damaged.length * 2 >= rest.length) return null;
    if (leader.name !== name) {
      // With fewer than three clocks nobody can say which one is wrong.
      if (rest.length < 3) this.#world.faults.wrongClock?.time.correct();
      return { type: 'remove', id };
    }
    this.#world.counters.count('verb: transfer before removal');
    await this.#ask(leader, async (node) => node.serving?.admin.transferLeadership(null));
    return null;
  }

  async #change(leader: Machine, change: ConfigurationChange, expectedIndex: number): Promise<void> {
    const { world } = { world: this.#world };
    world.trace(leader, 'operator asks', { ...change, expectedIndex });
    this.isRemoving = change.type === 'remove';
    const result = await this.#ask(leader, async (node) => node.serving?.admin.changeConfiguration(change, expectedIndex));
    this.isRemoving = false;
    world.trace(leader, 'operator heard', { result });
    if (result?.ok === true) {
      world.counters.count(`verb: ${change.type}`);
      if (change.type === 'remove') this.#afterRemoval(change.id);
    } else if (change.type === 'remove' && world.watcher.wasRemoved(change.id)) this.#afterRemoval(change.id);
  }

  /** What follows a committed removal: whoever cannot serve again gets an empty volume, who is not wanted goes. */
  #afterRemoval(id: MemberId): void {
    const { world } = { world: this.#world };
    const machine = world.machines.find((each) => each.memberId === id || each.shownId === id);
    if (!machine) return;
    const mustBeWiped = this.replace.delete(machine) || machine.isUnreadable || machine.node?.halt?.wantsReplacement === true;
    if (this.isWanted(machine)) {
      if (mustBeWiped) {
        machine.loseVolume();
        world.volumeLost(machine);
        machine.start();
      }
      return;
    }
    this.#lower(machine, mustBeWiped);
  }

  /** Its pod goes, a while after its member went. */
  #lower(machine: Machine, mustBeWiped: boolean): void {
    const { world } = { world: this.#world };
    this.#lowering.add(machine);
    world.scheduler.after(this.lingersMs, () => {
      this.#lowering.delete(machine);
      if (this.mayRun(machine)) return;
      machine.die('killed');
      if (this.keepsVolumes && !mustBeWiped) return;
      machine.loseVolume();
      world.volumeLost(machine);
    });
  }

  /** Who was to be replaced and went another way, by a scale perhaps: nothing waits for its removal any more. */
  #wipeWhoLeft({ members }: Configuration): void {
    for (const machine of this.#world.machines) {
      if (members.some(({ name }) => name === machine.name)) continue;
      // Its removal may have been heard of after it had set its folder aside: nobody knew it by its id any more.
      if (machine.isUp && !this.mayRun(machine) && !this.#lowering.has(machine)) this.#lower(machine, false);
      const isBroken = machine.isUnreadable || machine.node?.halt?.wantsReplacement === true;
      if (!this.replace.has(machine) && !isBroken) continue;
      this.replace.delete(machine);
      machine.loseVolume();
      this.#world.volumeLost(machine);
      if (this.isWanted(machine)) machine.start();
    }
  }

  /** Rule S3: who was removed asks the leader, whom it may not know; it sets its folder aside by itself. */
  async #introduceWhoLeft(leaderId: MemberId, leaderName: string, { removed }: Configuration): Promise<void> {
    for (const machine of this.#world.machines) {
      const { node, memberId } = machine;
      if (!node?.serving || !this.isWanted(machine) || !removed.some(({ id }) => id === memberId)) continue;
      this.#world.counters.count('removed members introduced to the leader');
      await this.#ask(machine, (asked) => asked.join({ ...CLUSTER, leader: { id: leaderId, name: leaderName } }));
    }
  }

  async #raiseLevel(leader: Machine, serving: Serving): Promise<void> {
    const level = serving.replica.state.featureLevel;
    if (level >= this.#world.builds.second.FEATURE_LEVEL_MAX) return;
    const result = await this.#ask(leader, (node) => node.raiseFeatureLevel(level + 1));
    if (result?.ok === true) this.#world.counters.count('verb: raise feature level');
  }

  #machineNamed(name: string): Machine | null {
    return this.#world.machines.find((machine) => machine.name === name) ?? null;
  }

  /** Null when no answer came: the request or its answer was lost, or the process went. */
  async #ask<Value>(machine: Machine, act: (node: StorageNode) => Promise<Value>): Promise<Value | null> {
    const { scheduler } = this.#world;
    return new Promise((resolve) => {
      scheduler.after(ASK_TIMEOUT_MS, () => resolve(null));
      const die = this.#world.faults.isUnderWay ? this.#random.below(20) : -1;
      if (die === 0) return;
      scheduler.after(this.#random.fraction() * 5, () => {
        const { process } = machine;
        process?.deliver(() => {
          const node = process.node;
          if (!node) return;
          act(node).then(
            (value) => die === 1 || scheduler.after(this.#random.fraction() * 5, () => resolve(value)),
            (error: unknown) => {
              // A disk that fails an admin call is told to whoever asked; anything else is a mistake of ours.
              if (error instanceof process.build.DiskError) resolve(null);
              else this.#world.failed(machine, error);
            },
          );
        });
        if (!process) resolve(null);
      });
    });
  }
}
