import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { REPLICA_COUNTS } from '../../../../src/api/storage-cluster.ts';
import { plainChildren } from '../../../../src/operator/render/children.ts';
import { holds } from '../../../../src/operator/render/holds.ts';
import { ordinalOf, ordinalOfClaim, selectorText } from '../../../../src/operator/render/names.ts';
import { podTemplate } from '../../../../src/operator/render/pod-template.ts';
import { secret } from '../../../../src/operator/render/secrets.ts';
import { statefulSet } from '../../../../src/operator/render/stateful-set.ts';
import { clusterOf, formedStatus, voters } from '../../../support/operator-observation.ts';

const settings = { imageRepository: 'registry.example/quorate' };
const golden: unknown = JSON.parse(readFileSync(new URL('golden/default.json', import.meta.url), 'utf8'));
const owner = {
  apiVersion: 'quorate.io/v1alpha1',
  kind: 'StorageCluster',
  name: 'orders',
  uid: 'uid-of-orders',
  controller: true,
  blockOwnerDeletion: true,
};

describe('the pod template', () => {
  // A difference restarts every member of every cluster when the operator is upgraded: it must be meant.
  test('is the golden one', () => {
    expect(podTemplate(clusterOf(), settings)).toEqual(golden);
  });

  test('is the same for any number of replicas and any status', () => {
    for (const replicas of REPLICA_COUNTS) {
      const status = { ...formedStatus(voters(replicas)), leader: 'orders-shard-0-1', term: replicas, featureLevel: 2 };
      const cluster = clusterOf(
        { replicas, hibernate: replicas === 7, storage: { retention: { whenDeleted: 'Delete' } } },
        status,
      );
      expect(podTemplate(cluster, settings)).toEqual(golden);
      const set = statefulSet(cluster, settings, { replicas, claimSize: null, kept: null });
      expect(set.metadata.annotations).toEqual(
        statefulSet(clusterOf(), settings, { replicas: 3, claimSize: null, kept: null }).metadata.annotations,
      );
    }
  });

  test('takes image, resources and placement from the resource, and leaves no way around the restricted standard', () => {
    const cluster = clusterOf({
      version: undefined,
      image: 'mirror/quorate@sha256:1',
      auth: { enabled: false },
      limits: { maxDataBytes: '64Mi', maxClients: 50 },
      podTemplate: {
        metadata: { labels: { team: 'shop' }, annotations: { note: 'x' } },
        spec: {
          resources: { limits: { memory: '1Gi' } },
          nodeSelector: { disk: 'fast' },
          affinity: {},
          securityContext: { runAsUser: 1000 },
          terminationGracePeriodSeconds: 60,
        },
      },
    });
    const template = podTemplate(cluster, settings);
    expect(template).toMatchObject({
      metadata: { labels: { team: 'shop', 'quorate.io/cluster': 'orders' }, annotations: { note: 'x' } },
      spec: {
        nodeSelector: { disk: 'fast' },
        affinity: {},
        terminationGracePeriodSeconds: 60,
        securityContext: { runAsUser: 1000, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            image: 'mirror/quorate@sha256:1',
            resources: { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '1Gi' } },
          },
        ],
      },
    });
    const text = JSON.stringify(template);
    expect(text).not.toContain('QUORATE_CLIENT_PASSWORD_FILE');
    expect(text).toContain('{"name":"QUORATE_DATA_BYTES_MAX","value":"67108864"}');
    expect(text).toContain('{"name":"QUORATE_CLIENTS_MAX","value":"50"}');
  });
});

describe('the StatefulSet', () => {
  test('S4: Parallel, OnDelete, and claims that Kubernetes never deletes', () => {
    const set = statefulSet(clusterOf({ storage: { storageClassName: 'fast' } }), settings, {
      replicas: 4,
      claimSize: '5Gi',
      kept: null,
    });
    expect(set).toMatchObject({
      metadata: { name: 'orders-shard-0', namespace: 'shop', ownerReferences: [owner] },
      spec: {
        replicas: 4,
        serviceName: 'orders-members',
        podManagementPolicy: 'Parallel',
        updateStrategy: { type: 'OnDelete' },
        persistentVolumeClaimRetentionPolicy: { whenScaled: 'Retain', whenDeleted: 'Retain' },
        volumeClaimTemplates: [
          { metadata: { name: 'data' }, spec: { storageClassName: 'fast', resources: { requests: { storage: '5Gi' } } } },
        ],
      },
    });
  });
});

describe('the other children', () => {
  const children = new Map(plainChildren(clusterOf()).map((object) => [`${object.kind} ${object.metadata.name}`, object]));

  test('are these, each owned by the resource', () => {
    expect([...children.keys()]).toEqual([
      'Service orders-members',
      'NetworkPolicy orders-members',
      'Service orders',
      'Service orders-leader',
      'PodDisruptionBudget orders-members',
    ]);
    for (const { metadata } of children.values()) expect(metadata.ownerReferences).toEqual([owner]);
  });

  test('S21: the headless Service publishes unready addresses; the leader Service follows the role label', () => {
    expect(children.get('Service orders-members')?.spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    expect(children.get('Service orders-leader')?.spec).toMatchObject({
      selector: { 'quorate.io/cluster': 'orders', 'quorate.io/role': 'leader' },
    });
    expect(children.get('Service orders')?.spec).not.toHaveProperty('publishNotReadyAddresses');
  });

  test('S19: only members of this cluster reach the peer port', () => {
    const { ingress } = children.get('NetworkPolicy orders-members')?.spec ?? {};
    const rules = ingress as readonly { readonly from?: unknown; readonly ports: readonly { readonly port: number }[] }[];
    const peerRules = rules.filter(({ ports }) => ports.some(({ port }) => port === 7946));
    expect(peerRules).toMatchObject([{ from: [{ podSelector: { matchLabels: { 'quorate.io/cluster': 'orders' } } }] }]);
    expect(rules.filter(({ from }) => from === undefined).flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual([
      6379, 8080,
    ]);
  });

  test('S8: one disruption at a time; a cluster of one has no budget, one that shrinks to one keeps it until it has', () => {
    expect(children.get('PodDisruptionBudget orders-members')?.spec).toMatchObject({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
    const kinds = (cluster: Parameters<typeof plainChildren>[0]) => plainChildren(cluster).map(({ kind }) => kind);
    expect(kinds(clusterOf({ replicas: 1 }, formedStatus(voters(1))))).not.toContain('PodDisruptionBudget');
    expect(kinds(clusterOf({ replicas: 1 }, formedStatus(voters(3))))).toContain('PodDisruptionBudget');
  });

  test('a Secret holds the drawn value and has an owner', () => {
    const { metadata, data } = secret(clusterOf(), 'client', 'opensesame');
    expect(metadata).toMatchObject({ name: 'orders-client', ownerReferences: [owner] });
    expect(Buffer.from(data.password ?? '', 'base64').toString()).toBe('opensesame');
  });
});

test('S4: nothing that is made carries a finalizer, so that no deletion ever waits for an operator', () => {
  const made = [
    ...plainChildren(clusterOf()),
    statefulSet(clusterOf(), settings, { replicas: 3, claimSize: null, kept: null }),
    secret(clusterOf(), 'peer', 'x'),
  ];
  expect(made).toHaveLength(7);
  expect(JSON.stringify(made)).not.toContain('finalizers');
});

describe('names', () => {
  test.each([
    ['orders-shard-0-0', 0],
    ['orders-shard-0-12', 12],
    ['orders-shard-0-01', null],
    ['orders-shard-1-0', null],
    ['orders-2-shard-0-0', null],
  ])('%s is ordinal %s', (name, ordinal) => {
    expect(ordinalOf('orders', name)).toBe(ordinal);
    expect(ordinalOfClaim('orders', `data-${name}`)).toBe(ordinal);
  });

  test('the selector of the scale subresource is text', () => {
    expect(selectorText('orders')).toBe('app.kubernetes.io/component=storage,quorate.io/cluster=orders,quorate.io/shard=0');
  });
});

describe('S20: what is stored holds what is wanted', () => {
  test.each<[string, unknown, unknown, boolean]>([
    ['defaults beside it', { a: 1, b: 2 }, { a: 1 }, true],
    ['a changed field', { a: 2 }, { a: 1 }, false],
    ['a longer list', { a: [1, 2] }, { a: [1] }, false],
    ['defaults in list items', { a: [{ n: 'x', protocol: 'TCP' }] }, { a: [{ n: 'x' }] }, true],
    ['a quantity in other words', { limits: { memory: '1Gi' } }, { limits: { memory: '1024Mi' } }, true],
    ['another quantity', { limits: { memory: '2Gi' } }, { limits: { memory: '1Gi' } }, false],
    ['a label that only looks like a quantity', { labels: { v: '1' } }, { labels: { v: '1000m' } }, false],
    ['an empty object that is left out', {}, { affinity: {} }, true],
    ['a missing field', {}, { a: 1 }, false],
  ])('%s', (_name, stored, wanted, expected) => {
    expect(holds(stored, wanted)).toBe(expected);
  });
});
