/** What many seeds amount to, for a person: on the terminal, and as a page of docs/reports. */
import { fewestInBlock, MUST_BE_SEEN, shareOf, shortfallsOfBlocks, totalsOf, wholeBlocksOf } from './requirements.ts';
import type { SeedReport } from './run.ts';

/** Where the figures come from. */
export interface Provenance {
  /** What a person runs to have them again. */
  readonly command: string;
  /** As `git rev-parse` says, with a note if the work tree held more than that. */
  readonly commit: string;
  /** Of what the seeds run (scripts/simulation-key.mjs). */
  readonly key: string;
}

interface Line {
  readonly name: string;
  readonly total: number;
  readonly seeds: number;
  readonly fewest: number | null;
}

function linesOf(reports: readonly SeedReport[]): readonly Line[] {
  const totals = totalsOf(reports);
  const names = [...new Set([...Object.keys(totals), ...MUST_BE_SEEN])].sort();
  return names.map((name) => ({
    name,
    total: totals[name] ?? 0,
    seeds: reports.filter(({ counters }) => (counters.counts[name] ?? 0) > 0).length,
    fewest: fewestInBlock(reports, name),
  }));
}

const percent = (share: number): string => (100 * share).toFixed(1);

function worstShare(reports: readonly SeedReport[], which: 'inPeace' | 'duringFaults'): number {
  return Math.min(1, ...wholeBlocksOf(reports).map((block) => shareOf(block, which)));
}

/** One sentence with what counts. */
export function summaryOf(passed: readonly SeedReport[], failed: readonly SeedReport[]): string {
  const all = [...passed, ...failed];
  const sum = (of: (report: SeedReport) => number): number => all.reduce((total, report) => total + of(report), 0);
  const hours = sum(({ virtualMs }) => virtualMs) / 3_600_000;
  return (
    `${all.length} seeds, ${failed.length} failed; ${hours.toFixed(1)} simulated hours, ${sum(({ counters }) => counters.operations)} operations; ` +
    `acknowledged ${percent(shareOf(all, 'duringFaults'))} % during faults with a quorum up and connected, ${percent(shareOf(all, 'inPeace'))} % in peace; ` +
    `${Math.round(sum(({ cpuMs }) => cpuMs) / Math.max(1, all.length))} ms of CPU a seed`
  );
}

export function tableOf(reports: readonly SeedReport[]): string {
  const rows = linesOf(reports).map(
    ({ name, total, seeds, fewest }) =>
      `${name.padEnd(36)} ${String(total).padStart(9)} in ${String(seeds).padStart(5)} seeds` +
      (fewest === null ? '' : `, at least ${fewest} of every twenty`),
  );
  return rows.join('\n');
}

export function pageOf(
  { command, commit, key }: Provenance,
  passed: readonly SeedReport[],
  failed: readonly SeedReport[],
): string {
  const seeds = passed.map(({ seed }) => seed);
  const shortfalls = shortfallsOfBlocks(passed);
  const numbers = new Intl.NumberFormat('en');
  const rows = linesOf(passed).map(
    ({ name, total, seeds: met, fewest }) =>
      `| ${name} | ${numbers.format(total)} | ${numbers.format(met)} | ${fewest === null ? '' : fewest} |`,
  );
  return `# Seeds that the simulator ran

Written by \`${command}\`. What [the simulator](../TESTING.md) is, and what its seeds must meet, stands there.

| | |
|---|---|
| commit | ${commit} |
| key of what the seeds run | ${key} |
| seeds | ${numbers.format(passed.length)} passed (${Math.min(...seeds)} to ${Math.max(...seeds)}), ${failed.length} failed |
| blocks of twenty | ${wholeBlocksOf(passed).length}, ${shortfalls.length === 0 ? 'each of which met all that it must' : `with ${shortfalls.length} shortfalls`} |
| simulated hours | ${numbers.format(Math.round(passed.reduce((sum, { virtualMs }) => sum + virtualMs, 0) / 360_000) / 10)} |
| operations of clients | ${numbers.format(passed.reduce((sum, { counters }) => sum + counters.operations, 0))} |
| acknowledged during faults, with a quorum up and connected | ${percent(shareOf(passed, 'duringFaults'))} %; in the worst block ${percent(worstShare(passed, 'duringFaults'))} % |
| acknowledged in peace | ${percent(shareOf(passed, 'inPeace'))} %; in the worst block ${percent(worstShare(passed, 'inPeace'))} % |
${[...failed.map(({ seed, failure }) => `\nSeed ${seed} FAILED: ${(failure ?? '').split('\n')[0] ?? ''}`), ...shortfalls.map((each) => `\n${each}`)].join('\n')}
| what happened | how often | in how many seeds | in how many of every twenty, at least |
|---|---|---|---|
${rows.join('\n')}
`;
}
