/** Processes that die, with or without the power of their machine, stop in order, or stand still. */
import type { Strike } from './faults.ts';
import type { Machine } from './machine.ts';
import { PAUSE_MS_MAX } from './plan.ts';

const kill: Strike = (faults, random) => {
  const machine = faults.target(random);
  return machine !== null && faults.takeDown(machine, 'killed', faults.downMs(random));
};

const losePower: Strike = (faults, random) => {
  const machine = faults.target(random);
  return machine !== null && faults.takeDown(machine, 'power-lost', faults.downMs(random));
};

const losePowerAtSync: Strike = (faults, random) => {
  const machine = faults.target(random);
  if (!machine) return false;
  faults.armPowerLossAtSync(machine, 1 + random.below(4), random);
  return true;
};

/** While a batch over several sectors is being synced: of its sectors every other one survives. */
const losePowerTearing: Strike = (faults, random) => {
  const machine = faults.target(random);
  return machine !== null && faults.armTear(machine, random);
};

/** Whoever next becomes a candidate, a voter or a leader: its machine goes while it writes that down; and the old leader makes room. */
const losePowerAtElection: Strike = (faults, random) => {
  for (const machine of faults.world.machines) if (machine.isUp) faults.armPowerLossAtElection(machine, random.split());
  const leader = faults.leader();
  return leader !== null && faults.takeDown(leader, 'power-lost', faults.downMs(random));
};

const losePowerOfAll: Strike = (faults, random) => {
  const up = faults.world.machines.filter(({ isUp }) => isUp);
  return up.filter((machine) => faults.takeDown(machine, 'power-lost', faults.downMs(random))).length > 0;
};

const pause: Strike = (faults, random) => {
  const process = faults.target(random)?.process;
  if (!process || process.isPaused) return false;
  process.pause();
  faults.for(100 + random.fraction() * random.fraction() * (PAUSE_MS_MAX - 100), () => process.resume());
  return true;
};

/** As a virtual machine is moved: it stands still and hears of nobody; when it wakes its clients are there before its peers are. */
const putLeaderToSleep: Strike = (faults, random) => {
  const { world } = faults;
  const leader = faults.leader();
  const process = leader?.process;
  if (!leader || !process || process.isPaused) return false;
  const others = world.machines.filter((machine) => machine !== leader).map(({ name }) => name);
  const asleepMs = 1500 + random.fraction() * 2500;
  process.pause();
  for (const other of others) {
    world.network.cut(leader.name, other);
    world.network.cut(other, leader.name);
  }
  faults.for(asleepMs, () => process.resume());
  faults.for(asleepMs + random.fraction() * 2000, () => {
    for (const other of others) {
      world.network.mend(leader.name, other);
      world.network.mend(other, leader.name);
    }
  });
  return true;
};

/** As a pod is replaced: leadership handed over, what was promised answered, then gone; and back a little later. */
export async function stopInOrder(machine: Machine): Promise<void> {
  const { node, process } = machine;
  if (!node || !process) return;
  await node.handOver();
  await node.stop();
  if (machine.process === process) machine.die('killed');
}

const restart: Strike = (faults, random) => {
  const machine = faults.target(random);
  const process = machine?.process;
  if (!machine || !process?.node || process.isPaused) return false;
  const { world } = faults;
  process.deliver(() => {
    stopInOrder(machine).then(
      () => world.scheduler.after(random.fraction() * 500, () => world.stopped(machine, 'in order')),
      (error: unknown) => world.failed(machine, error),
    );
  });
  return true;
};

export const processFaults = {
  kill,
  'power-loss': losePower,
  'power-loss-at-sync': losePowerAtSync,
  'power-loss-tearing': losePowerTearing,
  'power-loss-at-election': losePowerAtElection,
  'power-loss-of-all': losePowerOfAll,
  'graceful-restart': restart,
  pause,
  'leader-asleep': putLeaderToSleep,
};
