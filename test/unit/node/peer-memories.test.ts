import { describe, expect, test } from '@jest/globals';
import { isDiskOfThePast } from '../../../src/node/peer-memories.ts';

describe('S12: a disk of the past', () => {
  const own = { term: 5, last: { term: 4, index: 100 } };
  test.each([
    ['the same position', { term: 5, position: { term: 4, index: 100 } }, false],
    ['an older position', { term: 5, position: { term: 4, index: 99 } }, false],
    ['a higher index of an older term: it was truncated since', { term: 5, position: { term: 3, index: 500 } }, false],
    ['a higher index of the same term', { term: 5, position: { term: 4, index: 101 } }, true],
    ['a higher entry term', { term: 5, position: { term: 5, index: 1 } }, true],
    ['a higher current term', { term: 6, position: { term: 1, index: 1 } }, true],
  ])('a peer remembers %s', (_what, remembered, expected) => {
    expect(isDiskOfThePast(own, remembered)).toBe(expected);
  });
});
