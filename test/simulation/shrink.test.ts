import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { bundleSimulation } from '../../scripts/bundle-simulation.mjs';
import { planReport } from '../../scripts/seed-reports.mjs';
import { present } from '../../src/shared/assert.ts';
import { MUTANTS } from '../mutants/mutants.ts';
import { drawPlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { writePlan } from './kept-plan.ts';
import { failureClass, shrink } from './shrink.ts';
import type { TrialResult } from './shrink.ts';

const SEEN: TrialResult = { failure: 'm-0 at 1.0 ms: S1: two', operations: 1000 };
const silent = { mayGoOn: () => true, tell: () => undefined };

describe('which failures are the same', () => {
  test.each([
    ['m-1 at 73587.497 ms: PropertyBroken: S13: log time is 12 ms ahead at entry 67\n  at x', 'S13'],
    ['at 131200.000 ms: Error: the history is not-linearizable: of 3 calls\nclient 1', 'the history is not-linearizable'],
    ['m-2 at 5.1 ms: AssertionError: m-2 sends 17 to 76b3e2083526d38e', 'AssertionError: # sends # to #'],
    [
      'a rejection that nobody handled: DiskError: write current/identity: injected',
      'a rejection that nobody handled: DiskError: write current/identity: injected',
    ],
  ])('%j is of the class %s', (failure, expected) => {
    expect(failureClass(failure)).toBe(expected);
  });
});

describe('what is left of a plan', () => {
  /** Fails if both faults are there and there are two clients. */
  const needsTwoFaults = async ({ occurrences, clients }: Plan): Promise<TrialResult> => {
    const numbers = occurrences.map(({ number }) => number);
    const fails = numbers.includes(3) && numbers.includes(11) && clients.clients >= 2;
    return { failure: fails ? 'm-0 at 1.0 ms: S1: two' : null, operations: clients.clients * 10 };
  };

  test('is what the failure needs, and nothing else', async () => {
    const plan = drawPlan(2);
    expect(plan.occurrences.length).toBeGreaterThan(12);
    const shrunk = await shrink(plan, SEEN, needsTwoFaults, silent);
    expect(shrunk.plan.occurrences.map(({ number }) => number)).toEqual([3, 11]);
    expect(shrunk.plan.clients).toMatchObject({ clients: 2, transactionShare: 0, deadlineShare: 0, pipelineShare: 0 });
    expect(shrunk.plan.faultsMs).toBeLessThan(10_000);
    expect(shrunk.operations).toBe(20);
  });

  test('never fails in another way than the plan did', async () => {
    const plan = drawPlan(2);
    const shrunk = await shrink(
      plan,
      SEEN,
      async (smaller) => {
        const result = await needsTwoFaults(smaller);
        return result.failure === null ? { ...result, failure: 'm-0 at 1.0 ms: S2: another' } : result;
      },
      silent,
    );
    expect(shrunk.failure).toContain('S1');
    expect(shrunk.plan.occurrences).toHaveLength(2);
  });

  test('is the smallest found when time is up', async () => {
    const plan = drawPlan(2);
    let trials = 0;
    const mayGoOn = (): boolean => trials < 5;
    const shrunk = await shrink(
      plan,
      SEEN,
      async (smaller) => {
        trials += 1;
        return needsTwoFaults(smaller);
      },
      { ...silent, mayGoOn },
    );
    expect(trials).toBe(5);
    expect(shrunk.trials).toBe(5);
    expect(await needsTwoFaults(shrunk.plan)).toMatchObject({ failure: expect.stringContaining('S1') });
  });
});

test('a seed that meets a planted bug is made smaller, still fails with it, and passes without it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quorate-shrink-'));
  try {
    // An append is acknowledged before it is on disk (rule S10).
    const { edits } = present(
      MUTANTS.find(({ id }) => id === 'M03'),
      'the list has it',
    );
    const planted = await bundleSimulation(join(folder, 'planted'), edits);
    const path = join(folder, 'plan.json');
    let trials = 0;
    const run = async (plan: Plan): Promise<TrialResult> => {
      trials += 1;
      await writePlan(path, { found: '', plan });
      const { failure, counters } = await planReport(planted, path, 60_000);
      return { failure, operations: counters.operations };
    };
    const plan = drawPlan(2);
    const before = await run(plan);
    const failure = present(before.failure, 'the seed meets the bug');
    const shrunk = await shrink(plan, before, run, { ...silent, mayGoOn: () => trials < 16 });
    expect(shrunk.plan.occurrences.length).toBeLessThan(plan.occurrences.length / 4);
    expect(shrunk.plan.clients.clients).toBeLessThan(plan.clients.clients);
    const again = await run(shrunk.plan);
    expect(failureClass(again.failure ?? 'none')).toBe(failureClass(failure));
    const unchanged = await bundleSimulation(join(folder, 'unchanged'));
    expect((await planReport(unchanged, path, 60_000)).failure).toBeNull();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 180_000);
