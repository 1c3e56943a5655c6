/**
 * Lets every single operation of a life fail, and cuts the power a little later: a failed operation may cost the process its life, never what
 * was acknowledged before it, and nothing may be acknowledged that rests on it (rule S10).
 */
import { SeededRandom } from '../../../src/shared/random.ts';
import { DiskError } from '../../../src/wal/disk.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import type { CrashMode, Operation } from '../../support/simulated-disk.ts';
import { findBrokenPromise, HOP, Promises } from './crash-sweep.ts';
import type { Life } from './crash-sweep.ts';

const MODES: readonly CrashMode[] = ['lose-all', 'keep-all', 'random', 'random'];
/** How many operations the process still gets done before its power is cut: it may be quick to end, or not. */
const OPERATIONS_AFTER = [1, 2, 5];

export interface FaultSweep {
  readonly broken: string | null;
  readonly faults: number;
}

export async function sweepFaults(life: Life, code: string): Promise<FaultSweep> {
  const random = new SeededRandom(11);
  let faults = 0;
  const whole = new SimulatedDisk(HOP);
  await life(whole, new Promises());
  for (let failing = 1; failing <= whole.operations; failing += 1) {
    for (const after of OPERATIONS_AFTER) {
      let failed: Operation | null = null;
      const promises = new Promises();
      const disk = new SimulatedDisk({
        ...HOP,
        fault: (operation) => {
          if (operation.number !== failing) return null;
          failed = operation;
          return code;
        },
      });
      disk.crashAt(failing + after);
      const outcome = life(disk, promises).then(
        () => null,
        (error: unknown) => (error instanceof DiskError ? null : `it ends with ${String(error)}`),
      );
      const ended = await Promise.race([outcome, disk.crashed.then(() => null)]);
      const operation = failed as Operation | null;
      // Another operation that was under way at the same time came to the power cut first.
      if (operation === null) continue;
      faults += 1;
      const place = `${code} at ${failing} ${operation.kind} ${operation.path}, power cut ${after} later`;
      if (ended !== null) return { broken: `${place}: ${ended}`, faults };
      const promised = promises.capture();
      for (const mode of MODES) {
        const broken = await findBrokenPromise(disk.afterCrash(random, mode, HOP), promised);
        if (broken !== null) return { broken: `${place} (${mode}): ${broken}`, faults };
      }
    }
  }
  return { broken: null, faults };
}
