/** Whatever was seen: at most one disruptive step, a healthy pod only goes with the margin of S8, and nothing follows from silence. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ClaimObservation, MemberObservation, Observation } from '../../../../src/operator/plan/observation.ts';
import { isDisruptive, isExclusive } from '../../../../src/operator/plan/step.ts';
import {
  answered,
  claimOf,
  clusterOf,
  formedStatus,
  freshStatus,
  idOf,
  leaderOf,
  learner,
  memberOf,
  nodeStatus,
  planOf,
  podOf,
  SILENT,
  statefulSetOf,
  voter,
} from '../../../support/operator-observation.ts';

type VolumeKind = 'present' | 'gone' | 'unreachable' | 'unknown';

const volumes = (ordinal: number): Readonly<Record<VolumeKind, ClaimObservation['volume']>> => {
  const present = { kind: 'present', uid: `volume-uid-${ordinal}`, reclaimPolicy: 'Delete', unreachable: null } as const;
  const unreachable = { ...present, unreachable: 'its node is gone' };
  return { present, unreachable, gone: { kind: 'gone' }, unknown: { kind: 'unknown' } };
};

const aMember = (ordinal: number): fc.Arbitrary<MemberObservation> =>
  fc
    .record({
      pod: fc.constantFrom('ready', 'unready', 'terminating', 'absent', 'broken'),
      revision: fc.constantFrom('old', 'new'),
      node: fc.constantFrom('member', 'silent', 'fresh', 'reborn', 'halted'),
      claim: fc.boolean(),
      volume: fc.constantFrom<VolumeKind>('present', 'present', 'gone', 'unreachable', 'unknown'),
      requested: fc.constantFrom('10Gi', '20Gi'),
      marked: fc.constantFrom(null, null, null, 'hands-off', 'no-leadership'),
    })
    .map(({ pod, revision, node, claim, volume, requested, marked }) => {
      const problem = pod === 'broken' ? ({ kind: 'crashing', message: 'exit 1' } as const) : null;
      const halt = { reason: 'LogCorrupt' as const, message: 'damage', wantsReplacement: true };
      const says = {
        member: answered(nodeStatus(ordinal)),
        silent: SILENT,
        fresh: answered(freshStatus(ordinal)),
        reborn: answered(freshStatus(ordinal, 2)),
        halted: answered(nodeStatus(ordinal, { state: 'halted', halt })),
      };
      return memberOf(ordinal, {
        pod:
          pod === 'absent'
            ? null
            : podOf(ordinal, {
                ready: pod === 'ready',
                terminating: pod === 'terminating',
                revision,
                problem,
                maintenance: marked,
              }),
        node: pod === 'absent' ? { kind: 'absent' } : says[node],
        claim: claim ? claimOf(ordinal, { requested, growable: true, volume: volumes(ordinal)[volume] }) : null,
      });
    });

const anObservation: fc.Arbitrary<Observation> = fc
  .record({
    replicas: fc.constantFrom(1, 3, 5, 7),
    pods: fc.integer({ min: 0, max: 7 }),
    roles: fc.array(fc.constantFrom('voter', 'learner'), { minLength: 1, maxLength: 7 }),
    members: fc.tuple(...Array.from({ length: 7 }, (_, ordinal) => aMember(ordinal))),
    behind: fc.subarray([1, 2, 3, 4, 5, 6]),
    leads: fc.boolean(),
    recordedIndex: fc.constantFrom(40, 50),
    whenScaled: fc.constantFrom('Retain', 'Delete'),
    hibernate: fc.boolean(),
    paused: fc.constantFrom(false, false, false, true),
    ordered: fc.subarray([0, 1, 2, 3, 4, 5, 6], { maxLength: 2 }),
  })
  .map(({ replicas, pods, roles, members, behind, leads, recordedIndex, whenScaled, hibernate, paused, ordered }) => {
    const listed = roles.map((role, ordinal) => (role === 'voter' || ordinal === 0 ? voter(ordinal) : learner(ordinal)));
    const spec = { replicas, hibernate, paused, storage: { retention: { whenScaled } } } as const;
    return {
      cluster: clusterOf(spec, formedStatus(listed, recordedIndex), {
        annotations: { 'quorate.io/replace': ordered.map((ordinal) => idOf(ordinal)).join(',') },
      }),
      statefulSet: statefulSetOf(pods),
      children: [],
      secrets: [],
      members,
      leader: leads ? leaderOf({ members: listed, behind }) : null,
    };
  });

/** Of full size, with an update under way: where evictions happen. */
const aRoll: fc.Arbitrary<Observation> = fc
  .record({
    count: fc.constantFrom(1, 3, 5, 7),
    leads: fc.integer({ min: 0, max: 6 }),
    behind: fc.subarray([1, 2, 3, 4, 5, 6], { maxLength: 2 }),
    outdated: fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
    odd: fc.array(fc.tuple(fc.nat(6), fc.nat(6).chain(aMember)), { maxLength: 3 }),
  })
  .map(({ count, leads, behind, outdated, odd }) => {
    const listed = Array.from({ length: count }, (_, ordinal) => voter(ordinal));
    const members = listed.map((_, ordinal) => {
      const strange = odd.find(([, member]) => member.ordinal === ordinal)?.[1];
      return strange ?? memberOf(ordinal, { pod: podOf(ordinal, { revision: outdated.includes(ordinal) ? 'old' : 'new' }) });
    });
    const ordinal = leads % count;
    return {
      cluster: clusterOf({ replicas: count }, formedStatus(listed)),
      statefulSet: statefulSetOf(count),
      children: [],
      secrets: [],
      members,
      leader: leaderOf({ ordinal, members: listed, behind: behind.filter((other) => other !== ordinal) }),
    };
  });

/** Of full size, mostly well, with members that are lost or ordered to be replaced. */
const aLoss: fc.Arbitrary<Observation> = fc
  .tuple(aRoll, fc.subarray([0, 1, 2, 3, 4, 5, 6], { maxLength: 2 }))
  .map(([observation, ordered]) => {
    const annotations = { 'quorate.io/replace': ordered.map((ordinal) => idOf(ordinal)).join(',') };
    const { metadata } = observation.cluster;
    return { ...observation, cluster: { ...observation.cluster, metadata: { ...metadata, annotations } } };
  });

test('S8: at most one disruptive step a pass, and no change of membership beside it', () => {
  fc.assert(
    fc.property(anObservation, (observation) => {
      const { steps } = planOf(observation);
      expect(steps.filter(isDisruptive).length).toBeLessThanOrEqual(1);
      expect(steps.filter(isExclusive).length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
});

test('S8: a pod is evicted only while the caught-up voters that run and are not it are a quorum', () => {
  let evictions = 0;
  fc.assert(
    fc.property(aRoll, (observation) => {
      const eviction = planOf(observation).steps.find((step) => step.type === 'evict-pod');
      if (eviction === undefined) return;
      evictions += 1;
      const { leader, members } = observation;
      const voters = leader?.replication.committedConfiguration.members.filter(({ role }) => role === 'voter') ?? [];
      const caughtUp = leader?.replication.progress.filter((progress) => progress.caughtUp).map(({ id }) => id) ?? [];
      const others = voters.filter(({ id, name }) => {
        const member = members.find((candidate) => candidate.name === name);
        const status = member?.node.kind === 'answered' ? member.node.status : null;
        const runs = member?.pod?.terminating === false && status?.memberId === id && status.state === 'member';
        return runs && name !== eviction.member && (id === leader?.member.id || caughtUp.includes(id));
      });
      expect(voters.length === 1 || others.length > voters.length / 2).toBe(true);
      expect(eviction.member === leader?.member.name && voters.length > 1).toBe(false);
    }),
    { numRuns: 1000 },
  );
  expect(evictions).toBeGreaterThan(50);
});

test('S1: without a confirmed leader no member is changed, no volume deleted, no pod lowered or evicted', () => {
  fc.assert(
    fc.property(anObservation, (observation) => {
      fc.pre(!observation.cluster.spec.hibernate);
      const forbidden = planOf({ ...observation, leader: null }).steps.filter(
        (step) =>
          ['add-learner', 'promote', 'remove-member', 'delete-claim', 'evict-pod', 'transfer-leadership', 'label-pod'].includes(
            step.type,
          ) ||
          (step.type === 'apply-stateful-set' && step.replicas < (step.replicasBefore ?? 0)),
      );
      expect(forbidden).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('S7: never more pods than are asked for, listed, or there already, whatever fails (TiDB grew from 3 to 45)', () => {
  fc.assert(
    fc.property(anObservation, (observation) => {
      const { cluster, statefulSet, leader } = observation;
      const ordinals = [
        ...(cluster.status?.configuration?.members ?? []),
        ...(leader?.replication.committedConfiguration.members ?? []),
      ];
      const listed = Math.max(0, ...ordinals.map(({ name }) => Number(name.split('-').at(-1)) + 1));
      for (const step of planOf(observation).steps) {
        if (step.type !== 'apply-stateful-set') continue;
        expect(step.replicas).toBeLessThanOrEqual(Math.max(cluster.spec.replicas, statefulSet?.replicas ?? 0, listed));
      }
    }),
    { numRuns: 500 },
  );
});

test('S4: a claim is deleted only when neither its member nor its name is in the committed configuration', () => {
  fc.assert(
    fc.property(anObservation, (observation) => {
      const listed = observation.leader?.replication.committedConfiguration.members ?? [];
      for (const step of planOf(observation).steps) {
        if (step.type !== 'delete-claim') continue;
        const owner = observation.members.find(({ claim }) => claim?.uid === step.uid);
        expect(listed.some(({ id, name }) => name === owner?.name || id === owner?.claim?.memberId)).toBe(false);
        // What is given up goes with its pod, in this pass or when its turn comes; what a scale-in left has none.
        expect(owner?.pod === null || (owner?.ordinal ?? 0) < observation.cluster.spec.replicas).toBe(true);
        expect(step.keepVolume || owner?.pod === null || owner?.claim?.volume.kind === 'gone').toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

test('S9: a voter is removed only while the caught-up voters without it are a quorum of the configuration that results', () => {
  let removals = 0;
  fc.assert(
    fc.property(aLoss, (observation) => {
      const removal = planOf(observation).steps.find((step) => step.type === 'remove-member');
      if (removal === undefined) return;
      const { leader, members } = observation;
      const voters = leader?.replication.committedConfiguration.members.filter(({ role }) => role === 'voter') ?? [];
      if (!voters.some(({ id }) => id === removal.id)) return;
      removals += 1;
      const left = voters.filter(({ id }) => id !== removal.id);
      const caughtUp = left.filter(({ id, name }) => {
        const member = members.find((candidate) => candidate.name === name);
        const status = member?.node.kind === 'answered' ? member.node.status : null;
        const runs = member?.pod?.terminating === false && status?.memberId === id && status.state === 'member';
        const progress = leader?.replication.progress.find((standing) => standing.id === id);
        return runs && (id === leader?.member.id || progress?.caughtUp === true);
      });
      expect(caughtUp.length).toBeGreaterThan(left.length / 2);
      expect(removal.id).not.toBe(leader?.member.id);
    }),
    { numRuns: 3000 },
  );
  expect(removals).toBeGreaterThan(50);
});

test('a member in maintenance is neither removed, evicted, deleted, promoted nor handed leadership to', () => {
  const touching = new Set(['remove-member', 'evict-pod', 'delete-broken-pod', 'promote', 'transfer-leadership']);
  const judge = (observation: Observation) => {
    for (const step of planOf(observation).steps) {
      if (!touching.has(step.type) || !('member' in step)) continue;
      const mode = observation.members.find(({ name }) => name === step.member)?.pod?.maintenance ?? null;
      expect([step.type, mode]).not.toEqual([step.type, 'hands-off']);
      if (step.type === 'transfer-leadership') expect(mode).toBeNull();
    }
  };
  fc.assert(fc.property(anObservation, judge), { numRuns: 1000 });
  fc.assert(fc.property(aRoll, judge), { numRuns: 1000 });
});

test('spec.paused: whatever was seen, nothing follows but labels', () => {
  fc.assert(
    fc.property(anObservation, (observation) => {
      fc.pre(observation.cluster.spec.paused);
      expect(planOf(observation).steps.filter(({ type }) => type !== 'label-pod')).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
