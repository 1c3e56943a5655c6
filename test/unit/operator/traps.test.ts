/**
 * Traps into which operators of stateful storage have fallen (docs/OPERATOR-TRAPS.md), as far as no other test stands for them: each run to
 * convergence in the small world (operator-world.ts), which judges every pass.
 */
import { describe, expect, jest, test } from '@jest/globals';
import type { MemberId } from '../../../src/shared/ids.ts';
import { PODS, STATEFUL_SETS, STORAGE_CLUSTERS } from '../../../src/operator/kubernetes/resources.ts';
import { NAME, OperatorWorld } from '../../support/operator-world.ts';

jest.setTimeout(120_000);

const base = { version: '0.1.0', storage: { size: '10Gi' }, update: { canary: { steadySeconds: 1 } } } as const;

async function founded(spec: object = {}): Promise<OperatorWorld> {
  const world = new OperatorWorld();
  world.create({ ...base, ...spec });
  await world.untilReady('replicas' in spec ? Number(spec.replicas) : 3);
  return world;
}

const listed = (world: OperatorWorld) => world.status.configuration?.members.map(({ id }) => id) ?? [];

describe('trap 1: stale reads decide nothing', () => {
  test('a cache that still shows an update evicts nobody once it was taken back: what is acted upon is read live', async () => {
    const world = await founded();
    world.change({ version: '0.1.1' });
    await world.pass();
    world.round();
    const { seen } = world;
    world.change({ version: '0.1.0' });
    await world.pass();
    world.round();
    world.stale = seen;
    const writes = await world.writesOf(10);
    expect(writes.filter((write) => !write.startsWith('status '))).toEqual([]);
    expect(world.disruptions).toEqual([]);
    // The same caches, were they true, would have had a pod evicted.
    world.change({ version: '0.1.1' });
    world.stale = null;
    await world.until('a pod goes', () => world.disruptions.length === 1);
  });

  test('a cache that still shows a scale-in removes nobody once it was taken back, and deletes no volume', async () => {
    const world = await founded({ replicas: 5, storage: { size: '10Gi', retention: { whenScaled: 'Delete' } } });
    world.change({ replicas: 3 });
    const { seen } = world;
    world.change({ replicas: 5 });
    world.stale = seen;
    const writes = await world.writesOf(10);
    expect(writes.filter((write) => !write.startsWith('status '))).toEqual([]);
    expect(listed(world)).toHaveLength(5);
    world.change({ replicas: 3 });
    world.stale = null;
    await world.untilReady(3);
  });
});

describe('trap 2: a crash between two systems', () => {
  interface Scenario {
    readonly spec: object;
    readonly act: (world: OperatorWorld) => void;
    readonly replicas: number;
    readonly isDone: (world: OperatorWorld, before: readonly MemberId[]) => boolean;
    readonly removals: number;
  }
  const scenarios: Readonly<Record<string, Scenario>> = {
    'scale out': {
      spec: {},
      act: (world) => world.change({ replicas: 5 }),
      replicas: 5,
      isDone: (world) => listed(world).length === 5,
      removals: 0,
    },
    'scale in': {
      spec: { replicas: 5, storage: { size: '10Gi', retention: { whenScaled: 'Delete' } } },
      act: (world) => world.change({ replicas: 3 }),
      replicas: 3,
      isDone: (world) => world.claims().length === 3,
      removals: 2,
    },
    replacement: {
      spec: {},
      act: (world) => world.annotate({ 'quorate.io/replace': 'orders-shard-0-1' }),
      replicas: 3,
      isDone: (world, [, second]) => listed(world).length === 3 && !listed(world).some((id) => id === second),
      removals: 1,
    },
    growth: {
      spec: {},
      act: (world) => world.change({ storage: { size: '20Gi' } }),
      replicas: 3,
      isDone: (world) => world.status.members?.every(({ volumeSize }) => volumeSize === '20Gi') === true,
      removals: 0,
    },
    roll: {
      spec: {},
      act: (world) => world.change({ version: '0.1.1' }),
      replicas: 3,
      isDone: (world) => world.status.version === '0.1.1',
      removals: 0,
    },
  };

  test.each(Object.keys(scenarios).map((name) => [name] as const))(
    '%s: before and after every single write, the next operator ends where it should',
    async (name) => {
      const scenario = scenarios[name]!;
      let points = 0;
      for (let write = 1, died = true; died; write += 1) {
        for (const when of ['before', 'after'] as const) {
          const world = await founded(scenario.spec);
          const before = listed(world);
          world.crash = { write, when };
          scenario.act(world);
          await world.until(`${name}, died ${when} write ${write}`, () => scenario.isDone(world, before));
          await world.untilReady(scenario.replicas);
          await world.until('nothing is kept that is needed no more', () => (world.status.keptVolumes ?? []).length === 0);
          died = world.crashes === 1;
          points += world.crashes;
          expect(world.nodes.groups).toHaveLength(1);
          expect(listed(world)).toHaveLength(scenario.replicas);
          // Whom nobody asked to leave is still the same member, on the same volume.
          expect(listed(world)).toEqual(expect.arrayContaining([before[0], before[2]]));
          const removals = world.disruptions.filter((action) => action.startsWith('remove') && !action.includes('refused'));
          expect(removals).toHaveLength(scenario.removals);
        }
      }
      expect(points).toBeGreaterThan(4);
    },
  );
});

describe('trap 3: intents that overlap', () => {
  test('scale-in, update, growth and replacement of the same ordinal, all at once: one thing after the other, to the end', async () => {
    const world = await founded({ replicas: 5 });
    const id = world.node(4).disk.memberId;
    world.annotate({ 'quorate.io/replace': `orders-shard-0-4,orders-shard-0-1` });
    world.change({ replicas: 3, version: '0.1.1', storage: { size: '20Gi' } });
    await world.until(
      'all of it',
      () =>
        world.status.phase === 'Ready' &&
        world.status.ready === '3/3' &&
        world.status.version === '0.1.1' &&
        world.pods().length === 3,
      400,
    );
    await world.untilReady(3);
    expect(listed(world)).not.toContain(id);
    expect(world.status.members?.map(({ volumeSize }) => volumeSize)).toEqual(['20Gi', '20Gi', '20Gi']);
  });
});

describe('trap 9: somebody else acts as well', () => {
  test('a change planned on a configuration that has moved is refused by its index, and looked at anew', async () => {
    const world = await founded();
    let moved = 0;
    world.nodes.beforeChange = () => {
      const [group] = world.nodes.groups;
      if (group === undefined || moved >= 2) return;
      moved += 1;
      group.index += 1;
    };
    world.change({ replicas: 5 });
    await world.untilReady(5);
    expect(moved).toBe(2);
    expect(world.nodes.calls.filter((call) => call.includes('refused: configuration-index-mismatch'))).toHaveLength(2);
    expect(world.condition('Degraded')).toBe('False AsExpected');
  });
});

describe('complaint 9: spec is the user’s', () => {
  test('through roll, way back, replacement and growth the operator never writes it', async () => {
    const world = await founded({ update: { canary: { steadySeconds: 1, deadlineSeconds: 30 } } });
    const spec = () => world.objects.find(STORAGE_CLUSTERS, NAME)?.spec;
    world.change({ version: '9.9.9', storage: { size: '20Gi' } });
    const asked = spec();
    const { generation } = world;
    await world.until('taken back', () => world.condition('Updated') === 'False RolledBack' && world.status.ready === '3/3');
    world.annotate({ 'quorate.io/replace': 'orders-shard-0-1' });
    const id = world.node(1).disk.memberId;
    await world.until('replaced', () => world.status.ready === '3/3' && !listed(world).includes(id));
    expect(spec()).toEqual(asked);
    expect(world.generation).toBe(generation);
  });
});

describe('complaint 13: what is seen is never what is wanted', () => {
  test('a pod that is killed over and over shrinks nothing', async () => {
    const world = await founded();
    for (let kill = 0; kill < 5; kill += 1) {
      world.objects.remove(PODS, 'orders-shard-0-2');
      await world.pass();
      world.round();
    }
    await world.untilReady(3);
    expect(world.objects.find(STATEFUL_SETS, 'orders-shard-0')?.spec.replicas).toBe(3);
    expect(world.disruptions).toEqual([]);
  });
});
