import { describe, expect, test } from '@jest/globals';
import { configurationOf, entriesOf, entry, idOf, OPTIONS, RaftMember } from '../../support/raft-member.ts';
import { encodeConfiguration } from '../../../src/consensus/configuration.ts';

const AT_THE_START = { term: 0, index: 0 };

describe('elections (Raft paper §5.2)', () => {
  test('a follower that hears no leader asks for pre-votes, and raises no term by asking (thesis §9.6)', () => {
    const one = new RaftMember(1);
    one.timeOut();
    expect(one.status).toMatchObject({ role: 'pre-candidate', term: 0 });
    expect(one.sent('pre-vote-request')).toEqual([
      { type: 'pre-vote-request', to: idOf(2), term: 1, position: AT_THE_START },
      { type: 'pre-vote-request', to: idOf(3), term: 1, position: AT_THE_START },
    ]);
  });

  test('timeouts are drawn from [electionTicks, 2 * electionTicks), and not all alike', () => {
    const draws = new Set<number>();
    for (let ordinal = 1; ordinal <= 40; ordinal += 1) {
      const each = new RaftMember(ordinal, { configuration: configurationOf([ordinal, 100, 101]) });
      let ticks = 0;
      while (each.status.role === 'follower') {
        each.tick();
        ticks += 1;
      }
      draws.add(ticks);
      expect(ticks).toBeGreaterThanOrEqual(OPTIONS.electionTicks);
      expect(ticks).toBeLessThan(2 * OPTIONS.electionTicks);
    }
    expect(draws.size).toBeGreaterThan(4);
  });

  test('a majority of pre-votes starts the election, a majority of votes wins it', () => {
    const one = new RaftMember(1, { configuration: configurationOf([1, 2, 3, 4, 5]) });
    one.timeOut();
    one.receive(2, { type: 'pre-vote-response', term: 1, granted: true });
    expect(one.status.role).toBe('pre-candidate');
    one.receive(3, { type: 'pre-vote-response', term: 1, granted: true });
    expect(one.status).toMatchObject({ role: 'candidate', term: 1 });
    one.persist();
    one.receive(4, { type: 'vote-response', term: 1, granted: true });
    one.receive(4, { type: 'vote-response', term: 1, granted: true });
    expect(one.status.role).toBe('candidate');
    one.receive(5, { type: 'vote-response', term: 1, granted: true });
    expect(one.status).toMatchObject({ role: 'leader', leader: { id: idOf(1) } });
  });

  test('a majority of refusals ends a campaign, and votes of another term count for nothing', () => {
    const one = new RaftMember(1);
    one.timeOut();
    one.receive(2, { type: 'pre-vote-response', term: 1, granted: true });
    one.persist();
    one.receive(2, { type: 'vote-response', term: 0, granted: true });
    expect(one.status.role).toBe('candidate');
    one.receive(2, { type: 'vote-response', term: 1, granted: false });
    one.receive(3, { type: 'vote-response', term: 1, granted: false });
    expect(one.status).toMatchObject({ role: 'follower', term: 1 });
  });

  test('S10: a candidate counts its own vote only once it is on disk, also when it is alone (trap 2)', () => {
    const alone = new RaftMember(1, { configuration: configurationOf([1]) });
    alone.tick(2 * OPTIONS.electionTicks);
    expect(alone.status).toMatchObject({ role: 'candidate', term: 1, commitIndex: 0 });
    alone.persist();
    expect(alone.status).toMatchObject({ role: 'leader', lastIndex: 1, commitIndex: 0 });
    alone.persist();
    expect(alone.status).toMatchObject({ commitIndex: 1, settled: true });
  });

  test('S10: a write that was finished before the vote was asked for does not stand for the vote', () => {
    const alone = new RaftMember(1, { configuration: configurationOf([1]) });
    const earlier = alone.append(9, 1, [0, 0], [entry(1, 1)]);
    alone.timeOut();
    expect(alone.status).toMatchObject({ role: 'candidate', term: 2 });
    alone.step({ type: 'persisted', sequence: earlier.persist?.sequence ?? 0 });
    expect(alone.status.role).toBe('candidate');
    alone.persist();
    expect(alone.status.role).toBe('leader');
  });

  test('S10: a vote and a request for votes leave only after their term, vote and log are on disk', () => {
    const one = new RaftMember(1);
    const grant = one.receive(2, { type: 'vote-request', term: 4, position: AT_THE_START, transfer: false });
    expect(grant.persist?.hardState).toEqual({ term: 4, vote: idOf(2) });
    expect(grant.messages).toEqual([]);
    expect(grant.messagesAfterPersist.map(({ message }) => message)).toEqual([{ type: 'vote-response', term: 4, granted: true }]);

    const known = new RaftMember(1, { hardState: { term: 4, vote: null } });
    const inKnownTerm = known.receive(2, { type: 'vote-request', term: 4, position: AT_THE_START, transfer: false });
    expect(inKnownTerm.messages).toEqual([]);
    expect(inKnownTerm.messagesAfterPersist).toHaveLength(1);

    const two = new RaftMember(2);
    two.timeOut();
    const campaign = two.receive(3, { type: 'pre-vote-response', term: 1, granted: true });
    expect(campaign.persist?.hardState).toEqual({ term: 1, vote: idOf(2) });
    expect(campaign.messages).toEqual([]);
    expect(campaign.messagesAfterPersist).toHaveLength(2);
  });

  test('S10: no message leaves under a term that is not on disk, not even a heartbeat’s answer (trap 1)', () => {
    const one = new RaftMember(1);
    const first = one.receive(2, { type: 'heartbeat-request', term: 3, commit: 0, context: 1 });
    expect(first.messages).toEqual([]);
    expect(first.messagesAfterPersist).toHaveLength(1);
    const second = one.receive(2, { type: 'heartbeat-request', term: 3, commit: 0, context: 2 });
    expect(second.messages).toEqual([]);
    one.persist();
    const third = one.receive(2, { type: 'heartbeat-request', term: 3, commit: 0, context: 3 });
    expect(third.messages).toHaveLength(1);
  });

  test('one vote a term, first come first served; the same candidate may ask twice', () => {
    const one = new RaftMember(1);
    const ask = { type: 'vote-request', term: 1, position: AT_THE_START, transfer: false } as const;
    one.receive(2, ask);
    one.receive(3, ask);
    one.receive(2, ask);
    expect(one.sent('vote-response').map(({ to, granted }) => [to, granted])).toEqual([
      [idOf(2), true],
      [idOf(3), false],
      [idOf(2), true],
    ]);
  });

  test('a vote survives a restart: it is not given again to another', () => {
    const one = new RaftMember(1, { hardState: { term: 1, vote: idOf(2) } });
    one.receive(3, { type: 'vote-request', term: 1, position: AT_THE_START, transfer: false });
    expect(one.sent('vote-response')).toMatchObject([{ granted: false }]);
  });

  test.each([
    { name: 'an older last term', position: { term: 1, index: 9 }, granted: false },
    { name: 'the same last term and a shorter log', position: { term: 2, index: 2 }, granted: false },
    { name: 'the same log', position: { term: 2, index: 3 }, granted: true },
    { name: 'a newer last term and a shorter log', position: { term: 3, index: 1 }, granted: true },
  ])('a candidate with $name gets a vote: $granted (Raft paper §5.4.1)', ({ position, granted }) => {
    const one = new RaftMember(1, { entries: entriesOf(1, 2, 2) });
    one.receive(2, { type: 'pre-vote-request', term: 9, position });
    one.receive(2, { type: 'vote-request', term: 9, position, transfer: false });
    expect(one.sent('pre-vote-response')).toMatchObject([{ granted }]);
    expect(one.sent('vote-response')).toMatchObject([{ granted }]);
  });

  test('a higher term turns a leader into a follower (Raft paper §5.1)', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.receive(2, { type: 'append-response', term: 7, accepted: false, rejectedIndex: 0, hintIndex: 0, hintTerm: 0 });
    expect(one.status).toMatchObject({ role: 'follower', term: 7, leader: null });
  });
});

describe('a leader that is heard is left alone (thesis §4.2.3)', () => {
  test('while a leader is fresh, requests for votes are ignored and raise no term; a transfer is no such intrusion (trap 9)', () => {
    const one = new RaftMember(1);
    one.append(2, 1, [0, 0], [entry(1, 1)]);
    one.persist();
    one.take();
    const position = { term: 9, index: 9 };
    one.receive(3, { type: 'pre-vote-request', term: 9, position });
    one.receive(3, { type: 'vote-request', term: 9, position, transfer: false });
    expect(one.status.term).toBe(1);
    expect(one.take().flatMap((each) => [...each.messages, ...each.messagesAfterPersist])).toEqual([]);
    one.receive(3, { type: 'vote-request', term: 9, position, transfer: true });
    expect(one.sent('vote-response')).toMatchObject([{ term: 9, granted: true }]);
  });

  test('a leader ignores them too, for as long as a majority answers it', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.receive(3, { type: 'vote-request', term: 9, position: { term: 9, index: 9 }, transfer: false });
    expect(one.status).toMatchObject({ role: 'leader', term: 1 });
  });

  test('once the leader is silent for the shortest timeout, votes are given again', () => {
    const one = new RaftMember(1);
    one.append(2, 1, [0, 0], [entry(1, 1)]);
    one.tick(OPTIONS.electionTicks);
    one.receive(3, { type: 'pre-vote-request', term: 2, position: { term: 1, index: 1 } });
    expect(one.sent('pre-vote-response')).toMatchObject([{ term: 2, granted: true }]);
  });

  test('check-quorum: a leader that no majority answers steps down; answers to appends count (S18, thesis §6.2)', () => {
    const silent = new RaftMember(1).lead(2, 3);
    silent.tick(OPTIONS.electionTicks + 1);
    expect(silent.status).toMatchObject({ role: 'follower', leader: null, term: 1 });

    const answered = new RaftMember(1).lead(2, 3);
    for (let round = 0; round < 8; round += 1) {
      answered.tick(OPTIONS.electionTicks / 2);
      answered.acknowledge(2, 1);
    }
    expect(answered.status.role).toBe('leader');
  });

  test('a member stuck in a higher term is freed: its answer to the old leader carries that term (trap 10)', () => {
    const stuck = new RaftMember(3, { hardState: { term: 9, vote: idOf(3) } });
    stuck.receive(1, { type: 'heartbeat-request', term: 1, commit: 0, context: 0 });
    stuck.append(1, 1, [0, 0], [entry(1, 1)]);
    expect(stuck.sent('append-response')).toMatchObject([
      { term: 9, accepted: false },
      { term: 9, accepted: false },
    ]);
    expect(stuck.status).toMatchObject({ lastIndex: 0, leader: null });
  });

  test('a pre-candidate that lags learns the present term from a refusal', () => {
    const one = new RaftMember(1);
    one.timeOut();
    one.receive(2, { type: 'pre-vote-response', term: 6, granted: false });
    expect(one.status).toMatchObject({ role: 'follower', term: 6 });
  });
});

describe('who may campaign, and who is listened to (thesis §4.1, §4.2.2)', () => {
  test('learners and strangers never campaign; who is silent long enough is no leader to them either', () => {
    for (const ordinal of [4, 9]) {
      const other = new RaftMember(ordinal, { configuration: configurationOf([1, 2, 3], [4]) });
      other.append(1, 1, [0, 0], [entry(1, 1)]);
      expect(other.status.leader?.id).toBe(idOf(1));
      other.tick(5 * OPTIONS.electionTicks);
      expect(other.status).toMatchObject({ role: 'follower', term: 1, leader: null });
      expect(other.sent('pre-vote-request')).toEqual([]);
    }
  });

  test('votes go to candidates outside our configuration, and appends are taken from leaders outside it (trap 9)', () => {
    const one = new RaftMember(1);
    one.receive(9, { type: 'vote-request', term: 1, position: AT_THE_START, transfer: false });
    one.append(9, 1, [0, 0], [entry(1, 1)]);
    expect(one.sent('vote-response')).toMatchObject([{ granted: true }]);
    expect(one.status).toMatchObject({ lastIndex: 1, leader: { id: idOf(9) } });
  });

  test('votes from outside the configuration and from learners do not count', () => {
    const one = new RaftMember(1, { configuration: configurationOf([1, 2, 3], [4]) });
    one.timeOut();
    for (const from of [4, 9]) one.receive(from, { type: 'pre-vote-response', term: 1, granted: true });
    expect(one.status.role).toBe('pre-candidate');
  });

  test('a member whose removal is not committed may campaign for those who remain, and does not count itself', () => {
    const removal = entry(2, 1, '', 'configuration');
    const payload = encodeConfiguration(configurationOf([2, 3], [], 2));
    const one = new RaftMember(1, { entries: [entry(1, 1), { ...removal, payload }] });
    one.timeOut();
    expect(one.status.role).toBe('pre-candidate');
    one.receive(2, { type: 'pre-vote-response', term: 2, granted: true });
    expect(one.status.role).toBe('pre-candidate');
    one.receive(3, { type: 'pre-vote-response', term: 2, granted: true });
    expect(one.status.role).toBe('candidate');
  });

  test('a candidate steps back for the leader of its own term (Raft paper §5.2)', () => {
    const one = new RaftMember(1);
    one.timeOut();
    one.receive(2, { type: 'pre-vote-response', term: 1, granted: true });
    one.receive(3, { type: 'heartbeat-request', term: 1, commit: 0, context: 0 });
    expect(one.status).toMatchObject({ role: 'follower', term: 1, leader: { id: idOf(3) } });
  });

  test('a campaign that the disk does not finish starts no second one', () => {
    const one = new RaftMember(1);
    one.timeOut();
    one.receive(2, { type: 'pre-vote-response', term: 1, granted: true });
    one.tick(10 * OPTIONS.electionTicks);
    expect(one.status).toMatchObject({ role: 'candidate', term: 1 });
  });
});

describe('a leader that is said to be gone (an early pre-vote, thesis §9.6; it never skips a quorum)', () => {
  /** Follows member 2 in term 1. */
  function following(ordinal: number, voters = [1, 2, 3]): RaftMember {
    const follower = new RaftMember(ordinal, { configuration: configurationOf(voters) });
    follower.append(2, 1, [0, 0], []);
    follower.persist();
    follower.take();
    return follower;
  }

  test('its follower asks for pre-votes in the same step', () => {
    const follower = following(1);
    follower.step({ type: 'forget-leader', id: idOf(2) });
    expect(follower.sent('pre-vote-request').map(({ to, term }) => [to, term])).toEqual([
      [idOf(2), 2],
      [idOf(3), 2],
    ]);
    expect(follower.status).toMatchObject({ role: 'pre-candidate', term: 1, leader: null });
  });

  test('it is a hint: without a quorum of pre-votes no term rises and nobody leads', () => {
    const follower = following(1);
    follower.step({ type: 'forget-leader', id: idOf(2) });
    follower.tick(100);
    expect(follower.status).toMatchObject({ role: 'pre-candidate', term: 1 });
  });

  test('a leader that is there after all is followed again', () => {
    const follower = following(1);
    follower.step({ type: 'forget-leader', id: idOf(2) });
    follower.receive(2, { type: 'heartbeat-request', term: 1, commit: 0, context: 0 });
    expect(follower.status).toMatchObject({ role: 'follower', term: 1, leader: { id: idOf(2) } });
  });

  test('who was told gives its pre-vote, though the leader was heard of a moment ago; who was not told does not answer', () => {
    const request = { type: 'pre-vote-request', term: 2, position: { term: 1, index: 5 } } as const;
    const told = following(3);
    told.step({ type: 'forget-leader', id: idOf(2) });
    told.receive(1, request);
    expect(told.sent('pre-vote-response')).toMatchObject([{ granted: true }]);
    const untold = following(3);
    untold.receive(1, request);
    expect(untold.sent('pre-vote-response')).toEqual([]);
  });

  test('voters take turns: the second asks a heartbeat after the first, and asks again soon', () => {
    const second = following(3);
    second.step({ type: 'forget-leader', id: idOf(2) });
    expect(second.sent('pre-vote-request')).toEqual([]);
    second.tick(OPTIONS.heartbeatTicks);
    expect(second.sent('pre-vote-request')).toHaveLength(2);
    second.tick(3 * OPTIONS.heartbeatTicks);
    expect(second.sent('pre-vote-request')).toHaveLength(4);
  });

  test('nothing follows for whom that member does not lead, and for one who may not campaign', () => {
    const follower = following(1);
    follower.step({ type: 'forget-leader', id: idOf(3) });
    expect(follower.status.leader?.id).toBe(idOf(2));
    const learner = new RaftMember(4, { configuration: configurationOf([1, 2, 3], [4]) });
    learner.append(2, 1, [0, 0], []);
    learner.step({ type: 'forget-leader', id: idOf(2) });
    expect(learner.sent('pre-vote-request')).toEqual([]);
  });
});
