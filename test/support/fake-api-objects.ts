/** The objects behind the fake API server: stored JSON, resourceVersions, and the history that watches read. No schemas, no controllers. */

export interface NewObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
  readonly status?: unknown;
}

export interface FakeObject extends NewObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** Where a call points: `apps/v1/statefulsets`, and below it. */
export interface FakePlace {
  readonly collection: string;
  readonly namespace: string | null;
  readonly name: string | null;
  readonly subresource: string | null;
}

export interface FakeChange {
  readonly resourceVersion: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly collection: string;
  readonly object: FakeObject;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
}

export class FakeApiObjects {
  #resourceVersion = 100;
  #uids = 0;
  #compactedBelow = 0;
  readonly #objects = new Map<string, FakeObject>();
  readonly #history: FakeChange[] = [];
  readonly #watchers = new Set<(change: FakeChange) => void>();
  /** As if a PodDisruptionBudget were exhausted. */
  evictionsBlocked = false;

  get resourceVersion(): number {
    return this.#resourceVersion;
  }

  /** As if somebody had written it: creates, or replaces under the same UID. */
  put(collection: string, object: NewObject, uid?: string): FakeObject {
    const key = keyOf(collection, object.metadata.namespace ?? null, object.metadata.name);
    const before = this.#objects.get(key);
    const metadata = {
      ...object.metadata,
      uid: uid ?? before?.metadata.uid ?? `uid-${(this.#uids += 1)}`,
      resourceVersion: String((this.#resourceVersion += 1)),
    };
    const stored: FakeObject = { ...object, metadata };
    this.#objects.set(key, stored);
    this.#record(before?.metadata.uid === stored.metadata.uid ? 'MODIFIED' : 'ADDED', collection, stored);
    return stored;
  }

  remove(collection: string, namespace: string | null, name: string): void {
    const key = keyOf(collection, namespace, name);
    const before = this.#objects.get(key);
    if (before === undefined) throw new Error(`nothing to remove: ${key}`);
    this.#objects.delete(key);
    const metadata = { ...before.metadata, resourceVersion: String((this.#resourceVersion += 1)) };
    this.#record('DELETED', collection, { ...before, metadata });
  }

  get(collection: string, namespace: string | null, name: string): FakeObject | undefined {
    return this.#objects.get(keyOf(collection, namespace, name));
  }

  list(collection: string, namespace: string | null, labelSelector: string | null): FakeObject[] {
    const prefix = namespace === null ? `${collection}/` : `${collection}/${namespace}/`;
    return [...this.#objects]
      .filter(([key, object]) => key.startsWith(prefix) && isSelected(object, labelSelector))
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, object]) => object);
  }

  /** Forgets the history: watches from before are told 410. */
  compact(): void {
    this.#resourceVersion += 1;
    this.#compactedBelow = this.#resourceVersion;
    this.#history.length = 0;
  }

  /** Null when the history that far back is gone. */
  changesAfter(resourceVersion: number): readonly FakeChange[] | null {
    if (resourceVersion < this.#compactedBelow) return null;
    return this.#history.filter((change) => change.resourceVersion > resourceVersion);
  }

  onChange(listener: (change: FakeChange) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  create(place: FakePlace, body: NewObject): FakeAnswer {
    if (place.subresource === 'eviction') return this.#evict(place, body);
    const { name } = body.metadata;
    if (this.get(place.collection, place.namespace, name) !== undefined) return failure(409, 'AlreadyExists', `${name} exists`);
    return { status: 201, body: this.put(place.collection, body) };
  }

  /** Merge patch, and server-side apply as far as a merge tells them apart: the latter creates. */
  patch(place: FakePlace, body: object, creates: boolean): FakeAnswer {
    const name = place.name ?? '';
    const before = this.get(place.collection, place.namespace, name);
    const preconditions: { resourceVersion?: string; uid?: string } =
      'metadata' in body && typeof body.metadata === 'object' && body.metadata !== null ? body.metadata : {};
    if (before === undefined) {
      if (!creates) return failure(404, 'NotFound', `${name} not found`);
      if (preconditions.uid !== undefined) return failure(409, 'Conflict', `uid mismatch: there is no ${name}`);
      return { status: 201, body: this.put(place.collection, body as NewObject) };
    }
    const { uid, resourceVersion } = preconditions;
    if (!holds(before, { resourceVersion })) return failure(409, 'Conflict', `${name} has changed`);
    if (!holds(before, { uid })) return immutable('metadata.uid');
    const merged = mergePatched(before, body) as FakeObject;
    const asBefore = { ...merged, metadata: { ...merged.metadata, resourceVersion: before.metadata.resourceVersion } };
    if (JSON.stringify(asBefore) === JSON.stringify(before)) return { status: 200, body: before };
    return { status: 200, body: this.put(place.collection, merged, before.metadata.uid) };
  }

  delete(place: FakePlace, options: { preconditions?: { uid?: string; resourceVersion?: string } }): FakeAnswer {
    const name = place.name ?? '';
    const before = this.get(place.collection, place.namespace, name);
    if (before === undefined) return failure(404, 'NotFound', `${name} not found`);
    if (!holds(before, options.preconditions ?? {})) return failure(409, 'Conflict', `${name} is another one`);
    this.remove(place.collection, place.namespace, name);
    return { status: 200, body: { kind: 'Status', status: 'Success' } };
  }

  #evict(place: FakePlace, body: object): FakeAnswer {
    if (this.evictionsBlocked) return failure(429, 'TooManyRequests', "would violate the pod's disruption budget");
    const deleteOptions = 'deleteOptions' in body && typeof body.deleteOptions === 'object' ? body.deleteOptions : {};
    const answer = this.delete({ ...place, subresource: null }, deleteOptions ?? {});
    return answer.status === 200 ? { status: 201, body: answer.body } : answer;
  }

  #record(type: FakeChange['type'], collection: string, object: FakeObject): void {
    const change = { resourceVersion: Number(object.metadata.resourceVersion), type, collection, object };
    this.#history.push(change);
    for (const listener of this.#watchers) listener(change);
  }
}

/** `label` and `label=value`, any number of them between commas: all must hold. */
export function isSelected(object: FakeObject, labelSelector: string | null): boolean {
  if (labelSelector === null) return true;
  return labelSelector.split(',').every((requirement) => {
    const [label = '', value] = requirement.split('=');
    const actual = object.metadata.labels?.[label];
    return value === undefined ? actual !== undefined : actual === value;
  });
}

export function failure(code: number, reason: string, message: string, details: object = {}): FakeAnswer {
  return { status: code, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message, details, code } };
}

function immutable(field: string): FakeAnswer {
  const said = 'Invalid value: field is immutable';
  return failure(422, 'Invalid', `${field}: ${said}`, { causes: [{ reason: 'FieldValueInvalid', message: said, field }] });
}

function holds(
  object: FakeObject,
  preconditions: { readonly uid?: string | undefined; readonly resourceVersion?: string | undefined },
): boolean {
  const { uid, resourceVersion } = preconditions;
  if (uid !== undefined && uid !== object.metadata.uid) return false;
  return resourceVersion === undefined || resourceVersion === object.metadata.resourceVersion;
}

/** RFC 7386. */
function mergePatched(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const merged = new Map<string, unknown>(
    Object.entries(typeof target === 'object' && !Array.isArray(target) ? (target ?? {}) : {}),
  );
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatched(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

function keyOf(collection: string, namespace: string | null, name: string): string {
  return `${collection}/${namespace ?? ''}/${name}`;
}
