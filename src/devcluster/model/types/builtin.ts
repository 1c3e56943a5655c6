/**
 * The shapes of Kubernetes' own kinds, read from a table of facts (builtin-types.json, written by scripts/builtin-types.mjs from the documents
 * of an API server). A type is `string`, a name in the table, `{}T` for a map, `[…]T` for a list with its kind in the brackets; `+T`: field by field, whatever T says.
 */
import { assert, present } from '../../../shared/assert.ts';
import table from './builtin-types.json' with { type: 'json' };
import { ANY } from './shape.ts';
import type { ListType, PatchMerge, ScalarType, Shape } from './shape.ts';

/** The release that the table was taken from. */
export const KUBERNETES_VERSION: string = table.kubernetes;

const definitions = new Map<string, Readonly<Record<string, string>>>(Object.entries(table.definitions));
const kinds = new Map<string, string>(Object.entries(table.kinds));
const fullNames = new Map<string, string>(Object.entries(table.names));
const atomic: ReadonlySet<string> = new Set(table.atomic);

const scalars: ReadonlyMap<string, ScalarType> = new Map([
  ['string', 'string'],
  ['boolean', 'boolean'],
  ['number', 'number'],
  ['int32', 'integer'],
  ['int64', 'integer'],
  ['integer', 'integer'],
  ['time', 'time'],
  ['microTime', 'microTime'],
  ['quantity', 'quantity'],
  ['intOrString', 'intOrString'],
  ['bytes', 'bytes'],
]);

const shapes = new Map<string, Shape>();

/** Null when the table does not know the kind. */
export function builtinShape(apiVersion: string, kind: string): Shape | null {
  const name = kinds.get(`${apiVersion} ${kind}`);
  return name === undefined ? null : shapeNamed(name);
}

export function shapeNamed(name: string): Shape {
  const known = shapes.get(name);
  if (known !== undefined) return known;
  const fields = present(definitions.get(name), `the table of built-in types defines ${name}`);
  const shape: Shape = {
    kind: 'struct',
    name,
    fields: new Map(Object.entries(fields).map(([field, type]) => [field, shapeOf(type)])),
    atomic: atomic.has(name),
    open: false,
  };
  shapes.set(name, shape);
  return shape;
}

/** The types of the table, for those who publish it: name, name in the API's documents, and fields. */
export function builtinDefinitions(): readonly {
  readonly name: string;
  readonly fullName: string;
  readonly fields: Readonly<Record<string, string>>;
}[] {
  return [...definitions].map(([name, fields]) => ({
    name,
    fullName: present(fullNames.get(name), 'each type has a full name'),
    fields,
  }));
}

/** `apps/v1 StatefulSet` and the name of its type. */
export function builtinKinds(): ReadonlyMap<string, string> {
  return kinds;
}

export function shapeOf(type: string): Shape {
  const scalar = scalars.get(type);
  if (scalar !== undefined) return { kind: 'scalar', type: scalar };
  if (type === 'any' || type === 'object') return ANY;
  if (type.startsWith('{')) {
    const end = type.indexOf('}');
    return { kind: 'map', values: shapeOf(type.slice(end + 1)), atomic: type.slice(1, end) === 'atomic' };
  }
  if (type.startsWith('[')) {
    const end = type.indexOf(']');
    return listShape(type.slice(1, end), type.slice(end + 1));
  }
  const retainKeys = type.startsWith('!');
  const name = type.replace(/^!?\+?/, '');
  assert(definitions.has(name), `the table of built-in types defines ${name}`);
  const isGranular = type.includes('+');
  return {
    kind: 'reference',
    resolve: () => (isGranular ? granular(shapeNamed(name)) : shapeNamed(name)),
    retainKeys,
  };
}

/** Owned field by field here, though the type says as a whole. */
function granular(shape: Shape): Shape {
  return shape.kind === 'struct' ? { ...shape, atomic: false } : shape;
}

function listShape(description: string, items: string): Shape {
  const retainKeys = description.endsWith('!');
  const [type = '', patchKey] = description.replace('!', '').split('~');
  const patch: PatchMerge =
    patchKey === undefined ? { by: 'whole' } : patchKey === '' ? { by: 'value' } : { by: 'key', key: patchKey };
  return { kind: 'list', items: shapeOf(items), list: listType(type, items), patch, retainKeys };
}

function listType(type: string, items: string): ListType {
  if (type === 'set') return { type: 'set' };
  if (!type.startsWith('map:')) return { type: 'atomic' };
  // The one key that a client may leave out: a port's protocol, which is TCP then.
  const defaults = items === 'ContainerPort' || items === 'ServicePort' ? { protocol: 'TCP' } : {};
  return { type: 'map', keys: type.slice('map:'.length).split(','), defaults };
}
