/**
 * The power of all three goes in the middle of a write load, ten times, on disks that lose, tear and reorder what was not synced: what kill -9
 * of the processes cannot show, because the page cache outlives them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bundleSimulation } from '../../scripts/bundle-simulation.mjs';
import { loadBuilds } from './builds.ts';
import type { Builds } from './builds.ts';
import { drawPlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { runSeed } from './world.ts';

const ROUNDS = 10;
const ROUND_MS = 9000;

/** A quiet world but for the power: nothing else hides what the disks lose. */
function tenPowerLosses(seed: number): Plan {
  const drawn = drawPlan(seed);
  return {
    ...drawn,
    members: 3,
    clients: { ...drawn.clients, clients: 8, thinkMs: 60, pipelineShare: 0.3 },
    faultsMs: (ROUNDS + 1) * ROUND_MS,
    wireDelayMs: [0.1, 1],
    slowShare: 0,
    lossShare: 0,
    duplicateShare: 0,
    occurrences: Array.from({ length: ROUNDS }, (_, round) => ({
      number: round,
      atMs: ROUND_MS * (round + 0.5),
      fault: 'power-loss-of-all' as const,
      seed: seed * ROUNDS + round,
      insists: false,
    })),
  };
}

let folder = '';
let builds: Builds;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quorate-power-loss-'));
  builds = await loadBuilds(await bundleSimulation(folder));
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test.each([1, 2])(
  'S10: the power of all members goes ten times under load: nothing acknowledged is lost (world %i)',
  async (seed) => {
    const report = await runSeed(builds, seed, { plan: tenPowerLosses(seed) });
    expect(report.failure).toBeNull();
    expect(report.counters.counts['fault: power-loss-of-all']).toBe(ROUNDS);
    const { duringFaults, inPeace } = report.counters;
    expect(duringFaults.acknowledged).toBeGreaterThan(1000);
    expect(inPeace.acknowledged).toBeGreaterThan(0.9 * inPeace.asked);
  },
  120_000,
);
