/** A structural schema of a CustomResourceDefinition, read once, and the shape that follows from it. */
import { isJsonObject, listAt, numberAt, objectAt, stringAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { ANY } from '../types/shape.ts';
import type { ListType, PatchMerge, Shape } from '../types/shape.ts';

export interface ValidationRule {
  readonly rule: string;
  readonly message: string | undefined;
  readonly messageExpression: string | undefined;
  readonly reason: string | undefined;
  /** A path below the node, such as `.storageClassName`. */
  readonly fieldPath: string | undefined;
}

export interface SchemaNode {
  readonly type: string | undefined;
  readonly format: string | undefined;
  readonly properties: ReadonlyMap<string, SchemaNode>;
  readonly additionalProperties: SchemaNode | null;
  readonly items: SchemaNode | null;
  readonly required: readonly string[];
  readonly hasDefault: boolean;
  readonly defaultValue: unknown;
  readonly enumValues: readonly unknown[] | null;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
  readonly minProperties: number | undefined;
  readonly maxProperties: number | undefined;
  readonly pattern: { readonly text: string; readonly expression: RegExp } | null;
  readonly nullable: boolean;
  readonly intOrString: boolean;
  readonly preservesUnknown: boolean;
  readonly listType: string | undefined;
  readonly listMapKeys: readonly string[];
  readonly mapType: string | undefined;
  readonly rules: readonly ValidationRule[];
}

/** @throws SyntaxError for a pattern that is no regular expression */
export function schemaNode(schema: JsonObject): SchemaNode {
  const pattern = stringAt(schema, 'pattern');
  const additional = schema['additionalProperties'];
  return {
    type: stringAt(schema, 'type'),
    format: stringAt(schema, 'format'),
    properties: new Map(
      Object.entries(objectAt(schema, 'properties')).map(([name, child]) => [name, schemaNode(objectAt(child))]),
    ),
    additionalProperties: additional === undefined || additional === false ? null : schemaNode(objectAt(additional)),
    items: isJsonObject(schema['items']) ? schemaNode(schema['items']) : null,
    required: strings(schema['required']),
    hasDefault: schema['default'] !== undefined,
    defaultValue: schema['default'],
    enumValues: Array.isArray(schema['enum']) ? schema['enum'] : null,
    minimum: numberAt(schema, 'minimum'),
    maximum: numberAt(schema, 'maximum'),
    minLength: numberAt(schema, 'minLength'),
    maxLength: numberAt(schema, 'maxLength'),
    minItems: numberAt(schema, 'minItems'),
    maxItems: numberAt(schema, 'maxItems'),
    minProperties: numberAt(schema, 'minProperties'),
    maxProperties: numberAt(schema, 'maxProperties'),
    pattern: pattern === undefined ? null : { text: pattern, expression: new RegExp(pattern, 'u') },
    nullable: schema['nullable'] === true,
    intOrString: schema['x-kubernetes-int-or-string'] === true,
    preservesUnknown: schema['x-kubernetes-preserve-unknown-fields'] === true,
    listType: stringAt(schema, 'x-kubernetes-list-type'),
    listMapKeys: strings(schema['x-kubernetes-list-map-keys']),
    mapType: stringAt(schema, 'x-kubernetes-map-type'),
    rules: listAt(schema, 'x-kubernetes-validations').map(ruleOf),
  };
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function ruleOf(value: unknown): ValidationRule {
  return {
    rule: stringAt(value, 'rule') ?? '',
    message: stringAt(value, 'message')?.trim(),
    messageExpression: stringAt(value, 'messageExpression'),
    reason: stringAt(value, 'reason'),
    fieldPath: stringAt(value, 'fieldPath'),
  };
}

/** The shape of a custom kind; its metadata are those of every object. */
export function shapeOfSchema(root: SchemaNode, metadata: Shape): Shape {
  const shape = shapeOfNode(root);
  if (shape.kind !== 'struct') return shape;
  const named: readonly (readonly [string, Shape])[] = [
    ['apiVersion', { kind: 'scalar', type: 'string' }],
    ['kind', { kind: 'scalar', type: 'string' }],
    ['metadata', metadata],
  ];
  return { ...shape, fields: new Map([...shape.fields, ...named]) };
}

function shapeOfNode(node: SchemaNode): Shape {
  switch (node.type) {
    case 'object': {
      const atomic = node.mapType === 'atomic';
      if (node.additionalProperties !== null) return { kind: 'map', values: shapeOfNode(node.additionalProperties), atomic };
      if (node.properties.size === 0 && node.preservesUnknown && !atomic) return ANY;
      const fields = new Map([...node.properties].map(([name, child]) => [name, shapeOfNode(child)]));
      return { kind: 'struct', name: null, fields, atomic, open: node.preservesUnknown };
    }
    case 'array':
      return {
        kind: 'list',
        items: node.items === null ? ANY : shapeOfNode(node.items),
        list: listTypeOf(node),
        patch: patchOf(node),
        retainKeys: false,
      };
    case 'string':
      return { kind: 'scalar', type: 'string' };
    case 'integer':
    case 'number':
    case 'boolean':
      return { kind: 'scalar', type: node.type };
    default:
      return ANY;
  }
}

function listTypeOf(node: SchemaNode): ListType {
  if (node.listType === 'set') return { type: 'set' };
  if (node.listType !== 'map') return { type: 'atomic' };
  const defaults = node.listMapKeys.map((key) => [key, node.items?.properties.get(key)?.defaultValue] as const);
  return { type: 'map', keys: node.listMapKeys, defaults: Object.fromEntries(defaults) };
}

/** Strategic merge patches are not for custom kinds. */
function patchOf(_node: SchemaNode): PatchMerge {
  return { by: 'whole' };
}
