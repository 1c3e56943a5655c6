/** Observations by hand: a healthy cluster, to be changed in the one thing that a test is about. */
import { RAFT_GUARANTEES } from '../../src/consensus/guarantees.ts';
import { API_VERSION, defaultSpec, KIND } from '../../src/api/storage-cluster.ts';
import type { StorageCluster, StorageClusterSpecInput, StorageClusterStatus } from '../../src/api/storage-cluster.ts';
import type { NodeMember, NodeReplication, NodeStatus } from '../../src/api/node-status.ts';
import { FIRST_GENERATION } from '../../src/shared/ids.ts';
import type { ClusterId, MemberId } from '../../src/shared/ids.ts';
import type {
  ClaimObservation,
  ConfirmedLeader,
  MemberObservation,
  Observation,
  PodObservation,
  StatefulSetObservation,
} from '../../src/operator/plan/observation.ts';
import { plan } from '../../src/operator/plan/plan.ts';
import type { Plan } from '../../src/operator/plan/plan.ts';
import type { Step } from '../../src/operator/plan/step.ts';

export const NOW_MS = Date.parse('2026-01-01T12:00:00Z');
export const CLUSTER_ID = 'uid-of-orders' as ClusterId;

export function idOf(ordinal: number, life = 1): MemberId {
  return `${life}${ordinal}`.padStart(16, '0') as MemberId;
}

export function nameOf(ordinal: number): string {
  return `orders-shard-0-${ordinal}`;
}

export function voter(ordinal: number, life = 1): NodeMember {
  return { id: idOf(ordinal, life), name: nameOf(ordinal), role: 'voter' };
}

export function learner(ordinal: number, life = 1): NodeMember {
  return { ...voter(ordinal, life), role: 'learner' };
}

export function clusterOf(
  spec: StorageClusterSpecInput = {},
  status?: StorageClusterStatus,
  metadata: Partial<StorageCluster['metadata']> = {},
): StorageCluster {
  return {
    apiVersion: API_VERSION,
    kind: KIND,
    metadata: { name: 'orders', namespace: 'shop', uid: CLUSTER_ID, resourceVersion: '7', generation: 2, ...metadata },
    spec: defaultSpec({ version: '0.1.0', ...spec }),
    status,
  };
}

export function podOf(ordinal: number, changes: Partial<PodObservation> = {}): PodObservation {
  return {
    uid: `pod-${ordinal}`,
    ready: true,
    terminating: false,
    revision: 'new',
    problem: null,
    createdAtMs: NOW_MS - 3_600_000,
    readySinceMs: NOW_MS - 3_600_000,
    notReadySinceMs: null,
    orphaned: false,
    replace: false,
    maintenance: null,
    nodeName: `worker-${ordinal}`,
    role: ordinal === 0 ? 'leader' : 'follower',
    memberId: idOf(ordinal),
    ...changes,
  };
}

export function claimOf(ordinal: number, changes: Partial<ClaimObservation> = {}): ClaimObservation {
  return {
    name: `data-${nameOf(ordinal)}`,
    uid: `claim-${ordinal}`,
    terminating: false,
    clusterId: CLUSTER_ID,
    memberId: idOf(ordinal),
    owned: false,
    ownedByOther: false,
    requested: '10Gi',
    capacity: '10Gi',
    storageClassName: 'fast',
    growable: null,
    volumeName: `volume-${ordinal}`,
    volume: { kind: 'present', uid: `volume-uid-${ordinal}`, reclaimPolicy: 'Delete', unreachable: null },
    ...changes,
  };
}

export function nodeStatus(ordinal: number, changes: Partial<NodeStatus> = {}): NodeStatus {
  return {
    formatVersion: 1,
    name: nameOf(ordinal),
    memberId: idOf(ordinal),
    formerIds: [],
    state: 'member',
    halt: null,
    ready: true,
    readyReason: '',
    version: '0.1.0',
    featureLevelMax: 1,
    featureLevel: 1,
    clusterId: CLUSTER_ID,
    generation: FIRST_GENERATION,
    founding: null,
    replication: null,
    guarantees: RAFT_GUARANTEES,
    confirmed: false,
    keys: 0,
    dataBytes: 0,
    dataBytesMax: 1,
    diskFreeBytes: null,
    diskTotalBytes: null,
    full: 'no',
    clockOffsetMs: 0,
    asideFolder: null,
    clients: 0,
    startedAt: '2026-01-01T00:00:00Z',
    ...changes,
  };
}

/** An empty disk: formatted, of no cluster. */
export function freshStatus(ordinal: number, life = 1): NodeStatus {
  return nodeStatus(ordinal, {
    memberId: idOf(ordinal, life),
    state: 'awaiting-membership',
    ready: false,
    clusterId: null,
    generation: null,
    featureLevel: 0,
  });
}

export function answered(status: NodeStatus): MemberObservation['node'] {
  return { kind: 'answered', status };
}

export const SILENT: MemberObservation['node'] = { kind: 'silent', reason: 'no answer' };

export function memberOf(ordinal: number, changes: Partial<MemberObservation> = {}): MemberObservation {
  return {
    name: nameOf(ordinal),
    ordinal,
    pod: podOf(ordinal),
    claim: claimOf(ordinal),
    node: answered(nodeStatus(ordinal)),
    ...changes,
  };
}

export interface LeaderOptions {
  readonly ordinal?: number;
  readonly members: readonly NodeMember[];
  readonly index?: number;
  readonly removed?: NodeReplication['configuration']['removed'];
  /** Ordinals that the leader does not call caught up. */
  readonly behind?: readonly number[];
  /** Index of a configuration that is appended and not committed. */
  readonly uncommittedIndex?: number;
  readonly status?: Partial<NodeStatus>;
}

export function leaderOf(options: LeaderOptions): ConfirmedLeader {
  const { ordinal = 0, members, index = 50, removed = [], behind = [], uncommittedIndex } = options;
  const committedConfiguration = { index, members, removed };
  const own = idOf(ordinal);
  const replication: NodeReplication = {
    role: 'leader',
    term: 4,
    leader: voter(ordinal),
    firstIndex: 1,
    lastIndex: 1000,
    durableIndex: 1000,
    commitIndex: 1000,
    appliedIndex: 1000,
    settled: true,
    configuration:
      uncommittedIndex === undefined ? committedConfiguration : { ...committedConfiguration, index: uncommittedIndex },
    committedConfiguration,
    progress: members
      .filter(({ id }) => id !== own)
      .map(({ id, name }) => {
        const caughtUp = !behind.some((other) => nameOf(other) === name);
        return { id, matchIndex: caughtUp ? 1000 : 400, active: caughtUp, caughtUp, state: 'replicate' as const };
      }),
    electionsStarted: 0,
    leadershipsWon: 1,
  };
  const status = nodeStatus(ordinal, { replication, confirmed: true, ...options.status });
  return { member: voter(ordinal), status, replication };
}

export function statefulSetOf(replicas: number, changes: Partial<StatefulSetObservation> = {}): StatefulSetObservation {
  return {
    uid: 'set',
    resourceVersion: '70',
    replicas,
    updateRevision: 'new',
    state: 'current',
    rolledBack: null,
    claimSize: '10Gi',
    ...changes,
  };
}

export function voters(count: number): readonly NodeMember[] {
  return Array.from({ length: count }, (_, ordinal) => voter(ordinal));
}

export function membersUpTo(
  count: number,
  changes: (ordinal: number) => Partial<MemberObservation> = () => ({}),
): readonly MemberObservation[] {
  return Array.from({ length: count }, (_, ordinal) => memberOf(ordinal, changes(ordinal)));
}

export function formedStatus(members: readonly NodeMember[], index = 50): StorageClusterStatus {
  return { clusterId: CLUSTER_ID, generation: FIRST_GENERATION, configuration: { index, members: [...members] } };
}

/** `count` voters, all ready, caught up and updated, led by member 0, and nothing to do. */
export function healthy(
  count: number,
  spec: StorageClusterSpecInput = {},
  changes: (ordinal: number) => Partial<MemberObservation> = () => ({}),
): Observation {
  const members = voters(count);
  return {
    cluster: clusterOf({ replicas: count as 1 | 3 | 5 | 7, ...spec }, formedStatus(members)),
    statefulSet: statefulSetOf(count),
    children: [],
    secrets: [],
    members: membersUpTo(count, changes),
    leader: leaderOf({ members }),
  };
}

export function planOf(observation: Observation): Plan {
  return plan(observation, NOW_MS);
}

/** Steps in short: what matters of each, without the reason. */
export function stepsOf(observation: Observation): readonly string[] {
  return planOf(observation).steps.map(shortOf);
}

export function gatesOf(observation: Observation): readonly string[] {
  return planOf(observation).blockedBy.map(({ gate, member }) => (member === null ? gate : `${gate} ${member}`));
}

function shortOf(step: Step): string {
  switch (step.type) {
    case 'apply-stateful-set':
      return `${step.type} ${step.replicasBefore ?? 'none'}->${step.replicas}`;
    case 'create-secret':
      return `${step.type} ${step.purpose}`;
    case 'apply-child':
    case 'delete-child':
      return `${step.type} ${step.kind} ${step.name}`;
    case 'record-founding':
    case 'record-founding-anew':
      return `${step.type} ${step.epoch} ${step.members.map(({ id }) => Number(id)).join(',')}`;
    case 'record-identity':
      return `${step.type} ${step.clusterId}`;
    case 'add-learner':
    case 'promote':
    case 'remove-member':
      return `${step.type} ${step.member} ${Number(step.id)} @${step.expectedIndex}`;
    case 'transfer-leadership':
      return `${step.type} ${step.leader} to ${step.member}`;
    case 'raise-feature-level':
      return `${step.type} ${step.level}`;
    case 'label-pod':
      return `${step.type} ${step.member} ${step.role ?? 'none'}`;
    case 'apply-claim':
      return `${step.type} ${step.claim} ${step.clusterId ?? '-'} ${step.memberId === null ? '-' : Number(step.memberId)}${step.owned ? ' owned' : ''}`;
    case 'grow-claim':
      return `${step.type} ${step.claim} ${step.size}`;
    case 'delete-claim':
      return `${step.type} ${step.claim} ${step.uid}${step.keepVolume ? ' kept' : ''}`;
    case 'recreate-stateful-set':
      return `${step.type} ${step.uid}`;
    case 'roll-back':
      return `${step.type} ${step.revision} @${step.rolledBack.generation}`;
    case 'order-replacement':
      return `${step.type} ${step.annotation}`;
    case 'record-kept-volume':
      return `${step.type} ${step.kept.volume}`;
    case 'release-volume':
      return `${step.type} ${step.kept.volume}${step.keepForGood ? ' for good' : ''}`;
    case 'found-node':
    case 'join-node':
      return `${step.type} ${step.member}`;
    case 'evict-pod':
    case 'delete-broken-pod':
      return `${step.type} ${step.member} ${step.uid}`;
  }
}
