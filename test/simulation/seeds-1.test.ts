import { expect, test } from '@jest/globals';
import { failuresOf, runSeeds } from './run-seeds.ts';

test('seeds 1 to 100 lose nothing that was acknowledged, and work again in peace', async () => {
  expect(failuresOf(await runSeeds(1, 100))).toEqual([]);
}, 300_000);
