/** Merging and taking away by fields, as server-side apply does it on values of a known shape. */
import { isJsonObject, setField } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { resolved, shapeOfField } from '../types/shape.ts';
import type { ListType, Shape } from '../types/shape.ts';
import { fieldElement, itemElement, isLeaf } from './field-set.ts';
import type { FieldSet } from './field-set.ts';

/** The live object with what was applied laid over it: lists by their keys, what is atomic as a whole. */
export function appliedOver(live: unknown, applied: unknown, shape: Shape): unknown {
  const known = resolved(shape);
  if (isLeaf(applied, known) || isLeaf(live, known)) return applied;
  if (Array.isArray(applied)) {
    return known.kind === 'list' && Array.isArray(live) ? overList(live, applied, known.items, known.list) : applied;
  }
  if (!isJsonObject(applied)) return applied;
  const result: Record<string, unknown> = isJsonObject(live) ? { ...live } : {};
  for (const [name, value] of Object.entries(applied)) {
    if (value === undefined) continue;
    setField(result, name, appliedOver(Object.hasOwn(result, name) ? result[name] : undefined, value, shapeOfField(known, name)));
  }
  return result;
}

/** What was applied, in its order; what only the live list has keeps its place among its neighbours. */
function overList(live: readonly unknown[], applied: readonly unknown[], items: Shape, list: ListType): readonly unknown[] {
  const liveByElement = new Map(live.map((item) => [itemElement(item, list), item]));
  const wanted = new Map(applied.map((item) => [itemElement(item, list), item]));
  const merged = (element: string | null): unknown => appliedOver(liveByElement.get(element), wanted.get(element), items);
  const rest = [...wanted.keys()];
  const result: unknown[] = [];
  for (const [element, item] of liveByElement) {
    if (!wanted.has(element)) result.push(item);
    else if (rest.includes(element)) {
      // Everything applied up to here goes out first, so that the order that was applied holds.
      const upTo = rest.splice(0, rest.indexOf(element) + 1);
      result.push(...upTo.map(merged));
    }
  }
  return [...result, ...rest.map(merged)];
}

/**
 * The value without the fields of `taken`. A field goes with all below it, unless `isKept` says that somebody holds it or something in it: then
 * only what is taken below it goes.
 */
export function without(
  value: unknown,
  taken: FieldSet,
  shape: Shape,
  isKept: (path: readonly string[]) => boolean,
  path: readonly string[] = [],
): unknown {
  const known = resolved(shape);
  if (Array.isArray(value)) {
    if (known.kind !== 'list') return value;
    return value.flatMap((item: unknown) => {
      const element = itemElement(item, known.list);
      const node = element === null ? undefined : taken[element];
      if (element === null || !isJsonObject(node)) return [item];
      const place = [...path, element];
      return isTaken(node) && !isKept(place) ? [] : [without(item, node, known.items, isKept, place)];
    });
  }
  if (!isJsonObject(value)) return value;
  const result: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    const element = fieldElement(name);
    const node = Object.hasOwn(taken, element) ? taken[element] : undefined;
    const place = [...path, element];
    if (!isJsonObject(node)) setField(result, name, field);
    else if (isKept(place)) setField(result, name, without(field, node, shapeOfField(known, name), isKept, place));
  }
  return result;
}

/** An item of a list only if it was applied itself. A named field counts as taken with whatever was applied in it. */
function isTaken(node: JsonObject): boolean {
  return Object.keys(node).length === 0 || Object.hasOwn(node, '.');
}
