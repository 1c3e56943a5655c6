import { describe, expect, test } from '@jest/globals';
import type { StorageClusterSpecInput } from '../../../../src/api/storage-cluster.ts';
import type { MemberObservation, Observation, PodObservation } from '../../../../src/operator/plan/observation.ts';
import {
  answered,
  clusterOf,
  formedStatus,
  gatesOf,
  healthy,
  leaderOf,
  memberOf,
  membersUpTo,
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

interface Rolling {
  readonly outdated: readonly number[];
  readonly pods?: Readonly<Partial<Record<number, Partial<PodObservation>>>>;
  readonly nodes?: Readonly<Partial<Record<number, MemberObservation['node']>>>;
  readonly spec?: StorageClusterSpecInput;
  readonly count?: number;
}

function rolling({ outdated, pods = {}, nodes = {}, spec = {}, count = 3 }: Rolling): Observation {
  return healthy(count, spec, (ordinal) => ({
    pod: podOf(ordinal, { revision: outdated.includes(ordinal) ? 'old' : 'new', ...pods[ordinal] }),
    node: nodes[ordinal] ?? answered(nodeStatus(ordinal)),
  }));
}

describe('S8: the roll', () => {
  test('followers before the leader, the highest ordinal first, one at a time, by the UID of the pod', () => {
    expect(stepsOf(rolling({ outdated: [0, 1, 2] }))).toEqual([`evict-pod ${nameOf(2)} pod-2`]);
    expect(stepsOf(rolling({ outdated: [0, 1] }))).toEqual([`evict-pod ${nameOf(1)} pod-1`]);
  });

  test('the leader hands over to an updated member before its pod goes', () => {
    expect(stepsOf(rolling({ outdated: [0] }))).toEqual([`transfer-leadership ${nameOf(0)} to ${nameOf(1)}`]);
    const handedOver = {
      ...rolling({ outdated: [0], pods: { 0: { role: 'follower' }, 1: { role: 'leader' } } }),
      leader: leaderOf({ ordinal: 1, members: voters(3) }),
    };
    expect(stepsOf(handedOver)).toEqual([`evict-pod ${nameOf(0)} pod-0`]);
  });

  test('one member: allowed, and the outage is announced', () => {
    const only = rolling({ outdated: [0], count: 1 });
    expect(stepsOf(only)).toEqual([`evict-pod ${nameOf(0)} pod-0`]);
    expect(planOf(only).events).toMatchObject([{ type: 'Warning', reason: 'OutageAnnounced' }]);
  });

  test.each<[string, Partial<Rolling>, string]>([
    ['is not ready', { pods: { 2: { ready: false } } }, `CaughtUp ${nameOf(2)}`],
    ['is terminating', { pods: { 2: { terminating: true } } }, `CaughtUp ${nameOf(2)}`],
    ['is silent', { nodes: { 2: SILENT } }, `CaughtUp ${nameOf(2)}`],
    [
      'does not start',
      { pods: { 2: { ready: false, problem: { kind: 'crashing', message: 'exit 1' } } }, nodes: { 2: SILENT } },
      `PodStart ${nameOf(2)}`,
    ],
    [
      'cannot read the format (S16)',
      {
        nodes: {
          2: answered(
            nodeStatus(2, { state: 'halted', halt: { reason: 'UnknownFormat', message: 'level 2', wantsReplacement: false } }),
          ),
        },
      },
      `FeatureLevel ${nameOf(2)}`,
    ],
    [
      'diverged (S15)',
      {
        nodes: {
          2: answered(
            nodeStatus(2, { state: 'halted', halt: { reason: 'StateDiverged', message: 'hash', wantsReplacement: false } }),
          ),
        },
      },
      `StateHash ${nameOf(2)}`,
    ],
    [
      'says that no majority agrees on the state (S15)',
      { nodes: { 2: answered(nodeStatus(2, { divergence: 'at entry 256' })) } },
      `StateHash ${nameOf(2)}`,
    ],
    [
      'heals a damaged log (S11)',
      { nodes: { 2: answered(nodeStatus(2, { healing: 'the log was damaged' })) } },
      `CaughtUp ${nameOf(2)}`,
    ],
  ])('waits while the updated member before %s', (_name, changes, gate) => {
    const observation = rolling({ outdated: [0, 1], ...changes });
    expect(stepsOf(observation).filter((step) => /evict|delete|transfer/.test(step))).toEqual([]);
    expect(gatesOf(observation)).toContain(gate);
  });

  test('waits until the one before is caught up by the leader', () => {
    const observation = { ...rolling({ outdated: [0, 1] }), leader: leaderOf({ members: voters(3), behind: [2] }) };
    expect(stepsOf(observation)).toEqual([]);
    expect(gatesOf(observation)).toEqual([`CaughtUp ${nameOf(2)}`, `Canary ${nameOf(2)}`]);
  });

  test('the margin counts without the victim: of five, three others must be caught up', () => {
    const outdated = [0, 1, 2, 3, 4];
    const silent = { 3: SILENT, 4: SILENT };
    expect(stepsOf(rolling({ outdated, count: 5, nodes: silent }))).toEqual([`evict-pod ${nameOf(4)} pod-4`]);
    const three = rolling({ outdated, count: 5, nodes: { 2: SILENT, ...silent } });
    expect(stepsOf(three)).toEqual([]);
    expect(gatesOf(three)).toEqual([`QuorumMargin ${nameOf(4)}`]);
  });

  test('unknown forbids disruption: nobody confirmed that it leads', () => {
    const observation = { ...rolling({ outdated: [0, 1, 2] }), leader: null };
    expect(stepsOf(observation)).toEqual([]);
    expect(gatesOf(observation)).toEqual(['ConfirmedLeader']);
  });

  test('unknown forbids disruption: Kubernetes has not caught up with the spec', () => {
    const observation = rolling({ outdated: [0, 1, 2] });
    expect(stepsOf({ ...observation, statefulSet: statefulSetOf(3, { updateRevision: null }) })).toEqual([]);
    expect(stepsOf({ ...observation, statefulSet: statefulSetOf(3, { updateRevision: null, state: 'differs' }) })).toEqual([
      'apply-stateful-set 3->3',
    ]);
  });

  test('a leader of a higher generation is followed before anything else, and one of another confirms nothing (S5)', () => {
    const status = { generation: { number: 2, id: 'aaaaaaaaaaaaaaaa' } };
    const observation = { ...rolling({ outdated: [0, 1, 2] }), leader: leaderOf({ members: voters(3), status }) };
    expect(stepsOf(observation)).toEqual(['record-identity uid-of-orders']);
    const rival = { generation: { number: 1, id: 'bbbbbbbbbbbbbbbb' } };
    expect(stepsOf({ ...observation, leader: leaderOf({ members: voters(3), status: rival }) })).toEqual([]);
  });

  test('a scale finishes first, in either direction', () => {
    const outdated = rolling({ outdated: [0, 1, 2] });
    const growing = { ...outdated, cluster: clusterOf({ replicas: 5 }, formedStatus(voters(3))) };
    expect(stepsOf(growing)).toEqual(['apply-stateful-set 3->4']);
    const all = rolling({ outdated: [0, 1, 2, 3, 4], count: 5 });
    const shrinking = { ...all, cluster: clusterOf({ replicas: 3 }, formedStatus(voters(5))) };
    expect(stepsOf(shrinking)).toEqual([`remove-member ${nameOf(4)} 14 @50`]);
  });

  test.each([
    ['Paused', 'UpdatePaused'],
    ['OnDelete', 'PodDeletion'],
  ] as const)('strategy %s touches no healthy pod and says so', (strategy, gate) => {
    const observation = rolling({ outdated: [0, 1, 2], spec: { update: { strategy } } });
    expect(stepsOf(observation)).toEqual([]);
    expect(gatesOf(observation)).toEqual([gate]);
  });
});

describe('S8: broken pods', () => {
  const waiting = { ready: false, problem: { kind: 'waiting' as const, message: 'ImagePullBackOff' } };

  test('an outdated one is deleted by UID whatever the margin, with nobody leading, whatever the strategy', () => {
    const broken = { pods: { 1: waiting, 2: waiting }, nodes: { 1: SILENT, 2: SILENT } };
    for (const strategy of ['Rolling', 'Paused', 'OnDelete'] as const) {
      const observation = { ...rolling({ outdated: [0, 1, 2], ...broken, spec: { update: { strategy } } }), leader: null };
      expect(stepsOf(observation)).toEqual([`delete-broken-pod ${nameOf(1)} pod-1`]);
    }
  });

  test('before any cluster is formed as well: a typo in the image of the first spec can be mended', () => {
    const observation: Observation = {
      ...rolling({ outdated: [0], pods: { 0: waiting }, nodes: { 0: SILENT } }),
      cluster: clusterOf(),
      leader: null,
      members: [memberOf(0, { pod: podOf(0, { revision: 'old', ...waiting }), node: SILENT, claim: null })],
    };
    expect(stepsOf(observation)[0]).toBe(`delete-broken-pod ${nameOf(0)} pod-0`);
  });

  test('a halted one that is outdated is broken too', () => {
    const halt = { reason: 'PoisonEntry' as const, message: 'entry 7', wantsReplacement: false };
    const observation = rolling({ outdated: [2], nodes: { 2: answered(nodeStatus(2, { state: 'halted', halt })) } });
    expect(stepsOf({ ...observation, leader: leaderOf({ members: voters(3), behind: [2] }) })).toContain(
      `delete-broken-pod ${nameOf(2)} pod-2`,
    );
  });

  test('not while a peer that answers counts it as taking part', () => {
    const replication = leaderOf({ members: voters(3) }).replication;
    const nodes = { 0: answered(nodeStatus(0, { replication })), 1: SILENT };
    const observation = rolling({ outdated: [1], pods: { 1: { problem: { kind: 'crashing', message: 'exit 1' } } }, nodes });
    expect(stepsOf(observation).filter((step) => step.startsWith('delete'))).toEqual([]);
  });

  test('one of the wanted template is left to Kubernetes, and named; a young pending one is not even named', () => {
    const broken = rolling({ outdated: [], pods: { 2: waiting }, nodes: { 2: SILENT } });
    expect(stepsOf(broken)).toEqual([]);
    expect(gatesOf(broken)).toEqual([`PodStart ${nameOf(2)}`]);
    const pending = (sinceMs: number) => ({
      2: { ready: false, notReadySinceMs: sinceMs, problem: { kind: 'pending' as const, message: 'no node' } },
    });
    expect(gatesOf(rolling({ outdated: [], pods: pending(NOW_MS - 5_000), nodes: { 2: SILENT } }))).toEqual([]);
    expect(gatesOf(rolling({ outdated: [], pods: pending(NOW_MS - 90_000), nodes: { 2: SILENT } }))).toEqual([
      `PodStart ${nameOf(2)}`,
    ]);
  });
});

describe('S16: the feature level', () => {
  const able = (ordinal: number, level: number) => answered(nodeStatus(ordinal, { featureLevelMax: level }));

  test('rises by one when every member can and no pod is outdated', () => {
    const nodes = { 0: able(0, 3), 1: able(1, 2), 2: able(2, 3) };
    expect(stepsOf(rolling({ outdated: [], nodes }))).toEqual(['raise-feature-level 2']);
  });

  test('not while one member cannot, is silent, or is still to be updated', () => {
    const all = { 0: able(0, 2), 1: able(1, 2), 2: able(2, 2) };
    expect(stepsOf(rolling({ outdated: [], nodes: { ...all, 1: able(1, 1) } }))).toEqual([]);
    expect(stepsOf(rolling({ outdated: [], nodes: { ...all, 1: SILENT } }))).toEqual([]);
    expect(stepsOf(rolling({ outdated: [2], nodes: all }))).toEqual([`evict-pod ${nameOf(2)} pod-2`]);
  });
});

describe('S21, S4, S5: labels and owners', () => {
  test('role labels follow a confirmed leader, the old leader loses its own first', () => {
    const observation = { ...healthy(3), leader: leaderOf({ ordinal: 1, members: voters(3) }) };
    expect(stepsOf(observation)).toEqual([`label-pod ${nameOf(0)} follower`, `label-pod ${nameOf(1)} leader`]);
    expect(stepsOf({ ...observation, leader: null })).toEqual([]);
  });

  test('a claim says which cluster and member wrote to it', () => {
    const observation = healthy(3, {}, (ordinal) =>
      ordinal === 1 ? { claim: { ...memberOf(1).claim!, clusterId: null, memberId: null } } : {},
    );
    expect(stepsOf(observation)).toEqual([`apply-claim data-${nameOf(1)} uid-of-orders 11`]);
  });

  test('whenDeleted Delete is an owner on each claim, and Retain takes it off again', () => {
    const storage = { retention: { whenDeleted: 'Delete' as const } };
    expect(stepsOf(healthy(1, { storage }))).toEqual([`apply-claim data-${nameOf(0)} uid-of-orders 10 owned`]);
    const owned = () => ({ claim: { ...memberOf(0).claim!, owned: true } });
    expect(stepsOf(healthy(1, { storage }, owned))).toEqual([]);
    expect(stepsOf(healthy(1, {}, owned))).toEqual([`apply-claim data-${nameOf(0)} uid-of-orders 10`]);
  });
});

describe('children', () => {
  test('missing ones are made, different ones applied, unwanted ones deleted; what is not ours is never touched', () => {
    const child = (name: string, state: Observation['children'][number]['state']) => ({
      kind: 'Service',
      name,
      state,
      uid: 'child',
    });
    const observation: Observation = {
      ...healthy(3),
      children: [
        child('a', 'missing'),
        child('b', 'differs'),
        child('c', 'unwanted'),
        child('d', 'taken'),
        child('e', 'current'),
      ],
      secrets: [{ purpose: 'peer', name: 'orders-peer', state: 'missing' }],
    };
    expect(stepsOf(observation)).toEqual([
      'create-secret peer',
      'apply-child Service a',
      'apply-child Service b',
      'delete-child Service c',
    ]);
    expect(gatesOf(observation)).toEqual(['NameTaken']);
  });

  test("a namesake's children have to leave before ours are made", () => {
    const observation: Observation = {
      ...healthy(3),
      children: [{ kind: 'Service', name: 'orders', state: 'leaving', uid: 'child' }],
      statefulSet: statefulSetOf(3, { state: 'leaving' }),
      members: membersUpTo(3),
    };
    expect(stepsOf(observation)).toEqual([]);
    expect(planOf(observation).activity).toMatchObject({ reason: 'Starting' });
  });
});
