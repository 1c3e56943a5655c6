import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '../../../src/shared/random.ts';
import { BATCH_HEADER_BYTES } from '../../../src/wal/batch.ts';
import { IDLE_SYNC_MS } from '../../../src/wal/log-writer.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import { findBatches } from './batch-places.ts';
import type { BatchPlace } from './batch-places.ts';
import { HOP } from './crash-sweep.ts';
import { entry, fingerprint, memberId, memoryOf, TestMember } from './member.ts';

/** Twelve batches over several segments; the newest acknowledged one is not yet covered by X. */
async function uncoveredLog(): Promise<{ readonly disk: SimulatedDisk; readonly member: TestMember }> {
  const disk = new SimulatedDisk(HOP);
  const member = await TestMember.open(disk);
  for (let index = 1; index <= 12; index += 1) {
    await member.persist({
      hardState: { term: index, vote: memberId(1) },
      entries: [entry(index, index, 200)],
      memory: [memoryOf(2, 1, index)],
    });
  }
  return { disk: disk.fork(HOP), member };
}

async function coveredLog(): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk(HOP);
  const member = await TestMember.open(disk);
  for (let index = 1; index <= 10; index += 1) {
    await member.persist({ hardState: { term: index, vote: memberId(1) }, entries: [entry(index, index, 200)] });
  }
  member.clock.advance(IDLE_SYNC_MS);
  await member.log.close();
  return disk;
}

function flipped(disk: SimulatedDisk, { file, offset, bytes }: BatchPlace, where: 'header' | 'body'): SimulatedDisk {
  const copy = disk.fork(HOP);
  const at = where === 'header' ? offset + 20 : offset + Math.min(bytes - 1, BATCH_HEADER_BYTES + 10);
  copy.flipBit(file, at, 3);
  return copy;
}

describe('rot before X', () => {
  test.each(['header', 'body'] as const)('S11: in the %s of any batch is corruption, and nothing is cut', async (where) => {
    const disk = await coveredLog();
    const places = await findBatches(disk);
    const covered = places.slice(0, -1);
    expect(covered.length).toBeGreaterThanOrEqual(10);
    for (const place of covered) {
      const damaged = flipped(disk, place, where);
      const before = damaged.listing();
      expect([place, await TestMember.tryOpen(damaged)]).toMatchObject([
        place,
        { damage: { type: 'corrupt', file: place.file, offset: place.offset } },
      ]);
      expect(damaged.listing()).toEqual(before);
    }
  });

  test('S11: hides no vote while a later batch tells the newest one', async () => {
    const disk = await coveredLog();
    const places = await findBatches(disk);
    expect(await TestMember.tryOpen(flipped(disk, places.at(-2)!, 'body'))).toMatchObject({ damage: { mayHideVote: false } });
  });

  test('S11: may hide the newest vote when it struck the newest batch that is known to be synced', async () => {
    const disk = await coveredLog();
    await (await TestMember.open(disk)).log.close();
    const [newest] = (await findBatches(disk)).slice(-1);
    const damaged = disk.fork(HOP);
    damaged.flipBit(newest!.file, newest!.offset + 4, 0);
    expect(await TestMember.tryOpen(damaged)).toMatchObject({ damage: { type: 'corrupt', mayHideVote: true } });
  });

  test('S11: in the header of a segment is corruption; of the last one, it may hide the vote', async () => {
    const disk = await coveredLog();
    const names = (await disk.list('current/wal')).filter((name) => name.endsWith('.wal'));
    for (const [position, name] of names.entries()) {
      const damaged = disk.fork(HOP);
      damaged.flipBit(`current/wal/${name}`, 30, 1);
      const mayHideVote = position === names.length - 1;
      expect(await TestMember.tryOpen(damaged)).toMatchObject({ damage: { type: 'corrupt', offset: 0, mayHideVote } });
    }
  });

  test('S11: a segment that lost its end is corrupt', async () => {
    const disk = await coveredLog();
    for (const name of (await disk.list('current/wal')).filter((each) => each.endsWith('.wal'))) {
      const damaged = disk.fork(HOP);
      const file = `current/wal/${name}`;
      damaged.shorten(file, damaged.contents(file).length - 8);
      expect(await TestMember.tryOpen(damaged)).toMatchObject({ damage: { type: 'corrupt', file } });
    }
  });

  test('S11: a flipped bit anywhere in a log at rest is corruption, or it changes nothing', async () => {
    const disk = await coveredLog();
    const random = new SeededRandom(5);
    const whole = await TestMember.open(disk.fork(HOP));
    const expected = fingerprint(whole.recovered.state.hardState, whole.recovered.state.entries, whole.recovered.peerMemory);
    for (const name of (await disk.list('current/wal')).filter((each) => each.endsWith('.wal'))) {
      const file = `current/wal/${name}`;
      for (let byte = random.below(9); byte < disk.contents(file).length; byte += 1 + random.below(17)) {
        const damaged = disk.fork(HOP);
        damaged.flipBit(file, byte, random.below(8));
        const outcome = await TestMember.tryOpen(damaged);
        if ('damage' in outcome) expect(outcome.damage.type).toBe('corrupt');
        else {
          const { state, peerMemory } = outcome.member.recovered;
          expect([file, byte, fingerprint(state.hardState, state.entries, peerMemory)]).toEqual([file, byte, expected]);
        }
      }
    }
  });
});

describe('files that changed places', () => {
  test('S11: a segment under the name of another is corruption, not a log', async () => {
    const disk = await coveredLog();
    const names = (await disk.list('current/wal')).filter((name) => name.endsWith('.wal'));
    const last = `current/wal/${names.at(-1)!}`;
    const later = `current/wal/${names.at(-1)!.replace(/\d(?=\.wal)/, '9')}`;
    await disk.rename(last, later);
    expect(await TestMember.tryOpen(disk)).toMatchObject({
      damage: { type: 'corrupt', file: later, message: expect.stringMatching(/^the segment says that it is number \d+$/) },
    });
  });

  test('S11: a segment in the middle that is missing is a gap, and named', async () => {
    const disk = await coveredLog();
    const names = (await disk.list('current/wal')).filter((name) => name.endsWith('.wal'));
    await disk.remove(`current/wal/${names[1]!}`);
    expect(await TestMember.tryOpen(disk)).toMatchObject({
      damage: { type: 'gap', message: expect.stringMatching(/^between segments \d+ and \d+ one or more are missing$/) },
    });
  });
});

describe('a torn tail', () => {
  test.each(['header', 'body'] as const)('S11: damage to the %s of the one batch past X is cut, and said', async (where) => {
    const { disk } = await uncoveredLog();
    const last = (await findBatches(disk)).at(-1)!;
    const outcome = await TestMember.open(flipped(disk, last, where));
    expect(outcome.recovered.tornBytes).toBeGreaterThan(0);
    expect(outcome.recovered.state.entries.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(outcome.recovered.state.hardState.term).toBe(11);
    expect(outcome.recovered.peerMemory).toEqual([memoryOf(2, 1, 11)]);
  });

  test('S11: damage to the batch before a torn one is corruption: the torn header still says that it was synced', async () => {
    const { disk } = await uncoveredLog();
    const [before, last] = (await findBatches(disk)).slice(-2);
    expect(before!.file).toBe(last!.file);
    const torn = flipped(disk, last!, 'body');
    expect((await TestMember.open(torn.fork(HOP))).recovered.tornBytes).toBeGreaterThan(0);
    torn.flipBit(before!.file, before!.offset + BATCH_HEADER_BYTES + 10, 0);
    expect(await TestMember.tryOpen(torn)).toMatchObject({ damage: { type: 'corrupt', offset: before!.offset } });
  });

  test('S11: what was cut stays cut: the next start finds the same, and no damage', async () => {
    const { disk } = await uncoveredLog();
    const torn = flipped(disk, (await findBatches(disk)).at(-1)!, 'body');
    const first = await TestMember.open(torn);
    await first.log.close();
    const second = await TestMember.open(torn);
    expect(second.recovered.tornBytes).toBe(0);
    expect(second.recovered.state.entries).toHaveLength(11);
  });

  test('an untouched log has no torn bytes', async () => {
    expect((await TestMember.open((await uncoveredLog()).disk)).recovered.tornBytes).toBe(0);
  });
});
