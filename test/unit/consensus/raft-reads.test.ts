import { describe, expect, test } from '@jest/globals';
import { configurationOf, idOf, member, OPTIONS, RaftMember, refusal } from '../../support/raft-member.ts';

describe('linearizable reads (thesis §6.4)', () => {
  test('a read is answered with the commit index once a majority confirmed the term after it came', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.read();
    const [round] = one.sent('heartbeat-request');
    expect(one.answers()).toEqual([]);
    one.beat(2, round?.context ?? 0);
    expect(one.answers()).toEqual([{ type: 'read-ready', request: 1, index: 1 }]);
  });

  test('answers to heartbeats from before the read confirm nothing (trap 4, no id is used twice)', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.read();
    const context = one.sent('heartbeat-request')[0]?.context ?? 0;
    one.beat(2, context);
    one.take();
    one.read();
    one.beat(3, context);
    one.acknowledge(3, 1);
    expect(one.answers()).toEqual([]);
    one.beat(3, context + 1);
    expect(one.answers()).toMatchObject([{ type: 'read-ready', request: 2 }]);
  });

  test('reads that come during a round share the next one', () => {
    const one = new RaftMember(1).lead(2, 3);
    for (let count = 0; count < 5; count += 1) one.read();
    const contexts = new Set(one.sent('heartbeat-request').map(({ context }) => context));
    expect(contexts.size).toBe(1);
    const [first] = contexts;
    one.take();
    one.beat(2, first);
    expect(one.answers()).toHaveLength(1);
    one.beat(3, (first ?? 0) + 1);
    expect(one.answers()).toMatchObject([1, 2, 3, 4, 5].map((request) => ({ type: 'read-ready', request })));
  });

  test('no read before the no-op of the term is committed: the commit index of a new leader may be old (trap 4, paper §8)', () => {
    const one = new RaftMember(1).elect(2, 3);
    one.read();
    one.beat(2, 99);
    expect(one.answers()).toEqual([]);
    one.persist();
    one.acknowledge(2, 1);
    one.beat(2, 99);
    expect(one.answers()).toEqual([{ type: 'read-ready', request: 1, index: 1 }]);
  });

  test('a lost round is asked again with the next heartbeat', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.read();
    const context = one.sent('heartbeat-request')[0]?.context;
    one.take();
    one.tick(OPTIONS.heartbeatTicks);
    expect(one.sent('heartbeat-request')).toMatchObject([{ context }, { context }]);
  });

  test('a leader alone confirms itself', () => {
    const one = new RaftMember(1, { configuration: configurationOf([1]) }).lead();
    one.persist();
    one.take();
    expect(one.read().answers).toEqual([{ type: 'read-ready', request: 1, index: 1 }]);
  });

  test('learners confirm nothing', () => {
    const one = new RaftMember(1, { configuration: configurationOf([1, 2, 3], [4]) }).lead(2, 3);
    one.read();
    one.beat(4, 99);
    expect(one.answers()).toEqual([]);
  });

  test('a leader cut off from its followers never answers a read; losing the seat refuses all that wait', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.read();
    one.read();
    one.tick(OPTIONS.electionTicks + 1);
    expect(one.status.role).toBe('follower');
    expect(one.answers()).toMatchObject([
      { type: 'refused', request: 1, reason: 'not-leader' },
      { type: 'refused', request: 2, reason: 'not-leader' },
    ]);
  });

  test('the refusals name the new leader when it is what ended the seat', () => {
    const one = new RaftMember(1).elect(2, 3);
    one.read();
    one.receive(2, { type: 'heartbeat-request', term: 5, commit: 0, context: 0 });
    expect(one.status.leader?.id).toBe(idOf(2));
    expect(refusal(one.read())).toBe('not-leader');
    expect(one.answers().at(-1)).toMatchObject({ leader: member(2) });
  });
});
