/**
 * What once failed, with what it found and what took care of it: plans that were made smaller, which no change of the drawing touches. Here
 * they pass; that they fail with their fix taken back is for `make corpus` to show.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bundleSimulation } from '../../scripts/bundle-simulation.mjs';
import { planReport } from '../../scripts/seed-reports.mjs';
import type { KeptPlan } from './kept-plan.ts';

const folder = new URL('./corpus/', import.meta.url).pathname;
const plans = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({
    name,
    path: `${folder}${name}`,
    ...(JSON.parse(readFileSync(`${folder}${name}`, 'utf8')) as KeptPlan),
  }));

let bundles = '';
beforeAll(async () => {
  bundles = await mkdtemp(join(tmpdir(), 'quorate-corpus-'));
  await bundleSimulation(bundles);
}, 60_000);
afterAll(async () => rm(bundles, { recursive: true, force: true }));

test.each(plans)(
  '$name: $found',
  async ({ path }) => {
    const { failure } = await planReport(bundles, path, 60_000);
    expect(failure).toBeNull();
  },
  120_000,
);

test.each(plans)('$name says what took care of it, and how to take that back', ({ fix, takenBack = [] }) => {
  expect(fix).toMatch(/\w/);
  expect(takenBack.length).toBeGreaterThan(0);
  const misfits = takenBack.filter(
    ({ file, find, replace }) => readFileSync(file, 'utf8').split(find).length !== 2 || find === replace,
  );
  expect(misfits).toEqual([]);
});
