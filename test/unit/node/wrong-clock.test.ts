/** Rule S13, whole nodes: log time alone decides what has expired, whatever the clock of the member that is asked shows. */
import { expect, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import { NodeGroup } from '../../support/node-group.ts';

const HOUR_MS = 3_600_000;

test.each(['leader', 'follower'] as const)('S13: a %s whose clock is an hour ahead expires nothing early', async (which) => {
  const group = await NodeGroup.found(3);
  const leader = present(group.leader(), 'a leader');
  const asked = present(which === 'leader' ? leader : group.followers()[0], 'a member');
  asked.clockErrorMs = HOUR_MS;
  await group.time.advance(1000);
  expect(await group.run(leader, 'SET', 'key', 'value', 'PX', '60000')).toBe('OK');
  expect(await group.run(asked, 'GET', 'key')).toBe('value');
  await group.time.advance(61_000);
  expect(await group.run(asked, 'GET', 'key')).not.toBe('value');
});
