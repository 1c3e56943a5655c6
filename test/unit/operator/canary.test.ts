/** An update that its first member does not survive, run to convergence in the small world (operator-world.ts). */
import { describe, expect, test } from '@jest/globals';
import { STATEFUL_SETS } from '../../../src/operator/kubernetes/resources.ts';
import { OperatorWorld } from '../../support/operator-world.ts';

const update = { canary: { steadySeconds: 5, deadlineSeconds: 60 } };
const base = { version: '0.1.0', storage: { size: '10Gi' }, update } as const;

async function founded(spec: object = {}): Promise<OperatorWorld> {
  const world = new OperatorWorld();
  world.create({ ...base, ...spec });
  await world.untilReady('replicas' in spec ? Number(spec.replicas) : 3);
  return world;
}

const isBack = (world: OperatorWorld) => world.condition('Updated') === 'False RolledBack';
const imageOf = (world: OperatorWorld) =>
  world.objects.find(STATEFUL_SETS, 'orders-shard-0')?.spec.template?.spec?.containers?.[0]?.image ?? '';

async function takenBack(world: OperatorWorld): Promise<void> {
  world.change({ version: '9.9.9' });
  await world.until('taken back, and whole again', () => isBack(world) && world.status.ready === '3/3');
}

describe('the way back', () => {
  test('one member tries, and goes back; spec stays as it is, the others were never touched, and all is quiet', async () => {
    const world = await founded();
    await takenBack(world);
    expect(world.disruptions).toEqual(['evict Pod orders-shard-0-2', 'delete Pod orders-shard-0-2']);
    expect(world.events).toContain('RolledBack');
    expect(imageOf(world)).toBe('registry.example/quorate:0.1.0');
    expect(world.status).toMatchObject({ version: '0.1.0', phase: 'Ready', updatedReplicas: 3 });
    expect(world.status.blockedBy).toMatchObject([{ gate: 'RolledBack', message: expect.stringContaining('ImagePullBackOff') }]);
    expect(await world.writesOf(30)).toEqual([]);
  });

  test('a new generation tries again: with the same fault it goes back again, without it all follow', async () => {
    const world = await founded();
    await takenBack(world);
    world.change({ podTemplate: { metadata: { annotations: { again: 'yes' } } } });
    await world.until('tried again', () => world.disruptions.length === 3);
    await world.until('taken back again', () => isBack(world) && world.status.ready === '3/3');
    world.change({ version: '0.1.1' });
    await world.untilReady(3);
    expect(world.status.version).toBe('0.1.1');
    expect(world.status.blockedBy).toEqual([]);
  });

  test('a change of spec back to what runs needs no roll', async () => {
    const world = await founded();
    await takenBack(world);
    const disruptions = world.disruptions.length;
    world.change({ version: '0.1.0' });
    await world.untilReady(3);
    expect(world.disruptions).toHaveLength(disruptions);
  });

  test('while it is taken back, S7 and the other children are looked after, and the template before stays', async () => {
    const world = await founded();
    await takenBack(world);
    world.isJudged = false;
    world.objects.change(STATEFUL_SETS, 'orders-shard-0', { spec: { replicas: 0 } });
    await world.until('raised again', () => world.pods().length === 3 && world.status.ready === '3/3');
    expect(imageOf(world)).toBe('registry.example/quorate:0.1.0');
    expect(isBack(world)).toBe(true);
  });

  test('a member that answers and never gets ready goes back too', async () => {
    const world = await founded();
    world.change({ version: '0.1.1' });
    await world.until('the first is evicted', () => world.disruptions.length === 1);
    world.round();
    for (let round = 0; round < 70 && !isBack(world); round += 1) {
      for (const node of world.nodes.running.values()) if (node.version === '0.1.1') node.age = 0;
      await world.pass();
      world.round();
    }
    await world.until('taken back, and whole again', () => isBack(world) && world.status.ready === '3/3');
    expect(world.status.version).toBe('0.1.0');
  });
});

test('a sound update passes its trial, and the others follow', async () => {
  const world = await founded({ replicas: 5 });
  world.change({ version: '0.1.1' });
  await world.until('the trial is named', () => world.status.blockedBy?.some(({ gate }) => gate === 'Canary') === true);
  expect(world.disruptions).toEqual(['evict Pod orders-shard-0-4']);
  await world.untilReady(5);
  expect(world.events).not.toContain('RolledBack');
});
