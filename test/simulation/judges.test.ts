/** Each judge of the simulator is shown a breach of its rule that is made up, and what is right beside it. */
import { describe, expect, test } from '@jest/globals';
import type { Configuration, CoreStatus, Entry, Member } from '../../src/consensus/core.ts';
import { present } from '../../src/shared/assert.ts';
import { parseMemberId } from '../../src/shared/ids.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import type { FoundingRecord } from '../../src/wal/types.ts';
import { RaftChecker } from '../support/raft-checker.ts';
import type { DurableView, Observed, ObservedCore } from '../support/raft-checker.ts';
import type { RecordedOperation } from '../support/history/history.ts';
import { ConfigurationJudge } from './configuration-judge.ts';
import { FoundingJudge } from './founding-judge.ts';
import { PromiseJudge } from './promise-judge.ts';
import { checkRest } from './rest-judge.ts';
import type { RestingMember } from './rest-judge.ts';
import { judgeSessions } from './session-judge.ts';
import { SeatJudge } from './seat-judge.ts';

const idOf = (digit: number): MemberId => present(parseMemberId(String(digit).repeat(16)), 'an id');
const A = idOf(1);
const B = idOf(2);
const C = idOf(3);

const voter = (id: MemberId): Member => ({ id, name: `m-${id.slice(0, 1)}`, role: 'voter' });

function configurationOf(index: number, ids: readonly MemberId[], removed: readonly MemberId[] = []): Configuration {
  return { index, members: ids.map(voter), removed: removed.map((id) => ({ id, index })) };
}

const FOUNDING = configurationOf(0, [A, B, C]);

function statusOf(changes: Partial<CoreStatus> = {}): CoreStatus {
  return {
    id: A,
    role: 'follower',
    term: 2,
    leader: null,
    firstIndex: 1,
    lastIndex: 10,
    lastTerm: 2,
    durableIndex: 10,
    commitIndex: 10,
    settled: false,
    configuration: FOUNDING,
    committedConfiguration: FOUNDING,
    progress: [],
    uncommittedBytes: 0,
    transferTarget: null,
    healing: false,
    ...changes,
  };
}

/** A log whose entries have these terms, from index 1 on, behind a base of term 0. */
function coreOf(terms: readonly number[], changes: Partial<CoreStatus> = {}): ObservedCore {
  return {
    status: () => statusOf({ lastIndex: terms.length, durableIndex: terms.length, commitIndex: 0, ...changes }),
    termAt: (index) => (index === 0 ? 0 : (terms[index - 1] ?? null)),
  };
}

const observed = (core: ObservedCore): Observed => ({ core, commitIndex: 0, emittedIndex: 0, term: 0 });

const holdingAll: DurableView = { hardState: { term: 9, vote: null }, lastIndex: 99, baseIndex: 100, termAt: () => null };

const entryOf = (index: number, term: number, payload = ''): Entry => ({
  index,
  term,
  kind: 'command',
  payload: Buffer.from(payload),
});

/** A disk whose log has these terms, from index 1 on. */
function diskOf(terms: readonly number[]): DurableView {
  return {
    hardState: { term: 9, vote: null },
    lastIndex: terms.length,
    baseIndex: 0,
    termAt: (index) => (index === 0 ? 0 : (terms[index - 1] ?? null)),
  };
}

describe('the paper', () => {
  test('log matching: logs that agree on an entry agree on all before it, the base included', () => {
    const checker = new RaftChecker();
    expect(() => checker.checkLogMatching([coreOf([1, 1, 2]), coreOf([1, 1, 2, 2])])).not.toThrow();
    expect(() => checker.checkLogMatching([coreOf([1, 1, 2]), coreOf([2, 1, 2])])).toThrow('log matching');
    const compacted: ObservedCore = {
      status: () => statusOf({ firstIndex: 3, lastIndex: 3 }),
      termAt: (index) => ({ 2: 9, 3: 2 })[index] ?? null,
    };
    expect(() => checker.checkLogMatching([coreOf([1, 1, 2]), compacted])).toThrow('log matching at index 2');
  });

  test('log matching: a base keeps the term of the committed entry that it stands for', () => {
    const checker = new RaftChecker();
    checker.emitted(observed(coreOf([1])), entryOf(1, 1));
    const wrong: ObservedCore = { status: () => statusOf({ firstIndex: 2, lastIndex: 2, durableIndex: 1 }), termAt: () => 7 };
    expect(() => checker.afterTurn(observed(wrong), () => null)).toThrow('the base at index 1 has another term');
  });

  test('leader append-only: a leader cuts nothing from its log', () => {
    const checker = new RaftChecker();
    let lastIndex = 5;
    const core: ObservedCore = {
      status: () => statusOf({ role: 'leader', commitIndex: 0, durableIndex: 0, lastIndex }),
      termAt: () => 2,
    };
    const seen = observed(core);
    checker.afterTurn(seen, () => holdingAll);
    checker.afterTurn(seen, () => holdingAll);
    lastIndex = 4;
    expect(() => checker.afterTurn(seen, () => holdingAll)).toThrow('a leader never cuts its own log');
  });

  test('election safety: a term has one leader', () => {
    const checker = new RaftChecker();
    const leads = (id: MemberId, term: number): void =>
      checker.afterTurn(observed(coreOf([1, 1], { id, term, role: 'leader' })), () => holdingAll);
    leads(A, 2);
    leads(A, 2);
    leads(B, 3);
    expect(() => leads(C, 2)).toThrow('election safety: two leaders in term 2');
  });

  test('leader completeness: what was committed in an earlier term is in the log of every later leader', () => {
    const checker = new RaftChecker();
    checker.emitted(observed(coreOf([1])), entryOf(1, 1));
    const leads = (terms: readonly number[], term: number): void =>
      checker.afterTurn(observed(coreOf(terms, { term, role: 'leader' })), () => holdingAll);
    leads([1, 2], 2);
    expect(() => leads([2, 2], 3)).toThrow('leader completeness: term 3 lacks committed index 1');
    expect(() => leads([], 4)).toThrow('leader completeness: term 4 lacks committed index 1');
  });

  test('state machine safety: an index is applied with one entry, by everybody', () => {
    const checker = new RaftChecker();
    checker.emitted(observed(coreOf([1])), entryOf(1, 1, 'a'));
    expect(() => checker.emitted(observed(coreOf([1])), entryOf(1, 1, 'a'))).not.toThrow();
    expect(() => checker.emitted(observed(coreOf([1])), entryOf(1, 1, 'b'))).toThrow('state machine safety at index 1');
    expect(() => checker.emitted(observed(coreOf([2])), entryOf(1, 2, 'a'))).toThrow('state machine safety at index 1');
  });

  test('each committed entry is applied once, in order, and a snapshot takes nothing back', () => {
    const checker = new RaftChecker();
    const seen = observed(coreOf([1, 1, 1]));
    checker.emitted(seen, entryOf(1, 1));
    expect(() => checker.emitted(seen, entryOf(1, 1))).toThrow('neither repeat nor skip');
    expect(() => checker.emitted(seen, entryOf(3, 1))).toThrow('neither repeat nor skip');
    expect(() => checker.installed(seen, 0)).toThrow('never rolls back');
    checker.installed(seen, 2);
    expect(() => checker.emitted(seen, entryOf(3, 1))).not.toThrow();
  });

  test('neither a term nor a commit index ever falls', () => {
    const checker = new RaftChecker();
    const at = (term: number, commitIndex: number): ObservedCore => coreOf([1, 1, 1], { term, commitIndex });
    expect(() => checker.afterTurn({ ...observed(at(1, 0)), term: 2 }, () => null)).toThrow('a term never falls');
    expect(() => checker.afterTurn({ ...observed(at(2, 1)), commitIndex: 2 }, () => null)).toThrow('commit index never falls');
  });

  test('S10: a leader commits what a majority of disks hold', () => {
    const leads = (disks: ReadonlyMap<MemberId, DurableView>): void =>
      new RaftChecker().afterTurn(observed(coreOf([2], { role: 'leader', commitIndex: 1 })), (id) => disks.get(id) ?? null);
    expect(() =>
      leads(
        new Map([
          [A, diskOf([2])],
          [B, diskOf([2])],
        ]),
      ),
    ).not.toThrow();
    expect(() => leads(new Map([[A, diskOf([2])]]))).toThrow('S10: index 1 is committed without a majority of disks');
    expect(() =>
      leads(
        new Map([
          [A, diskOf([2])],
          [B, diskOf([1])],
          [C, diskOf([])],
        ]),
      ),
    ).toThrow('without a majority of disks');
  });

  test('S10: what a member takes for durable is on its disk, and is the same entry', () => {
    const checker = new RaftChecker();
    const seen = (): Observed => observed(coreOf([1, 2]));
    expect(() => checker.afterTurn(seen(), () => diskOf([1, 2]))).not.toThrow();
    expect(() => checker.afterTurn(seen(), () => diskOf([1, 1]))).toThrow('the disk has another entry there');
    expect(() => checker.afterTurn(seen(), () => diskOf([1]))).toThrow('the disk has another entry there');
  });

  test('S10: terms, votes and acknowledgements leave when they are on disk', () => {
    const checker = new RaftChecker();
    const disk = { ...diskOf([1, 1]), hardState: { term: 2, vote: B } };
    const vote = { type: 'vote-response', term: 2, granted: true } as const;
    expect(() => checker.messageLeaves(disk, B, vote)).not.toThrow();
    expect(() => checker.messageLeaves(disk, C, vote)).toThrow('a vote leaves only when it is on disk');
    expect(() => checker.messageLeaves(disk, B, { ...vote, term: 3 })).toThrow('under a term that is not on disk');
    const acknowledgement = { type: 'append-response', term: 2, accepted: true, matchIndex: 2 } as const;
    expect(() => checker.messageLeaves(disk, B, acknowledgement)).not.toThrow();
    expect(() => checker.messageLeaves(disk, B, { ...acknowledgement, matchIndex: 3 })).toThrow('its entries are on disk');
  });
});

describe('configurations', () => {
  const log = (configurations: readonly Configuration[], terms: (index: number) => number) => ({
    configurationAt: (index: number) => present(configurations.findLast((each) => each.index <= index) ?? FOUNDING, 'one'),
    termAt: terms,
  });
  const second = configurationOf(11, [A, B]);
  const third = configurationOf(12, [A]);

  test('S1: one change at a time', () => {
    const judge = new ConfigurationJudge();
    const appended = statusOf({ role: 'leader', lastIndex: 11, configuration: second });
    judge.afterTurn(
      'm-1',
      log([FOUNDING, second], () => 2),
      statusOf(),
      appended,
      10,
    );
    const again = statusOf({ role: 'leader', lastIndex: 12, configuration: third });
    expect(() =>
      judge.afterTurn(
        'm-1',
        log([FOUNDING, second, third], () => 2),
        appended,
        again,
        10,
      ),
    ).toThrow('S1: m-1 has a second');
    expect(() =>
      judge.afterTurn(
        'm-1',
        log([FOUNDING, second, third], () => 2),
        appended,
        again,
        11,
      ),
    ).not.toThrow();
  });

  test('S1: none before an entry of the term is committed', () => {
    const judge = new ConfigurationJudge();
    const appended = statusOf({ role: 'leader', lastIndex: 11, configuration: second });
    const unsettled = log([FOUNDING, second], (index) => (index <= 10 ? 1 : 2));
    expect(() => judge.afterTurn('m-1', unsettled, statusOf(), appended, 10)).toThrow('before an entry of its term is committed');
  });

  test('S1: truncation restores the one before', () => {
    const judge = new ConfigurationJudge();
    const cut = statusOf({ lastIndex: 10, configuration: second });
    expect(() =>
      judge.afterTurn(
        'm-1',
        log([second], () => 2),
        statusOf({ lastIndex: 11 }),
        cut,
        10,
      ),
    ).toThrow('does not have');
  });

  test('S1: a base has what was in force at its index', () => {
    const judge = new ConfigurationJudge();
    expect(() => judge.checkBase('m-1', { index: 10, term: 2, configuration: second })).toThrow('S1: m-1 has the configuration');
    const committed = statusOf({ lastIndex: 11, commitIndex: 11, configuration: second, committedConfiguration: second });
    judge.afterTurn(
      'm-1',
      log([FOUNDING, second], () => 2),
      statusOf(),
      committed,
      11,
    );
    expect(() => judge.checkBase('m-1', { index: 11, term: 2, configuration: FOUNDING })).toThrow(
      'S1: m-1 lacks the configuration',
    );
    expect(() => judge.checkBase('m-1', { index: 11, term: 2, configuration: second })).not.toThrow();
  });

  test('S2: a removed id is no member again', () => {
    const judge = new ConfigurationJudge();
    const turn = (configuration: Configuration, lastIndex: number): void => {
      const now = statusOf({ lastIndex, commitIndex: lastIndex, configuration, committedConfiguration: configuration });
      judge.afterTurn(
        'm-1',
        log([FOUNDING, configuration], () => 2),
        statusOf({ lastIndex }),
        now,
        lastIndex,
      );
    };
    turn(FOUNDING, 10);
    turn(configurationOf(11, [A, B], [C]), 11);
    expect(judge.wasRemoved(C)).toBe(true);
    expect(() => turn(configurationOf(12, [A, B, C], [C]), 12)).toThrow('S2: the removed id');
  });
});

test('S11, S12: who acknowledged what was then committed speaks in no election without it', () => {
  const committed = { leaderCommit: 0, termOfCommitted: (index: number) => (index <= 3 ? 1 : null), termWhenCommitted: () => 2 };
  const judge = new PromiseJudge(committed);
  judge.acknowledged(A, { term: 1, index: 3 }, 2);
  // The leader of term 2 committed it and heard nothing of this one, which may have given it up for another leader's entry.
  judge.acknowledged(B, { term: 1, index: 3 }, 1);
  // Nobody may rest on what was not committed.
  expect(() => judge.speaksInElection(A, coreOf([1]))).not.toThrow();
  committed.leaderCommit = 3;
  expect(() => judge.speaksInElection(A, coreOf([1, 1, 1]))).not.toThrow();
  expect(() => judge.speaksInElection(A, coreOf([1]))).toThrow('without entry 3');
  expect(judge.keeps(A, coreOf([], { firstIndex: 5 }))).toBe(true);
  expect(() => judge.speaksInElection(B, coreOf([1]))).not.toThrow();
});

test('S14: a read of a pipeline never comes before the write that it follows', () => {
  const call = (words: string[], invoked: number, returned: number, text: string | null): RecordedOperation => ({
    client: 1,
    call: { type: 'command', words },
    invoked,
    invokedAtMs: invoked,
    returned,
    returnedAtMs: returned,
    outcome: { type: 'ok', answer: text === null ? { type: 'simple', text: 'OK' } : { type: 'bulk', text } },
  });
  const old = call(['SET', 'k', '1'], 1, 2, null);
  const write = call(['SET', 'k', '2'], 3, 5, null);
  expect(judgeSessions([old, write, call(['GET', 'k'], 4, 6, '2')])).toBeNull();
  expect(judgeSessions([old, write, call(['GET', 'k'], 4, 6, '1')])).toMatch('S14: a read came before');
  // Over another connection, it may.
  expect(judgeSessions([old, write, { ...call(['GET', 'k'], 4, 6, '1'), client: 2 }])).toBeNull();
  // Written while the pipeline was under way.
  expect(judgeSessions([call(['SET', 'k', '1'], 1, 7, null), write, call(['GET', 'k'], 4, 6, '1')])).toBeNull();
});

describe('seats', () => {
  const leading = statusOf({ role: 'leader' });

  test('thesis §6.2: a leader that no majority can have answered steps down', () => {
    const judge = new SeatJudge();
    const seat = {};
    for (let nowMs = 0; nowMs < 20_000; nowMs += 250) judge.look(nowMs, seat, 'm-1', leading, ({ id }) => id === B);
    for (let nowMs = 20_000; nowMs < 24_000; nowMs += 250) judge.look(nowMs, seat, 'm-1', leading, () => false);
    expect(() => judge.look(24_000, seat, 'm-1', leading, () => false)).toThrow('no majority could answer');
  });

  test('S18: a leader that has work and commits nothing goes', () => {
    const judge = new SeatJudge();
    const seat = {};
    const stuck = { ...leading, lastIndex: 11 };
    for (let nowMs = 0; nowMs < 12_000; nowMs += 250) judge.look(nowMs, seat, 'm-1', stuck, () => true);
    judge.pardon(seat);
    for (let nowMs = 12_000; nowMs < 24_000; nowMs += 250) judge.look(nowMs, seat, 'm-1', stuck, () => true);
    expect(() => judge.look(24_000, seat, 'm-1', stuck, () => true)).toThrow('S18: m-1 leads term 2, has work');
  });
});

describe('at rest', () => {
  const memberOf = (id: MemberId, changes: Partial<RestingMember> = {}): RestingMember => ({
    id,
    name: voter(id).name,
    halt: null,
    status: statusOf({ id, role: id === A ? 'leader' : 'follower' }),
    appliedIndex: 10,
    stateHash: 'same',
    openCalls: 0,
    ...changes,
  });
  const whole = [memberOf(A), memberOf(B), memberOf(C)];

  test('all are whole, equal and idle', () => {
    expect(() => checkRest(FOUNDING, 3, whole)).not.toThrow();
  });

  test.each<readonly [string, Partial<RestingMember>]>([
    ['is halted', { halt: 'LogCorrupt' }],
    ['does not serve', { status: null }],
    ['still lacks what a damaged disk lost', { status: statusOf({ healing: true }) }],
    ['has 10 entries, of which 10 are durable, 10 committed and 9 applied', { appliedIndex: 9 }],
    ['has 10 entries, of which 10 are durable, 9 committed', { status: statusOf({ commitIndex: 9 }) }],
    ['ends at entry 9', { status: statusOf({ lastIndex: 9, durableIndex: 9, commitIndex: 9 }), appliedIndex: 9 }],
    ['ends at entry 10 in term 1', { status: statusOf({ term: 1 }) }],
    ['holds another state', { stateHash: 'other' }],
    ['owes 1 answers', { openCalls: 1 }],
  ])('no member %s', (sentence, changes) => {
    expect(() => checkRest(FOUNDING, 3, [memberOf(A), memberOf(B, changes), memberOf(C)])).toThrow(sentence);
  });

  test('the cluster is as large as was asked, with one leader', () => {
    expect(() => checkRest(FOUNDING, 5, whole)).toThrow('5 voters are wanted');
    expect(() => checkRest(FOUNDING, 3, [memberOf(B), memberOf(C)])).toThrow('0 members lead');
  });
});

describe('foundings', () => {
  const record = (epoch: number, ids: readonly MemberId[]): FoundingRecord => ({ epoch, configuration: configurationOf(0, ids) });

  test('S6: a member accepts one founding, and keeps it', () => {
    const judge = new FoundingJudge();
    judge.accepted('m-1', A, record(1, [A, B, C]));
    judge.accepted('m-1', A, record(1, [A, B, C]));
    expect(() => judge.accepted('m-1', A, record(2, [A, B, C]))).toThrow(/^S6: m-1 .* shows another one now/);
    expect(() => judge.accepted('m-1', A, null)).toThrow(/^S6: m-1 .* shows another one now: none/);
    judge.accepted('m-2', B, null);
    expect(() => judge.accepted('m-2', B, record(1, [A, B, C]))).toThrow(/^S6: m-2/);
  });

  test('S6: founders begin from the same list, and are on it', () => {
    const judge = new FoundingJudge();
    judge.accepted('m-1', A, record(1, [A, B, C]));
    expect(() => judge.accepted('m-2', B, record(1, [A, B]))).toThrow('S6: m-1 and m-2 begin from two foundings');
    expect(() => new FoundingJudge().accepted('m-3', C, record(1, [A, B]))).toThrow('that does not list it');
  });

  test('S6: a majority of those listed forms the cluster', () => {
    const judge = new FoundingJudge();
    judge.accepted('m-1', A, record(1, [A, B, C]));
    judge.accepted('m-2', B, null);
    expect(() => judge.formed('m-1', FOUNDING.members)).toThrow('S6: m-1 leads a cluster that 1 of 3 founders accepted');
    judge.accepted('m-3', C, record(1, [A, B, C]));
    expect(() => judge.formed('m-1', FOUNDING.members)).not.toThrow();
  });
});
