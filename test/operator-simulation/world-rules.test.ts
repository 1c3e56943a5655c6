import { describe, expect, test } from '@jest/globals';
import {
  judgeCalls,
  judgeLease,
  judgePace,
  judgeRaise,
  judgeRest,
  judgeVolumeDeletion,
  judgeWrites,
  RAISE_MS_MAX,
} from './world-rules.ts';

const look = { type: 'status', fields: ['observedAt'] };
const lease = { type: 'lease', fields: [] };

describe('S20: at rest', () => {
  test('the Lease, and observedAt twice in 310 s, are no breach', () => {
    expect(judgeRest([lease, lease, look, look], 310_000)).toBeNull();
  });

  test('any other write is', () => {
    expect(judgeRest([lease, { type: 'status', fields: ['observedAt', 'ready'] }], 310_000)).toMatch(/^S20: at rest/);
    expect(judgeRest([{ type: 'apply-stateful-set', fields: [] }], 10_000)).toMatch(/^S20: at rest/);
  });

  test('observedAt in every pass is', () => {
    expect(judgeRest([look, look], 11_000)).toMatch(/observedAt is written 2 times/);
  });
});

describe('the lease', () => {
  test('who does not hold it writes nothing', () => {
    expect(judgeLease({ writer: 'one', holder: 'two', awakeForMs: Infinity })).toMatch(/two holds the lease/);
    expect(judgeLease({ writer: 'one', holder: 'two', awakeForMs: 60 })).toMatch(/two holds the lease/);
  });

  test('the holder does, and who just woke up may not know yet', () => {
    expect(judgeLease({ writer: 'one', holder: 'one', awakeForMs: Infinity })).toBeNull();
    expect(judgeLease({ writer: 'one', holder: 'two', awakeForMs: 2 })).toBeNull();
  });
});

test('S4: a volume under a member may not go; that of a removed one may', () => {
  expect(judgeVolumeDeletion('pv-1', 'id', true)).toMatch(/^S4/);
  expect(judgeVolumeDeletion('pv-1', 'id', false)).toBeNull();
  expect(judgeVolumeDeletion('pv-1', null, false)).toBeNull();
});

test('an acknowledged write that is not there is lost', () => {
  expect(judgeWrites(10, 9)).toMatch(/lost/);
  expect(judgeWrites(10, 10)).toBeNull();
});

test('more calls than the bound are a hot loop', () => {
  expect(judgeCalls(101, 100)).toMatch(/hot loop/);
  expect(judgeCalls(100, 100)).toBeNull();
});

test('S7: who lacks a pod that the StatefulSet was not raised for is a breach; a pass has its time', () => {
  expect(judgeRaise(['orders-shard-0-2'], RAISE_MS_MAX)).toMatch(/^S7: .*orders-shard-0-2/);
  expect(judgeRaise(['orders-shard-0-2'], RAISE_MS_MAX - 1)).toBeNull();
  expect(judgeRaise([], RAISE_MS_MAX)).toBeNull();
});

test('an operator that calls without end is in a hot loop, whatever happened to it', () => {
  expect(judgePace(10_000)).toMatch(/hot loop/);
  expect(judgePace(400)).toBeNull();
});
