import { expect, test } from '@jest/globals';
import { RestartBackOff } from './restart-back-off.ts';

test('a process that ends over and over is started later each time, and at once again after it ran for long', () => {
  const backOff = new RestartBackOff();
  const waits = Array.from({ length: 7 }, (_, at) => backOff.ended(at * 1000, 10));
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  expect(backOff.notBeforeMs).toBe(6000 + 15_000);
  expect(backOff.ended(100_000, 30_000)).toBe(500);
  expect(backOff.ended(101_000, 10)).toBe(1000);
  backOff.forget();
  expect(backOff.notBeforeMs).toBe(0);
  expect(backOff.ended(102_000, 10)).toBe(500);
});
