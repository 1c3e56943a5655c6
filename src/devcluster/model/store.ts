/**
 * The objects and their history: one revision for all of them, each write an event, the past kept as far back as its bound or the last
 * compaction. What etcd is to the API server; it judges nothing but revisions.
 */
import { assert, present } from '../../shared/assert.ts';
import { deepFrozen } from './json.ts';
import type { Metadata, ObjectKey, StoredObject } from './objects.ts';

export interface StoreChange {
  readonly revision: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** `apps/statefulsets`, `/pods`. */
  readonly collection: string;
  readonly object: StoredObject;
  /** The object as it was before; null for `ADDED`. */
  readonly previous: StoredObject | null;
}

/** An object and where it is. */
export interface StoredPlace {
  readonly collection: string;
  readonly object: StoredObject;
}

export const STORE_LIMITS = {
  /** Events of the past; older ones are compacted away, and watches from there are told so. */
  historyEvents: 20_000,
} as const;

/** An object about to be stored: its revision is the store's to give. */
export type NewObject = Omit<StoredObject, 'metadata'> & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Omit<Metadata, 'resourceVersion'>;
};

/** The objects of a collection in one namespace. Lists are asked for far more often than names come and go: their order is kept. */
class Names {
  readonly #objects = new Map<string, StoredObject>();
  /** Null: to be sorted anew. */
  #order: readonly string[] | null = [];

  get size(): number {
    return this.#objects.size;
  }

  get(name: string): StoredObject | null {
    return this.#objects.get(name) ?? null;
  }

  set(name: string, object: StoredObject): void {
    if (!this.#objects.has(name)) this.#order = null;
    this.#objects.set(name, object);
  }

  delete(name: string): void {
    if (this.#objects.delete(name)) this.#order = null;
  }

  sorted(): readonly StoredObject[] {
    this.#order ??= [...this.#objects.keys()].sort(inByteOrder);
    return this.#order.map((name) => present(this.#objects.get(name), 'what is in order is there'));
  }
}

export class Store {
  readonly #collections = new Map<string, Map<string, Names>>();
  readonly #history: StoreChange[] = [];
  readonly #recorders = new Set<(change: StoreChange) => void>();
  readonly #listeners = new Set<(change: StoreChange) => void>();
  readonly #historyEventsMax: number;
  #revision = 1;
  #compactedRevision = 0;
  /** Changes not yet told: a listener that writes is told of its own write after all were told of the first. */
  #untold: StoreChange[] = [];
  #telling = false;

  constructor(historyEventsMax: number = STORE_LIMITS.historyEvents) {
    assert(historyEventsMax > 0, 'a store remembers at least its last event');
    this.#historyEventsMax = historyEventsMax;
  }

  /** With the objects of another store as it was at that revision; its past is forgotten. */
  static restored(places: readonly StoredPlace[], revision: number): Store {
    const store = new Store();
    for (const { collection, object } of places) {
      store.#names(collection, object.metadata.namespace ?? '').set(object.metadata.name, deepFrozen(object));
    }
    store.#revision = revision + 1;
    store.#compactedRevision = store.#revision;
    return store;
  }

  get revision(): number {
    return this.#revision;
  }

  /** The past up to here is gone. */
  get compactedRevision(): number {
    return this.#compactedRevision;
  }

  get(collection: string, { namespace, name }: ObjectKey): StoredObject | null {
    const names = this.#collections.get(collection)?.get(namespace ?? '');
    return names?.get(name) ?? null;
  }

  /** In the order of their keys; `namespace` null: of all namespaces. */
  list(collection: string, namespace: string | null): readonly StoredObject[] {
    const namespaces = this.#collections.get(collection);
    if (namespaces === undefined) return [];
    if (namespace !== null) return namespaces.get(namespace)?.sorted() ?? [];
    return [...namespaces.keys()].sort(inByteOrder).flatMap((name) => namespaces.get(name)?.sorted() ?? []);
  }

  everything(): readonly StoredPlace[] {
    return [...this.#collections.keys()].flatMap((collection) =>
      this.list(collection, null).map((object) => ({ collection, object })),
    );
  }

  count(collection: string): number {
    let count = 0;
    for (const names of this.#collections.get(collection)?.values() ?? []) count += names.size;
    return count;
  }

  /** Creates the object, or puts it in the place of the one under its name. */
  put(collection: string, object: NewObject): StoredObject {
    const namespace = object.metadata.namespace ?? '';
    const names = this.#names(collection, namespace);
    const previous = names.get(object.metadata.name);
    const revision = (this.#revision += 1);
    const stored = deepFrozen(withRevision(object, revision));
    names.set(object.metadata.name, stored);
    this.#record({ revision, type: previous === null ? 'ADDED' : 'MODIFIED', collection, object: stored, previous });
    return stored;
  }

  remove(collection: string, key: ObjectKey): StoredObject {
    const names = this.#names(collection, key.namespace ?? '');
    const previous = present(names.get(key.name), 'only what is there is removed');
    names.delete(key.name);
    const revision = (this.#revision += 1);
    const last = deepFrozen(withRevision(previous, revision));
    this.#record({ revision, type: 'DELETED', collection, object: last, previous });
    return last;
  }

  /** Null when the history that far back is gone. */
  changesAfter(revision: number): readonly StoreChange[] | null {
    if (revision < this.#compactedRevision) return null;
    return this.#history.slice(this.#firstIndexAfter(revision));
  }

  /** The list as it was at that revision; null when the history that far back is gone. */
  listAt(collection: string, namespace: string | null, revision: number): readonly StoredObject[] | null {
    const changes = this.changesAfter(revision);
    if (changes === null) return null;
    const past = new Map(this.list(collection, namespace).map((object) => [pastKey(object), object]));
    for (const change of [...changes].reverse()) {
      if (change.collection !== collection || (namespace !== null && change.object.metadata.namespace !== namespace)) continue;
      if (change.previous === null) past.delete(pastKey(change.object));
      else past.set(pastKey(change.object), change.previous);
    }
    return [...past].sort(([left], [right]) => inByteOrder(left, right)).map(([, object]) => object);
  }

  /** Forgets the history up to here. */
  compact(): void {
    this.#revision += 1;
    this.#compactedRevision = this.#revision;
    this.#history.length = 0;
  }

  /** Called once for each change, after it took place, in the order of revisions; the returned function ends it. */
  onChange(listener: (change: StoreChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called for each change before anybody else is told; the returned function ends it. */
  onRecord(recorder: (change: StoreChange) => void): () => void {
    this.#recorders.add(recorder);
    return () => this.#recorders.delete(recorder);
  }

  #names(collection: string, namespace: string): Names {
    let namespaces = this.#collections.get(collection);
    if (namespaces === undefined) this.#collections.set(collection, (namespaces = new Map<string, Names>()));
    let names = namespaces.get(namespace);
    if (names === undefined) namespaces.set(namespace, (names = new Names()));
    return names;
  }

  #record(change: StoreChange): void {
    for (const recorder of this.#recorders) recorder(change);
    this.#history.push(change);
    // Cut in large pieces, so that each event costs its share only.
    if (this.#history.length >= 2 * this.#historyEventsMax) {
      const cut = this.#history.splice(0, this.#history.length - this.#historyEventsMax);
      this.#compactedRevision = present(cut.at(-1), 'something was cut').revision;
    }
    this.#untold.push(change);
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (let next = this.#untold.shift(); next !== undefined; next = this.#untold.shift()) {
        for (const listener of [...this.#listeners]) listener(next);
      }
    } finally {
      this.#telling = false;
    }
  }

  #firstIndexAfter(revision: number): number {
    let low = 0;
    let high = this.#history.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#history[middle]?.revision ?? 0) <= revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function withRevision(object: NewObject, revision: number): StoredObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
}

function inByteOrder(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function pastKey({ metadata }: StoredObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
