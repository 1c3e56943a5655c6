/**
 * Rule S11: a member whose disk lost entries that it may have acknowledged is heard in no election until its log ends in an entry of a later
 * term. By leader completeness (Raft paper §5.4) that term's leader has everything committed before; by log matching (§5.3) so has the member.
 */
import { describe, expect, test } from '@jest/globals';
import { entriesOf, entry, idOf, RaftMember } from '../../support/raft-member.ts';

/** Its disk held entries through term 4; the ones after index 2 are lost, and it left term 4. */
function healing(): RaftMember {
  return new RaftMember(1, { entries: entriesOf(1, 2), hardState: { term: 5, vote: null }, lostThroughTerm: 4 });
}

const AHEAD = { term: 9, index: 100 };

describe('S11: while entries are missing', () => {
  test('no pre-vote is given, not even to a longer log', () => {
    const member = healing();
    member.receive(2, { type: 'pre-vote-request', term: 6, position: AHEAD });
    expect(member.sent('pre-vote-response')).toMatchObject([{ granted: false }]);
  });

  test('no vote is given', () => {
    const member = healing();
    member.receive(2, { type: 'vote-request', term: 6, position: AHEAD, transfer: false });
    member.persist();
    expect(member.sent('vote-response')).toMatchObject([{ granted: false }]);
    expect(member.status.term).toBe(6);
  });

  test('it never campaigns: not after any silence, and not when it is told to', () => {
    const member = healing();
    member.tick(200);
    member.append(2, 6, [2, 2], []);
    member.receive(2, { type: 'timeout-now', term: 6 });
    expect(member.status.role).toBe('follower');
    expect([...member.sent('pre-vote-request'), ...member.sent('vote-request')]).toEqual([]);
  });

  test('nor does a sole voter', () => {
    const alone = new RaftMember(1, {
      configuration: { index: 0, members: [{ id: idOf(1), name: 'm-1', role: 'voter' }], removed: [] },
      hardState: { term: 5, vote: null },
      lostThroughTerm: 4,
    });
    alone.tick(200);
    alone.persist();
    expect(alone.status).toMatchObject({ role: 'follower', healing: true });
  });

  test('a leader of the term in which it lost them is unseated: it may count what is no longer here', () => {
    const member = healing();
    member.append(2, 4, [2, 2], [entry(3, 4)]);
    expect(member.sent('append-response')).toMatchObject([{ accepted: false, term: 5 }]);
    expect(member.status.lastIndex).toBe(2);
  });

  test('it takes entries and acknowledges them once they are on its disk', () => {
    const member = healing();
    member.append(2, 6, [2, 2], [entry(3, 4)]);
    member.persist();
    expect(member.sent('append-response')).toMatchObject([{ accepted: true, matchIndex: 3 }]);
    expect(member.status.healing).toBe(true);
  });
});

describe('S11: healing ends', () => {
  test('with an entry of a later term, not with one of the terms in which entries were lost', () => {
    const member = healing();
    member.append(2, 6, [2, 2], [entry(3, 4), entry(4, 4)], 4);
    member.persist();
    member.receive(3, { type: 'vote-request', term: 7, position: AHEAD, transfer: true });
    expect(member.sent('vote-response')).toMatchObject([{ granted: false }]);
    member.append(2, 7, [4, 4], [entry(5, 6)]);
    member.persist();
    expect(member.status.healing).toBe(false);
    member.take();
    member.receive(3, { type: 'vote-request', term: 8, position: AHEAD, transfer: true });
    member.persist();
    expect(member.sent('vote-response')).toMatchObject([{ granted: true }]);
  });

  test('with a snapshot of a later term', () => {
    const member = healing();
    const base = { index: 50, term: 6, configuration: member.status.configuration };
    member.step({ type: 'snapshot-received', from: { id: idOf(2), name: 'm-2', role: 'voter' }, leaderTerm: 6, base });
    expect(member.status.healing).toBe(false);
  });

  test('it may lead again', () => {
    const member = healing();
    member.append(2, 6, [2, 2], [entry(3, 6)], 3);
    member.persist();
    member.lead(2, 3);
    expect(member.status.role).toBe('leader');
  });

  test('who lost nothing is not healing', () => {
    expect(new RaftMember(1, { entries: entriesOf(1) }).status.healing).toBe(false);
  });
});
