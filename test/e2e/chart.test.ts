/** The chart, judged by Helm itself: lint, what it renders for the values that people set, and what it refuses. */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { loadAll } from 'js-yaml';
import { HELM_WORDS, objectsOf } from '../../scripts/chart-manifests.mjs';
import chart from '../../src/cli/dev/chart-manifests.json' with { type: 'json' };

const CHART = 'charts/quorate';
const HELM_TIMEOUT_MS = 60_000;
/** Rendering asks no cluster; the chart wants to know for which version it is. */
const KUBE_VERSION = '1.34.0';

interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly rules?: readonly {
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
    readonly resourceNames?: readonly string[];
  }[];
  readonly spec?: unknown;
}
interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
  readonly securityContext: unknown;
}

function helm(...args: readonly string[]): { readonly code: number | null; readonly text: string } {
  const ran = spawnSync('helm', [...args], { encoding: 'utf8', timeout: HELM_TIMEOUT_MS });
  return { code: ran.status, text: ran.status === 0 ? ran.stdout : `${ran.stdout}${ran.stderr}` };
}

function render(...values: readonly string[]): Manifest[] {
  const sets = values.flatMap((value) => ['--set', value]);
  const { code, text } = helm(
    'template',
    'quorate',
    CHART,
    '--namespace',
    'quorate-system',
    '--kube-version',
    KUBE_VERSION,
    ...sets,
  );
  expect([code, text]).toEqual([0, expect.any(String)]);
  return loadAll(text).filter((document) => document !== null && document !== undefined) as Manifest[];
}

const find = (manifests: readonly Manifest[], kind: string, name?: string) =>
  manifests.find((manifest) => manifest.kind === kind && (name === undefined || manifest.metadata.name === name))!;
const podOf = (manifest: Manifest) =>
  (manifest.spec as { template: { spec: { containers: readonly Container[] } & Record<string, unknown> } }).template.spec;

test('helm lint finds nothing, strictly', () => {
  expect(helm('lint', '--strict', CHART)).toEqual({ code: 0, text: expect.stringContaining('0 chart(s) failed') });
});

test('what `quorate dev` installs without Helm is what Helm makes of the chart', () => {
  const { code, text } = helm(...HELM_WORDS);
  expect(code).toBe(0);
  expect(chart.objects).toEqual(objectsOf(text));
  expect(HELM_WORDS).toContain(KUBE_VERSION);
});

describe('what it renders', () => {
  test('by default: one operator for all namespaces, with the CRD, its rights and its Service', () => {
    const manifests = render();
    expect(manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()).toEqual([
      'ClusterRole quorate-system-quorate',
      'ClusterRoleBinding quorate-system-quorate',
      'CustomResourceDefinition storageclusters.quorate.io',
      'Deployment quorate',
      'Pod quorate-test-readyz',
      'Role quorate-lease',
      'RoleBinding quorate-lease',
      'Service quorate',
      'ServiceAccount quorate',
      'ValidatingAdmissionPolicy quorate-system-quorate-deletion-protection',
      'ValidatingAdmissionPolicyBinding quorate-system-quorate-deletion-protection',
    ]);
    expect(find(manifests, 'CustomResourceDefinition').metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
    expect(find(manifests, 'Deployment').spec).toMatchObject({ replicas: 1 });
  });

  test('the operator and the test pod pass the restricted Pod Security Standard, with a read-only root', () => {
    const manifests = render();
    const pods = [podOf(find(manifests, 'Deployment')), find(manifests, 'Pod').spec as ReturnType<typeof podOf>];
    for (const pod of pods) {
      expect(pod['securityContext']).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const container of pod.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        });
      }
    }
  });

  test('members run the image repository of the operator, unless another is named', () => {
    const repositoryFor = (...values: readonly string[]) =>
      podOf(find(render(...values), 'Deployment')).containers[0]!.env!.find(({ name }) => name === 'QUORATE_IMAGE_REPOSITORY')!
        .value;
    expect(repositoryFor()).toBe('quorate');
    expect(repositoryFor('image.repository=registry.example/q')).toBe('registry.example/q');
    expect(repositoryFor('image.repository=registry.example/q', 'nodeImage.repository=mirror/q')).toBe('mirror/q');
  });

  test('the image is that of the chart, unless a tag is named', () => {
    expect(podOf(find(render(), 'Deployment')).containers[0]).toMatchObject({ image: 'quorate:0.1.0', args: ['operator'] });
    expect(podOf(find(render('image.tag=9.9.9'), 'Deployment')).containers[0]!.image).toBe('quorate:9.9.9');
  });

  test('with watchNamespaces its rights end there: nothing in the whole cluster but nodes, volumes and their classes', () => {
    const manifests = render('watchNamespaces={red,blue}');
    const roles = manifests.filter(({ kind, metadata }) => kind === 'Role' && metadata.name === 'quorate-system-quorate');
    expect(roles.map(({ metadata }) => metadata.namespace)).toEqual(['red', 'blue']);
    expect(find(manifests, 'ClusterRole').rules!.flatMap(({ resources }) => resources)).toEqual([
      'nodes',
      'persistentvolumes',
      'storageclasses',
    ]);
    const environment = podOf(find(manifests, 'Deployment')).containers[0]!.env;
    expect(environment).toContainEqual({ name: 'QUORATE_WATCH_NAMESPACES', value: 'red,blue' });
    expect(manifests.filter(({ kind }) => kind === 'RoleBinding')).toHaveLength(3);
  });

  test('the Lease of the election is the only one that the operator may change', () => {
    const rules = find(render('fullnameOverride=other'), 'Role', 'other-lease').rules;
    expect(rules).toEqual([
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['other'], verbs: ['get', 'update', 'patch'] },
    ]);
  });

  test.each([
    ['crds.install=false', 'CustomResourceDefinition'],
    ['rbac.create=false', 'ClusterRole'],
    ['serviceAccount.create=false', 'ServiceAccount'],
    ['deletionProtection.install=false', 'ValidatingAdmissionPolicy'],
  ])('%s leaves out the %s', (value, kind) => {
    expect(render().map((manifest) => manifest.kind)).toContain(kind);
    expect(render(value).map((manifest) => manifest.kind)).not.toContain(kind);
  });

  test('what people set reaches the pod', () => {
    const pod = podOf(
      find(
        render(
          'nodeSelector.disk=ssd',
          'tolerations[0].operator=Exists',
          'priorityClassName=high',
          'imagePullSecrets[0].name=pull',
        ),
        'Deployment',
      ),
    );
    expect(pod).toMatchObject({
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ operator: 'Exists' }],
      priorityClassName: 'high',
      imagePullSecrets: [{ name: 'pull' }],
    });
  });
});

describe('what it refuses', () => {
  test.each([
    ['replica=2', "'replica' not allowed"],
    ['replicas=many', '/replicas'],
    ['logLevel=loud', '/logLevel'],
    ['image.repository=', '/image/repository'],
    ['image.pullPolicy=Sometimes', '/image/pullPolicy'],
    ['watchNamespaces={Not_A_Name}', '/watchNamespaces/0'],
    ['crds.install=perhaps', '/crds/install'],
    ['deletionProtection.install=perhaps', '/deletionProtection/install'],
  ])('%s: the message names the value', (value, message) => {
    const outcome = helm('template', 'quorate', CHART, '--kube-version', KUBE_VERSION, '--set', value);
    expect(outcome).toEqual({ code: 1, text: expect.stringContaining(message) });
  });

  test('a Kubernetes without admission policies gets none of them', () => {
    const { text } = helm('template', 'quorate', CHART, '--kube-version', '1.29.0');
    expect(text).toContain('kind: Deployment');
    expect(text).not.toContain('ValidatingAdmissionPolicy');
  });

  test('a Kubernetes that is too old for the rules of the resource', () => {
    const outcome = helm('template', 'quorate', CHART, '--kube-version', '1.28.0');
    expect(outcome).toEqual({ code: 1, text: expect.stringContaining('chart requires kubeVersion') });
  });
});
