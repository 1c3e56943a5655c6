import { describe, expect, test } from '@jest/globals';
import type { MemberObservation, Observation } from '../../../../src/operator/plan/observation.ts';
import {
  answered,
  clusterOf,
  formedStatus,
  gatesOf,
  healthy,
  idOf,
  leaderOf,
  learner,
  membersUpTo,
  nameOf,
  nodeStatus,
  planOf,
  podOf,
  SILENT,
  stepsOf,
  voters,
} from '../../../support/operator-observation.ts';

const annotated = (observation: Observation, annotations: Record<string, string>): Observation => ({
  ...observation,
  cluster: { ...observation.cluster, metadata: { ...observation.cluster.metadata, annotations } },
});
const kept = (ordinal: number, mode?: string) => ({
  'quorate.io/maintenance': mode === undefined ? nameOf(ordinal) : `${nameOf(ordinal)}=${mode}`,
});
const outdated = healthy(3, {}, (ordinal) => ({ pod: podOf(ordinal, { revision: 'old' }) }));
const disruptive = (observation: Observation) =>
  stepsOf(observation).filter((step) => /^(evict|delete|transfer|remove)/.test(step));

describe('hands-off', () => {
  test('its pod is not updated; the others are, and a gate names it when only it is left', () => {
    const first = annotated(outdated, kept(2));
    expect(disruptive(first)).toEqual([`evict-pod ${nameOf(1)} pod-1`]);
    const last = annotated(
      healthy(3, {}, (ordinal) => ({ pod: podOf(ordinal, { revision: ordinal === 2 ? 'old' : 'new' }) })),
      kept(2),
    );
    expect(planOf(last)).toMatchObject({ steps: [], activity: null, blockedBy: [{ gate: 'Maintenance', member: nameOf(2) }] });
  });

  test('a leader that is kept is neither updated nor asked to step aside', () => {
    const last = annotated(
      healthy(3, {}, (ordinal) => ({ pod: podOf(ordinal, { revision: ordinal === 0 ? 'old' : 'new' }) })),
      kept(0),
    );
    expect(disruptive(last)).toEqual([]);
    expect(gatesOf(last)).toEqual([`Maintenance ${nameOf(0)}`]);
  });

  test.each<[string, Observation, number]>([
    [
      'a broken pod is not deleted',
      healthy(3, {}, (ordinal) =>
        ordinal === 2
          ? { pod: podOf(2, { revision: 'old', ready: false, problem: { kind: 'crashing', message: 'exit 1' } }), node: SILENT }
          : {},
      ),
      2,
    ],
    ['it is not scaled in', { ...healthy(5), cluster: clusterOf({ replicas: 3 }, formedStatus(voters(5))) }, 4],
    [
      'a learner is not promoted',
      {
        ...healthy(3),
        members: membersUpTo(3, (ordinal): Partial<MemberObservation> =>
          ordinal === 2 ? { pod: podOf(2, { ready: false, role: 'learner' }) } : {},
        ),
        cluster: clusterOf({}, formedStatus([...voters(2), learner(2)])),
        leader: leaderOf({ members: [...voters(2), learner(2)] }),
      },
      2,
    ],
    [
      'it is not replaced though it asks for it',
      healthy(3, {}, (ordinal) =>
        ordinal === 1
          ? {
              node: answered(
                nodeStatus(1, { state: 'halted', halt: { reason: 'LogCorrupt', message: 'damage', wantsReplacement: true } }),
              ),
            }
          : {},
      ),
      1,
    ],
  ])('%s', (_name, observation, ordinal) => {
    expect(stepsOf(observation).filter((step) => !step.startsWith('label-pod'))).not.toEqual([]);
    const left = annotated(observation, kept(ordinal));
    expect(stepsOf(left).filter((step) => !step.startsWith('label-pod'))).toEqual([]);
    expect(gatesOf(left)).toContain(`Maintenance ${nameOf(ordinal)}`);
  });
});

describe('no-leadership', () => {
  test('a leader hands over, and nobody hands over to it', () => {
    expect(disruptive(annotated(healthy(3), kept(0, 'no-leadership')))).toEqual([
      `transfer-leadership ${nameOf(0)} to ${nameOf(1)}`,
    ]);
    const both = { 'quorate.io/maintenance': `${nameOf(0)}=no-leadership, ${nameOf(1)}=no-leadership` };
    expect(disruptive(annotated(healthy(3), both))).toEqual([`transfer-leadership ${nameOf(0)} to ${nameOf(2)}`]);
    expect(disruptive(annotated(healthy(3), kept(1, 'no-leadership')))).toEqual([]);
  });

  test('not while nobody else could lead; a gate says so', () => {
    const alone = { ...healthy(3), leader: leaderOf({ members: voters(3), behind: [1, 2] }) };
    expect(disruptive(annotated(alone, kept(0, 'no-leadership')))).toEqual([]);
    expect(gatesOf(annotated(alone, kept(0, 'no-leadership')))).toContain(`LeadershipTransfer ${nameOf(0)}`);
  });

  test('its pod is updated like any other', () => {
    expect(disruptive(annotated(outdated, kept(2, 'no-leadership')))).toEqual([`evict-pod ${nameOf(2)} pod-2`]);
  });
});

test('a pod speaks for itself, and wins over the resource', () => {
  const onPod = (maintenance: string) => healthy(3, {}, (ordinal) => (ordinal === 0 ? { pod: podOf(0, { maintenance }) } : {}));
  expect(disruptive(onPod('no-leadership'))).toEqual([`transfer-leadership ${nameOf(0)} to ${nameOf(1)}`]);
  expect(disruptive(annotated(onPod('false'), kept(0, 'no-leadership')))).toEqual([]);
  // A word that nobody knows keeps hands off: whoever wrote it wanted less to happen.
  expect(disruptive(annotated(onPod('true'), { 'quorate.io/replace': idOf(0) }))).toEqual([]);
});

describe('spec.paused', () => {
  const paused = (observation: Observation): Observation => ({
    ...observation,
    cluster: { ...observation.cluster, spec: { ...observation.cluster.spec, paused: true } },
  });

  test.each<[string, Observation]>([
    ['a roll', outdated],
    ['a scale', { ...healthy(5), cluster: clusterOf({ replicas: 3 }, formedStatus(voters(5))) }],
    ['hibernation', healthy(3, { hibernate: true })],
    ['growth', healthy(3, { storage: { size: '20Gi' } })],
    ['a missing StatefulSet', { ...healthy(3), statefulSet: null, leader: null }],
    ['a cluster that is not formed', { ...healthy(3), cluster: clusterOf(), leader: null, statefulSet: null }],
  ])('%s waits, and the gate says for what', (_name, observation) => {
    expect(stepsOf(observation)).not.toEqual([]);
    expect(planOf(paused(observation))).toMatchObject({ steps: [], activity: null, blockedBy: [{ gate: 'Paused' }] });
  });

  test('S21: the label of the leader still follows the leader', () => {
    const moved = { ...healthy(3), leader: leaderOf({ ordinal: 1, members: voters(3) }) };
    expect(stepsOf(paused(moved))).toEqual([`label-pod ${nameOf(0)} follower`, `label-pod ${nameOf(1)} leader`]);
  });
});
