import { describe, expect, test } from '@jest/globals';
import { AssertionError } from '../../../src/shared/assert.ts';
import type { LogBase } from '../../../src/consensus/core.ts';
import { configurationOf, entriesOf, entry, idOf, member, OPTIONS, RaftMember } from '../../support/raft-member.ts';

function baseAt(index: number, term: number): LogBase {
  return { index, term, configuration: configurationOf([1, 2, 3], [4], 2) };
}

describe('compaction (Raft paper §7)', () => {
  function leaderWithTen(): RaftMember {
    const one = new RaftMember(1).lead(2, 3);
    for (let count = 0; count < 9; count += 1) one.propose();
    one.persist();
    one.acknowledge(2, 10);
    return one;
  }

  test('what is compacted is gone, the term and configuration of its end stay', () => {
    const one = leaderWithTen();
    one.step({ type: 'compact', through: 6 });
    expect(one.status).toMatchObject({ firstIndex: 7, lastIndex: 10 });
    expect([5, 6, 7].map((index) => one.core.termAt(index))).toEqual([null, 1, 1]);
    expect(one.core.configurationAt(6)).toEqual(configurationOf([1, 2, 3]));
    expect(() => one.core.configurationAt(5)).toThrow(AssertionError);
  });

  test('the configuration at each index from the base on stays known', () => {
    const one = leaderWithTen();
    one.change({ type: 'add-learner', id: idOf(4), name: 'm-4' });
    one.persist();
    one.acknowledge(2, 11);
    one.change({ type: 'remove', id: idOf(4) });
    one.persist();
    one.acknowledge(2, 12);
    expect([10, 11, 12].map((index) => one.core.configurationAt(index).index)).toEqual([0, 11, 12]);
    one.step({ type: 'compact', through: 11 });
    expect([11, 12].map((index) => one.core.configurationAt(index).index)).toEqual([11, 12]);
  });

  test('only what is committed and on our own disk goes', () => {
    const one = leaderWithTen();
    one.propose();
    one.acknowledge(2, 11);
    one.acknowledge(3, 11);
    expect(one.status).toMatchObject({ commitIndex: 11, durableIndex: 10 });
    one.step({ type: 'compact', through: 99 });
    expect(one.status.firstIndex).toBe(11);
  });

  test('a start from a compacted log goes on after its base', () => {
    const base = baseAt(20, 3);
    const one = new RaftMember(1, { base, entries: [entry(21, 3), entry(22, 4)] });
    expect(one.status).toMatchObject({ commitIndex: 20, firstIndex: 21, lastIndex: 22, durableIndex: 22 });
    one.append(2, 4, [22, 4], [], 22);
    expect(one.committed()).toEqual([21, 22]);
  });
});

describe('a member whose next entry is compacted away (traps 8, 23)', () => {
  function leaderThatCompacted(): RaftMember {
    const one = new RaftMember(1).lead(2);
    for (let count = 0; count < 9; count += 1) one.propose();
    one.persist();
    one.acknowledge(2, 10);
    one.step({ type: 'compact', through: 8 });
    one.take();
    return one;
  }
  const rejection = { type: 'append-response', term: 1, accepted: false, rejectedIndex: 0, hintIndex: 0, hintTerm: 0 } as const;

  test('gets a snapshot, once, and only after it answered', () => {
    const one = leaderThatCompacted();
    one.tick(OPTIONS.heartbeatTicks);
    expect(one.take().flatMap((each) => each.snapshotsToSend)).toEqual([]);
    expect(one.beat(3).snapshotsToSend).toEqual([{ to: member(3), term: 1 }]);
    expect(one.status.progress.find(({ id }) => id === idOf(3))?.state).toBe('snapshot');
    one.receive(3, rejection);
    one.beat(3);
    one.propose();
    expect(one.take().flatMap((each) => each.snapshotsToSend)).toHaveLength(1);
  });

  test('goes on with the log once it acknowledged the snapshot', () => {
    const one = leaderThatCompacted();
    one.beat(3);
    one.step({ type: 'snapshot-sent', to: idOf(3), index: 8, delivered: true });
    one.take();
    one.acknowledge(3, 8);
    expect(one.sent('append-request')).toMatchObject([
      { to: idOf(3), previous: { index: 8 }, entries: [{ index: 9 }, { index: 10 }] },
    ]);
    expect(one.status.progress.find(({ id }) => id === idOf(3))).toMatchObject({ state: 'replicate', matchIndex: 8 });
  });

  test('a snapshot that was not delivered is tried again with the next heartbeat’s answer, not in a hot loop', () => {
    const one = leaderThatCompacted();
    one.beat(3);
    expect(one.step({ type: 'snapshot-sent', to: idOf(3), index: 8, delivered: false }).snapshotsToSend).toEqual([]);
    expect(one.beat(3).snapshotsToSend).toHaveLength(1);
  });
});

describe('a snapshot that arrived', () => {
  test('replaces log, configuration and state; the acknowledgement waits for the disk', () => {
    const one = new RaftMember(3, { entries: entriesOf(1, 1) });
    const base = baseAt(8, 2);
    const effects = one.step({ type: 'snapshot-received', from: member(1), leaderTerm: 2, base });
    expect(effects.install).toEqual(base);
    expect(effects.persist).toMatchObject({ base, truncateFrom: null, entries: [], hardState: { term: 2 } });
    expect(effects.messages).toEqual([]);
    expect(effects.messagesAfterPersist).toMatchObject([{ to: { id: idOf(1) }, message: { accepted: true, matchIndex: 8 } }]);
    expect(one.status).toMatchObject({ commitIndex: 8, lastIndex: 8, firstIndex: 9, durableIndex: 0 });
    expect(one.status.configuration).toEqual(base.configuration);
    one.persist();
    expect(one.status.durableIndex).toBe(8);
    one.append(1, 2, [8, 2], [entry(9, 2)], 9);
    expect(one.committed()).toEqual([9]);
  });

  test('a late one takes nothing back, and is acknowledged (trap 8)', () => {
    const one = new RaftMember(3, { entries: entriesOf(1, 1, 1) });
    one.append(1, 1, [3, 1], [], 3);
    one.take();
    const effects = one.step({ type: 'snapshot-received', from: member(1), leaderTerm: 1, base: baseAt(2, 1) });
    expect(effects).toMatchObject({ install: null, persist: null });
    expect(one.sent('append-response')).toMatchObject([{ accepted: true, matchIndex: 3 }]);
    expect(one.status.lastIndex).toBe(3);
  });

  test('one whose end the log already holds only commits: entries after it may have been acknowledged', () => {
    const one = new RaftMember(3, { entries: entriesOf(1, 1, 1, 1) });
    const effects = one.step({ type: 'snapshot-received', from: member(1), leaderTerm: 1, base: baseAt(2, 1) });
    expect(effects.install).toBeNull();
    expect(effects.committed.map(({ index }) => index)).toEqual([1, 2]);
    expect(one.status.lastIndex).toBe(4);
  });

  test('one of an older term is refused with ours', () => {
    const one = new RaftMember(3, { hardState: { term: 5, vote: null } });
    const effects = one.step({ type: 'snapshot-received', from: member(1), leaderTerm: 4, base: baseAt(8, 2) });
    expect(effects.install).toBeNull();
    expect(one.sent('append-response')).toMatchObject([{ accepted: false, term: 5 }]);
  });

  test('S10: writes from before it do not make it durable (trap 13)', () => {
    const one = new RaftMember(3, { hardState: { term: 2, vote: null } });
    const before = one.append(1, 2, [0, 0], [entry(1, 1), entry(2, 1)]);
    one.step({ type: 'snapshot-received', from: member(1), leaderTerm: 2, base: baseAt(8, 2) });
    one.step({ type: 'persisted', sequence: before.persist?.sequence ?? 0 });
    expect(one.status.durableIndex).toBe(0);
    one.persist();
    expect(one.status.durableIndex).toBe(8);
  });

  test('an append that reaches back behind the base is taken from there on', () => {
    const one = new RaftMember(3, { base: baseAt(8, 2) });
    one.append(1, 2, [6, 2], [entry(7, 2), entry(8, 2), entry(9, 2)], 9);
    one.append(1, 2, [5, 2], [entry(6, 2), entry(7, 2)], 9);
    expect(one.committed()).toEqual([9]);
    expect(one.sent('append-response')).toMatchObject([
      { accepted: true, matchIndex: 9 },
      { accepted: true, matchIndex: 9 },
    ]);
  });
});
