/** The rules of the StorageCluster, judged by a real API server: what it refuses, in which words, and what it lets through. */
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const NAMESPACE = 'resource-rules';
const CRD = 'storageclusters.quorate.io';
let broughtCrd = false;
const COMMAND_TIMEOUT_MS = 30_000;
const CLEANUP_TIMEOUT_MS = 120_000;

interface Outcome {
  readonly code: number | null;
  readonly text: string;
}

function kubectl(args: readonly string[], input?: unknown): Outcome {
  const ran = spawnSync('kubectl', [...args], {
    encoding: 'utf8',
    timeout: COMMAND_TIMEOUT_MS,
    ...(input === undefined ? {} : { input: JSON.stringify(input) }),
  });
  return { code: ran.status, text: `${ran.stdout}${ran.stderr}` };
}

function succeeded(outcome: Outcome): string {
  expect(outcome).toEqual({ code: 0, text: expect.any(String) });
  return outcome.text;
}

const manifest = (spec: unknown, name = 'tried') => ({
  apiVersion: 'quorate.io/v1alpha1',
  kind: 'StorageCluster',
  metadata: { name, namespace: NAMESPACE },
  spec,
});

const create = (spec: unknown, name?: string) =>
  kubectl(['create', '--dry-run=server', '-o', 'json', '-f', '-'], manifest(spec, name));

/** Hibernated, so that no pod is ever made for it. */
const STORED = 'stored';
const storedSpec = { version: '0.1.0', hibernate: true, storage: { size: '10Gi', storageClassName: 'standard' } };
const patch = (spec: unknown) =>
  kubectl(['patch', 'stc', STORED, '-n', NAMESPACE, '--dry-run=server', '--type=merge', '-p', JSON.stringify({ spec })]);

beforeAll(() => {
  // The chart installs the CRD; on a cluster without the chart this test brings it, and takes it away again.
  if (kubectl(['get', 'crd', CRD]).code !== 0) {
    succeeded(kubectl(['create', '-f', 'crds/quorate.io_storageclusters.yaml']));
    succeeded(kubectl(['wait', `crd/${CRD}`, '--for=condition=Established', '--timeout=20s']));
    broughtCrd = true;
  }
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
  succeeded(kubectl(['apply', '-f', '-'], namespace));
  succeeded(kubectl(['apply', '-f', '-'], manifest(storedSpec, STORED)));
}, CLEANUP_TIMEOUT_MS);

afterAll(() => {
  kubectl(['delete', 'stc', '--all', '-n', NAMESPACE, '--wait=false']);
  kubectl(['delete', 'namespace', NAMESPACE, '--wait=false']);
  if (broughtCrd) kubectl(['delete', 'crd', CRD, '--wait=false']);
}, CLEANUP_TIMEOUT_MS);

describe('what is created', () => {
  const good: readonly (readonly [string, unknown])[] = [
    ['the smallest spec', { version: '0.1.0' }],
    ['an image in place of a version', { image: 'registry.example/quorate@sha256:abc' }],
    ['a release candidate', { version: '1.2.3-rc.1' }],
    ...[1, 3, 5, 7].map((replicas) => [`replicas ${replicas}`, { version: '0.1.0', replicas }] as const),
    ...['Rolling', 'OnDelete', 'Paused'].map(
      (strategy) => [`update ${strategy}`, { version: '0.1.0', update: { strategy } }] as const,
    ),
    ['volumes of another unit', { version: '0.1.0', storage: { size: '11G' } }],
    ['no authentication', { version: '0.1.0', auth: { enabled: false } }],
    ['a cluster to adopt', { version: '0.1.0', adoptClusterId: '0f0e7f1c-0000-4000-8000-000000000000' }],
    [
      'a pod template that uses everything',
      {
        version: '0.1.0',
        limits: { maxDataBytes: '100Mi', maxClients: 100 },
        podTemplate: {
          metadata: { labels: { team: 'orders' }, annotations: { 'example.com/note': 'yes' } },
          spec: {
            resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
            affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
            tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'storage', effect: 'NoSchedule' }],
            nodeSelector: { disk: 'ssd' },
            topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }],
            priorityClassName: 'high',
            imagePullSecrets: [{ name: 'pull' }],
            securityContext: { runAsUser: 1000, fsGroup: 1000 },
            terminationGracePeriodSeconds: 60,
          },
        },
      },
    ],
  ];
  test.each(good)('%s is taken', (_claim, spec) => {
    const { spec: stored } = JSON.parse(succeeded(create(spec))) as { spec: unknown };
    expect(stored).toMatchObject(spec as Record<string, unknown>);
  });

  test('defaults are filled in', () => {
    expect(JSON.parse(succeeded(create({ version: '0.1.0' })))).toMatchObject({
      spec: {
        replicas: 3,
        replication: { protocol: 'Raft' },
        storage: { size: '10Gi', retention: { whenScaled: 'Retain', whenDeleted: 'Retain' } },
        update: { strategy: 'Rolling' },
        auth: { enabled: true },
        podTemplate: { spec: { resources: { requests: { cpu: '100m' }, limits: { memory: '512Mi' } } } },
      },
    });
  });

  const template = (podSpec: unknown) => ({ version: '0.1.0', podTemplate: { spec: podSpec } });
  const bad: readonly (readonly [string, unknown])[] = [
    ['replicas is 1, 3, 5 or 7', { version: '0.1.0', replicas: 4 }],
    ['replicas is 1, 3, 5 or 7', { version: '0.1.0', replicas: 9 }],
    ['replicas is 1, 3, 5 or 7', { version: '0.1.0', replicas: -1 }],
    ['set spec.hibernate to true', { version: '0.1.0', replicas: 0 }],
    [
      'MultiPaxos, PrimaryReplica and ThreePhaseCommit come with later versions',
      { version: '0.1.0', replication: { protocol: 'MultiPaxos' } },
    ],
    ['with Raft only', { version: '0.1.0', replication: { protocol: 'Gossip' } }],
    ['supported values: "Rolling", "OnDelete", "Paused"', { version: '0.1.0', update: { strategy: 'Canary' } }],
    ['set either spec.version', {}],
    ['set either spec.version', { version: '0.1.0', image: 'quorate:0.1.0' }],
    ['version is a release such as 0.2.0', { version: 'latest' }],
    ['storage.size is at least 1Gi', { version: '0.1.0', storage: { size: '512Mi' } }],
    ['a size is a quantity above zero', { version: '0.1.0', storage: { size: '10GB' } }],
    ['a size is a quantity above zero', { version: '0.1.0', storage: { size: '-1Gi' } }],
    [
      'storage.size has no room for the data',
      { version: '0.1.0', storage: { size: '1Gi' }, podTemplate: { spec: { resources: { limits: { memory: '1Gi' } } } } },
    ],
    ['limits.maxDataBytes is at most 40%', { version: '0.1.0', limits: { maxDataBytes: '300Mi' } }],
    ['the memory limit is at least 256Mi', template({ resources: { limits: { memory: '64Mi' } } })],
    ['requests.memory is at most limits.memory', template({ resources: { requests: { memory: '1Gi' } } })],
    ['requests.cpu (100m unless set) is at most limits.cpu', template({ resources: { limits: { cpu: '50m' } } })],
    ['should be greater than or equal to 1', template({ securityContext: { runAsUser: 0 } })],
    ["are the operator's own", { version: '0.1.0', podTemplate: { metadata: { labels: { 'quorate.io/cluster': 'other' } } } }],
    [
      "are the operator's own",
      { version: '0.1.0', podTemplate: { metadata: { annotations: { 'app.kubernetes.io/name': 'x' } } } },
    ],
    ['adoptClusterId is a cluster id', { version: '0.1.0', adoptClusterId: '../x' }],
    ['unknown field "spec.podTemplate.spec.hostNetwork"', template({ hostNetwork: true })],
    ['unknown field "spec.backups"', { version: '0.1.0', backups: {} }],
    ['Required value', undefined],
  ];
  test.each(bad)('refused with "%s": %j', (message, spec) => {
    expect(create(spec)).toEqual({ code: 1, text: expect.stringContaining(message) });
  });

  test.each(['x'.repeat(41), '0orders', 'orders.eu'])('the name %s is refused: Services and pods are named after it', (name) => {
    expect(create({ version: '0.1.0' }, name)).toEqual({
      code: 1,
      text: expect.stringContaining('a DNS label of at most 40 characters'),
    });
  });
});

describe('what is changed', () => {
  const good: readonly (readonly [string, unknown])[] = [
    ['a volume grows', { storage: { size: '20Gi' } }],
    ['the same size in another unit', { storage: { size: '10240Mi' } }],
    ['a version follows another', { version: '0.2.0' }],
    ['an image takes the place of the version', { version: null, image: 'quorate:test' }],
    ['five members', { replicas: 5 }],
    ['retention changes', { storage: { retention: { whenDeleted: 'Delete' } } }],
    ['a cluster to adopt is named later (S5)', { adoptClusterId: 'c-1' }],
  ];
  test.each(good)('%s: taken', (_claim, spec) => {
    succeeded(patch(spec));
  });

  const bad: readonly (readonly [string, unknown])[] = [
    ['storage.size only grows', { storage: { size: '5Gi' } }],
    ['storage.storageClassName cannot be changed', { storage: { storageClassName: 'fast' } }],
    ['storage.storageClassName cannot be changed', { storage: { storageClassName: null } }],
    ['replication.protocol cannot be changed', { replication: { protocol: 'MultiPaxos' } }],
    ['auth.enabled cannot be changed', { auth: { enabled: false } }],
    ['replicas is 1, 3, 5 or 7', { replicas: 2 }],
    ['set spec.hibernate to true', { replicas: 0 }],
    ['storage.size has no room for the data', { podTemplate: { spec: { resources: { limits: { memory: '16Gi' } } } } }],
  ];
  test.each(bad)('refused with "%s": %j', (message, spec) => {
    expect(patch(spec)).toEqual({ code: 1, text: expect.stringContaining(message) });
  });

  test.each([
    ['4', 'replicas is 1, 3, 5 or 7'],
    ['0', 'set spec.hibernate to true'],
  ])('kubectl scale to %s is refused by the same rule', (replicas, message) => {
    const outcome = kubectl(['scale', `stc/${STORED}`, '-n', NAMESPACE, `--replicas=${replicas}`]);
    expect(outcome).toEqual({ code: 1, text: expect.stringContaining(message) });
  });

  test('S5: adoptClusterId stays what it was, once it is set', () => {
    const adopter = { ...storedSpec, adoptClusterId: 'c-1' };
    succeeded(kubectl(['apply', '-f', '-'], manifest(adopter, 'adopter')));
    for (const adoptClusterId of ['c-2', null]) {
      const change = JSON.stringify({ spec: { adoptClusterId } });
      const outcome = kubectl(['patch', 'stc', 'adopter', '-n', NAMESPACE, '--dry-run=server', '--type=merge', '-p', change]);
      expect(outcome).toEqual({ code: 1, text: expect.stringContaining('adoptClusterId cannot be changed once it is set') });
    }
  });

  test('S5: a cluster that has an identity adopts no other', () => {
    succeeded(kubectl(['apply', '-f', '-'], manifest(storedSpec, 'formed')));
    const status = JSON.stringify({ status: { clusterId: 'c-1' } });
    succeeded(kubectl(['patch', 'stc', 'formed', '-n', NAMESPACE, '--subresource=status', '--type=merge', '-p', status]));
    const adopt = (adoptClusterId: string) =>
      kubectl([
        'patch',
        'stc',
        'formed',
        '-n',
        NAMESPACE,
        '--dry-run=server',
        '--type=merge',
        '-p',
        JSON.stringify({ spec: { adoptClusterId } }),
      ]);
    expect(adopt('c-2')).toEqual({ code: 1, text: expect.stringContaining('names another cluster than status.clusterId') });
    succeeded(adopt('c-1'));
  });
});

describe('the examples and the explanations', () => {
  test.each(['examples/orders.yaml', 'examples/single.yaml'])('%s is taken', (path) => {
    succeeded(kubectl(['create', '--dry-run=server', '-n', NAMESPACE, '-f', path]));
  });

  test('kubectl explain speaks of every part', () => {
    expect(succeeded(kubectl(['explain', 'stc.spec.storage.size']))).toContain('It only grows');
    expect(succeeded(kubectl(['explain', 'stc.status.conditions']))).toContain('QuorumAvailable');
  });
});
