/**
 * Who owns which field: the bookkeeping of `metadata.managedFields`, and server-side apply on top of it. Applying takes ownership of what it
 * says, gives up and takes away what it no longer says, and meets a conflict where another owner said otherwise
 * (sigs.k8s.io/structured-merge-diff, merge).
 */
import { ApiFailure } from '../failure.ts';
import type { StatusCause } from '../failure.ts';
import { isJsonObject, withField } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { ManagedFieldsEntry, StoredObject } from '../objects.ts';
import type { Shape } from '../types/shape.ts';
import {
  compared,
  difference,
  fieldsOf,
  intersection,
  isEmptySet,
  membersOf,
  NO_FIELDS,
  pathText,
  reaches,
  recursiveDifference,
  union,
} from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { appliedOver, without } from './merge.ts';

export interface Manager {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  /** Empty for the object itself. */
  readonly subresource: string;
}

/** What a write cannot own: system fields, and what belongs to another subresource. */
export interface WriteScope {
  readonly shape: Shape;
  readonly ignored: FieldSet;
}

const systemFields: FieldSet = {
  'f:apiVersion': {},
  'f:kind': {},
  'f:metadata': {
    'f:name': {},
    'f:namespace': {},
    'f:creationTimestamp': {},
    'f:selfLink': {},
    'f:uid': {},
    'f:clusterName': {},
    'f:generation': {},
    'f:managedFields': {},
    'f:resourceVersion': {},
    'f:deletionTimestamp': {},
    'f:deletionGracePeriodSeconds': {},
  },
};

/** Metadata as such: what is in it may be owned, it itself may not. */
const metadataItself: FieldSet = { 'f:metadata': {} };

/** @param fields top-level fields that the write resets, such as `status` */
export function ignoredFields(fields: readonly string[]): FieldSet {
  return fields.reduce<FieldSet>((set, name) => union(set, { [`f:${name}`]: {} }), systemFields);
}

function sameManager(entry: ManagedFieldsEntry, manager: Manager): boolean {
  return (
    entry.manager === manager.manager &&
    entry.operation === manager.operation &&
    (entry.subresource ?? '') === manager.subresource &&
    entry.apiVersion === manager.apiVersion
  );
}

/** The entries after a write that was no apply: the writer owns what it changed, nobody owns what is gone. */
export function managedAfterUpdate(
  before: JsonObject,
  after: JsonObject,
  entries: readonly ManagedFieldsEntry[],
  manager: Manager,
  scope: WriteScope,
  time: string,
): readonly ManagedFieldsEntry[] {
  const { added, modified, removed } = compared(bare(before), bare(after), scope.shape);
  const touched = difference(recursiveDifference(union(added, modified), scope.ignored), metadataItself);
  const gone = recursiveDifference(removed, scope.ignored);
  if (isEmptySet(touched) && isEmptySet(gone)) return entries;
  const others = entries.map((entry) => {
    if (sameManager(entry, manager)) return entry;
    return withFields(entry, difference(difference(entry.fieldsV1, intersection(entry.fieldsV1, touched)), gone));
  });
  const own = entries.find((entry) => sameManager(entry, manager));
  const fields = union(difference(own?.fieldsV1 ?? NO_FIELDS, gone), touched);
  return withEntry(others, own, manager, fields, time);
}

function bare(object: JsonObject): JsonObject {
  return isJsonObject(object['metadata'])
    ? { ...object, metadata: withField(object['metadata'], 'managedFields', undefined) }
    : object;
}

function withFields(entry: ManagedFieldsEntry, fieldsV1: FieldSet): ManagedFieldsEntry {
  return { ...entry, fieldsV1 };
}

function withEntry(
  entries: readonly ManagedFieldsEntry[],
  own: ManagedFieldsEntry | undefined,
  manager: Manager,
  fields: FieldSet,
  time: string,
): readonly ManagedFieldsEntry[] {
  const kept = entries.filter((entry) => !sameManager(entry, manager) && !isEmptySet(entry.fieldsV1));
  if (isEmptySet(fields)) return kept;
  const isSame =
    own !== undefined && isEmptySet(difference(own.fieldsV1, fields)) && isEmptySet(difference(fields, own.fieldsV1));
  const fresh: ManagedFieldsEntry = {
    manager: manager.manager,
    operation: manager.operation,
    apiVersion: manager.apiVersion,
    time: isSame ? own.time : time,
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
    ...(manager.subresource === '' ? {} : { subresource: manager.subresource }),
  };
  const result = [...kept, fresh];
  return result.sort(inOrder);
}

/** Applies before updates, then by time, then by name. */
function inOrder(left: ManagedFieldsEntry, right: ManagedFieldsEntry): number {
  if (left.operation !== right.operation) return left.operation < right.operation ? -1 : 1;
  if (left.time !== right.time) return left.time < right.time ? -1 : 1;
  if (left.manager !== right.manager) return left.manager < right.manager ? -1 : 1;
  return (left.subresource ?? '') < (right.subresource ?? '') ? -1 : 1;
}

export interface Application {
  readonly object: JsonObject;
  readonly ownFields: FieldSet;
}

/**
 * What the object becomes when `applied` is applied to it, its managed fields not yet written.
 * @throws ApiFailure 409 with each field that another manager holds with another value, unless `force`
 */
export function applied(
  live: StoredObject | null,
  configuration: JsonObject,
  manager: Manager,
  scope: WriteScope,
  force: boolean,
): Application {
  const entries = live?.metadata.managedFields ?? [];
  const ownFields = difference(recursiveDifference(fieldsOf(bare(configuration), scope.shape), scope.ignored), metadataItself);
  const last = entries.find((entry) => sameManager(entry, manager))?.fieldsV1 ?? NO_FIELDS;
  const others = entries.filter((entry) => !sameManager(entry, manager));
  const merged = appliedOver(live ?? {}, configuration, scope.shape);
  const isKept = (path: readonly string[]): boolean =>
    // Metadata is part of every object, whoever said something in it.
    (path.length === 1 && path[0] === 'f:metadata') ||
    reaches(ownFields, path) ||
    others.some(({ fieldsV1 }) => reaches(fieldsV1, path));
  const pruned = without(merged, last, scope.shape, isKept);
  const object = isJsonObject(pruned) ? pruned : {};
  if (live !== null && !force) refuseConflicts(live, object, others, scope);
  return { object, ownFields };
}

/** The entries after an apply: what was applied is the manager's, whatever was changed by it nobody else's. */
export function managedAfterApply(
  live: StoredObject | null,
  after: JsonObject,
  ownFields: FieldSet,
  manager: Manager,
  scope: WriteScope,
  time: string,
): readonly ManagedFieldsEntry[] {
  const entries = live?.metadata.managedFields ?? [];
  const { added, modified, removed } = compared(bare(live ?? {}), bare(after), scope.shape);
  const touched = intersection(union(added, modified), ownFields);
  const others = entries.map((entry) => {
    if (sameManager(entry, manager)) return entry;
    return withFields(entry, difference(difference(entry.fieldsV1, touched), removed));
  });
  return withEntry(
    others,
    entries.find((entry) => sameManager(entry, manager)),
    manager,
    ownFields,
    time,
  );
}

function refuseConflicts(live: StoredObject, after: JsonObject, others: readonly ManagedFieldsEntry[], scope: WriteScope): void {
  const { added, modified } = compared(bare(live), bare(after), scope.shape);
  const touched = union(added, modified);
  const found = others.flatMap((entry) => {
    const paths = membersOf(intersection(entry.fieldsV1, touched)).map(pathText);
    return paths.length === 0 ? [] : [{ entry, paths }];
  });
  if (found.length === 0) return;
  const causes: StatusCause[] = found.flatMap(({ entry, paths }) =>
    paths.map((field) => ({ reason: 'FieldManagerConflict', message: `conflict with ${nameOf(entry)}`, field })),
  );
  throw new ApiFailure(409, 'Conflict', conflictText(found, causes.length), { causes });
}

function nameOf(entry: ManagedFieldsEntry): string {
  const subresource = entry.subresource === undefined ? '' : ` with subresource "${entry.subresource}"`;
  const using = entry.operation === 'Update' ? ` using ${entry.apiVersion}` : '';
  return `"${entry.manager}"${subresource}${using}`;
}

function conflictText(
  found: readonly { readonly entry: ManagedFieldsEntry; readonly paths: readonly string[] }[],
  count: number,
): string {
  if (count === 1) {
    const told = found.map(({ entry, paths }) => `conflict with ${nameOf(entry)}: ${paths.join('')}`);
    return `Apply failed with 1 conflict: ${told.join('')}`;
  }
  const told = found.map(
    ({ entry, paths }) => `conflicts with ${nameOf(entry)}:\n${paths.map((path) => `- ${path}`).join('\n')}`,
  );
  return `Apply failed with ${count} conflicts: ${told.join('\n')}`;
}
