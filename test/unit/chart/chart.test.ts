import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';

const chart = new URL('../../../charts/quorate/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, chart), 'utf8');

interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** The body of a named template, which must be plain YAML. */
function plainTemplate(name: string): unknown {
  const [, after] = read('templates/_helpers.tpl').split(`{{- define "${name}" -}}`);
  const body = after!.split('{{- end -}}')[0]!;
  expect(body).not.toContain('{{');
  return load(body);
}

const verbsOf = (rules: readonly PolicyRule[]) =>
  Object.fromEntries(
    rules.flatMap((rule) =>
      rule.apiGroups.flatMap((group) => rule.resources.map((resource) => [`${group}/${resource}`, rule.verbs])),
    ),
  );

describe('least rights, verb by verb', () => {
  const namespaced = plainTemplate('quorate.namespacedRules') as readonly PolicyRule[];
  const clusterWide = plainTemplate('quorate.clusterRules') as readonly PolicyRule[];

  test('inside the namespaces of clusters the operator has these rights and no others', () => {
    expect(verbsOf(namespaced)).toEqual({
      'quorate.io/storageclusters': ['get', 'list', 'watch', 'patch'],
      'quorate.io/storageclusters/status': ['get', 'update', 'patch'],
      'quorate.io/storageclusters/finalizers': ['update'],
      'apps/statefulsets': ['get', 'list', 'watch', 'create', 'patch', 'delete'],
      'apps/controllerrevisions': ['get'],
      '/pods': ['get', 'list', 'watch', 'patch', 'delete'],
      '/pods/eviction': ['create'],
      '/persistentvolumeclaims': ['get', 'list', 'watch', 'patch', 'delete'],
      '/services': ['get', 'create', 'patch', 'delete'],
      '/secrets': ['get', 'create', 'patch', 'delete'],
      'policy/poddisruptionbudgets': ['get', 'create', 'patch', 'delete'],
      'networking.k8s.io/networkpolicies': ['get', 'create', 'patch', 'delete'],
      'events.k8s.io/events': ['create', 'patch'],
    });
  });

  test('S9: for the whole cluster it reads nodes, volumes and classes, and may set the reclaim policy of a volume', () => {
    expect(verbsOf(clusterWide)).toEqual({
      '/nodes': ['get', 'list'],
      '/persistentvolumes': ['get', 'patch'],
      'storage.k8s.io/storageclasses': ['get'],
    });
  });

  test('S4: it never deletes a cluster or a volume, and never lists a secret', () => {
    const verbs = verbsOf([...namespaced, ...clusterWide]);
    expect(verbs['quorate.io/storageclusters']).not.toContain('delete');
    expect(verbs['/persistentvolumes']).not.toContain('delete');
    expect(verbs['/secrets']).not.toEqual(expect.arrayContaining([expect.stringMatching(/list|watch/)]));
  });

  test('no wildcard anywhere', () => {
    for (const rule of [...namespaced, ...clusterWide]) {
      expect([...rule.apiGroups, ...rule.resources, ...rule.verbs]).not.toContain('*');
    }
  });
});

test('no webhook: nothing of ours stands between the API server and a write, with a certificate that could expire', () => {
  const text = readdirSync(new URL('templates/', chart))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => read(`templates/${name}`))
    .join('\n');
  expect(text).toContain('kind: ValidatingAdmissionPolicy');
  expect(text).not.toMatch(/WebhookConfiguration|conversion:\s*$|strategy: Webhook/m);
});

describe('values', () => {
  const values = load(read('values.yaml')) as Record<string, unknown>;
  const schema = JSON.parse(read('values.schema.json')) as SchemaNode;

  interface SchemaNode {
    readonly properties?: Readonly<Record<string, SchemaNode>>;
    readonly description?: string;
    readonly $ref?: string;
    readonly additionalProperties?: unknown;
  }

  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

  /** Paths of values that a reader of the chart sets. */
  function leaves(value: Record<string, unknown>, node: SchemaNode, path: readonly string[] = []): string[][] {
    return Object.entries(value).flatMap(([key, child]) => {
      const childNode = node.properties?.[key];
      expect([...path, key, childNode !== undefined]).toEqual([...path, key, true]);
      const isGroup = isObject(child) && childNode?.properties !== undefined && childNode.description === undefined;
      return isGroup ? leaves(child, childNode, [...path, key]) : [[...path, key]];
    });
  }

  test('the schema knows every value, refuses unknown ones, and has none without a default', () => {
    const paths = leaves(values, schema);
    expect(paths.length).toBeGreaterThan(15);
    expect(schema.additionalProperties).toBe(false);
    expect(Object.keys(schema.properties ?? {}).filter((key) => key !== 'global')).toEqual(
      expect.arrayContaining(Object.keys(values)),
    );
    expect(Object.keys(values)).toEqual(
      expect.arrayContaining(Object.keys(schema.properties ?? {}).filter((key) => key !== 'global')),
    );
  });

  test('every value is explained, in values.yaml and in the README', () => {
    const lines = read('values.yaml').split('\n');
    for (const path of leaves(values, schema)) {
      const key = path.at(-1)!;
      const indent = '  '.repeat(path.length - 1);
      const candidates = lines.flatMap((line, index) => (line.startsWith(`${indent}${key}:`) ? [lines[index - 1]] : []));
      expect([path.join('.'), candidates.some((line) => line?.startsWith(`${indent}# -- `))]).toEqual([path.join('.'), true]);
      expect(read('README.md')).toContain(`\`${path.join('.')}\``);
    }
  });

  test('every value is read by a template, and every value that a template reads exists', () => {
    const templates = [
      ...readdirSync(new URL('templates/', chart)).filter((name) => /\.(yaml|tpl|txt)$/.test(name)),
      'tests/readyz.yaml',
    ];
    const text = templates.map((name) => read(`templates/${name}`)).join('\n');
    const used = new Set([...text.matchAll(/\.Values\.([A-Za-z.]+)/g)].map((match) => match[1]));
    expect([...used].sort()).toEqual(
      leaves(values, schema)
        .map((path) => path.join('.'))
        .sort(),
    );
  });
});

describe('the chart', () => {
  test('its version is that of the project', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', chart), 'utf8')) as { version: string };
    expect(load(read('Chart.yaml'))).toMatchObject({ apiVersion: 'v2', name: 'quorate', version, appVersion: version });
  });

  test('Helm never upgrades a crds/ folder, so the chart has none', () => {
    expect(readdirSync(chart)).not.toContain('crds');
  });
});
