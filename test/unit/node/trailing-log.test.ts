import { describe, expect, test } from '@jest/globals';
import { TrailingLog } from '../../../src/node/trailing-log.ts';

function of(entriesMax: number, bytesMax: number, sizes: readonly number[], first = 1): TrailingLog {
  const log = new TrailingLog(entriesMax, bytesMax);
  sizes.forEach((bytes, position) => log.add(first + position, bytes));
  return log;
}

describe('what is kept of the log behind a snapshot', () => {
  const ten = Array.from({ length: 10 }, () => 10);

  test('is bounded by entries', () => {
    expect(of(3, 1000, ten).through(10)).toBe(7);
    expect(of(0, 1000, ten).through(10)).toBe(10);
  });

  test('and by bytes: big entries are not kept in memory for the sake of a number', () => {
    expect(of(100, 35, ten).through(10)).toBe(7);
    expect(of(100, 35, [...ten, 36]).through(11)).toBe(11);
  });

  test('counts from the snapshot, though more was applied while it was written', () => {
    expect(of(100, 35, ten).through(8)).toBe(5);
    expect(of(2, 1000, ten).through(8)).toBe(6);
  });

  test('what came before a start, or an installed snapshot, is not kept', () => {
    expect(of(100, 1000, ten, 51).through(60)).toBe(50);
    const log = of(100, 1000, ten);
    log.add(100, 10);
    expect(log.through(100)).toBe(99);
  });

  test('a long life forgets what it no longer needs', () => {
    const log = of(
      3,
      1000,
      Array.from({ length: 5000 }, () => 1),
    );
    expect(log.through(5000)).toBe(4997);
  });
});
