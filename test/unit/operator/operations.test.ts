/** Operations on a running cluster, run to convergence in the small world (operator-world.ts), which judges every pass. */
import { describe, expect, test } from '@jest/globals';
import { CLAIMS, PODS, STATEFUL_SETS, VOLUMES } from '../../../src/operator/kubernetes/resources.ts';
import { OperatorWorld } from '../../support/operator-world.ts';

const base = { version: '0.1.0', storage: { size: '10Gi' } } as const;

async function founded(spec: object = {}): Promise<OperatorWorld> {
  const world = new OperatorWorld();
  world.create({ ...base, ...spec });
  await world.untilReady('replicas' in spec ? Number(spec.replicas) : 3);
  return world;
}

const claimOf = (world: OperatorWorld, ordinal: number) => world.objects.find(CLAIMS, `data-orders-shard-0-${ordinal}`);
const volumeOf = (world: OperatorWorld, ordinal: number) => claimOf(world, ordinal)?.spec?.volumeName ?? '';
const podUids = (world: OperatorWorld) => world.objects.all(PODS).map(({ metadata }) => metadata.uid);

/** Ready, all of it, and this member under another id than before. */
async function untilReplaced(world: OperatorWorld, ordinal: number, id: string): Promise<void> {
  const name = `orders-shard-0-${ordinal}`;
  await world.until(
    `${name} replaced`,
    () =>
      world.status.phase === 'Ready' &&
      world.status.configuration?.members.some(
        (listed) => listed.name === name && listed.id !== id && listed.role === 'voter',
      ) === true &&
      (world.status.keptVolumes ?? []).length === 0,
  );
  expect(world.status.configuration?.members.map((member) => member.id)).not.toContain(id);
}

/** In this order, whatever else happened between. */
function expectInOrder(writes: readonly string[], ...wanted: readonly RegExp[]): void {
  let from = 0;
  for (const pattern of wanted) {
    const found = writes.findIndex((write, position) => position >= from && pattern.test(write));
    expect([String(pattern), found >= 0 ? 'found in order' : writes]).toEqual([String(pattern), 'found in order']);
    from = found + 1;
  }
}

describe('S9: a dead member is replaced', () => {
  test.each<[string, (world: OperatorWorld) => void, boolean]>([
    ['its Node is gone', (world) => world.removeMachine(world.machineOf(1)), true],
    ['its Node is tainted out-of-service', (world) => world.taintMachine(world.machineOf(1)), true],
    ['its volume is gone', (world) => world.destroyVolume(1), false],
    ['its pod is marked', (world) => world.annotatePod(1, { 'quorate.io/replace': 'true' }), true],
    ['the resource names it', (world) => world.annotate({ 'quorate.io/replace': 'orders-shard-0-1' }), true],
    ['the resource names its id', (world) => world.annotate({ 'quorate.io/replace': world.node(1).disk.memberId }), true],
  ])('%s: removed, volume kept, claim and pod made anew, voter, volume released', async (_name, happen, isKept) => {
    const world = await founded();
    const id = world.node(1).disk.memberId;
    const volume = volumeOf(world, 1);
    const before = world.objects.writes.length;
    happen(world);
    await untilReplaced(world, 1, id);
    expect(world.disruptions[0]).toBe('remove by orders-shard-0-0');
    expect(world.disruptions.filter((action) => action.startsWith('remove'))).toHaveLength(1);
    expect(volumeOf(world, 1)).not.toBe(volume);
    const writes = world.objects.writes.slice(before);
    const kept = isKept ? [new RegExp(`^patch PersistentVolume ${volume}$`)] : [];
    expectInOrder(
      writes,
      ...kept,
      /^delete PersistentVolumeClaim data-orders-shard-0-1$/,
      /^delete Pod orders-shard-0-1$/,
      ...kept,
    );
    world.round();
    expect(world.volumes()).not.toContain(volume);
    expect(await world.writesOf(20)).toEqual([]);
  });

  test('the volume is there, and kept, until the new member has caught up', async () => {
    const world = await founded();
    const volume = volumeOf(world, 1);
    const id = world.node(1).disk.memberId;
    world.removeMachine(world.machineOf(1));
    await world.until('its claim was made anew', () => volumeOf(world, 1) !== volume && volumeOf(world, 1) !== '');
    expect(world.objects.find(VOLUMES, volume)).toMatchObject({ spec: { persistentVolumeReclaimPolicy: 'Retain' } });
    expect(world.status.keptVolumes).toEqual([{ volume, member: 'orders-shard-0-1', memberId: id, reclaimPolicy: 'Delete' }]);
    await untilReplaced(world, 1, id);
  });

  test('a leader that is to be replaced hands over first', async () => {
    const world = await founded();
    const id = world.node(0).disk.memberId;
    world.annotate({ 'quorate.io/replace': 'orders-shard-0-0' });
    await untilReplaced(world, 0, id);
    expect(world.disruptions.slice(0, 2)).toEqual(['transfer from orders-shard-0-0', 'remove by orders-shard-0-1']);
  });

  test('all of a cluster, ordered at once: one after the other, never less than a quorum', async () => {
    const world = await founded();
    const ids = [0, 1, 2].map((ordinal) => world.node(ordinal).disk.memberId);
    world.annotate({ 'quorate.io/replace': 'orders-shard-0-0,orders-shard-0-1,orders-shard-0-2' });
    await world.until(
      'all replaced',
      () => world.status.phase === 'Ready' && [0, 1, 2].every((ordinal) => !ids.includes(world.node(ordinal).disk.memberId)),
      300,
    );
    expect(world.disruptions.filter((action) => action.startsWith('remove'))).toHaveLength(3);
  });

  test('NotReady alone replaces nobody: it is named, and everything waits', async () => {
    const world = await founded();
    world.node(1).silent = true;
    world.objects.change(PODS, 'orders-shard-0-1', {
      status: { conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: '2026-01-01T00:00:30Z' }] },
    });
    world.passTime(120_000);
    await world.pass();
    expect(world.status.blockedBy).toMatchObject([{ gate: 'DeadMemberEvidence', member: 'orders-shard-0-1' }]);
    expect(world.disruptions).toEqual([]);
  });

  test('a member that lost its machine while a scale-in waits for it: replaced first, then the scale goes on', async () => {
    const world = await founded({ replicas: 5 });
    const id = world.node(1).disk.memberId;
    world.removeMachine(world.machineOf(1));
    world.change({ replicas: 3 });
    await world.untilReady(3);
    await world.until('volume released', () => (world.status.keptVolumes ?? []).length === 0);
    expect(world.status.configuration?.members.map((member) => member.id)).not.toContain(id);
  });
});

describe('volumes grow', () => {
  test('claims and template to the new size, no pod restarted, status says how far; a new member starts with it', async () => {
    const world = await founded();
    const pods = podUids(world);
    world.resizes = false;
    world.change({ storage: { size: '20Gi' } });
    await world.until('the gate says that the driver is on it', () =>
      [0, 1, 2].every((ordinal) =>
        world.status.blockedBy?.some(({ gate, member }) => gate === 'VolumeResize' && member === `orders-shard-0-${ordinal}`),
      ),
    );
    expect(world.status.members?.map(({ volumeSize }) => volumeSize)).toEqual(['10Gi', '10Gi', '10Gi']);
    world.resizes = true;
    await world.until('grown', () => world.status.members?.every(({ volumeSize }) => volumeSize === '20Gi') === true);
    await world.untilReady(3);
    expect(podUids(world)).toEqual(pods);
    expect(world.disruptions).toEqual([]);
    const set = world.objects.find(STATEFUL_SETS, 'orders-shard-0');
    expect(set?.spec.volumeClaimTemplates?.[0]?.spec?.resources?.requests).toEqual({ storage: '20Gi' });
    world.change({ replicas: 5 });
    await world.untilReady(5);
    expect(claimOf(world, 4)?.spec?.resources?.requests).toEqual({ storage: '20Gi' });
    expect(await world.writesOf(20)).toEqual([]);
  });

  test('with every member out of service: a full disk does not stop its own cure', async () => {
    const world = await founded();
    world.isJudged = false;
    for (const ordinal of [0, 1, 2]) world.node(ordinal).silent = true;
    world.change({ storage: { size: '20Gi' } });
    await world.until('grown', () => [0, 1, 2].every((ordinal) => claimOf(world, ordinal)?.status?.capacity?.storage === '20Gi'));
    expect(world.condition('Ready')).toBe('Unknown MembersSilent');
  });

  test('a class that does not allow it: the gate says so, and nothing is tried in vain', async () => {
    const world = await founded();
    world.setClass({ allowVolumeExpansion: false });
    world.change({ storage: { size: '20Gi' } });
    await world.until('said', () => world.status.blockedBy?.some(({ gate }) => gate === 'VolumeExpansion') === true);
    await world.untilReady(3);
    expect(await world.writesOf(20)).toEqual([]);
    expect(claimOf(world, 0)?.spec?.resources?.requests).toEqual({ storage: '10Gi' });
  });

  test('in the middle of a scale: no pod is lost by the StatefulSet that is made anew', async () => {
    const world = await founded();
    world.change({ replicas: 5 });
    await world.until('a fourth pod', () => world.pods().length === 4);
    const pods = podUids(world);
    world.change({ storage: { size: '20Gi' } });
    await world.untilReady(5);
    expect(podUids(world)).toEqual(expect.arrayContaining(pods));
    expect(world.disruptions).toEqual([]);
  });
});

describe('hands off', () => {
  test('spec.paused: nothing is written but status and role labels, whatever happens; afterwards all of it is made good', async () => {
    const world = await founded();
    world.change({ paused: true });
    await world.until('said', () => world.condition('Progressing') === 'False Paused');
    world.change({ paused: true, version: '0.1.1', replicas: 5 });
    world.isJudged = false;
    world.loseVolume(1);
    const writes = await world.writesOf(20);
    // The label that the leader's Service selects by is no change of the cluster (S21).
    expect(writes.filter((write) => !/^(status|patch Pod) /.test(write))).toEqual([]);
    expect(world.condition('Ready')).toBe('False MembersNotReady');
    world.change({ paused: false });
    await world.untilReady(5);
    expect(world.status.version).toBe('0.1.1');
  });

  test('update.strategy Paused, then Rolling; OnDelete: each pod takes the change when a person deletes it', async () => {
    const world = await founded({ update: { strategy: 'Paused' } });
    world.change({ version: '0.1.1' });
    await world.until('said', () => world.condition('Updated') === 'False UpdatePaused');
    expect((await world.writesOf(20)).filter((write) => / Pod /.test(write))).toEqual([]);
    world.change({ update: { strategy: 'OnDelete' } });
    await world.until('said', () => world.condition('Updated') === 'False AwaitingPodDeletion');
    world.objects.remove(PODS, 'orders-shard-0-2');
    await world.until('one is new', () => world.status.updatedReplicas === 1 && world.status.ready === '3/3');
    expect(world.disruptions).toEqual([]);
    world.change({ update: { strategy: 'Rolling' } });
    await world.untilReady(3);
    expect(world.disruptions.filter((action) => action.startsWith('evict'))).toHaveLength(2);
  });

  test('maintenance: leadership is drained, the pod is left alone while the others are updated, and catches up afterwards', async () => {
    const world = await founded();
    world.annotate({ 'quorate.io/maintenance': 'orders-shard-0-0=no-leadership' });
    await world.until('drained', () => world.status.leader === 'orders-shard-0-1');
    world.annotate({ 'quorate.io/maintenance': 'orders-shard-0-0' });
    const [pod] = podUids(world);
    world.change({ version: '0.1.1' });
    await world.until('the others are new', () => world.status.updatedReplicas === 2 && world.status.ready === '3/3');
    expect((await world.writesOf(20)).filter((write) => / Pod /.test(write))).toEqual([]);
    expect(podUids(world)[0]).toBe(pod);
    expect(world.condition('Updated')).toBe('False UpdateBlocked');
    world.annotate({ 'quorate.io/maintenance': null });
    await world.untilReady(3);
    expect(world.status.version).toBe('0.1.1');
  });

  test('hibernated with a larger size: woken on volumes that have grown', async () => {
    const world = await founded();
    world.isJudged = false;
    world.change({ hibernate: true });
    await world.until('hibernated', () => world.pods().length === 0 && world.status.phase === 'Hibernated');
    world.change({ storage: { size: '20Gi' } });
    await world.until('grown', () => [0, 1, 2].every((ordinal) => claimOf(world, ordinal)?.status?.capacity?.storage === '20Gi'));
    expect(world.pods()).toEqual([]);
    world.change({ hibernate: false });
    await world.untilReady(3);
  });

  test('hibernated at 3 and woken at 5: the three first, then two new ones', async () => {
    const world = await founded();
    const ids = world.status.configuration?.members.map(({ id }) => id) ?? [];
    world.isJudged = false;
    world.change({ hibernate: true });
    await world.until('hibernated', () => world.pods().length === 0 && world.status.phase === 'Hibernated');
    world.change({ hibernate: false, replicas: 5 });
    await world.untilReady(5);
    expect(world.status.configuration?.members.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    expect(world.nodes.groups).toHaveLength(1);
  });
});
