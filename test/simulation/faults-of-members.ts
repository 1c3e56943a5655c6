/** What people and the operator do to a cluster while everything else goes on, and clocks that are wrong: one at a time. */
import { present } from '../../src/shared/assert.ts';
import { parseMemberId } from '../../src/shared/ids.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import type { Random } from '../../src/shared/random.ts';
import type { Strike } from './faults.ts';
import type { Machine } from './machine.ts';
import { stopInOrder } from './faults-of-processes.ts';

const HOUR_MS = 3_600_000;
/** Members that do not exist, beside those that do. */
const NOBODIES_MAX = 2;

const transfer: Strike = (faults, random) => {
  const process = faults.leader()?.process;
  const serving = process?.node?.serving;
  if (!process || !serving) return false;
  const voters = serving.replica.status.configuration.members.filter(({ role }) => role === 'voter');
  const to = random.below(2) === 0 ? null : (voters[random.below(Math.max(1, voters.length))]?.id ?? null);
  process.deliver(() => {
    void serving.admin.transferLeadership(to).then(({ ok }) => ok && faults.world.counters.count('verb: transfer'));
  });
  return true;
};

const scale: Strike = (faults, random) => {
  const { operator, plan } = faults.world;
  const sizes = plan.members === 1 ? [1, 2, 3, 3] : [2, 3, 4, 5, 3, 5];
  const wanted = sizes[random.below(sizes.length)] ?? 3;
  if (wanted === operator.wanted || operator.isScripted) return false;
  // With fewer than three clocks nobody can say which one is wrong.
  if (wanted < 3) correctClock(faults);
  operator.wanted = wanted;
  operator.keepsVolumes = random.below(3) > 0;
  operator.lingersMs = random.below(2) === 0 ? 0 : random.fraction() * 6000;
  return true;
};

const replaceMember: Strike = (faults, random) => {
  const machine = faults.target(random);
  if (!machine || !faults.mayDamage(machine)) return false;
  faults.world.operator.replace.add(machine);
  return true;
};

/** One member, with the other build; before the level rises it may go back (rule S16). */
const changeBuild: Strike = (faults, random) => {
  const { operator, builds } = faults.world;
  const machine = faults.target(random);
  if (operator.raisesLevel || !machine) return false;
  machine.build = machine.build === builds.first ? builds.second : builds.first;
  return restartWithBuild(faults, machine);
};

/** All members, one after the other, after which the level rises for good (rule S16). */
const rollToNextBuild: Strike = (faults, random) => {
  const { operator, builds, machines, scheduler } = faults.world;
  if (operator.raisesLevel) return false;
  operator.raisesLevel = true;
  for (const [at, machine] of machines.entries()) {
    scheduler.after(at * (500 + random.fraction() * 3000), () => {
      machine.build = builds.second;
      restartWithBuild(faults, machine);
    });
  }
  return true;
};

/** False when it cannot be stopped now: then its next start is with the new build. */
function restartWithBuild(faults: Faults, machine: Machine): boolean {
  const { world } = faults;
  const { process } = machine;
  if (!process || process.isPaused || process.build === machine.build || !faults.mayCrash(machine)) return false;
  process.deliver(() => {
    stopInOrder(machine).then(
      () => world.stopped(machine, 'for another build'),
      (error: unknown) => world.failed(machine, error),
    );
  });
  return true;
}

/** An operator that forgot what it did tells a member to found the cluster, with another list or as another epoch (rule S6). */
function foundAnew({ world }: Faults, random: Random): void {
  const members = world.machines.filter(({ node }) => node?.dataFolder.identity.membership);
  const machine = members[random.below(Math.max(1, members.length))];
  const process = machine?.process;
  if (!process) return;
  process.deliver(() => {
    const { node } = process;
    const { membership, memberId } = node?.dataFolder.identity ?? {};
    if (!node || !membership || !memberId) return;
    const { clusterId, generation, founding } = membership;
    const epoch = founding && random.below(2) === 0 ? founding.epoch + 1 : 1;
    const alone = [{ id: memberId, name: machine.name }];
    if (epoch === founding?.epoch && founding.configuration.members.length === 1) return;
    node.found({ clusterId, generation, epoch, members: alone }).then(
      ({ ok }) => world.counters.count(ok ? 'second foundings accepted' : 'second foundings refused'),
      // A disk that fails is told to whoever asked; anything else is a mistake of ours.
      (error: unknown) => error instanceof process.build.DiskError || world.failed(machine, error),
    );
  });
}

/**
 * Another operator, which neither waits for what it asked before nor asks whether the leader is one: whoever claims to lead, cut off or just
 * elected, is asked for several changes at once. They call members that do not exist, or that were removed.
 */
const askImpatiently: Strike = (faults, random) => {
  const { world } = faults;
  let isOver = false;
  const asked = new Map<Machine, number>();
  const ask = (machine: Machine): void => {
    const serving = machine.node?.serving;
    const status = serving?.replica.status;
    if (!serving || status?.role !== 'leader') return;
    if (status.configuration.members.length > world.operator.wanted + NOBODIES_MAX) return;
    for (let change = 0; change < 2; change += 1) {
      const { configuration } = status;
      const id = drawNobody(configuration.removed, random);
      const name = `nobody-${id.slice(0, 4)}`;
      const at = configuration.index;
      machine.process?.deliver(() => void serving.admin.changeConfiguration({ type: 'add-learner', id, name }, at));
    }
  };
  const look = (): void => {
    if (isOver) return;
    for (const machine of world.machines) {
      const { role, term } = machine.node?.serving?.replica.status ?? { role: null, term: 0 };
      // A new leader at once, and an old one now and then.
      if (role === 'leader' && (asked.get(machine) !== term || random.below(20) === 0)) ask(machine);
      asked.set(machine, role === 'leader' ? term : 0);
    }
    world.scheduler.after(random.fraction() * 100, look);
  };
  look();
  foundAnew(faults, random);
  faults.for(4000 + random.fraction() * 10_000, () => {
    isOver = true;
  });
  return true;
};

function drawNobody(removed: readonly { readonly id: MemberId }[], random: Parameters<Strike>[1]): MemberId {
  const known = removed[random.below(Math.max(1, removed.length))]?.id;
  if (known !== undefined && random.below(2) === 0) return known;
  const digits = random.uint32().toString(16).padStart(8, '0');
  return present(parseMemberId(`${digits}${digits}`), 'sixteen digits are an id');
}

type Faults = Parameters<Strike>[0];

function correctClock(faults: Faults): void {
  faults.wrongClock?.time.correct();
}

/** Always the same machine: what others heard of a clock that was wrong before would count beside one that is wrong now. */
function wrongClock(faults: Faults, random: Parameters<Strike>[1]): Machine | null {
  const { watcher, machines, operator } = faults.world;
  const voters = watcher.committedConfiguration?.members.filter(({ role }) => role === 'voter') ?? [];
  if (voters.length < 3 || operator.wanted < 3) return null;
  faults.wrongClock ??= machines[random.below(machines.length)] ?? null;
  faults.wrongClock?.time.correct();
  return faults.wrongClock;
}

const jumpClock: Strike = (faults, random) => {
  const machine = wrongClock(faults, random);
  if (!machine) return false;
  const amountMs = random.below(2) === 0 ? random.fraction() * 20_000 : random.fraction() * HOUR_MS;
  machine.time.jump(random.below(2) === 0 ? amountMs : -amountMs);
  return true;
};

const driftClock: Strike = (faults, random) => {
  const machine = wrongClock(faults, random);
  if (!machine) return false;
  machine.time.drift(0.8 + random.fraction() * 0.4);
  return true;
};

export const memberFaults = {
  transfer,
  scale,
  'impatient-operator': askImpatiently,
  'replace-member': replaceMember,
  'other-build': changeBuild,
  'roll-to-next-build': rollToNextBuild,
  'clock-jump': jumpClock,
  'clock-drift': driftClock,
};
