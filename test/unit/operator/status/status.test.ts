import { describe, expect, test } from '@jest/globals';
import { CONDITION_TYPES } from '../../../../src/api/storage-cluster.ts';
import type { StorageClusterStatus } from '../../../../src/api/storage-cluster.ts';
import { parseStatus } from '../../../../src/api/storage-cluster.ts';
import type { Observation } from '../../../../src/operator/plan/observation.ts';
import { deriveStatus, OBSERVED_AT_REFRESH_MS } from '../../../../src/operator/status/derive.ts';
import { statusPatch } from '../../../../src/operator/status/difference.ts';
import { coarse } from '../../../../src/operator/status/members.ts';
import { NOTHING_DONE } from '../../../../src/operator/status/outcome.ts';
import type { Outcome } from '../../../../src/operator/status/outcome.ts';
import { unseenStatus } from '../../../../src/operator/status/unreadable.ts';
import {
  answered,
  clusterOf,
  CLUSTER_ID,
  formedStatus,
  freshStatus,
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
  voters,
} from '../../../support/operator-observation.ts';

function derive(observation: Observation, outcome: Outcome = NOTHING_DONE, nowMs = NOW_MS): StorageClusterStatus {
  return deriveStatus(observation, planOf(observation), outcome, nowMs);
}

function conditionsIn(status: StorageClusterStatus): Record<string, string> {
  return Object.fromEntries((status.conditions ?? []).map(({ type, status: value, reason }) => [type, `${value} ${reason}`]));
}

/** The same observation, made of a resource that already carries this status. */
function carrying(observation: Observation, status: StorageClusterStatus): Observation {
  return { ...observation, cluster: { ...observation.cluster, status } };
}

const NEVER_SEEN: Observation = {
  cluster: clusterOf(),
  statefulSet: null,
  children: [],
  secrets: [],
  members: membersUpTo(3, () => ({ pod: null, claim: null, node: { kind: 'absent' } })),
  leader: null,
};

describe('S20: conditions', () => {
  test('every type is there from the first status on', () => {
    const status = derive(NEVER_SEEN);
    expect(status.conditions?.map(({ type }) => type)).toEqual([...CONDITION_TYPES]);
    expect(conditionsIn(status)).toEqual({
      Ready: 'False Founding',
      QuorumAvailable: 'False NotFounded',
      Progressing: 'True Starting',
      Degraded: 'Unknown NotObserved',
      Updated: 'Unknown NotObserved',
    });
  });

  test.each<[string, Observation, Record<string, string>, string]>([
    [
      'a healthy cluster',
      healthy(3),
      {
        Ready: 'True AllMembersReady',
        QuorumAvailable: 'True QuorumConfirmed',
        Progressing: 'False Stable',
        Degraded: 'False AsExpected',
        Updated: 'True AllMembersUpdated',
      },
      'Ready',
    ],
    [
      'everybody silent is Unknown, never False and never healthy',
      { ...healthy(3, {}, () => ({ node: SILENT })), leader: null },
      { Ready: 'Unknown MembersSilent', QuorumAvailable: 'Unknown MembersSilent', Degraded: 'Unknown NotObserved' },
      'Unknown',
    ],
    [
      'two of three pods gone: the quorum is lost for certain',
      {
        ...healthy(3, {}, (ordinal) => (ordinal === 0 ? { node: SILENT } : { pod: null, node: { kind: 'absent' } })),
        leader: null,
      },
      { Ready: 'False NoQuorum', QuorumAvailable: 'False QuorumLost', Degraded: 'True NoQuorum' },
      'Unavailable',
    ],
    [
      'one member silent',
      {
        ...healthy(3, {}, (ordinal) => (ordinal === 2 ? { node: SILENT, pod: podOf(2, { ready: false }) } : {})),
        leader: leaderOf({ members: voters(3), behind: [2] }),
      },
      { Ready: 'False MembersNotReady', QuorumAvailable: 'True QuorumConfirmed', Degraded: 'True MembersSilent' },
      'Degraded',
    ],
    [
      'a terminating pod is not ready, though Kubernetes still calls it so',
      healthy(3, {}, (ordinal) => (ordinal === 2 ? { pod: podOf(2, { terminating: true }) } : {})),
      { Ready: 'False MembersNotReady', Degraded: 'True MembersNotReady' },
      'Degraded',
    ],
    [
      'a halted member',
      healthy(3, {}, (ordinal) =>
        ordinal === 2
          ? {
              node: answered(
                nodeStatus(2, { state: 'halted', halt: { reason: 'PoisonEntry', message: 'entry 9', wantsReplacement: false } }),
              ),
            }
          : {},
      ),
      { Ready: 'False MembersNotReady', Degraded: 'True MembersHalted' },
      'Degraded',
    ],
    [
      'S17: a full member',
      healthy(3, {}, (ordinal) => (ordinal === 1 ? { node: answered(nodeStatus(1, { full: 'memory' })) } : {})),
      { Ready: 'True AllMembersReady', Degraded: 'True Full' },
      'Degraded',
    ],
    [
      'S13: a clock far away',
      healthy(3, {}, (ordinal) => (ordinal === 1 ? { node: answered(nodeStatus(1, { clockOffsetMs: 6000 })) } : {})),
      { Degraded: 'True ClockSkew' },
      'Degraded',
    ],
    [
      'a roll',
      healthy(3, {}, () => ({ pod: podOf(2, { revision: 'old' }) })),
      { Progressing: 'True Updating', Updated: 'False UpdateInProgress' },
      'Updating',
    ],
    [
      'a paused update',
      healthy(3, { update: { strategy: 'Paused' } }, () => ({ pod: podOf(1, { revision: 'old' }) })),
      { Progressing: 'False Blocked', Updated: 'False UpdatePaused' },
      'Ready',
    ],
    [
      'a scale-out',
      {
        ...healthy(3, { replicas: 5 }),
        members: membersUpTo(5, (ordinal) => (ordinal < 3 ? {} : { pod: null, claim: null, node: { kind: 'absent' } })),
      },
      { Ready: 'False MembersNotReady', Progressing: 'True ScalingOut', Degraded: 'False AsExpected' },
      'Scaling',
    ],
    [
      'a scale-in',
      { ...healthy(5), cluster: clusterOf({ replicas: 3 }, formedStatus(voters(5))) },
      { Ready: 'True AllMembersReady', Progressing: 'True ScalingIn' },
      'Scaling',
    ],
    [
      'hibernation: 0/0 is not Ready',
      {
        ...healthy(3, { hibernate: true }, () => ({ pod: null, node: { kind: 'absent' } })),
        statefulSet: statefulSetOf(0),
        leader: null,
      },
      {
        Ready: 'False Hibernated',
        QuorumAvailable: 'False Hibernated',
        Progressing: 'False Stable',
        Degraded: 'False AsExpected',
        Updated: 'Unknown Hibernated',
      },
      'Hibernated',
    ],
    [
      'deletion',
      { ...healthy(3), cluster: clusterOf({}, formedStatus(voters(3)), { deletionTimestamp: '2026-01-01T00:00:00Z' }) },
      { Ready: 'False Deleting', Progressing: 'True Deleting' },
      'Deleting',
    ],
  ])('%s', (_name, observation, conditions, phase) => {
    const status = derive(observation);
    expect(conditionsIn(status)).toMatchObject(conditions);
    expect(status.phase).toBe(phase);
    expect(parseStatus(status)).toMatchObject({ ok: true });
  });

  test('S5: foreign volumes are named with id and field', () => {
    const foreign = memberOf(0, {
      pod: null,
      node: { kind: 'absent' },
      claim: { ...memberOf(0).claim!, clusterId: 'cluster-of-before' },
    });
    const status = derive({ ...NEVER_SEEN, members: [foreign] });
    const ready = status.conditions?.find(({ type }) => type === 'Ready');
    expect(ready).toMatchObject({ status: 'False', reason: 'ForeignVolumes' });
    expect(ready?.message).toMatch(/cluster-of-before.*spec\.adoptClusterId/s);
    expect(status.clusterId).toBeUndefined();
  });

  test('a failed step degrades and nothing else in status changes', () => {
    const before = derive(healthy(3));
    const status = derive(carrying(healthy(3), { ...before, ...formedStatus(voters(3)) }), {
      ...NOTHING_DONE,
      failure: 'apply-child: forbidden',
    });
    expect(conditionsIn(status)).toMatchObject({ Ready: 'True AllMembersReady', Degraded: 'True ReconcileFailed' });
  });

  test('lastTransitionTime moves only when a status flips', () => {
    const before = derive(healthy(3));
    const later = NOW_MS + 60_000;
    const lost = healthy(3, {}, (ordinal) => (ordinal === 2 ? { pod: podOf(2, { ready: false }) } : {}));
    const after = derive(carrying(lost, before), NOTHING_DONE, later);
    const times = Object.fromEntries((after.conditions ?? []).map(({ type, lastTransitionTime }) => [type, lastTransitionTime]));
    expect(times).toMatchObject({
      Ready: '2026-01-01T12:01:00Z',
      Degraded: '2026-01-01T12:01:00Z',
      QuorumAvailable: '2026-01-01T12:00:00Z',
    });
  });
});

describe('S20: writing', () => {
  test('at rest nothing is patched, until observedAt is due', () => {
    const before = derive(healthy(3));
    const soon = derive(carrying(healthy(3), before), NOTHING_DONE, NOW_MS + OBSERVED_AT_REFRESH_MS - 1);
    expect(statusPatch(before, soon)).toBeNull();
    const due = derive(carrying(healthy(3), before), NOTHING_DONE, NOW_MS + OBSERVED_AT_REFRESH_MS);
    expect(statusPatch(before, due)).toEqual({ observedAt: '2026-01-01T12:04:45Z' });
    expect(OBSERVED_AT_REFRESH_MS + 10_000).toBeLessThan(300_000);
  });

  test('a change is patched at once, a field that is gone as null', () => {
    const before = derive(healthy(3));
    const after = derive({ ...carrying(healthy(3), before), leader: null });
    expect(statusPatch(before, after)).toMatchObject({ leader: null, term: null, quorum: null });
  });

  test('lag changes in coarse steps, and is 0 while caught up by the leader', () => {
    expect([1, 10, 11, 999, 1000, 1001].map(coarse)).toEqual([10, 10, 100, 1000, 1000, 10_000]);
    const observation = { ...healthy(3), leader: leaderOf({ members: voters(3), behind: [2] }) };
    expect(derive(observation).members?.map(({ lag }) => lag)).toEqual([0, 0, 1000]);
  });

  test('a gate keeps its since while it stays closed', () => {
    const paused = healthy(3, { update: { strategy: 'Paused' } }, () => ({ pod: podOf(1, { revision: 'old' }) }));
    const before = derive(paused);
    const after = derive(carrying(paused, before), NOTHING_DONE, NOW_MS + 99_000);
    expect(after.blockedBy).toMatchObject([{ gate: 'UpdatePaused', since: '2026-01-01T12:00:00Z' }]);
    expect(derive(carrying(healthy(3), before)).blockedBy).toEqual([]);
  });
});

describe('what status says', () => {
  test('counts, leader, quorum, versions and members', () => {
    expect(derive(healthy(3))).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      updatedReplicas: 3,
      ready: '3/3',
      leader: nameOf(0),
      term: 4,
      quorum: '3/3',
      version: '0.1.0',
      featureLevel: 1,
      selector: 'app.kubernetes.io/component=storage,quorate.io/cluster=orders,quorate.io/shard=0',
      observedGeneration: 2,
      members: [
        { name: nameOf(0), role: 'Leader' },
        { name: nameOf(1), role: 'Follower' },
        { name: nameOf(2), role: 'Follower' },
      ],
    });
  });

  test('S1: the configuration is the committed one of a confirmed leader; without one the last that was known stays', () => {
    const newer = { ...healthy(3), leader: leaderOf({ members: voters(3), index: 60, uncommittedIndex: 70 }) };
    expect(derive(newer).configuration?.index).toBe(60);
    expect(derive({ ...newer, leader: null }).configuration?.index).toBe(50);
  });

  test('the lowest version while they differ, numbers by value', () => {
    const observation = healthy(3, {}, (ordinal) => ({
      node: answered(nodeStatus(ordinal, { version: ordinal === 1 ? '0.9.0' : '0.10.0' })),
    }));
    expect(derive(observation).version).toBe('0.9.0');
  });

  test('S6: what was recorded in this pass is kept', () => {
    const founding = { epoch: 1, members: [{ id: voters(1)[0]!.id, name: nameOf(0) }] };
    const recorded = { clusterId: CLUSTER_ID, generation: { number: 1, id: '0000000000000000' }, founding };
    expect(derive(NEVER_SEEN, { ...NOTHING_DONE, recorded })).toMatchObject(recorded);
  });

  test('roles of those that answer and are not listed, and of those that are silent', () => {
    const members = [...membersUpTo(3), memberOf(3, { node: answered(freshStatus(3)) }), memberOf(4, { node: SILENT })];
    expect(derive({ ...healthy(3, { replicas: 5 }), members }).members?.slice(3)).toMatchObject([
      { role: 'NonMember' },
      { role: 'Unknown', message: 'does not answer' },
    ]);
    const unled = derive({ ...healthy(3), leader: null });
    expect(unled.members?.some(({ role }) => role === 'Leader')).toBe(false);
  });

  test('a resource that cannot be read: conditions and gate say so, identity is not touched, nothing of before is called seen', () => {
    const stored = { ...derive(healthy(3)), clusterId: CLUSTER_ID };
    const status = unseenStatus(stored, { reason: 'InvalidSpec', message: 'spec.replicas: 4' }, 3, NOW_MS + 5000);
    expect(conditionsIn(status)).toMatchObject({
      Ready: 'Unknown InvalidSpec',
      Degraded: 'True InvalidSpec',
      Progressing: 'False Blocked',
    });
    expect(status.phase).toBe('Unknown');
    expect(status.blockedBy).toMatchObject([{ gate: 'ValidSpec', message: expect.stringContaining('spec.replicas: 4') }]);
    expect(Object.keys(status)).not.toContain('clusterId');
    expect(status.members).toMatchObject([0, 1, 2].map((ordinal) => ({ name: nameOf(ordinal), role: 'Unknown', ready: false })));
    expect(status.members?.map(({ volumeUid }) => volumeUid)).toEqual(['volume-uid-0', 'volume-uid-1', 'volume-uid-2']);
    expect(statusPatch(stored, { ...stored, ...status })).toMatchObject({ ready: null, leader: null, quorum: null });
    expect(status.conditions?.find(({ type }) => type === 'Progressing')?.lastTransitionTime).toBe('2026-01-01T12:00:00Z');
  });
});
