/**
 * Writes src/devcluster/model/types/builtin-types.json: the fields of Kubernetes' own kinds and how their lists merge, as facts taken from
 * the OpenAPI documents of an API server (`kubectl get --raw /openapi/v3/apis/apps/v1` and so on, or api/openapi-spec/v3 of its source).
 *
 *   node scripts/builtin-types.mjs DIRECTORY_OF_OPENAPI_V3_DOCUMENTS VERSION
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , folder, version] = process.argv;
if (folder === undefined || version === undefined) {
  console.error('usage: node scripts/builtin-types.mjs DIRECTORY_OF_OPENAPI_V3_DOCUMENTS VERSION');
  process.exit(2);
}

const core = 'io.k8s.api.core.v1.';
const kinds = {
  v1: 'Namespace Pod Service Secret ConfigMap ServiceAccount PersistentVolumeClaim PersistentVolume Node Event Binding'.split(
    ' ',
  ),
  'apps/v1': ['StatefulSet', 'Deployment', 'ReplicaSet', 'ControllerRevision'],
  'policy/v1': ['PodDisruptionBudget', 'Eviction'],
  'autoscaling/v1': ['Scale'],
  'networking.k8s.io/v1': ['NetworkPolicy'],
  'coordination.k8s.io/v1': ['Lease'],
  'discovery.k8s.io/v1': ['EndpointSlice'],
  'storage.k8s.io/v1': ['StorageClass'],
  'events.k8s.io/v1': ['Event'],
  'rbac.authorization.k8s.io/v1': ['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
  'admissionregistration.k8s.io/v1': ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'],
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'authorization.k8s.io/v1': ['SelfSubjectAccessReview', 'SelfSubjectRulesReview'],
};

const definitions = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  Object.assign(definitions, JSON.parse(readFileSync(join(folder, file), 'utf8')).components?.schemas);
}

const scalars = {
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'microTime',
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'intOrString',
};

/** Its full name in the API's documents, by the short name that it gets here. */
const named = new Map();
const fields = {};
const atomic = [];

function shortNameOf(full) {
  const parts = full.split('.');
  const short = parts.at(-1);
  const taken = named.get(short);
  if (taken === undefined || taken === full) return short;
  return `${parts.at(-3)}.${short}`;
}

function isOpaque(schema) {
  return schema.properties === undefined && schema.additionalProperties === undefined;
}

function nameOf(full) {
  if (scalars[full] !== undefined) return scalars[full];
  const schema = definitions[full];
  // Schemas inside a CustomResourceDefinition nest without end, and are read by those who own them.
  // An object as it came is one field, whatever is in it.
  if (full.endsWith('.RawExtension')) return '{atomic}any';
  if (full.endsWith('.JSONSchemaProps') || isOpaque(schema)) return 'any';
  const short = shortNameOf(full);
  if (named.has(short)) return short;
  named.set(short, full);
  fields[short] = {};
  if (schema['x-kubernetes-map-type'] === 'atomic') atomic.push(short);
  for (const [name, property] of Object.entries(schema.properties)) fields[short][name] = typeOf(property);
  return short;
}

function typeOf(schema) {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (typeof reference === 'string') {
    const name = nameOf(reference.split('/').at(-1));
    const patch = schema['x-kubernetes-patch-strategy'] === 'retainKeys' ? '!' : '';
    // Here field by field, though elsewhere as a whole.
    return `${patch}${schema['x-kubernetes-map-type'] === 'granular' ? '+' : ''}${name}`;
  }
  if (schema.type === 'array') return `${listOf(schema)}${typeOf(schema.items)}`;
  if (schema.type === 'object') {
    if (schema.additionalProperties === undefined) return 'any';
    return `${schema['x-kubernetes-map-type'] === 'atomic' ? '{atomic}' : '{}'}${typeOf(schema.additionalProperties)}`;
  }
  if (schema.format === 'byte') return 'bytes';
  if (schema.format === 'int32' || schema.format === 'int64') return schema.format;
  if (schema.type === 'number') return 'number';
  return schema.type ?? 'any';
}

/** `[]`, `[set]`, `[map:key,key]`; behind `~` the key by which a strategic merge patch merges, `~` alone: as a set. */
function listOf(schema) {
  const type = schema['x-kubernetes-list-type'] ?? 'atomic';
  const keys = type === 'map' ? `map:${schema['x-kubernetes-list-map-keys'].join(',')}` : type === 'set' ? 'set' : '';
  const strategy = schema['x-kubernetes-patch-strategy'] ?? '';
  const merges = strategy.includes('merge') ? `~${schema['x-kubernetes-patch-merge-key'] ?? ''}` : '';
  return `[${keys}${merges}${strategy.includes('retainKeys') ? '!' : ''}]`;
}

const roots = {};
for (const [apiVersion, names] of Object.entries(kinds)) {
  for (const kind of names) {
    const [group, groupVersion] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
    const full = Object.keys(definitions).find((name) =>
      definitions[name]['x-kubernetes-group-version-kind']?.some(
        (gvk) => gvk.group === group && gvk.version === groupVersion && gvk.kind === kind && name.endsWith(`.${kind}`),
      ),
    );
    if (full === undefined) throw new Error(`${apiVersion} ${kind} is in none of the documents (${core})`);
    roots[`${apiVersion} ${kind}`] = nameOf(full);
  }
}

const lines = (record) => Object.entries(record).map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
const text = `{
  "kubernetes": ${JSON.stringify(version)},
  "kinds": {
${lines(roots).join(',\n')}
  },
  "atomic": ${JSON.stringify(atomic.sort())},
  "definitions": {
${lines(fields).join(',\n')}
  },
  "names": {
${lines(Object.fromEntries(named)).join(',\n')}
  }
}
`;
writeFileSync(new URL('../src/devcluster/model/types/builtin-types.json', import.meta.url), text);
console.log(`${Object.keys(fields).length} types, ${text.length} bytes`);
