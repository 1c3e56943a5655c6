/** Turns of events that need several steps, each of which waits for the one before: they go on while everything else does. */
import type { MemberId } from '../../src/shared/ids.ts';
import type { Random } from '../../src/shared/random.ts';
import type { Faults, Strike } from './faults.ts';
import type { Machine } from './machine.ts';

const POLL_MS = 100;
const STEP_MS_MAX = 25_000;
/** Once a disk of the past serves, its peers have so long to tell it. */
const FOUND_OUT_MS = 5000;

/** False when faults end first, or it does not come about in time. */
async function until(faults: Faults, holds: () => boolean, forMs = STEP_MS_MAX): Promise<boolean> {
  const { scheduler } = faults.world;
  const endMs = scheduler.nowMs + forMs;
  while (faults.isUnderWay && scheduler.nowMs < endMs) {
    if (holds()) return true;
    await scheduler.sleep(POLL_MS);
  }
  return false;
}

/** A member goes, its volume stays, and the same pod comes back on it: the folder of an id that was removed is set aside (rule S3). */
export const scaleInAndBack: Strike = (faults) => {
  const { operator, machines } = faults.world;
  if (operator.isScripted || operator.wanted < 3) return false;
  operator.isScripted = true;
  void untilItComesBack(faults)
    .catch((error: unknown) => faults.world.failed(machines[0] ?? null, error))
    .finally(() => {
      operator.isScripted = false;
    });
  return true;
};

/** Other faults hold it up: then once more. */
async function untilItComesBack(faults: Faults): Promise<void> {
  let isBack = false;
  while (faults.isUnderWay && !isBack) isBack = await scaleThereAndBack(faults);
}

async function scaleThereAndBack(faults: Faults): Promise<boolean> {
  const { world } = faults;
  const { operator, watcher } = world;
  const high = Math.max(4, operator.wanted);
  operator.wanted = high;
  const voterOf = (machine: Machine | undefined): MemberId | null => {
    const members = watcher.committedConfiguration?.members ?? [];
    return members.find(({ name, role }) => role === 'voter' && name === machine?.name)?.id ?? null;
  };
  if (!(await until(faults, () => voterOf(world.machines[high - 1]) !== null))) return false;
  const machine = world.machines[high - 1];
  const removed = voterOf(machine);
  if (!machine || removed === null) return false;
  operator.keepsVolumes = true;
  operator.lingersMs = 0;
  operator.wanted = high - 1;
  if (!(await until(faults, () => watcher.wasRemoved(removed) && !machine.isUp))) return false;
  operator.wanted = high;
  return until(faults, () => machine.shownId !== removed && voterOf(machine) !== null);
}

/** A copy of a volume, put back a while later, when everybody who could know better is there to say so (rule S12). */
export const restorePast: Strike = (faults, random) => {
  const machine = faults.damageable(random);
  if (!machine) return false;
  // What a leader acknowledged to itself its peers do not know: they remember its term alone.
  if (machine === faults.leader() && random.below(4) > 0) return false;
  void restore(faults, machine, random).catch((error: unknown) => faults.world.failed(machine, error));
  return true;
};

async function restore(faults: Faults, machine: Machine, random: Random): Promise<void> {
  const { scheduler } = faults.world;
  let copied = copyOf(machine);
  await scheduler.sleep(500 + random.fraction() * 4000);
  while (faults.isUnderWay) {
    // Another id on the machine: what was copied is nobody's past any more.
    if (copied.id !== machine.shownId) copied = copyOf(machine);
    else if (copied.volume && (await restoreWhileStill(faults, machine, copied.volume))) return;
    // Others strike in between.
    await scheduler.sleep(1000 + random.fraction() * 4000);
  }
}

function copyOf(machine: Machine): Copy {
  return { id: machine.shownId, volume: machine.copyVolume() };
}

interface Copy {
  readonly id: MemberId | null;
  readonly volume: Machine['disk'];
}

async function restoreWhileStill(faults: Faults, machine: Machine, copy: NonNullable<Machine['disk']>): Promise<boolean> {
  const { world } = faults;
  const id = machine.shownId;
  const release = faults.mayDamage(machine) ? await faults.calm() : null;
  if (!release) return false;
  const leader = faults.leader();
  if (!leader || leader === machine || machine.shownId !== id || !faults.mayDamage(machine)) {
    release();
    return false;
  }
  faults.damage(machine);
  if (id !== null) world.watcher.notePast(id);
  machine.restoreVolume(copy);
  world.counters.count('disks of the past started');
  machine.start();
  const wasFoundOut = await untilFoundOut(faults, machine);
  if (!wasFoundOut && faults.isUnderWay) world.watcher.checkPast(machine, id);
  release();
  if (wasFoundOut) world.counters.count('disks of the past found out');
  else faults.undamage(machine);
  return true;
}

/** A copy from before it was a member serves only when it has joined again. */
async function untilFoundOut(faults: Faults, machine: Machine): Promise<boolean> {
  const isFoundOut = (): boolean => (machine.node?.halt ?? null) !== null;
  await until(faults, () => isFoundOut() || (machine.node?.serving ?? null) !== null);
  return until(faults, isFoundOut, FOUND_OUT_MS);
}
