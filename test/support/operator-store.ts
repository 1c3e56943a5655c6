/** Kubernetes' objects in memory, as far as the operator's own tests need them: UIDs, resource versions, generations, preconditions. */
import { isDeepStrictEqual } from 'node:util';
import { KubernetesApiError } from '../../src/operator/kubernetes/errors.ts';
import type { KubernetesApiErrorKind } from '../../src/operator/kubernetes/errors.ts';
import type { KubernetesApi, ObjectKey, Resource } from '../../src/operator/kubernetes/api.ts';
import type { KubernetesObject, StoredMetadata } from '../../src/operator/kubernetes/objects.ts';

export type Stored = KubernetesObject & { readonly metadata: StoredMetadata };

export function failure(kind: KubernetesApiErrorKind, message: string): KubernetesApiError {
  return new KubernetesApiError({ kind, status: 0, reason: kind, message });
}

/** RFC 7386. */
export function merged(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return structuredClone(patch);
  const isObject = typeof target === 'object' && target !== null && !Array.isArray(target);
  const result = new Map<string, unknown>(isObject ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined) continue;
    if (value === null) result.delete(name);
    else result.set(name, merged(result.get(name), value));
  }
  return Object.fromEntries(result);
}

export class ObjectWorld {
  readonly #objects = new Map<string, Stored>();
  #counter = 0;
  /** Every write that reached the API: verb, kind, name. */
  readonly writes: string[] = [];
  reads = 0;
  /** Called before a pod goes by the operator's hand; throws to refuse. */
  beforePodGoes: (how: 'evict' | 'delete', name: string) => void = () => undefined;
  /** What the API server answers to a read in place of the object. */
  refuse: (resource: Resource<KubernetesObject>) => KubernetesApiError | null = () => null;
  /** Whether something still uses it, so that a deletion only marks it. */
  isInUse: (resource: Resource<KubernetesObject>, name: string) => boolean = () => false;
  nowMs = 0;

  #id(resource: Resource<KubernetesObject>, namespace: string | null | undefined, name: string): string {
    return `${resource.plural}/${namespace ?? ''}/${name}`;
  }

  all<Kind extends KubernetesObject>(resource: Resource<Kind>): readonly (Kind & Stored)[] {
    const prefix = `${resource.plural}/`;
    return [...this.#objects.entries()]
      .filter(([id]) => id.startsWith(prefix))
      .map(([, object]) => object as Kind & Stored)
      .sort((left, right) => left.metadata.name.localeCompare(right.metadata.name, 'en', { numeric: true }));
  }

  find<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    name: string,
    namespace = resource.namespaced ? 'shop' : undefined,
  ): (Kind & Stored) | null {
    return (this.#objects.get(this.#id(resource, namespace, name)) ?? null) as (Kind & Stored) | null;
  }

  /** As a controller, a person or the API server itself writes: no preconditions. Equal content is no write. */
  put<Kind extends KubernetesObject>(resource: Resource<Kind>, object: KubernetesObject): Kind & Stored {
    const { name, namespace } = object.metadata;
    const id = this.#id(resource, namespace, name);
    const before = this.#objects.get(id);
    if (before !== undefined && isDeepStrictEqual(object, before)) return before as Kind & Stored;
    this.#counter += 1;
    const isSpecChanged = !isDeepStrictEqual(specOf(object), specOf(before));
    const metadata: StoredMetadata = {
      ...object.metadata,
      uid: before?.metadata.uid ?? `uid-${this.#counter}`,
      resourceVersion: String(this.#counter),
      generation: (before?.metadata.generation ?? 0) + (isSpecChanged ? 1 : 0),
      creationTimestamp: before?.metadata.creationTimestamp ?? new Date(this.nowMs).toISOString(),
    };
    const stored: Stored = { ...object, metadata };
    this.#objects.set(id, stored);
    return stored as Kind & Stored;
  }

  change<Kind extends KubernetesObject>(resource: Resource<Kind>, name: string, patch: object): void {
    const before = this.find(resource, name);
    if (before !== null) this.put(resource, merged(before, patch) as Kind);
  }

  /** Removes it, and what it alone owns. */
  remove(resource: Resource<KubernetesObject>, name: string): void {
    const object = this.find(resource, name);
    if (object === null) return;
    this.#objects.delete(this.#id(resource, object.metadata.namespace, name));
    for (const [id, child] of [...this.#objects.entries()]) {
      if (child.metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid)) this.#removeById(id, child);
    }
  }

  /** What it owns stays, and forgets its owner. */
  #orphan(owner: Stored): void {
    for (const [id, child] of [...this.#objects.entries()]) {
      const ownerReferences = child.metadata.ownerReferences?.filter(({ uid }) => uid !== owner.metadata.uid);
      this.#objects.set(id, { ...child, metadata: { ...child.metadata, ownerReferences } });
    }
  }

  #removeById(id: string, object: Stored): void {
    this.#objects.delete(id);
    for (const [childId, child] of [...this.#objects.entries()]) {
      if (child.metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid)) this.#removeById(childId, child);
    }
  }

  #existing(resource: Resource<KubernetesObject>, key: ObjectKey): Stored {
    const object = this.#objects.get(this.#id(resource, key.namespace, key.name));
    if (object === undefined) throw failure('not-found', `${resource.kind} ${key.name}`);
    return object;
  }

  #check(
    stored: Stored | undefined,
    metadata: { readonly uid?: string | undefined; readonly resourceVersion?: string | undefined },
  ): void {
    if (metadata.uid !== undefined && metadata.uid !== stored?.metadata.uid) throw failure('conflict', 'uid');
    if (metadata.resourceVersion !== undefined && metadata.resourceVersion !== stored?.metadata.resourceVersion) {
      throw failure('conflict', 'resourceVersion');
    }
  }

  #write(verb: string, resource: Resource<KubernetesObject>, name: string): void {
    this.writes.push(`${verb} ${resource.kind} ${name}`);
  }

  /** The operator's API over these objects. */
  api(): KubernetesApi {
    const patch = (verb: string, resource: Resource<KubernetesObject>, key: ObjectKey, body: object): Stored => {
      this.#write(verb, resource, key.name);
      const before = this.#existing(resource, key);
      this.#check(before, (body as { metadata?: { uid?: string; resourceVersion?: string } }).metadata ?? {});
      return this.put(resource, merged(before, body) as KubernetesObject);
    };
    return {
      get: async (resource, key) => {
        this.reads += 1;
        return this.#existing(resource, key) as never;
      },
      find: async (resource, key) => {
        this.reads += 1;
        const refusal = this.refuse(resource);
        if (refusal !== null) throw refusal;
        return (this.#objects.get(this.#id(resource, key.namespace, key.name)) ?? null) as never;
      },
      list: async (resource, namespace, options) => {
        this.reads += 1;
        const [label = '', value] = (options?.labelSelector ?? '').split('=');
        const items = this.all(resource).filter(
          ({ metadata }) => metadata.namespace === (namespace ?? undefined) && metadata.labels?.[label] === value,
        );
        return { items, resourceVersion: String(this.#counter), continueToken: null };
      },
      create: async (resource, object) => {
        this.#write('create', resource, object.metadata.name);
        if (this.find(resource, object.metadata.name) !== null) throw failure('already-exists', object.metadata.name);
        return this.put(resource, object);
      },
      apply: async (resource, object) => {
        this.#write('apply', resource, object.metadata.name);
        const { namespace, name } = object.metadata;
        const before = this.#objects.get(this.#id(resource, namespace, name));
        const { uid, resourceVersion } = object.metadata as { readonly uid?: string; readonly resourceVersion?: string };
        // The version of an object that is gone holds nobody back.
        this.#check(before, before === undefined ? { uid } : { uid, resourceVersion });
        return this.put(resource, merged(before ?? {}, object) as KubernetesObject);
      },
      mergePatch: async (resource, key, body) => patch('patch', resource, key, body) as never,
      patchStatus: async (resource, key, body) => patch('status', resource, key, body) as never,
      delete: async (resource, key, options) => {
        this.#write('delete', resource, key.name);
        const before = this.#existing(resource, key);
        this.#check(before, options?.preconditions ?? {});
        if (resource.kind !== 'Pod') {
          if (options?.propagation === 'Orphan') this.#orphan(before);
          if (this.isInUse(resource, key.name)) {
            this.terminate(resource, key.name);
            return;
          }
          this.remove(resource, key.name);
          return;
        }
        this.beforePodGoes('delete', key.name);
        this.terminate(resource, key.name);
      },
      evict: async (key, preconditions) => {
        const pods = { group: '', version: 'v1', plural: 'pods', kind: 'Pod', namespaced: true };
        this.#write('evict', pods, key.name);
        this.#check(this.#existing(pods, key), preconditions);
        this.beforePodGoes('evict', key.name);
        this.terminate(pods, key.name);
      },
    };
  }

  terminate(resource: Resource<KubernetesObject>, name: string): void {
    this.change(resource, name, { metadata: { deletionTimestamp: new Date(this.nowMs).toISOString() } });
  }
}

function specOf(object: unknown): unknown {
  return typeof object === 'object' && object !== null && 'spec' in object ? object.spec : undefined;
}
