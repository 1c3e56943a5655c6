/** Rule S11: rot is looked for while the state in memory is whole, and what is found is replaced from it. */
import { describe, expect, test } from '@jest/globals';
import { SCRUB_FIRST_MS, SCRUB_PAUSE_MS, SCRUB_RETRY_MS } from '../../../src/node/scrubber.ts';
import { scrubSegment } from '../../../src/wal/scrub.ts';
import { present } from '../../../src/shared/assert.ts';
import { NodeGroup } from '../../support/node-group.ts';
import type { GroupMember } from '../../support/node-group.ts';

const WAL = 'current/wal';
const KEYS = 30;
const PASS_MS = 20_000;

async function withSegments(limits = {}): Promise<{ readonly group: NodeGroup; readonly member: GroupMember }> {
  const group = await NodeGroup.found(1, { segmentBytes: 64 * 1024, ...limits });
  const member = present(group.leader(), 'a leader');
  for (let position = 0; position < KEYS; position += 1) {
    expect(await group.run(member, 'SET', `k${position}`, String(position).repeat(3000))).toBe('OK');
  }
  expect((await segmentsOf(member)).length).toBeGreaterThanOrEqual(3);
  return { group, member };
}

async function segmentsOf(member: GroupMember): Promise<string[]> {
  return (await member.disk.list(WAL)).filter((name) => name.endsWith('.wal'));
}

async function expectAllThereAfterRestart(group: NodeGroup, member: GroupMember): Promise<void> {
  await group.stop(member);
  await group.start(member);
  expect(member.node?.halt).toBeNull();
  await group.until('it leads again', () => group.leader() === member);
  for (let position = 0; position < KEYS; position += 1) {
    expect(await group.run(member, 'GET', `k${position}`)).toBe(String(position).repeat(3000));
  }
}

describe('the scrubber', () => {
  test('S11: reads what is whole, finds nothing, and changes nothing', async () => {
    const { group, member } = await withSegments();
    const before = await segmentsOf(member);
    const { scrubber } = group.servingOf(member);
    await group.time.advance(SCRUB_FIRST_MS + PASS_MS);
    expect(scrubber).toMatchObject({ passes: 1, damagesFound: 0, damaged: null });
    expect(await segmentsOf(member)).toEqual(before);
    await group.time.advance(SCRUB_PAUSE_MS / 2);
    expect(scrubber.passes).toBe(1);
  });

  test('S11: a full segment that rots is replaced by a snapshot before anyone restarts, even without peers', async () => {
    const { group, member } = await withSegments();
    const rotten = `${WAL}/${present((await segmentsOf(member))[1], 'a second segment')}`;
    member.disk.flipBit(rotten, 20_000, 2);
    const { scrubber } = group.servingOf(member);
    await group.time.advance(SCRUB_FIRST_MS + PASS_MS);
    expect(scrubber.damagesFound).toBe(1);
    expect(await member.disk.exists(rotten)).toBe(false);
    await group.time.advance(SCRUB_RETRY_MS + PASS_MS);
    expect(scrubber).toMatchObject({ damagesFound: 1, damaged: null });
    await expectAllThereAfterRestart(group, member);
  });

  test('S11: so is a snapshot that rots, while the log before it is gone', async () => {
    const { group, member } = await withSegments({ trailingEntries: 0 });
    let taken = false;
    void group
      .servingOf(member)
      .takeSnapshot()
      .then(() => (taken = true));
    await group.until('a snapshot is taken', () => taken);
    const [snapshot] = (await member.disk.list('current/snapshots')).filter((name) => name.endsWith('.snapshot'));
    member.disk.flipBit(`current/snapshots/${present(snapshot, 'a snapshot')}`, 50_000, 2);
    await group.time.advance(SCRUB_FIRST_MS + PASS_MS);
    expect(group.servingOf(member).scrubber.damagesFound).toBe(1);
    await expectAllThereAfterRestart(group, member);
  });

  test('keeps its pace: what it reads in a second is bounded', async () => {
    const { group, member } = await withSegments();
    const [cold] = (await segmentsOf(member)).map((name) => `${WAL}/${name}`);
    const paces: number[] = [];
    const pace = async (bytes: number): Promise<void> => void paces.push(bytes);
    const path = present(cold, 'a segment');
    const fileBytes = member.disk.contents(path).length;
    await scrubSegment(member.disk, { path, fileBytes, highestIndex: 1, lastBatch: 1 }, { min: 1, max: 1 }, pace);
    expect(paces.reduce((sum, bytes) => sum + bytes, 0)).toBe(fileBytes);
    const slow = await withSegments({ scrubBytesPerSecond: 6400 });
    await slow.group.time.advance(SCRUB_FIRST_MS + 5000);
    expect(slow.group.servingOf(slow.member).scrubber.passes).toBe(0);
    await slow.group.time.advance(2 * PASS_MS);
    expect(slow.group.servingOf(slow.member).scrubber.passes).toBe(1);
    expect(group.servingOf(member).scrubber.passes).toBe(0);
  });

  test('a bit flipped anywhere in a full segment is found', async () => {
    const { member } = await withSegments();
    const names = await segmentsOf(member);
    const path = `${WAL}/${present(names[0], 'a segment')}`;
    const bytes = member.disk.contents(path);
    const levels = { min: 1, max: 1 };
    const pace = async (): Promise<void> => undefined;
    const cold = present(member.node?.serving?.coldSegments[0], 'a full segment');
    expect(cold.path).toBe(path);
    expect(await scrubSegment(member.disk, cold, levels, pace)).toBeNull();
    const used = bytes.findLastIndex((byte) => byte !== 0);
    for (let at = 3; at < used; at += 997) {
      const copy = member.disk.fork();
      copy.flipBit(path, at, at % 8);
      const isPadding = bytes[at] === 0 && (await scrubSegment(copy, cold, levels, pace)) === null;
      if (!isPadding) expect([at, typeof (await scrubSegment(copy, cold, levels, pace))]).toEqual([at, 'string']);
    }
  });
});
