import { describe, expect, test } from '@jest/globals';
import { configurationOf, entry, idOf, OPTIONS, RaftMember, refusal } from '../../support/raft-member.ts';

describe('transfer of leadership (thesis §3.10)', () => {
  test('a target that has everything is told to campaign at once', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.transfer(3);
    expect(one.sent('timeout-now')).toMatchObject([{ to: idOf(3), term: 1 }]);
    expect(one.status.transferTarget).toBe(idOf(3));
  });

  test('one that lags is brought up to date first; meanwhile no proposal and no change is taken', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.propose();
    one.transfer(3);
    expect(one.sent('timeout-now')).toEqual([]);
    expect(refusal(one.propose())).toBe('transferring');
    expect(refusal(one.change({ type: 'remove', id: idOf(2) }))).toBe('transferring');
    expect(refusal(one.transfer(2))).toBe('transferring');
    one.acknowledge(3, 2);
    expect(one.sent('timeout-now')).toMatchObject([{ to: idOf(3) }]);
  });

  test('the target campaigns without a pre-vote, and says that it was told to', () => {
    const two = new RaftMember(2);
    two.append(1, 1, [0, 0], [entry(1, 1)]);
    two.persist();
    two.take();
    two.receive(1, { type: 'timeout-now', term: 1 });
    expect(two.status).toMatchObject({ role: 'candidate', term: 2 });
    expect(two.sent('vote-request')).toMatchObject([{ transfer: true }, { transfer: true }]);
  });

  test('only the leader of the term may order that, and only a voter follows', () => {
    const two = new RaftMember(2);
    two.append(1, 1, [0, 0], [entry(1, 1)]);
    two.receive(3, { type: 'timeout-now', term: 1 });
    two.receive(1, { type: 'timeout-now', term: 0 });
    expect(two.status).toMatchObject({ role: 'follower', term: 1 });
    const learner = new RaftMember(4, { configuration: configurationOf([1, 2, 3], [4]) });
    learner.append(1, 1, [0, 0], [entry(1, 1)]);
    learner.receive(1, { type: 'timeout-now', term: 1 });
    expect(learner.status.role).toBe('follower');
  });

  test('it is answered when the target leads', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.transfer(3);
    one.receive(3, { type: 'vote-request', term: 2, position: { term: 1, index: 1 }, transfer: true });
    expect(one.sent('vote-response')).toMatchObject([{ to: idOf(3), granted: true }]);
    expect(one.answers()).toEqual([]);
    one.receive(3, { type: 'heartbeat-request', term: 2, commit: 0, context: 0 });
    expect(one.answers()).toEqual([{ type: 'transferred', request: 1 }]);
  });

  test('another leader than the one asked for is a failed transfer; where the choice was free it is a good one', () => {
    for (const [asked, answer] of [
      [3, 'refused'],
      [null, 'transferred'],
    ] as const) {
      const one = new RaftMember(1).lead(2, 3);
      one.transfer(asked);
      one.receive(2, { type: 'heartbeat-request', term: 2, commit: 0, context: 0 });
      expect(one.answers()).toMatchObject([{ type: answer }]);
    }
  });

  test('given up after transferTicks; then proposals are taken again', () => {
    const one = new RaftMember(1, { options: { transferTicks: 6 } }).lead(2, 3);
    one.propose();
    one.transfer(3);
    for (let tick = 0; tick < 6; tick += 1) {
      one.tick();
      one.beat(2);
    }
    expect(one.answers()).toMatchObject([{}, { type: 'refused', reason: 'transfer-failed' }]);
    expect(one.status).toMatchObject({ role: 'leader', transferTarget: null });
    expect(refusal(one.propose())).toBeUndefined();
  });

  test('left the choice, the leader takes the voter that lacks least and answers', () => {
    const one = new RaftMember(1, { configuration: configurationOf([1, 2, 3], [4]) }).lead(2, 3);
    one.propose();
    one.acknowledge(4, 2);
    one.acknowledge(3, 2);
    one.transfer(null);
    expect(one.status.transferTarget).toBe(idOf(3));
  });

  test.each([
    { to: 9, reason: 'unknown-member' },
    { to: 4, reason: 'transfer-failed' },
  ])('a transfer to member $to is refused: $reason', ({ to, reason }) => {
    const one = new RaftMember(1, { configuration: configurationOf([1, 2, 3], [4]) }).lead(2, 3);
    expect(refusal(one.transfer(to))).toBe(reason);
  });

  test('a transfer to oneself is done; without a seat there is nothing to hand over', () => {
    expect(new RaftMember(1).lead(2, 3).transfer(1).answers).toEqual([{ type: 'transferred', request: 1 }]);
    expect(refusal(new RaftMember(1).transfer(2))).toBe('not-leader');
  });
});

describe('S18: a leader that has work and commits nothing gives up its seat', () => {
  /** Heartbeats are answered, appends are not: nothing looks wrong but the commit index. */
  function stall(one: RaftMember, ticks: number, ...alive: number[]): void {
    for (let tick = 0; tick < ticks; tick += 1) {
      one.tick();
      for (const from of alive) if (one.status.role === 'leader') one.beat(from);
    }
  }

  test('it hands over to the best voter that answers, and steps down when that fails', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.propose();
    stall(one, OPTIONS.stallTicks, 2, 3);
    expect(one.status).toMatchObject({ role: 'leader', transferTarget: idOf(2) });
    one.acknowledge(2, 1);
    stall(one, OPTIONS.transferTicks, 2, 3);
    expect(one.status).toMatchObject({ role: 'follower', leader: null });
  });

  test('a leader alone with a disk that does not answer steps down', () => {
    const one = new RaftMember(1, { configuration: configurationOf([1]) }).lead();
    one.persist();
    one.propose();
    stall(one, OPTIONS.stallTicks);
    expect(one.status.role).not.toBe('leader');
  });

  test('without work, or while something is committed, it stays', () => {
    const idle = new RaftMember(1).lead(2, 3);
    stall(idle, 3 * OPTIONS.stallTicks, 2, 3);
    expect(idle.status).toMatchObject({ role: 'leader', transferTarget: null });
    const busy = new RaftMember(1).lead(2, 3);
    for (let round = 0; round < 4; round += 1) {
      busy.propose();
      busy.propose();
      stall(busy, OPTIONS.stallTicks - 5, 2, 3);
      busy.persist();
      busy.acknowledge(2, busy.status.lastIndex - 1);
    }
    expect(busy.status).toMatchObject({ role: 'leader', transferTarget: null });
  });
});
