/**
 * Power cuts, exhaustively: before every operation of a life, with every choice of what survives of what was not synced (crash-sweep.ts draws
 * some of these by chance). Up to UNITS_FOR_ALL_SUBSETS units or names these are all subsets; above that each single one lost, each single one
 * kept, each prefix and each suffix.
 */
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import type { Choice, Operation } from '../../support/simulated-disk.ts';
import { findBrokenPromise, HOP, Promises } from './crash-sweep.ts';
import type { Captured, Life } from './crash-sweep.ts';

const UNITS_FOR_ALL_SUBSETS = 8;

export function* choices(count: number): Iterable<Choice> {
  if (count <= UNITS_FOR_ALL_SUBSETS) {
    for (let bits = 0; bits < 2 ** count; bits += 1) yield Array.from({ length: count }, (_, at) => (bits >> at) % 2 === 1);
    return;
  }
  for (let length = 0; length <= count; length += 1) yield Array.from({ length: count }, (_, at) => at < length);
  for (let start = 1; start < count; start += 1) yield Array.from({ length: count }, (_, at) => at >= start);
  // The first and the last are among the prefixes and suffixes.
  for (let lost = 1; lost < count - 1; lost += 1) yield Array.from({ length: count }, (_, at) => at !== lost);
  for (let kept = 1; kept < count - 1; kept += 1) yield Array.from({ length: count }, (_, at) => at === kept);
}

export interface TearSweep {
  /** The first broken promise. */
  readonly broken: string | null;
  /** Points at which the power was cut, and disks that were opened. */
  readonly cuts: number;
  readonly disks: number;
  /** Of these, the ones on which some units of 512 bytes were kept and others lost. */
  readonly torn: number;
}

interface Cut {
  readonly operation: Operation;
  readonly disk: SimulatedDisk;
  readonly captured: Captured;
}

export interface TearOptions {
  readonly ignoreSync?: (operation: Operation) => boolean;
  /** A disk to begin from, with the promises made on it. */
  readonly start?: { readonly disk: SimulatedDisk; readonly promises: Promises };
  /** Called with each torn disk, and what was promised on it. */
  readonly eachTorn?: (disk: SimulatedDisk, captured: Captured) => Promise<string | null>;
}

export async function sweepTears(life: Life, options: TearOptions = {}): Promise<TearSweep> {
  const { ignoreSync, eachTorn } = options;
  const cuts: Cut[] = [];
  const { disk: fresh, promises } = options.start ?? { disk: new SimulatedDisk(HOP), promises: new Promises() };
  const disk = fresh.fork({
    ...HOP,
    trackSites: true,
    ...(ignoreSync ? { ignoreSync } : {}),
    beforeOperation: (operation) => {
      if (operation.number > 0) cuts.push({ operation, disk: disk.fork(HOP), captured: promises.capture() });
    },
  });
  await life(disk, promises);
  // After the last operation as well.
  const end: Operation = { number: disk.operations + 1, kind: 'read', path: 'the end', site: '' };
  cuts.push({ operation: end, disk: disk.fork(HOP), captured: promises.capture() });
  let disks = 0;
  let torn = 0;
  for (const { operation, disk: before, captured } of cuts) {
    const seen = new Set<string>();
    for (const { names, units, disk: after } of before.crashOutcomes(choices, HOP)) {
      const key = after.listing().join('\n');
      if (seen.has(key)) continue;
      seen.add(key);
      disks += 1;
      const isTorn = units.includes(true) && units.includes(false);
      if (isTorn) torn += 1;
      let broken = await findBrokenPromise(after.fork(HOP), captured);
      if (isTorn) broken ??= (await eachTorn?.(after, captured)) ?? null;
      const survivors = `names ${picture(names)}, units ${picture(units)}`;
      const place = `power cut before ${operation.number} ${operation.kind} ${operation.path} (${survivors})`;
      if (broken !== null) return { broken: `${place}: ${broken}`, cuts: cuts.length, disks, torn };
    }
  }
  return { broken: null, cuts: cuts.length, disks, torn };
}

function picture(choice: Choice): string {
  return choice.map((survives) => (survives ? 'k' : 'l')).join('') || '-';
}
