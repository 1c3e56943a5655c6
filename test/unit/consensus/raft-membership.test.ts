import { describe, expect, test } from '@jest/globals';
import { encodeConfiguration } from '../../../src/consensus/configuration.ts';
import type { Configuration } from '../../../src/consensus/core.ts';
import { configurationOf, entriesOf, entry, idOf, OPTIONS, RaftMember, refusal } from '../../support/raft-member.ts';

function configurationEntry(index: number, term: number, configuration: Configuration) {
  return { ...entry(index, term, '', 'configuration'), payload: encodeConfiguration(configuration) };
}

function voters(one: RaftMember): string[] {
  const { members } = one.status.configuration;
  return members.filter(({ role }) => role === 'voter').map(({ id }) => id);
}

const ADD_FOUR = { type: 'add-learner', id: idOf(4), name: 'm-4' } as const;
const REMOVE_THREE = { type: 'remove', id: idOf(3) } as const;

describe('S1: changes of members, one at a time (thesis §4.1)', () => {
  test('a configuration counts from when it is appended; outside the log only the committed one does', () => {
    const one = new RaftMember(1).lead(2, 3);
    expect(one.change(ADD_FOUR).answers).toMatchObject([{ type: 'configuration-appended', index: 2, term: 1 }]);
    expect(one.status.configuration).toMatchObject({ index: 2 });
    expect(one.status.committedConfiguration).toMatchObject({ index: 0 });
    expect(one.sent('append-request').map(({ to }) => to)).toContain(idOf(4));
    one.persist();
    one.acknowledge(2, 2);
    expect(one.status.committedConfiguration).toEqual(one.status.configuration);
  });

  test('a follower acts on it when appended, and truncation restores the one before (trap 6)', () => {
    const one = new RaftMember(1, { hardState: { term: 1, vote: null } });
    one.append(2, 1, [0, 0], [entry(1, 1), configurationEntry(2, 1, configurationOf([1, 2, 3], [4], 2))]);
    expect(one.status.configuration.index).toBe(2);
    one.append(3, 2, [1, 1], [entry(2, 2)]);
    expect(one.status.configuration).toEqual(configurationOf([1, 2, 3]));
  });

  test('not before an entry of the term is committed (the single-server bug, trap 5)', () => {
    const one = new RaftMember(1).elect(2, 3);
    one.beat(2);
    expect(refusal(one.change(ADD_FOUR))).toBe('term-not-settled');
    one.persist();
    one.acknowledge(2, 1);
    expect(refusal(one.change(ADD_FOUR))).toBeUndefined();
  });

  test('not while another is uncommitted', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.change(ADD_FOUR);
    expect(refusal(one.change({ ...ADD_FOUR, id: idOf(5), name: 'm-5' }))).toBe('change-in-flight');
    one.persist();
    one.acknowledge(2, 2);
    expect(refusal(one.change({ ...ADD_FOUR, id: idOf(5), name: 'm-5' }))).toBeUndefined();
  });

  test('compare and set: refused when the caller knew another configuration', () => {
    const one = new RaftMember(1).lead(2, 3);
    expect(refusal(one.change(ADD_FOUR, 7))).toBe('configuration-index-mismatch');
    expect(one.status.lastIndex).toBe(1);
  });

  test('S2: an id that was removed never comes back', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.change(REMOVE_THREE);
    one.persist();
    one.acknowledge(2, 2);
    expect(one.status.committedConfiguration.removed).toEqual([{ id: idOf(3), index: 2 }]);
    expect(refusal(one.change({ type: 'add-learner', id: idOf(3), name: 'm-3' }))).toBe('id-was-removed');
  });

  test('a member that does not lead refuses', () => {
    expect(refusal(new RaftMember(1).change(ADD_FOUR))).toBe('not-leader');
  });
});

describe('promotion by the leader’s own word (thesis §4.2.1, trap 16)', () => {
  function withLearner(): RaftMember {
    const one = new RaftMember(1, {
      configuration: configurationOf([1, 2, 3], [4]),
      entries: entriesOf(...Array<number>(9).fill(1)),
    });
    return one.lead(2, 3);
  }
  const promote = { type: 'promote', id: idOf(4) } as const;

  test('a learner that never answered, or is far behind, is not promoted', () => {
    const one = withLearner();
    expect(refusal(one.change(promote))).toBe('not-caught-up');
    one.acknowledge(4, 3);
    expect(refusal(one.change(promote))).toBe('not-caught-up');
  });

  test('one that is close behind and answers is, and then counts', () => {
    const one = withLearner();
    one.acknowledge(4, one.status.lastIndex - OPTIONS.caughtUpEntries);
    expect(one.status.progress.find(({ id }) => id === idOf(4))).toMatchObject({ caughtUp: true, active: true });
    expect(refusal(one.change(promote))).toBeUndefined();
    expect(voters(one)).toContain(idOf(4));
  });

  test('one that was close and fell silent is not', () => {
    const one = withLearner();
    one.acknowledge(4, one.status.lastIndex);
    for (let round = 0; round < OPTIONS.electionTicks; round += 1) {
      one.tick();
      one.beat(2);
    }
    expect(refusal(one.change(promote))).toBe('not-caught-up');
  });
});

describe('removal', () => {
  test('refused when the voters that answer would be no quorum of what results', () => {
    const one = new RaftMember(1).elect(2, 3);
    one.persist();
    one.acknowledge(2, 1);
    expect(refusal(one.change({ type: 'remove', id: idOf(2) }))).toBe('would-lose-quorum');
    expect(refusal(one.change(REMOVE_THREE))).toBeUndefined();
  });

  test('the last voter stays', () => {
    const one = new RaftMember(1, { configuration: configurationOf([1]) }).lead();
    one.persist();
    expect(refusal(one.change({ type: 'remove', id: idOf(1) }))).toBe('last-voter');
  });

  test('a smaller quorum counts at once: of two, the one that stays commits the removal of the other', () => {
    const one = new RaftMember(1, { configuration: configurationOf([1, 2]) }).lead(2);
    one.change({ type: 'remove', id: idOf(2) });
    one.persist();
    expect(one.status.commitIndex).toBe(2);
  });

  test('who was removed still gets the entry and hears that it is committed, and is then forgotten', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.change(REMOVE_THREE);
    expect(one.sent('append-request').map(({ to }) => to)).toContain(idOf(3));
    expect(one.status.progress.map(({ id }) => id)).toEqual([idOf(2)]);
    one.persist();
    one.acknowledge(2, 2);
    one.take();
    one.acknowledge(3, 2);
    expect(one.sent('heartbeat-request')).toMatchObject([{ to: idOf(3), commit: 2 }]);
    for (let round = 0; round < OPTIONS.electionTicks; round += 1) {
      one.tick();
      one.beat(2);
    }
    one.take();
    one.tick(OPTIONS.heartbeatTicks);
    expect(one.sent('heartbeat-request').map(({ to }) => to)).toEqual([idOf(2)]);
  });

  test('an acknowledgement of a removed member counts for nothing', () => {
    const one = new RaftMember(1, { configuration: configurationOf([1, 2, 3, 4]) }).lead(2, 3, 4);
    one.change({ type: 'remove', id: idOf(4) });
    one.persist();
    one.acknowledge(4, 2);
    expect(one.status.commitIndex).toBe(1);
    one.acknowledge(2, 2);
    expect(one.status.commitIndex).toBe(2);
  });

  test('a leader that removes itself leads until that is committed, does not count itself, then names an heir (thesis §4.2.2)', () => {
    const one = new RaftMember(1).lead(2, 3);
    one.change({ type: 'remove', id: idOf(1) });
    one.persist();
    one.acknowledge(2, 2);
    expect(one.status).toMatchObject({ role: 'leader', commitIndex: 1 });
    one.acknowledge(3, 2);
    expect(one.status).toMatchObject({ role: 'follower', commitIndex: 2 });
    expect(one.sent('timeout-now')).toMatchObject([{ to: idOf(2) }]);
    expect(
      one
        .sent('heartbeat-request')
        .filter(({ commit }) => commit === 2)
        .map(({ to }) => to),
    ).toEqual([idOf(2), idOf(3)]);
    one.take();
    one.tick(5 * OPTIONS.electionTicks);
    expect(one.sent('pre-vote-request')).toEqual([]);
  });
});
