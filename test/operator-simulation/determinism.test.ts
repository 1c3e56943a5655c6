import { afterAll, expect, test } from '@jest/globals';
import { Bundle } from './run-errands.ts';
import type { Errand } from './run.ts';

const bundles: Bundle[] = [];
afterAll(async () => Promise.all(bundles.map((bundle) => bundle.remove())));

test('the same seed and the same end of the operator are the same run, in another process as well', async () => {
  const bundle = await Bundle.make();
  bundles.push(bundle);
  const errand: Errand = { scenario: 'roll', seed: 3, crash: { write: 9, side: 'after' }, faults: false, rest: 'short' };
  const faulty: Errand = { scenario: 'found', seed: 4, crash: null, faults: true, rest: 'short' };
  const first = await bundle.run([errand, faulty, errand]);
  const [again] = await bundle.run([faulty]);
  expect(first.map(({ failure }) => failure)).toEqual([null, null, null]);
  expect(first[2]?.traceHash).toBe(first[0]?.traceHash);
  expect(again?.traceHash).toBe(first[1]?.traceHash);
  expect(again?.steps).toBe(first[1]?.steps);
}, 120_000);
