/** The operator's planted bugs still fit the source, and the list that was written first names the same ones. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { OPERATOR_MUTANTS } from '../../mutants/operator-mutants.ts';

test('every edit fits exactly one place', () => {
  const misfits = OPERATOR_MUTANTS.flatMap(({ id, edits }) =>
    edits
      .filter(({ file, find, replace }) => readFileSync(file, 'utf8').split(find).length !== 2 || find === replace)
      .map(({ file, find }) => `${id}: ${file}: ${find}`),
  );
  expect(misfits).toEqual([]);
});

test('the list and the edits name the same bugs, a breach of each of S1, S4 to S9 and S20 among them', () => {
  const rows = [...readFileSync('test/mutants/README.md', 'utf8').matchAll(/^\| (O\d+) \| .*? \| (.*?) \|/gm)];
  expect(OPERATOR_MUTANTS.map(({ id }) => id)).toEqual(rows.map(([, id]) => id));
  const broken = rows.flatMap(([, , breaks = '']) => breaks.split(', '));
  expect(broken).toEqual(expect.arrayContaining(['S1', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S20']));
});
