/** What chaos hits next: never more than the cluster can spare, the same for the same seed. */
import { describe, expect, test } from '@jest/globals';
import { BLOW_KINDS, nextBlow } from '../../../../src/cli/dev/chaos-plan.ts';
import type { BlowKind, Field } from '../../../../src/cli/dev/chaos-plan.ts';
import { SeededRandom } from '../../../../src/shared/random.ts';

/** Members `m0` and on; the first one leads unless it is down. */
function field(states: readonly ('up' | 'down')[], nodes: readonly string[] = []): Field {
  return {
    members: states.map((state, at) => ({
      name: `m${at}`,
      role: state === 'down' ? 'Unknown' : at === 0 ? 'Leader' : 'Follower',
      ready: state === 'up' ? true : null,
    })),
    nodeOf: new Map(states.map((_, at) => [`m${at}`, nodes[at] ?? `n${at}`])),
  };
}

const hits = (kinds: readonly BlowKind[], on: Field) =>
  new Set(
    Array.from({ length: 200 }, (_, seed) => {
      const blow = nextBlow(new SeededRandom(seed), kinds, on);
      return blow === null ? 'nothing' : `${blow.kind} ${blow.name}`;
    }),
  );

describe('with three members', () => {
  test('any of them, the leader, and any node are hit', () => {
    expect([...hits(BLOW_KINDS, field(['up', 'up', 'up']))].sort()).toEqual([
      'leader m0',
      'member m1',
      'member m2',
      'node n0',
      'node n1',
      'node n2',
    ]);
  });

  test('with one of them down nothing is', () => {
    expect(hits(BLOW_KINDS, field(['up', 'down', 'up']))).toEqual(new Set(['nothing']));
  });

  test('a node with two of them is spared', () => {
    const shared = field(['up', 'up', 'up'], ['a', 'a', 'b']);
    expect([...hits(['node'], shared)]).toEqual(['node b']);
  });
});

test('with five members two may be down, and no third', () => {
  expect(hits(BLOW_KINDS, field(['up', 'down', 'up', 'up', 'up'])).has('nothing')).toBe(false);
  expect(hits(BLOW_KINDS, field(['up', 'down', 'down', 'up', 'up']))).toEqual(new Set(['nothing']));
});

test('a single member is never hit, and neither is a cluster that nobody has seen', () => {
  expect(hits(BLOW_KINDS, field(['up']))).toEqual(new Set(['nothing']));
  expect(hits(BLOW_KINDS, field([]))).toEqual(new Set(['nothing']));
});

test('only what was asked for is hit', () => {
  expect([...hits(['leader'], field(['up', 'up', 'up']))]).toEqual(['leader m0']);
});

test('the same seed hits the same', () => {
  const series = (seed: number) => {
    const random = new SeededRandom(seed);
    return Array.from({ length: 20 }, () => nextBlow(random, BLOW_KINDS, field(['up', 'up', 'up'])));
  };
  expect(series(42)).toEqual(series(42));
  expect(series(42)).not.toEqual(series(43));
});
