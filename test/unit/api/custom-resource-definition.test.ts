import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { z } from 'zod';
import { CHART_TEMPLATE, CRD_FILE, generatedFiles, RESOURCE_PAGE } from '../../../scripts/crd-files.ts';
import { CONDITION_TYPES } from '../../../src/api/conditions.ts';
import { customResourceDefinition, structuralSchema } from '../../../src/api/custom-resource-definition.ts';
import { storageClusterStatusSchema } from '../../../src/api/storage-cluster-status.ts';
import { defaultSpec } from '../../../src/api/storage-cluster.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

interface Rule {
  readonly rule: string;
  readonly message?: string;
  readonly fieldPath?: string;
}
interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node;
  readonly items?: Node;
  readonly required?: readonly string[];
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly maxLength?: number;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly Rule[];
}
interface Definition {
  readonly spec: {
    readonly versions: readonly {
      readonly schema: { readonly openAPIV3Schema: Node };
      readonly subresources: unknown;
      readonly additionalPrinterColumns: readonly { readonly name: string; readonly jsonPath: string }[];
    }[];
  };
}

const definition = load(read(CRD_FILE)) as Definition;
const version = definition.spec.versions[0]!;
const schema = version.schema.openAPIV3Schema;

function walk(node: Node, path: string): (readonly [string, Node])[] {
  const children = [
    ...Object.entries(node.properties ?? {}).map(([name, child]) => [`${path}.${name}`, child] as const),
    ...(node.items === undefined ? [] : [[`${path}[]`, node.items] as const]),
    ...(node.additionalProperties === undefined ? [] : [[`${path}{}`, node.additionalProperties] as const]),
  ];
  return [[path, node], ...children.flatMap(([childPath, child]) => walk(child, childPath))];
}
const nodes = walk(schema, '');
const at = (path: string) => nodes.find(([nodePath]) => nodePath === path)![1];

describe('one source', () => {
  test.each([CRD_FILE, CHART_TEMPLATE, RESOURCE_PAGE])('%s is what the schema generates', (path) => {
    expect(read(path)).toBe(generatedFiles(read(RESOURCE_PAGE)).get(path));
  });

  test("the chart's CRD is the same, is kept at uninstall, and can be left out", () => {
    const template = read(CHART_TEMPLATE).split('\n');
    expect(template[0]).toBe('{{- if .Values.crds.install }}');
    expect(template.slice(-2)).toEqual(['{{- end }}', '']);
    const body = template.slice(1, -2).join('\n');
    expect(body).not.toContain('{{');
    const { metadata, ...rest } = load(body) as Record<string, Record<string, unknown>>;
    expect(metadata).toEqual({ name: 'storageclusters.quorate.io', annotations: { 'helm.sh/resource-policy': 'keep' } });
    const { metadata: _, ...expected } = customResourceDefinition();
    expect(rest).toEqual(expected);
  });

  test('defaults of the CRD are those that the operator fills in', () => {
    const filled = (node: Node): unknown => {
      if (node.properties === undefined || node.type !== 'object') return node.default;
      const values = Object.entries(node.properties).map(([name, child]) => [name, filled(child)] as const);
      return Object.fromEntries(values.filter(([, value]) => value !== undefined));
    };
    const { securityContext: _, ...podSpec } = (filled(at('.spec')) as { podTemplate: { spec: Record<string, unknown> } })
      .podTemplate.spec;
    const { version: __, ...expected } = defaultSpec();
    expect(podSpec).toEqual(expected.podTemplate.spec);
    expect(filled(at('.spec'))).toMatchObject(expected);
  });

  test('the default of an object is complete: the API server judges it by the rules as it stands', () => {
    expect(at('.spec.podTemplate').default).toEqual(defaultSpec().podTemplate);
    expect(at('.spec.storage').default).toEqual(defaultSpec().storage);
  });
});

describe('the schema is structural', () => {
  const words = new Set([
    ...[
      'description',
      'type',
      'format',
      'default',
      'enum',
      'minimum',
      'maximum',
      'minLength',
      'maxLength',
      'pattern',
      'maxItems',
    ],
    ...['maxProperties', 'properties', 'additionalProperties', 'items', 'required', 'x-kubernetes-preserve-unknown-fields'],
    ...['x-kubernetes-list-type', 'x-kubernetes-list-map-keys', 'x-kubernetes-map-type', 'x-kubernetes-validations'],
  ]);

  test('no $ref, const, oneOf, anyOf, patternProperties, nor anything else that the API server would refuse', () => {
    const strangers = nodes.flatMap(([path, node]) =>
      Object.keys(node)
        .filter((word) => !words.has(word))
        .map((word) => `${path}: ${word}`),
    );
    expect(strangers).toEqual([]);
  });

  test('every node has one type that Kubernetes knows', () => {
    const types = ['object', 'array', 'string', 'integer', 'boolean'];
    expect(nodes.filter(([, node]) => !types.includes(node.type ?? '')).map(([path]) => path)).toEqual([]);
  });

  test('no node has both properties and additionalProperties, and required fields exist and have no default', () => {
    for (const [path, node] of nodes) {
      expect([path, node.properties !== undefined && node.additionalProperties !== undefined]).toEqual([path, false]);
      for (const name of node.required ?? [])
        expect([path, name, node.properties?.[name]?.default]).toEqual([path, name, undefined]);
      expect(Object.keys(node.properties ?? {})).toEqual(expect.arrayContaining([...(node.required ?? [])]));
    }
  });

  test('lists are bounded, and lists with keys name required fields', () => {
    for (const [path, node] of nodes) {
      if (node.type !== 'array') continue;
      expect([path, node.maxItems]).toEqual([path, expect.any(Number)]);
      expect([path, node['x-kubernetes-list-type']]).toEqual([path, expect.stringMatching(/^(atomic|set|map)$/)]);
      const keys = node['x-kubernetes-list-map-keys'] ?? [];
      expect(node.items?.required ?? []).toEqual(expect.arrayContaining([...keys]));
    }
  });

  test('where a rule walks or reads a value, that value is bounded', () => {
    for (const [path, node] of nodes) {
      if (node['x-kubernetes-validations'] === undefined) continue;
      if (node.additionalProperties !== undefined) expect([path, node.maxProperties]).toEqual([path, expect.any(Number)]);
      if (node.type === 'string' && node['x-kubernetes-validations'].some(({ rule }) => /quantity|matches/i.test(rule))) {
        expect([path, node.maxLength]).toEqual([path, expect.any(Number)]);
      }
    }
  });

  test('metadata says nothing but the bound of the name', () => {
    expect(at('.metadata')).toEqual({ type: 'object', properties: { name: { type: 'string', maxLength: 253 } } });
  });

  test('a zod schema that has no structural form stops the generator', () => {
    expect(() => structuralSchema(z.object({ either: z.union([z.string(), z.int()]) }))).toThrow('anyOf');
    expect(() =>
      structuralSchema(z.object({ tuple: z.templateLiteral(['a', z.int()]).optional(), both: z.xor([z.string(), z.int()]) })),
    ).toThrow();
  });
});

describe('the resource explains itself', () => {
  test('every field has a description that is a sentence', () => {
    const described = nodes.filter(([path]) => !path.startsWith('.metadata') && !path.endsWith('[]') && !path.endsWith('{}'));
    expect(described.length).toBeGreaterThan(90);
    const without = described.filter(([, node]) => !/^[A-Za-z].{10,}[.)]$/.test(node.description ?? ''));
    expect(without.map(([path, node]) => `${path}: ${node.description ?? ''}`)).toEqual([]);
  });

  test('every rule has a message that tells what to do instead, and points at a field that exists', () => {
    for (const [path, node] of nodes) {
      for (const rule of node['x-kubernetes-validations'] ?? []) {
        expect([path, (rule.message ?? '').length > 30, rule.message?.includes('\n')]).toEqual([path, true, false]);
        if (rule.fieldPath !== undefined) expect(nodes.map(([nodePath]) => nodePath)).toContain(`${path}${rule.fieldPath}`);
      }
    }
  });

  test('docs/resource.md names every field of spec and status', () => {
    const page = read(RESOURCE_PAGE);
    const fields = nodes
      .map(([path]) => path.slice(1))
      .filter((path) => /^(spec|status)\./.test(path) && !/(\[\]|\{\})$/.test(path));
    expect(fields.filter((field) => !page.includes(`\`${field}\``))).toEqual([]);
  });
});

describe('what kubectl shows and scales', () => {
  test('kubectl get shows READY LEADER TERM QUORUM VERSION PHASE AGE, each from a field that exists', () => {
    expect(version.additionalPrinterColumns.map(({ name }) => name.toUpperCase())).toEqual([
      ...['READY', 'LEADER', 'TERM', 'QUORUM', 'VERSION', 'PHASE', 'AGE'],
    ]);
    for (const { jsonPath } of version.additionalPrinterColumns.slice(0, -1)) {
      expect(nodes.map(([path]) => path)).toContain(jsonPath);
    }
  });

  test('status and scale are subresources, on fields that exist', () => {
    expect(version.subresources).toEqual({
      status: {},
      scale: {
        specReplicasPath: '.spec.replicas',
        statusReplicasPath: '.status.replicas',
        labelSelectorPath: '.status.selector',
      },
    });
    expect(['.spec.replicas', '.status.replicas', '.status.selector'].map((path) => at(path).type)).toEqual([
      'integer',
      'integer',
      'string',
    ]);
  });

  test('S20: the status schema has room for every condition', () => {
    const conditions = CONDITION_TYPES.map((type) => ({
      ...{
        type,
        status: 'Unknown',
        reason: 'NotObserved',
        message: '',
        lastTransitionTime: '2026-01-01T00:00:00Z',
        observedGeneration: 1,
      },
    }));
    expect(storageClusterStatusSchema.safeParse({ conditions }).success).toBe(true);
  });
});

describe('rules that the resource may never lose', () => {
  const rules = nodes.flatMap(([path, node]) => (node['x-kubernetes-validations'] ?? []).map(({ rule }) => `${path}: ${rule}`));
  test.each([
    ['S7: replicas 0 is refused', '.spec.replicas: self != 0'],
    ['an even number of voters is refused', '.spec.replicas: self == 0 || self in [1, 3, 5, 7]'],
    [
      'a volume only grows',
      '.spec.storage.size: !isQuantity(self) || !isQuantity(oldSelf) || quantity(self).compareTo(quantity(oldSelf)) >= 0',
    ],
    ['the protocol stays', '.spec.replication.protocol: self == oldSelf'],
    ['only Raft, in this version', ".spec.replication.protocol: self == 'Raft'"],
    ['authentication stays', '.spec.auth.enabled: self == oldSelf'],
    [
      'S17: a volume has a smallest size',
      ".spec.storage.size: !isQuantity(self) || quantity(self).compareTo(quantity('1Gi')) >= 0",
    ],
  ])('%s', (_claim, rule) => {
    expect(rules).toContain(rule);
  });
});
