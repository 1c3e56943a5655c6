/** JSON as values that are never changed: a new version shares what stayed the same with the old one. */

export type JsonObject = { readonly [name: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{}` for what is no object. */
export function objectAt(value: unknown, ...path: readonly string[]): JsonObject {
  const found = valueAt(value, ...path);
  return isJsonObject(found) ? found : {};
}

/** `[]` for what is no list. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function stringAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** Own fields only: `constructor` and its like are nobody's field. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (!isJsonObject(current) || !Object.hasOwn(current, name)) return undefined;
    current = current[name];
  }
  return current;
}

/** With the field set, or taken away when `field` is undefined. */
export function withField<Value extends object>(value: Value, name: string, field: unknown): Value {
  const { [name]: _before, ...rest } = value as Record<string, unknown>;
  return (field === undefined ? rest : { ...value, [name]: field }) as Value;
}

/** Sets the field at the path; objects on the way are made. */
export function withFieldAt(value: JsonObject, path: readonly string[], field: unknown): JsonObject {
  const [name, ...rest] = path;
  if (name === undefined) return isJsonObject(field) ? field : {};
  return withField(value, name, rest.length === 0 ? field : withFieldAt(objectAt(value, name), rest, field));
}

/** Equal as JSON: the order of fields does not count, and a field that is undefined is not there. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, index) => sameJson(item, right[index]));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  return definedCount(left) === definedCount(right) && Object.keys(left).every((name) => sameField(left, right, name));
}

function sameField(left: JsonObject, right: JsonObject, name: string): boolean {
  return left[name] === undefined || (Object.hasOwn(right, name) && sameJson(left[name], right[name]));
}

function definedCount(value: JsonObject): number {
  let count = 0;
  for (const field of Object.values(value)) if (field !== undefined) count += 1;
  return count;
}

/** The same whatever the order of fields; undefined fields left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value ?? null);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}

/** A copy without undefined fields, as it would come over the wire. */
export function plainJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => plainJson(item) ?? null);
  if (!isJsonObject(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) if (field !== undefined) setField(result, name, plainJson(field));
  return result;
}

/** Assigns even a field called `__proto__` as a field. */
export function setField(target: Record<string, unknown>, name: string, field: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value: field, enumerable: true, configurable: true, writable: true });
  else target[name] = field;
}

/** Frozen to the leaves. What is frozen already is not walked again. */
export function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFrozen(part);
  }
  return value;
}
