import { describe, expect, test } from '@jest/globals';
import { FAULT_NAMES, faultClassOf, parseFaultNames } from './fault-table.ts';
import { drawFocusedPlan, drawPlan } from './plan.ts';

const SEEDS = Array.from({ length: 40 }, (_, at) => at + 1);

describe('worlds of a few classes of faults', () => {
  test('have these alone, each of them somewhere, close together and in order', () => {
    const names = parseFaultNames('kill,misdirected-write');
    const met = new Set<string>();
    for (const seed of SEEDS) {
      const { occurrences, faultsMs } = drawFocusedPlan(seed, names);
      expect(occurrences.map(({ number }) => number)).toEqual(occurrences.map((_, at) => at));
      expect(occurrences.map(({ atMs }) => atMs)).toEqual(occurrences.map(({ atMs }) => atMs).sort((one, other) => one - other));
      expect(faultsMs / Math.max(1, occurrences.length)).toBeLessThan(5000);
      for (const { fault, atMs } of occurrences) {
        expect(names).toContain(fault);
        expect(atMs).toBeLessThan(faultsMs);
        met.add(fault);
      }
    }
    expect([...met].sort()).toEqual([...names].sort());
  });

  test('have members enough for each of them, and what log time may be off because of them', () => {
    for (const seed of SEEDS) {
      const { members } = drawFocusedPlan(seed, parseFaultNames('kill,clock-jump'));
      expect(members).toBeGreaterThanOrEqual(faultClassOf('clock-jump').membersMin);
    }
    const [seed = 1] = SEEDS;
    const apart = (words: string): number => drawFocusedPlan(seed, parseFaultNames(words)).logTimeErrorMs;
    expect(apart('clock-jump')).toBeGreaterThan(apart('kill') + 60_000);
  });

  test('are the same for the same seed, and others for another', () => {
    expect(drawFocusedPlan(3, ['kill'])).toEqual(drawFocusedPlan(3, ['kill']));
    expect(drawFocusedPlan(3, ['kill']).occurrences).not.toEqual(drawFocusedPlan(4, ['kill']).occurrences);
    expect(drawFocusedPlan(3, ['kill']).clients).toEqual(drawPlan(3).clients);
  });

  test('a class that there is not is named, with those that there are', () => {
    expect(parseFaultNames(FAULT_NAMES.join(','))).toEqual(FAULT_NAMES);
    expect(() => parseFaultNames('kill,flood')).toThrow(/no class of faults is called flood; there are kill, power-loss/);
    expect(() => parseFaultNames('')).toThrow(/no class of faults/);
  });
});
