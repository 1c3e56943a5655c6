import { expect, test } from '@jest/globals';
import { matchesGlob } from '../../../src/keyspace/glob.ts';

const cases: readonly (readonly [pattern: string, text: string, matches: boolean])[] = [
  ['*', '', true],
  ['*', 'anything', true],
  ['', '', true],
  ['', 'a', false],
  ['h?llo', 'hello', true],
  ['h?llo', 'hllo', false],
  ['h*llo', 'heeeello', true],
  ['h*llo', 'hello!', false],
  ['*a*b*c*', 'xxaxxbxxcxx', true],
  ['*a*b*c*', 'xxbxxaxxcxx', false],
  ['h[ae]llo', 'hallo', true],
  ['h[ae]llo', 'hillo', false],
  ['h[^e]llo', 'hallo', true],
  ['h[^e]llo', 'hello', false],
  ['h[a-c]llo', 'hbllo', true],
  ['h[c-a]llo', 'hbllo', true],
  ['h[a-c]llo', 'hdllo', false],
  ['[]', 'a', false],
  ['[^]', 'a', true],
  ['[abc', 'c', true],
  ['[abc', 'd', false],
  ['[a-', 'a', true],
  ['[a-', '-', true],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['[\\]]', ']', true],
  ['\\', '\\', true],
  ['a\\', 'a\\', true],
  ['\u00ff?', '\u00ff\0', true],
  ['A', 'a', false],
];

test.each(cases)('the pattern %j and the key %j: %j', (pattern, text, matches) => {
  expect(matchesGlob(pattern, text)).toBe(matches);
});

test('a pattern of many stars costs no more than pattern times key', () => {
  expect(matchesGlob('a*'.repeat(2000) + 'b', 'a'.repeat(20_000))).toBe(false);
});
