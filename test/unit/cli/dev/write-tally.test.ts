/** The judge of the built-in writer: each acknowledged increment is above all before it, or something is wrong. */
import { describe, expect, test } from '@jest/globals';
import { WriteTally } from '../../../../src/cli/dev/write-tally.ts';

function tallyOf(...values: readonly (number | 'unknown')[]): WriteTally {
  const tally = new WriteTally();
  let nowMs = 0;
  for (const value of values) {
    nowMs += 10;
    if (value === 'unknown') tally.lose();
    else tally.acknowledge(value, nowMs);
  }
  return tally;
}

const counts = (tally: WriteTally) => {
  const { acknowledged, unknown, lost, surplus } = tally.view(1_000);
  return { acknowledged, unknown, lost, surplus };
};

describe('what was acknowledged', () => {
  test.each<[string, readonly (number | 'unknown')[], object]>([
    ['one after the other', [5, 6, 7], { acknowledged: 3, unknown: 0, lost: 0, surplus: 0 }],
    [
      'a write without an answer may have been carried out',
      [1, 'unknown', 3],
      { acknowledged: 2, unknown: 1, lost: 0, surplus: 0 },
    ],
    ['or not', [1, 'unknown', 2], { acknowledged: 2, unknown: 1, lost: 0, surplus: 0 }],
    ['or later, after one that was acknowledged', [1, 'unknown', 2, 4], { acknowledged: 3, unknown: 1, lost: 0, surplus: 0 }],
    ['but not twice', [1, 'unknown', 3, 5], { acknowledged: 3, unknown: 1, lost: 0, surplus: 1 }],
    ['nor without having been sent', [1, 3], { acknowledged: 2, unknown: 0, lost: 0, surplus: 1 }],
    ['a value that was there before: that one is lost', [1, 2, 2], { acknowledged: 3, unknown: 0, lost: 1, surplus: 0 }],
    ['three steps back', [7, 8, 9, 7], { acknowledged: 4, unknown: 0, lost: 3, surplus: 0 }],
    ['an empty store', [41, 42, 1], { acknowledged: 3, unknown: 0, lost: 42, surplus: 0 }],
  ])('%s', (_, values, expected) => {
    expect(counts(tallyOf(...values))).toEqual(expected);
  });

  test('a read at the end finds what is missing from the top', () => {
    const tally = tallyOf(1, 2, 3);
    tally.read(3);
    expect(counts(tally)).toMatchObject({ lost: 0 });
    tally.read(1);
    expect(counts(tally)).toMatchObject({ lost: 2 });
  });

  test('another cluster has another counter', () => {
    const tally = tallyOf(8, 9);
    tally.beginAnew();
    tally.acknowledge(1, 500);
    expect(counts(tally)).toEqual({ acknowledged: 3, unknown: 0, lost: 0, surplus: 0 });
    expect(tally.view(500)).toMatchObject({ lastGap: null, longestGapMs: 10 });
  });
});

describe('gaps', () => {
  test('the longest one, and the last that is one', () => {
    const tally = new WriteTally();
    for (const atMs of [0, 100, 900, 1_000, 1_300, 1_400]) tally.acknowledge(atMs + 1, atMs);
    expect(tally.view(1_450)).toMatchObject({ sinceLastMs: 50, lastGap: { ms: 300, endedAtMs: 1_300 }, longestGapMs: 800 });
  });

  test('one that still goes on counts as far as it went', () => {
    const tally = tallyOf(1);
    expect(tally.view(5_010)).toMatchObject({ sinceLastMs: 5_000, lastGap: null, longestGapMs: 5_000 });
  });

  test('while there is nothing to write to, on purpose, no time is a gap', () => {
    const tally = tallyOf(1, 2);
    tally.rest(35);
    expect(tally.view(9_000)).toMatchObject({ sinceLastMs: null, longestGapMs: 15 });
    tally.acknowledge(3, 9_000);
    expect(tally.view(9_000)).toMatchObject({ lost: 0, lastGap: null, longestGapMs: 15 });
  });

  test('before the first acknowledgement there is none', () => {
    expect(new WriteTally().view(9_000)).toMatchObject({ sinceLastMs: null, longestGapMs: 0, perSecond: [] });
  });
});

test('writes a second: whole seconds, the youngest last, those without any as 0', () => {
  const tally = new WriteTally();
  let value = 0;
  for (const atMs of [100, 200, 1_100, 3_100, 3_200, 3_300, 4_100]) tally.acknowledge((value += 1), atMs);
  expect(tally.view(4_500).perSecond).toEqual([2, 1, 0, 3]);
  expect(tally.view(5_500).perSecond).toEqual([2, 1, 0, 3, 1]);
});

test('it keeps two minutes of seconds, however long it runs', () => {
  const tally = new WriteTally();
  for (let second = 0; second < 500; second += 1) tally.acknowledge(second + 1, second * 1_000);
  expect(tally.view(500_000).perSecond).toEqual(Array.from({ length: 120 }, () => 1));
});
