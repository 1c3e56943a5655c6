/** Random histories, each from a seed: what breaks prints the seed, and `RaftCluster` replays it. */
import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '../../../src/shared/random.ts';
import type { Random } from '../../../src/shared/random.ts';
import { RaftCluster } from '../../support/raft-cluster.ts';
import type { Faults } from '../../support/raft-cluster.ts';

const SEEDS = 150;
const TICKS = 500;

function oneOf(random: Random, choices: readonly number[]): number {
  return choices[random.below(choices.length)] ?? 0;
}

function drawFaults(random: Random): Faults {
  return {
    loss: oneOf(random, [0, 0.02, 0.2]),
    repeat: oneOf(random, [0, 0.05, 0.3]),
    delayTicksMax: oneOf(random, [1, 3, 8]),
    diskTicksMax: oneOf(random, [0, 1, 4, 12]),
    crash: oneOf(random, [0, 0.01, 0.05]),
    partition: oneOf(random, [0, 0.03, 0.1]),
    transfer: oneOf(random, [0, 0.02]),
    change: oneOf(random, [0, 0.02, 0.1, 0.3]),
    compact: oneOf(random, [0, 0.05, 0.2]),
  };
}

function run(seed: number): RaftCluster {
  const random = new SeededRandom(seed);
  const faults = drawFaults(random);
  const cluster = new RaftCluster(random.uint32(), oneOf(random, [1, 2, 3, 3, 4, 5]), faults);
  try {
    for (let tick = 0; tick < TICKS; tick += 1) cluster.tick();
    cluster.heal();
    cluster.checkStates();
  } catch (error) {
    throw new Error(`seed ${seed} with ${JSON.stringify(faults)}: ${String(error)}`, { cause: error });
  }
  return cluster;
}

describe('Raft paper figure 3, under lost, late, repeated messages, partitions, crashes, changes of members and late disks', () => {
  let committed = 0;
  let terms = 0;
  let reads = 0;
  let removed = 0;

  test.each(Array.from({ length: SEEDS / 10 }, (_, block) => block * 10))(
    'seeds from %i: one leader a term, logs match, nothing committed is lost, and after healing the group goes on',
    (first) => {
      for (let seed = first; seed < first + 10; seed += 1) {
        const cluster = run(seed);
        expect(cluster.checker.committedCount).toBeGreaterThan(0);
        committed += cluster.checker.committedCount;
        terms += cluster.checker.termsLed;
        reads += cluster.checker.readsAnswered;
        removed += cluster.removedIds().length;
      }
    },
  );

  test('the histories were not idle: terms changed, entries were committed, reads answered, members removed', () => {
    expect(terms).toBeGreaterThan(SEEDS * 3);
    expect(committed).toBeGreaterThan(SEEDS * 50);
    expect(reads).toBeGreaterThan(SEEDS * 10);
    expect(removed).toBeGreaterThan(SEEDS / 2);
  });
});
