/** Trap 8, whole nodes: a snapshot leaves a tail of the log, so that a member a little behind does not need the snapshot. */
import { expect, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import { NodeGroup } from '../../support/node-group.ts';

test.each([
  { trailingEntries: 20, how: 'goes on from the log', snapshots: false },
  { trailingEntries: 0, how: 'gets the snapshot', snapshots: true },
])('with $trailingEntries trailing entries, a member that missed ten $how (trap 8)', async ({ trailingEntries, snapshots }) => {
  const group = await NodeGroup.found(3, { segmentBytes: 64 * 1024, snapshotLogBytes: 1024, trailingEntries });
  const leader = present(group.leader(), 'a leader');
  const behind = present(group.followers()[0], 'a follower');
  group.isolate(behind);
  for (let position = 0; position < 10; position += 1) {
    expect(await group.run(leader, 'SET', 'key', String(position).repeat(30_000))).toBe('OK');
  }
  const { replica } = group.servingOf(leader);
  await group.until('the leader took a snapshot', () => leader.logged.some(({ message }) => message === 'took a snapshot'));
  let offers = 0;
  group.passes = ({ frame }) => {
    if (frame.type === 'snapshot-offer') offers += 1;
    return true;
  };
  group.heal();
  await group.until('it has caught up', () => group.servingOf(behind).replica.appliedIndex === replica.appliedIndex);
  expect(offers > 0).toBe(snapshots);
  expect(await group.run(behind, 'STRLEN', 'key')).toBe('30000');
});
