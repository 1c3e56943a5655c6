/**
 * What `make test` runs of the operator's simulation: of every scenario the undisturbed run, two crash points drawn by a fixed seed, one before
 * and one after a write, and of each a seed of faults. `make operator-crashes` runs all of them.
 */
import { crashErrands, faultErrands, sampled } from './errands.ts';
import type { Errand } from './run.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/all.ts';

const DRAW = 20;

/** Every second scenario, so that two files run side by side. */
export function half(which: 0 | 1): readonly Scenario[] {
  return SCENARIOS.filter((_, at) => at % 2 === which);
}

export function drawnCrashes(counted: readonly { readonly scenario: string; readonly writes: number }[]): readonly Errand[] {
  return counted.flatMap((report, at) => {
    const all = crashErrands(report);
    const of = (side: 'before' | 'after') => {
      const points = all.filter(({ crash }) => crash?.side === side);
      return sampled(points, 1, DRAW + at);
    };
    return [...of('before'), ...of('after')];
  });
}

export function drawnFaults(scenarios: readonly Scenario[]): readonly Errand[] {
  return scenarios.flatMap(({ name }, at) => faultErrands(name, 1, DRAW + at));
}
