/** Rule S12, whole nodes: a member whose volume went back in time hears of it from a peer that remembers more, and serves no more. */
import { expect, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import { NodeGroup } from '../../support/node-group.ts';

test('S12: a member on an older copy of its volume fences itself, durably, and asks for replacement', async () => {
  const group = await NodeGroup.found(3);
  const leader = present(group.leader(), 'a leader');
  const follower = present(group.followers()[0], 'a follower');
  expect(await group.run(leader, 'SET', 'key', 'before')).toBe('OK');
  await group.stop(follower);
  const copy = follower.disk.fork();
  await group.start(follower);
  for (let value = 0; value < 10; value += 1) expect(await group.run(leader, 'SET', 'key', String(value))).toBe('OK');
  const { lastIndex } = group.servingOf(leader).replica.status;
  await group.until('the follower has it all', () => group.servingOf(follower).replica.appliedIndex === lastIndex);
  await group.time.advance(1000);
  await group.stop(follower);
  follower.disk = copy;
  await group.start(follower);
  await group.until('it knows', () => (follower.node?.halt ?? null) !== null);
  expect(follower.node?.halt).toMatchObject({ reason: 'DiskOfThePast', wantsReplacement: true });
  await group.kill(follower);
  await group.start(follower);
  expect(follower.node?.halt).toMatchObject({ reason: 'DiskOfThePast' });
  expect(await group.run(leader, 'GET', 'key')).toBe('9');
});

test('S12: a former leader on an older copy of its volume is known by the term in which its followers heard it lead', async () => {
  const group = await NodeGroup.found(3);
  const leader = present(group.leader(), 'a leader');
  const { term } = group.servingOf(leader).replica.status;
  await group.stop(leader);
  const copy = leader.disk.fork();
  await group.start(leader);
  // Whoever leads now is cut off until the first one leads again.
  for (let other = group.leader(); other !== leader; other = group.leader()) {
    if (other && group.servingOf(leader).replica.status.leader) group.isolate(other);
    await group.until('another one leads', () => group.leader() !== other);
    group.heal();
  }
  expect(group.servingOf(leader).replica.status.term).toBeGreaterThan(term);
  expect(await group.run(leader, 'SET', 'key', 'late')).toBe('OK');
  await group.stop(leader);
  leader.disk = copy;
  await group.start(leader);
  await group.until('it knows', () => (leader.node?.halt ?? null) !== null);
  expect(leader.node?.halt).toMatchObject({ reason: 'DiskOfThePast', wantsReplacement: true });
  await group.until('the others have a leader', () => group.leader() !== null);
  expect(await group.run(present(group.leader(), 'a leader'), 'GET', 'key')).toBe('late');
});
