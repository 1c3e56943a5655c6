import { describe, expect, test } from '@jest/globals';
import { describeRounds, percentile } from '../../endurance/report.ts';
import type { Round } from '../../endurance/report.ts';

describe('the nearest-rank percentile', () => {
  test.each([
    [[7], 0.5, 7],
    [[3, 1, 2], 0.5, 2],
    [[4, 3, 2, 1], 0.5, 2],
    [Array.from({ length: 100 }, (_, index) => index + 1), 0.99, 99],
    [[1, 2, 3], 0.99, 3],
    [[1, 2, 3], 0, 1],
  ])('of %j at %d is %d', (values, fraction, expected) => {
    expect(percentile(values, fraction)).toBe(expected);
  });
});

test('the report has a row for each disruption, with sums and the distribution of its gaps', () => {
  const round = (scenario: string, longestWriteGapMs: number, elections: number): Round => {
    return { scenario, acknowledged: 100, refused: 1, unknown: 2, operations: 50, longestWriteGapMs, elections };
  };
  const text = describeRounds([round('roll', 300, 1), round('leader-kill', 900, 2), round('roll', 100, 3)]);
  expect(text).toContain('| roll | 2 | 200 | 2 | 4 | 100 | 100 / 300 / 300 | 1 / 3 |');
  expect(text).toContain('| leader-kill | 1 | 100 | 1 | 2 | 50 | 900 / 900 / 900 | 2 / 2 |');
});
