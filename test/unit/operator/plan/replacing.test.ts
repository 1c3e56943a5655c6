import { describe, expect, test } from '@jest/globals';
import type { StorageClusterStatus } from '../../../../src/api/storage-cluster.ts';
import type { ClaimObservation, MemberObservation, Observation } from '../../../../src/operator/plan/observation.ts';
import { deriveStatus } from '../../../../src/operator/status/derive.ts';
import { NOTHING_DONE } from '../../../../src/operator/status/outcome.ts';
import {
  answered,
  claimOf,
  clusterOf,
  formedStatus,
  freshStatus,
  gatesOf,
  healthy,
  idOf,
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
  voter,
  voters,
} from '../../../support/operator-observation.ts';

const gone: ClaimObservation['volume'] = { kind: 'gone' };
const unreachable = (ordinal: number): ClaimObservation['volume'] => ({
  kind: 'present',
  uid: `volume-uid-${ordinal}`,
  reclaimPolicy: 'Delete',
  unreachable: 'its volume can be mounted on no other node: node worker-2 is gone',
});
const pending = podOf(2, { ready: false, notReadySinceMs: NOW_MS, problem: { kind: 'pending', message: 'no node' } });

/** Three voters, of which this one is down. */
function down(ordinal: number, changes: Partial<MemberObservation>, annotations: Record<string, string> = {}): Observation {
  const observation = healthy(3, {}, (other) => (other === ordinal ? { pod: null, node: { kind: 'absent' }, ...changes } : {}));
  return {
    ...observation,
    cluster: clusterOf({}, formedStatus(voters(3)), { annotations }),
    leader: leaderOf({ members: voters(3), behind: [ordinal] }),
  };
}

/** After the committed removal of the member. */
function removed(ordinal: number, changes: Partial<MemberObservation>, annotations: Record<string, string> = {}): Observation {
  const left = voters(3).filter((_, other) => other !== ordinal);
  const observation = down(ordinal, changes, annotations);
  return {
    ...observation,
    cluster: clusterOf({}, formedStatus(left), { annotations }),
    leader: leaderOf({ members: left, removed: [{ id: idOf(ordinal), index: 50 }] }),
  };
}

const steps = (observation: Observation) => stepsOf(observation).filter((step) => !step.startsWith('label-pod'));

describe('S9: evidence', () => {
  test.each<[string, Partial<MemberObservation>]>([
    ['its volume is gone, and no pod is there', { claim: claimOf(2, { volume: gone }) }],
    ['its volume is gone, and its pod is pending', { claim: claimOf(2, { volume: gone }), pod: pending, node: SILENT }],
    ['its volume is bound to a Node that is gone', { claim: claimOf(2, { volume: unreachable(2) }), pod: pending, node: SILENT }],
    [
      'its volume is bound to a Node that is gone, and its pod is still called terminating',
      { claim: claimOf(2, { volume: unreachable(2) }), pod: podOf(2, { terminating: true, ready: false }), node: SILENT },
    ],
  ])('%s: removed', (_name, changes) => {
    expect(steps(down(2, changes))).toEqual([`remove-member ${nameOf(2)} 12 @50`]);
    expect(planOf(down(2, changes))).toMatchObject({
      activity: { reason: 'Replacing' },
      events: [{ reason: 'ReplacingMember' }],
    });
  });

  test('what a volume seems to say proves nothing against a member that takes part', () => {
    const claim = claimOf(2, { volume: unreachable(2) });
    expect(steps(healthy(3, {}, (ordinal) => (ordinal === 2 ? { claim } : {})))).toEqual([]);
    const heardByItsLeader = {
      ...down(2, { claim, node: SILENT, pod: podOf(2, { ready: false }) }),
      leader: leaderOf({ members: voters(3) }),
      members: membersUpTo(3, (ordinal) =>
        ordinal === 0
          ? { node: answered(leaderOf({ members: voters(3) }).status) }
          : ordinal === 2
            ? { claim, node: SILENT, pod: podOf(2, { ready: false }) }
            : {},
      ),
    };
    expect(steps(heardByItsLeader)).toEqual([]);
  });

  test('only while the caught-up voters without it are a quorum of the configuration that results', () => {
    const observation = {
      ...down(2, { claim: claimOf(2, { volume: gone }) }),
      leader: leaderOf({ members: voters(3), behind: [1, 2] }),
    };
    expect(steps(observation)).toEqual([]);
    expect(gatesOf(observation)).toContain(`QuorumMargin ${nameOf(2)}`);
    const two = [voter(0), voter(1)];
    const ofTwo = {
      ...down(1, { claim: claimOf(1, { volume: gone }) }),
      cluster: clusterOf({}, formedStatus(two)),
      leader: leaderOf({ members: two, behind: [1] }),
    };
    expect(steps(ofTwo)).toContain(`remove-member ${nameOf(1)} 11 @50`);
    const only = healthy(1, {}, () => ({ claim: claimOf(0, { volume: gone }) }));
    expect(
      steps({
        ...only,
        cluster: clusterOf({ replicas: 1 }, formedStatus(voters(1)), { annotations: { 'quorate.io/replace': idOf(0) } }),
      }),
    ).toEqual([]);
  });

  test('without a confirmed leader nothing is removed, and no volume is touched', () => {
    for (const observation of [
      down(2, { claim: claimOf(2, { volume: gone }) }),
      removed(2, { claim: claimOf(2, { volume: gone }) }),
    ]) {
      expect(steps({ ...observation, leader: null })).toEqual([]);
    }
  });

  test('a quorum that is lost is said, with the machines that are silent: status is never quiet about it', () => {
    const silent = { node: SILENT, pod: podOf(2, { ready: false, notReadySinceMs: NOW_MS - 90_000 }) };
    const observation = { ...healthy(3, {}, (ordinal) => (ordinal === 0 ? {} : silent)), leader: null };
    expect(steps(observation)).toEqual([]);
    expect(gatesOf(observation)).toEqual([
      'ConfirmedLeader',
      `DeadMemberEvidence ${nameOf(1)}`,
      `DeadMemberEvidence ${nameOf(2)}`,
    ]);
    expect(planOf(observation).blockedBy[0]?.message).toContain(`${nameOf(1)}, ${nameOf(2)} take no part`);
    const { conditions } = deriveStatus(observation, planOf(observation), NOTHING_DONE, NOW_MS);
    expect(conditions?.find(({ type }) => type === 'Progressing')).toMatchObject({ status: 'False', reason: 'Blocked' });
  });

  test('S1: not before the configuration is recorded, nor while a change is in flight', () => {
    const claim = claimOf(2, { volume: gone });
    for (const leader of [leaderOf({ members: voters(3), index: 60 }), leaderOf({ members: voters(3), uncommittedIndex: 60 })]) {
      expect(steps({ ...down(2, { claim }), leader })).toEqual([]);
    }
    const unrecorded = leaderOf({ members: [voter(0), voter(1)], index: 60 });
    expect(steps({ ...removed(2, { claim }), leader: unrecorded })).toEqual([]);
  });

  test('a pod that goes and does not end is named, with what would prove its death', () => {
    const pod = podOf(2, { ready: false, terminating: true, notReadySinceMs: NOW_MS - 90_000 });
    const observation = down(2, { pod, node: SILENT, claim: claimOf(2) });
    expect(steps(observation)).toEqual([]);
    expect(planOf(observation).blockedBy).toMatchObject([
      {
        gate: 'DeadMemberEvidence',
        member: nameOf(2),
        message: expect.stringContaining('worker-2'),
        unblock: expect.stringContaining('out-of-service'),
      },
    ]);
  });
});

describe('S9: orders', () => {
  const order = (value: string) => ({ 'quorate.io/replace': value });
  const ordered = (value: string): Observation => ({
    ...healthy(3),
    cluster: clusterOf({}, formedStatus(voters(3)), { annotations: order(value) }),
  });

  test('a name becomes the id that it stands for, and then acts once', () => {
    expect(steps(ordered(nameOf(1)))).toEqual([`order-replacement ${idOf(1)}`]);
    expect(steps(ordered(idOf(1)))).toEqual([`remove-member ${nameOf(1)} 11 @50`]);
    const done: Observation = {
      ...ordered(idOf(1)),
      cluster: clusterOf({}, formedStatus([voter(0), voter(1, 2), voter(2)]), { annotations: order(idOf(1)) }),
      members: membersUpTo(3, (ordinal) =>
        ordinal === 1
          ? {
              node: answered(nodeStatus(1, { memberId: idOf(1, 2) })),
              claim: claimOf(1, { memberId: idOf(1, 2) }),
              pod: podOf(1, { memberId: idOf(1, 2) }),
            }
          : {},
      ),
      leader: leaderOf({ members: [voter(0), voter(1, 2), voter(2)], removed: [{ id: idOf(1), index: 40 }] }),
    };
    expect(steps(done)).toEqual([]);
  });

  test('a mark on a pod becomes such an order; what is done is struck from the list', () => {
    const marked = healthy(3, {}, (ordinal) => (ordinal === 2 ? { pod: podOf(2, { replace: true }) } : {}));
    const cluster = clusterOf({}, formedStatus(voters(3)), { annotations: order(idOf(1, 9)) });
    expect(steps({ ...marked, cluster })).toEqual([`order-replacement ${idOf(2)}`]);
  });

  test('a leader hands over before it is removed', () => {
    expect(steps(ordered(idOf(0)))).toEqual([`transfer-leadership ${nameOf(0)} to ${nameOf(1)}`]);
    const alone = { ...ordered(idOf(0)), leader: leaderOf({ members: voters(3), behind: [1, 2] }) };
    expect(steps(alone)).toEqual([]);
  });

  test('several are replaced one after the other: the second waits until the first has its successor', () => {
    expect(steps(ordered(`${idOf(1)},${idOf(2)}`))).toEqual([`remove-member ${nameOf(1)} 11 @50`]);
    const second = removed(
      1,
      { claim: claimOf(1, { memberId: idOf(1) }), pod: podOf(1), node: answered(freshStatus(1)) },
      order(`${idOf(1)},${idOf(2)}`),
    );
    expect(steps(second).filter((step) => step.startsWith('remove'))).toEqual([]);
    expect(gatesOf(second)).toContain(`CaughtUp ${nameOf(2)}`);
  });

  test('what names nobody is said', () => {
    expect(steps(ordered('orders-shard-0-9'))).toEqual([]);
    expect(gatesOf(ordered('orders-shard-0-9'))).toEqual(['ReplaceOrder']);
  });
});

describe('S9: after the committed removal', () => {
  const order = { 'quorate.io/replace': idOf(2) };

  test.each<[string, Partial<MemberObservation>, Record<string, string>, readonly string[]]>([
    [
      'ordered: the volume is noted and kept, then claim and pod go',
      { pod: podOf(2, { ready: false }), node: answered(freshStatus(2, 2)), claim: claimOf(2) },
      order,
      ['record-kept-volume volume-2', `delete-claim data-${nameOf(2)} claim-2 kept`, `delete-broken-pod ${nameOf(2)} pod-2`],
    ],
    [
      'its Node is gone: the same',
      { pod: pending, node: SILENT, claim: claimOf(2, { volume: unreachable(2) }) },
      {},
      ['record-kept-volume volume-2', `delete-claim data-${nameOf(2)} claim-2 kept`, `delete-broken-pod ${nameOf(2)} pod-2`],
    ],
    [
      'the volume is gone: there is nothing to keep',
      { pod: pending, node: SILENT, claim: claimOf(2, { volume: gone }) },
      {},
      [`delete-claim data-${nameOf(2)} claim-2`, `delete-broken-pod ${nameOf(2)} pod-2`],
    ],
    [
      'a crash between claim and pod: the pod still goes',
      { pod: pending, node: SILENT, claim: claimOf(2, { terminating: true, volume: gone }) },
      {},
      [`delete-broken-pod ${nameOf(2)} pod-2`],
    ],
    [
      'a node that asked for replacement keeps its claim',
      { pod: podOf(2), node: answered(freshStatus(2, 2)), claim: claimOf(2) },
      {},
      [],
    ],
    [
      'a claim of another cluster is never touched (S5)',
      { pod: pending, node: SILENT, claim: claimOf(2, { volume: gone, clusterId: 'other' }) },
      {},
      [],
    ],
  ])('%s', (_name, changes, annotations, expected) => {
    const taken = steps(removed(2, changes, annotations)).filter((step) => !/^(join|add-learner|apply-claim)/.test(step));
    expect(taken).toEqual(expected);
  });

  test('who lives there meanwhile does not join: his claim and pod are about to go', () => {
    const observation = removed(2, { pod: podOf(2), node: answered(freshStatus(2, 2)), claim: claimOf(2) }, order);
    expect(steps(observation).filter((step) => /^(join|add-learner|apply-claim)/.test(step))).toEqual([]);
  });

  test('what a scale-in left behind is kept, whatever its machine is', () => {
    const observation = {
      ...removed(2, { claim: claimOf(2, { volume: unreachable(2) }) }),
      cluster: clusterOf({ replicas: 1 }, formedStatus([voter(0)])),
      leader: leaderOf({ members: [voter(0)] }),
      statefulSet: statefulSetOf(1),
      members: [memberOf(0), memberOf(2, { pod: null, node: { kind: 'absent' }, claim: claimOf(2, { volume: unreachable(2) }) })],
    };
    expect(steps(observation)).toEqual([]);
  });

  const kept = { volume: 'volume-old', member: nameOf(2), memberId: idOf(2), reclaimPolicy: 'Delete' };
  const replaced = (status: Partial<StorageClusterStatus>, changes: Partial<Observation> = {}): Observation => {
    const members = [voter(0), voter(1), voter(2, 2)];
    return {
      ...healthy(3),
      members: membersUpTo(3, (ordinal) =>
        ordinal === 2
          ? {
              node: answered(nodeStatus(2, { memberId: idOf(2, 2) })),
              claim: claimOf(2, { memberId: idOf(2, 2) }),
              pod: podOf(2, { memberId: idOf(2, 2) }),
            }
          : {},
      ),
      cluster: clusterOf({}, { ...formedStatus(members), ...status }),
      leader: leaderOf({ members }),
      ...changes,
    };
  };

  test('the old volume is released only once the new member is a voter and caught up', () => {
    expect(steps(replaced({ keptVolumes: [kept] }))).toEqual(['release-volume volume-old']);
    const members = [voter(0), voter(1), voter(2, 2)];
    expect(steps(replaced({ keptVolumes: [kept] }, { leader: leaderOf({ members, behind: [2] }) }))).toEqual([]);
    expect(steps(replaced({ keptVolumes: [kept] }, { leader: null }))).toEqual([]);
    const asLearner = [voter(0), voter(1), { ...voter(2, 2), role: 'learner' as const }];
    const learning = { ...replaced({ keptVolumes: [kept] }), leader: leaderOf({ members: asLearner }) };
    expect(steps(learning).filter((step) => step.startsWith('release'))).toEqual([]);
  });

  test('nobody is wanted in its place any more: the retention of a scale-in decides', () => {
    const left = voters(1);
    const observation = (whenScaled: 'Retain' | 'Delete'): Observation => ({
      ...healthy(1),
      cluster: clusterOf({ replicas: 1, storage: { retention: { whenScaled } } }, { ...formedStatus(left), keptVolumes: [kept] }),
    });
    expect(steps(observation('Retain'))).toEqual(['release-volume volume-old for good']);
    expect(steps(observation('Delete'))).toEqual(['release-volume volume-old']);
  });

  test('status keeps the record until it is struck on purpose', () => {
    const observation = { ...replaced({ keptVolumes: [kept] }), leader: null };
    const derive = (keptVolumes: readonly (typeof kept)[] | null) =>
      deriveStatus(observation, planOf(observation), { ...NOTHING_DONE, keptVolumes }, NOW_MS).keptVolumes;
    expect(derive(null)).toEqual([kept]);
    expect(derive([])).toBeUndefined();
  });
});

describe('S12: a disk of the past, known by its volume', () => {
  const remembering = (uids: readonly string[]): StorageClusterStatus => ({
    ...formedStatus(voters(3)),
    members: uids.map((volumeUid, ordinal) => ({
      name: nameOf(ordinal),
      memberId: idOf(ordinal),
      role: 'Follower',
      ready: true,
      volumeUid,
    })),
  });
  const seen = (uids: readonly string[]): Observation => ({ ...healthy(3), cluster: clusterOf({}, remembering(uids)) });
  const same = ['volume-uid-0', 'volume-uid-1', 'volume-uid-2'];

  test('another volume than the one that status remembers of this member', () => {
    expect(steps(seen(same))).toEqual([]);
    expect(steps(seen([...same.slice(0, 2), 'before']))).toEqual([`remove-member ${nameOf(2)} 12 @50`]);
  });

  test('only those on the remembered volumes count for the margin', () => {
    const observation = seen(['volume-uid-0', 'before', 'before']);
    expect(steps(observation)).toEqual([]);
    expect(gatesOf(observation)).toEqual([`QuorumMargin ${nameOf(1)}`, `QuorumMargin ${nameOf(2)}`]);
  });

  test('never for all at once: then the new volumes are the ones to remember', () => {
    const observation = seen(['before', 'before', 'before']);
    expect(planOf(observation)).toMatchObject({ steps: [], blockedBy: [] });
    const { members } = deriveStatus(observation, planOf(observation), NOTHING_DONE, NOW_MS);
    expect(members?.map(({ volumeUid }) => volumeUid)).toEqual(same);
  });

  test('what is remembered stays until the member is another', () => {
    const observation = seen([...same.slice(0, 2), 'before']);
    const remembered = (changed: Observation) =>
      deriveStatus(changed, planOf(changed), NOTHING_DONE, NOW_MS).members?.[2]?.volumeUid;
    expect(remembered(observation)).toBe('before');
    expect(remembered({ ...observation, members: membersUpTo(3, () => ({ node: SILENT })) })).toBe('before');
    const reborn = membersUpTo(3, (ordinal) => (ordinal === 2 ? { node: answered(freshStatus(2, 2)) } : {}));
    expect(remembered({ ...observation, members: reborn })).toBe('volume-uid-2');
  });
});
