/**
 * Sets of fields in the form in which objects carry them (`metadata.managedFields[].fieldsV1`): a tree of path elements, `f:name` for a field,
 * `k:{…}` for an item of a list by its keys, `v:…` for an item of a set. A node without children is a member; one with children is a member
 * only if it holds `.` (sigs.k8s.io/structured-merge-diff, fieldpath).
 */
import { canonicalJson, isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { resolved } from '../types/shape.ts';
import type { ListType, ResolvedShape, Shape } from '../types/shape.ts';

export type FieldSet = JsonObject;

const SELF = '.';
export const NO_FIELDS: FieldSet = {};
const MEMBER: FieldSet = {};

export function isEmptySet(set: FieldSet): boolean {
  return Object.keys(set).length === 0;
}

function isMember(node: FieldSet): boolean {
  return isEmptySet(node) || Object.hasOwn(node, SELF);
}

function childrenOf(node: FieldSet): readonly [string, FieldSet][] {
  return Object.entries(node).filter((entry): entry is [string, FieldSet] => entry[0] !== SELF && isJsonObject(entry[1]));
}

/** A node with these children; null when nothing is left of it. */
function nodeOf(member: boolean, children: readonly (readonly [string, FieldSet | null])[]): FieldSet | null {
  const kept = children.filter((entry): entry is [string, FieldSet] => entry[1] !== null);
  if (kept.length === 0) return member ? MEMBER : null;
  kept.sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(member ? [[SELF, MEMBER], ...kept] : kept);
}

/** A whole set: its root is no member. */
function setOf(children: readonly (readonly [string, FieldSet | null])[]): FieldSet {
  return nodeOf(false, children) ?? NO_FIELDS;
}

export function union(left: FieldSet, right: FieldSet): FieldSet {
  return setOf(combined(left, right, unionOfNodes));
}

function unionOfNodes(left: FieldSet | null, right: FieldSet | null): FieldSet | null {
  if (left === null || right === null) return left ?? right;
  return nodeOf(isMember(left) || isMember(right), combined(left, right, unionOfNodes));
}

/** Members of the left that are no members of the right. */
export function difference(left: FieldSet, right: FieldSet): FieldSet {
  return setOf(combined(left, right, differenceOfNodes));
}

function differenceOfNodes(left: FieldSet | null, right: FieldSet | null): FieldSet | null {
  if (left === null || right === null) return left;
  return nodeOf(isMember(left) && !isMember(right), combined(left, right, differenceOfNodes));
}

/** Members of the left that are neither members of the right nor below one. */
export function recursiveDifference(left: FieldSet, right: FieldSet): FieldSet {
  return setOf(combined(left, right, recursiveDifferenceOfNodes));
}

function recursiveDifferenceOfNodes(left: FieldSet | null, right: FieldSet | null): FieldSet | null {
  if (left === null || right === null) return left;
  if (isMember(right)) return null;
  return nodeOf(isMember(left), combined(left, right, recursiveDifferenceOfNodes));
}

export function intersection(left: FieldSet, right: FieldSet): FieldSet {
  return setOf(combined(left, right, intersectionOfNodes));
}

function intersectionOfNodes(left: FieldSet | null, right: FieldSet | null): FieldSet | null {
  if (left === null || right === null) return null;
  return nodeOf(isMember(left) && isMember(right), combined(left, right, intersectionOfNodes));
}

function combined(
  left: FieldSet,
  right: FieldSet,
  combine: (left: FieldSet | null, right: FieldSet | null) => FieldSet | null,
): readonly (readonly [string, FieldSet | null])[] {
  const lefts = new Map(childrenOf(left));
  const rights = new Map(childrenOf(right));
  const elements = new Set([...lefts.keys(), ...rights.keys()]);
  return [...elements].map((element) => [element, combine(lefts.get(element) ?? null, rights.get(element) ?? null)] as const);
}

/** Whether the set has this path or anything below it. */
export function reaches(set: FieldSet, path: readonly string[]): boolean {
  let node = set;
  for (const element of path) {
    const next = Object.hasOwn(node, element) ? node[element] : undefined;
    if (!isJsonObject(next)) return false;
    node = next;
  }
  return true;
}

/** Every member, as a list of path elements. */
export function membersOf(set: FieldSet, path: readonly string[] = []): readonly (readonly string[])[] {
  const below = childrenOf(set).flatMap(([element, node]) => [
    ...(isMember(node) ? [[...path, element]] : []),
    ...membersOf(node, [...path, element]),
  ]);
  return below;
}

/** `.spec.template.spec.containers[name="node"].image`, as conflicts name it. */
export function pathText(path: readonly string[]): string {
  return path
    .map((element) => {
      if (element.startsWith('f:')) return `.${element.slice(2)}`;
      if (!element.startsWith('k:')) return `[=${element.slice(2)}]`;
      const keys = JSON.parse(element.slice(2)) as JsonObject;
      const told = Object.entries(keys).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
      return `[${told.join(',')}]`;
    })
    .join('');
}

export function fieldElement(name: string): string {
  return `f:${name}`;
}

/** How an item of a set or map list is called. Null for an item without its keys. */
export function itemElement(item: unknown, list: ListType): string | null {
  if (list.type === 'set') return `v:${canonicalJson(item)}`;
  if (list.type === 'atomic' || !isJsonObject(item)) return null;
  const keys: Record<string, unknown> = {};
  for (const key of list.keys) {
    const value = item[key] ?? list.defaults[key];
    if (value !== undefined) keys[key] = value;
  }
  return Object.keys(keys).length === 0 ? null : `k:${canonicalJson(keys)}`;
}

/** A shape as a set sees it: what is owned as a whole, and what field by field. `any` is owned by its own structure. */
export function isLeaf(value: unknown, shape: ResolvedShape): boolean {
  if (Array.isArray(value)) return shape.kind !== 'list' || shape.list.type === 'atomic';
  if (!isJsonObject(value)) return true;
  return (shape.kind === 'struct' || shape.kind === 'map') && shape.atomic;
}

/** The children of a value that is no leaf, by their path elements. */
export function elementsOf(
  value: unknown,
  shape: ResolvedShape,
): readonly { readonly element: string; readonly value: unknown; readonly shape: Shape }[] {
  if (Array.isArray(value)) {
    if (shape.kind !== 'list') return [];
    return value.flatMap((item: unknown) => {
      const element = itemElement(item, shape.list);
      return element === null ? [] : [{ element, value: item, shape: shape.items }];
    });
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    if (field === undefined) return [];
    const fieldShape: Shape =
      shape.kind === 'struct'
        ? (shape.fields.get(name) ?? { kind: 'any' })
        : shape.kind === 'map'
          ? shape.values
          : { kind: 'any' };
    return [{ element: fieldElement(name), value: field, shape: fieldShape }];
  });
}

/** All the fields that a value says something about, as server-side apply counts them. */
export function fieldsOf(value: unknown, shape: Shape): FieldSet {
  return setOf(
    elementsOf(value, resolved(shape)).map((child) => [child.element, nodeOfValue(child.value, child.shape, child.element)]),
  );
}

function nodeOfValue(value: unknown, shape: Shape, element: string): FieldSet | null {
  const known = resolved(shape);
  if (isLeaf(value, known)) return MEMBER;
  const children = elementsOf(value, known);
  // An item of a list is a field by itself; an object is one only if it is empty, and an empty list is none.
  const member = !element.startsWith('f:') || (children.length === 0 && !Array.isArray(value));
  return nodeOf(
    member,
    children.map((child) => [child.element, nodeOfValue(child.value, child.shape, child.element)]),
  );
}

export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

/** What became of each field from one version of an object to the next. */
export function compared(before: unknown, after: unknown, shape: Shape): Comparison {
  const comparer = new Comparer();
  const known = resolved(shape);
  const nodes = comparer.children(before, after, known);
  return {
    added: setOf(nodes.map(({ element, added }) => [element, added])),
    modified: setOf(nodes.map(({ element, modified }) => [element, modified])),
    removed: setOf(nodes.map(({ element, removed }) => [element, removed])),
  };
}

interface ComparedNode {
  readonly element: string;
  readonly added: FieldSet | null;
  readonly modified: FieldSet | null;
  readonly removed: FieldSet | null;
}

class Comparer {
  children(before: unknown, after: unknown, shape: ResolvedShape): readonly ComparedNode[] {
    const befores = new Map(elementsOf(before, shape).map((child) => [child.element, child]));
    const afters = new Map(elementsOf(after, shape).map((child) => [child.element, child]));
    return [...new Set([...befores.keys(), ...afters.keys()])].flatMap((element) => {
      const [left, right] = [befores.get(element), afters.get(element)];
      if (left === undefined)
        return right === undefined ? [] : [{ element, added: whole(right.value, right.shape), modified: null, removed: null }];
      if (right === undefined) return [{ element, added: null, modified: null, removed: whole(left.value, left.shape) }];
      if (left.value === right.value) return [];
      return [this.#node(element, left.value, right.value, left.shape)];
    });
  }

  #node(element: string, before: unknown, after: unknown, shape: Shape): ComparedNode {
    const known = resolved(shape);
    // Nothing becomes a list or an object item by item.
    const isOwned = (value: unknown, other: unknown): boolean => isLeaf(value, known) && (value !== null || isLeaf(other, known));
    if (isOwned(before, after) || isOwned(after, before)) {
      const same = canonicalJson(before) === canonicalJson(after);
      return { element, added: null, modified: same ? null : MEMBER, removed: null };
    }
    const nodes = this.children(before, after, known);
    const pick = (which: 'added' | 'modified' | 'removed'): FieldSet | null =>
      nodeOf(
        false,
        nodes.map((node) => [node.element, node[which]]),
      );
    return { element, added: pick('added'), modified: pick('modified'), removed: pick('removed') };
  }
}

/** A value that came or went: itself, and everything in it. */
function whole(value: unknown, shape: Shape): FieldSet | null {
  const known = resolved(shape);
  if (isLeaf(value, known)) return MEMBER;
  return nodeOf(
    true,
    elementsOf(value, known).map((child) => [child.element, whole(child.value, child.shape)]),
  );
}
