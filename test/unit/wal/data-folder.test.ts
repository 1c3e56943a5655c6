import { describe, expect, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import { FIRST_GENERATION, parseClusterId } from '../../../src/shared/ids.ts';
import { SeededRandom } from '../../../src/shared/random.ts';
import { installFolder, openDataFolder, readIdentity } from '../../../src/wal/data-folder.ts';
import type { DataFolder } from '../../../src/wal/data-folder.ts';
import type { Disk } from '../../../src/wal/disk.ts';
import { FORMER_IDS_MAX } from '../../../src/wal/identity-file.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import { HOP } from './crash-sweep.ts';
import { CLUSTER, entry, found, memberId, TestMember } from './member.ts';

const other = present(parseClusterId('invoices'), 'a cluster id');

async function open(disk: Disk, seed = 1): Promise<DataFolder> {
  const opened = await openDataFolder(disk, new SeededRandom(seed));
  if (!opened.ok) throw new Error(opened.reason.message);
  return opened.value;
}

describe('identity', () => {
  test('S2: an empty folder gets an id that outlives a power cut, whatever the next start would draw', async () => {
    const disk = new SimulatedDisk(HOP);
    const { identity } = await open(disk, 1);
    expect(identity).toMatchObject({ membership: null, formerIds: [], fenced: null });
    expect(identity.memberId).toMatch(/^[0-9a-f]{16}$/);
    expect((await open(disk.afterCrash(new SeededRandom(1), 'lose-all', HOP), 2)).identity).toEqual(identity);
  });

  test('S2: a damaged identity is an error, and nothing is formatted over it', async () => {
    const disk = new SimulatedDisk(HOP);
    await open(disk);
    disk.flipBit('current/identity', 20, 1);
    const before = disk.listing();
    expect(await openDataFolder(disk, new SeededRandom(2))).toMatchObject({
      ok: false,
      reason: { type: 'damaged', file: 'current/identity' },
    });
    expect(disk.listing()).toEqual(before);
  });

  test('S2: so is one that is missing beside a log', async () => {
    const disk = new SimulatedDisk(HOP);
    await (await TestMember.open(disk)).log.close();
    await disk.remove('current/identity');
    expect(await openDataFolder(disk, new SeededRandom(2))).toMatchObject({ ok: false, reason: { type: 'damaged' } });
  });

  test('S3: a folder whose data was taken away from beside the one set aside is not formatted', async () => {
    const disk = new SimulatedDisk(HOP);
    await (await open(disk)).setAside();
    await disk.remove('current');
    expect(await openDataFolder(disk, new SeededRandom(2))).toMatchObject({
      ok: false,
      reason: { type: 'damaged', file: 'current' },
    });
  });
});

describe('membership', () => {
  const configurationOf = (folder: DataFolder, name = 'm-1') => ({
    index: 0,
    members: [{ id: folder.identity.memberId, name, role: 'voter' as const }],
    removed: [],
  });

  test('S6: one founding is accepted; the same again is fine, another is refused with its reason', async () => {
    const folder = await open(new SimulatedDisk(HOP));
    const founding = { epoch: 1, configuration: configurationOf(folder) };
    const accepted = await folder.found(CLUSTER, FIRST_GENERATION, founding);
    expect(accepted).toMatchObject({ ok: true, value: { membership: { clusterId: CLUSTER, founding } } });
    expect(await folder.found(CLUSTER, FIRST_GENERATION, founding)).toEqual(accepted);
    const refusals = await Promise.all([
      folder.found(CLUSTER, FIRST_GENERATION, { ...founding, epoch: 2 }),
      folder.found(CLUSTER, FIRST_GENERATION, { epoch: 1, configuration: configurationOf(folder, 'm-2') }),
      folder.found(other, FIRST_GENERATION, founding),
      folder.found(CLUSTER, { number: 2, id: 'ab'.repeat(8) }, founding),
      folder.join(other, FIRST_GENERATION),
    ]);
    const reasons = refusals.map((refusal) => (refusal.ok ? 'accepted' : refusal.reason.reason));
    expect(reasons).toEqual(['other-founding', 'other-founding', 'other-cluster', 'other-generation', 'other-cluster']);
  });

  test('S6: of two foundings that arrive at once, one is accepted', async () => {
    const folder = await open(new SimulatedDisk(HOP));
    const configuration = configurationOf(folder);
    const outcomes = await Promise.all([1, 2].map((epoch) => folder.found(CLUSTER, FIRST_GENERATION, { epoch, configuration })));
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false]);
  });

  test('S6: a founding that does not list this member is refused', async () => {
    const folder = await open(new SimulatedDisk(HOP));
    const founding = { epoch: 1, configuration: { index: 0, members: [], removed: [] } };
    expect(await folder.found(CLUSTER, FIRST_GENERATION, founding)).toMatchObject({
      ok: false,
      reason: { reason: 'not-listed' },
    });
  });

  test('S5: a member that joined one cluster durably belongs to it', async () => {
    const disk = new SimulatedDisk(HOP);
    const folder = await open(disk);
    expect((await folder.join(CLUSTER, FIRST_GENERATION)).ok).toBe(true);
    expect((await folder.join(CLUSTER, FIRST_GENERATION)).ok).toBe(true);
    const again = await open(disk.afterCrash(new SeededRandom(1), 'lose-all', HOP));
    expect(again.identity.membership).toEqual({ clusterId: CLUSTER, generation: FIRST_GENERATION, founding: null });
    expect(await found(again)).toBe(false);
  });

  test('S5, S12: a fence outlives a power cut, keeps its first reason, and lets no membership in', async () => {
    const disk = new SimulatedDisk(HOP);
    const folder = await open(disk);
    await folder.fence('first');
    await folder.fence('second');
    const again = await open(disk.afterCrash(new SeededRandom(1), 'lose-all', HOP));
    expect(again.identity.fenced).toBe('first');
    expect(await again.join(CLUSTER, FIRST_GENERATION)).toMatchObject({ ok: false, reason: { reason: 'fenced' } });
  });
});

describe('setting aside', () => {
  test('S3: keeps the old data under its id, and gives a fresh folder under a new one', async () => {
    const disk = new SimulatedDisk(HOP);
    const member = await TestMember.open(disk);
    await member.persist({ entries: [entry(1, 1)] });
    await member.log.close();
    const { memberId } = member.folder.identity;
    const outcome = await member.folder.setAside();
    expect(outcome).toMatchObject({ asideFolder: `aside-${memberId}` });
    expect(outcome.fresh.identity).toMatchObject({ membership: null, formerIds: [memberId], fenced: null });
    expect(outcome.fresh.identity.memberId).not.toBe(memberId);
    expect(outcome.fresh.asideFolder).toBe(`aside-${memberId}`);
    expect(await disk.list(`aside-${memberId}/wal`)).not.toEqual([]);
    expect(await disk.list('current/wal')).toEqual([]);
    expect((await open(disk)).identity).toEqual(outcome.fresh.identity);
  });

  test('S3: one is kept, the newest', async () => {
    const disk = new SimulatedDisk(HOP);
    const first = await (await open(disk)).setAside();
    const second = await first.fresh.setAside();
    expect((await disk.list('')).filter((name) => name.startsWith('aside-'))).toEqual([`aside-${first.fresh.identity.memberId}`]);
    expect(second.fresh.identity.formerIds).toHaveLength(2);
  });

  test('S3: without room for a copy beside it, it is deleted, and the outcome says so', async () => {
    const disk = new SimulatedDisk({ ...HOP, capacityBytes: 100_000 });
    const member = await TestMember.open(disk);
    await member.log.close();
    const outcome = await member.folder.setAside(99_000);
    expect(outcome.asideFolder).toBeNull();
    expect(outcome.oldBytes).toBeGreaterThan(1000);
    expect(await disk.list('')).toEqual(['current']);
    expect(outcome.fresh.identity.formerIds).toEqual([member.folder.identity.memberId]);
  });

  test('S3: one that was kept can be deleted when its room is needed', async () => {
    const disk = new SimulatedDisk(HOP);
    const { fresh } = await (await open(disk)).setAside();
    await fresh.deleteAside();
    expect(fresh.asideFolder).toBeNull();
    expect(await disk.list('')).toEqual(['current']);
  });

  test('S3: the former ids are bounded, and the newest stay', async () => {
    let folder = await open(new SimulatedDisk(HOP));
    const ids = [];
    for (let round = 0; round < FORMER_IDS_MAX + 2; round += 1) {
      ids.unshift(folder.identity.memberId);
      folder = (await folder.setAside()).fresh;
    }
    expect(folder.identity.formerIds).toEqual(ids.slice(0, FORMER_IDS_MAX));
  });

  test('the object that was set aside is spent', async () => {
    const folder = await open(new SimulatedDisk(HOP));
    await folder.setAside();
    await expect(folder.fence('late')).rejects.toThrow('not used again');
  });
});

describe('S5: a member founded on what a recovery writes', () => {
  const identityOf = async (disk: SimulatedDisk) => (await open(disk)).identity;
  const filled = (name: string) => async (folders: { readonly wal: string; readonly snapshots: string }, disk: SimulatedDisk) => {
    const file = await disk.open(`${folders.snapshots}/${name}`, { create: true });
    await file.write(0, [Buffer.from(name)]);
    await file.datasync();
    await file.close();
    await disk.syncFolder(folders.snapshots);
  };

  test('on an empty disk it is there, durably, and nothing was set aside', async () => {
    const disk = new SimulatedDisk(HOP);
    const identity = await identityOf(new SimulatedDisk(HOP));
    expect(await installFolder(disk, identity, (folders) => filled('state')(folders, disk))).toBeNull();
    const after = disk.afterCrash(new SeededRandom(1), 'lose-all', HOP);
    expect(await readIdentity(after)).toEqual({ ok: true, value: identity });
    expect(await after.list('current/snapshots')).toEqual(['state']);
  });

  test('in the place of another member it keeps that one aside, and the one kept before gives way', async () => {
    const disk = new SimulatedDisk(HOP);
    const first = await identityOf(disk);
    const second = { ...(await identityOf(new SimulatedDisk(HOP))), memberId: memberId(2), formerIds: [first.memberId] };
    const third = { ...second, memberId: memberId(3), formerIds: [second.memberId, first.memberId] };
    const fill = (folders: { readonly wal: string; readonly snapshots: string }) => filled('state')(folders, disk);
    const aside = present(await installFolder(disk, second, fill), 'a folder set aside');
    expect(await disk.list('')).toEqual([aside, 'current']);
    const newer = present(await installFolder(disk, third, fill), 'a folder set aside');
    expect(await disk.list('')).toEqual([newer, 'current']);
    expect(newer).not.toBe(aside);
    expect(await readIdentity(disk)).toEqual({ ok: true, value: third });
  });

  test('when it cannot be written, nothing has changed', async () => {
    const disk = new SimulatedDisk(HOP);
    const first = await identityOf(disk);
    const before = disk.listing();
    const next = { ...first, memberId: memberId(2), formerIds: [first.memberId] };
    const fill = async () => {
      throw new Error('out of state');
    };
    await expect(installFolder(disk, next, fill)).rejects.toThrow('out of state');
    expect(disk.listing()).toEqual(before);
    expect(await readIdentity(disk)).toEqual({ ok: true, value: first });
  });

  test('whose folder it is can be read without opening it; what is none, or half-way, is said', async () => {
    const disk = new SimulatedDisk(HOP);
    expect(await readIdentity(disk)).toMatchObject({
      ok: false,
      reason: { message: expect.stringContaining('not the data folder') },
    });
    await disk.makeFolder('next');
    expect(await readIdentity(disk)).toMatchObject({ ok: false, reason: { message: expect.stringContaining('interrupted') } });
    await disk.makeFolder('current');
    expect(await readIdentity(disk)).toMatchObject({ ok: false, reason: { message: 'the identity file is missing' } });
  });
});

test('S11: a log that is whole needs no healing, and with nothing set aside there is nothing to delete', async () => {
  const disk = new SimulatedDisk(HOP);
  const folder = await open(disk);
  const before = disk.operations;
  await folder.noteHealed();
  await folder.deleteAside();
  expect(disk.operations).toBe(before);
});
