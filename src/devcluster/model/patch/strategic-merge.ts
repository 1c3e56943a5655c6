/**
 * Strategic merge patches, by which `kubectl` patches built-in kinds: like a JSON merge patch, but lists merge by a key of their items, or as
 * sets, where the kind says so; directives (`$patch`, `$retainKeys`, `$deleteFromPrimitiveList/…`, `$setElementOrder/…`) say the rest
 * (kubernetes/community, sig-api-machinery/strategic-merge-patch.md).
 */
import { badRequest } from '../failure.ts';
import { isJsonObject, sameJson, setField } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { resolved, shapeOfField } from '../types/shape.ts';
import type { PatchMerge, Shape } from '../types/shape.ts';

const DIRECTIVE = '$patch';
const RETAIN_KEYS = '$retainKeys';
const DELETE_FROM = '$deleteFromPrimitiveList/';
const SET_ORDER = '$setElementOrder/';

/** @throws ApiFailure 400 for a directive that makes no sense */
export function strategicallyMerged(target: unknown, patch: unknown, shape: Shape): unknown {
  if (!isJsonObject(patch)) return patch;
  return mergedObject(isJsonObject(target) ? target : {}, patch, shape);
}

function mergedObject(target: JsonObject, patch: JsonObject, shape: Shape): JsonObject {
  const directive = patch[DIRECTIVE];
  if (directive === 'replace') return withoutDirectives(patch);
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge')
    throw badRequest(`unknown patch type found: ${JSON.stringify(directive)}`);
  const result: Record<string, unknown> = retained(target, patch[RETAIN_KEYS]);
  for (const [name, value] of Object.entries(patch)) {
    if (isDirective(name)) continue;
    if (value === null) Reflect.deleteProperty(result, name);
    else if (value !== undefined) {
      const before = Object.hasOwn(result, name) ? result[name] : undefined;
      const after = mergedField(before, value, shapeOfField(shape, name), patch[`${SET_ORDER}${name}`]);
      setField(result, name, after);
    }
  }
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith(DELETE_FROM)) takeAway(result, name.slice(DELETE_FROM.length), value);
    else if (name.startsWith(SET_ORDER)) reorder(result, name.slice(SET_ORDER.length), value, shape, target);
  }
  return result;
}

function isDirective(name: string): boolean {
  return name === DIRECTIVE || name === RETAIN_KEYS || name.startsWith(DELETE_FROM) || name.startsWith(SET_ORDER);
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([name]) => !isDirective(name)));
}

function retained(target: JsonObject, keys: unknown): Record<string, unknown> {
  if (!Array.isArray(keys)) return { ...target };
  return Object.fromEntries(Object.entries(target).filter(([name]) => keys.includes(name)));
}

function mergedField(before: unknown, value: unknown, shape: Shape, order: unknown): unknown {
  const known = resolved(shape);
  if (Array.isArray(value)) {
    if (known.kind !== 'list' || known.patch.by === 'whole') return value;
    return mergedList(Array.isArray(before) ? before : [], value, known.patch, known.items, order);
  }
  if (isJsonObject(value)) return mergedObject(isJsonObject(before) ? before : {}, value, shape);
  return value;
}

function mergedList(
  before: readonly unknown[],
  patch: readonly unknown[],
  by: PatchMerge,
  items: Shape,
  _order: unknown,
): readonly unknown[] {
  if (by.by !== 'key') return [...before, ...patch.filter((item) => !before.some((known) => sameJson(known, item)))];
  if (patch.some((item) => isJsonObject(item) && item[DIRECTIVE] === 'replace' && keyValue(item, by.key) === undefined)) {
    return patch.filter((item) => !isJsonObject(item) || item[DIRECTIVE] === undefined);
  }
  let result = [...before];
  for (const item of patch) {
    if (!isJsonObject(item)) throw badRequest('a list that merges by key holds objects');
    const key = keyValue(item, by.key);
    if (key === undefined) throw badRequest(`map: ${JSON.stringify(item)} does not contain declared merge key: ${by.key}`);
    const index = result.findIndex((known) => keyValue(known, by.key) === key);
    if (item[DIRECTIVE] === 'delete') result = result.filter((known) => keyValue(known, by.key) !== key);
    else if (index === -1) result.push(mergedObject({}, item, items));
    else result[index] = mergedObject(isJsonObject(result[index]) ? result[index] : {}, item, items);
  }
  return result;
}

function keyValue(item: unknown, key: string): unknown {
  return isJsonObject(item) ? item[key] : undefined;
}

function takeAway(result: Record<string, unknown>, name: string, values: unknown): void {
  const before = result[name];
  if (!Array.isArray(before) || !Array.isArray(values)) return;
  result[name] = before.filter((item) => !values.some((value) => sameJson(item, value)));
}

/** Items that the patch names in its order, those that only the server has where they were beside them. */
function reorder(result: Record<string, unknown>, name: string, order: unknown, shape: Shape, target: JsonObject): void {
  const list = result[name];
  const known = resolved(shapeOfField(shape, name));
  if (!Array.isArray(list) || !Array.isArray(order) || known.kind !== 'list') return;
  const { patch } = known;
  const identity = (item: unknown): string => JSON.stringify(patch.by === 'key' ? keyValue(item, patch.key) : item);
  const wanted = order.map(identity);
  const before: readonly unknown[] = Array.isArray(target[name]) ? target[name] : [];
  const places = new Map(before.map((item, index) => [identity(item), index]));
  const named = list.filter((item) => wanted.includes(identity(item)));
  named.sort((left, right) => wanted.indexOf(identity(left)) - wanted.indexOf(identity(right)));
  const others = list.filter((item) => !wanted.includes(identity(item)));
  result[name] = zipped(named, others, (item) => places.get(identity(item)));
}

function zipped(
  named: readonly unknown[],
  others: readonly unknown[],
  placeOf: (item: unknown) => number | undefined,
): unknown[] {
  const left = [...named];
  const right = [...others];
  const result: unknown[] = [];
  while (left.length > 0 && right.length > 0) {
    const [one, other] = [placeOf(left[0]), placeOf(right[0])];
    const isFirst = one !== undefined && other !== undefined && one < other;
    result.push(isFirst ? left.shift() : right.shift());
  }
  return [...result, ...left, ...right];
}
