/** reconcile() run to convergence in a small world, through the life of a cluster; the world judges every pass (operator-world.ts). */
import { describe, expect, test } from '@jest/globals';
import { BLINDNESS_TOLD_MS } from '../../../src/operator/blindness.ts';
import { failure } from '../../support/operator-store.ts';
import { NAME, OperatorWorld } from '../../support/operator-world.ts';

const base = { version: '0.1.0', storage: { size: '10Gi' } } as const;

async function founded(spec: object = {}): Promise<OperatorWorld> {
  const world = new OperatorWorld();
  world.create({ ...base, ...spec });
  const replicas = 'replicas' in spec ? Number(spec.replicas) : 3;
  await world.untilReady(replicas);
  return world;
}

describe('the life of a cluster', () => {
  test('found, 3 to 5 to 3 to 5 on kept volumes, roll, hibernate, wake, delete, adopt', async () => {
    const world = await founded();
    const { clusterId, founding } = world.status;
    expect(founding?.members.map(({ name }) => name)).toEqual(['orders-shard-0-0', 'orders-shard-0-1', 'orders-shard-0-2']);
    expect(world.status).toMatchObject({ leader: 'orders-shard-0-0', quorum: '3/3', version: '0.1.0', phase: 'Ready' });
    expect(world.disruptions).toEqual([]);

    world.change({ replicas: 5 });
    await world.untilReady(5);
    const [, , , removedId] = world.status.configuration?.members.map(({ id }) => id) ?? [];
    world.change({ replicas: 3 });
    await world.untilReady(3);
    await world.until('pods went', () => world.pods().length === 3);
    expect(world.claims()).toHaveLength(5);
    world.change({ replicas: 5 });
    await world.untilReady(5);
    expect(world.status.configuration?.members.map(({ id }) => id)).not.toContain(removedId);

    world.change({ version: '0.2.0' });
    await world.untilReady(5);
    expect(world.status.version).toBe('0.2.0');
    await world.until('S16: the feature level rises at the end', () => world.status.featureLevel === 2);

    world.isJudged = false;
    world.change({ hibernate: true });
    await world.until('hibernated', () => world.pods().length === 0 && world.status.phase === 'Hibernated');
    expect(world.claims()).toHaveLength(5);
    world.change({ hibernate: false });
    await world.untilReady(5);

    world.delete();
    expect(world.pods()).toEqual([]);
    expect(world.claims()).toHaveLength(5);
    world.create({ ...base, version: '0.2.0', adoptClusterId: clusterId });
    await world.untilReady(3);
    expect(world.status.clusterId).toBe(clusterId);
  });

  test('S20: at rest nothing is written but observedAt', async () => {
    const world = await founded();
    await world.pass();
    expect(await world.writesOf(30)).toEqual([]);
    world.passTime(300_000);
    expect(await world.writesOf(5)).toEqual([`status StorageCluster ${NAME}`]);
  });

  test('a cluster of one is founded, updated with its outage announced, grown to three and shrunk again', async () => {
    const world = await founded({ replicas: 1 });
    world.change({ version: '0.1.1' });
    await world.untilReady(1);
    expect(world.events).toContain('OutageAnnounced');
    world.change({ replicas: 3 });
    await world.untilReady(3);
    world.change({ replicas: 1 });
    await world.untilReady(1);
    expect(world.disruptions.filter((action) => action.startsWith('remove'))).toHaveLength(2);
  });
});

describe('roll', () => {
  test('decision 1: followers first, leadership handed over, the old leader last', async () => {
    const world = await founded();
    world.change({ version: '0.1.1' });
    await world.untilReady(3);
    expect(world.disruptions).toEqual([
      'evict Pod orders-shard-0-2',
      'evict Pod orders-shard-0-1',
      'transfer from orders-shard-0-0',
      'evict Pod orders-shard-0-0',
    ]);
  });

  test('S8: a broken image stops at the first pod, and its fix reaches that pod', async () => {
    const world = await founded();
    world.change({ version: '9.9.9' });
    await world.until('blocked', () => world.status.blockedBy?.some(({ gate }) => gate === 'PodStart') === true);
    const writes = await world.writesOf(20);
    expect(writes.filter((write) => /Pod /.test(write))).toEqual([]);
    expect(world.status.phase).not.toBe('Ready');
    world.change({ version: '0.1.1' });
    await world.untilReady(3);
    expect(world.disruptions).toContain('delete Pod orders-shard-0-2');
  });

  test('S8: scale-in during a roll, and a roll during scale-out, end where they should', async () => {
    const world = await founded({ replicas: 5 });
    world.change({ version: '0.1.1' });
    await world.until('one pod goes', () => world.disruptions.length === 1);
    world.change({ replicas: 3 });
    await world.untilReady(3);
    world.change({ replicas: 5, version: '0.2.0' });
    await world.untilReady(5);
    expect(world.status.version).toBe('0.2.0');
  });

  test('S16: the way back works until the level rises', async () => {
    const world = await founded();
    world.change({ version: '0.2.0' });
    await world.until('half-way', () => world.disruptions.length === 2);
    world.change({ version: '0.1.0' });
    await world.untilReady(3);
    expect(world.status).toMatchObject({ featureLevel: 1, version: '0.1.0' });
  });
});

describe('what people and disks do', () => {
  test('S7: a StatefulSet scaled by hand to 0 is raised at once, all together', async () => {
    const world = await founded();
    world.isJudged = false;
    world.objects.change(
      { group: 'apps', version: 'v1', plural: 'statefulsets', kind: 'StatefulSet', namespaced: true },
      'orders-shard-0',
      {
        spec: { replicas: 0 },
      },
    );
    await world.until('raised', () => world.pods().length === 3, 3);
    await world.untilReady(3);
  });

  test('S9: a member whose volume is gone is removed first, then joins under a new id', async () => {
    const world = await founded();
    const lost = world.node(1).disk.memberId;
    world.loseVolume(1);
    await world.until('back', () => world.status.phase === 'Ready' && world.node(1).disk.memberId !== lost);
    expect(world.disruptions).toEqual(['remove by orders-shard-0-0']);
    expect(world.status.configuration?.members.map(({ id }) => id)).not.toContain(lost);
  });

  test('S6: status erased while members run is rebuilt from them, nothing is founded', async () => {
    const world = await founded();
    const { clusterId, configuration } = world.status;
    world.eraseStatus();
    await world.untilReady(3);
    expect(world.status).toMatchObject({ clusterId, configuration });
    expect(world.nodes.groups).toHaveLength(1);
  });

  test('S5: a member that a person recovered is followed, and members of the old generation stop and give way, their volumes kept', async () => {
    const world = await founded();
    const { clusterId, configuration } = world.status;
    world.isJudged = false;
    world.change({ hibernate: true });
    await world.until('hibernated', () => world.pods().length === 0);
    world.recover(2);
    const volumes = world.volumes();
    world.change({ hibernate: false });
    await world.until('the status follows', () => world.status.generation?.number === 2);
    expect(world.events).toContain('GenerationRaised');
    await world.untilReady(3);
    expect(world.status).toMatchObject({ clusterId, quorum: '3/3' });
    const ids = world.status.configuration?.members.map(({ id }) => id) ?? [];
    for (const { id } of configuration?.members ?? []) expect(ids).not.toContain(id);
    // The three volumes are there still: the recovered one in use, and what is on the others is for a person to look at.
    expect(world.volumes()).toEqual(expect.arrayContaining([...volumes]));
    expect(world.volumes()).toHaveLength(5);
    expect(world.status.keptVolumes ?? []).toEqual([]);
    await world.pass();
    expect(await world.writesOf(5)).toEqual([]);
  });

  test('S5: a snapshot restored onto one labelled claim is adopted by name, and grows to three on empty volumes', async () => {
    const world = await founded();
    const { clusterId } = world.status;
    world.delete();
    // What a restore leaves: one volume of a new generation, and nothing of the members before.
    world.recover(0);
    for (const ordinal of [1, 2]) world.loseClaim(ordinal);
    world.isJudged = false;
    world.create({ ...base, adoptClusterId: clusterId });
    await world.untilReady(3);
    expect(world.status).toMatchObject({ clusterId, generation: { number: 2 }, quorum: '3/3' });
    expect(world.status.founding).toBeUndefined();
  });

  test('S5: kept volumes are not opened without adoptClusterId, and the condition names id and field', async () => {
    const world = await founded();
    const { clusterId = '' } = world.status;
    world.delete();
    world.isJudged = false;
    world.create(base);
    await world.until('said', () => world.condition('Ready') === 'False ForeignVolumes');
    await world.writesOf(10);
    expect(world.pods()).toEqual([]);
    const message = world.status.conditions?.find(({ type }) => type === 'Ready')?.message ?? '';
    expect(message).toContain(clusterId);
    expect(message).toContain('spec.adoptClusterId');
    world.change({ adoptClusterId: clusterId });
    await world.untilReady(3);
  });

  test('S4: whenScaled Delete deletes the claim after the committed removal, whenDeleted Delete the volumes with the resource', async () => {
    const world = await founded({
      replicas: 5,
      storage: { size: '10Gi', retention: { whenScaled: 'Delete', whenDeleted: 'Delete' } },
    });
    world.change({ replicas: 3 });
    await world.untilReady(3);
    await world.until('claims went', () => world.claims().length === 3);
    const deletions = world.objects.writes.filter((write) => write.startsWith('delete PersistentVolumeClaim'));
    expect(deletions).toEqual([
      'delete PersistentVolumeClaim data-orders-shard-0-4',
      'delete PersistentVolumeClaim data-orders-shard-0-3',
    ]);
    world.delete();
    expect(world.claims()).toEqual([]);
  });

  test('a spec that cannot be read is said, and nothing is touched', async () => {
    const world = await founded();
    world.change({ replicas: 4 });
    const writes = await world.writesOf(5);
    expect(writes).toEqual([`status StorageCluster ${NAME}`]);
    expect(world.condition('Degraded')).toBe('True InvalidSpec');
    world.change({ replicas: 3 });
    await world.untilReady(3);
  });

  test('S20: a cluster that may not be looked at is not called healthy; a short failure of the API server is no news', async () => {
    const world = await founded();
    world.objects.refuse = (resource) => (resource.kind === 'Secret' ? failure('timeout', 'late') : null);
    await expect(world.pass()).rejects.toThrow('late');
    expect(world.status).toMatchObject({ phase: 'Ready', ready: '3/3' });
    world.passTime(BLINDNESS_TOLD_MS);
    await expect(world.pass()).rejects.toThrow('late');
    expect(world.condition('Ready')).toBe('Unknown NotObserved');
    expect(world.status).toMatchObject({ phase: 'Unknown', clusterId: expect.any(String) });
    expect(world.status.ready).toBeUndefined();
    world.objects.refuse = () => null;
    await world.untilReady(3);
    world.objects.refuse = (resource) => (resource.kind === 'Secret' ? failure('forbidden', 'no right') : null);
    await expect(world.pass()).rejects.toThrow('no right');
    expect(world.condition('Degraded')).toBe('True ReconcileFailed');
  });
});
