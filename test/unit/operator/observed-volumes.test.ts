/** What is read of volumes and nodes: the evidence of S9 must never be a misreading. */
import { describe, expect, test } from '@jest/globals';
import type { Clock } from '../../../src/shared/clock.ts';
import type { KubernetesApi } from '../../../src/operator/kubernetes/api.ts';
import type { PersistentVolumeClaim } from '../../../src/operator/kubernetes/objects.ts';
import { NODES, STORAGE_CLASSES, VOLUMES } from '../../../src/operator/kubernetes/resources.ts';
import { nodesOf, observeVolumes, VolumesMemory, VOLUMES_CHECK_INTERVAL_MS } from '../../../src/operator/observed-volumes.ts';
import { clusterOf } from '../../support/operator-observation.ts';
import { failure, ObjectWorld } from '../../support/operator-store.ts';

const claim = (changes: object = {}): PersistentVolumeClaim => ({
  metadata: { name: 'data-orders-shard-0-0', namespace: 'shop', uid: 'claim-uid', resourceVersion: '1' },
  spec: { volumeName: 'volume', storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } },
  status: { phase: 'Bound' },
  ...changes,
});
const onHost = (...values: readonly string[]) => ({
  required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values }] }] },
});

class Cluster {
  readonly objects = new ObjectWorld();
  nowMs = 0;
  readonly memory = new VolumesMemory();
  readonly clock: Clock = { monotonicMs: () => this.nowMs, wallMs: () => this.nowMs, schedule: () => () => undefined };

  volume(spec: object): void {
    this.objects.put(VOLUMES, {
      metadata: { name: 'volume' },
      ...{ spec: { persistentVolumeReclaimPolicy: 'Delete', ...spec } },
    });
  }

  async look(isSuspect = true, of = claim(), api: KubernetesApi = this.objects.api(), size = '10Gi') {
    const world = { api, clock: this.clock, volumes: this.memory };
    const cluster = clusterOf({ storage: { size } });
    const found = await observeVolumes(world, cluster, [of], () => isSuspect, new AbortController().signal);
    return found.get(of.metadata.name);
  }
}

describe('S9: what a volume says', () => {
  test('gone: bound, and not there; or made anew under the old name for somebody else', async () => {
    const cluster = new Cluster();
    expect(await cluster.look()).toMatchObject({ volume: { kind: 'gone' } });
    cluster.volume({ claimRef: { uid: 'another' } });
    expect(await cluster.look()).toMatchObject({ volume: { kind: 'gone' } });
    cluster.volume({ claimRef: { uid: 'claim-uid' } });
    expect(await cluster.look()).toMatchObject({ volume: { kind: 'present', reclaimPolicy: 'Delete', unreachable: null } });
  });

  test.each<[string, object]>([
    ['is not bound', { spec: {} }],
    ['waits for the volume that it names', { status: { phase: 'Pending' } }],
  ])('unknown, never gone: a claim that %s', async (_name, changes) => {
    expect(await new Cluster().look(true, claim(changes))).toMatchObject({ volume: { kind: 'unknown' } });
  });

  test('out of reach only when every node that could mount it is gone or tainted out-of-service', async () => {
    const cluster = new Cluster();
    const { objects } = cluster;
    cluster.volume({ nodeAffinity: onHost('a', 'b') });
    objects.put(NODES, { metadata: { name: 'a', labels: { 'kubernetes.io/hostname': 'a' } } });
    expect(await cluster.look()).toMatchObject({ volume: { unreachable: null } });
    objects.change(NODES, 'a', { spec: { taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }] } });
    expect(await cluster.look()).toMatchObject({ volume: { unreachable: null } });
    objects.change(NODES, 'a', { spec: { taints: [{ key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute' }] } });
    expect(await cluster.look()).toMatchObject({
      volume: { unreachable: expect.stringMatching(/node a is tainted .*node b is gone/) },
    });
  });

  test('a node whose name is not its hostname is found by the label that the volume names', async () => {
    const cluster = new Cluster();
    cluster.volume({ nodeAffinity: onHost('ip-10-0-0-7') });
    cluster.objects.put(NODES, { metadata: { name: 'pool-7.internal', labels: { 'kubernetes.io/hostname': 'ip-10-0-0-7' } } });
    expect(await cluster.look()).toMatchObject({ volume: { unreachable: null } });
  });

  test('a volume that is bound to a zone, or to anything else than nodes, moves elsewhere: no evidence', () => {
    const zone = { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: ['z'] }] };
    const node = { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'] }] };
    const spec = (...nodeSelectorTerms: object[]) => ({ spec: { nodeAffinity: { required: { nodeSelectorTerms } } } });
    expect(nodesOf(spec(zone))).toBeNull();
    expect(nodesOf(spec(node, zone))).toBeNull();
    expect(nodesOf(spec({ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'NotIn', values: ['n'] }] }))).toBeNull();
    expect(nodesOf(spec(node))).toEqual([{ by: 'name', value: 'n' }]);
    expect(nodesOf({ spec: {} })).toEqual([]);
  });

  test('who may not look sees nothing, and nothing follows', async () => {
    const cluster = new Cluster();
    cluster.volume({ nodeAffinity: onHost('a') });
    const api = cluster.objects.api();
    const forbidden = () => Promise.reject(failure('forbidden', 'no right'));
    expect(await cluster.look(true, claim(), { ...api, list: forbidden })).toMatchObject({
      volume: { kind: 'present', unreachable: null },
    });
    expect(await cluster.look(true, claim(), { ...api, find: forbidden }, '20Gi')).toEqual({
      volume: { kind: 'unknown' },
      growable: null,
    });
    await expect(cluster.look(true, claim(), { ...api, find: () => Promise.reject(failure('timeout', 'late')) })).rejects.toThrow(
      'late',
    );
  });
});

describe('S20: at rest nothing is asked', () => {
  test('a volume is looked at again every few minutes, and at once when its member does not take part', async () => {
    const cluster = new Cluster();
    cluster.volume({});
    const readsOf = async (isSuspect: boolean) => {
      const before = cluster.objects.reads;
      await cluster.look(isSuspect);
      return cluster.objects.reads - before;
    };
    expect([await readsOf(false), await readsOf(false), await readsOf(true)]).toEqual([1, 0, 1]);
    cluster.nowMs = VOLUMES_CHECK_INTERVAL_MS;
    expect([await readsOf(false), await readsOf(false)]).toEqual([1, 0]);
  });

  test('a class is asked only while something has to grow', async () => {
    const cluster = new Cluster();
    cluster.volume({});
    cluster.objects.put(STORAGE_CLASSES, { metadata: { name: 'fast' }, ...{ allowVolumeExpansion: true } });
    expect(await cluster.look(false)).toMatchObject({ growable: null });
    expect(await cluster.look(false, claim(), cluster.objects.api(), '20Gi')).toMatchObject({ growable: true });
  });
});
