import { describe, expect, test } from '@jest/globals';
import { FEATURE_LEVEL_MAX, FEATURE_LEVEL_MIN } from '../../../src/shared/build.ts';
import { SeededRandom } from '../../../src/shared/random.ts';
import { BATCH_BYTES, IDLE_SYNC_MS } from '../../../src/wal/log-writer.ts';
import { readSegmentHeader } from '../../../src/wal/segment.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import type { Operation, SimulatedDiskOptions } from '../../support/simulated-disk.ts';
import { HOP } from './crash-sweep.ts';
import { baseAt, entry, fingerprint, memberId, memoryOf, TestMember } from './member.ts';

const random = new SeededRandom(11);

function observed(options: SimulatedDiskOptions = {}): { readonly disk: SimulatedDisk; readonly operations: Operation[] } {
  const operations: Operation[] = [];
  const disk = new SimulatedDisk({ ...HOP, ...options, beforeOperation: (operation) => void operations.push(operation) });
  return { disk, operations };
}

async function turns(count = 50): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

function recoveredFrom(member: TestMember): string {
  const { state, peerMemory } = member.recovered;
  return fingerprint(state.hardState, state.entries, peerMemory);
}

function modelOf(member: TestMember): string {
  const { hardState, entries, memory } = member.history.newest;
  return fingerprint(hardState, entries, memory);
}

async function reopened(disk: SimulatedDisk): Promise<TestMember> {
  return TestMember.open(disk.afterCrash(random, 'lose-all', HOP));
}

describe('group commit', () => {
  test('all that is appended while a sync runs is made durable by one write and one sync', async () => {
    const { disk, operations } = observed();
    const member = await TestMember.open(disk, { log: { segmentBytes: 65_536 } });
    await turns();
    operations.length = 0;
    for (let index = 1; index <= 3; index += 1) member.append({ entries: [entry(index, 1)] });
    await Promise.resolve();
    await Promise.resolve();
    for (let index = 4; index <= 40; index += 1) member.append({ entries: [entry(index, 1)] });
    await member.durable();
    expect(operations.map(({ kind }) => kind)).toEqual(['write', 'datasync', 'write', 'datasync']);
    expect(recoveredFrom(await reopened(disk))).toBe(modelOf(member));
  });

  test('S18: a backlog is cut into batches of bounded size', async () => {
    const { disk, operations } = observed();
    const member = await TestMember.open(disk, { log: { segmentBytes: 16 * 1024 * 1024 } });
    await turns();
    operations.length = 0;
    for (let index = 1; index <= 3; index += 1) member.append({ entries: [entry(index, 1, BATCH_BYTES - 1)] });
    expect(member.log.pendingBytes).toBeGreaterThan(3 * (BATCH_BYTES - 1));
    await member.durable();
    expect(member.log.pendingBytes).toBe(0);
    expect(operations.filter(({ kind, path }) => kind === 'datasync' && path.startsWith('current/wal/')).length).toBeGreaterThan(
      1,
    );
  });

  test('a value larger than a segment is written whole, and read back', async () => {
    const disk = new SimulatedDisk(HOP);
    const member = await TestMember.open(disk);
    await member.persist({ entries: [entry(1, 1), entry(2, 1, 8 * 1024 * 1024), entry(3, 1)] });
    await member.persist({ entries: [entry(4, 1)] });
    expect(recoveredFrom(await reopened(disk))).toBe(modelOf(member));
  });

  test('the zeros of a segment are on disk before a commit waits for it', async () => {
    const carried: number[] = [];
    const disk: SimulatedDisk = new SimulatedDisk({
      ...HOP,
      trackSites: true,
      beforeOperation: ({ site, path }) => {
        if (site.includes('SegmentFiles.#fill')) carried.push(disk.unsyncedBytes(path));
      },
    });
    const member = await TestMember.open(disk, { log: { segmentBytes: 16_384 } });
    for (let index = 1; index <= 8; index += 1) await member.persist({ entries: [entry(index, 1, 4000)] });
    expect(carried.length).toBeGreaterThan(2);
    expect(Math.max(...carried)).toBeLessThan(8000);
  });
});

describe('at rest', () => {
  test('S11: when no batch follows within 100 ms, one empty batch is written and synced, and no second', async () => {
    const { disk, operations } = observed();
    const member = await TestMember.open(disk, { log: { segmentBytes: 65_536 } });
    await turns();
    expect(member.clock.scheduled).toBe(0);
    await member.persist({ entries: [entry(1, 1)] });
    await turns();
    operations.length = 0;
    member.clock.advance(IDLE_SYNC_MS - 1);
    await turns();
    expect(operations).toEqual([]);
    member.clock.advance(1);
    await turns();
    expect(operations.map(({ kind }) => kind)).toEqual(['write', 'datasync']);
    expect(member.clock.scheduled).toBe(0);
  });

  test('S11: a batch that follows takes the place of the empty one', async () => {
    const { disk, operations } = observed();
    const member = await TestMember.open(disk, { log: { segmentBytes: 65_536 } });
    await member.persist({ entries: [entry(1, 1)] });
    await turns();
    member.clock.advance(IDLE_SYNC_MS - 1);
    await member.persist({ entries: [entry(2, 1)] });
    await turns();
    operations.length = 0;
    member.clock.advance(1);
    await turns();
    expect(operations).toEqual([]);
    expect(member.clock.scheduled).toBe(1);
  });
});

describe('a failing disk', () => {
  test.each(['EIO', 'ENOSPC'])('S10: after %s on a sync the failure is told once, and nothing is acknowledged', async (code) => {
    let isBroken = false;
    const disk = new SimulatedDisk({ ...HOP, fault: ({ kind }) => (isBroken && kind === 'datasync' ? code : null) });
    const member = await TestMember.open(disk, { log: { segmentBytes: 65_536 } });
    await member.persist({ entries: [entry(1, 1)] });
    await turns();
    isBroken = true;
    await member.persist({ entries: [entry(2, 1)] });
    isBroken = false;
    member.append({ entries: [entry(3, 1)] });
    member.clock.advance(IDLE_SYNC_MS);
    await turns();
    expect(member.failures.map((error) => error.code)).toEqual([code]);
    expect(member.acknowledgedSequence).toBe(1);
    expect((await reopened(disk)).recovered.state.entries.map(({ index }) => index)).toEqual([1]);
  });

  test('S10: bytes that a failed sync left in the page cache are written again by the next start, before anything rests on them', async () => {
    let isBroken = false;
    const disk = new SimulatedDisk({ ...HOP, fault: ({ kind }) => (isBroken && kind === 'datasync' ? 'EIO' : null) });
    const first = await TestMember.open(disk, { log: { segmentBytes: 65_536 } });
    await first.persist({ entries: [entry(1, 1)] });
    await turns();
    isBroken = true;
    await first.persist({ hardState: { term: 2, vote: memberId(2) }, entries: [entry(2, 2)] });
    const fork = disk.fork(HOP);
    const second = await TestMember.open(fork);
    expect(second.recovered.state.entries.map(({ index }) => index)).toEqual([1, 2]);
    const third = await reopened(fork);
    expect(recoveredFrom(third)).toBe(recoveredFrom(second));
  });

  test('S10: nor is a batch acknowledged that was under way when the folder could not be synced', async () => {
    let isBroken = false;
    const disk = new SimulatedDisk({ ...HOP, fault: ({ kind }) => (isBroken && kind === 'syncFolder' ? 'EIO' : null) });
    const member = await TestMember.open(disk);
    for (let index = 1; index <= 12; index += 1) await member.persist({ entries: [entry(index, 1, 300)] });
    await member.snapshot(10, 1);
    await turns();
    isBroken = true;
    const compaction = member.log.compact(10);
    await Promise.resolve();
    member.append({ hardState: { term: 2, vote: null } });
    await compaction;
    await turns();
    expect(member.failures.map(({ code }) => code)).toEqual(['EIO']);
    expect(member.acknowledgedSequence).toBe(12);
    expect(member.log.pendingBytes).toBe(0);
  });

  test('S17: a full disk fails the log when it needs a new segment, and what was acknowledged stays', async () => {
    const disk = new SimulatedDisk({ ...HOP, capacityBytes: 10_000 });
    const member = await TestMember.open(disk);
    for (let index = 1; index <= 30 && member.failures.length === 0; index += 1)
      await member.persist({ entries: [entry(index, 1, 400)] });
    expect(member.failures.map(({ code }) => code)).toEqual(['ENOSPC']);
    const survivor = await TestMember.open(disk.afterCrash(random, 'lose-all', HOP));
    expect(survivor.recovered.state.entries).toHaveLength(member.acknowledgedSequence);
  });

  test('a read that fails rejects the start, and changes nothing', async () => {
    const disk = new SimulatedDisk(HOP);
    await (await TestMember.open(disk)).log.close();
    const broken = disk.fork({ ...HOP, fault: ({ kind, path }) => (kind === 'read' && path.endsWith('.wal') ? 'EIO' : null) });
    await expect(TestMember.open(broken)).rejects.toMatchObject({ code: 'EIO' });
    expect(broken.listing()).toEqual(disk.listing());
  });
});

describe('segments', () => {
  test('compaction drops the segments whose entries all lie below, and only those', async () => {
    const disk = new SimulatedDisk(HOP);
    const member = await TestMember.open(disk);
    for (let index = 1; index <= 20; index += 1)
      await member.persist({ entries: [entry(index, 1, 300)], memory: [memoryOf(2, 1, index)] });
    const before = member.log.diskBytes;
    await member.snapshot(10, 1);
    await member.log.compact(10);
    expect(member.log.diskBytes).toBeLessThan(before);
    const again = await reopened(disk);
    expect(again.recovered.state.entries.map(({ index }) => index)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(again.recovered.peerMemory).toEqual([memoryOf(2, 1, 20)]);
  });

  test('a start leaves as many segments as it found', async () => {
    const disk = new SimulatedDisk(HOP);
    const member = await TestMember.open(disk);
    await member.persist({ entries: [entry(1, 1)] });
    await member.log.close();
    const names = await disk.list('current/wal');
    for (let start = 0; start < 5; start += 1) await (await TestMember.open(disk)).log.close();
    expect(await disk.list('current/wal')).toEqual(names);
    expect(recoveredFrom(await TestMember.open(disk))).toBe(modelOf(member));
  });

  test('S16: the level in force stands in every segment, and a rise begins a new one', async () => {
    const disk = new SimulatedDisk(HOP);
    const levels = { min: 1, max: 2 };
    const member = await TestMember.open(disk, { log: { levels, featureLevel: 1 } });
    await member.persist({ entries: [entry(1, 1)] });
    member.log.setFeatureLevel(2);
    await member.persist({ entries: [entry(2, 1)] });
    await member.log.close();
    const written = (await disk.list('current/wal')).map((name) =>
      readSegmentHeader(disk.contents(`current/wal/${name}`), levels),
    );
    expect(written.map((reading) => (reading.type === 'header' ? reading.header.featureLevel : reading.type))).toEqual([1, 2]);
    const again = await TestMember.open(disk, { log: { levels, featureLevel: 1 } });
    expect(recoveredFrom(again)).toBe(modelOf(member));
  });
});

describe('what a start refuses', () => {
  test('S16: a segment of a level that it does not read is refused by name, and nothing changes', async () => {
    const disk = new SimulatedDisk(HOP);
    const newer = FEATURE_LEVEL_MAX + 1;
    const member = await TestMember.open(disk, { log: { levels: { min: 1, max: newer }, featureLevel: newer } });
    await member.log.close();
    const before = disk.listing();
    const outcome = await TestMember.tryOpen(disk);
    expect(outcome).toMatchObject({ damage: { type: 'unknown-format', mayHideVote: false } });
    expect('damage' in outcome && outcome.damage.message).toContain(`${newer}`);
    expect('damage' in outcome && outcome.damage.message).toContain(`${FEATURE_LEVEL_MIN} to ${FEATURE_LEVEL_MAX}`);
    expect(disk.listing()).toEqual(before);
  });

  test('S5: segments of another member are refused as foreign', async () => {
    const [ours, theirs] = [new SimulatedDisk(HOP), new SimulatedDisk(HOP)];
    await (await TestMember.open(ours)).log.close();
    await (await TestMember.open(theirs, { seed: 2 })).log.close();
    const [name = ''] = await theirs.list('current/wal');
    await ours.remove(`current/wal/${name}`);
    const file = await ours.open(`current/wal/${name}`, { create: true });
    await file.write(0, [theirs.contents(`current/wal/${name}`)]);
    expect(await TestMember.tryOpen(ours)).toMatchObject({ damage: { type: 'foreign' } });
  });

  test('a snapshot that was lost leaves a gap before the first entry, and the gap is seen', async () => {
    const disk = new SimulatedDisk(HOP);
    const member = await TestMember.open(disk);
    for (let index = 1; index <= 12; index += 1) await member.persist({ entries: [entry(index, 1, 300)] });
    const { file } = await member.snapshot(10, 1);
    await member.log.compact(10);
    await member.log.close();
    await disk.remove(`current/snapshots/${file}`);
    expect(await TestMember.tryOpen(disk)).toMatchObject({ damage: { type: 'gap', mayHideVote: false } });
  });

  test('a log that was compacted away whole and lost its snapshot is a gap, not an empty log', async () => {
    const disk = new SimulatedDisk(HOP);
    const member = await TestMember.open(disk);
    for (let index = 1; index <= 3; index += 1) await member.persist({ entries: [entry(index, 1, 900)] });
    await member.persist({ hardState: { term: 2, vote: null } });
    const { file } = await member.snapshot(3, 1);
    await member.persist({
      hardState: { term: 3, vote: null },
      memory: Array.from({ length: 14 }, (_, digit) => memoryOf(digit + 1, 1, 1)),
    });
    await member.persist({
      hardState: { term: 4, vote: null },
      memory: Array.from({ length: 14 }, (_, digit) => memoryOf(digit + 1, 1, 2)),
    });
    await member.log.compact(3);
    await member.log.close();
    expect((await TestMember.open(disk.fork(HOP))).recovered.state.entries).toEqual([]);
    await disk.remove(`current/snapshots/${file}`);
    expect(await TestMember.tryOpen(disk)).toMatchObject({ damage: { type: 'gap' } });
  });

  test('S11: a snapshot without any log asks for replacement: the term and vote are gone', async () => {
    const disk = new SimulatedDisk(HOP);
    const member = await TestMember.open(disk);
    await member.persist({ entries: [entry(1, 1)] });
    await member.snapshot(1, 1);
    await member.log.close();
    for (const name of await disk.list('current/wal')) await disk.remove(`current/wal/${name}`);
    expect(await TestMember.tryOpen(disk)).toMatchObject({ damage: { type: 'gap', mayHideVote: true } });
  });

  test('a segment that is missing in the middle is a gap', async () => {
    const disk = new SimulatedDisk(HOP);
    const member = await TestMember.open(disk);
    for (let index = 1; index <= 12; index += 1) await member.persist({ entries: [entry(index, 1, 300)] });
    await member.log.close();
    await disk.remove('current/wal/000000000002.wal');
    expect(await TestMember.tryOpen(disk)).toMatchObject({ damage: { type: 'gap' } });
  });
});

describe('a snapshot ahead of the log', () => {
  test('a received snapshot whose base contradicts the log replaces it, at the start and at the next', async () => {
    const disk = new SimulatedDisk(HOP);
    const member = await TestMember.open(disk);
    await member.persist({ hardState: { term: 1, vote: null }, entries: [entry(1, 1), entry(2, 1), entry(3, 1)] });
    await member.snapshot(2, 2);
    const again = await reopened(disk);
    expect(again.recovered.state).toMatchObject({ base: { index: 2, term: 2 }, entries: [] });
    const next = disk.afterCrash(random, 'lose-all', HOP);
    const writer = await TestMember.open(next);
    await writer.persist({ hardState: { term: 3, vote: null }, entries: [entry(3, 3)] });
    expect((await reopened(next)).recovered.state.entries.map(({ index, term }) => [index, term])).toEqual([[3, 3]]);
  });

  test('an installed snapshot discards the entries on both sides of it', async () => {
    const disk = new SimulatedDisk(HOP);
    const member = await TestMember.open(disk);
    await member.persist({ hardState: { term: 1, vote: null }, entries: [entry(1, 1), entry(2, 1), entry(3, 1)] });
    await member.snapshot(2, 1);
    await member.persist({ base: baseAt(2, 1) });
    expect((await reopened(disk)).recovered.state).toMatchObject({ base: { index: 2 }, entries: [] });
  });
});
