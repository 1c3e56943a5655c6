/** Scenes for the tests of the live view: one cluster of three members, from its start to a member that is gone. */
import type { ClusterView, ConditionView, MemberView } from '../../../../../src/cli/view/cluster-view.ts';
import type { MemberRow } from '../../../../../src/cli/view/members-table.ts';
import type { Scene, StartStep, WritesView } from '../../../../../src/cli/view/live/scene.ts';

export const WALL_MS = Date.parse('2026-01-01T12:00:00Z');

function ago(seconds: number): string {
  return new Date(WALL_MS - seconds * 1000).toISOString();
}

export function row(ordinal: number, change: Partial<MemberRow> = {}): MemberRow {
  return {
    namespace: 'default',
    cluster: 'orders',
    name: `orders-shard-0-${ordinal}`,
    memberId: `m${ordinal}`,
    role: ordinal === 0 ? 'Leader' : 'Follower',
    ready: true,
    term: 2,
    lastIndex: 12_041,
    commitIndex: 12_040,
    appliedIndex: 12_040,
    lag: ordinal === 0 ? 0 : 1,
    keys: 1,
    dataBytes: 64,
    clients: 2,
    version: '0.1.0',
    message: null,
    ...change,
  };
}

export const silent = {
  memberId: null,
  role: 'Unknown',
  ready: null,
  term: null,
  lastIndex: null,
  commitIndex: null,
  appliedIndex: null,
  lag: null,
  keys: null,
  dataBytes: null,
  clients: null,
  version: null,
  message: 'connect ECONNREFUSED 127.0.0.4:8080',
} as const;

function member(ordinal: number): MemberView {
  const name = `orders-shard-0-${ordinal}`;
  const role = ordinal === 0 ? 'Leader' : 'Follower';
  return {
    name,
    role,
    ready: true,
    lag: 0,
    version: '0.1.0',
    memberId: `m${ordinal}`,
    node: `node-${ordinal + 1}`,
    message: null,
  };
}

export function condition(type: string, status: ConditionView['status'], reason: string, message = ''): ConditionView {
  return { type, status, reason, message, since: ago(60) };
}

export const conditions: readonly ConditionView[] = [
  condition('Ready', 'True', 'AllMembersReady'),
  condition('QuorumAvailable', 'True', 'QuorumConfirmed'),
  condition('Progressing', 'False', 'Stable'),
  condition('Degraded', 'False', 'AsExpected'),
  condition('Updated', 'True', 'AllMembersUpdated'),
];

export function cluster(change: Partial<ClusterView> = {}): ClusterView {
  return {
    namespace: 'default',
    name: 'orders',
    phase: 'Ready',
    ready: '3/3',
    leader: 'orders-shard-0-0',
    term: 2,
    quorum: '3/3',
    version: '0.1.0',
    featureLevel: 1,
    clusterId: 'c1',
    observedAt: ago(1),
    stale: false,
    changePending: false,
    notes: [],
    members: [member(0), member(1), member(2)],
    conditions,
    blockedBy: [],
    ...change,
  };
}

export const writes: WritesView = {
  perSecond: [...Array.from({ length: 20 }, () => 100), 62, 0, 31, ...Array.from({ length: 12 }, () => 100)],
  acknowledged: 12_034,
  unknown: 1,
  lost: 0,
  surplus: 0,
  sinceLastMs: 7,
  lastGap: { ms: 1_240, endedAtMs: 122_000 },
  longestGapMs: 1_240,
};

const done = (name: string, text: string, from: number, to: number): StartStep => {
  return { name, text, state: 'done', beganAtMs: from, endedAtMs: to };
};

export const stepsDone: readonly StartStep[] = [
  done('devcluster', 'API server at http://127.0.0.1:40123, 3 nodes', 0, 210),
  done('operator', 'quorate-7c9f-abcde is ready', 210, 2_400),
  done('orders', '3 members are ready', 2_400, 7_150),
];

export const stepsUnderWay: readonly StartStep[] = [
  ...stepsDone.slice(0, 1),
  { name: 'operator', text: 'waits for quorate-7c9f-abcde', state: 'running', beganAtMs: 210, endedAtMs: null },
  { name: 'orders', text: '', state: 'waiting', beganAtMs: null, endedAtMs: null },
];

const named = { namespace: 'default', name: 'orders', source: 'planned', unseen: [], notes: [] } as const;

export const atRest: Scene = {
  elapsedMs: 134_000,
  wallMs: WALL_MS,
  version: '0.1.0',
  steps: stepsDone,
  cluster: cluster(),
  members: [row(0), row(1), row(2, { lastIndex: 12_040, lag: 0 })],
  nodes: [
    { name: 'node-1', ready: true },
    { name: 'node-2', ready: true },
  ],
  plan: { ...named, activity: null, steps: [], heldBack: [] },
  events: [
    {
      lastSeen: ago(127),
      type: 'Normal',
      reason: 'Founding',
      object: 'StorageCluster/orders',
      count: 1,
      note: 'Founding a cluster of 3 members.',
    },
    {
      lastSeen: ago(14),
      type: 'Warning',
      reason: 'Unhealthy',
      object: 'Pod/orders-shard-0-2',
      count: 1,
      note: 'Readiness probe failed: 503',
    },
  ],
  writes,
  suggestions: [
    { command: 'quorate kubectl get stc orders --watch', what: 'the resource, as kubectl shows it' },
    { command: 'redis-cli -p 6380', what: 'a client, on whichever member answers' },
    { command: 'quorate dev chaos', what: 'kill members, leaders and nodes on a beat' },
  ],
  keys: 'k kill the leader   q end',
  notes: [],
};

export const starting: Scene = {
  ...atRest,
  elapsedMs: 1_430,
  steps: stepsUnderWay,
  cluster: null,
  members: [],
  plan: null,
  events: [],
  writes: null,
};

/** A leader that is gone, and an operator that rolls. */
export const hurt: Scene = {
  ...atRest,
  cluster: cluster({
    phase: 'Degraded',
    ready: '2/3',
    leader: null,
    quorum: '2/3',
    conditions: [
      condition('Ready', 'False', 'MembersNotReady', '2 of 3 members are ready.'),
      ...conditions.slice(1, 3),
      condition('Degraded', 'True', 'MembersSilent', 'orders-shard-0-0 does not answer.'),
      conditions[4] ?? condition('Updated', 'Unknown', 'NotObserved'),
    ],
  }),
  members: [row(0, silent), row(1, { role: 'Follower', lag: null }), row(2, { ready: false, message: 'knows no leader' })],
  plan: {
    ...named,
    activity: { reason: 'Updating', message: '1 of 3 members is updated.' },
    steps: [
      { type: 'evict-pod', does: 'evict the pod orders-shard-0-1', because: 'it runs an older template', disruptive: true },
    ],
    heldBack: [
      {
        gate: 'Quorum',
        member: 'orders-shard-0-2',
        since: ago(9),
        message: 'one more loss would break the quorum',
        unblock: 'wait for orders-shard-0-0',
      },
    ],
  },
  writes: { ...writes, sinceLastMs: 812, lost: 2 },
  notes: ['looking failed: connect ECONNREFUSED 127.0.0.1:40123'],
};
