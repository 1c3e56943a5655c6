import { describe, expect, test } from '@jest/globals';
import { columns, tree } from '../../../../src/cli/view/layout.ts';
import { coloured, paintFor, plain } from '../../../../src/cli/view/paint.ts';
import { duration } from '../../../../src/cli/view/time.ts';

test('columns are as wide as their widest cell, and lines end where their text ends', () => {
  const rows = [
    [{ text: 'a' }, { text: 'bb' }, { text: '' }],
    [{ text: 'aaa' }, { text: 'b' }, { text: 'c' }],
  ];
  expect(columns(rows)).toEqual(['a    bb', 'aaa  b   c']);
});

test('colours change no width', () => {
  const rows = [
    [{ text: 'a', meaning: 'bad' as const }, { text: 'x' }],
    [{ text: 'aaa' }, { text: 'x' }],
  ];
  const codes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
  expect(columns(rows, coloured).map((line) => line.replaceAll(codes, ''))).toEqual(columns(rows, plain));
});

test('a tree ties every branch to its root', () => {
  const branches = [
    { text: 'a', branches: [{ text: 'b' }, { text: 'c' }] },
    { text: 'd', branches: [{ text: 'e' }] },
  ];
  expect(tree({ text: 'root', branches })).toEqual(['root', '├─ a', '│  ├─ b', '│  └─ c', '└─ d', '   └─ e']);
});

describe('colours', () => {
  test.each([
    ['a terminal', true, {}, true],
    ['a pipe', false, {}, false],
    ['NO_COLOR', true, { NO_COLOR: '1' }, false],
    ['NO_COLOR without a value, which does not count', true, { NO_COLOR: '' }, true],
    ['a dumb terminal', true, { TERM: 'dumb' }, false],
  ])('%s', (_, isTerminal, env, isColoured) => {
    expect(paintFor(isTerminal, env)('bad', 'x') !== 'x').toBe(isColoured);
  });
});

test.each([
  [-5, '0s'],
  [119_999, '119s'],
  [190_000, '3m10s'],
  [180_000, '3m'],
  [25 * 60_000, '25m'],
  [5.2 * 3_600_000, '5h12m'],
  [20 * 3_600_000, '20h'],
  [99 * 3_600_000, '4d3h'],
  [90 * 86_400_000, '90d'],
])('%d ms are %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});
