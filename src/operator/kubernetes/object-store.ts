/**
 * The objects of one kind, as last seen: found by name and by cluster. They are frozen to the leaves, because all readers share them; a
 * reader that changed one would change what every later reconcile believes.
 */
import { LABELS } from '../../api/constants.ts';
import type { ObjectCache, StoredObject } from './cache.ts';

/** What became of an object. Another object under the same name is a `deleted` followed by an `added`. */
export type ObjectChange<Kind> =
  | { readonly type: 'added'; readonly object: Kind }
  | { readonly type: 'updated'; readonly object: Kind; readonly previous: Kind }
  | { readonly type: 'deleted'; readonly object: Kind };

export class ObjectStore<Kind extends StoredObject> {
  readonly #byKey = new Map<string, Kind>();
  readonly #keysByCluster = new Map<string, Set<string>>();

  get size(): number {
    return this.#byKey.size;
  }

  get(namespace: string, name: string): Kind | null {
    return this.#byKey.get(keyOf(namespace, name)) ?? null;
  }

  ofCluster(namespace: string, clusterName: string): readonly Kind[] {
    const keys = [...(this.#keysByCluster.get(keyOf(namespace, clusterName)) ?? [])].sort();
    return keys.flatMap((key) => this.#byKey.get(key) ?? []);
  }

  all(): readonly Kind[] {
    return [...this.#byKey.values()];
  }

  /** What the object's arrival means. The same object again means nothing; another UID under a name is a deletion and an addition. */
  put(object: Kind): readonly ObjectChange<Kind>[] {
    const key = keyOfObject(object);
    const previous = this.#byKey.get(key);
    if (previous?.metadata.uid === object.metadata.uid) {
      if (previous.metadata.resourceVersion === object.metadata.resourceVersion) return [];
      this.#store(key, object, previous);
      return [{ type: 'updated', object, previous }];
    }
    this.#store(key, object, previous);
    const added: ObjectChange<Kind> = { type: 'added', object };
    return previous === undefined ? [added] : [{ type: 'deleted', object: previous }, added];
  }

  remove(object: StoredObject): readonly ObjectChange<Kind>[] {
    const key = keyOfObject(object);
    const previous = this.#byKey.get(key);
    if (previous === undefined) return [];
    this.#byKey.delete(key);
    this.#unindex(key, previous);
    return [{ type: 'deleted', object: previous }];
  }

  /** Takes a whole list in; what it lacks is gone, though no watch said so. */
  replace(objects: readonly Kind[]): readonly ObjectChange<Kind>[] {
    const listed = new Set(objects.map(keyOfObject));
    const vanished = this.all().filter((object) => !listed.has(keyOfObject(object)));
    return [...vanished.flatMap((object) => this.remove(object)), ...objects.flatMap((object) => this.put(object))];
  }

  #store(key: string, object: Kind, previous: Kind | undefined): void {
    if (previous !== undefined) this.#unindex(key, previous);
    this.#byKey.set(key, deepFrozen(object));
    const clusterKey = clusterKeyOf(object);
    if (clusterKey === null) return;
    const keys = this.#keysByCluster.get(clusterKey);
    if (keys === undefined) this.#keysByCluster.set(clusterKey, new Set([key]));
    else keys.add(key);
  }

  #unindex(key: string, previous: Kind): void {
    const clusterKey = clusterKeyOf(previous);
    if (clusterKey === null) return;
    const keys = this.#keysByCluster.get(clusterKey);
    keys?.delete(key);
    if (keys?.size === 0) this.#keysByCluster.delete(clusterKey);
  }
}

/** Several namespaces, each with a cache of its own, read as one. */
export function joinedCache<Kind extends StoredObject>(parts: readonly ObjectCache<Kind>[]): ObjectCache<Kind> {
  return {
    get synced() {
      return parts.every((part) => part.synced);
    },
    get: (namespace, name) => {
      for (const part of parts) {
        const found = part.get(namespace, name);
        if (found !== null) return found;
      }
      return null;
    },
    ofCluster: (namespace, clusterName) => parts.flatMap((part) => part.ofCluster(namespace, clusterName)),
    all: () => parts.flatMap((part) => part.all()),
  };
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function keyOfObject(object: StoredObject): string {
  return keyOf(object.metadata.namespace ?? '', object.metadata.name);
}

function clusterKeyOf(object: StoredObject): string | null {
  const clusterName = object.metadata.labels?.[LABELS.cluster];
  return clusterName === undefined ? null : keyOf(object.metadata.namespace ?? '', clusterName);
}

/** JSON has no cycles, and the API server bounds its depth. */
function deepFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFrozen(part);
  }
  return value;
}
