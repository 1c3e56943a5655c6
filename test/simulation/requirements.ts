/** What seeds must have met to count: a class of fault that never struck was not survived, and a store that answers nothing loses nothing. */
import { FAULT_NAMES } from './fault-table.ts';
import { OPERATIONS_MIN } from './plan.ts';
import type { SeedReport } from './run.ts';
import { BLOCK_SEEDS } from './strata.ts';

const VIRTUAL_MS_MIN = 120_000;
const ACKNOWLEDGED_IN_PEACE_MIN = 0.9;
const ACKNOWLEDGED_DURING_FAULTS_MIN = 0.5;

export const MUST_BE_SEEN: readonly string[] = [
  ...FAULT_NAMES.map((name) => `fault: ${name}`),
  'fault: frames lost',
  'fault: frames duplicated',
  'fault: writes delayed',
  'fault: writes reordered',
  'clients: commands pipelined',
  'clients: deadlines missed',
  'clients: refused commands sent again',
  'verb: add-learner',
  'verb: promote',
  'verb: remove',
  'verb: transfer',
  'verb: raise feature level',
  'elections',
  'truncations',
  'snapshots taken',
  'installed snapshots',
  'torn tails cut',
  'folders set aside',
  'disks of the past found out',
  'second foundings refused',
  'unknown outcomes',
  'refused',
];

function neverMet(what: readonly string[], reports: readonly SeedReport[]): string[] {
  const totals = totalsOf(reports);
  const range = `seeds ${reports[0]?.seed ?? 0} to ${reports.at(-1)?.seed ?? 0}`;
  return what.filter((name) => (totals[name] ?? 0) === 0).map((name) => `${range} never met: ${name}`);
}

/** Of what was asked, acknowledged. */
export function shareOf(reports: readonly SeedReport[], which: 'inPeace' | 'duringFaults'): number {
  const asked = reports.reduce((sum, { counters }) => sum + counters[which].asked, 0);
  return asked === 0 ? 0 : reports.reduce((sum, { counters }) => sum + counters[which].acknowledged, 0) / asked;
}

/** One sentence for each thing that is missing from these seeds, taken together. */
export function shortfallsOf(reports: readonly SeedReport[]): string[] {
  const range = `seeds ${reports[0]?.seed ?? 0} to ${reports.at(-1)?.seed ?? 0}`;
  const missing = neverMet(MUST_BE_SEEN, reports);
  const small = reports
    .filter(({ counters, virtualMs }) => counters.operations < OPERATIONS_MIN || virtualMs < VIRTUAL_MS_MIN)
    .map(({ seed, counters, virtualMs }) => `seed ${seed} is small: ${counters.operations} operations in ${virtualMs} ms`);
  const low = [
    { name: 'in peace', value: shareOf(reports, 'inPeace'), least: ACKNOWLEDGED_IN_PEACE_MIN },
    {
      name: 'during faults, with a quorum up and connected,',
      value: shareOf(reports, 'duringFaults'),
      least: ACKNOWLEDGED_DURING_FAULTS_MIN,
    },
  ].filter(({ value, least }) => value < least);
  return [
    ...missing,
    ...small,
    ...low.map(
      ({ name, value, least }) => `${range}: ${name} ${value.toFixed(3)} of what was asked was acknowledged, not ${least}`,
    ),
  ];
}

/** Of all whole blocks among them. */
export function shortfallsOfBlocks(reports: readonly SeedReport[]): string[] {
  return wholeBlocksOf(reports).flatMap(shortfallsOf);
}

/** In the order of their seeds; what is not whole is left out. */
export function wholeBlocksOf(reports: readonly SeedReport[]): readonly (readonly SeedReport[])[] {
  const blocks = new Map<number, SeedReport[]>();
  for (const report of [...reports].sort((one, other) => one.seed - other.seed)) {
    const block = Math.floor((report.seed - 1) / BLOCK_SEEDS);
    const known = blocks.get(block);
    if (known) known.push(report);
    else blocks.set(block, [report]);
  }
  return [...blocks.values()].filter(({ length }) => length === BLOCK_SEEDS);
}

/** The fewest seeds of any whole block that met it; null when there is no whole block. */
export function fewestInBlock(reports: readonly SeedReport[], what: string): number | null {
  const counts = wholeBlocksOf(reports).map((block) => block.filter(({ counters }) => (counters.counts[what] ?? 0) > 0).length);
  return counts.length === 0 ? null : Math.min(...counts);
}

export function totalsOf(reports: readonly SeedReport[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const { counters } of reports) {
    for (const [name, value] of Object.entries(counters.counts)) totals[name] = (totals[name] ?? 0) + value;
  }
  return totals;
}
