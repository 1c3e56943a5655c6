/** Rule S11, whole nodes: a damaged log is filled again from the others, and the member is heard in no election meanwhile. */
import { describe, expect, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import { NodeGroup } from '../../support/node-group.ts';
import type { GroupMember } from '../../support/node-group.ts';

const WAL = 'current/wal';
const SEGMENT_BYTES = 64 * 1024;

async function withData(members = 3): Promise<{ readonly group: NodeGroup; readonly victim: GroupMember }> {
  const group = await NodeGroup.found(members, { segmentBytes: SEGMENT_BYTES, trailingEntries: 0 });
  const leader = present(group.leader(), 'a leader');
  const victim = group.followers()[0] ?? leader;
  for (let position = 0; position < 40; position += 1) {
    expect(await group.run(leader, 'SET', `k${position}`, String(position).repeat(3000))).toBe('OK');
  }
  await group.until('the follower has everything', () => {
    return group.servingOf(victim).replica.appliedIndex === group.servingOf(leader).replica.appliedIndex;
  });
  await group.time.advance(200);
  return { group, victim };
}

async function segmentsOf(member: GroupMember): Promise<string[]> {
  return (await member.disk.list(WAL)).filter((name) => name.endsWith('.wal'));
}

/** Flips a bit of an entry in a segment that is full. */
async function damageColdSegment(member: GroupMember): Promise<void> {
  const segments = await segmentsOf(member);
  expect(segments.length).toBeGreaterThanOrEqual(3);
  member.disk.flipBit(`${WAL}/${present(segments[1], 'a second segment')}`, 20_000, 3);
}

async function values(group: NodeGroup, member: GroupMember): Promise<string[]> {
  const found: string[] = [];
  for (let position = 0; position < 40; position += 1) found.push((await group.run(member, 'GET', `k${position}`)).slice(0, 2));
  return found;
}

describe('S11: corruption that hides no vote', () => {
  test('what is lost comes from the leader, and the member votes again', async () => {
    const { group, victim } = await withData();
    await group.stop(victim);
    await damageColdSegment(victim);
    await group.start(victim);
    expect(victim.node?.halt).toBeNull();
    const { replica } = group.servingOf(victim);
    expect(replica.status.healing).toBe(true);
    expect(victim.node?.readiness().ready).toBe(false);
    expect((await victim.disk.list(WAL)).filter((name) => name.endsWith('.damaged')).length).toBeGreaterThanOrEqual(3);
    await group.until('the member has healed', () => !replica.status.healing);
    await group.until('and notes it', () => victim.node?.dataFolder.identity.lostThroughTerm === null);
    await group.time.advance(100);
    expect((await victim.disk.list(WAL)).some((name) => name.endsWith('.damaged'))).toBe(false);
    expect(victim.node?.readiness().ready).toBe(true);
    expect(await values(group, victim)).toEqual(
      Array.from({ length: 40 }, (_, position) => String(position).repeat(2).slice(0, 2)),
    );
    expect(victim.node?.dataFolder.identity.fenced).toBeNull();
  });

  test('until then it elects nobody: with the other two apart there is no leader', async () => {
    const { group, victim } = await withData();
    await group.stop(victim);
    await damageColdSegment(victim);
    const others = group.running();
    const [left, right] = [present(others[0], 'one'), present(others[1], 'another')];
    group.cut(left, right);
    await group.time.advance(5000);
    // Entries never arrive, so that it cannot heal; votes are asked of it all along.
    group.passes = ({ to, frame }) => !(to === victim.name && frame.type === 'protocol' && frame.bytes.length > 100);
    await group.start(victim);
    await group.time.advance(10_000);
    expect(group.leader()).toBeNull();
    expect(group.servingOf(victim).replica.status.healing).toBe(true);
    group.heal();
    group.passes = () => true;
    await group.until('with the others joined it heals', () => !group.servingOf(victim).replica.status.healing);
    expect(await group.run(victim, 'GET', 'k7')).toBe('7'.repeat(3000));
  });

  test('a restart while it heals does not make it forget that it does', async () => {
    const { group, victim } = await withData();
    await group.stop(victim);
    await damageColdSegment(victim);
    group.passes = ({ to, frame }) => !(to === victim.name && frame.type === 'protocol' && frame.bytes.length > 100);
    await group.start(victim);
    await group.time.advance(3000);
    await group.kill(victim);
    await group.start(victim);
    expect(group.servingOf(victim).replica.status.healing).toBe(true);
    expect(victim.node?.dataFolder.identity.lostThroughTerm).not.toBeNull();
    group.passes = () => true;
    await group.until('the member has healed', () => !group.servingOf(victim).replica.status.healing);
  });

  test('a damaged snapshot, when the log before it is gone, is sent anew', async () => {
    const { group, victim } = await withData();
    const serving = group.servingOf(victim);
    let taken = false;
    void serving.takeSnapshot().then(() => (taken = true));
    await group.until('a snapshot is taken', () => taken);
    await group.stop(victim);
    const [snapshot] = (await victim.disk.list('current/snapshots')).filter((name) => name.endsWith('.snapshot'));
    victim.disk.flipBit(`current/snapshots/${present(snapshot, 'a snapshot')}`, 5000, 1);
    await group.start(victim);
    expect(victim.node?.halt).toBeNull();
    expect(group.servingOf(victim).replica).toMatchObject({ appliedIndex: 0, status: { healing: true } });
    await group.until('the member has healed', () => !group.servingOf(victim).replica.status.healing);
    expect(await values(group, victim)).toEqual(
      Array.from({ length: 40 }, (_, position) => String(position).repeat(2).slice(0, 2)),
    );
  });
});

describe('S11: what cannot be healed asks for replacement, and keeps its folder', () => {
  test('damage that may hide the newest vote', async () => {
    const { group, victim } = await withData();
    await group.stop(victim);
    const segments = await segmentsOf(victim);
    victim.disk.flipBit(`${WAL}/${present(segments.at(-1), 'a segment')}`, 40, 1);
    const before = await segmentsOf(victim);
    await group.start(victim);
    expect(victim.node?.halt).toMatchObject({ reason: 'LogCorrupt', wantsReplacement: true });
    expect(await segmentsOf(victim)).toEqual(before);
    expect(victim.node?.dataFolder.identity.fenced).toContain('LogCorrupt');
    expect(victim.node?.dataFolder.identity.lostThroughTerm).toBeNull();
  });

  test('damage to the only member: nobody else has what it lost', async () => {
    const { group, victim } = await withData(1);
    await group.stop(victim);
    await damageColdSegment(victim);
    const before = await segmentsOf(victim);
    await group.start(victim);
    expect(victim.node?.halt).toMatchObject({ reason: 'LogCorrupt', wantsReplacement: true });
    expect(await segmentsOf(victim)).toEqual(before);
  });
});
