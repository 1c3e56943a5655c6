import { describe, expect, test } from '@jest/globals';
import type { MemberObservation, Observation } from '../../../../src/operator/plan/observation.ts';
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
  learner,
  memberOf,
  membersUpTo,
  nameOf,
  nodeStatus,
  planOf,
  podOf,
  SILENT,
  statefulSetOf,
  stepsOf,
  voter,
  voters,
} from '../../../support/operator-observation.ts';

const absent: Partial<MemberObservation> = { pod: null, claim: null, node: { kind: 'absent' } };
const newPod = {
  pod: podOf(3, { ready: false, role: null, memberId: null }),
  claim: claimOf(3, { clusterId: null, memberId: null }),
};

describe('scale out', () => {
  test('S7: the next pod alone, once those before it exist', () => {
    const observation = {
      ...healthy(3, { replicas: 5 }),
      members: [...membersUpTo(3), memberOf(3, absent), memberOf(4, absent)],
    };
    expect(stepsOf(observation)).toEqual(['apply-stateful-set 3->4']);
  });

  test('a node of no cluster is told which may adopt it, and becomes a learner', () => {
    const joining = memberOf(3, { ...newPod, node: answered(freshStatus(3)) });
    const observation = {
      ...healthy(3, { replicas: 5 }),
      statefulSet: statefulSetOf(4),
      members: [...membersUpTo(3), joining, memberOf(4, absent)],
    };
    expect(stepsOf(observation)).toContain(`join-node ${nameOf(3)}`);
    expect(stepsOf(observation)).toContain(`add-learner ${nameOf(3)} 13 @50`);
  });

  test('two learners catch up side by side, and are promoted one at a time', () => {
    const members = [...voters(3), learner(3), learner(4)];
    const observation: Observation = {
      ...healthy(5),
      cluster: clusterOf({ replicas: 5 }, formedStatus(members)),
      members: membersUpTo(5, (ordinal) => (ordinal < 3 ? {} : { pod: podOf(ordinal, { ready: false, role: 'learner' }) })),
      leader: leaderOf({ members }),
    };
    expect(stepsOf(observation)).toEqual([`promote ${nameOf(3)} 13 @50`]);
    const behind = { ...observation, leader: leaderOf({ members, behind: [3] }) };
    expect(stepsOf(behind)).toEqual([`promote ${nameOf(4)} 14 @50`]);
    expect(gatesOf(behind)).toEqual([`CaughtUp ${nameOf(3)}`]);
  });

  test('S1: no change while one is in flight, or before the last one is recorded', () => {
    const members = [...voters(3), learner(3)];
    const observation: Observation = {
      ...healthy(5),
      cluster: clusterOf({ replicas: 5 }, formedStatus(members)),
      members: [...membersUpTo(4), memberOf(4, absent)],
      statefulSet: statefulSetOf(4),
    };
    const inFlight = { ...observation, leader: leaderOf({ members, uncommittedIndex: 60 }) };
    const unrecorded = { ...observation, leader: leaderOf({ members, index: 60 }) };
    for (const unsettled of [inFlight, unrecorded]) {
      expect(stepsOf(unsettled).filter((step) => !step.startsWith('label-pod'))).toEqual([]);
    }
  });

  test('S3: a kept volume under a removed id is neither added nor removed: its node asks the leader, and sets the folder aside by itself', () => {
    const returning = memberOf(3, { node: answered(nodeStatus(3, { state: 'joining' })) });
    const observation = {
      ...healthy(3, { replicas: 5 }),
      statefulSet: statefulSetOf(4),
      members: [...membersUpTo(3), returning],
      leader: leaderOf({ members: voters(3), removed: [{ id: idOf(3), index: 40 }] }),
    };
    expect(stepsOf(observation).filter((step) => /join|learner|remove|delete/.test(step))).toEqual([`join-node ${nameOf(3)}`]);
    const step = planOf(observation).steps.find(({ type }) => type === 'join-node');
    expect(step).toMatchObject({ leader: { id: idOf(0), name: nameOf(0) } });
    const renamed = { ...observation, members: [...membersUpTo(3), memberOf(3, { node: answered(freshStatus(3, 2)) })] };
    expect(stepsOf(renamed)).toContain(`add-learner ${nameOf(3)} 23 @50`);
  });
});

describe('scale in', () => {
  const shrinking = (changes: Partial<Observation> = {}): Observation => ({
    ...healthy(5, {}),
    cluster: clusterOf({ replicas: 3 }, formedStatus(voters(5))),
    ...changes,
  });

  test('the highest ordinal is removed first, its pod stays', () => {
    expect(stepsOf(shrinking())).toEqual([`remove-member ${nameOf(4)} 14 @50`]);
  });

  test('a leader that is to leave hands over to one that stays', () => {
    const observation = shrinking({
      leader: leaderOf({ ordinal: 4, members: voters(5) }),
      members: membersUpTo(5, (ordinal) => ({ pod: podOf(ordinal, { role: ordinal === 4 ? 'leader' : 'follower' }) })),
    });
    expect(stepsOf(observation)).toEqual([`transfer-leadership ${nameOf(4)} to ${nameOf(0)}`]);
    const behind = { ...observation, leader: leaderOf({ ordinal: 4, members: voters(5), behind: [0, 1, 2] }) };
    expect(gatesOf(behind)).toEqual([`LeadershipTransfer ${nameOf(4)}`]);
  });

  test('S1: the pod goes only once the committed configuration of a confirmed leader lists it no more', () => {
    const gone = shrinking({
      cluster: clusterOf({ replicas: 3 }, formedStatus(voters(4))),
      leader: leaderOf({ members: voters(4) }),
    });
    expect(stepsOf(gone)[0]).toBe('apply-stateful-set 5->4');
    expect(stepsOf({ ...gone, leader: null }).filter((step) => step.startsWith('apply-stateful-set'))).toEqual([]);
    expect(gatesOf({ ...gone, leader: null })).toContain(`ConfirmedLeader ${nameOf(4)}`);
    const appendedOnly = shrinking({ leader: leaderOf({ members: voters(5), uncommittedIndex: 60 }) });
    expect(stepsOf(appendedOnly)).toEqual([]);
  });

  test('S1, S4: no volume goes before the removal is committed, and not without a confirmed leader', () => {
    const spec = { replicas: 3 as const, storage: { retention: { whenScaled: 'Delete' as const } } };
    const leftBehind = memberOf(3, { pod: null, node: { kind: 'absent' } });
    const observation: Observation = { ...healthy(3, spec), members: [...membersUpTo(3), leftBehind] };
    expect(stepsOf(observation)).toEqual([`delete-claim data-${nameOf(3)} claim-3`]);
    expect(stepsOf({ ...observation, leader: null })).toEqual([]);
    const stillListed = {
      ...observation,
      cluster: clusterOf(spec, formedStatus(voters(4))),
      leader: leaderOf({ members: voters(4) }),
    };
    expect(stepsOf(stillListed).filter((step) => step.startsWith('delete-claim'))).toEqual([]);
    const otherName = leaderOf({ members: [voter(0), voter(1), { ...voter(2), id: idOf(3) }] });
    expect(stepsOf({ ...observation, leader: otherName }).filter((step) => step.startsWith('delete-claim'))).toEqual([]);
    const inFlight = leaderOf({ members: voters(3), uncommittedIndex: 60 });
    expect(stepsOf({ ...observation, leader: inFlight })).toEqual([]);
    const reborn = leaderOf({ members: [...voters(3), voter(3, 2)] });
    expect(stepsOf({ ...observation, leader: reborn }).filter((step) => step.startsWith('delete-claim'))).toEqual([]);
    const kept = { ...observation, cluster: clusterOf({ replicas: 3 }, formedStatus(voters(3))) };
    expect(stepsOf(kept)).toEqual([]);
  });

  test('S8: without the victim the rest must be a quorum of what results', () => {
    const observation = shrinking({ leader: leaderOf({ members: voters(5), behind: [1, 2] }) });
    expect(stepsOf(observation)).toEqual([]);
    expect(gatesOf(observation)).toEqual([`QuorumMargin ${nameOf(4)}`]);
  });

  test('S8: a member that restarts in the middle of a roll comes back first', () => {
    const observation = shrinking({
      members: membersUpTo(5, (ordinal) => (ordinal === 2 ? { pod: podOf(2, { terminating: true }), node: SILENT } : {})),
    });
    expect(stepsOf(observation)).toEqual([]);
    expect(gatesOf(observation)).toEqual([`CaughtUp ${nameOf(2)}`]);
  });

  test('a learner that is asked for no more leaves too', () => {
    const members = [...voters(3), learner(3)];
    const observation: Observation = {
      ...healthy(3),
      cluster: clusterOf({ replicas: 3 }, formedStatus(members)),
      statefulSet: statefulSetOf(4),
      members: membersUpTo(4, (ordinal) => (ordinal === 3 ? { pod: podOf(3, { role: 'learner' }) } : {})),
      leader: leaderOf({ members, behind: [3] }),
    };
    expect(stepsOf(observation)).toEqual([`remove-member ${nameOf(3)} 13 @50`]);
  });
});

describe('S7: pods up first', () => {
  test.each([
    ['scaled by hand to 0', 0, 'apply-stateful-set 0->3'],
    ['scaled by hand to 1', 1, 'apply-stateful-set 1->3'],
  ])('%s: raised at once, without a leader', (_name, replicas, step) => {
    const observation = { ...healthy(3), statefulSet: statefulSetOf(replicas), leader: null };
    expect(stepsOf(observation)[0]).toBe(step);
  });

  test('woken at 5 in the configuration though 3 are asked for: all 5, then scale-in', () => {
    const observation: Observation = {
      ...healthy(5),
      cluster: clusterOf({ replicas: 3 }, formedStatus(voters(5))),
      statefulSet: statefulSetOf(0),
      members: membersUpTo(5, () => ({ pod: null, node: { kind: 'absent' } })),
      leader: null,
    };
    expect(stepsOf(observation)).toEqual(['apply-stateful-set 0->5']);
  });

  test('a deleted StatefulSet comes back with all its pods', () => {
    expect(stepsOf({ ...healthy(3), statefulSet: null, leader: null })[0]).toBe('apply-stateful-set none->3');
  });

  test('scaled up by hand: lowered one by one by a confirmed leader only', () => {
    const observation = {
      ...healthy(3),
      statefulSet: statefulSetOf(5),
      members: membersUpTo(5, (ordinal) =>
        ordinal < 3
          ? {}
          : {
              node: answered(freshStatus(ordinal)),
              pod: podOf(ordinal, { role: null, memberId: idOf(ordinal) }),
              claim: claimOf(ordinal, { clusterId: null, memberId: null }),
            },
      ),
    };
    expect(stepsOf(observation)).toEqual(['apply-stateful-set 5->4']);
    expect(stepsOf({ ...observation, leader: null })).toEqual([]);
  });

  test('hibernation takes all pods, once the configuration to wake is recorded', () => {
    const observation = healthy(3, { hibernate: true });
    expect(stepsOf(observation)).toEqual(['apply-stateful-set 3->0']);
    expect(stepsOf({ ...observation, leader: leaderOf({ members: voters(3), index: 60 }) })).toEqual([]);
    expect(stepsOf({ ...observation, leader: null })).toEqual(['apply-stateful-set 3->0']);
  });
});

describe('S9: dead members', () => {
  const reborn = (ordinal: number) => ({ node: answered(freshStatus(ordinal, 2)) });

  test('a node that reports another id: its old id is removed, and only then it joins', () => {
    const observation = healthy(3, {}, (ordinal) => (ordinal === 1 ? reborn(1) : {}));
    expect(stepsOf(observation).filter((step) => !step.startsWith('label-pod'))).toEqual([`remove-member ${nameOf(1)} 11 @50`]);
    const removed: Observation = {
      ...observation,
      cluster: clusterOf({ replicas: 3 }, formedStatus([voter(0), voter(2)])),
      leader: leaderOf({ members: [voter(0), voter(2)], removed: [{ id: idOf(1), index: 50 }] }),
    };
    expect(stepsOf(removed)).toContain(`add-learner ${nameOf(1)} 21 @50`);
  });

  test('not while the rest would be no quorum of what results', () => {
    const observation = {
      ...healthy(3, {}, (ordinal) => (ordinal === 1 ? reborn(1) : {})),
      leader: leaderOf({ members: voters(3), behind: [1, 2] }),
    };
    expect(stepsOf(observation).filter((step) => step.startsWith('remove'))).toEqual([]);
    expect(gatesOf(observation)).toContain(`QuorumMargin ${nameOf(1)}`);
  });

  test('a member that asks to be replaced (S11, S12) is removed, its claim stays', () => {
    const halt = { reason: 'LogCorrupt' as const, message: 'damage', wantsReplacement: true };
    const observation = healthy(3, {}, (ordinal) =>
      ordinal === 1 ? { node: answered(nodeStatus(1, { state: 'halted', halt })) } : {},
    );
    expect(stepsOf(observation)).toEqual([`remove-member ${nameOf(1)} 11 @50`]);
  });

  test('silence and a pod that is not ready only close a gate', () => {
    const pod = podOf(2, { ready: false, notReadySinceMs: 0 });
    const observation = {
      ...healthy(3, {}, (ordinal) => (ordinal === 2 ? { pod, node: SILENT } : {})),
      leader: leaderOf({ members: voters(3), behind: [2] }),
    };
    expect(stepsOf(observation)).toEqual([]);
    expect(gatesOf(observation)).toEqual([`DeadMemberEvidence ${nameOf(2)}`]);
  });
});

test('a resource that is being deleted is left to its owner references', () => {
  const observation = {
    ...healthy(3),
    cluster: clusterOf({ replicas: 5 }, formedStatus(voters(3)), { deletionTimestamp: '2026-01-01T00:00:00Z' }),
  };
  expect(planOf(observation)).toMatchObject({ steps: [], activity: { reason: 'Deleting' } });
});
