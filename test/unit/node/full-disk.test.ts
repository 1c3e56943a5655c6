/** Rule S17: who runs out of disk, what that stops, and how it comes back. */
import { describe, expect, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import { NodeGroup, textOf } from '../../support/node-group.ts';
import type { GroupMember } from '../../support/node-group.ts';

const ROOMY = 2 ** 40;

/** Three members, each with a disk whose size the test sets as it goes. */
async function withDisks(size = 3): Promise<{
  readonly group: NodeGroup;
  readonly fill: (member: GroupMember) => void;
  readonly free: (member: GroupMember) => void;
}> {
  const capacities = Array.from({ length: size }, () => ROOMY);
  const group = await NodeGroup.found(size, { segmentBytes: 64 * 1024 }, (position) => ({
    get capacityBytes() {
      return present(capacities[position], 'each disk has a size');
    },
  }));
  const set = (member: GroupMember, bytes: number): void => void (capacities[group.members.indexOf(member)] = bytes);
  return { group, fill: (member) => set(member, 0), free: (member) => set(member, ROOMY) };
}

const isFull = (group: NodeGroup, member: GroupMember): boolean => group.servingOf(member).diskWatch.isFull;

describe('S17: a disk that is down to its reserve', () => {
  test("a follower's takes out that follower, and it catches up when space returns", async () => {
    const { group, fill, free } = await withDisks();
    const leader = present(group.leader(), 'a leader');
    const full = present(group.followers()[0], 'a follower');
    fill(full);
    await group.until('it is noticed', () => isFull(group, full));
    const before = group.servingOf(full).replica.status.lastIndex;
    for (let position = 0; position < 5; position += 1) expect(await group.run(leader, 'SET', `k${position}`, 'v')).toBe('OK');
    await group.time.advance(3000);
    expect(group.leader()).toBe(leader);
    expect(group.servingOf(full).replica.status.lastIndex).toBe(before);
    free(full);
    await group.until('it has caught up', () => {
      return group.servingOf(full).replica.appliedIndex === group.servingOf(leader).replica.appliedIndex;
    });
    expect(await group.run(full, 'GET', 'k4')).toBe('v');
  });

  test('a full leader hands over, and writes go on', async () => {
    const { group, fill, free } = await withDisks();
    const full = present(group.leader(), 'a leader');
    expect(await group.run(full, 'SET', 'before', 'v')).toBe('OK');
    fill(full);
    await group.until('another member leads', () => (group.leader() ?? full) !== full);
    const next = present(group.leader(), 'a leader');
    await group.until('it takes writes', () => group.servingOf(next).replica.status.settled);
    expect(await group.run(next, 'SET', 'after', 'v')).toBe('OK');
    free(full);
    await group.until('the old one has caught up', () => !isFull(group, full));
    expect(await group.run(full, 'GET', 'after')).toBe('v');
  });

  test("a quorum's stop growing writes, and nothing acknowledged is lost; they come back with the space, by themselves", async () => {
    const { group, fill, free } = await withDisks();
    const leader = present(group.leader(), 'a leader');
    expect(await group.run(leader, 'SET', 'kept', 'v')).toBe('OK');
    for (const member of group.members) fill(member);
    await group.until('all have noticed', () => group.members.every((member) => isFull(group, member)));
    await group.time.advance(5000);
    const asked = group.begin(present(group.leader() ?? leader, 'somebody'), 'SET', 'more', 'v');
    await group.time.advance(8000);
    expect(['OOM', 'NOLEADER', 'UNKNOWN', 'BUSY']).toContain(textOf(asked()));
    for (const member of group.members) expect(member.fatal).toEqual([]);
    for (const member of group.members) free(member);
    await group.until('nobody is full', () => group.members.every((member) => !isFull(group, member)));
    await group.until('a leader takes writes again', () => {
      const now = group.leader();
      return now !== null && group.servingOf(now).replica.status.settled;
    });
    const now = present(group.leader(), 'a leader');
    expect(await group.run(now, 'SET', 'more', 'w')).toBe('OK');
    expect(await group.run(now, 'GET', 'kept')).toBe('v');
  });

  test('full members do not pass leadership around', async () => {
    const { group, fill } = await withDisks();
    const term = (): number => Math.max(...group.members.map((member) => group.servingOf(member).replica.status.term));
    for (const member of group.members) fill(member);
    await group.until('all have noticed', () => group.members.every((member) => isFull(group, member)));
    const before = term();
    await group.time.advance(20_000);
    expect(term() - before).toBeLessThanOrEqual(8);
  });

  test('the only member refuses what grows, takes deletes, and comes back', async () => {
    const { group, fill, free } = await withDisks(1);
    const [only] = group.members;
    const member = present(only, 'a member');
    expect(await group.run(member, 'SET', 'a', 'v')).toBe('OK');
    fill(member);
    await group.until('it is noticed', () => isFull(group, member));
    expect(await group.run(member, 'SET', 'b', 'v')).toBe('OOM');
    expect(await group.run(member, 'DEL', 'a')).toBe('1');
    free(member);
    await group.until('there is room', () => !isFull(group, member));
    expect(await group.run(member, 'SET', 'b', 'v')).toBe('OK');
  });
});

describe('S12: a disk of the past', () => {
  test('is told by its peers before it says a word: it falls silent and asks for replacement', async () => {
    const { group } = await withDisks();
    const leader = present(group.leader(), 'a leader');
    const victim = present(group.followers()[0], 'a follower');
    expect(await group.run(leader, 'SET', 'a', 'v')).toBe('OK');
    await group.time.advance(500);
    const past = victim.disk.fork();
    for (let position = 0; position < 5; position += 1) expect(await group.run(leader, 'SET', `k${position}`, 'v')).toBe('OK');
    await group.time.advance(500);
    await group.kill(victim);
    victim.disk = past;
    const said: string[] = [];
    group.passes = ({ from, frame }) => {
      if (from === victim.name && frame.type === 'protocol') said.push(frame.type);
      return true;
    };
    await group.start(victim);
    await group.until('it is fenced', () => victim.node?.halt?.reason === 'DiskOfThePast');
    expect(victim.node?.halt?.wantsReplacement).toBe(true);
    expect(said).toEqual([]);
    await group.stop(victim);
    await group.start(victim);
    expect(victim.node?.halt).toMatchObject({ reason: 'DiskOfThePast', wantsReplacement: true });
    expect(await group.run(leader, 'SET', 'after', 'v')).toBe('OK');
  });

  test('S11: a member that heals is not taken for one, though its peers remember more', async () => {
    const { group } = await withDisks();
    const leader = present(group.leader(), 'a leader');
    const victim = present(group.followers()[0], 'a follower');
    for (let position = 0; position < 30; position += 1) {
      expect(await group.run(leader, 'SET', `k${position}`, 'x'.repeat(5000))).toBe('OK');
    }
    await group.time.advance(500);
    await group.stop(victim);
    const [, second] = (await victim.disk.list('current/wal')).filter((name) => name.endsWith('.wal'));
    victim.disk.flipBit(`current/wal/${present(second, 'a second segment')}`, 9000, 1);
    const remembered = present(group.servingOf(leader).replica.memories.of(victimId(group, victim)), 'known');
    await group.start(victim);
    expect(remembered.position.index).toBeGreaterThan(group.servingOf(victim).replica.status.lastIndex);
    await group.until('it has healed', () => !group.servingOf(victim).replica.status.healing);
    expect(victim.node?.halt).toBeNull();
  });
});

function victimId(group: NodeGroup, victim: GroupMember): ReturnType<NodeGroup['idOf']> {
  const { members } = group.servingOf(present(group.leader(), 'a leader')).replica.status.configuration;
  return present(
    members.find(({ name }) => name === victim.name),
    'it is a member',
  ).id;
}
