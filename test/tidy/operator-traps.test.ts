/** docs/OPERATOR-TRAPS.md names tests: each has to be there, under that very name. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { filesUnder } from './source-files.ts';

const page = readFileSync('docs/OPERATOR-TRAPS.md', 'utf8');
const rows = page.split('\n').filter((line) => /^\| \d+ \|/.test(line));
const named = rows.flatMap((row) =>
  [...row.matchAll(/`(test\/[^`]+)`: \*([^*]+)\*/g)].map(([, path = '', name = '']) => ({ path, name })),
);

/** The names of tests, of groups and of table rows in a file, as they are written there. */
function namesIn(text: string): ReadonlySet<string> {
  const quoted = [...text.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g)].map(
    ([, single, double]) => single ?? double ?? '',
  );
  return new Set(quoted.map((name) => name.replace(/\\(['"])/g, '$1')));
}

test('every trap and every complaint has a row, and each row names a test', () => {
  const numbers = rows.map((row) => Number(/^\| (\d+) \|/.exec(row)?.[1]));
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  expect(numbers).toEqual([...upTo(10), ...upTo(36)]);
  for (const row of rows) expect(row).toMatch(/`test\/([^`]+\.test|scenarios\/[^`]+)\.ts`: \*[^*]{15,}\* ?(<br>|\|$)/);
});

test('every test that docs/OPERATOR-TRAPS.md names exists', () => {
  const files = new Map(filesUnder('test', ['.ts']).map(({ path, text }) => [path, namesIn(text)]));
  const missing = named.filter(({ path, name }) => files.get(path)?.has(name) !== true);
  expect(missing).toEqual([]);
  expect(named.length).toBeGreaterThan(80);
});
