/** The planted bugs still fit the source that they are planted in, and the list that was written first names the same ones. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { MUTANTS } from '../../mutants/mutants.ts';

test('every edit fits exactly one place', () => {
  const misfits = MUTANTS.flatMap(({ id, edits }) =>
    edits
      .filter(({ file, find, replace }) => readFileSync(file, 'utf8').split(find).length !== 2 || find === replace)
      .map(({ file, find }) => `${id}: ${file}: ${find}`),
  );
  expect(misfits).toEqual([]);
});

test('every trap of docs/TRAPS.md and every rule of the store has a planted bug, but those that the list says cannot', () => {
  const list = readFileSync('test/mutants/README.md', 'utf8');
  const breaks = [...list.matchAll(/^\| M\d+ \|[^|]*\| ([^|]+) \|/gm)].map(([, what = '']) => what).join(', ');
  const broken = new Set(
    [...breaks.matchAll(/trap ((?:\d+(?:, )?)+)/g)].flatMap(([, numbers = '']) => numbers.match(/\d+/g) ?? []),
  );
  const traps = [...readFileSync('docs/TRAPS.md', 'utf8').matchAll(/^\| (\d+) \|/gm)].map(([, number = '']) => number);
  expect(traps).toHaveLength(24);
  const without = [...list.matchAll(/^Trap (\d+) has no mutant: /gm)].map(([, number]) => number);
  expect(traps.filter((trap) => !broken.has(trap))).toEqual(without);
  const rules = [1, 2, 3, 5, 6, 10, 11, 12, 13, 14, 15, 16, 17, 18].map((number) => `S${number}`);
  expect(rules.filter((rule) => !new RegExp(`\\b${rule}\\b`).test(breaks))).toEqual([]);
});

test('the list and the edits name the same bugs, at least forty of them', () => {
  const listed = [...readFileSync('test/mutants/README.md', 'utf8').matchAll(/^\| (M\d+) \|/gm)].map(([, id]) => id);
  expect(MUTANTS.map(({ id }) => id)).toEqual(listed);
  expect(listed.length).toBeGreaterThanOrEqual(40);
  expect(new Set(listed).size).toBe(listed.length);
});
