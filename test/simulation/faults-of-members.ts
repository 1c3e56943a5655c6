/** What people and the operator do to a cluster while everything else goes on, and clocks that are wrong: one at a time. */
import type { Strike } from './faults.ts';
import type { Machine } from './machine.ts';
import { stopInOrder } from './faults-of-processes.ts';

const HOUR_MS = 3_600_000;

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
  'replace-member': replaceMember,
  'other-build': changeBuild,
  'roll-to-next-build': rollToNextBuild,
  'clock-jump': jumpClock,
  'clock-drift': driftClock,
};
