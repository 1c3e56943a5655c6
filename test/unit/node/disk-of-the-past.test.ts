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
