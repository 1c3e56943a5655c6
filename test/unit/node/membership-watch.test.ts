/** Rule S3: a member formats its disk only on the word of a confirmed leader, about a removal that is committed. */
import { describe, expect, test } from '@jest/globals';
import type { ConfigurationChange } from '../../../src/consensus/core.ts';
import { present } from '../../../src/shared/assert.ts';
import { NodeGroup } from '../../support/node-group.ts';

const QUERIES_MS = 15_000;

describe('S3: a removal that is in the log of a leader that lost its followers', () => {
  test('sets nobody aside: who asks hears nothing, waits, and goes on under its id when the others are back', async () => {
    const group = await NodeGroup.found(3);
    const leader = present(group.leader(), 'a leader');
    const follower = present(group.followers()[0], 'a follower');
    const id = group.idOf(follower);
    const asked: string[] = [];
    const answered: string[] = [];
    group.passes = ({ from, frame }) => {
      if (frame.type === 'membership-query') asked.push(from);
      if (frame.type === 'membership-answer') answered.push(`${from}: ${frame.standing}`);
      return frame.type !== 'protocol';
    };
    const { replica, admin } = group.servingOf(leader);
    void admin.changeConfiguration({ type: 'remove', id }, replica.status.configuration.index);
    await group.time.advance(QUERIES_MS);
    expect(replica.status.configuration.members.map((member) => member.id)).not.toContain(id);
    expect(replica.status.committedConfiguration.members.map((member) => member.id)).toContain(id);
    expect(asked).toContain(follower.name);
    expect(answered).toEqual([]);
    expect(group.idOf(follower)).toBe(id);
    expect(follower.node?.dataFolder.identity.formerIds).toEqual([]);
  });

  test('once it is committed, a confirmed leader tells it, and the member starts anew under a new id', async () => {
    const group = await NodeGroup.found(3);
    const leader = present(group.leader(), 'a leader');
    const follower = present(group.followers()[0], 'a follower');
    const id = group.idOf(follower);
    const { replica, admin } = group.servingOf(leader);
    // It hears nothing of its removal from the log.
    group.passes = ({ to, frame }) => to !== follower.name || frame.type !== 'protocol';
    let committed = false;
    void admin
      .changeConfiguration({ type: 'remove', id }, replica.status.configuration.index)
      .then((result) => (committed = result.ok));
    await group.until('the removal is committed', () => committed);
    await group.until('it starts anew', () => follower.node?.dataFolder.identity.formerIds[0] === id);
    expect(group.idOf(follower)).not.toBe(id);
  });

  test('it is said as often as it was asked, and counts once: the new id is nobody that was removed', async () => {
    const group = await NodeGroup.found(3);
    const leader = present(group.leader(), 'a leader');
    const follower = present(group.followers()[0], 'a follower');
    const id = group.idOf(follower);
    const told: (() => void)[] = [];
    // Both answers come at once, as they do while a slow disk holds up what the first began.
    group.passes = ({ from, to, frame }) => {
      if (from === leader.name && to === follower.name && frame.type === 'membership-answer') {
        told.push(() => follower.handler?.onFrame({ id: group.idOf(leader), name: leader.name }, frame, group.time.wallMs()));
        return false;
      }
      return to !== follower.name || frame.type !== 'protocol';
    };
    await change(group, { type: 'remove', id });
    await group.until('it was told twice', () => told.length === 2);
    for (const tell of told) tell();
    await group.until('it starts anew', () => follower.node?.dataFolder.identity.formerIds[0] === id);
    const fresh = group.idOf(follower);
    await group.time.advance(QUERIES_MS);
    expect(group.idOf(follower)).toBe(fresh);
    expect(follower.node?.dataFolder.identity.formerIds).toEqual([id]);
  });

  test('a learner that was removed before it heard of anybody asks the leader that it is introduced to', async () => {
    const group = await NodeGroup.found(3);
    const [leader, follower] = [present(group.leader(), 'a leader'), present(group.followers()[0], 'a follower')];
    await change(group, { type: 'remove', id: group.idOf(follower) });
    await group.until('it starts anew', () => follower.node?.serving?.replica.status.configuration.members.length === 0);
    const id = group.idOf(follower);
    // Nothing of the log reaches the learner.
    group.passes = ({ to, frame }) => to !== follower.name || frame.type !== 'protocol';
    await change(group, { type: 'add-learner', id, name: follower.name });
    await change(group, { type: 'remove', id });
    await group.time.advance(QUERIES_MS);
    expect(group.idOf(follower)).toBe(id);
    const { clusterId, generation } = present(follower.node?.dataFolder.identity.membership, 'it joined');
    const introduction = { clusterId, generation, leader: { id: group.idOf(leader), name: leader.name } };
    void follower.node?.join(introduction);
    await group.until('it starts anew', () => group.idOf(follower) !== id);
  });

  test('an introduction alone removes nobody: who is introduced to a leader and is a member goes on', async () => {
    const group = await NodeGroup.found(3);
    const [leader, follower] = [present(group.leader(), 'a leader'), present(group.followers()[0], 'a follower')];
    const id = group.idOf(follower);
    const { clusterId, generation } = present(follower.node?.dataFolder.identity.membership, 'it is a member');
    group.passes = ({ to, frame }) => to !== follower.name || frame.type !== 'protocol';
    void follower.node?.join({ clusterId, generation, leader: { id: group.idOf(leader), name: leader.name } });
    await group.time.advance(QUERIES_MS);
    expect(group.idOf(follower)).toBe(id);
  });
});

/** Through the leader, until it is committed. */
async function change(group: NodeGroup, wanted: ConfigurationChange): Promise<void> {
  let committed = false;
  const { replica, admin } = group.servingOf(present(group.leader(), 'a leader'));
  void admin.changeConfiguration(wanted, replica.status.committedConfiguration.index).then((result) => (committed = result.ok));
  await group.until(`${wanted.type} is committed`, () => committed);
}
