import { expect, test } from '@jest/globals';
import { shortfallsOfBlocks } from './requirements.ts';
import { failuresOf, runSeeds } from './run-seeds.ts';

test('seeds 101 to 200 lose nothing that was acknowledged, work again in peace, and every twenty of them meet every fault', async () => {
  const reports = await runSeeds(101, 100);
  expect(failuresOf(reports)).toEqual([]);
  expect(shortfallsOfBlocks(reports)).toEqual([]);
}, 300_000);
