/**
 * Renders the CustomResourceDefinition from the zod schemas. The result is a structural schema: each node has one `type`, no `$ref`,
 * no `const`, and nothing that the API server would ignore.
 */
import { z } from 'zod';
import { assert } from '../shared/assert.ts';
import { GROUP, KIND, LIST_KIND, NAME_LENGTH_MAX, PLURAL, SHORT_NAME, SINGULAR, VERSION } from './constants.ts';
import { CRD_WORDS } from './schema.ts';
import type { CrdWords, ValidationRule } from './schema.ts';
import { storageClusterSpecSchema } from './storage-cluster-spec.ts';
import { storageClusterStatusSchema } from './storage-cluster-status.ts';

export type JsonObject = { readonly [key: string]: unknown };

const rootRules: readonly ValidationRule[] = [
  {
    rule: `self.metadata.name.size() <= ${NAME_LENGTH_MAX} && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')`,
    message: `the name of a StorageCluster is a DNS label of at most ${NAME_LENGTH_MAX} characters that begins with a letter: its Services and pods are named after it`,
  },
  {
    rule: '!has(self.spec.adoptClusterId) || has(oldSelf.spec.adoptClusterId) || !has(self.status) || !has(self.status.clusterId) || self.spec.adoptClusterId == self.status.clusterId',
    message:
      'spec.adoptClusterId names another cluster than status.clusterId: this StorageCluster has a cluster already, and adopts no other',
    reason: 'FieldValueForbidden',
    fieldPath: '.spec.adoptClusterId',
  },
];

const printerColumns = [
  { name: 'Ready', type: 'string', jsonPath: '.status.ready', description: 'Ready members of those asked for' },
  { name: 'Leader', type: 'string', jsonPath: '.status.leader', description: 'The member that leads' },
  { name: 'Term', type: 'integer', jsonPath: '.status.term', description: 'Grows with each election' },
  { name: 'Quorum', type: 'string', jsonPath: '.status.quorum', description: 'Caught-up voters that run, of the voters' },
  { name: 'Version', type: 'string', jsonPath: '.status.version', description: 'Version that every member runs' },
  { name: 'Phase', type: 'string', jsonPath: '.status.phase', description: 'One word, derived from the conditions' },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

export function customResourceDefinition(): JsonObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${PLURAL}.${GROUP}` },
    spec: {
      group: GROUP,
      names: {
        kind: KIND,
        listKind: LIST_KIND,
        plural: PLURAL,
        singular: SINGULAR,
        shortNames: [SHORT_NAME],
        categories: ['quorate'],
      },
      scope: 'Namespaced',
      versions: [
        {
          name: VERSION,
          served: true,
          storage: true,
          additionalPrinterColumns: printerColumns,
          schema: { openAPIV3Schema: rootSchema() },
          subresources: {
            status: {},
            scale: {
              specReplicasPath: '.spec.replicas',
              statusReplicasPath: '.status.replicas',
              labelSelectorPath: '.status.selector',
            },
          },
        },
      ],
    },
  };
}

function rootSchema(): JsonObject {
  return {
    description:
      'A replicated store: a set of members that agree on every write before it is acknowledged, and speak the protocol of Redis.',
    type: 'object',
    properties: {
      apiVersion: { description: 'Version of this resource.', type: 'string' },
      kind: { description: 'StorageCluster.', type: 'string' },
      // The API server brings its own descriptions, and takes no others; the length bounds what the rule of the name may cost.
      metadata: { type: 'object', properties: { name: { type: 'string', maxLength: 253 } } },
      spec: structuralSchema(storageClusterSpecSchema),
      status: structuralSchema(storageClusterStatusSchema),
    },
    required: ['spec'],
    'x-kubernetes-validations': rootRules,
  };
}

/** @throws AssertionError when zod renders something that has no place in a structural schema. */
export function structuralSchema(schema: z.ZodType): JsonObject {
  return structuralNode(asObject(z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' })), 'schema');
}

/** In the order in which they are written; what is not listed here has no place in the CRD. */
const plainWords = [
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
] as const;
const structureWords = ['properties', 'additionalProperties', 'items', 'required', CRD_WORDS, '$schema', 'nullable'];

function structuralNode(node: JsonObject, path: string): JsonObject {
  const words = (node[CRD_WORDS] ?? {}) as CrdWords;
  const omitted = new Set(words.omit ?? []);
  for (const word of Object.keys(node)) {
    const isKnown = (plainWords as readonly string[]).includes(word) || structureWords.includes(word);
    assert(isKnown, `${path}: "${word}" has no place in a structural schema`);
  }
  const result: Record<string, unknown> = {};
  for (const word of plainWords) {
    if (node[word] !== undefined && !omitted.has(word) && !isLimitOfJavaScript(word, node[word])) result[word] = node[word];
  }
  if (words.type !== undefined) result['type'] = words.type;
  if (words.format !== undefined) {
    result['format'] = words.format;
    if (words.format === 'date-time') delete result['pattern'];
  }
  if (words.maxProperties !== undefined) result['maxProperties'] = words.maxProperties;
  addChildren(result, node, words, path);
  if (words.listType !== undefined) result['x-kubernetes-list-type'] = words.listType;
  if (words.listMapKeys !== undefined) result['x-kubernetes-list-map-keys'] = words.listMapKeys;
  if (words.mapType !== undefined) result['x-kubernetes-map-type'] = words.mapType;
  if (words.rules !== undefined && words.rules.length > 0) result['x-kubernetes-validations'] = words.rules;
  return result;
}

function addChildren(result: Record<string, unknown>, node: JsonObject, words: CrdWords, path: string): void {
  if (node['properties'] !== undefined) {
    const properties = Object.entries(asObject(node['properties']));
    result['properties'] = Object.fromEntries(
      properties.map(([name, child]) => [name, structuralNode(asObject(child), `${path}.${name}`)]),
    );
    if (node['required'] !== undefined) result['required'] = node['required'];
    if (node['default'] !== undefined) result['default'] = defaultsOf(asObject(result['properties']));
  }
  if (node['items'] !== undefined) result['items'] = structuralNode(asObject(node['items']), `${path}[]`);
  if (node['additionalProperties'] === undefined) return;
  const values = asObject(node['additionalProperties']);
  if (Object.keys(values).length === 0 || words.preserveUnknownFields) result['x-kubernetes-preserve-unknown-fields'] = true;
  else result['additionalProperties'] = structuralNode(values, `${path}{}`);
}

/** An object that is left out gets the defaults of its fields, spelled out: the API server judges a default by the rules as it stands. */
function defaultsOf(properties: JsonObject): JsonObject {
  const defaults = Object.entries(properties).map(([name, child]) => [name, asObject(child)['default']] as const);
  return Object.fromEntries(defaults.filter(([, value]) => value !== undefined));
}

/** zod bounds integers by what JavaScript can count to; the resource does not. */
function isLimitOfJavaScript(word: string, value: unknown): boolean {
  return (word === 'maximum' && value === Number.MAX_SAFE_INTEGER) || (word === 'minimum' && value === Number.MIN_SAFE_INTEGER);
}

function asObject(value: unknown): JsonObject {
  assert(typeof value === 'object' && value !== null && !Array.isArray(value), 'a schema node is an object');
  return value as JsonObject;
}
