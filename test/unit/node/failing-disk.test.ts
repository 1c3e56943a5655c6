/** Trap 18, whole nodes: after a failed sync nobody knows what the disk has, so the process ends and is never asked again (rule S10). */
import { describe, expect, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import { FIRST_GENERATION, parseClusterId } from '../../../src/shared/ids.ts';
import { NodeGroup } from '../../support/node-group.ts';
import type { GroupMember } from '../../support/node-group.ts';

const CLUSTER_ID = present(parseClusterId('orders'), 'a cluster id');

/** From now on each sync of the log fails. */
async function breakDisk(group: NodeGroup, member: GroupMember): Promise<{ readonly syncs: () => number }> {
  await group.stop(member);
  let isBroken = false;
  let syncs = 0;
  member.disk = member.disk.fork({
    fault: ({ kind, path }) => {
      if (!isBroken || kind !== 'datasync' || !path.startsWith('current/wal/')) return null;
      syncs += 1;
      return 'EIO';
    },
  });
  await group.start(member);
  await group.until('it follows or leads', () => group.servingOf(member).replica.status.leader !== null);
  await group.time.advance(1000);
  isBroken = true;
  return { syncs: () => syncs };
}

describe('a failed sync', () => {
  test('S10: ends the process, and a write that rests on it is never acknowledged (trap 18)', async () => {
    const group = await NodeGroup.found(1);
    const alone = present(group.members[0], 'a member');
    const { syncs } = await breakDisk(group, alone);
    const outcome = group.begin(alone, 'SET', 'key', 'value');
    await group.until('the node says why it must end', () => alone.fatal.length > 0);
    expect(alone.fatal[0]).toMatch(/EIO|injected/);
    await group.time.advance(2000);
    expect(outcome()?.type).not.toBe('replied');
    // Asked again, a disk would say that all is well: it has marked the pages clean.
    expect(syncs()).toBe(1);
    expect(alone.fatal).toHaveLength(1);
  });

  test('S10: of a follower ends that one; the others go on without it', async () => {
    const group = await NodeGroup.found(3);
    const follower = present(group.followers()[0], 'a follower');
    await breakDisk(group, follower);
    await group.until('there is a leader', () => group.leader() !== null);
    const leader = present(group.leader(), 'a leader');
    expect(leader).not.toBe(follower);
    expect(await group.run(leader, 'SET', 'key', 'value')).toBe('OK');
    await group.until('the follower says why it must end', () => follower.fatal.length > 0);
    await group.kill(follower);
    expect(await group.run(leader, 'SET', 'key', 'again')).toBe('OK');
  });

  test('S10: while a removed member sets its folder aside ends the process, and what is asked then is told of it', async () => {
    let isBroken = false;
    const group = await NodeGroup.found(3, {}, () => ({
      fault: ({ kind, path }) => (isBroken && kind === 'syncFolder' && path === '' ? 'EIO' : null),
    }));
    const leader = present(group.leader(), 'a leader');
    const follower = present(group.followers()[0], 'a follower');
    const { replica, admin } = group.servingOf(leader);
    const id = group.idOf(follower);
    const { clusterId, generation } = present(follower.node?.dataFolder.identity.membership, 'it is a member');
    isBroken = true;
    void admin.changeConfiguration({ type: 'remove', id }, replica.status.configuration.index);
    await group.until('it says why it must end', () => follower.fatal.length > 0);
    const asked = present(follower.node, 'the node runs').join({ clusterId, generation, leader: null });
    await expect(asked).rejects.toThrow(/EIO|injected/);
    expect(follower.fatal).toHaveLength(1);
  });

  test('S10: while it is founded ends the process too, and its next start opens what is there', async () => {
    const group = new NodeGroup(1, {}, () => ({
      fault: ({ kind, path }) => (kind === 'datasync' && path.startsWith('current/wal/') ? 'EIO' : null),
    }));
    const alone = present(group.members[0], 'a member');
    await group.start(alone);
    const members = [{ id: group.idOf(alone), name: alone.name }];
    const request = { clusterId: CLUSTER_ID, generation: FIRST_GENERATION, epoch: 1, members };
    await expect(present(alone.node, 'the node runs').found(request)).rejects.toThrow();
    expect(alone.fatal).toEqual([expect.stringContaining('the data folder cannot be used')]);
    await group.kill(alone);
    await group.start(alone);
    await group.until('it leads', () => group.leader() === alone);
  });
});
