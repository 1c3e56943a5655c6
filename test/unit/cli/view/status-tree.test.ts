import { describe, expect, test } from '@jest/globals';
import type { StorageClusterStatus } from '../../../../src/api/storage-cluster.ts';
import { clusterView, STALE_AFTER_MS } from '../../../../src/cli/view/cluster-view.ts';
import { coloured, plain } from '../../../../src/cli/view/paint.ts';
import { statusTree } from '../../../../src/cli/view/status-tree.ts';
import type { StoredStorageCluster } from '../../../../src/operator/kubernetes/objects.ts';

const nowMs = Date.parse('2026-03-01T12:00:00Z');
const ago = (seconds: number): string => new Date(nowMs - seconds * 1000).toISOString();

const status: StorageClusterStatus = {
  observedGeneration: 4,
  observedAt: ago(12),
  ready: '2/3',
  leader: 'orders-shard-0-0',
  term: 7,
  quorum: '2/3',
  version: '0.1.0',
  phase: 'Updating',
  members: [
    { name: 'orders-shard-0-0', role: 'Leader', ready: true, lag: 0, version: '0.1.0', node: 'worker-1' },
    { name: 'orders-shard-0-1', role: 'Follower', ready: true, lag: 100, version: '0.1.0', node: 'worker-2' },
    { name: 'orders-shard-0-2', role: 'Unknown', ready: false, message: 'pending: 0/3 nodes are available' },
  ],
  conditions: [
    {
      type: 'Ready',
      status: 'False',
      reason: 'MembersNotReady',
      message: 'orders-shard-0-2 not ready.',
      lastTransitionTime: ago(190),
    },
    {
      type: 'QuorumAvailable',
      status: 'True',
      reason: 'QuorumConfirmed',
      message: 'A leader confirmed.',
      lastTransitionTime: ago(7200),
    },
  ],
  blockedBy: [
    {
      gate: 'PodStart',
      member: 'orders-shard-0-2',
      since: ago(190),
      message: 'orders-shard-0-2 does not start: 0/3 nodes are available.',
      unblock: 'See kubectl describe pod orders-shard-0-2.',
    },
  ],
};

function stored(changes: Partial<StoredStorageCluster> = {}): StoredStorageCluster {
  const metadata = { name: 'orders', namespace: 'shop', uid: 'u', resourceVersion: '1', generation: 4 };
  return { metadata, spec: {}, status, ...changes };
}

const treeOf = (object: StoredStorageCluster): string => statusTree(clusterView(object, nowMs), plain, nowMs);

test('a tree with roles, lag, conditions, what blocks and what would unblock', () => {
  expect(treeOf(stored())).toBe(
    [
      'shop/orders  Updating  2/3 members ready, quorum 2/3, leader orders-shard-0-0 in term 7, version 0.1.0, seen 12s ago',
      '├─ Members',
      '│  ├─ orders-shard-0-0  Leader    ready      lag 0    0.1.0  on worker-1',
      '│  ├─ orders-shard-0-1  Follower  ready      lag 100  0.1.0  on worker-2',
      '│  └─ orders-shard-0-2  Unknown   not ready  lag ?    -      -            pending: 0/3 nodes are available',
      '├─ Conditions',
      '│  ├─ Ready            False    MembersNotReady  3m10s  orders-shard-0-2 not ready.',
      '│  ├─ QuorumAvailable  True     QuorumConfirmed  120m   A leader confirmed.',
      '│  ├─ Progressing      Unknown  NotObserved      -      Nobody has looked yet.',
      '│  ├─ Degraded         Unknown  NotObserved      -      Nobody has looked yet.',
      '│  └─ Updated          Unknown  NotObserved      -      Nobody has looked yet.',
      '└─ Blocked',
      '   └─ PodStart holds back orders-shard-0-2, for 3m10s',
      '      ├─ why      orders-shard-0-2 does not start: 0/3 nodes are available.',
      '      └─ unblock  See kubectl describe pod orders-shard-0-2.',
      '',
    ].join('\n'),
  );
});

test('colours are the only difference on a terminal', () => {
  const view = clusterView(stored(), nowMs);
  const codes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
  const text = statusTree(view, coloured, nowMs);
  expect(text).toMatch(codes);
  expect(text.replaceAll(codes, '')).toBe(statusTree(view, plain, nowMs));
});

describe('S20: status that is older than ten minutes says nothing about now', () => {
  const old = { ...status, observedAt: new Date(nowMs - STALE_AFTER_MS - 1).toISOString() };

  test('every part of it is Unknown, and what was seen is told as the past', () => {
    expect(treeOf(stored({ status: old }))).toBe(
      [
        'shop/orders  Unknown  no confirmed leader, seen 10m ago',
        '├─ note: no operator has looked for 10m: what is shown is Unknown; the members serve without an operator all the same',
        '├─ Members',
        '│  ├─ orders-shard-0-0  Unknown  unknown  lag ?  -  -  was Leader 10m ago',
        '│  ├─ orders-shard-0-1  Unknown  unknown  lag ?  -  -  was Follower 10m ago',
        '│  └─ orders-shard-0-2  Unknown  unknown  lag ?  -  -',
        '└─ Conditions',
        '   ├─ Ready            Unknown  NotObserved  -  Was False (MembersNotReady) 10m ago.',
        '   ├─ QuorumAvailable  Unknown  NotObserved  -  Was True (QuorumConfirmed) 10m ago.',
        '   ├─ Progressing      Unknown  NotObserved  -  Nobody has looked yet.',
        '   ├─ Degraded         Unknown  NotObserved  -  Nobody has looked yet.',
        '   └─ Updated          Unknown  NotObserved  -  Nobody has looked yet.',
        '',
      ].join('\n'),
    );
  });

  test('ten minutes to the millisecond are not more than ten minutes', () => {
    const edge = { ...status, observedAt: new Date(nowMs - STALE_AFTER_MS).toISOString() };
    expect(clusterView(stored({ status: edge }), nowMs)).toMatchObject({ stale: false, phase: 'Updating' });
  });

  test('a resource that no operator has ever seen is Unknown too', () => {
    const view = clusterView({ ...stored(), status: undefined }, nowMs);
    expect(view).toMatchObject({ stale: true, phase: 'Unknown', observedAt: null, members: [] });
    expect(view.notes.join()).toContain('no operator has looked at it yet');
  });
});

test('a status that cannot be read is called so, never guessed from', () => {
  const view = clusterView(stored({ status: { ...status, term: 'seven' } }), nowMs);
  expect(view).toMatchObject({ phase: 'Unknown', stale: true, members: [] });
  expect(view.notes.join()).toContain('its status cannot be read: status.term');
});

test('a change that the operator has not acted on yet, and a deletion, are noted', () => {
  const metadata = { ...stored().metadata, generation: 5, deletionTimestamp: ago(1) };
  expect(clusterView(stored({ metadata }), nowMs).notes).toEqual([
    'it is being deleted',
    'the operator has not acted on the latest change of spec yet',
  ]);
});
