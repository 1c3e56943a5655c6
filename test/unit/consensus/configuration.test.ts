import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changeConfiguration } from '../../../src/consensus/configuration.ts';
import { MEMBERS_MAX, REMOVALS_MAX } from '../../../src/consensus/core.ts';
import type { ConfigurationChange } from '../../../src/consensus/core.ts';
import { isQuorum, quorumSize, quorumValue } from '../../../src/consensus/quorum.ts';
import { configurationOf, idOf, member } from '../../support/raft-member.ts';

describe('quorums', () => {
  test.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
    [7, 4],
  ])('of %i voters, %i are a majority (trap 22: even sizes too)', (voters, size) => expect(quorumSize(voters)).toBe(size));

  test('the quorum value is the highest that a majority has reached', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 9 }), (values) => {
        const reached = (value: number) => values.filter((each) => each >= value).length >= quorumSize(values.length);
        expect(reached(quorumValue(values))).toBe(true);
        expect(reached(quorumValue(values) + 1)).toBe(false);
      }),
    );
  });

  test('any two majorities of configurations that differ by one voter meet (thesis §4.1)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.nat(255), fc.nat(255), (size, left, right) => {
        const older = configurationOf(Array.from({ length: size }, (_, each) => each));
        const newer = configurationOf(Array.from({ length: size + 1 }, (_, each) => each));
        const inMask = (mask: number) => (id: string) => ((mask >> Number.parseInt(id, 16)) & 1) === 1;
        if (!isQuorum(older, inMask(left)) || !isQuorum(newer, inMask(right))) return;
        expect(newer.members.some(({ id }) => inMask(left)(id) && inMask(right)(id))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('learners are no part of it, and nobody is no quorum', () => {
    expect(isQuorum(configurationOf([1], [2, 3]), (id) => id === idOf(1))).toBe(true);
    expect(isQuorum(configurationOf([]), () => true)).toBe(false);
  });
});

describe('one change of a configuration', () => {
  const before = { ...configurationOf([1, 2], [3], 5), removed: [{ id: idOf(9), index: 4 }] };

  test.each<{ name: string; change: ConfigurationChange; members: ReturnType<typeof member>[] }>([
    {
      name: 'a learner',
      change: { type: 'add-learner', id: idOf(4), name: 'm-4' },
      members: [...before.members, member(4, 'learner')],
    },
    { name: 'a promotion', change: { type: 'promote', id: idOf(3) }, members: [member(1), member(2), member(3)] },
    { name: 'a removal', change: { type: 'remove', id: idOf(2) }, members: [member(1), member(3, 'learner')] },
  ])('$name', ({ change, members }) => {
    expect(changeConfiguration(before, change, 6)).toMatchObject({ ok: true, value: { index: 6, members } });
  });

  test.each<{ reason: string; change: ConfigurationChange }>([
    { reason: 'id-was-removed', change: { type: 'add-learner', id: idOf(9), name: 'm-9' } },
    { reason: 'already-member', change: { type: 'add-learner', id: idOf(1), name: 'other' } },
    { reason: 'name-in-use', change: { type: 'add-learner', id: idOf(8), name: 'm-1' } },
    { reason: 'unknown-member', change: { type: 'promote', id: idOf(8) } },
    { reason: 'already-member', change: { type: 'promote', id: idOf(1) } },
    { reason: 'unknown-member', change: { type: 'remove', id: idOf(8) } },
  ])('$change.type is refused: $reason', ({ change, reason }) => {
    expect(changeConfiguration(before, change, 6)).toEqual({ ok: false, reason });
  });

  test('bounds: so many members, and so many removals remembered', () => {
    const full = configurationOf(Array.from({ length: MEMBERS_MAX }, (_, each) => each));
    const add = { type: 'add-learner', id: idOf(99), name: 'm-99' } as const;
    expect(changeConfiguration(full, add, 1)).toEqual({ ok: false, reason: 'too-many-members' });
    const removed = Array.from({ length: REMOVALS_MAX }, (_, each) => ({ id: idOf(1000 + each), index: each }));
    const after = changeConfiguration({ ...before, removed }, { type: 'remove', id: idOf(2) }, 9999);
    expect(after.ok && [after.value.removed.length, after.value.removed.at(-1)]).toEqual([
      REMOVALS_MAX,
      { id: idOf(2), index: 9999 },
    ]);
  });
});
