import { describe, expect, test } from '@jest/globals';
import { FIRST_GENERATION } from '../../../../src/shared/ids.ts';
import type { ClusterId } from '../../../../src/shared/ids.ts';
import type { StorageClusterSpecInput, StorageClusterStatus } from '../../../../src/api/storage-cluster.ts';
import type { MemberObservation, Observation } from '../../../../src/operator/plan/observation.ts';
import {
  answered,
  claimOf,
  clusterOf,
  CLUSTER_ID,
  freshStatus,
  gatesOf,
  idOf,
  leaderOf,
  memberOf,
  nameOf,
  nodeStatus,
  planOf,
  SILENT,
  statefulSetOf,
  stepsOf,
  voter,
  voters,
} from '../../../support/operator-observation.ts';

const unlabelled = { clusterId: null, memberId: null };
const OTHER = 'cluster-of-before' as ClusterId;

interface Situation {
  readonly spec?: StorageClusterSpecInput;
  readonly status?: StorageClusterStatus;
  readonly annotations?: Record<string, string>;
  readonly pods?: number | null;
  readonly members: readonly MemberObservation[];
  readonly leader?: Observation['leader'];
}

function seen({ spec = {}, status, annotations, pods = 3, members, leader = null }: Situation): Observation {
  return {
    cluster: clusterOf(spec, status, annotations === undefined ? {} : { annotations }),
    statefulSet: pods === null ? null : statefulSetOf(pods),
    children: [],
    secrets: [],
    members,
    leader,
  };
}

function fresh(ordinal: number, changes: Partial<MemberObservation> = {}): MemberObservation {
  return memberOf(ordinal, { node: answered(freshStatus(ordinal)), claim: claimOf(ordinal, unlabelled), ...changes });
}

const founding = { epoch: 1, members: voters(3).map(({ id, name }) => ({ id, name })) };
const founded: StorageClusterStatus = { clusterId: CLUSTER_ID, generation: FIRST_GENERATION, founding };

describe('S6: founding', () => {
  test('all pods are asked for at once', () => {
    expect(stepsOf(seen({ pods: null, members: [] }))).toEqual(['apply-stateful-set none->3']);
  });

  test('nothing is written while one founder was not heard', () => {
    const observation = seen({ members: [fresh(0), fresh(1), fresh(2, { node: SILENT })] });
    expect(stepsOf(observation)).toEqual([]);
    expect(planOf(observation).activity?.message).toContain(nameOf(2));
  });

  test('ids go into status first, then each node is told', () => {
    expect(stepsOf(seen({ members: [fresh(0), fresh(1), fresh(2)] }))).toEqual([
      'record-founding 1 10,11,12',
      `found-node ${nameOf(0)}`,
      `found-node ${nameOf(1)}`,
      `found-node ${nameOf(2)}`,
    ]);
  });

  test('a cluster of one is founded the same way', () => {
    expect(stepsOf(seen({ spec: { replicas: 1 }, pods: 1, members: [fresh(0)] }))).toEqual([
      'record-founding 1 10',
      `found-node ${nameOf(0)}`,
    ]);
  });

  test('after a crash half-way, those that were not told are told the founding of status, not a new one', () => {
    const told = memberOf(0, { node: answered(nodeStatus(0, { state: 'joining' })) });
    const steps = planOf(seen({ status: founded, members: [told, fresh(1), fresh(2)] })).steps;
    expect(steps.filter(({ type }) => type === 'found-node')).toMatchObject([
      { member: nameOf(1), epoch: 1, members: founding.members },
      { member: nameOf(2), epoch: 1, members: founding.members },
    ]);
    expect(steps.some(({ type }) => type === 'record-founding')).toBe(false);
  });

  test('a majority forms the cluster: one founder with another id does not stop the other two', () => {
    const observation = seen({
      status: founded,
      members: [fresh(0), fresh(1), memberOf(2, { node: answered(freshStatus(2, 2)), claim: claimOf(2, unlabelled) })],
    });
    expect(stepsOf(observation)).toEqual([`found-node ${nameOf(0)}`, `found-node ${nameOf(1)}`]);
  });

  test('with less than a majority left nothing is formed, and the gate names who is missing and the epoch', () => {
    const lost = (ordinal: number) =>
      memberOf(ordinal, { node: answered(freshStatus(ordinal, 2)), claim: claimOf(ordinal, unlabelled) });
    const observation = seen({ status: founded, members: [fresh(0), lost(1), lost(2)] });
    expect(stepsOf(observation)).toEqual([]);
    expect(gatesOf(observation)).toEqual(['Founders']);
    const [gate] = planOf(observation).blockedBy;
    expect(gate?.message).toContain(idOf(1));
    expect(gate?.unblock).toContain('quorate.io/found-anew=1');
  });

  test('silence is not loss: silent founders are waited for', () => {
    const observation = seen({ status: founded, members: [fresh(0), fresh(1, { node: SILENT }), fresh(2, { node: SILENT })] });
    expect(gatesOf(observation)).toEqual([]);
    expect(stepsOf(observation)).toEqual([`found-node ${nameOf(0)}`]);
  });

  test('only the annotation that names the epoch founds anew, in the next epoch and generation, with a volume of the old one kept', () => {
    const lost = (ordinal: number) =>
      memberOf(ordinal, { node: answered(freshStatus(ordinal, 2)), claim: claimOf(ordinal, unlabelled) });
    const told = memberOf(0, { node: answered(nodeStatus(0, { state: 'joining' })) });
    const wrong = seen({ status: founded, annotations: { 'quorate.io/found-anew': '2' }, members: [told, lost(1), lost(2)] });
    expect(gatesOf(wrong)).toEqual(['Founders']);
    const annotations = { 'quorate.io/found-anew': '1' };
    const first = planOf(seen({ status: founded, annotations, members: [told, lost(1), lost(2)] }));
    expect(first.steps).toMatchObject([
      { type: 'delete-claim', uid: 'claim-0', keepVolume: true },
      { type: 'delete-broken-pod', uid: 'pod-0' },
    ]);
    const second = planOf(seen({ status: founded, annotations, members: [lost(0), lost(1), lost(2)] }));
    expect(second.steps).toMatchObject([{ type: 'record-founding-anew', epoch: 2, generationNumber: 2 }]);
  });
});

describe('S6: founders that were not told before the others formed the cluster', () => {
  const configuration = { index: 0, members: [voter(0), voter(1), voter(2)] };
  const byFounders = { founding: { epoch: 1, members: voters(3) } };
  const formed = (status: StorageClusterStatus, leader = leaderOf({ members: voters(3), status: byFounders })): Observation =>
    seen({ status: { ...status, configuration }, members: [memberOf(0), memberOf(1), fresh(2)], leader });
  const tellings = (observation: Observation): readonly string[] =>
    stepsOf(observation).filter((step) => /found|join/.test(step));

  test('are told by the founding of status, which has what they begin from', () => {
    const observation = formed(founded);
    expect(tellings(observation)).toEqual([`found-node ${nameOf(2)}`]);
    expect(planOf(observation).steps.find(({ type }) => type === 'found-node')).toMatchObject({
      epoch: 1,
      members: founding.members,
    });
    expect(planOf(observation).activity?.message).toContain(nameOf(2));
  });

  test('with status erased since, the founding as the leader has it is written first', () => {
    const { clusterId, generation } = founded;
    expect(tellings(formed({ clusterId, generation }))).toEqual(['record-founding 1 10,11,12', `found-node ${nameOf(2)}`]);
  });

  test('not by a founding that nobody has: the generation may have begun otherwise', () => {
    const { clusterId, generation } = founded;
    const recovered = leaderOf({ members: voters(3), status: { founding: null } });
    expect(tellings(formed({ clusterId, generation }, recovered))).toEqual([]);
  });

  test('not when they are no members any more, nor under another id, nor when silent', () => {
    const two = leaderOf({ members: [voter(0), voter(1)], status: byFounders });
    expect(stepsOf(formed(founded, two)).filter((step) => step.startsWith('found'))).toEqual([]);
    for (const node of [answered(freshStatus(2, 2)), SILENT]) {
      const members = [memberOf(0), memberOf(1), fresh(2, { node })];
      const leader = leaderOf({ members: voters(3), status: byFounders });
      expect(tellings(seen({ status: { ...founded, configuration }, members, leader }))).toEqual([]);
    }
  });
});

describe('S6: status is empty, and there is a past', () => {
  test('a labelled claim unaccounted for: nothing is founded', () => {
    const observation = seen({ members: [fresh(0), fresh(1), fresh(2), memberOf(4, { pod: null, node: { kind: 'absent' } })] });
    expect(stepsOf(observation)).toEqual(['apply-stateful-set 3->5']);
    expect(gatesOf(observation)).toEqual(['VolumesAccountedFor']);
  });

  test('a confirmed leader names the cluster: identity is recorded, nothing is founded', () => {
    const observation = seen({ members: [memberOf(0), memberOf(1), memberOf(2)], leader: leaderOf({ members: voters(3) }) });
    expect(stepsOf(observation)).toEqual([`record-identity ${CLUSTER_ID}`]);
  });

  test('founders that were told and have not formed: their founding is taken over as it is', () => {
    const told = { state: 'joining' as const, founding: { epoch: 1, members: voters(3) } };
    const observation = seen({ members: [memberOf(0, { node: answered(nodeStatus(0, told)) }), fresh(1), fresh(2)] });
    expect(stepsOf(observation)).toEqual(['record-founding 1 10,11,12']);
  });

  test('founders that disagree decide nothing', () => {
    const told = (ordinal: number, epoch: number) =>
      memberOf(ordinal, { node: answered(nodeStatus(ordinal, { state: 'joining', founding: { epoch, members: voters(3) } })) });
    const observation = seen({ members: [told(0, 1), told(1, 2), fresh(2)] });
    expect(stepsOf(observation)).toEqual([]);
    expect(gatesOf(observation)).toEqual(['VolumesAccountedFor']);
  });
});

describe('S5: kept volumes of another cluster', () => {
  const kept = (ordinal: number) =>
    memberOf(ordinal, { pod: null, node: { kind: 'absent' }, claim: claimOf(ordinal, { clusterId: OTHER }) });

  test('no pod is started on them, and the gate names the id and the field', () => {
    const observation = seen({ pods: null, members: [kept(0), kept(1), kept(2)] });
    expect(stepsOf(observation)).toEqual(['apply-stateful-set none->0']);
    const [gate] = planOf(observation).blockedBy;
    expect(gate).toMatchObject({ gate: 'ForeignVolumes' });
    expect(`${gate?.message ?? ''} ${gate?.unblock ?? ''}`).toMatch(/cluster-of-before.*spec\.adoptClusterId/s);
  });

  test('what only the node knows is written on the claim, and its pods go', () => {
    const foreign = memberOf(0, { node: answered(nodeStatus(0, { clusterId: OTHER })), claim: claimOf(0, unlabelled) });
    expect(stepsOf(seen({ members: [foreign, fresh(1), fresh(2)] }))).toEqual([
      `apply-claim data-${nameOf(0)} ${OTHER} 10`,
      'apply-stateful-set 3->0',
    ]);
  });

  test('with adoptClusterId all of them are woken together, and the leader names the identity', () => {
    const spec = { adoptClusterId: OTHER };
    expect(stepsOf(seen({ spec, pods: null, members: [kept(0), kept(1), kept(2), kept(3), kept(4)] }))).toEqual([
      'apply-stateful-set none->5',
    ]);
    const status = { clusterId: OTHER };
    const woken = (ordinal: number) =>
      memberOf(ordinal, { node: answered(nodeStatus(ordinal, status)), claim: claimOf(ordinal, status) });
    const leader = leaderOf({ members: voters(3), status });
    expect(stepsOf(seen({ spec, members: [woken(0), woken(1), woken(2)], leader }))).toEqual([`record-identity ${OTHER}`]);
  });

  test('adoptClusterId without any volume of it founds nothing', () => {
    const observation = seen({ spec: { adoptClusterId: OTHER }, pods: 0, members: [] });
    expect(stepsOf(observation)).toEqual([]);
    expect(gatesOf(observation)).toEqual(['VolumesAccountedFor']);
  });

  test('a foreign volume that turns up in a formed cluster is named and not opened', () => {
    const members = [
      memberOf(0),
      memberOf(1),
      memberOf(2),
      memberOf(3, { node: answered(nodeStatus(3, { clusterId: OTHER, state: 'joining' })) }),
    ];
    const status = { ...founded, configuration: { index: 50, members: [voter(0), voter(1), voter(2)] } };
    const observation = seen({ spec: { replicas: 5 }, status, pods: 5, members, leader: leaderOf({ members: voters(3) }) });
    expect(gatesOf(observation)).toContain(`ForeignVolumes ${nameOf(3)}`);
    expect(stepsOf(observation).filter((step) => /join|learner/.test(step))).toEqual([]);
  });
});
