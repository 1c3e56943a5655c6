import { describe, expect, test } from '@jest/globals';
import { FAULT_NAMES, faultClassOf } from './fault-table.ts';
import { drawPlan } from './plan.ts';
import { BLOCK_SEEDS, stratumOf } from './strata.ts';

const blocks = [0, 1, 7, 249].map((block) => Array.from({ length: BLOCK_SEEDS }, (_, at) => block * BLOCK_SEEDS + at + 1));

describe.each(blocks.map((seeds) => [seeds[0] ?? 0, seeds] as const))('the block that begins with seed %i', (_, seeds) => {
  test('forces each class of fault on five seeds at least, where there are members enough for it', () => {
    for (const name of FAULT_NAMES) {
      const forced = seeds.filter((seed) => stratumOf(seed).forced.includes(name));
      expect([name, forced.length >= 5]).toEqual([name, true]);
      for (const seed of forced) expect(stratumOf(seed).members).toBeGreaterThanOrEqual(faultClassOf(name).membersMin);
    }
  });

  test('what is forced on a seed stands in its plan and insists, with half a minute left', () => {
    for (const seed of seeds) {
      const { occurrences, faultsMs, members } = drawPlan(seed);
      const { forced } = stratumOf(seed);
      expect(members).toBe(stratumOf(seed).members);
      for (const name of forced) {
        const insisting = occurrences.filter(({ fault, insists }) => fault === name && insists);
        expect([name, insisting.length > 0]).toEqual([name, true]);
        for (const { atMs } of insisting) expect(atMs).toBeLessThanOrEqual(faultsMs - 30_000);
      }
    }
  });

  test('has worlds of one, three and five members, and half of them lose frames', () => {
    const sizes = seeds.map((seed) => stratumOf(seed).members);
    expect([1, 3, 5].map((size) => sizes.filter((each) => each === size).length)).toEqual([2, 12, 6]);
    expect(seeds.filter((seed) => drawPlan(seed).lossShare > 0)).toHaveLength(BLOCK_SEEDS / 2);
  });
});

test('two blocks force the same classes on other seeds', () => {
  const [one = [], other = []] = blocks;
  const forcedOn = (seeds: readonly number[]): string => JSON.stringify(seeds.map((seed) => stratumOf(seed).forced));
  expect(forcedOn(one)).not.toBe(forcedOn(other));
});
