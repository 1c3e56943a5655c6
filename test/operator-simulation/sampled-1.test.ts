import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { undisturbed } from './errands.ts';
import { Bundle, failuresOf } from './run-errands.ts';
import { drawnCrashes, drawnFaults, half } from './sampled.ts';

/** Only to tell a hang from a wait. */
jest.setTimeout(600_000);

const scenarios = half(0);
let bundle: Bundle;
let counted: readonly { readonly scenario: string; readonly writes: number }[] = [];
beforeAll(async () => {
  bundle = await Bundle.make();
});
afterAll(async () => bundle.remove());

test('undisturbed, every scenario reaches what is wanted, breaks no rule, and stays within its bound of calls', async () => {
  const reports = await bundle.run(scenarios.map(({ name }) => undisturbed(name, 'short')));
  expect(failuresOf(reports)).toEqual([]);
  counted = reports;
});

test('so it does with the operator ended before or after a write, at points drawn by a fixed seed', async () => {
  expect(counted).toHaveLength(scenarios.length);
  expect(failuresOf(await bundle.run(drawnCrashes(counted)))).toEqual([]);
});

test('and under drawn faults', async () => {
  expect(failuresOf(await bundle.run(drawnFaults(scenarios)))).toEqual([]);
});
