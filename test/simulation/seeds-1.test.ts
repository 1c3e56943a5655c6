import { expect, test } from '@jest/globals';
import { shortfallsOfBlocks } from './requirements.ts';
import { failuresOf, runSeeds } from './run-seeds.ts';

test('seeds 1 to 100 lose nothing that was acknowledged, work again in peace, and every twenty of them meet every fault', async () => {
  const reports = await runSeeds(1, 100);
  expect(failuresOf(reports)).toEqual([]);
  expect(shortfallsOfBlocks(reports)).toEqual([]);
}, 300_000);
