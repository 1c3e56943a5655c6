/**
 * An operator upgrade restarts no pod: for a spec that nobody changed, the pods' template stays as it is to the letter. A difference rolls every
 * member of every cluster when the operator is upgraded. Where that is meant, UPDATE_GOLDEN=1 writes the templates anew, and the commit says why.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { StorageClusterSpecInput } from '../../../../src/api/storage-cluster.ts';
import { podTemplate } from '../../../../src/operator/render/pod-template.ts';
import { statefulSet } from '../../../../src/operator/render/stateful-set.ts';
import { clusterOf } from '../../../support/operator-observation.ts';

const settings = { imageRepository: 'registry.example/quorate' };
const folder = new URL('golden/', import.meta.url);

const specs: Readonly<Record<string, StorageClusterSpecInput>> = {
  default: {},
  image: { version: undefined, image: 'mirror.example/quorate@sha256:0123', imagePullPolicy: 'Always' },
  open: { auth: { enabled: false }, limits: { maxDataBytes: '64Mi', maxClients: 50 } },
  shaped: {
    podTemplate: {
      metadata: { labels: { team: 'shop' }, annotations: { 'example.com/scrape': 'true' } },
      spec: {
        resources: { requests: { cpu: '500m', memory: '1Gi', 'ephemeral-storage': '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
        affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } },
        tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'storage', effect: 'NoSchedule' }],
        nodeSelector: { disk: 'fast' },
        topologySpreadConstraints: [
          { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' },
        ],
        priorityClassName: 'high',
        imagePullSecrets: [{ name: 'pull' }],
        securityContext: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, supplementalGroups: [2000] },
        terminationGracePeriodSeconds: 60,
      },
    },
    storage: { size: '20Gi', storageClassName: 'fast' },
  },
};

/** As it goes over the wire: the order of fields and those that are undefined do not count. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

function golden(name: string, current: unknown): unknown {
  const file = new URL(`${name}.json`, folder);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, `${JSON.stringify(current, null, 2)}\n`);
  return JSON.parse(readFileSync(file, 'utf8')) as unknown;
}

describe('golden pod templates: an operator upgrade restarts no pod', () => {
  test.each(Object.keys(specs).map((name) => [name] as const))('%s', (name) => {
    const current = asJson(podTemplate(clusterOf(specs[name]), settings));
    expect(current).toEqual(golden(name, current));
  });

  test('what the API server never lets change in a StatefulSet is golden too: a difference would be refused for ever', () => {
    const { spec, metadata } = statefulSet(clusterOf(specs['shaped']), settings, { replicas: 3, claimSize: null, kept: null });
    const { replicas: _, template: __, ...fixed } = spec;
    const current = asJson({ name: metadata.name, ...fixed });
    expect(current).toEqual(golden('stateful-set', current));
  });

  test('no golden file is left without a spec', () => {
    const files = readdirSync(folder).map((file) => file.replace('.json', ''));
    expect(files.sort()).toEqual([...Object.keys(specs), 'stateful-set'].sort());
  });
});

describe('placement: members keep apart by themselves', () => {
  const specOf = (input: StorageClusterSpecInput) => (podTemplate(clusterOf(input), settings) as { spec: object }).spec;

  test('by default each member prefers a node of its own, and pods spread over nodes; neither keeps a pod from starting', () => {
    expect(specOf({})).toMatchObject({
      affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100 }] } },
      topologySpreadConstraints: [{ topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway' }],
    });
    expect(JSON.stringify(specOf({}))).not.toContain('required');
  });

  test('what the resource says takes their place, also when it says: none', () => {
    const own = { podTemplate: { spec: { affinity: {}, topologySpreadConstraints: [] } } };
    expect(specOf(own)).toMatchObject({ affinity: {}, topologySpreadConstraints: [] });
    expect(JSON.stringify(specOf(own))).not.toContain('podAntiAffinity');
  });
});
