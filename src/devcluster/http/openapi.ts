/**
 * OpenAPI v3 as clients need it: `kubectl explain` reads the fields, `kubectl apply` how lists merge and whether the server checks fields itself.
 * Of built-in kinds from the table of types, of custom ones their own schema, descriptions included.
 */
import { listAt, objectAt, stringAt } from '../model/json.ts';
import type { JsonObject } from '../model/json.ts';
import { DEFINITIONS } from '../model/registry.ts';
import type { Registry } from '../model/registry.ts';
import { apiVersionOf } from '../model/resource-type.ts';
import type { ResourceType } from '../model/resource-type.ts';
import type { Store } from '../model/store.ts';
import { builtinDefinitions, builtinKinds } from '../model/types/builtin.ts';
import { groupVersionsOf } from './discovery.ts';

const REFERENCE = '#/components/schemas/';

function pathOfVersion(apiVersion: string): string {
  return apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`;
}

/** Null: no path of OpenAPI v3. */
export function openApiAt(store: Store, registry: Registry, path: string): object | null {
  if (path === '/openapi/v3') {
    const paths = groupVersionsOf(registry).map((version) => {
      const place = pathOfVersion(version);
      return [place, { serverRelativeURL: `/openapi/v3/${place}?hash=${store.compactedRevision}` }] as const;
    });
    return { paths: Object.fromEntries(paths) };
  }
  if (!path.startsWith('/openapi/v3/')) return null;
  const version = groupVersionsOf(registry).find((one) => path === `/openapi/v3/${pathOfVersion(one)}`);
  if (version === undefined) return null;
  const types = registry.all().filter((type) => apiVersionOf(type) === version);
  const custom = types.filter((type) => type.custom).map((type) => [customName(type), customSchema(store, type)] as const);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'model' },
    paths: Object.fromEntries(types.flatMap(pathsOf)),
    components: { schemas: { ...builtinSchemas(version), ...Object.fromEntries(custom) } },
  };
}

function customName({ group, version, kind }: ResourceType): string {
  return `${group.split('.').reverse().join('.')}.${version}.${kind}`;
}

function customSchema(store: Store, type: ResourceType): JsonObject {
  const definition = store.get(DEFINITIONS, { namespace: null, name: `${type.plural}.${type.group}` });
  const version = listAt(definition, 'spec', 'versions').find((one) => stringAt(one, 'name') === type.version);
  const schema = objectAt(version, 'schema', 'openAPIV3Schema');
  const metadata = { allOf: [{ $ref: `${REFERENCE}io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta` }] };
  return { ...schema, properties: { ...objectAt(schema, 'properties'), metadata }, [KIND_KEY]: [kindOf(type)] };
}

const KIND_KEY = 'x-kubernetes-group-version-kind';

function kindOf({ group, version, kind }: ResourceType): JsonObject {
  return { group, version, kind };
}

/** One object path a kind: what may be done to it, and that fields are checked by the server. */
function pathsOf(type: ResourceType): readonly (readonly [string, JsonObject])[] {
  const root = `/${pathOfVersion(apiVersionOf(type))}`;
  const place = type.namespaced ? `${root}/namespaces/{namespace}/${type.plural}` : `${root}/${type.plural}`;
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string' },
  }));
  const operation = (action: string): JsonObject => ({ 'x-kubernetes-action': action, [KIND_KEY]: kindOf(type), parameters });
  return [
    [place, { post: operation('post'), get: operation('list') }],
    [`${place}/{name}`, { get: operation('get'), put: operation('put'), patch: operation('patch'), delete: operation('delete') }],
  ];
}

function builtinSchemas(version: string): JsonObject {
  const names = new Map(builtinDefinitions().map(({ name, fullName }) => [name, fullName]));
  const kinds = new Map([...builtinKinds()].map(([kind, name]) => [name, kind]));
  return Object.fromEntries(
    builtinDefinitions().map(({ name, fullName, fields }) => {
      const properties = Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, schemaOf(type, names)]));
      const [apiVersion = '', kind = ''] = kinds.get(name)?.split(' ') ?? [];
      const [group = '', groupVersion = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
      const named = kind !== '' && apiVersion === version ? { [KIND_KEY]: [{ group, version: groupVersion, kind }] } : {};
      return [fullName, { type: 'object', properties, ...named }];
    }),
  );
}

const scalars: ReadonlyMap<string, JsonObject> = new Map([
  ['string', { type: 'string' }],
  ['boolean', { type: 'boolean' }],
  ['number', { type: 'number', format: 'double' }],
  ['int32', { type: 'integer', format: 'int32' }],
  ['int64', { type: 'integer', format: 'int64' }],
  ['integer', { type: 'integer' }],
  ['time', { type: 'string', format: 'date-time' }],
  ['microTime', { type: 'string', format: 'date-time' }],
  ['quantity', { type: 'string' }],
  ['intOrString', { type: 'string', format: 'int-or-string' }],
  ['bytes', { type: 'string', format: 'byte' }],
  ['any', { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }],
  ['object', { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }],
]);

/** A type in the words of the table, as a schema. */
function schemaOf(type: string, names: ReadonlyMap<string, string>): JsonObject {
  const scalar = scalars.get(type);
  if (scalar !== undefined) return scalar;
  if (type.startsWith('{')) return { type: 'object', additionalProperties: schemaOf(type.slice(type.indexOf('}') + 1), names) };
  if (type.startsWith('[')) {
    const end = type.indexOf(']');
    return { type: 'array', items: schemaOf(type.slice(end + 1), names), ...listWords(type.slice(1, end)) };
  }
  const reference = { $ref: `${REFERENCE}${names.get(type.replace(/^!?\+?/, '')) ?? ''}` };
  return {
    allOf: [reference],
    ...(type.startsWith('!') ? { 'x-kubernetes-patch-strategy': 'retainKeys' } : {}),
    ...(type.includes('+') ? { 'x-kubernetes-map-type': 'granular' } : {}),
  };
}

function listWords(description: string): JsonObject {
  const retains = description.endsWith('!');
  const [type = '', key] = description.replace('!', '').split('~');
  const list = type.startsWith('map:')
    ? { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': type.slice('map:'.length).split(',') }
    : { 'x-kubernetes-list-type': type === 'set' ? 'set' : 'atomic' };
  if (key === undefined) return list;
  const strategy = { 'x-kubernetes-patch-strategy': retains ? 'merge,retainKeys' : 'merge' };
  return { ...list, ...strategy, ...(key === '' ? {} : { 'x-kubernetes-patch-merge-key': key }) };
}
