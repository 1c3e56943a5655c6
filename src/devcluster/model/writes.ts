/**
 * Creating and changing objects: from what came in to what is stored, in the order of the API server. Defaults and pruning, admission, the
 * generation, the kind's own rules, who owns which field, and only then the store; a write that changes nothing is none.
 */
import { assert } from '../../shared/assert.ts';
import { refuseUnknown, decodeBuiltin } from './types/fields.ts';
import { ApiFailure, alreadyExists, badRequest, CHANGED_MEANWHILE, conflict, fieldError, invalid, notFound } from './failure.ts';
import type { FieldError } from './failure.ts';
import { isJsonObject, listAt, objectAt, plainJson, sameJson, stringAt, withField } from './json.ts';
import type { JsonObject } from './json.ts';
import { applied, ignoredFields, managedAfterApply, managedAfterUpdate } from './apply/managed-fields.ts';
import type { Manager, WriteScope } from './apply/managed-fields.ts';
import type { AdmissionAttributes, AdmissionPlugin } from './admission/admission.ts';
import { metadataErrors, metadataUpdateErrors } from './metadata.ts';
import { isTerminating } from './objects.ts';
import type { ManagedFieldsEntry, ObjectKey, StoredObject } from './objects.ts';
import { apiVersionOf, collectionOf } from './resource-type.ts';
import type { ResourceType } from './resource-type.ts';
import type { User } from './request.ts';
import type { NewObject } from './store.ts';
import { shapeNamed } from './types/builtin.ts';
import { emptyObject } from './types/empty-objects.ts';
import type { World } from './world.ts';

/** One write, and who asks for it. */
export interface WriteCall {
  readonly type: ResourceType;
  readonly namespace: string | null;
  readonly subresource: 'status' | 'scale' | null;
  readonly user: User;
  readonly manager: string;
  readonly dryRun: boolean;
  /** What of unknown fields: `Strict` refuses, `Warn` says so, `Ignore` drops. */
  readonly fieldValidation: string;
  /** A PUT names the life that it means: another one is a conflict. In a patch it is a field that must not change. */
  readonly uidIsPrecondition: boolean;
  readonly warn: (warning: string) => void;
}

/** From the object with its defaults, before admission and the kind's own strategy add to it: nobody owns what they add. */
type NextManaged = (complete: JsonObject) => readonly ManagedFieldsEntry[];

export class Writes {
  readonly #world: World;
  readonly #plugins: readonly AdmissionPlugin[];

  constructor(world: World, plugins: readonly AdmissionPlugin[]) {
    this.#world = world;
    this.#plugins = plugins;
  }

  /** The object as its kind shows it. Null when there is none. */
  find(type: ResourceType, key: ObjectKey): StoredObject | null {
    const stored = this.#world.store.get(collectionOf(type), key);
    return stored === null ? null : shown(type, stored);
  }

  /** @throws ApiFailure 404 */
  get(type: ResourceType, key: ObjectKey): StoredObject {
    const found = this.find(type, key);
    if (found === null) throw notFound(type, key.name);
    return found;
  }

  create(call: WriteCall, body: unknown): StoredObject {
    const incoming = this.#incoming(call, body);
    const manager: Manager = { manager: call.manager, operation: 'Update', apiVersion: apiVersionOf(call.type), subresource: '' };
    const scope = scopeOf(call);
    const empty = emptyObject(apiVersionOf(call.type), call.type.kind);
    return this.#store(call, incoming, (complete) =>
      managedAfterUpdate(empty, complete, [], manager, scope, this.#world.nowText),
    );
  }

  /** @param produce the object as it shall be, from the one that is */
  update(call: WriteCall, key: ObjectKey, produce: (live: StoredObject) => JsonObject): StoredObject {
    const live = this.get(call.type, key);
    const next = this.#incoming(call, produce(live));
    const manager: Manager = {
      manager: call.manager,
      operation: 'Update',
      apiVersion: apiVersionOf(call.type),
      subresource: call.subresource ?? '',
    };
    const scope = scopeOf(call);
    const { managedFields = [] } = live.metadata;
    return this.#replace(call, live, next, (complete) =>
      managedAfterUpdate(live, complete, managedFields, manager, scope, this.#world.nowText),
    );
  }

  /** Server-side apply: creates what is not there. */
  apply(
    call: WriteCall,
    key: ObjectKey,
    body: unknown,
    force: boolean,
  ): { readonly object: StoredObject; readonly created: boolean } {
    if (stringAt(body, 'apiVersion') === undefined && stringAt(body, 'kind') === undefined) {
      throw badRequest('invalid object type: /, Kind=');
    }
    const configuration = this.#incoming(call, body, true);
    if (listAt(configuration, 'metadata', 'managedFields').length > 0) throw badRequest('metadata.managedFields must be nil');
    const live = this.find(call.type, key);
    const manager: Manager = {
      manager: call.manager,
      operation: 'Apply',
      apiVersion: apiVersionOf(call.type),
      subresource: call.subresource ?? '',
    };
    const scope = scopeOf(call);
    const { object: merged, ownFields } = applied(live, configuration, manager, scope, force);
    const object = { ...merged, metadata: withoutEmpty(objectAt(merged, 'metadata')) };
    const managed: NextManaged = (complete) => managedAfterApply(live, complete, ownFields, manager, scope, this.#world.nowText);
    if (live !== null) return { object: this.#replace(call, live, object, managed), created: false };
    if (call.subresource !== null) throw notFound(call.type, key.name);
    const uid = stringAt(configuration, 'metadata', 'uid');
    if (uid !== undefined) {
      const why = `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`;
      throw conflict(call.type, key.name, why);
    }
    // A version of what is not there is no precondition: it is made all the same.
    const metadata = withField(objectAt(object, 'metadata'), 'resourceVersion', undefined);
    return { object: this.#store(call, { ...object, metadata }, managed), created: true };
  }

  /** The body as an object of the kind, without what the kind does not know. */
  #incoming(call: WriteCall, body: unknown, isApply = false): JsonObject {
    const plain = plainJson(body);
    if (!isJsonObject(plain)) throw badRequest('the body of the request is not an object');
    const { type } = call;
    const [apiVersion, kind] = [stringAt(plain, 'apiVersion') ?? '', stringAt(plain, 'kind') ?? ''];
    const expected = apiVersionOf(type);
    if (apiVersion !== '' && apiVersion !== expected) {
      throw badRequest(`the API version in the data (${apiVersion}) does not match the expected API version (${expected})`);
    }
    if (kind !== '' && kind !== type.kind)
      throw badRequest(`the kind in the data (${kind}) does not match the expected kind (${type.kind})`);
    const { object, unknown } = type.rules.decode({ ...plain, apiVersion: expected, kind: type.kind });
    const metadata = decodeBuiltin(objectAt(object, 'metadata'), shapeNamed('ObjectMeta'), expected, type.kind);
    const all = [...unknown, ...metadata.unknown.map((path) => `metadata.${path}`)];
    if (isApply && all.length > 0) throw untyped(call, plain, all);
    refuseUnknown(all, expected, type.kind, call.fieldValidation);
    if (call.fieldValidation === 'Warn') for (const path of all) call.warn(`unknown field "${path}"`);
    const namespace = stringAt(metadata.object, 'namespace');
    if (namespace !== undefined && namespace !== (call.namespace ?? '')) {
      throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
    }
    // What is applied is owned as it was said, and only then left out where it is empty.
    return { ...object, metadata: isApply ? metadata.object : withoutEmpty(metadata.object) };
  }

  #store(call: WriteCall, incoming: JsonObject, managed: NextManaged): StoredObject {
    const { type, namespace } = call;
    if ((stringAt(incoming, 'metadata', 'resourceVersion') ?? '') !== '') {
      throw new ApiFailure(500, '', 'resourceVersion should not be set on objects to be created');
    }
    const complete = this.#complete(call, incoming);
    const { rules } = type;
    const prepared = rules.prepareCreate === undefined ? complete : rules.prepareCreate(complete, this.#world);
    const name = stringAt(prepared, 'metadata', 'name') ?? '';
    const object = this.#admitted(call, name, prepared, null);
    const errors = [...metadataErrors(object, type), ...type.rules.errors(object, null)];
    if (errors.length > 0) throw invalid(groupOfKind(type), type.kind, name, errors);
    this.#judge(this.#attributes(call, name, object, null), call);
    if (this.#world.store.get(collectionOf(type), { namespace, name }) !== null) throw alreadyExists(type, name);
    return this.#put(call, null, withOwners(object, managed(complete)));
  }

  /** With its defaults and the metadata that the API gives. */
  #complete(call: WriteCall, incoming: JsonObject): JsonObject {
    const { type, namespace } = call;
    const { rules } = type;
    const given = objectAt(incoming, 'metadata');
    const generateName = stringAt(given, 'generateName') ?? '';
    const name = stringAt(given, 'name') ?? (generateName === '' ? undefined : `${generateName}${this.#world.suffix()}`);
    const metadata = {
      ...given,
      name,
      namespace: namespace ?? undefined,
      uid: this.#world.uid(),
      creationTimestamp: this.#world.nowText,
      generation: type.generation === null ? undefined : 1,
      deletionTimestamp: undefined,
      deletionGracePeriodSeconds: undefined,
      managedFields: undefined,
      resourceVersion: undefined,
    };
    const bare: JsonObject = {
      ...(type.hasStatus ? withField(incoming, 'status', undefined) : incoming),
      metadata: definedFields(metadata),
    };
    return rules.withDefaults(bare);
  }

  #replace(call: WriteCall, live: StoredObject, next: JsonObject, managed: NextManaged): StoredObject {
    const { type, subresource } = call;
    const { name } = live.metadata;
    checkIdentity(call, live, next);
    const { rules } = type;
    const complete = rules.withDefaults(withSystemMetadata(scopedTo(type, subresource, next, live), live));
    const prepared =
      subresource === null && rules.prepareUpdate !== undefined ? rules.prepareUpdate(complete, live, this.#world) : complete;
    const object = withGeneration(type, this.#admitted(call, name, prepared, live), live);
    const errors: readonly FieldError[] = [
      ...metadataErrors(object, type),
      // Judged once for all kinds and once more by the kind itself: both are told.
      ...metadataUpdateErrors(object, live),
      ...(type.kind === 'PersistentVolume' ? [] : metadataUpdateErrors(object, live)),
      ...rules.errors(object, live),
      ...(subresource === 'status' ? [] : (rules.updateErrors?.(object, live) ?? [])),
    ];
    if (errors.length > 0) throw invalid(groupOfKind(type), type.kind, name, errors);
    this.#judge(this.#attributes(call, name, object, live), call);
    const entries = managed(complete);
    if (isUnchanged(object, live) && sameOwners(entries, live.metadata.managedFields ?? [])) return live;
    return this.#put(call, live, withOwners(object, entries));
  }

  #attributes(call: WriteCall, name: string, object: JsonObject, before: StoredObject | null): AdmissionAttributes {
    const { type, namespace, subresource, user, dryRun } = call;
    return { operation: before === null ? 'CREATE' : 'UPDATE', type, namespace, name, subresource, object, before, user, dryRun };
  }

  #admitted(call: WriteCall, name: string, object: JsonObject, before: StoredObject | null): JsonObject {
    const { store, nowMs } = this.#world;
    const world = { store, nowMs, warn: call.warn, suffix: () => this.#world.suffix() };
    return this.#plugins.reduce((changed, plugin) => {
      return plugin.mutate?.(this.#attributes(call, name, changed, before), changed, world) ?? changed;
    }, object);
  }

  /** @throws ApiFailure when a plugin refuses */
  #judge(attributes: AdmissionAttributes, call: Pick<WriteCall, 'warn'>): void {
    const { store, nowMs } = this.#world;
    const world = { store, nowMs, warn: call.warn, suffix: () => this.#world.suffix() };
    for (const plugin of this.#plugins) plugin.validate?.(attributes, world);
  }

  judgeDeletion(attributes: AdmissionAttributes, warn: (warning: string) => void): void {
    assert(attributes.operation === 'DELETE' || attributes.operation === 'CONNECT', 'writes judge themselves');
    this.#judge(attributes, { warn });
  }

  /** An object whose deletion waited for its last finalizer goes with it. */
  #put(call: WriteCall, live: StoredObject | null, object: JsonObject): StoredObject {
    const { type, dryRun } = call;
    const plain = newObject(type, object);
    if (dryRun) return shown(type, untold(plain, live));
    const stored = this.#world.store.put(collectionOf(type), plain);
    if (live !== null && isTerminating(stored) && isFree(stored)) {
      return shown(type, this.#world.store.remove(collectionOf(type), { namespace: call.namespace, name: stored.metadata.name }));
    }
    return shown(type, stored);
  }
}

/** Events are the same in both of their groups, and are judged in the first. */
function groupOfKind({ group, view }: ResourceType): string {
  return view === null ? group : '';
}

/** What was not stored has the version of what is, or none. */
function untold(object: NewObject, live: StoredObject | null): StoredObject {
  const version = live === null ? {} : { resourceVersion: live.metadata.resourceVersion };
  return { ...object, metadata: { ...object.metadata, ...version } } as StoredObject;
}

export function shown(type: ResourceType, stored: StoredObject): StoredObject {
  if (type.view !== null) return type.view.fromStored(stored) as StoredObject;
  return stored.apiVersion === apiVersionOf(type) ? stored : { ...stored, apiVersion: apiVersionOf(type) };
}

export function newObject(type: ResourceType, object: JsonObject): NewObject {
  const stored = plainJson(type.view === null ? object : type.view.toStored(object));
  return stored as NewObject;
}

/** Nothing holds it any more: no finalizer, no grace, and of a namespace no finalizer in its spec. */
export function isFree(object: StoredObject): boolean {
  const { finalizers = [], deletionGracePeriodSeconds = 0 } = object.metadata;
  const inSpec = object.kind === 'Namespace' ? listAt(object, 'spec', 'finalizers') : [];
  return finalizers.length === 0 && inSpec.length === 0 && deletionGracePeriodSeconds === 0;
}

function definedFields(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** Labels, annotations, owners and finalizers of which there are none are no fields. */
function withoutEmpty(metadata: JsonObject): JsonObject {
  const isEmpty = (value: unknown): boolean =>
    Array.isArray(value) ? value.length === 0 : isJsonObject(value) && Object.keys(value).length === 0;
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => !isEmpty(value)));
}

function withOwners(object: JsonObject, managedFields: readonly ManagedFieldsEntry[]): JsonObject {
  return managedFields.length === 0 ? object : withMetadata(object, { managedFields });
}

function withMetadata(object: JsonObject, fields: JsonObject): JsonObject {
  return { ...object, metadata: { ...objectAt(object, 'metadata'), ...fields } };
}

/** What a write may own: of the object itself all but its status, of its status nothing else. */
function scopeOf({ type, subresource }: WriteCall): WriteScope {
  if (subresource === 'status') {
    const others = ['spec', ...(type.custom ? ['metadata'] : [])];
    return { shape: type.shape, ignored: ignoredFields(others) };
  }
  return { shape: type.shape, ignored: ignoredFields(type.hasStatus ? ['status'] : []) };
}

/** @throws ApiFailure 409 when the write speaks of another version of the object, or, as a PUT, of another life */
function checkIdentity({ type, uidIsPrecondition }: WriteCall, live: StoredObject, next: JsonObject): void {
  const { name, uid, resourceVersion } = live.metadata;
  const given = objectAt(next, 'metadata');
  const givenName = stringAt(given, 'name') ?? name;
  if (givenName !== name) {
    throw badRequest(`the name of the object (${givenName}) does not match the name on the URL (${name})`);
  }
  const givenUid = stringAt(given, 'uid') ?? uid;
  if (uidIsPrecondition && givenUid !== uid) {
    const place = [type.custom ? `${type.group}/${type.plural}` : type.plural, live.metadata.namespace ?? [], name]
      .flat()
      .join('/');
    const why = `Precondition failed: UID in precondition: ${givenUid}, UID in object meta: ${uid}`;
    const key = `Key: /registry/${place}, ResourceVersion: 0`;
    throw conflict(type, name, `StorageError: invalid object, Code: 4, ${key}, AdditionalErrorMsg: ${why}`);
  }
  const version = stringAt(given, 'resourceVersion') ?? '';
  if (version !== '' && version !== resourceVersion) throw conflict(type, name, CHANGED_MEANWHILE);
}

/** A PUT of a custom object names the version that it takes the place of. */
export function requireVersion(type: ResourceType, object: unknown): void {
  if (!type.custom || (stringAt(object, 'metadata', 'resourceVersion') ?? '') !== '') return;
  const error = fieldError('FieldValueInvalid', 'metadata.resourceVersion', 'must be specified for an update', 0);
  // Here the API server names the resource, and not the kind as everywhere else.
  throw invalid(type.group, type.plural, stringAt(object, 'metadata', 'name') ?? '', [error]);
}

function scopedTo(type: ResourceType, subresource: WriteCall['subresource'], next: JsonObject, live: StoredObject): JsonObject {
  if (subresource === 'status') {
    const metadata = type.custom ? live.metadata : objectAt(next, 'metadata');
    return withField({ ...live, metadata }, 'status', next['status']);
  }
  return type.hasStatus ? withField(next, 'status', live['status']) : next;
}

const systemMetadata = [
  'name',
  'namespace',
  'uid',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
] as const;

/** What the API keeps itself, where the writer left it out; what only the API may say, whatever the writer said. */
function withSystemMetadata(object: JsonObject, live: StoredObject): JsonObject {
  const metadata: Record<string, unknown> = { ...objectAt(object, 'metadata') };
  for (const name of systemMetadata) metadata[name] ??= live.metadata[name];
  metadata['creationTimestamp'] = live.metadata.creationTimestamp;
  metadata['generation'] = live.metadata.generation;
  metadata['resourceVersion'] = undefined;
  metadata['managedFields'] = undefined;
  return { ...object, metadata: definedFields(metadata) };
}

function withGeneration(type: ResourceType, object: JsonObject, live: StoredObject): JsonObject {
  if (type.generation === null) return object;
  const relevant = (whole: JsonObject): unknown => {
    if (type.generation === 'spec') return whole['spec'];
    return withField(withField(whole, 'metadata', undefined), 'status', undefined);
  };
  const generation = (live.metadata.generation ?? 0) + (sameJson(relevant(object), relevant(live)) ? 0 : 1);
  return withMetadata(object, { generation });
}

function isUnchanged(object: JsonObject, live: StoredObject): boolean {
  const rest = (whole: JsonObject): JsonObject => {
    const metadata = withField(withField(objectAt(whole, 'metadata'), 'managedFields', undefined), 'resourceVersion', undefined);
    return { ...whole, metadata };
  };
  return sameJson(rest(object), rest(live));
}

function sameOwners(left: readonly ManagedFieldsEntry[], right: readonly ManagedFieldsEntry[]): boolean {
  const timeless = (entries: readonly ManagedFieldsEntry[]): unknown => entries.map((entry) => ({ ...entry, time: '' }));
  return left.length === right.length && sameJson(timeless(left), timeless(right));
}

/** What is applied has to be of the type, to the last field. */
function untyped({ type }: WriteCall, object: JsonObject, unknown: readonly string[]): ApiFailure {
  const name = stringAt(object, 'metadata', 'name') ?? '';
  const what = `${stringAt(object, 'metadata', 'namespace') ?? ''}/${name}; ${type.group}/${type.version}, Kind=${type.kind}`;
  const told = unknown.map((path) => `.${path}: field not declared in schema`).join('\n');
  return new ApiFailure(500, '', `failed to create typed patch object (${what}): ${told}`);
}
