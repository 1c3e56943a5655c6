/** Every gate, closed at least once: whoever adds one has to say here, and in docs/gates.md, when it is closed and what opens it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { BLOCKING_GATES, parseStatus } from '../../../../src/api/storage-cluster.ts';
import type { BlockingGate, StorageClusterStatus } from '../../../../src/api/storage-cluster.ts';
import type { MemberObservation, Observation } from '../../../../src/operator/plan/observation.ts';
import type { Step } from '../../../../src/operator/plan/step.ts';
import { failureOf, NodeCallError } from '../../../../src/operator/step-failure.ts';
import { deriveStatus } from '../../../../src/operator/status/derive.ts';
import { NOTHING_DONE } from '../../../../src/operator/status/outcome.ts';
import { unseenStatus } from '../../../../src/operator/status/unreadable.ts';
import { filesUnder } from '../../../tidy/source-files.ts';
import {
  answered,
  claimOf,
  clusterOf,
  CLUSTER_ID,
  freshStatus,
  healthy,
  idOf,
  leaderOf,
  nameOf,
  nodeStatus,
  NOW_MS,
  planOf,
  podOf,
  SILENT,
  statefulSetOf,
  voters,
} from '../../../support/operator-observation.ts';
import { failure } from '../../../support/operator-store.ts';

const outdated = (spec: object = {}) => healthy(3, spec, (ordinal) => ({ pod: podOf(ordinal, { revision: 'old' }) }));
const only = (ordinal: number, changes: Partial<MemberObservation>, spec: object = {}) =>
  healthy(3, spec, (other) => (other === ordinal ? changes : {}));
const annotated = (observation: Observation, annotations: Record<string, string>): Observation => ({
  ...observation,
  cluster: { ...observation.cluster, metadata: { ...observation.cluster.metadata, annotations } },
});
const halted = (reason: 'UnknownFormat' | 'StateDiverged') =>
  answered(nodeStatus(2, { state: 'halted', halt: { reason, message: 'as it says', wantsReplacement: false } }));
const rollWith = (node: MemberObservation['node']) =>
  healthy(3, {}, (ordinal) =>
    ordinal === 2 ? { node, pod: podOf(2, { ready: false }) } : { pod: podOf(ordinal, { revision: 'old' }) },
  );
const founding = { epoch: 1, members: [0, 1, 2].map((ordinal) => ({ id: idOf(ordinal), name: nameOf(ordinal) })) };
const unformed = (status: StorageClusterStatus, member: (ordinal: number) => Partial<MemberObservation>): Observation => ({
  ...healthy(3, {}, member),
  cluster: clusterOf({}, status),
  leader: null,
});
const identity = { clusterId: CLUSTER_ID, generation: { number: 1, id: '0000000000000000' } };

const closed: Readonly<Record<BlockingGate, Observation | StorageClusterStatus | readonly [Step, Error]>> = {
  QuorumMargin: {
    ...only(2, { pod: null, node: { kind: 'absent' }, claim: claimOf(2, { volume: { kind: 'gone' } }) }),
    leader: leaderOf({ members: voters(3), behind: [1, 2] }),
  },
  ConfirmedLeader: { ...outdated(), leader: null },
  Founders: unformed({ ...identity, founding }, (ordinal) => (ordinal === 0 ? {} : { node: answered(freshStatus(ordinal, 2)) })),
  VolumesAccountedFor: unformed({}, () => ({ node: SILENT })),
  ForeignVolumes: unformed({}, (ordinal) => ({ node: SILENT, claim: claimOf(ordinal, { clusterId: 'another' }) })),
  DeadMemberEvidence: {
    ...only(2, { node: SILENT, pod: podOf(2, { ready: false, notReadySinceMs: NOW_MS - 90_000 }) }),
    leader: leaderOf({ members: voters(3), behind: [2] }),
  },
  ReplaceOrder: annotated(healthy(3), { 'quorate.io/replace': 'orders-shard-0-x' }),
  Maintenance: annotated(only(2, { pod: podOf(2, { revision: 'old' }) }), { 'quorate.io/maintenance': nameOf(2) }),
  Paused: healthy(3, { paused: true }),
  CaughtUp: rollWith(answered(nodeStatus(2))),
  LeadershipTransfer: [
    { type: 'transfer-leadership', leader: nameOf(0), member: nameOf(1), id: idOf(1), because: '' },
    new NodeCallError(nameOf(0), { kind: 'refused', status: 409, code: 'transfer-failed', message: 'no answer', leader: null }),
  ],
  Eviction: [{ type: 'evict-pod', member: nameOf(1), uid: 'pod-1', because: '' }, failure('throttled', 'disruption budget')],
  UpdatePaused: outdated({ update: { strategy: 'Paused' } }),
  PodDeletion: outdated({ update: { strategy: 'OnDelete' } }),
  Canary: healthy(3, {}, (ordinal) => ({
    pod: podOf(ordinal, ordinal === 2 ? { readySinceMs: NOW_MS } : { revision: 'old' }),
  })),
  RolledBack: {
    ...healthy(3),
    statefulSet: statefulSetOf(3, { rolledBack: { generation: 2, member: nameOf(2), reason: 'it is not ready' } }),
  },
  FeatureLevel: rollWith(halted('UnknownFormat')),
  StateHash: rollWith(halted('StateDiverged')),
  VolumeExpansion: healthy(3, { storage: { size: '20Gi' } }, (ordinal) => ({ claim: claimOf(ordinal, { growable: false }) })),
  VolumeResize: healthy(3, { storage: { size: '20Gi' } }, (ordinal) => ({ claim: claimOf(ordinal, { requested: '20Gi' }) })),
  PodStart: only(2, { node: SILENT, pod: podOf(2, { ready: false, problem: { kind: 'waiting', message: 'ImagePullBackOff' } }) }),
  ValidSpec: unseenStatus({}, { reason: 'InvalidSpec', message: 'spec.replicas: 4' }, 2, NOW_MS),
  NameTaken: { ...healthy(3), children: [{ kind: 'Service', name: 'orders', state: 'taken', uid: 'theirs' }] },
};

function statusOf(scene: (typeof closed)[BlockingGate]): StorageClusterStatus {
  if ('conditions' in scene) return scene;
  if (!('members' in scene)) {
    const [step, error] = scene as readonly [Step, Error];
    const { gate } = failureOf(step, error);
    return deriveStatus(healthy(3), planOf(healthy(3)), { ...NOTHING_DONE, blockedBy: gate === null ? [] : [gate] }, NOW_MS);
  }
  const observation = scene as Observation;
  return deriveStatus(observation, planOf(observation), NOTHING_DONE, NOW_MS);
}

describe('status.blockedBy names every gate and what opens it', () => {
  test.each(BLOCKING_GATES.map((gate) => [gate] as const))('%s', (gate) => {
    const status = statusOf(closed[gate]);
    const found = status.blockedBy?.find((candidate) => candidate.gate === gate);
    expect(found).toMatchObject({ gate, message: expect.stringMatching(/\S.{15}/), unblock: expect.stringMatching(/\S.{10}/) });
    // A gate that holds a step back is never told together with a rest that nothing disturbs.
    const progressing = status.conditions?.find(({ type }) => type === 'Progressing');
    expect(progressing).not.toMatchObject({ reason: 'Stable' });
    expect(parseStatus(status)).toMatchObject({ ok: true });
  });
});

test('docs/gates.md lists each gate once, with when it is closed and what opens it', () => {
  const page = readFileSync(new URL('../../../../docs/gates.md', import.meta.url), 'utf8');
  const rows = page
    .split('\n')
    .flatMap((line) => [...line.matchAll(/^\| `(\w+)` \| (.{20,}) \| (.{10,}) \|$/g)].map((row) => row[1]));
  expect(rows).toEqual([...new Set(rows)]);
  expect([...rows].sort()).toEqual([...BLOCKING_GATES].sort());
});

test('every gate that the code names is on the list', () => {
  const named = filesUnder('src/operator', ['.ts']).flatMap(({ text }) =>
    [...text.matchAll(/\bgate\(\s*'(\w+)'/g), ...text.matchAll(/\bgate: '(\w+)'/g)].map((match) => match[1]),
  );
  expect(new Set(named)).toEqual(new Set(BLOCKING_GATES));
});
