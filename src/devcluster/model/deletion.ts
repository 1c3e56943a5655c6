/**
 * Deleting: at once, or in two steps. What has finalizers stays, marked, until they are gone; a pod that runs stays until its node has stopped
 * it or its grace is over. Preconditions name the life and the version that is meant.
 */
import { conflict } from './failure.ts';
import { CLEANUP } from './kinds/custom-definition.ts';
import { isJsonObject, numberAt, objectAt, stringAt } from './json.ts';
import type { JsonObject } from './json.ts';
import { isTerminating, timeText } from './objects.ts';
import type { ObjectKey, StoredObject } from './objects.ts';
import { collectionOf } from './resource-type.ts';
import type { ResourceType } from './resource-type.ts';
import type { ApiAnswer, User } from './request.ts';
import { isFree, newObject, shown } from './writes.ts';
import type { Writes } from './writes.ts';
import type { World } from './world.ts';

export type Propagation = 'Background' | 'Foreground' | 'Orphan';

export interface DeleteOptions {
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
  /** Undefined: whatever the object asks for. */
  readonly propagation: Propagation | undefined;
  readonly gracePeriodSeconds: number | undefined;
  readonly dryRun: boolean;
}

/** From the body of a DELETE, and from its query where the body says nothing. */
export function deleteOptionsOf(body: unknown, query: Readonly<Record<string, string>>): DeleteOptions {
  const policy = stringAt(body, 'propagationPolicy') ?? query['propagationPolicy'];
  const orphan = isJsonObject(body) ? body['orphanDependents'] : undefined;
  const propagation = (['Background', 'Foreground', 'Orphan'] as const).find((one) => one === policy);
  const grace =
    numberAt(body, 'gracePeriodSeconds') ??
    (query['gracePeriodSeconds'] === undefined ? undefined : Number(query['gracePeriodSeconds']));
  const dryRun = isJsonObject(body) && Array.isArray(body['dryRun']) && body['dryRun'].includes('All');
  return {
    uid: stringAt(body, 'preconditions', 'uid'),
    resourceVersion: stringAt(body, 'preconditions', 'resourceVersion'),
    propagation: propagation ?? (orphan === true ? 'Orphan' : orphan === false ? 'Background' : undefined),
    gracePeriodSeconds: grace,
    dryRun: dryRun || query['dryRun'] === 'All',
  };
}

export interface DeleteCall {
  readonly type: ResourceType;
  readonly key: ObjectKey;
  readonly options: DeleteOptions;
  readonly user: User;
  readonly warn: (warning: string) => void;
}

export class Deletion {
  readonly #world: World;
  readonly #writes: Writes;

  constructor(world: World, writes: Writes) {
    this.#world = world;
    this.#writes = writes;
  }

  /** @throws ApiFailure 404, 409 for a precondition that does not hold, or what admission says */
  delete(call: DeleteCall): Omit<ApiAnswer, 'warnings'> {
    const { type, key, options, user } = call;
    const live = this.#writes.get(type, key);
    checkPreconditions(type, live, options);
    const { dryRun } = options;
    const { namespace, name } = key;
    const attributes = {
      operation: 'DELETE',
      type,
      namespace,
      name,
      subresource: null,
      object: null,
      before: live,
      user,
      dryRun,
    } as const;
    this.#writes.judgeDeletion(attributes, call.warn);
    const marked = this.#marked(type, live, options);
    if (isFree(marked)) {
      const gone = dryRun ? live : shown(type, this.#remove(type, key));
      // A pod has a grace, of no time here: it is told.
      const { resourceVersion } = gone.metadata;
      const last = type.kind === 'Pod' ? { ...marked, metadata: { ...marked.metadata, resourceVersion } } : gone;
      return { code: 200, body: type.returnsDeleted ? last : success(type, last) };
    }
    if (dryRun) return { code: 200, body: marked };
    const isSame = isTerminating(live) && JSON.stringify(marked.metadata) === JSON.stringify(live.metadata);
    const stored = isSame ? live : shown(type, this.#world.store.put(collectionOf(type), newObject(type, marked)));
    return { code: 200, body: stored };
  }

  #remove(type: ResourceType, key: ObjectKey): StoredObject {
    return this.#world.store.remove(collectionOf(type), key);
  }

  #marked(type: ResourceType, live: StoredObject, options: DeleteOptions): StoredObject {
    const finalizers = finalizersFor(type, live, options.propagation);
    const grace = graceSecondsOf(type, live, options.gracePeriodSeconds);
    const { deletionGracePeriodSeconds: graceBefore = 0, deletionTimestamp: before, generation } = live.metadata;
    // Once it is on its way out, its grace only gets shorter.
    const isShorter = before === undefined || grace < graceBefore;
    const metadata = {
      ...live.metadata,
      ...(finalizers.length === 0 ? {} : { finalizers }),
      deletionGracePeriodSeconds: isShorter ? grace : graceBefore,
      deletionTimestamp: isShorter ? timeText(this.#world.nowMs + grace * 1_000) : before,
      // Definitions of kinds have a way of their own to be deleted.
      ...(generation === undefined || before !== undefined || live.kind === 'CustomResourceDefinition'
        ? {}
        : { generation: generation + 1 }),
    };
    const { finalizers: _dropped, ...rest } = metadata;
    const marked = { ...live, metadata: finalizers.length === 0 ? rest : metadata };
    if (live.kind !== 'Namespace') return marked;
    // It has no grace, not even one of no time.
    const { deletionGracePeriodSeconds: _none, ...ownMetadata } = marked.metadata;
    return { ...marked, metadata: ownMetadata, status: { ...objectAt(live, 'status'), phase: 'Terminating' } };
  }
}

function checkPreconditions(type: ResourceType, live: StoredObject, { uid, resourceVersion }: DeleteOptions): void {
  const { name, uid: liveUid, resourceVersion: liveVersion } = live.metadata;
  // Here the API server names the kind, and not the resource as everywhere else.
  const kind = { group: type.group, plural: type.kind };
  if (uid !== undefined && uid !== liveUid) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${liveUid}).`;
    throw conflict(kind, name, `${why} The object might have been deleted and then recreated`);
  }
  if (resourceVersion !== undefined && resourceVersion !== liveVersion) {
    const why = `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${liveVersion}).`;
    throw conflict(kind, name, `${why} The object might have been modified`);
  }
}

const collecting: Readonly<Record<Propagation, string | null>> = {
  Background: null,
  Foreground: 'foregroundDeletion',
  Orphan: 'orphan',
};

/** Those of the garbage collector as the caller wants them, everybody else's as they are. */
function finalizersFor(type: ResourceType, live: StoredObject, propagation: Propagation | undefined): readonly string[] {
  const own = live.metadata.finalizers ?? [];
  const isFirst = type.kind === 'CustomResourceDefinition' && !isTerminating(live) && !own.includes(CLEANUP);
  const finalizers = isFirst ? [...own, CLEANUP] : own;
  if (propagation === undefined) return finalizers;
  const wanted = collecting[propagation];
  const others = finalizers.filter((name) => name !== 'orphan' && name !== 'foregroundDeletion');
  return wanted === null ? others : [...others, wanted];
}

/** Only a pod that a node may be running has any. */
function graceSecondsOf(type: ResourceType, live: StoredObject, asked: number | undefined): number {
  if (type.kind !== 'Pod') return 0;
  if (stringAt(live, 'spec', 'nodeName') === undefined) return 0;
  const phase = stringAt(live, 'status', 'phase');
  if (phase === 'Succeeded' || phase === 'Failed') return 0;
  const own = numberAt(live, 'spec', 'terminationGracePeriodSeconds') ?? 30;
  return Math.max(0, asked ?? own);
}

function success(type: ResourceType, { metadata }: StoredObject): JsonObject {
  const details = {
    name: metadata.name,
    ...(type.group === '' ? {} : { group: type.group }),
    kind: type.plural,
    uid: metadata.uid,
  };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details };
}
