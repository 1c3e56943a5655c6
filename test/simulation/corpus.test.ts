/** Seeds that once failed, with what they found and what became of it. A new fault class changes what a seed is; the line stays. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { failuresOf, runSeeds } from './run-seeds.ts';

interface Kept {
  readonly seed: number;
  readonly found: string;
  readonly fix: string;
}

const kept = JSON.parse(readFileSync(new URL('./corpus/seeds.json', import.meta.url), 'utf8')) as Kept[];

test.each(kept)(
  'seed $seed: $found',
  async ({ seed, fix }) => {
    expect(fix).not.toBe('');
    expect(failuresOf(await runSeeds(seed, 1))).toEqual([]);
  },
  60_000,
);
