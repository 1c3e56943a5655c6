/**
 * Kubernetes as the operator sees it. `KubernetesTransport` is the narrow waist: one request and one watch, which HTTP implements in
 * production and a model of Kubernetes in simulation. `KubernetesApi` is the few typed verbs that the operator speaks, over any transport.
 *
 * There is no `replace`: a whole object read and written back would drop what a newer API server added. Writes are server-side applies
 * of the fields that we own, merge patches, creations and deletions, and those that could do harm carry preconditions (S8, S9).
 */
import type { KubernetesObject } from './objects.ts';

export * from './objects.ts';

/** A kind of object. The type parameter is what its objects look like; it has no value at run time. */
export interface Resource<Kind extends KubernetesObject> {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly objectType?: Kind;
}

export interface ObjectKey {
  /** Null for kinds without a namespace. */
  readonly namespace: string | null;
  readonly name: string;
}

export type RequestVerb = 'get' | 'list' | 'create' | 'apply' | 'patch' | 'delete';

export const CONTENT_TYPES = {
  json: 'application/json',
  apply: 'application/apply-patch+yaml',
  mergePatch: 'application/merge-patch+json',
} as const;

/** One call, as it goes over the wire. */
export interface KubernetesRequest {
  readonly verb: RequestVerb;
  readonly resource: Resource<KubernetesObject>;
  /** Null: a kind without a namespace, or a list over all of them. */
  readonly namespace: string | null;
  /** Null for list and create. */
  readonly name: string | null;
  readonly subresource: 'status' | 'scale' | 'eviction' | null;
  readonly query: Readonly<Record<string, string>>;
  /** Plain JSON; null when there is none. */
  readonly body: unknown;
  readonly contentType: (typeof CONTENT_TYPES)[keyof typeof CONTENT_TYPES];
  readonly signal: AbortSignal;
}

/** `object` is a Status document for `ERROR`, and holds at least `metadata.resourceVersion` for `BOOKMARK`. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: unknown;
}

export interface WatchRequest {
  readonly resource: Resource<KubernetesObject>;
  /** Null: all namespaces. */
  readonly namespace: string | null;
  readonly query: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * One attempt each: no retry, no deadline but the signal. Both reject with a `KubernetesApiError`; a request whose signal is aborted
 * rejects at once with kind `timeout`.
 */
export interface KubernetesTransport {
  /** The parsed JSON of a 2xx answer. */
  request(request: KubernetesRequest): Promise<unknown>;
  /** Resolves when the stream is open. It ends when the server closes it, and throws when it breaks. */
  watch(request: WatchRequest): Promise<AsyncIterable<WatchEvent>>;
}

export interface Preconditions {
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
}

/** Of no object: an apply that names it is refused as a conflict where there is an object already. */
export const NO_VERSION = '1';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface ListOptions extends CallOptions {
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  readonly limit?: number | undefined;
  readonly continueToken?: string | undefined;
}

export interface DeleteOptions extends CallOptions {
  readonly preconditions?: Preconditions | undefined;
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan' | undefined;
  readonly gracePeriodSeconds?: number | undefined;
}

export interface ObjectList<Kind> {
  readonly items: readonly Kind[];
  readonly resourceVersion: string;
  /** Null when this page is the last. */
  readonly continueToken: string | null;
}

/** What goes out by server-side apply: exactly the fields that we own. `metadata.name` is required; a namespace for namespaced kinds. */
export interface AppliedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string | undefined };
}

/** Every call rejects with a `KubernetesApiError`. A write that ends as `timeout` or `unreachable` may have taken place. */
export interface KubernetesApi {
  get<Kind extends KubernetesObject>(resource: Resource<Kind>, key: ObjectKey, options?: CallOptions): Promise<Kind>;
  /** Like `get`, but null instead of `not-found`. */
  find<Kind extends KubernetesObject>(resource: Resource<Kind>, key: ObjectKey, options?: CallOptions): Promise<Kind | null>;
  /** One page; `namespace` null lists all namespaces. */
  list<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    namespace: string | null,
    options?: ListOptions,
  ): Promise<ObjectList<Kind>>;
  /** Rejects with `already-exists`. */
  create<Kind extends KubernetesObject>(resource: Resource<Kind>, object: KubernetesObject, options?: CallOptions): Promise<Kind>;
  /**
   * Server-side apply with our field manager, forced. A `metadata.resourceVersion` or `metadata.uid` in it is a precondition, the version one of an
   * object that is there alone: with the UID as well nothing that is gone is made anew, and `NO_VERSION` makes what is not there yet.
   */
  apply<Kind extends KubernetesObject>(resource: Resource<Kind>, object: AppliedObject, options?: CallOptions): Promise<Kind>;
  /** JSON merge patch (RFC 7386). A `metadata.resourceVersion` or `metadata.uid` in it is a precondition. */
  mergePatch<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    key: ObjectKey,
    patch: object,
    options?: CallOptions,
  ): Promise<Kind>;
  /**
   * JSON merge patch of the status subresource: `patch` is `{status: …}`, with preconditions in `metadata` if any. Of a custom resource the API
   * server looks at the version alone, never at the UID.
   */
  patchStatus<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    key: ObjectKey,
    patch: object,
    options?: CallOptions,
  ): Promise<Kind>;
  /** Rejects with `not-found`, or with `conflict` when a precondition does not hold. */
  delete<Kind extends KubernetesObject>(resource: Resource<Kind>, key: ObjectKey, options?: DeleteOptions): Promise<void>;
  /** The Eviction API (S8): `throttled` when a PodDisruptionBudget forbids it now, `conflict` when the pod is another one by now. */
  evict(key: ObjectKey, preconditions: { readonly uid: string }, options?: CallOptions): Promise<void>;
}
