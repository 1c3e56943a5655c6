/** Small texts of the live view. */
import { expect, test } from '@jest/globals';
import { clipped, grid, paintedLine } from '../../../../src/cli/view/layout.ts';
import { plain } from '../../../../src/cli/view/paint.ts';
import { sparkline } from '../../../../src/cli/view/sparkline.ts';
import { countText, shortTime } from '../../../../src/cli/view/time.ts';

test('a sparkline has a bar for each number, a dot for none, and the largest fills it', () => {
  expect(sparkline([0, 1, 50, 100])).toBe('·▁▄█');
  expect(sparkline([])).toBe('');
  expect(sparkline([0, 0])).toBe('··');
});

test.each([
  [7, '7 ms'],
  [999, '999 ms'],
  [1_240, '1.2 s'],
  [14_400, '14 s'],
  [190_000, '3m10s'],
])('%d ms is %s', (ms, text) => {
  expect(shortTime(ms)).toBe(text);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [12_345_678, '12,345,678'],
])('%d is %s', (count, text) => {
  expect(countText(count)).toBe(text);
});

test('a line that is too wide ends in …, and never in the middle of a colour', () => {
  const line = [{ text: 'abc', meaning: 'good' as const }, { text: 'def' }];
  expect(clipped(line, 6)).toBe(line);
  expect(clipped(line, 5)).toEqual([{ text: 'abc', meaning: 'good' }, { text: 'd' }, { text: '…', meaning: 'faint' }]);
  expect(clipped(line, 3)).toEqual([
    { text: 'ab', meaning: 'good' },
    { text: '…', meaning: 'faint' },
  ]);
  expect(clipped(line, 0)).toEqual([]);
});

test('numbers stand on the right of their column', () => {
  const rows = [
    ['LAG', 'NODE'],
    ['7', 'a'],
  ].map(([lag = '', node = '']) => [{ text: lag, align: 'right' as const }, { text: node }]);
  expect(grid(rows).map((line) => paintedLine(line, plain))).toEqual(['LAG  NODE', '  7  a']);
});
