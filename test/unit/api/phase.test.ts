import { describe, expect, test } from '@jest/globals';
import { CONDITION_REASONS, CONDITION_TYPES, PHASES } from '../../../src/api/conditions.ts';
import type { ConditionReason, ConditionStatus, ConditionType } from '../../../src/api/conditions.ts';
import { phaseOf } from '../../../src/api/phase.ts';
import type { StorageClusterCondition } from '../../../src/api/storage-cluster-status.ts';

type Brief = readonly [ConditionType, ConditionStatus, ConditionReason];

function conditions(...briefs: readonly Brief[]): StorageClusterCondition[] {
  return briefs.map(([type, status, reason]) => ({
    type,
    status,
    reason,
    message: '',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  }));
}

const ready: Brief = ['Ready', 'True', 'AllMembersReady'];
const notReady: Brief = ['Ready', 'False', 'MembersNotReady'];
const quorum: Brief = ['QuorumAvailable', 'True', 'QuorumConfirmed'];
const stable: Brief = ['Progressing', 'False', 'Stable'];

describe('the phase is derived from the conditions', () => {
  const cases: readonly (readonly [string, string, readonly Brief[]])[] = [
    ['nothing was seen', 'Pending', []],
    ['nothing was seen yet', 'Pending', CONDITION_TYPES.map((type) => [type, 'Unknown', 'NotObserved'] as const)],
    [
      'it is being founded',
      'Founding',
      [
        ['QuorumAvailable', 'False', 'NotFounded'],
        ['Progressing', 'True', 'Founding'],
      ],
    ],
    [
      'it waits to be founded',
      'Pending',
      [
        ['QuorumAvailable', 'False', 'NotFounded'],
        ['Progressing', 'False', 'Blocked'],
      ],
    ],
    ['all is well', 'Ready', [ready, quorum, stable]],
    ['a member is down', 'Degraded', [notReady, quorum, stable]],
    ['all are ready and one is full', 'Degraded', [ready, quorum, stable, ['Degraded', 'True', 'Full']]],
    ['a roll is under way', 'Updating', [notReady, quorum, ['Progressing', 'True', 'Updating']]],
    ['a scale is under way', 'Scaling', [ready, quorum, ['Progressing', 'True', 'ScalingOut']]],
    [
      'the quorum is lost in a roll',
      'Unavailable',
      [notReady, ['QuorumAvailable', 'False', 'QuorumLost'], ['Progressing', 'True', 'Updating']],
    ],
    ['S20: nobody answers, though all was well', 'Unknown', [ready, ['QuorumAvailable', 'Unknown', 'MembersSilent'], stable]],
    ['S20: the quorum is there and readiness is not known', 'Unknown', [['Ready', 'Unknown', 'MembersSilent'], quorum, stable]],
    [
      'it hibernates',
      'Hibernated',
      [
        ['Ready', 'False', 'Hibernated'],
        ['QuorumAvailable', 'False', 'Hibernated'],
      ],
    ],
    ['it is being deleted', 'Deleting', [ready, quorum, ['Progressing', 'True', 'Deleting']]],
  ];
  test.each(cases)('%s: %s', (_situation, phase, briefs) => {
    expect(phaseOf(conditions(...briefs))).toBe(phase);
  });

  test('every reason of progress gives a phase', () => {
    for (const reason of CONDITION_REASONS.Progressing) {
      expect(PHASES).toContain(phaseOf(conditions(notReady, quorum, ['Progressing', 'True', reason])));
    }
  });

  test('reasons are words that Kubernetes takes', () => {
    for (const reason of Object.values(CONDITION_REASONS).flat()) expect(reason).toMatch(/^[A-Z][A-Za-z]*$/);
  });
});
