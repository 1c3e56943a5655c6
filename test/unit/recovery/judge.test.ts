import { describe, expect, test } from '@jest/globals';
import type { Configuration, LogPosition } from '../../../src/consensus/core.ts';
import { present } from '../../../src/shared/assert.ts';
import { FIRST_GENERATION, parseClusterId } from '../../../src/shared/ids.ts';
import type { FolderReport, LogFacts, MemberFolder } from '../../../src/recovery/folder-report.ts';
import { judge } from '../../../src/recovery/judge.ts';
import type { Verdict } from '../../../src/recovery/judge.ts';
import { verdictText } from '../../../src/recovery/report-text.ts';
import { memberId } from '../wal/member.ts';

const CLUSTER = present(parseClusterId('orders'), 'a cluster id');

function configurationOf(count: number, learners: readonly number[] = []): Configuration {
  const members = Array.from({ length: count }, (_, at) => ({
    id: memberId(at + 1),
    name: `orders-${at}`,
    role: learners.includes(at + 1) ? ('learner' as const) : ('voter' as const),
  }));
  return { index: 5, members, removed: [] };
}

const THREE = configurationOf(3);

interface Given extends Partial<Omit<MemberFolder, 'type' | 'log'>> {
  readonly facts?: Partial<LogFacts>;
  readonly damage?: string;
  /** What is whole before the damage. */
  readonly salvaged?: LogPosition;
}

function folder(digit: number, last: LogPosition, { facts, damage, salvaged, ...given }: Given = {}): MemberFolder {
  const whole: LogFacts = {
    hardState: { term: last.term, vote: null },
    last,
    syncedIndex: last.index,
    snapshotIndex: null,
    committedAtLeast: 5,
    tornBytes: 0,
    configuration: THREE,
    knownIds: [1, 2, 3].map(memberId),
    peerMemory: [],
    ...facts,
  };
  return {
    type: 'member',
    path: `/data/${digit}`,
    memberId: memberId(digit),
    name: `orders-${digit - 1}`,
    clusterId: CLUSTER,
    generation: FIRST_GENERATION,
    formerIds: [],
    fenced: null,
    lostThroughTerm: null,
    damagedSnapshots: [],
    log:
      damage === undefined
        ? { type: 'whole', facts: whole }
        : { type: 'damaged', message: damage, salvaged: salvaged ? { ...whole, last: salvaged } : null },
    ...given,
  };
}

function at(term: number, index: number): LogPosition {
  return { term, index };
}

function verdictOf(...reports: readonly FolderReport[]): Verdict {
  const verdict = judge(reports, { acceptsDamage: false });
  expect(verdict).toMatchObject({ ok: true });
  return present(verdict.ok ? verdict.value : null, 'just seen');
}

const five = { facts: { configuration: configurationOf(5), knownIds: [1, 2, 3, 4, 5].map(memberId) } };

describe('§5.4.1: the most up-to-date log is the best', () => {
  test.each([
    ['a longer log of the same term', [folder(1, at(3, 40), five), folder(2, at(3, 41), five)], 2],
    ['a shorter log of a later term', [folder(1, at(3, 90), five), folder(2, at(4, 12), five)], 2],
    ['the first that is named, of equals', [folder(2, at(3, 40), five), folder(1, at(3, 40), five)], 2],
    [
      'a damaged one is never the best, whatever it may have held',
      [folder(1, at(9, 99), { damage: 'rot' }), folder(2, at(3, 4))],
      2,
    ],
    [
      'one of an older generation is never the best',
      [folder(1, at(9, 99)), folder(2, at(3, 4), { generation: { number: 2, id: 'a'.repeat(16) } })],
      2,
    ],
    [
      'one that its own configuration does not name is never the best',
      [folder(4, at(9, 99), { name: null }), folder(2, at(3, 4))],
      2,
    ],
    [
      'one that is fenced is, if it has the most: it gets a new id',
      [folder(1, at(9, 99), { fenced: 'LogCorrupt: …' }), folder(2, at(3, 4))],
      1,
    ],
  ])('%s', (_what, reports, best) => {
    const verdict = verdictOf(...reports);
    expect(verdict.best.folder.memberId).toBe(memberId(best));
    expect(verdict.ranking.length + verdict.excluded.length).toBe(reports.length);
  });
});

describe('what does not belong together, or needs no recovery, is refused', () => {
  test.each<[string, readonly FolderReport[], RegExp]>([
    ['no member at all', [{ type: 'unusable', path: '/data/1', message: 'empty' }], /none of these folders/],
    ['only a damaged one', [folder(1, at(1, 1), { damage: 'rot' })], /none of these folders/],
    [
      'folders of two clusters',
      [folder(1, at(3, 4)), folder(2, at(3, 4), { clusterId: present(parseClusterId('payments'), 'an id') })],
      /different clusters: \/data\/1 of orders, \/data\/2 of payments/,
    ],
    ['two copies of one member', [folder(1, at(3, 4)), folder(1, at(3, 5))], /both of member 1{16}/],
    [
      'two recoveries that made the same generation',
      [
        folder(1, at(3, 4), { generation: { number: 2, id: 'a'.repeat(16) } }),
        folder(2, at(3, 4), { generation: { number: 2, id: 'b'.repeat(16) } }),
      ],
      /two recoveries that both made generation 2/,
    ],
    [
      'two of three that could be started',
      [folder(1, at(3, 4)), folder(2, at(3, 4))],
      /orders-\d, orders-\d are a quorum of the 3/,
    ],
    [
      'the only member',
      [folder(1, at(3, 4), { facts: { configuration: configurationOf(1) } })],
      /orders-0 is a quorum of the 1 voters\. Start it/,
    ],
    [
      'the only voter beside a lost learner',
      [folder(1, at(3, 4), { facts: { configuration: configurationOf(2, [2]) } })],
      /quorum is not lost/,
    ],
  ])('%s', (_what, reports, message) => {
    const verdict = judge(reports, { acceptsDamage: false });
    expect(verdict.ok ? '' : verdict.reason.message).toMatch(message);
  });

  test('a quorum of which one is damaged or fenced is no quorum', () => {
    expect(verdictOf(folder(1, at(3, 4)), folder(2, at(3, 4), { damage: 'rot' })).best.folder.memberId).toBe(memberId(1));
    expect(verdictOf(folder(1, at(3, 4)), folder(2, at(3, 4), { fenced: 'DiskOfThePast: …' })).loss.type).toBe('unknown');
  });
});

describe('S11: a damaged log counts as far as it is whole, and only when a person accepts that', () => {
  const damaged = folder(1, at(9, 99), { damage: 'rot', salvaged: at(3, 30) });

  test('without, the reason says how far it is whole and what to add', () => {
    const verdict = judge([damaged], { acceptsDamage: false });
    expect(verdict).toMatchObject({
      ok: false,
      reason: {
        excluded: [{ path: '/data/1', reason: expect.stringMatching(/rot; .* through index 30, counts with --accept-damage/) }],
      },
    });
  });

  test('with, it is ranked by its whole part, and counts among the missing', () => {
    const verdict = judge([damaged, folder(2, at(3, 4))], { acceptsDamage: true });
    expect(verdict).toMatchObject({ ok: true, value: { best: { folder: { path: '/data/1' } }, loss: { type: 'unknown' } } });
    expect(verdict.ok && verdictText(verdict.value)).toContain(
      'orders-0 may lack entries that it acknowledged itself: its log is damaged: rot.',
    );
  });

  test('nothing whole is nothing to go on from, accepted or not', () => {
    expect(judge([folder(1, at(9, 99), { damage: 'rot' })], { acceptsDamage: true }).ok).toBe(false);
  });

  test('a member that is being healed is no part of a quorum that could be started', () => {
    const healing = folder(2, at(3, 9), { lostThroughTerm: 3 });
    expect(judge([folder(1, at(3, 4)), healing], { acceptsDamage: false })).toMatchObject({
      ok: true,
      value: { best: { folder: { path: '/data/2' } }, loss: { type: 'unknown' } },
    });
  });
});

describe('what is lost is said, and unknown is said as unknown', () => {
  const two = { facts: { configuration: configurationOf(2), knownIds: [1, 2].map(memberId) } };
  const four = { facts: { configuration: configurationOf(4), knownIds: [1, 2, 3, 4].map(memberId) } };
  test.each<[string, readonly FolderReport[], Verdict['loss']['type'], number]>([
    ['1 of 3: the two others may have acknowledged alone', [folder(1, at(3, 4))], 'unknown', 2],
    ['2 of 5: so may three', [folder(1, at(3, 4), five), folder(2, at(3, 4), five)], 'unknown', 3],
    ['1 of 2: one alone is no quorum', [folder(1, at(3, 4), two)], 'none-under-this-configuration', 1],
    ['2 of 4: two are none', [folder(1, at(3, 4), four), folder(2, at(3, 9), four)], 'none-under-this-configuration', 2],
    ['1 of 4: three are one', [folder(1, at(3, 4), four)], 'unknown', 3],
    [
      '1 of 2, fenced: it does not know what it acknowledged',
      [folder(1, at(3, 4), { ...two, fenced: 'DiskOfThePast' })],
      'unknown',
      1,
    ],
    [
      'a learner alone, of 1 voter and 1 learner',
      [folder(2, at(3, 4), { facts: { configuration: configurationOf(2, [2]) } })],
      'unknown',
      1,
    ],
  ])('%s', (_what, reports, loss, missing) => {
    const verdict = verdictOf(...reports);
    expect(verdict.loss.type).toBe(loss);
    expect(verdict.missingVoters).toHaveLength(missing);
    expect(verdictText(verdict)).toContain(loss === 'unknown' ? 'is unknown' : 'Lost: nothing, if');
  });

  test('what a member remembers that another acknowledged, and no folder holds, is lost for certain', () => {
    const remembered = { id: memberId(2), term: 4, position: at(4, 77) };
    const old = { id: memberId(3), term: 4, position: at(3, 30) };
    const verdict = verdictOf(folder(1, at(3, 40), { facts: { peerMemory: [remembered, old] } }));
    expect(verdict.beyond).toEqual([{ id: memberId(2), name: 'orders-1', position: at(4, 77) }]);
    expect(verdictText(verdict)).toContain('Lost for certain: orders-1 acknowledged entries through index 77 of term 4');
  });

  test('what may never have been acknowledged and is kept is named', () => {
    expect(verdictOf(folder(1, at(3, 40))).keptUncertain).toEqual({ from: 6, to: 40 });
    expect(verdictOf(folder(1, at(3, 40), { facts: { committedAtLeast: 40 } })).keptUncertain).toBeNull();
  });
});

test('S5: everybody whom any folder knows is dropped, the best under its old id included', () => {
  const verdict = verdictOf(
    folder(1, at(3, 40), five),
    folder(7, at(2, 3), { facts: { configuration: THREE, knownIds: [memberId(7), memberId(8)] } }),
  );
  expect([...verdict.dropped].sort()).toEqual([1, 2, 3, 4, 5, 7, 8].map(memberId));
});
