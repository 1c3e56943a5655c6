import { describe, expect, test } from '@jest/globals';
import type { ClaimObservation, Observation } from '../../../../src/operator/plan/observation.ts';
import {
  claimOf,
  clusterOf,
  gatesOf,
  healthy,
  membersUpTo,
  nameOf,
  planOf,
  podOf,
  SILENT,
  statefulSetOf,
  stepsOf,
} from '../../../support/operator-observation.ts';

const growing = (changes: Partial<ClaimObservation> = {}): Observation =>
  healthy(3, { storage: { size: '20Gi' } }, (ordinal) => ({ claim: claimOf(ordinal, { growable: true, ...changes }) }));
const grown = { requested: '20Gi', capacity: '20Gi' };
const allGrow = [0, 1, 2].map((ordinal) => `grow-claim data-${nameOf(ordinal)} 20Gi`);

describe('volumes grow', () => {
  test('each claim is patched, before anything else, and the StatefulSet is made anew around its pods', () => {
    expect(stepsOf(growing())).toEqual([...allGrow, 'recreate-stateful-set set']);
  });

  test('whatever the health of members: all silent and no leader', () => {
    const observation: Observation = {
      ...growing(),
      leader: null,
      members: membersUpTo(3, (ordinal) => ({
        pod: podOf(ordinal, { ready: false }),
        node: SILENT,
        claim: claimOf(ordinal, { growable: true }),
      })),
    };
    expect(stepsOf(observation)).toEqual([...allGrow, 'recreate-stateful-set set']);
    expect(stepsOf({ ...observation, cluster: clusterOf({ storage: { size: '20Gi' } }) })).toEqual(
      expect.arrayContaining([...allGrow, 'recreate-stateful-set set']),
    );
  });

  test('hibernated as well: claims and template, and no pod comes by it', () => {
    const asleep: Observation = {
      ...healthy(3, { storage: { size: '20Gi' }, hibernate: true }, (ordinal) => ({
        pod: null,
        node: { kind: 'absent' },
        claim: claimOf(ordinal, { growable: true }),
      })),
      statefulSet: statefulSetOf(0),
      leader: null,
    };
    expect(stepsOf(asleep)).toEqual([...allGrow, 'recreate-stateful-set set']);
    expect(stepsOf({ ...asleep, statefulSet: null })).toEqual([...allGrow, 'apply-stateful-set none->0']);
  });

  test('a class that does not allow it: no call that would be refused, and the gate names it', () => {
    const observation = growing({ growable: false });
    expect(stepsOf(observation)).toEqual(['recreate-stateful-set set']);
    expect(planOf(observation).blockedBy).toMatchObject([
      {
        gate: 'VolumeExpansion',
        member: null,
        message: expect.stringContaining('StorageClass fast'),
        unblock: expect.stringContaining('quorate.io/replace'),
      },
    ]);
  });

  test('no class to ask: the API server is asked itself', () => {
    expect(stepsOf(growing({ growable: null, storageClassName: null }))).toEqual([...allGrow, 'recreate-stateful-set set']);
  });

  test('while the driver is on it, a gate says so; nothing is patched again', () => {
    const observation = { ...growing({ ...grown, capacity: '10Gi' }), statefulSet: statefulSetOf(3, { claimSize: '20Gi' }) };
    expect(stepsOf(observation)).toEqual([]);
    expect(gatesOf(observation)).toEqual([0, 1, 2].map((ordinal) => `VolumeResize ${nameOf(ordinal)}`));
    const done = { ...growing(grown), statefulSet: statefulSetOf(3, { claimSize: '20480Mi' }) };
    expect(planOf(done)).toMatchObject({ steps: [], blockedBy: [] });
  });

  test.each<[string, Partial<ClaimObservation>]>([
    ['of another cluster (S5)', { clusterId: 'other' }],
    ['that goes', { terminating: true }],
    ['that waits for its volume', { volumeName: null, capacity: null }],
  ])('a claim %s is left alone', (_name, changes) => {
    expect(stepsOf(growing(changes)).filter((step) => step.startsWith('grow'))).toEqual([]);
  });
});

describe('the StatefulSet that is made anew', () => {
  test('is not touched while it differs otherwise, or is smaller than asked for: one thing at a time', () => {
    const differs = { ...growing(grown), statefulSet: statefulSetOf(3, { state: 'differs', updateRevision: null }) };
    expect(stepsOf(differs)).toEqual(['apply-stateful-set 3->3']);
    const lowered = { ...growing(grown), statefulSet: statefulSetOf(0), leader: null };
    expect(stepsOf(lowered)).toEqual(['apply-stateful-set 0->3']);
    expect(stepsOf({ ...growing(grown), statefulSet: statefulSetOf(3, { state: 'leaving' }) })).toEqual([]);
  });

  test('S7: comes back with every pod that was left in place, and no fewer than the configuration lists', () => {
    const orphans = (count: number): Observation => ({
      ...growing(grown),
      statefulSet: null,
      members: membersUpTo(count, (ordinal) => ({
        pod: podOf(ordinal, { orphaned: true }),
        claim: claimOf(ordinal, { ...grown, growable: true }),
      })),
    });
    expect(stepsOf(orphans(4))[0]).toBe('apply-stateful-set none->4');
    expect(stepsOf(orphans(2))[0]).toBe('apply-stateful-set none->3');
  });

  test('takes over no pods that another StatefulSet of this name still owns', () => {
    const members = membersUpTo(5, (ordinal) => ({ claim: claimOf(ordinal, grown) }));
    const observation: Observation = { ...growing(grown), statefulSet: null, members };
    expect(stepsOf(observation)[0]).toBe('apply-stateful-set none->3');
  });
});
