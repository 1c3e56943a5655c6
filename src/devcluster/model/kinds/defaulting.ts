/** Small tools to fill in what was left out, without touching what was said. */
import { isJsonObject, objectAt, setField, valueAt, withFieldAt } from '../json.ts';
import type { JsonObject } from '../json.ts';

/** The object with each of these fields, unless it has it. Paths in dots. */
export function withDefaultsAt(object: JsonObject, defaults: Readonly<Record<string, unknown>>): JsonObject {
  let result = object;
  for (const [path, value] of Object.entries(defaults)) {
    const parts = path.split('.');
    if (valueAt(result, ...parts) === undefined) result = withFieldAt(result, parts, value);
  }
  return result;
}

/** The object with the field at the path changed, if it is there. */
export function changedAt(object: JsonObject, path: readonly string[], change: (value: unknown) => unknown): JsonObject {
  const value = valueAt(object, ...path);
  return value === undefined ? object : withFieldAt(object, path, change(value));
}

export function changedItems(object: JsonObject, path: readonly string[], change: (item: JsonObject) => JsonObject): JsonObject {
  return changedAt(object, path, (list) => {
    if (!Array.isArray(list)) return list;
    return list.map((item: unknown) => (isJsonObject(item) ? change(item) : item));
  });
}

/** Labels or annotations with these added. */
export function withEntries(object: JsonObject, path: readonly string[], entries: Readonly<Record<string, string>>): JsonObject {
  const result: Record<string, unknown> = { ...objectAt(object, ...path) };
  for (const [name, value] of Object.entries(entries)) setField(result, name, value);
  return withFieldAt(object, path, result);
}
