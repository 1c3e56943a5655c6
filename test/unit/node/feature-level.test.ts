/** Rule S16, whole nodes: the feature level rises only when every member said that it speaks the next one. */
import { expect, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import { FEATURE_LEVEL_MAX } from '../../../src/shared/build.ts';
import { NodeGroup } from '../../support/node-group.ts';

test('S16: a level that a member does not speak is refused, and the level in force stays', async () => {
  const group = await NodeGroup.found(3);
  const leader = present(group.leader(), 'a leader');
  const node = present(leader.node, 'the node runs');
  const { featureLevel } = group.servingOf(leader).replica.state;
  expect(featureLevel).toBe(FEATURE_LEVEL_MAX);
  let answer: unknown = null;
  void node.raiseFeatureLevel(featureLevel + 1).then((result) => (answer = result));
  await group.time.advance(2000);
  expect(answer).toMatchObject({ ok: false, reason: 'member-cannot' });
  expect(await group.run(leader, 'SET', 'key', 'value')).toBe('OK');
  for (const member of group.members) {
    expect(member.fatal).toEqual([]);
    expect(group.servingOf(member).replica.state.featureLevel).toBe(featureLevel);
  }
});
