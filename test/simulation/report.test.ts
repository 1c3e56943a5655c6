import { describe, expect, test } from '@jest/globals';
import { Counters } from './counters.ts';
import { pageOf, summaryOf } from './report.ts';
import { fewestInBlock, MUST_BE_SEEN, shortfallsOfBlocks } from './requirements.ts';
import type { SeedReport } from './run.ts';

function reportOf(seed: number, met: readonly string[], acknowledged = 990): SeedReport {
  const counters = new Counters();
  for (const what of met) counters.count(what, 2);
  counters.operations = 1500;
  Object.assign(counters.inPeace, { asked: 1000, acknowledged });
  Object.assign(counters.duringFaults, { asked: 500, acknowledged: 300 });
  return { seed, failure: null, traceHash: '0', steps: 1, occurrences: 3, virtualMs: 126_000, counters, cpuMs: 500 };
}

const blockFrom = (first: number, of: (seed: number) => SeedReport): SeedReport[] =>
  Array.from({ length: 20 }, (_, at) => of(first + at));

const all = (seed: number): SeedReport => reportOf(seed, MUST_BE_SEEN);

describe('what a block of twenty must have met', () => {
  test('nothing is missing where one of its seeds met everything', () => {
    const block = blockFrom(21, (seed) => (seed === 30 ? all(seed) : reportOf(seed, [])));
    expect(shortfallsOfBlocks(block)).toEqual([]);
    expect(fewestInBlock(block, 'truncations')).toBe(1);
  });

  test.each(MUST_BE_SEEN.map((what) => [what]))('%s is missed by name', (what) => {
    const others = MUST_BE_SEEN.filter((each) => each !== what);
    const block = blockFrom(1, (seed) => reportOf(seed, others));
    expect(shortfallsOfBlocks(block)).toEqual([`seeds 1 to 20 never met: ${what}`]);
  });

  test('blocks stand where they stand, in whatever order their seeds came, and one that is not whole is not judged', () => {
    const whole = blockFrom(21, (seed) => reportOf(seed, []));
    const shortfalls = shortfallsOfBlocks([...blockFrom(41, all), ...whole.reverse(), reportOf(1, [])]);
    expect(shortfalls).toHaveLength(MUST_BE_SEEN.length);
    expect(shortfalls[0]).toMatch(/^seeds 21 to 40 /);
  });

  test('a small seed and a store that answers nothing are told', () => {
    const lazy = blockFrom(1, (seed) => ({ ...reportOf(seed, MUST_BE_SEEN, 800), virtualMs: seed === 7 ? 90_000 : 126_000 }));
    expect(shortfallsOfBlocks(lazy)).toEqual([
      'seed 7 is small: 1500 operations in 90000 ms',
      'seeds 1 to 20: in peace 0.800 of what was asked was acknowledged, not 0.9',
    ]);
  });
});

describe('the report', () => {
  const provenance = { command: 'make sim SEEDS=40', commit: 'abc', key: '0123456789abcdef' };
  const passed = [...blockFrom(1, all), ...blockFrom(21, (seed) => (seed === 30 ? all(seed) : reportOf(seed, ['elections'])))];

  test('says what ran, for how long, and how often each thing was met, in total and in the poorest block', () => {
    const page = pageOf(provenance, passed, []);
    for (const line of [
      'Written by `make sim SEEDS=40`.',
      '| commit | abc |',
      '| key of what the seeds run | 0123456789abcdef |',
      '| seeds | 40 passed (1 to 40), 0 failed |',
      '| blocks of twenty | 2, each of which met all that it must |',
      '| simulated hours | 1.4 |',
      '| operations of clients | 60,000 |',
      '| acknowledged in peace | 99.0 %; in the worst block 99.0 % |',
      '| elections | 80 | 40 | 20 |',
      '| truncations | 42 | 21 | 1 |',
    ])
      expect(page).toContain(line);
  });

  test('hides no failure and no shortfall', () => {
    const failed = { ...reportOf(41, []), failure: 'm-0 at 1.0 ms: S1: two\n  at x' };
    const page = pageOf(
      provenance,
      blockFrom(1, (seed) => reportOf(seed, MUST_BE_SEEN.slice(1))),
      [failed],
    );
    expect(page).toContain('1 failed');
    expect(page).toContain('Seed 41 FAILED: m-0 at 1.0 ms: S1: two');
    expect(page).toContain(`seeds 1 to 20 never met: ${MUST_BE_SEEN[0] ?? ''}`);
    expect(summaryOf(passed, [failed])).toContain('41 seeds, 1 failed');
  });
});
