import { describe, expect, test } from '@jest/globals';
import { LogTime } from '../../../src/node/log-time.ts';
import { present } from '../../../src/shared/assert.ts';
import { parseMemberId } from '../../../src/shared/ids.ts';

const B = present(parseMemberId('b'.repeat(16)), 'an id');
const C = present(parseMemberId('c'.repeat(16)), 'an id');

describe('S13: log time', () => {
  test('is the median of the clocks: one clock that is an hour off changes nothing', () => {
    const time = new LogTime();
    time.observe(B, 1_000_000, 100);
    time.observe(C, 1_000_010, 100);
    const hourAhead = 1_000_005 + 3_600_000;
    expect(time.nowMs(hourAhead, 100)).toBe(1_000_010);
    expect(time.ownOffsetMs(hourAhead, 100)).toBe(3_599_995);
  });

  test('advances by monotonic time while the wall clock jumps back', () => {
    const time = new LogTime();
    const before = time.stampMs(1_000_000, 0);
    expect(before).toBe(1_000_000);
    expect(time.stampMs(500_000, 50)).toBe(1_000_000);
    time.observe(B, 1_000_100, 100);
    time.observe(C, 1_000_100, 100);
    expect(time.stampMs(500_100, 100)).toBe(1_000_100);
    expect(time.stampMs(500_100, 150)).toBe(1_000_150);
  });

  test('whoever looked at it before hearing of others does not hold on to its own clock', () => {
    const time = new LogTime();
    const hourAhead = 4_600_000;
    expect(time.nowMs(hourAhead, 0)).toBe(hourAhead);
    time.observe(B, 1_000_000, 10);
    expect(time.stampMs(hourAhead, 10)).toBe(1_000_000);
  });

  test('never runs behind an entry that was applied', () => {
    const time = new LogTime();
    time.advanceTo(2_000_000);
    expect(time.nowMs(1_000_000, 0)).toBe(2_000_000);
  });

  test('with an even number of clocks takes the earlier middle, so that nothing expires early', () => {
    const time = new LogTime();
    time.observe(B, 5000, 0);
    expect(time.nowMs(1000, 0)).toBe(1000);
  });

  test('forgets a clock that was not heard for 10 s, and says unknown when it heard none', () => {
    const time = new LogTime();
    expect(time.ownOffsetMs(1000, 0)).toBeNull();
    time.observe(B, 5000, 0);
    expect(time.ownOffsetMs(1000, 0)).toBe(0);
    expect(time.ownOffsetMs(21_000, 20_000)).toBeNull();
  });

  test('a machine whose member was replaced has one voice: whoever is no member any more is not asked', () => {
    const time = new LogTime();
    // The machine with the wrong clock, under its old id and its new one.
    time.observe(B, 4_600_000, 0);
    time.observe(C, 4_600_000, 0);
    expect(time.nowMs(1_000_000, 0)).toBe(4_600_000);
    time.keep([C]);
    expect(time.nowMs(1_000_000, 0)).toBe(1_000_000);
  });
});
