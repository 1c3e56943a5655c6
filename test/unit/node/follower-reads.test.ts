/** Reads on members that do not lead (Raft thesis §6.4: ReadIndex asked of the leader, answered from the follower's own state). */
import { describe, expect, test } from '@jest/globals';
import { READ_TIMEOUT_MS } from '../../../src/node/limits.ts';
import { present } from '../../../src/shared/assert.ts';
import { NodeGroup, textOf } from '../../support/node-group.ts';
import type { GroupMember, SentFrame } from '../../support/node-group.ts';

async function threeMembers(): Promise<{
  readonly group: NodeGroup;
  readonly leader: GroupMember;
  readonly follower: GroupMember;
  readonly other: GroupMember;
  readonly frames: SentFrame[];
}> {
  const group = await NodeGroup.found(3);
  const leader = present(group.leader(), 'there is a leader');
  const [follower, other] = group.followers();
  const frames: SentFrame[] = [];
  group.passes = (sent) => {
    frames.push(sent);
    return true;
  };
  return { group, leader, follower: present(follower, 'a follower'), other: present(other, 'a follower'), frames };
}

describe('a follower answers reads itself', () => {
  test('§6.4: what the leader acknowledged before is seen, and no command travels', async () => {
    const { group, leader, follower, frames } = await threeMembers();
    expect(await group.run(leader, 'SET', 'a', '1')).toBe('OK');
    frames.length = 0;
    expect(await group.run(follower, 'GET', 'a')).toBe('1');
    expect(frames.some(({ frame }) => frame.type === 'forward-request')).toBe(false);
    expect(frames.filter(({ frame }) => frame.type === 'read-index-request')).toHaveLength(1);
  });

  test('§6.4: it waits until it has applied the index that the leader confirmed', async () => {
    const { group, leader, follower } = await threeMembers();
    // The follower hears no entries: its state stays behind while the other two commit.
    const entriesTo = ({ from, to, frame }: SentFrame): boolean =>
      from === leader.name && to === follower.name && frame.type === 'protocol' && frame.bytes.length > 60;
    group.passes = (sent) => !entriesTo(sent);
    expect(await group.run(leader, 'SET', 'a', '2')).toBe('OK');
    const read = group.begin(follower, 'GET', 'a');
    await group.time.advance(300);
    expect(read()).toBeNull();
    group.passes = () => true;
    await group.until('the read is answered', () => read() !== null);
    expect(textOf(read())).toBe('2');
  });

  test('§6.4: a leader that no quorum confirms gives no index', async () => {
    const { group, leader, follower, other } = await threeMembers();
    group.cut(leader, other);
    // The follower still asks the leader, whose heartbeats are no longer answered.
    group.passes = ({ from, to, frame }) => !(from === follower.name && to === leader.name && frame.type === 'protocol');
    const read = group.begin(follower, 'GET', 'a');
    await group.time.advance(500);
    expect(read()).toBeNull();
  });

  test('trap: a question is never asked twice under one number, and the answer to an old number is dropped', async () => {
    const { group, follower, frames } = await threeMembers();
    group.passes = (sent) => {
      frames.push(sent);
      return sent.frame.type !== 'read-index-answer';
    };
    const read = group.begin(follower, 'GET', 'a');
    await group.time.advance(2000);
    const numbers = frames.flatMap(({ frame }) => (frame.type === 'read-index-request' ? [frame.request] : []));
    expect(numbers.length).toBeGreaterThan(2);
    expect(new Set(numbers).size).toBe(numbers.length);
    const { reads, replica } = group.servingOf(follower);
    const { term, leader } = replica.status;
    const answer = { type: 'read-index-answer', term, index: 0, timeMs: 0 } as const;
    const leaderId = present(leader, 'the leader is known').id;
    reads.onIndexAnswer(leaderId, { ...answer, request: numbers[0] ?? 0 });
    await group.time.advance(20);
    expect(read()).toBeNull();
    reads.onIndexAnswer(leaderId, { ...answer, term: term - 1, request: numbers.at(-1) ?? 0 });
    await group.time.advance(20);
    expect(read()).toBeNull();
    group.passes = () => true;
    await group.until('the read is answered', () => read() !== null);
  });

  test('S14: reads of one connection are answered in the order in which they came, whichever answer arrives first', async () => {
    const { group, follower } = await threeMembers();
    let lost = 0;
    group.passes = ({ frame }) => frame.type !== 'read-index-answer' || (lost += 1) > 1;
    const order: string[] = [];
    const first = group.begin(follower, 'GET', 'first');
    await group.time.advance(20);
    const second = group.begin(follower, 'GET', 'second');
    await group.until('both are answered', () => {
      if (first() && !order.includes('first')) order.push('first');
      if (second() && !order.includes('second')) order.push('second');
      return order.length === 2;
    });
    expect(order).toEqual(['first', 'second']);
  });

  test('a read outlives a change of leader: it is asked again of the next one', async () => {
    const { group, leader, follower } = await threeMembers();
    expect(await group.run(leader, 'SET', 'a', '3')).toBe('OK');
    group.passes = ({ frame }) => frame.type !== 'read-index-answer';
    const read = group.begin(follower, 'GET', 'a');
    await group.time.advance(100);
    group.passes = () => true;
    await group.kill(leader);
    await group.until('the read is answered', () => read() !== null);
    expect(textOf(read())).toBe('3');
  });

  test('without a leader a read is refused, at once when none is known and after its time when it waited', async () => {
    const { group, follower } = await threeMembers();
    group.passes = ({ frame }) => frame.type !== 'read-index-answer';
    const read = group.begin(follower, 'GET', 'a');
    await group.time.advance(READ_TIMEOUT_MS + 100);
    expect(textOf(read())).toBe('NOLEADER');
    group.isolate(follower);
    await group.until('no leader is known there', () => group.servingOf(follower).replica.status.leader === null);
    expect(await group.run(follower, 'GET', 'a')).toBe('NOLEADER');
  });

  test('S13: a read of a key past its deadline has the leader append a tick first, and is answered after it', async () => {
    const { group, leader, follower, frames } = await threeMembers();
    expect(await group.run(leader, 'SET', 'a', '1', 'PX', '100000')).toBe('OK');
    expect(Number(await group.run(follower, 'PTTL', 'a'))).toBeGreaterThan(90_000);
    // No beat of the leader runs in between, so that nobody has removed the key yet.
    group.time.suspend(200_000);
    frames.length = 0;
    expect(await group.run(follower, 'GET', 'a')).toBe('null');
    expect(await group.run(leader, 'GET', 'a')).toBe('null');
    expect(group.servingOf(follower).replica.state.keys).toBe(0);
  });
});
