/**
 * What once failed, with what it found and what took care of it. `corpus/seeds.json` holds seeds: a new class of fault changes what a seed is,
 * and the line stays. `corpus/plans` holds plans that were made smaller, which no change of the drawing touches.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { bundleSimulation } from '../../scripts/bundle-simulation.mjs';
import { runPlan } from './run-plan.ts';
import type { KeptPlan } from './run-plan.ts';
import { failuresOf, runSeeds } from './run-seeds.ts';

interface KeptSeed {
  readonly seed: number;
  readonly found: string;
  readonly fix: string;
}

const corpus = new URL('./corpus/', import.meta.url).pathname;
const seeds = JSON.parse(readFileSync(`${corpus}seeds.json`, 'utf8')) as KeptSeed[];
const plans = readdirSync(`${corpus}plans`)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({
    name,
    path: `${corpus}plans/${name}`,
    ...(JSON.parse(readFileSync(`${corpus}plans/${name}`, 'utf8')) as KeptPlan),
  }));

test.each(seeds)(
  'seed $seed: $found',
  async ({ seed, fix }) => {
    expect(fix).not.toBe('');
    expect(failuresOf(await runSeeds(seed, 1))).toEqual([]);
  },
  60_000,
);

describe('plans that were made smaller', () => {
  test.each(plans)(
    '$name: $found',
    async ({ path, fix }) => {
      expect(fix).toMatch(/\w/);
      const folder = await mkdtemp(join(tmpdir(), 'quorate-corpus-'));
      try {
        const { failure } = await runPlan(await bundleSimulation(folder), path, 60_000);
        expect(failure).toBeNull();
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    120_000,
  );
});
