/**
 * What a seed draws before its world begins: how large, how long, which faults and how often (swarm testing: each seed has some classes of
 * faults and lacks others, so that each class is met without the others' noise). A plan is data: the shrinker takes parts of it away.
 */
import type { Random } from '../../src/shared/random.ts';
import { SeededRandom } from '../../src/shared/random.ts';
import type { ClientsOptions } from './clients.ts';
import { FAULTS } from './fault-table.ts';
import type { FaultName } from './fault-table.ts';

export interface Occurrence {
  readonly number: number;
  readonly atMs: number;
  readonly fault: FaultName;
  /** Of its own dice, so that leaving another out changes nothing here. */
  readonly seed: number;
}

export interface Plan {
  readonly seed: number;
  readonly members: number;
  readonly clients: ClientsOptions;
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

const MEMBERS = [1, 3, 3, 3, 3, 5, 5];

export function drawPlan(seed: number): Plan {
  const random = new SeededRandom(seed ^ 0x5eed);
  const members = pick(random, MEMBERS);
  const faultsMs = 90_000 + random.below(10_000);
  const wireDelayMs = pick(random, WIRE_DELAYS_MS);
  const slowShare = random.below(2) === 0 ? 0 : random.fraction() * 0.05;
  const slowMs = 50 + random.below(1000);
  const occurrences = drawOccurrences(random, faultsMs, members);
  const pauses = occurrences.some(({ fault }) => fault === 'pause');
  const wrongClocks = occurrences.some(({ fault }) => fault === 'clock-jump' || fault === 'clock-drift');
  const drifts = occurrences.some(({ fault }) => fault === 'clock-drift');
  const logTimeErrorMs =
    (wrongClocks ? WRONG_CLOCK_ERROR_MS : 300) + 2 * wireDelayMs[1] + (slowShare > 0 ? slowMs : 0) + (pauses ? PAUSE_MS_MAX : 0);
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
    faultsMs,
    settleMs: 8000,
    peaceMs: 25_000,
    wireDelayMs,
    slowShare,
    slowMs,
    lossShare: random.below(2) === 0 ? 0 : random.fraction() * 0.15,
    duplicateShare: random.below(2) === 0 ? 0 : random.fraction() * 0.1,
    logTimeErrorMs,
    // In between it follows the monotonic clock of a leader, which may be the one that drifts, from a sample of 10 s ago at most.
    logTimeAheadMs: drifts ? 2100 : 100,
    occurrences,
  };
}

function drawOccurrences(random: Random, faultsMs: number, members: number): Occurrence[] {
  const names = (Object.keys(FAULTS) as FaultName[]).filter((name) => members >= FAULTS[name].membersMin);
  const chosen = names.filter(() => random.below(5) < 3);
  if (chosen.length === 0) return [];
  const weights = chosen.map((name) => FAULTS[name].weight * (0.25 + random.fraction()));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const meanMs = 1000 + random.below(4000);
  const occurrences: Occurrence[] = [];
  for (let atMs = random.fraction() * 2 * meanMs; atMs < faultsMs; atMs += random.fraction() * 2 * meanMs) {
    let at = random.fraction() * total;
    const fault = chosen.find((_, position) => (at -= weights[position]!) < 0) ?? chosen[0]!;
    occurrences.push({ number: occurrences.length, atMs, fault, seed: random.uint32() });
  }
  return occurrences;
}

function pick<Value>(random: Random, values: readonly Value[]): Value {
  return values[random.below(values.length)]!;
}
