/**
 * What chance alone would leave to chance: of every block of twenty seeds each class of fault is forced on some, and the worlds differ in
 * size, wires and founding in fixed shares. Which seeds of a block get what is drawn anew for each block, so that the classes meet each other
 * in ever other company.
 */
import { present } from '../../src/shared/assert.ts';
import type { Random } from '../../src/shared/random.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import { FAULT_NAMES, faultClassOf } from './fault-table.ts';
import type { FaultName } from './fault-table.ts';

/** Seeds 1 to 20 are a block, 21 to 40 the next one. */
export const BLOCK_SEEDS = 20;
/** A class of fault strikes for certain in so many seeds of a block; a few misses do no harm. */
const FORCED_SEEDS = 5;

/** How many members the worlds of a block begin with: a single one grows, and has a life of its own. */
const MEMBERS: readonly number[] = [1, 1, ...fill(12, 3), ...fill(6, 5)];

export interface Stratum {
  readonly members: number;
  readonly forced: readonly FaultName[];
  readonly losesFrames: boolean;
  readonly doublesFrames: boolean;
  /** The cluster is founded before anything strikes; else while it strikes. */
  readonly foundsInPeace: boolean;
}

/** The block asked for last: its seeds run one after the other. */
let latest: { readonly block: number; readonly strata: readonly Stratum[] } | null = null;

/** @param seed 1 or more */
export function stratumOf(seed: number): Stratum {
  const block = Math.floor((seed - 1) / BLOCK_SEEDS);
  if (latest?.block !== block) latest = { block, strata: drawBlock(block) };
  return present(latest.strata[(seed - 1) % BLOCK_SEEDS], 'seeds begin with 1');
}

function drawBlock(block: number): readonly Stratum[] {
  const random = new SeededRandom(block ^ 0xb10c);
  const members = shuffled(random, MEMBERS);
  const loses = drawHalf(random);
  const doubles = drawHalf(random);
  const peaceful = drawHalf(random);
  const forced = members.map((): FaultName[] => []);
  const delicate = FAULT_NAMES.filter((name) => faultClassOf(name).isDelicate === true);
  const others = FAULT_NAMES.filter((name) => !delicate.includes(name));
  for (const name of [...shuffled(random, delicate), ...shuffled(random, others)]) {
    const able = forced.filter((_, at) => members[at]! >= faultClassOf(name).membersMin);
    // Those with the least so far: what rests on everybody else being well gets into nobody else's way.
    const byLoad = shuffled(random, able).sort((one, other) => one.length - other.length);
    for (const faults of byLoad.slice(0, faultClassOf(name).forcedSeeds ?? FORCED_SEEDS)) faults.push(name);
  }
  return members.map((size, at) => ({
    members: size,
    forced: forced[at]!,
    losesFrames: loses[at]!,
    doublesFrames: doubles[at]!,
    foundsInPeace: peaceful[at]!,
  }));
}

function drawHalf(random: Random): boolean[] {
  return shuffled(
    random,
    Array.from({ length: BLOCK_SEEDS }, (_, at) => at % 2 === 0),
  );
}

function fill(count: number, value: number): number[] {
  return Array.from({ length: count }, () => value);
}

export function shuffled<Value>(random: Random, values: readonly Value[]): Value[] {
  const result = [...values];
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [result[at], result[other]] = [result[other]!, result[at]!];
  }
  return result;
}
