/**
 * What `make test` runs of the operator's simulation: of every scenario the undisturbed run, two crash points drawn by a fixed seed, one before
 * and one after a write, and of some a seed of faults. `make operator-crashes` runs all of them.
 */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { crashErrands, faultErrands, sampled, undisturbed } from './errands.ts';
import { Bundle, failuresOf } from './run-errands.ts';
import type { Errand } from './run.ts';
import type { Scenario } from './scenario.ts';

const DRAW = 20;

export function testSampled(scenarios: readonly Scenario[]): void {
  jest.setTimeout(300_000);
  let bundle: Bundle | null = null;
  const bundled = (): Bundle => {
    if (bundle === null) throw new Error('the bundle is not made yet');
    return bundle;
  };
  beforeAll(async () => {
    bundle = await Bundle.make();
  });
  afterAll(() => bundle?.remove());

  let writes: readonly { readonly scenario: string; readonly writes: number }[] = [];

  test('undisturbed, every scenario reaches what is wanted, breaks no rule, and stays within its bound of calls', async () => {
    const reports = await bundled().run(scenarios.map(({ name }) => undisturbed(name, 'short')));
    expect(failuresOf(reports)).toEqual([]);
    writes = reports;
  });

  test('so it does with the operator ended before or after a write, at points drawn by a fixed seed', async () => {
    expect(writes).toHaveLength(scenarios.length);
    const errands = writes.flatMap((report, at) => drawn(report, at));
    expect(failuresOf(await bundled().run(errands))).toEqual([]);
  });

  test('and under drawn faults', async () => {
    const errands = scenarios.flatMap(({ name }, at) => faultErrands(name, 1, DRAW + at));
    expect(failuresOf(await bundled().run(errands))).toEqual([]);
  });
}

function drawn(report: { readonly scenario: string; readonly writes: number }, at: number): readonly Errand[] {
  const all = crashErrands(report);
  const of = (side: 'before' | 'after') =>
    sampled(
      all.filter(({ crash }) => crash?.side === side),
      1,
      DRAW + at,
    );
  return [...of('before'), ...of('after')];
}
