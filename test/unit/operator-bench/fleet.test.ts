/** What `make bench-operator` measures at 500 clusters, held at 20: counts of calls, and never a time. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { OBSERVED_AT_REFRESH_MS } from '../../../src/operator/status/derive.ts';
import { Fleet, MEMBERS_PER_CLUSTER, writesOf } from '../../operator-bench/fleet.ts';
import type { Calls } from '../../operator-bench/fleet.ts';
import { describeBench } from '../../operator-bench/report.ts';
import { runBench } from '../../operator-bench/bench.ts';
import { field } from '../../support/model-api.ts';

/** Minutes of virtual time are seconds of real time. */
jest.setTimeout(300_000);

const few = 4;
const clusters = 20;
const restMinutes = 11;
const lookMs = 10_000;
const renewMs = 2_000;

const sum = (calls: Calls): number => [...calls.values()].reduce((total, count) => total + count, 0);

async function founded(size: number): Promise<{ readonly fleet: Fleet; readonly calls: Calls }> {
  const fleet = new Fleet(size);
  fleet.apply();
  fleet.startOperator();
  await fleet.untilReady(300_000);
  return { fleet, calls: fleet.takeCalls() };
}

describe('one operator and twenty clusters', () => {
  let fleet: Fleet;
  let founding: Calls;
  let rest: Calls;
  /** By cluster: when its status was written at rest. */
  const written = new Map<string, number[]>();

  beforeAll(async () => {
    ({ fleet, calls: founding } = await founded(clusters));
    await fleet.advance(60_000);
    fleet.takeCalls();
    const stop = fleet.model.api.store.onChange(({ collection, object }) => {
      if (collection !== 'quorate.io/storageclusters') return;
      const { namespace = '', name } = object.metadata;
      const times = written.get(`${namespace}/${name}`) ?? [];
      written.set(`${namespace}/${name}`, [...times, fleet.model.clock.monotonicMs()]);
    });
    await fleet.advance(restMinutes * 60_000);
    stop();
    rest = fleet.takeCalls();
  });
  afterAll(() => fleet.stop());

  test('every cluster is Ready with all its members, and the queue is empty', () => {
    const found = fleet.model.api.store.list('quorate.io/storageclusters', null);
    expect(found.map((cluster) => field(cluster, 'status.ready'))).toEqual(
      Array.from({ length: clusters }, () => `${MEMBERS_PER_CLUSTER}/${MEMBERS_PER_CLUSTER}`),
    );
    expect(fleet.takeQueue().at(-1)).toEqual({ ready: 0, running: 0 });
  });

  test('to found a cluster takes 100 calls at most, 30 of them writes, however many there are', async () => {
    expect(sum(founding) / clusters).toBeLessThanOrEqual(100);
    expect(sum(writesOf(founding)) / clusters).toBeLessThanOrEqual(30);
    const small = await founded(few);
    await small.fleet.stop();
    expect(sum(founding) / clusters).toBeLessThanOrEqual(1.2 * (sum(small.calls) / few));
  });

  test('each child is written once, and nothing but pods, claims, status and events beside them', () => {
    const each = (what: string): number => (founding.get(what) ?? 0) / clusters;
    expect(each('apply statefulsets')).toBe(1);
    expect(each('apply services')).toBe(3);
    expect(each('apply networkpolicies')).toBe(1);
    expect(each('apply poddisruptionbudgets')).toBe(1);
    expect(each('create secrets')).toBe(3);
    const others = [...writesOf(founding).keys()].filter((what) => !what.endsWith('leases')).sort();
    expect(others).toEqual([
      'apply networkpolicies',
      'apply persistentvolumeclaims',
      'apply poddisruptionbudgets',
      'apply services',
      'apply statefulsets',
      'create events',
      'create secrets',
      'patch pods',
      'patch storageclusters/status',
    ]);
  });

  test('S20: at rest nothing is written but the lease, and each status once in 5 minutes', () => {
    expect([...writesOf(rest).keys()].sort()).toEqual(['patch leases', 'patch storageclusters/status']);
    expect(rest.get('patch leases')).toBeLessThanOrEqual((restMinutes * 60_000) / renewMs + 1);
    expect(written.size).toBe(clusters);
    for (const times of written.values()) {
      expect(times.length).toBeGreaterThanOrEqual(2);
      for (const [at, time] of times.entries()) {
        const sinceMs = at === 0 ? OBSERVED_AT_REFRESH_MS : time - (times[at - 1] ?? 0);
        expect(sinceMs).toBeGreaterThanOrEqual(OBSERVED_AT_REFRESH_MS);
        expect(sinceMs).toBeLessThanOrEqual(300_000);
      }
    }
  });

  test('at rest a look at a cluster reads one Secret, and all else is looked at every few minutes', () => {
    const looks = (restMinutes * 60_000) / lookMs;
    // Once in 5 minutes each: a budget, a policy, 3 Services, 3 Secrets, 3 volumes.
    const checks = Math.ceil(restMinutes / 5) * 11;
    const reads = [...rest].filter(([what]) => what.startsWith('get ') && !what.endsWith('leases'));
    expect(sum(new Map(reads)) / clusters).toBeLessThanOrEqual(looks + checks);
  });
});

test('the report tells of every call and every phase', async () => {
  let heapBytes = 300 << 20;
  const world = {
    say: () => undefined,
    memory: () => Promise.resolve({ rssBytes: 1 << 30, heapBytes: (heapBytes -= 16 << 20) }),
    wallMs: () => 0,
  };
  const report = describeBench(await runBench(2, world, 10), 'a test');
  expect(report).toContain('2 StorageClusters of 3 members');
  expect(report).toMatch(/\| apply statefulsets \| 1\.00 \| {2}\|/);
  expect(report).toMatch(/\| patch storageclusters\/status \| \d+\.\d\d \| 1[0-4]\.\d\d \|/);
  expect(report).toMatch(/for all 2 clusters: \d+ `patch leases`, [2-6] `patch storageclusters\/status`/);
  expect(report).toContain("The operator's share of the heap: 16 MiB.");
  expect(report).not.toMatch(/NaN|undefined|Infinity/);
});
