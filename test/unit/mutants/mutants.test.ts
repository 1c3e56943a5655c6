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

test('the list and the edits name the same bugs, at least forty of them', () => {
  const listed = [...readFileSync('test/mutants/README.md', 'utf8').matchAll(/^\| (M\d+) \|/gm)].map(([, id]) => id);
  expect(MUTANTS.map(({ id }) => id)).toEqual(listed);
  expect(listed.length).toBeGreaterThanOrEqual(40);
  expect(new Set(listed).size).toBe(listed.length);
});
