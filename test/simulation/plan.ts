/**
 * What a seed draws before its world begins: how large, how long, which faults and how often (swarm testing: each seed has some classes of
 * faults and lacks others, so that each class is met without the others' noise), some of it forced by its place in its block (strata.ts). A plan
 * is data: the shrinker takes parts of it away.
 */
import type { Random } from '../../src/shared/random.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import type { ClientsOptions } from './clients.ts';
import { FAULT_NAMES, faultClassOf } from './fault-table.ts';
import type { FaultName } from './fault-table.ts';
import { shuffled, stratumOf } from './strata.ts';
import type { Stratum } from './strata.ts';

export interface Occurrence {
  readonly number: number;
  readonly atMs: number;
  readonly fault: FaultName;
  /** Of its own dice, so that leaving another out changes nothing here. */
  readonly seed: number;
  /** It is tried again and again until there is something that it can be done to. */
  readonly insists: boolean;
}

/** Of clients, in one world: a smaller one shows too little. */
export const OPERATIONS_MIN = 500;

export interface Plan {
  readonly seed: number;
  readonly members: number;
  readonly clients: ClientsOptions;
  /** The cluster has formed before faults begin; else they meet its founding. */
  readonly foundsInPeace: boolean;
  readonly faultsMs: number;
  readonly settleMs: number;
  readonly peaceMs: number;
  readonly wireDelayMs: readonly [number, number];
  readonly slowShare: number;
  readonly slowMs: number;
  readonly lossShare: number;
  readonly duplicateShare: number;
  /** How far log time may be behind true time, and ahead of it. */
  readonly logTimeErrorMs: number;
  readonly logTimeAheadMs: number;
  readonly occurrences: readonly Occurrence[];
}

/** Near, near, far and very far apart. */
const WIRE_DELAYS_MS = [
  [0.1, 1],
  [0.1, 1],
  [0.5, 20],
  [5, 80],
] as const;

/** With one wrong clock and another that is not heard, the earlier counts: log time stands still for as long. */
const WRONG_CLOCK_ERROR_MS = 150_000;

export const PAUSE_MS_MAX = 6000;

/** What insists begins so long before peace at least. */
const LAST_INSISTING_MS = 30_000;

export function drawPlan(seed: number): Plan {
  const random = new SeededRandom(seed ^ 0x5eed);
  const stratum = stratumOf(seed);
  const { members } = stratum;
  const faultsMs = 81_000 + random.below(9000);
  const wireDelayMs = pick(random, WIRE_DELAYS_MS);
  const slowShare = random.below(2) === 0 ? 0 : random.fraction() * 0.05;
  const slowMs = 50 + random.below(1000);
  const occurrences = drawOccurrences(random, faultsMs, stratum);
  return {
    seed,
    members,
    clients: {
      clients: 5 + random.below(3),
      thinkMs: 500 + random.below(400),
      keys: 6 + random.below(6),
      pipelineShare: random.fraction() * 0.3,
      transactionShare: random.fraction() * 0.15,
      deadlineShare: random.below(3) === 0 ? 0 : random.fraction() * 0.3,
      timeoutMs: 2000 + random.below(5000),
    },
    foundsInPeace: stratum.foundsInPeace,
    faultsMs,
    settleMs: 8000,
    peaceMs: 25_000,
    wireDelayMs,
    slowShare,
    slowMs,
    lossShare: stratum.losesFrames ? 0.005 + random.fraction() * 0.15 : 0,
    duplicateShare: stratum.doublesFrames ? 0.005 + random.fraction() * 0.1 : 0,
    ...logTimeOf(occurrences, { wireDelayMs, slowShare, slowMs }),
    occurrences,
  };
}

type Lateness = Pick<Plan, 'wireDelayMs' | 'slowShare' | 'slowMs'>;

/** What these faults and wires do to log time at the most. */
function logTimeOf(
  occurrences: readonly Pick<Occurrence, 'fault'>[],
  { wireDelayMs, slowShare, slowMs }: Lateness,
): Pick<Plan, 'logTimeErrorMs' | 'logTimeAheadMs'> {
  const pauses = occurrences.some(({ fault }) => fault === 'pause' || fault === 'leader-asleep');
  const wrongClocks = occurrences.some(({ fault }) => fault === 'clock-jump' || fault === 'clock-drift');
  const drifts = occurrences.some(({ fault }) => fault === 'clock-drift');
  return {
    logTimeErrorMs:
      (wrongClocks ? WRONG_CLOCK_ERROR_MS : 300) +
      2 * wireDelayMs[1] +
      (slowShare > 0 ? slowMs : 0) +
      (pauses ? PAUSE_MS_MAX : 0),
    // In between it follows the monotonic clock of a leader, which may be the one that drifts, from a sample of 10 s ago at most.
    logTimeAheadMs: drifts ? 2100 : 100,
  };
}

/**
 * A smaller world of these classes of faults alone, close together: what two or three of them do to each other comes about far sooner than
 * among all the others. All else is the seed's own, but for the members that the classes need, and a longer while to settle in:
 * processes that ended ever again start late.
 */
export function drawFocusedPlan(seed: number, names: readonly FaultName[]): Plan {
  const plan = drawPlan(seed);
  const random = new SeededRandom(seed ^ 0xf0c5);
  const faultsMs = 15_000 + random.below(30_000);
  const meanMs = 300 + random.below(1700);
  const occurrences: Occurrence[] = [];
  for (let atMs = random.fraction() * 2 * meanMs; atMs < faultsMs; atMs += random.fraction() * 2 * meanMs) {
    const { length: number } = occurrences;
    occurrences.push({ number, atMs, fault: pick(random, names), seed: random.uint32(), insists: false });
  }
  const members = Math.max(plan.members, ...names.map((name) => faultClassOf(name).membersMin));
  return { ...plan, members, faultsMs, settleMs: 20_000, peaceMs: 10_000, ...logTimeOf(occurrences, plan), occurrences };
}

function drawOccurrences(random: Random, faultsMs: number, { members, forced }: Stratum): Occurrence[] {
  const names = FAULT_NAMES.filter((name) => members >= faultClassOf(name).membersMin);
  const chosen = names.filter((name) => forced.includes(name) || random.below(2) === 0);
  const weights = chosen.map((name) => faultClassOf(name).weight * (0.25 + random.fraction()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const meanMs = 1000 + random.below(4000);
  const times: number[] = [];
  for (let atMs = random.fraction() * 2 * meanMs; atMs < faultsMs; atMs += random.fraction() * 2 * meanMs) times.push(atMs);
  const insisting = drawInsisting(random, faultsMs, forced);
  const others = shuffled(random, times).slice(insisting.length);
  const occurrences = others.map((atMs) => {
    let at = random.fraction() * total;
    const fault = chosen.find((_, position) => (at -= weights[position]!) < 0) ?? chosen[0]!;
    return { atMs, fault, insists: false };
  });
  return [...insisting, ...occurrences]
    .sort((one, other) => one.atMs - other.atMs)
    .map((occurrence, number) => ({ ...occurrence, number, seed: random.uint32() }));
}

/** Each twice, and early enough to go on until it strikes. */
function drawInsisting(random: Random, faultsMs: number, forced: readonly FaultName[]): Omit<Occurrence, 'number' | 'seed'>[] {
  return forced.flatMap((fault) => {
    const times = faultClassOf(fault).isDelicate === true ? 1 : 2;
    return Array.from({ length: times }, () => ({
      atMs: random.fraction() * (faultsMs - LAST_INSISTING_MS),
      fault,
      insists: true,
    }));
  });
}

function pick<Value>(random: Random, values: readonly Value[]): Value {
  return values[random.below(values.length)]!;
}
