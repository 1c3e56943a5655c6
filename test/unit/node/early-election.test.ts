import { describe, expect, test } from '@jest/globals';
import { RAFT_OPTIONS_DEFAULT } from '../../../src/consensus/raft/options.ts';
import { TICK_MS } from '../../../src/node/limits.ts';
import { present } from '../../../src/shared/assert.ts';
import { NodeGroup } from '../../support/node-group.ts';

describe('the pod of the leader is gone, says Kubernetes', () => {
  test('members that are told elect another one before the shortest election timeout is over', async () => {
    const group = await NodeGroup.found(3);
    const leader = present(group.leader(), 'a leader');
    const id = group.idOf(leader);
    const before = group.servingOf(leader).replica.status.term;
    await group.kill(leader);
    const startedMs = group.time.monotonicMs();
    for (const follower of group.followers()) group.servingOf(follower).replica.note({ type: 'forget-leader', id });
    await group.until('another member leads', () => (group.leader() ?? leader) !== leader);
    expect(group.time.monotonicMs() - startedMs).toBeLessThan((RAFT_OPTIONS_DEFAULT.electionTicks * TICK_MS) / 2);
    expect(group.servingOf(present(group.leader(), 'a leader')).replica.status.term).toBe(before + 1);
  });

  test('told to one member only, with the leader alive, it changes nothing: the others hear their leader', async () => {
    const group = await NodeGroup.found(3);
    const leader = present(group.leader(), 'a leader');
    const { term } = group.servingOf(leader).replica.status;
    const [follower] = group.followers();
    group.servingOf(present(follower, 'a follower')).replica.note({ type: 'forget-leader', id: group.idOf(leader) });
    await group.time.advance(5000);
    expect(group.leader()).toBe(leader);
    expect(group.servingOf(leader).replica.status.term).toBe(term);
    expect(group.servingOf(present(follower, 'a follower')).replica.status.leader?.id).toBe(group.idOf(leader));
  });
});
