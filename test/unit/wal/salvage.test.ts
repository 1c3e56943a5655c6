/** Rule S11: a damaged log is begun anew from what is whole, never silently and never in the term in which something was lost. */
import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '../../../src/shared/random.ts';
import { present } from '../../../src/shared/assert.ts';
import { openDataFolder } from '../../../src/wal/data-folder.ts';
import type { LogDamage, RecoveredLog } from '../../../src/wal/types.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import { HOP } from './crash-sweep.ts';
import { entry, memberId, memoryOf, TestMember } from './member.ts';

const WAL = 'current/wal';
const NEWEST_TERM = 10;

/** Ten entries, each of a term of its own and voted for, over several segments; what is remembered of a peer stands in the last. */
async function damagedLog(): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk(HOP);
  const member = await TestMember.open(disk);
  for (let index = 1; index <= NEWEST_TERM; index += 1) {
    const memory = index === NEWEST_TERM ? [memoryOf(2, 5, 5)] : [];
    await member.persist({ hardState: { term: index, vote: memberId(1) }, entries: [entry(index, index, 200)], memory });
  }
  await member.log.close();
  const names = (await disk.list(WAL)).filter((name) => name.endsWith('.wal'));
  expect(names.length).toBeGreaterThanOrEqual(3);
  const copy = disk.fork(HOP);
  copy.flipBit(`${WAL}/${present(names[1], 'a second segment')}`, 700, 3);
  return copy;
}

async function noteLost(disk: SimulatedDisk, term: number): Promise<void> {
  const folder = await openDataFolder(disk, new SeededRandom(1));
  if (!folder.ok) throw new Error(folder.reason.message);
  await folder.value.noteLost(term);
}

async function tryOpen(disk: SimulatedDisk): Promise<LogDamage | RecoveredLog> {
  const outcome = await TestMember.tryOpen(disk);
  if ('damage' in outcome) return outcome.damage;
  await outcome.member.log.close();
  return outcome.member.recovered;
}

function expectSalvaged(recovered: LogDamage | RecoveredLog): RecoveredLog {
  if ('mayHideVote' in recovered) throw new Error(recovered.message);
  const { state } = recovered;
  expect(state.lostThroughTerm).not.toBeNull();
  expect(state.hardState.vote).toBeNull();
  expect(state.hardState.term).toBeGreaterThan(state.lostThroughTerm ?? 0);
  expect(state.lostThroughTerm).toBeGreaterThanOrEqual(NEWEST_TERM);
  // What is kept is a prefix of what was there.
  expect(state.entries.map(({ index, term }) => [index, term])).toEqual(state.entries.map((_, at) => [at + 1, at + 1]));
  expect(state.entries.length).toBeLessThan(NEWEST_TERM);
  return recovered;
}

describe('S11: a damaged log', () => {
  test('is never opened without a durable note that covers its newest term', async () => {
    const disk = await damagedLog();
    expect(await tryOpen(disk.fork(HOP))).toMatchObject({ type: 'corrupt', mayHideVote: false, newestTerm: NEWEST_TERM });
    await noteLost(disk, NEWEST_TERM - 1);
    const before = disk.listing();
    expect(await tryOpen(disk)).toMatchObject({ type: 'corrupt', newestTerm: NEWEST_TERM });
    expect(disk.listing()).toEqual(before);
  });

  test('goes on from what stands before the damage, one term higher, without a vote, and with what it remembers of others', async () => {
    const disk = await damagedLog();
    await noteLost(disk, NEWEST_TERM);
    const recovered = expectSalvaged(await tryOpen(disk));
    expect(recovered.salvagedFrom).toMatchObject({ type: 'corrupt' });
    expect(recovered.state.hardState.term).toBe(NEWEST_TERM + 1);
    expect(recovered.state.entries.length).toBeGreaterThanOrEqual(3);
    expect(recovered.peerMemory).toEqual([memoryOf(2, 5, 5)]);
  });

  test('is not begun anew where the damage may hide the newest vote, whatever a note says', async () => {
    const disk = await damagedLog();
    await noteLost(disk, NEWEST_TERM);
    const last = (await disk.list(WAL)).filter((name) => name.endsWith('.wal')).at(-1);
    disk.flipBit(`${WAL}/${present(last, 'a last segment')}`, 40, 1);
    const before = disk.listing();
    expect(await tryOpen(disk)).toMatchObject({ mayHideVote: true });
    expect(disk.listing()).toEqual(before);
  });

  test('keeps the damaged files until it is whole again', async () => {
    const disk = await damagedLog();
    await noteLost(disk, NEWEST_TERM);
    expectSalvaged(await tryOpen(disk));
    const kept = async (): Promise<number> => (await disk.list(WAL)).filter((name) => name.endsWith('.damaged')).length;
    expect(await kept()).toBeGreaterThanOrEqual(3);
    expectSalvaged(await tryOpen(disk));
    expect(await kept()).toBeGreaterThanOrEqual(3);
    const folder = await openDataFolder(disk, new SeededRandom(1));
    if (!folder.ok) throw new Error(folder.reason.message);
    await folder.value.noteHealed();
    expect(await kept()).toBe(0);
  });

  test('a crash at any write, in any state of the disk, leaves a log that heals and never one that passes for whole', async () => {
    const original = await damagedLog();
    await noteLost(original, NEWEST_TERM);
    const whole = original.fork(HOP);
    const before = whole.operations;
    expectSalvaged(await tryOpen(whole));
    const operations = whole.operations - before;
    expect(operations).toBeGreaterThan(8);
    for (let number = 1; number <= operations; number += 1) {
      for (const mode of ['keep-all', 'lose-all', 'random', 'random'] as const) {
        const disk = original.fork(HOP);
        disk.crashAt(number);
        await Promise.race([tryOpen(disk), disk.crashed]);
        const after = disk.afterCrash(new SeededRandom(number), mode, HOP);
        const found = await tryOpen(after);
        if ('mayHideVote' in found) {
          expect([number, mode, found.mayHideVote]).toEqual([number, mode, false]);
          await noteLost(after, found.newestTerm);
          expectSalvaged(await tryOpen(after));
        } else expectSalvaged(found);
      }
    }
  });

  test('damage that is not found again, because a read had failed in passing, still ends the term', async () => {
    const disk = new SimulatedDisk(HOP);
    const member = await TestMember.open(disk);
    await member.persist({ hardState: { term: 3, vote: memberId(1) }, entries: [entry(1, 3)] });
    await member.log.close();
    await noteLost(disk, 3);
    expect(await tryOpen(disk)).toMatchObject({
      state: { hardState: { term: 4, vote: null }, lostThroughTerm: 3 },
      salvagedFrom: null,
    });
    expect(await tryOpen(disk)).toMatchObject({ state: { hardState: { term: 4, vote: null } } });
  });

  test('keeps nothing when its first batch is damaged: nothing is known to follow the snapshot', async () => {
    const original = await damagedLog();
    const [first] = (await original.list(WAL)).filter((name) => name.endsWith('.wal'));
    for (const byte of [30, 700]) {
      const disk = original.fork(HOP);
      disk.flipBit(`${WAL}/${present(first, 'a first segment')}`, byte, 1);
      await noteLost(disk, NEWEST_TERM);
      const recovered = expectSalvaged(await tryOpen(disk));
      expect(recovered.state.entries.length).toBeLessThan(3);
      expect(recovered.peerMemory).toEqual([memoryOf(2, 5, 5)]);
    }
  });

  test('is not begun anew when no header of it is whole: nobody knows the newest term and vote, whatever was noted', async () => {
    const disk = await damagedLog();
    for (const name of (await disk.list(WAL)).filter((each) => each.endsWith('.wal'))) disk.flipBit(`${WAL}/${name}`, 30, 1);
    await noteLost(disk, NEWEST_TERM);
    expect(await tryOpen(disk)).toMatchObject({ type: 'corrupt', mayHideVote: true });
  });
});
