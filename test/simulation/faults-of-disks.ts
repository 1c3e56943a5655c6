/** Disks that are slow, full or fail for a moment; and disks that lose or change what they held, a minority at a time. */
import type { Strike } from './faults.ts';
import { CAPACITY_BYTES, PACE } from './machine.ts';

const slowDisk: Strike = (faults, random) => {
  const machine = faults.target(random);
  if (!machine || machine.pace !== PACE) return false;
  machine.pace = { writeMs: [0.1, 5], syncMs: [5, 20 + random.fraction() * 600] };
  faults.for(1000 + random.fraction() * 8000, () => {
    machine.pace = PACE;
  });
  return true;
};

const failSync: Strike = (faults, random) => {
  const machine = faults.target(random);
  const skip = random.below(6);
  let syncs = 0;
  return (
    machine !== null &&
    faults.armDiskFault(machine, ({ kind }) => ((kind === 'datasync' || kind === 'syncFolder') && syncs++ >= skip ? 'EIO' : null))
  );
};

const failWrite: Strike = (faults, random) => {
  const machine = faults.target(random);
  const skip = random.below(6);
  let writes = 0;
  return machine !== null && faults.armDiskFault(machine, ({ kind }) => (kind === 'write' && writes++ >= skip ? 'EIO' : null));
};

/** At its next start, or where a snapshot is read. */
const failRead: Strike = (faults, random) => {
  const machine = faults.target(random);
  if (!machine) return false;
  const restarts = random.below(3) > 0;
  if (restarts && !faults.takeDown(machine, 'killed', 200)) return false;
  const skip = random.below(6);
  let reads = 0;
  return faults.armDiskFault(machine, ({ kind }) => (kind === 'read' && reads++ >= skip ? 'EIO' : null));
};

/** Down to its reserve, or to nothing. */
const fillDisk: Strike = (faults, random) => {
  const machine = faults.target(random);
  const { disk } = machine ?? { disk: null };
  if (!machine || !disk || machine.capacityBytes !== CAPACITY_BYTES) return false;
  machine.capacityBytes = disk.usedBytes + (random.below(2) === 0 ? 600 * 1024 : random.below(20_000));
  faults.for(2000 + random.fraction() * 6000, () => {
    machine.capacityBytes = CAPACITY_BYTES;
  });
  return true;
};

const flipBit: Strike = (faults, random) => {
  const machine = faults.damageable(random);
  const disk = machine?.disk;
  if (!machine || !disk) return false;
  const folders = random.below(3) === 0 ? ['current/snapshots'] : random.below(8) === 0 ? ['current'] : ['current/wal'];
  const files = folders.flatMap((folder) =>
    disk.durableFiles(folder).flatMap(({ name, bytes }) => (name.endsWith('.tmp') ? [] : [{ path: `${folder}/${name}`, bytes }])),
  );
  const file = files[random.below(Math.max(1, files.length))];
  if (!file || !disk.isThere(file.path)) return false;
  let length = file.bytes.length;
  while (length > 0 && file.bytes[length - 1] === 0) length -= 1;
  if (length === 0) return false;
  disk.flipBit(file.path, random.below(length), random.below(8));
  faults.damageThenKill(machine, random);
  return true;
};

/** Counted when it happens: at the next write that has somewhere else to go. */
const misdirectWrite: Strike = (faults, random) => {
  const machine = faults.damageable(random);
  if (!machine) return false;
  faults.armMisdirectedWrite(machine, random);
  return true;
};

const misdirectRead: Strike = (faults, random) => {
  const machine = faults.damageable(random);
  if (!machine || !faults.takeDown(machine, 'killed', 100)) return false;
  faults.damage(machine);
  faults.armMisdirectedRead(machine, random);
  return true;
};

const loseVolume: Strike = (faults, random) => {
  const machine = faults.damageable(random);
  if (!machine) return false;
  faults.damage(machine);
  faults.takeDown(machine, 'power-lost', random.fraction() * 3000);
  machine.loseVolume();
  faults.world.volumeLost(machine);
  return true;
};

export const diskFaults = {
  'slow-disk': slowDisk,
  'failed-sync': failSync,
  'failed-write': failWrite,
  'failed-read': failRead,
  'full-disk': fillDisk,
  'bit-flip': flipBit,
  'misdirected-write': misdirectWrite,
  'misdirected-read': misdirectRead,
  'lost-volume': loseVolume,
};
