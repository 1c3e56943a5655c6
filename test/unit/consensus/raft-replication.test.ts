import { describe, expect, test } from '@jest/globals';
import { AssertionError } from '../../../src/shared/assert.ts';
import { configurationOf, entriesOf, entry, idOf, member, OPTIONS, RaftMember, refusal } from '../../support/raft-member.ts';

describe('a follower’s log (Raft paper §5.3)', () => {
  test('an append is taken only where the entry before it matches', () => {
    const one = new RaftMember(1, { entries: entriesOf(1, 1) });
    one.append(2, 2, [3, 2], [entry(4, 2)]);
    one.append(2, 2, [2, 2], [entry(3, 2)]);
    expect(one.sent('append-response').map(({ accepted }) => accepted)).toEqual([false, false]);
    one.append(2, 2, [2, 1], [entry(3, 2)]);
    expect(one.status).toMatchObject({ lastIndex: 3, lastTerm: 2 });
  });

  test('a conflicting tail is cut and replaced, in one persist', () => {
    const one = new RaftMember(1, { entries: entriesOf(1, 2, 2, 2) });
    const { persist } = one.append(2, 3, [1, 1], [entry(2, 3), entry(3, 3)]);
    expect(persist).toMatchObject({ truncateFrom: 2, hardState: { term: 3 } });
    expect(persist?.entries.map(({ index, term }) => [index, term])).toEqual([
      [2, 3],
      [3, 3],
    ]);
    expect([1, 2, 3, 4].map((index) => one.core.termAt(index))).toEqual([1, 3, 3, null]);
  });

  test('a shorter append that matches cuts nothing, and acknowledges only what it names (trap 12)', () => {
    const one = new RaftMember(1, { entries: entriesOf(1, 1, 1, 1) });
    const { persist } = one.append(2, 1, [0, 0], entriesOf(1, 1));
    expect(persist).toBeNull();
    expect(one.status.lastIndex).toBe(4);
    expect(one.sent('append-response')).toMatchObject([{ accepted: true, matchIndex: 2 }]);
  });

  test('only a tail that this append vouches for is committed, however far the leader is', () => {
    const one = new RaftMember(1, { entries: entriesOf(1, 1, 1, 1) });
    one.append(2, 2, [0, 0], entriesOf(1, 1), 4);
    expect(one.status.commitIndex).toBe(2);
    expect(one.committed()).toEqual([1, 2]);
  });

  test('cutting a committed entry ends the process (Raft paper §5.4.3)', () => {
    const one = new RaftMember(1, { entries: entriesOf(1, 1) });
    one.append(2, 1, [2, 1], [entry(3, 1)], 2);
    expect(() => one.append(3, 2, [0, 0], [entry(1, 2), entry(2, 2), entry(3, 2)])).toThrow(AssertionError);
  });

  test('S10: an acknowledgement waits for the disk, also of entries that came a moment ago (trap 2)', () => {
    const one = new RaftMember(1, { hardState: { term: 1, vote: null } });
    const first = one.append(2, 1, [0, 0], [entry(1, 1)]);
    const repeated = one.append(2, 1, [0, 0], [entry(1, 1)]);
    for (const effects of [first, repeated]) {
      expect(effects.messages).toEqual([]);
      expect(effects.messagesAfterPersist).toMatchObject([{ message: { accepted: true, matchIndex: 1 } }]);
    }
    expect(repeated.persist).toBeNull();
  });

  test('S10: the completion of an entry that was cut does not make its successor durable (trap 13, ABA)', () => {
    const one = new RaftMember(1, { entries: entriesOf(1) });
    const older = one.append(2, 2, [1, 1], [entry(2, 2), entry(3, 2)]);
    one.append(3, 3, [1, 1], [entry(2, 3), entry(3, 3)]);
    one.step({ type: 'persisted', sequence: older.persist?.sequence ?? 0 });
    expect(one.status).toMatchObject({ lastIndex: 3, durableIndex: 1 });
    one.persist();
    expect(one.status.durableIndex).toBe(3);
  });

  test('a refusal hints past whole terms, never below what is committed (Raft paper §5.3, trap 11)', () => {
    const one = new RaftMember(1, { entries: entriesOf(1, 1, 4, 4, 4) });
    one.append(2, 6, [9, 5], []);
    one.append(2, 6, [5, 3], []);
    one.append(2, 6, [1, 1], [], 1);
    one.append(2, 6, [5, 0], []);
    expect(one.sent('append-response').filter(({ accepted }) => !accepted)).toMatchObject([
      { rejectedIndex: 9, hintIndex: 5, hintTerm: 4 },
      { rejectedIndex: 5, hintIndex: 2, hintTerm: 1 },
      { rejectedIndex: 5, hintIndex: 1, hintTerm: 1 },
    ]);
  });

  test('a heartbeat commits what the leader knows to be here, and nothing that is not', () => {
    const one = new RaftMember(1, { entries: entriesOf(1, 1) });
    one.receive(2, { type: 'heartbeat-request', term: 1, commit: 1, context: 7 });
    one.receive(2, { type: 'heartbeat-request', term: 1, commit: 5, context: 8 });
    expect(one.status.commitIndex).toBe(1);
    expect(one.sent('heartbeat-response').map(({ context }) => context)).toEqual([7, 8]);
  });
});

describe('a leader’s copies (Raft paper §5.3, §5.4.2)', () => {
  test('an entry is committed when a majority has it on disk, the leader’s own copy included only then', () => {
    const one = new RaftMember(1).elect(2, 3);
    one.acknowledge(2, 1);
    expect(one.status.commitIndex).toBe(0);
    one.persist();
    expect(one.status.commitIndex).toBe(1);
  });

  test('a leader whose disk is slow is outvoted by two that are not', () => {
    const one = new RaftMember(1).elect(2, 3);
    one.acknowledge(2, 1);
    one.acknowledge(3, 1);
    expect(one.status).toMatchObject({ commitIndex: 1, durableIndex: 0 });
  });

  test('figure 8: an entry of an earlier term is committed by the first of ours, never by counting (trap 3)', () => {
    const one = new RaftMember(1, { entries: entriesOf(1, 2) }).elect(2, 3);
    one.persist();
    expect(one.status).toMatchObject({ term: 3, lastIndex: 3 });
    one.acknowledge(2, 2);
    one.acknowledge(3, 2);
    expect(one.status).toMatchObject({ commitIndex: 0, settled: false });
    one.acknowledge(2, 3);
    expect(one.status).toMatchObject({ commitIndex: 3, settled: true });
    expect(one.committed()).toEqual([1, 2, 3]);
  });

  test('a new leader appends a no-op and sends it at once (Raft paper §8)', () => {
    const one = new RaftMember(1).elect(2, 3);
    expect(one.sent('append-request')).toMatchObject([
      { to: idOf(2), previous: { index: 0 }, entries: [{ index: 1, term: 1, kind: 'noop' }] },
      { to: idOf(3), previous: { index: 0 }, entries: [{ index: 1, term: 1, kind: 'noop' }] },
    ]);
  });

  test('learners get entries and count for nothing', () => {
    const one = new RaftMember(1, { configuration: configurationOf([1, 2, 3], [4]) }).elect(2, 3);
    one.persist();
    one.acknowledge(4, 1);
    expect(one.sent('append-request').map(({ to }) => to)).toContain(idOf(4));
    expect(one.status.commitIndex).toBe(0);
  });

  test('the window: so many appends without an answer, and none more until one comes', () => {
    const one = new RaftMember(1).lead(2, 3);
    for (let count = 0; count < 10; count += 1) one.propose();
    expect(one.sent('append-request').filter(({ to }) => to === idOf(2))).toHaveLength(OPTIONS.inflightAppendsMax);
    one.take();
    one.acknowledge(2, 2);
    const sent = one.sent('append-request').filter(({ to }) => to === idOf(2));
    expect(sent).toHaveLength(1);
    // What waited goes together.
    expect(sent[0]?.entries.map(({ index }) => index)).toEqual([6, 7, 8, 9, 10, 11]);
  });

  test('an append carries entries up to its limit; a single larger one goes alone', () => {
    const one = new RaftMember(1, { options: { uncommittedBytesMax: 100_000 } }).lead(2, 3);
    for (let count = 0; count < 4; count += 1) one.propose();
    one.propose('a'.repeat(600));
    one.propose('b'.repeat(600));
    one.propose('c'.repeat(5000));
    one.take();
    one.acknowledge(2, 5);
    const lengths = one.sent('append-request').map(({ entries }) => entries.map(({ payload }) => payload.length));
    expect(lengths).toEqual([[600], [600], [5000]]);
  });

  test('term-skip hints find the last common entry in one round for each term (trap 11)', () => {
    const leaderTerms = [...Array<number>(50).fill(1), ...Array<number>(50).fill(5)];
    const one = new RaftMember(1, { entries: entriesOf(...leaderTerms) }).elect(2, 3);
    one.take();
    const rejected = { type: 'append-response', term: 6, accepted: false } as const;
    one.receive(2, { ...rejected, rejectedIndex: 100, hintIndex: 100, hintTerm: 4 });
    expect(one.sent('append-request')).toMatchObject([{ to: idOf(2), previous: { index: 50, term: 1 } }]);
  });

  test('a late refusal of what was acknowledged since changes nothing', () => {
    const one = new RaftMember(1).lead(2, 3);
    const rejected = { type: 'append-response', term: 1, accepted: false, rejectedIndex: 0, hintIndex: 0, hintTerm: 0 } as const;
    one.receive(2, rejected);
    expect(one.status.progress[0]).toMatchObject({ matchIndex: 1, state: 'replicate' });
    expect(one.sent('append-request')).toEqual([]);
  });

  test('followers learn of a commit at once: by the next append, or by a heartbeat where none is due', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.propose();
    one.persist();
    one.take();
    one.acknowledge(2, 2);
    expect(one.sent('heartbeat-request')).toMatchObject([{ to: idOf(2), commit: 2 }]);
    one.acknowledge(3, 2);
    expect(one.sent('heartbeat-request')).toMatchObject([{ commit: 2 }, { to: idOf(3), commit: 2 }]);
  });

  test('a heartbeat never names a commit index that the follower is not known to hold', () => {
    const one = new RaftMember(1).elect(2, 3);
    one.persist();
    one.acknowledge(2, 1);
    one.take();
    one.tick(OPTIONS.heartbeatTicks);
    expect(one.sent('heartbeat-request')).toMatchObject([
      { to: idOf(2), commit: 1 },
      { to: idOf(3), commit: 0 },
    ]);
  });

  test('lost appends are sent again: when the peer is unreachable, or after an election timeout without an answer', () => {
    for (const lose of [
      (one: RaftMember) => one.step({ type: 'peer-unreachable', id: idOf(2) }),
      (one: RaftMember) => {
        for (let round = 0; round < OPTIONS.electionTicks; round += 1) {
          one.beat(2);
          one.tick();
        }
      },
    ]) {
      const one = new RaftMember(1).lead(2, 3);
      one.propose();
      one.take();
      lose(one);
      expect(one.sent('append-request').filter(({ to }) => to === idOf(2))).toMatchObject([{ entries: [{ index: 2 }] }]);
    }
  });

  test('a probe is repeated after a heartbeat’s answer, and not before', () => {
    const one = new RaftMember(1).elect(2, 3);
    one.take();
    one.propose();
    expect(one.sent('append-request')).toEqual([]);
    one.beat(2);
    expect(one.sent('append-request')).toMatchObject([{ to: idOf(2), entries: [{ index: 1 }, { index: 2 }] }]);
  });
});

describe('proposals', () => {
  test('a proposal becomes one entry of the present term, and is answered with its place', () => {
    const one = new RaftMember(1).lead(2, 3);
    const { answers, persist } = one.propose('hello');
    expect(answers).toMatchObject([{ type: 'proposed', index: 2, term: 1 }]);
    expect(persist?.entries).toMatchObject([{ index: 2, term: 1, kind: 'command' }]);
  });

  test('a member that does not lead refuses, and names who does (trap 24)', () => {
    const one = new RaftMember(1);
    expect(one.propose().answers).toMatchObject([{ type: 'refused', reason: 'not-leader', leader: null }]);
    one.append(2, 1, [0, 0], []);
    expect(one.propose().answers).toMatchObject([{ reason: 'not-leader', leader: member(2) }]);
    expect(one.status.lastIndex).toBe(0);
  });

  test('admission by bytes: busy above the limit, until enough is committed; one proposal always fits', () => {
    const one = new RaftMember(1).lead(2, 3);
    expect(refusal(one.propose('a'.repeat(5000)))).toBeUndefined();
    expect(refusal(one.propose())).toBe('busy');
    one.persist();
    one.acknowledge(2, 2);
    expect(one.status.uncommittedBytes).toBe(0);
    expect(refusal(one.propose())).toBeUndefined();
  });
});
