/** What the API server makes of a custom object before it judges it: fields that the schema does not know go, defaults come in. */
import { isJsonObject, setField } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { SchemaNode } from './schema-node.ts';

/** @param unknown receives the paths of what went; @param isRoot apiVersion, kind and metadata are known to every object */
export function pruned(value: unknown, node: SchemaNode, unknown: string[], place = '', isRoot = false): unknown {
  if (Array.isArray(value)) {
    const { items } = node;
    return items === null ? value : value.map((item, index) => pruned(item, items, unknown, `${place}[${index}]`));
  }
  if (!isJsonObject(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    const path = place === '' ? name : `${place}.${name}`;
    const child = node.properties.get(name) ?? node.additionalProperties;
    if (isRoot && (name === 'apiVersion' || name === 'kind' || name === 'metadata')) setField(result, name, field);
    else if (child !== null) setField(result, name, pruned(field, child, unknown, path));
    else if (node.preservesUnknown) setField(result, name, field);
    else unknown.push(path);
  }
  return result;
}

/** A null where none may be counts as left out when there is a default. */
export function defaulted(value: unknown, node: SchemaNode): unknown {
  if (Array.isArray(value)) {
    const { items } = node;
    return items === null ? value : value.map((item) => defaulted(item, items));
  }
  if (!isJsonObject(value)) return value;
  const result: Record<string, unknown> = { ...value };
  for (const [name, child] of node.properties) {
    const isMissing = !Object.hasOwn(result, name) || result[name] === undefined || (result[name] === null && !child.nullable);
    if (isMissing && child.hasDefault) setField(result, name, child.defaultValue);
  }
  for (const [name, field] of Object.entries(result)) {
    const child = node.properties.get(name) ?? node.additionalProperties;
    if (child !== null) setField(result, name, defaulted(field, child));
  }
  return result;
}

/** Nulls that no default took the place of and no schema allows: dropped where the field is known, as the API server does. */
export function withoutNulls(value: JsonObject, node: SchemaNode): JsonObject {
  const result: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    const child = node.properties.get(name);
    if (field === null && child?.hasDefault === true && !child.nullable) continue;
    setField(result, name, isJsonObject(field) && child !== undefined ? withoutNulls(field, child) : field);
  }
  return result;
}
