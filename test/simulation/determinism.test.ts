import { expect, test } from '@jest/globals';
import { runSeeds } from './run-seeds.ts';

test('one seed is one world: two processes trace the same events, whatever ran before', async () => {
  const [alone, later] = await Promise.all([runSeeds(3, 1), runSeeds(2, 2)]);
  expect(later.at(-1)).toMatchObject({ seed: 3, failure: null, traceHash: alone[0]?.traceHash, steps: alone[0]?.steps });
  expect(later[0]?.traceHash).not.toBe(alone[0]?.traceHash);
}, 120_000);
