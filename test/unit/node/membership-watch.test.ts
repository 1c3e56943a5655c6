/** Rule S3: a member formats its disk only on the word of a confirmed leader, about a removal that is committed. */
import { describe, expect, test } from '@jest/globals';
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
});
