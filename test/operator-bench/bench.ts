/** One run of the benchmark: so many clusters from their application to Ready, then half an hour in which nothing happens. */
import { Fleet } from './fleet.ts';
import type { Calls, QueueSample } from './fleet.ts';

export const REST_MINUTES = 30;
const readyWithinMs = 3_600_000;
/** What a founding leaves behind in the queue, and events that wait for their turn. */
const settlingMs = 60_000;

export interface Memory {
  readonly rssBytes: number;
  readonly heapBytes: number;
}

export interface Phase {
  readonly virtualMs: number;
  readonly wallMs: number;
  readonly calls: Calls;
  /** Each on the virtual clock. */
  readonly reconcilesMs: readonly number[];
  readonly queue: readonly QueueSample[];
}

export interface BenchResult {
  readonly clusters: number;
  readonly founding: Phase;
  readonly rest: Phase;
  readonly memory: {
    readonly atReady: Memory;
    readonly afterRest: Memory;
    /** With the operator ended, and let go. */
    readonly withoutOperator: Memory;
  };
}

export interface BenchWorld {
  readonly say: (progress: string) => void;
  /** After everything that nobody holds was collected. */
  readonly memory: () => Promise<Memory>;
  readonly wallMs: () => number;
}

export async function runBench(
  clusters: number,
  { say, memory, wallMs }: BenchWorld,
  restMinutes = REST_MINUTES,
): Promise<BenchResult> {
  const fleet = new Fleet(clusters);
  const phase = (virtualMs: number, startedMs: number): Phase => ({
    virtualMs,
    wallMs: wallMs() - startedMs,
    calls: fleet.takeCalls(),
    reconcilesMs: fleet.takeReconciles(),
    queue: fleet.takeQueue(),
  });
  try {
    fleet.apply();
    say(`${clusters} clusters are applied`);
    const foundingMs = wallMs();
    fleet.startOperator();
    const founding = phase(await fleet.untilReady(readyWithinMs), foundingMs);
    say(`all are Ready after ${founding.virtualMs / 1_000} s of virtual time`);
    await fleet.advance(settlingMs);
    phase(settlingMs, foundingMs);
    const atReady = await memory();
    const restMs = wallMs();
    for (let minute = 1; minute <= restMinutes; minute += 1) {
      await fleet.advance(60_000);
      if (minute % 5 === 0) say(`${minute} of ${restMinutes} minutes at rest`);
    }
    const rest = phase(restMinutes * 60_000, restMs);
    const afterRest = await memory();
    await fleet.stopOperator();
    return { clusters, founding, rest, memory: { atReady, afterRest, withoutOperator: await memory() } };
  } finally {
    await fleet.stop();
  }
}
