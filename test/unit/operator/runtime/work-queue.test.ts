import { describe, expect, test } from '@jest/globals';
import { KubernetesApiError } from '../../../../src/operator/kubernetes/errors.ts';
import { QUEUE_LIMITS, WorkQueue } from '../../../../src/operator/work-queue.ts';
import type { WorkOutcome } from '../../../../src/operator/work-queue.ts';
import { SeededRandom } from '../../../../src/shared/random.ts';
import { VirtualTime, settle } from '../../../support/virtual-time.ts';
import { silentLog } from './fixture.ts';

interface Begun {
  readonly key: string;
  readonly atMs: number;
  readonly signal: AbortSignal;
  readonly finish: (requeueAfterMs: number | null) => void;
  readonly fail: (error: Error) => void;
}

/** A queue whose work the test finishes by hand. */
function manualQueue(concurrency = 2): { clock: VirtualTime; begun: Begun[]; queue: WorkQueue; outcomes: string[] } {
  const clock = new VirtualTime();
  const begun: Begun[] = [];
  const outcomes: string[] = [];
  const queue = new WorkQueue({
    clock,
    random: new SeededRandom(3),
    log: silentLog,
    concurrency,
    observeWork: (_seconds, outcome) => outcomes.push(outcome),
    work: (key, signal) =>
      new Promise<WorkOutcome>((resolve, reject) => {
        const finish = (requeueAfterMs: number | null): void => resolve({ requeueAfterMs });
        begun.push({ key, atMs: clock.monotonicMs(), signal, finish, fail: reject });
      }),
  });
  return { clock, begun, queue, outcomes };
}

/** A queue whose work fails as long as `broken` says so. */
function failingQueue(broken: () => Error | null): { clock: VirtualTime; starts: number[]; queue: WorkQueue } {
  const clock = new VirtualTime();
  const starts: number[] = [];
  const queue = new WorkQueue({
    clock,
    random: new SeededRandom(3),
    log: silentLog,
    work: async () => {
      starts.push(clock.monotonicMs());
      const error = broken();
      if (error !== null) throw error;
      return { requeueAfterMs: null };
    },
  });
  return { clock, starts, queue };
}

describe('the work queue', () => {
  test('a key that is added many times is worked on once', async () => {
    const { begun, queue } = manualQueue();
    for (let round = 0; round < 5; round += 1) queue.add('a');
    expect(queue.readyCount).toBe(1);
    queue.start();
    begun[0]?.finish(null);
    await settle();
    expect(begun.map(({ key }) => key)).toEqual(['a']);
  });

  test('one worker a key: what comes while it is worked on brings it back once, afterwards', async () => {
    const { begun, queue } = manualQueue();
    queue.start();
    queue.add('a');
    queue.add('a');
    queue.add('a');
    await settle();
    expect(begun).toHaveLength(1);
    begun[0]?.finish(null);
    await settle();
    expect(begun).toHaveLength(2);
    begun[1]?.finish(null);
    await settle();
    expect(begun).toHaveLength(2);
  });

  test('no more workers than the bound, first come first served', async () => {
    const { begun, queue } = manualQueue(2);
    queue.start();
    for (const key of ['a', 'b', 'c', 'd']) queue.add(key);
    expect(begun.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(queue.runningCount).toBe(2);
    begun[1]?.finish(null);
    await settle();
    expect(begun.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  });

  test('nothing is worked on before the start', async () => {
    const { begun, queue, clock } = manualQueue();
    queue.add('a');
    queue.addAfter('b', 10);
    await clock.advance(1_000);
    expect(begun).toEqual([]);
    queue.start();
    expect(begun.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  test('the earliest date of a key stands, and an addition comes before any date', async () => {
    const { begun, queue, clock } = manualQueue();
    queue.start();
    queue.addAfter('a', 5_000);
    queue.addAfter('a', 1_000);
    queue.addAfter('a', 9_000);
    await clock.advance(999);
    expect(begun).toHaveLength(0);
    await clock.advance(1);
    expect(begun).toHaveLength(1);
    begun[0]?.finish(10_000);
    await settle();
    queue.add('a');
    expect(begun).toHaveLength(2);
    begun[1]?.finish(null);
    await clock.advance(60_000);
    expect(begun).toHaveLength(2);
    expect(clock.timerCount).toBe(0);
  });

  test('a reconcile says when it wants to look again, but never at once', async () => {
    const { begun, queue, clock } = manualQueue();
    queue.start();
    queue.add('a');
    begun[0]?.finish(0);
    await settle();
    expect(begun).toHaveLength(1);
    await clock.advance(QUEUE_LIMITS.requeueMsMin);
    expect(begun).toHaveLength(2);
    begun[1]?.finish(2_000);
    await clock.advance(2_000);
    expect(begun[2]?.atMs).toBe(QUEUE_LIMITS.requeueMsMin + 2_000);
  });

  test('a failing key waits longer each time, up to a bound, and alone', async () => {
    const { clock, starts, queue } = failingQueue(() => new Error('the world refused'));
    queue.start();
    queue.add('a');
    await clock.advance(600_000);
    const pauses = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
    expect(pauses[0]).toBeLessThanOrEqual(150);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(QUEUE_LIMITS.backoff.mostMs * 1.5);
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(QUEUE_LIMITS.backoff.mostMs * 0.5);
    expect(starts.length).toBeLessThan(30);
    expect(queue.failingCount).toBe(1);
  });

  test('success forgets the failures', async () => {
    let failures = 5;
    const { clock, starts, queue } = failingQueue(() => ((failures -= 1) >= 0 ? new Error('not yet') : null));
    queue.start();
    queue.add('a');
    await clock.advance(60_000);
    expect(starts).toHaveLength(6);
    expect(queue.failingCount).toBe(0);
    failures = 1;
    queue.add('a');
    await clock.advance(150);
    expect(starts).toHaveLength(8);
  });

  test('news about a failing key bring it forward, but its own writes make no hot loop', async () => {
    let broken = true;
    const { clock, starts, queue } = failingQueue(() => (broken ? new Error('not yet') : null));
    queue.start();
    queue.add('a');
    await clock.advance(120_000);
    const before = starts.length;
    for (let step = 0; step < 100; step += 1) {
      queue.add('a');
      await clock.advance(100);
    }
    expect(starts.length - before).toBeLessThanOrEqual(11);
    expect(starts.length - before).toBeGreaterThanOrEqual(9);
    broken = false;
    queue.add('a');
    await clock.advance(QUEUE_LIMITS.newsAfterFailureMs);
    expect(queue.failingCount).toBe(0);
  });

  test('a server that asks us to stay away is obeyed', async () => {
    const throttled = new KubernetesApiError({
      kind: 'throttled',
      status: 429,
      reason: '',
      message: 'later',
      retryAfterMs: 30_000,
    });
    const { clock, starts, queue } = failingQueue(() => throttled);
    queue.start();
    queue.add('a');
    await clock.advance(29_999);
    expect(starts).toHaveLength(1);
    await clock.advance(1);
    expect(starts).toHaveLength(2);
  });

  test('work past its deadline is aborted; what goes on nevertheless keeps its key and is reported as stuck', async () => {
    const { begun, queue, clock, outcomes } = manualQueue();
    queue.start();
    queue.add('a');
    await clock.advance(QUEUE_LIMITS.workDeadlineMs - 1);
    expect(begun[0]?.signal.aborted).toBe(false);
    await clock.advance(1);
    expect(begun[0]?.signal.aborted).toBe(true);
    expect(queue.stuck).toBe(false);
    queue.add('a');
    await clock.advance(QUEUE_LIMITS.stuckAfterMs + 1);
    expect(queue.stuck).toBe(true);
    expect(queue.longestRunningMs).toBe(QUEUE_LIMITS.workDeadlineMs + QUEUE_LIMITS.stuckAfterMs + 1);
    expect(begun).toHaveLength(1);
    begun[0]?.fail(new Error('aborted'));
    await settle();
    expect(outcomes).toEqual(['aborted']);
    expect(queue.stuck).toBe(false);
    await clock.advance(QUEUE_LIMITS.newsAfterFailureMs);
    expect(begun).toHaveLength(2);
  });

  test('stopping aborts what is under way, waits for it, and starts nothing more', async () => {
    const { begun, queue, clock } = manualQueue(1);
    queue.start();
    for (const key of ['a', 'a', 'b']) queue.add(key);
    queue.addAfter('c', 100);
    let stopped = false;
    const stopping = queue.stop(new Error('the lease is lost')).then(() => (stopped = true));
    await settle();
    expect(begun[0]?.signal.reason).toEqual(new Error('the lease is lost'));
    expect(stopped).toBe(false);
    begun[0]?.finish(5);
    await stopping;
    await clock.advance(60_000);
    expect(begun).toHaveLength(1);
    expect(clock.timerCount).toBe(0);
    queue.start();
    queue.add('a');
    expect(begun).toHaveLength(2);
  });

  test('an idle queue stops at once', async () => {
    const { queue } = manualQueue();
    queue.start();
    await queue.stop(new Error('done'));
    expect(queue.runningCount).toBe(0);
  });
});
