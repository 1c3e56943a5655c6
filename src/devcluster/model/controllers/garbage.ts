/**
 * The garbage collector: what is left without an owner goes, and owners that are to go after, or without, what they own are helped along
 * (kubernetes, pkg/controller/garbagecollector). Owners are known by their UID: a namesake is a stranger.
 */
import { isTerminating, keyOf } from '../objects.ts';
import type { OwnerReference, StoredObject } from '../objects.ts';
import { collectionOf } from '../resource-type.ts';
import type { ResourceType } from '../resource-type.ts';
import type { StoreChange } from '../store.ts';
import type { ModelClient } from './client.ts';
import type { Controller } from './controller.ts';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

interface Place {
  readonly collection: string;
  readonly namespace: string | null;
  readonly name: string;
}

export class GarbageCollector implements Controller {
  readonly name = 'garbage-collector';
  readonly #client: ModelClient;
  /** What owns it, and what it owns, by UID. */
  readonly #dependents = new Map<string, Map<string, Place>>();

  constructor(client: ModelClient) {
    this.#client = client.asController('generic-garbage-collector');
  }

  readonly keysOf = (change: StoreChange): readonly string[] => {
    const { object, previous, type, collection } = change;
    const place = { collection, namespace: object.metadata.namespace ?? null, name: object.metadata.name };
    for (const { uid } of previous?.metadata.ownerReferences ?? []) this.#dependents.get(uid)?.delete(object.metadata.uid);
    if (type !== 'DELETED') this.#index(object, place);
    const owners = type === 'DELETED' || isTerminating(object) ? (object.metadata.ownerReferences ?? []) : [];
    const concerned = [
      ...(type === 'DELETED' ? this.#placesOwnedBy(object) : [place]),
      ...(isTerminating(object) && type !== 'DELETED' ? this.#placesOwnedBy(object) : []),
      ...owners.flatMap((owner) => this.#placeOfOwner(owner, object.metadata.namespace ?? null)),
    ];
    return concerned.map((one) => JSON.stringify(one));
  };

  readonly reconcile = (key: string): number | null => {
    const place = JSON.parse(key) as Place;
    const type = this.#typeOf(place.collection);
    const object = this.#client.api.store.get(place.collection, place);
    if (type === null || object === null) return null;
    if (isTerminating(object)) this.#helpAlong(object, type);
    else this.#collect(object, type);
    return null;
  };

  #index(object: StoredObject, place: Place): void {
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      const known = this.#dependents.get(uid);
      if (known === undefined) this.#dependents.set(uid, new Map([[object.metadata.uid, place]]));
      else known.set(object.metadata.uid, place);
    }
  }

  #placesOwnedBy({ metadata }: StoredObject): readonly Place[] {
    return [...(this.#dependents.get(metadata.uid)?.values() ?? [])];
  }

  #typeOf(collection: string): ResourceType | null {
    return this.#client.api.registry.all().find((type) => type.view === null && collectionOf(type) === collection) ?? null;
  }

  #typeOfOwner({ apiVersion, kind }: OwnerReference): ResourceType | null {
    return this.#client.api.registry.ofKind(apiVersion, kind);
  }

  #placeOfOwner(owner: OwnerReference, namespace: string | null): readonly Place[] {
    const type = this.#typeOfOwner(owner);
    if (type === null) return [];
    return [{ collection: collectionOf(type), namespace: type.namespaced ? namespace : null, name: owner.name }];
  }

  /** Null: not there, or another object by now. */
  #ownerOf(owner: OwnerReference, namespace: string | null): StoredObject | null {
    const [place] = this.#placeOfOwner(owner, namespace);
    const found = place === undefined ? null : this.#client.api.store.get(place.collection, place);
    return found?.metadata.uid === owner.uid ? found : null;
  }

  /** Without any owner that is there it goes; of owners that are gone while others stay, the references go. */
  #collect(object: StoredObject, type: ResourceType): void {
    const references = object.metadata.ownerReferences ?? [];
    if (references.length === 0) return;
    const owners = references.map((reference) => ({
      reference,
      owner: this.#ownerOf(reference, object.metadata.namespace ?? null),
    }));
    // Of a kind that nobody serves it can't be known that it is gone.
    const solid = owners.filter(
      ({ reference, owner }) => this.#typeOfOwner(reference) === null || (owner !== null && !isWaiting(owner)),
    );
    const waiting = owners.filter(({ owner }) => owner !== null && isWaiting(owner));
    const { uid } = object.metadata;
    if (solid.length > 0) {
      if (solid.length === references.length) return;
      const ownerReferences = solid.map(({ reference }) => reference);
      this.#client.merge(placeOf(type), keyOf(object), { metadata: { uid, ownerReferences } });
      return;
    }
    // An owner that waits for it wants to see it gone with all that it owns itself.
    const hasOwn = this.#placesOwnedBy(object).length > 0;
    const propagation = waiting.length > 0 && hasOwn ? 'Foreground' : 'Background';
    this.#client.delete(placeOf(type), keyOf(object), { uid, propagation });
  }

  #helpAlong(object: StoredObject, type: ResourceType): void {
    const finalizers = object.metadata.finalizers ?? [];
    if (finalizers.includes(ORPHAN)) {
      for (const place of this.#placesOwnedBy(object)) this.#orphan(place, object.metadata.uid);
      this.#dropFinalizer(object, type, ORPHAN);
    } else if (finalizers.includes(FOREGROUND)) {
      const blocking = this.#placesOwnedBy(object).filter((place) => this.#isBlocking(place, object.metadata.uid));
      if (blocking.length === 0) this.#dropFinalizer(object, type, FOREGROUND);
    }
  }

  #orphan(place: Place, uid: string): void {
    const type = this.#typeOf(place.collection);
    const object = this.#client.api.store.get(place.collection, place);
    if (type === null || object === null) return;
    const ownerReferences = (object.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== uid);
    this.#client.merge(placeOf(type), place, { metadata: { uid: object.metadata.uid, ownerReferences } });
  }

  #isBlocking(place: Place, uid: string): boolean {
    const object = this.#client.api.store.get(place.collection, place);
    return (
      object?.metadata.ownerReferences?.some((reference) => reference.uid === uid && reference.blockOwnerDeletion === true) ===
      true
    );
  }

  #dropFinalizer(object: StoredObject, type: ResourceType, finalizer: string): void {
    const finalizers = (object.metadata.finalizers ?? []).filter((name) => name !== finalizer);
    this.#client.merge(placeOf(type), keyOf(object), { metadata: { uid: object.metadata.uid, finalizers } });
  }
}

function isWaiting(owner: StoredObject): boolean {
  return isTerminating(owner) && owner.metadata.finalizers?.includes(FOREGROUND) === true;
}

function placeOf({ group, version, plural, kind }: ResourceType) {
  return { group, version, plural, kind };
}
