/** docs/reports/endurance.md, from what the rounds measured. */

export interface Round {
  readonly scenario: string;
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  readonly longestWriteGapMs: number;
  /** Recorded for the judge of linearizability. */
  readonly operations: number;
  /** Terms that passed: a hand-over is one, a failed campaign that reached a term too. */
  readonly elections: number;
}

/** Nearest rank: the smallest value that at least `fraction` of all do not exceed. @param values not empty */
export function percentile(values: readonly number[], fraction: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  const rank = Math.max(1, Math.ceil(fraction * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export function describeRounds(rounds: readonly Round[]): string {
  const scenarios = [...new Set(rounds.map(({ scenario }) => scenario))];
  const row = (name: string, of: readonly Round[]): string => {
    const gaps = of.map(({ longestWriteGapMs }) => longestWriteGapMs);
    const elections = of.map(({ elections: each }) => each);
    const cells = [
      name,
      of.length,
      sum(of.map(({ acknowledged }) => acknowledged)),
      sum(of.map(({ refused }) => refused)),
      sum(of.map(({ unknown }) => unknown)),
      sum(of.map(({ operations }) => operations)),
      `${percentile(gaps, 0.5)} / ${percentile(gaps, 0.99)} / ${Math.max(...gaps)}`,
      `${percentile(elections, 0.5)} / ${Math.max(...elections)}`,
    ];
    return `| ${cells.join(' | ')} |`;
  };
  return `# Endurance

Written by \`make endurance\`: each disruption on a kind cluster of three workers, under four writers that never pause and four clients whose
history is judged. A round counts only when every acknowledged value was there afterwards and its history was linearizable; the first that
is not ends the run. The gap is the longest time without any acknowledged write in a round; elections are the terms that passed in it. The
whole cluster and its clients share the cores of one machine, so ratios tell more than digits.

| disruption | rounds | writes acknowledged | refused | unknown | operations judged | write gap, ms: p50 / p99 / max | elections: p50 / max |
|---|---|---|---|---|---|---|---|
${scenarios
  .map((scenario) =>
    row(
      scenario,
      rounds.filter((each) => each.scenario === scenario),
    ),
  )
  .join('\n')}
`;
}
