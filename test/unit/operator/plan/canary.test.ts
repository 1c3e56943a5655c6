import { describe, expect, test } from '@jest/globals';
import type { StorageClusterSpecInput } from '../../../../src/api/storage-cluster.ts';
import type { MemberObservation, Observation, PodObservation } from '../../../../src/operator/plan/observation.ts';
import { deriveStatus } from '../../../../src/operator/status/derive.ts';
import { timestampOf } from '../../../../src/operator/status/text.ts';
import { NOTHING_DONE } from '../../../../src/operator/status/outcome.ts';
import {
  answered,
  gatesOf,
  healthy,
  leaderOf,
  nameOf,
  nodeStatus,
  NOW_MS,
  planOf,
  podOf,
  SILENT,
  statefulSetOf,
  stepsOf,
  voters,
} from '../../../support/operator-observation.ts';

const SECOND_MS = 1000;

interface TrialOptions {
  /** Seconds since the gate of this trial closed; null: it was never closed. */
  readonly closedFor: number | null;
  readonly pod?: Partial<PodObservation>;
  readonly node?: MemberObservation['node'];
  readonly spec?: StorageClusterSpecInput;
  readonly count?: number;
  readonly others?: (ordinal: number) => Partial<MemberObservation>;
}

/** The highest ordinal runs the new template, the others the one before. */
function trial({ closedFor, pod = {}, node, spec = {}, count = 3, others = () => ({}) }: TrialOptions): Observation {
  const canary = count - 1;
  const observation = healthy(count, spec, (ordinal) =>
    ordinal === canary
      ? { pod: podOf(ordinal, { revision: 'new', ...pod }), node: node ?? answered(nodeStatus(ordinal)) }
      : { pod: podOf(ordinal, { revision: 'old' }), ...others(ordinal) },
  );
  if (closedFor === null) return observation;
  const since = timestampOf(NOW_MS - closedFor * SECOND_MS);
  const blockedBy = [{ gate: 'Canary' as const, member: nameOf(canary), since, message: '', unblock: '' }];
  return { ...observation, cluster: { ...observation.cluster, status: { ...observation.cluster.status, blockedBy } } };
}

const moving = (observation: Observation) =>
  stepsOf(observation).filter((step) => /^(evict|delete|transfer|roll-back)/.test(step));
const readyFor = (seconds: number) => ({ readySinceMs: NOW_MS - seconds * SECOND_MS });
const broken = { ready: false, readySinceMs: null, problem: { kind: 'crashing', message: 'exit 1' } } as const;
const unready = { ready: false, readySinceMs: null, notReadySinceMs: NOW_MS - 700 * SECOND_MS } as const;

describe('the first follower of a roll is a trial', () => {
  test('nobody follows before it has been ready and caught up for a while', () => {
    const young = trial({ closedFor: null, pod: readyFor(9) });
    expect(moving(young)).toEqual([]);
    expect(planOf(young)).toMatchObject({ activity: { reason: 'Updating' }, blockedBy: [{ gate: 'Canary', member: nameOf(2) }] });
    expect(moving(trial({ closedFor: 20, pod: readyFor(10) }))).toEqual([`evict-pod ${nameOf(1)} pod-1`]);
    expect(moving(trial({ closedFor: 20, pod: readyFor(10), spec: { update: { canary: { steadySeconds: 60 } } } }))).toEqual([]);
    const behind = { ...trial({ closedFor: 20, pod: readyFor(60) }), leader: leaderOf({ members: voters(3), behind: [2] }) };
    expect(moving(behind)).toEqual([]);
    expect(gatesOf(behind)).toEqual([`CaughtUp ${nameOf(2)}`, `Canary ${nameOf(2)}`]);
  });

  test('its gate stays closed from the first look to the proof, so that its time runs', () => {
    const observation = trial({ closedFor: 300, pod: unready });
    const { blockedBy } = deriveStatus(observation, planOf(observation), NOTHING_DONE, NOW_MS);
    expect(blockedBy?.find(({ gate }) => gate === 'Canary')?.since).toBe(timestampOf(NOW_MS - 300 * SECOND_MS));
  });

  test('a second updated member proves nothing more, and one member has no follower to try with', () => {
    const two = healthy(3, {}, (ordinal) => ({
      pod: podOf(ordinal, { revision: ordinal === 0 ? 'old' : 'new', ...readyFor(0) }),
    }));
    expect(gatesOf(two)).toEqual([]);
    expect(gatesOf(trial({ closedFor: 700, count: 1, pod: unready }))).not.toContain(`Canary ${nameOf(0)}`);
  });
});

describe('the way back', () => {
  test.each<[string, Partial<TrialOptions>, string]>([
    ['it crashes', { pod: broken, node: SILENT }, 'crashing: exit 1'],
    ['it is not ready', { pod: unready }, 'it is not ready'],
    ['it is silent', { pod: unready, node: SILENT }, 'it does not answer'],
    [
      'it cannot read the format (S16)',
      {
        pod: unready,
        node: answered(
          nodeStatus(2, { state: 'halted', halt: { reason: 'UnknownFormat', message: 'level 2', wantsReplacement: false } }),
        ),
      },
      'halted: UnknownFormat',
    ],
  ])('%s when its time is up: the template before, whatever spec says, with the reason', (_name, changes, reason) => {
    const observation = trial({ closedFor: 600, ...changes });
    expect(stepsOf(observation)).toEqual(['roll-back old @2']);
    expect(planOf(observation).steps[0]).toMatchObject({ rolledBack: { generation: 2, member: nameOf(2), reason } });
    expect(planOf(observation).events).toMatchObject([{ type: 'Warning', reason: 'RolledBack' }]);
    expect(moving(trial({ closedFor: 599, ...changes }))).toEqual([]);
  });

  test('it is ready, and never catches up', () => {
    const observation = {
      ...trial({ closedFor: 600, pod: readyFor(500) }),
      leader: leaderOf({ members: voters(3), behind: [2] }),
    };
    expect(moving(observation)).toEqual(['roll-back old @2']);
  });

  test('a pod of its own begins a trial of its own: its time runs from its creation', () => {
    const observation = trial({ closedFor: 700, pod: { ...unready, createdAtMs: NOW_MS - 100 * SECOND_MS } });
    expect(moving(observation)).toEqual([]);
  });

  test('a moment of weakness after the proof begins a trial of its own', () => {
    expect(moving(trial({ closedFor: null, pod: unready }))).toEqual([]);
    expect(gatesOf(trial({ closedFor: null, pod: unready }))).toContain(`Canary ${nameOf(2)}`);
  });

  test('trouble of the whole cluster is no verdict on an update, unless the trial itself is broken', () => {
    const alsoDown = (ordinal: number) =>
      ordinal === 1 ? { node: SILENT, pod: podOf(1, { revision: 'old', ready: false }) } : {};
    expect(moving(trial({ closedFor: 700, pod: unready, others: alsoDown }))).toEqual([]);
    expect(moving({ ...trial({ closedFor: 700, pod: unready }), leader: null })).toEqual([]);
    const brokenToo = { ...trial({ closedFor: 700, pod: broken, node: SILENT, others: alsoDown }), leader: null };
    expect(moving(brokenToo)).toEqual(['roll-back old @2']);
  });

  test('S15: diverged state is evidence: the update stops, nothing is taken back', () => {
    const halt = { reason: 'StateDiverged' as const, message: 'hash', wantsReplacement: false };
    const observation = trial({ closedFor: 700, pod: unready, node: answered(nodeStatus(2, { state: 'halted', halt })) });
    expect(moving(observation)).toEqual([]);
    expect(gatesOf(observation)).toEqual(expect.arrayContaining([`StateHash ${nameOf(2)}`, `Canary ${nameOf(2)}`]));
  });

  test.each<[string, Partial<TrialOptions>]>([
    ['by OnDelete, whose pods a person deletes', { spec: { update: { strategy: 'OnDelete' } } }],
    ['by Paused', { spec: { update: { strategy: 'Paused' } } }],
    ['in maintenance', { pod: { ...unready, maintenance: 'hands-off' } }],
  ])('not %s', (_name, changes) => {
    expect(moving(trial({ closedFor: 700, pod: unready, ...changes }))).toEqual([]);
  });
});

describe('taken back', () => {
  const rolledBack = { generation: 2, member: nameOf(2), reason: 'crashing: exit 1' };
  const back = (pod: Partial<PodObservation>, node: MemberObservation['node']): Observation => ({
    ...healthy(3, {}, (ordinal) =>
      ordinal === 2 ? { pod: podOf(2, { revision: 'bad', ...pod }), node } : { pod: podOf(ordinal, { revision: 'old' }) },
    ),
    statefulSet: statefulSetOf(3, { updateRevision: 'old', rolledBack }),
  });

  test('the member follows: broken by deletion, else by eviction', () => {
    expect(moving(back(broken, SILENT))).toEqual([`delete-broken-pod ${nameOf(2)} pod-2`]);
    expect(moving(back({ ready: false }, answered(nodeStatus(2))))).toEqual([`evict-pod ${nameOf(2)} pod-2`]);
  });

  test('then all is quiet, and the condition says what happened and what tries again', () => {
    const observation = back({ revision: 'old' }, answered(nodeStatus(2)));
    expect(planOf(observation)).toMatchObject({ steps: [], activity: null, blockedBy: [{ gate: 'RolledBack', member: null }] });
    const status = deriveStatus(observation, planOf(observation), NOTHING_DONE, NOW_MS);
    expect(status.conditions?.find(({ type }) => type === 'Updated')).toMatchObject({
      status: 'False',
      reason: 'RolledBack',
      message: expect.stringMatching(/Generation 2 .*exit 1.*every change of it tries again/),
    });
    expect(status.conditions?.find(({ type }) => type === 'Ready')?.status).toBe('True');
  });
});
