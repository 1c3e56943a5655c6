import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import {
  API_VERSION,
  defaultSpec,
  KIND,
  parseMetadata,
  parseSpec,
  parseStatus,
  parseStorageCluster,
} from '../../../src/api/storage-cluster.ts';

const root = new URL('../../../', import.meta.url);
const metadata = { name: 'orders', namespace: 'default', uid: 'u-1', resourceVersion: '1', generation: 1 };

describe('a spec is read as if the API server had filled in the defaults', () => {
  test('a client that bypassed every default gets all of them', () => {
    expect(parseSpec({ version: '0.1.0' })).toEqual({
      ok: true,
      value: {
        replicas: 3,
        version: '0.1.0',
        imagePullPolicy: 'IfNotPresent',
        replication: { protocol: 'Raft' },
        storage: { size: '10Gi', retention: { whenScaled: 'Retain', whenDeleted: 'Retain' } },
        update: { strategy: 'Rolling', canary: { steadySeconds: 10, deadlineSeconds: 600 } },
        paused: false,
        hibernate: false,
        auth: { enabled: true },
        limits: {},
        podTemplate: {
          metadata: {},
          spec: {
            resources: { requests: { cpu: '100m' }, limits: { memory: '512Mi' } },
            terminationGracePeriodSeconds: 30,
          },
        },
      },
    });
  });

  test.each([
    ['replicas', { version: '0.1.0', replicas: 4 }],
    ['replicas', { version: '0.1.0', replicas: 0 }],
    ['replication.protocol', { version: '0.1.0', replication: { protocol: 'MultiPaxos' } }],
    ['storage.size', { version: '0.1.0', storage: { size: '10GB' } }],
    ['storage.size', { version: '0.1.0', storage: { size: '0' } }],
    ['update.strategy', { version: '0.1.0', update: { strategy: 'Now' } }],
    ['adoptClusterId', { version: '0.1.0', adoptClusterId: '../etc' }],
    ['version', { version: 'latest; rm' }],
    ['version', {}],
    ['version', null],
    ['hibernate', { version: '0.1.0', hibernate: 'yes' }],
    [
      'podTemplate.spec.securityContext.runAsUser',
      { version: '0.1.0', podTemplate: { spec: { securityContext: { runAsUser: 0 } } } },
    ],
  ])('what nobody could act on is refused, naming spec.%s', (field, spec) => {
    const parsed = parseSpec(spec);
    expect(parsed).toEqual({ ok: false, reason: expect.stringContaining(`spec.${field}:`) });
  });

  test('fields of a newer CRD are left out, the rest is read', () => {
    const parsed = parseSpec({ version: '0.1.0', backups: { every: '1h' } });
    expect(parsed.ok && Object.keys(parsed.value)).not.toContain('backups');
  });

  test('affinity and spread constraints pass through untouched', () => {
    const affinity = { nodeAffinity: { required: [{ deep: ['x', 1, null] }] } };
    const topologySpreadConstraints = [{ maxSkew: 1, labelSelector: { matchLabels: { a: 'b' } } }];
    const spec = defaultSpec({ podTemplate: { spec: { affinity, topologySpreadConstraints } } });
    expect(spec.podTemplate.spec).toMatchObject({ affinity, topologySpreadConstraints });
  });

  test.each(['orders', 'single'])('examples/%s.yaml is read', (name) => {
    const example = load(readFileSync(new URL(`examples/${name}.yaml`, root), 'utf8')) as {
      spec: unknown;
      kind: string;
      apiVersion: string;
    };
    expect(example).toMatchObject({ kind: KIND, apiVersion: API_VERSION });
    expect(parseSpec(example.spec)).toMatchObject({ ok: true });
  });
});

describe('a status is read as a whole or not at all', () => {
  const founding = { epoch: 1, members: [{ id: '00000000000000a1', name: 'orders-shard-0-0' }] };

  test('S6: absent is empty: nothing was founded yet, as far as status says', () => {
    expect(parseStatus(undefined)).toEqual({ ok: true, value: {} });
  });

  test('S5, S6: identity and founding come back as they were written', () => {
    const status = { clusterId: 'c-1', generation: { number: 1, id: '0000000000000000' }, founding };
    expect(parseStatus(status)).toEqual({ ok: true, value: status });
  });

  test.each([
    ['founding.members.0.id', { founding: { epoch: 1, members: [{ id: 'A1', name: 'x' }] } }],
    ['founding.epoch', { founding: { ...founding, epoch: 0 } }],
    ['clusterId', { clusterId: '' }],
    ['generation.id', { generation: { number: 1, id: '' } }],
  ])('S6: a damaged %s refuses the whole, so that nothing is founded on half a record', (field, status) => {
    expect(parseStatus(status)).toEqual({ ok: false, reason: expect.stringContaining(`status.${field}:`) });
  });

  test('gates and reasons of a newer operator pass through', () => {
    const blockedBy = [{ gate: 'FromTheFuture', since: '2026-01-01T00:00:00Z', message: 'm', unblock: 'u' }];
    expect(parseStatus({ blockedBy })).toEqual({ ok: true, value: { blockedBy } });
  });
});

describe('a whole resource', () => {
  test('is read with what the operator needs of its metadata', () => {
    const parsed = parseStorageCluster({
      apiVersion: API_VERSION,
      kind: KIND,
      metadata: { ...metadata, managedFields: [] },
      spec: { version: '0.1.0' },
    });
    expect(parsed).toMatchObject({ ok: true, value: { metadata, spec: { replicas: 3 } } });
    expect(parsed.ok && 'status' in parsed.value).toBe(false);
  });

  test.each([
    [null, 'StorageCluster'],
    [{ metadata: {}, spec: { version: '0.1.0' } }, 'metadata.name'],
    [{ metadata, spec: { replicas: 2 } }, 'spec.replicas'],
    [{ metadata, spec: { version: '0.1.0' }, status: { term: 'x' } }, 'status.term'],
  ])('%j is refused, naming %s', (resource, field) => {
    expect(parseStorageCluster(resource)).toEqual({ ok: false, reason: expect.stringContaining(field) });
  });

  test('metadata without a uid is refused: children are owned by uid', () => {
    expect(parseMetadata({ ...metadata, uid: undefined })).toMatchObject({ ok: false });
  });
});
