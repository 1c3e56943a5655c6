/** Which runs there are: each scenario undisturbed, with the operator ended at each of its writes, and under drawn faults. */
import { SeededRandom } from '../../src/shared/random.ts';
import type { Errand, ErrandReport } from './run.ts';

/** All scenarios run from the same seed, so that the writes of an undisturbed run are those of a disturbed one up to its crash. */
export const SEED = 1;

export function undisturbed(scenario: string, rest: Errand['rest']): Errand {
  return { scenario, seed: SEED, crash: null, faults: false, rest };
}

/** Before and after every single write; the first is watched at rest for longer than `observedAt` may get. */
export function crashErrands({ scenario, writes }: Pick<ErrandReport, 'scenario' | 'writes'>): readonly Errand[] {
  return Array.from({ length: writes }, (_, at) => at + 1).flatMap((write) =>
    (['before', 'after'] as const).map((side): Errand => ({
      scenario,
      seed: SEED,
      crash: { write, side },
      faults: false,
      rest: write === 1 && side === 'after' ? 'long' : 'short',
    })),
  );
}

/** The first is watched at rest for so long, too, once the faults are over. */
export function faultErrands(scenario: string, seeds: number, first = 1): readonly Errand[] {
  return Array.from({ length: seeds }, (_, at): Errand => ({
    scenario,
    seed: first + at,
    crash: null,
    faults: true,
    rest: at === 0 ? 'long' : 'short',
  }));
}

/** As many of each list as there are shares, drawn by a fixed seed. */
export function sampled<Value>(values: readonly Value[], count: number, seed: number): readonly Value[] {
  const random = new SeededRandom(seed);
  const left = [...values];
  const drawn: Value[] = [];
  while (drawn.length < count && left.length > 0) drawn.push(...left.splice(random.below(left.length), 1));
  return drawn;
}

export function keyOf({ scenario, seed, crash, faults }: Errand): string {
  return `${scenario}/${seed}/${crash === null ? '-' : `${crash.side} ${crash.write}`}/${faults ? 'faults' : ''}`;
}

/** The one command that shows what happened. */
export function replayOf(errand: Errand): string {
  const { scenario, seed, crash, faults } = errand;
  const where = crash === null ? '' : ` CRASH='${crash.side} ${crash.write}'`;
  return `make operator-crashes SCENARIO='${scenario}' FIRST=${seed}${where}${faults ? ' FAULTS=1' : ''} TRACE=yes`;
}
