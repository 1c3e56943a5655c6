/**
 * The typed verbs over a transport: deadlines, bounded retries, measurements. What may be repeated blindly is repeated here: reads, and calls
 * that the server turned away unprocessed (429). A write whose outcome is unknown goes back to the caller, whose next reconcile looks first.
 */
import type { Clock } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import { FIELD_MANAGER } from '../../api/constants.ts';
import { backoffMs, deadline, pause } from '../timing.ts';
import { CONTENT_TYPES } from './api.ts';
import type {
  AppliedObject,
  CallOptions,
  DeleteOptions,
  KubernetesApi,
  KubernetesObject,
  KubernetesRequest,
  KubernetesTransport,
  ListOptions,
  ObjectKey,
  ObjectList,
  Resource,
} from './api.ts';
import { KubernetesApiError, isKubernetesApiError } from './errors.ts';
import { PODS, apiVersionOf } from './resources.ts';

export const CALL_LIMITS = {
  attemptsMax: 4,
  callDeadlineMs: 10_000,
  listDeadlineMs: 30_000,
  /** A server that wants us away for longer is obeyed by the queue, not by a call that waits. */
  retryAfterMsMax: 5_000,
  backoff: { firstMs: 200, mostMs: 2_000 },
} as const;

/** What was asked, and how it ended: `code` is the HTTP status, or the error's kind when there was no answer. */
export interface CallObservation {
  readonly verb: string;
  readonly resource: string;
  readonly code: string;
  readonly seconds: number;
}

export interface KubernetesClientOptions {
  readonly transport: KubernetesTransport;
  readonly clock: Clock;
  readonly random: Random;
  /** In whose name fields are owned; the operator's unless a person acts. */
  readonly fieldManager?: string | undefined;
  readonly observeCall?: ((observation: CallObservation) => void) | undefined;
}

type Call = Omit<KubernetesRequest, 'signal' | 'query' | 'subresource' | 'body' | 'contentType' | 'name' | 'namespace'> &
  Partial<Pick<KubernetesRequest, 'query' | 'subresource' | 'body' | 'contentType' | 'name' | 'namespace'>>;

export class KubernetesClient implements KubernetesApi {
  readonly #options: KubernetesClientOptions;
  readonly #fieldManager: string;

  constructor(options: KubernetesClientOptions) {
    this.#options = options;
    this.#fieldManager = options.fieldManager ?? FIELD_MANAGER;
  }

  async get<Kind extends KubernetesObject>(resource: Resource<Kind>, key: ObjectKey, options?: CallOptions): Promise<Kind> {
    return objectOf(resource, await this.#call({ verb: 'get', resource, ...key }, options));
  }

  async find<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    key: ObjectKey,
    options?: CallOptions,
  ): Promise<Kind | null> {
    try {
      return await this.get(resource, key, options);
    } catch (error) {
      if (isKubernetesApiError(error, 'not-found')) return null;
      throw error;
    }
  }

  async list<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    namespace: string | null,
    options: ListOptions = {},
  ): Promise<ObjectList<Kind>> {
    const query: Record<string, string> = {};
    if (options.labelSelector !== undefined) query.labelSelector = options.labelSelector;
    if (options.fieldSelector !== undefined) query.fieldSelector = options.fieldSelector;
    if (options.limit !== undefined) query.limit = String(options.limit);
    if (options.continueToken !== undefined) query.continue = options.continueToken;
    return listOf(resource, await this.#call({ verb: 'list', resource, namespace, query }, options));
  }

  async create<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    object: KubernetesObject,
    options?: CallOptions,
  ): Promise<Kind> {
    const namespace = object.metadata.namespace ?? null;
    const body = { apiVersion: apiVersionOf(resource), kind: resource.kind, ...object };
    const query = { fieldManager: this.#fieldManager };
    return objectOf(resource, await this.#call({ verb: 'create', resource, namespace, query, body }, options));
  }

  async apply<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    object: AppliedObject,
    options?: CallOptions,
  ): Promise<Kind> {
    const { name, namespace = null } = object.metadata;
    const query = { fieldManager: this.#fieldManager, force: 'true' };
    const contentType = CONTENT_TYPES.apply;
    return objectOf(
      resource,
      await this.#call({ verb: 'apply', resource, namespace, name, query, body: object, contentType }, options),
    );
  }

  async mergePatch<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    key: ObjectKey,
    patch: object,
    options?: CallOptions,
  ): Promise<Kind> {
    return this.#patch(resource, key, null, patch, options);
  }

  async patchStatus<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    key: ObjectKey,
    patch: object,
    options?: CallOptions,
  ): Promise<Kind> {
    return this.#patch(resource, key, 'status', patch, options);
  }

  async delete<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    key: ObjectKey,
    options: DeleteOptions = {},
  ): Promise<void> {
    const body = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      preconditions: options.preconditions,
      propagationPolicy: options.propagation,
      gracePeriodSeconds: options.gracePeriodSeconds,
    };
    await this.#call({ verb: 'delete', resource, ...key, body }, options);
  }

  async evict(key: ObjectKey, preconditions: { readonly uid: string }, options?: CallOptions): Promise<void> {
    const body = {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: key.name, namespace: key.namespace },
      deleteOptions: { preconditions },
    };
    await this.#call({ verb: 'create', resource: PODS, ...key, subresource: 'eviction', body }, options);
  }

  async #patch<Kind extends KubernetesObject>(
    resource: Resource<Kind>,
    key: ObjectKey,
    subresource: 'status' | null,
    patch: object,
    options: CallOptions | undefined,
  ): Promise<Kind> {
    const query = { fieldManager: this.#fieldManager };
    const contentType = CONTENT_TYPES.mergePatch;
    return objectOf(
      resource,
      await this.#call({ verb: 'patch', resource, ...key, subresource, query, body: patch, contentType }, options),
    );
  }

  async #call(call: Call, options: CallOptions | undefined): Promise<unknown> {
    const { clock, random } = this.#options;
    const deadlineMs = call.verb === 'list' ? CALL_LIMITS.listDeadlineMs : CALL_LIMITS.callDeadlineMs;
    const limit = deadline(clock, deadlineMs, `${call.verb} ${call.resource.plural}`, options?.signal);
    try {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await this.#attempt(call, limit.signal);
        } catch (error) {
          const delayMs = isKubernetesApiError(error) ? retryDelayMs(call, error, attempt, random) : null;
          if (delayMs === null || !(await pause(clock, delayMs, limit.signal))) throw error;
        }
      }
    } finally {
      limit.release();
    }
  }

  async #attempt(call: Call, signal: AbortSignal): Promise<unknown> {
    const { transport, clock, observeCall } = this.#options;
    const startedMs = clock.monotonicMs();
    const observe = (code: string): void => {
      const verb = call.subresource === 'eviction' ? 'evict' : call.verb;
      const resource = call.subresource === 'status' ? `${call.resource.plural}/status` : call.resource.plural;
      observeCall?.({ verb, resource, code, seconds: (clock.monotonicMs() - startedMs) / 1_000 });
    };
    try {
      const answer = await transport.request({ ...emptyCall, ...call, signal });
      observe('2xx');
      return answer;
    } catch (error) {
      observe(isKubernetesApiError(error) ? codeOf(error) : 'other');
      throw error;
    }
  }
}

const emptyCall = {
  namespace: null,
  name: null,
  subresource: null,
  query: {},
  body: null,
  contentType: CONTENT_TYPES.json,
} as const;

function codeOf(error: KubernetesApiError): string {
  return error.status === 0 ? error.kind : String(error.status);
}

/** Null when the call must not be repeated, or has been often enough. */
function retryDelayMs(call: Call, error: KubernetesApiError, attempt: number, random: Random): number | null {
  if (attempt >= CALL_LIMITS.attemptsMax || !mayRepeat(call, error)) return null;
  if (error.retryAfterMs === null) return backoffMs(CALL_LIMITS.backoff, attempt, random);
  // Spread upwards: never sooner than the server asked.
  return error.retryAfterMs > CALL_LIMITS.retryAfterMsMax ? null : Math.round(error.retryAfterMs * (1 + random.fraction() / 2));
}

function mayRepeat(call: Call, error: KubernetesApiError): boolean {
  // 429 to an eviction is not a full server but a budget that forbids it now: the planner has to see that (S8).
  if (error.kind === 'throttled') return call.subresource !== 'eviction';
  if (call.verb !== 'get' && call.verb !== 'list') return false;
  return error.kind === 'unreachable' || error.kind === 'timeout' || error.status >= 500;
}

function objectOf<Kind extends KubernetesObject>(resource: Resource<Kind>, answer: unknown): Kind {
  if (!hasName(answer)) throw malformed(`the answer is no ${resource.kind}`);
  return answer as Kind;
}

function hasName(answer: unknown): answer is KubernetesObject {
  if (typeof answer !== 'object' || answer === null || !('metadata' in answer)) return false;
  const metadata = answer.metadata;
  return typeof metadata === 'object' && metadata !== null && 'name' in metadata && typeof metadata.name === 'string';
}

/** Objects in a list carry neither `apiVersion` nor `kind`: they get them back here, so that every object names itself. */
function listOf<Kind extends KubernetesObject>(resource: Resource<Kind>, answer: unknown): ObjectList<Kind> {
  if (typeof answer !== 'object' || answer === null || !('items' in answer)) throw malformed('the answer is no list');
  const metadata = 'metadata' in answer && typeof answer.metadata === 'object' ? answer.metadata : null;
  if (!Array.isArray(answer.items) || metadata === null) throw malformed('the answer is no list');
  const resourceVersion = 'resourceVersion' in metadata ? metadata.resourceVersion : undefined;
  const token = 'continue' in metadata ? metadata.continue : undefined;
  if (typeof resourceVersion !== 'string') throw malformed('the list has no resourceVersion');
  return {
    items: answer.items.map((item) => ({ apiVersion: apiVersionOf(resource), kind: resource.kind, ...objectOf(resource, item) })),
    resourceVersion,
    continueToken: typeof token === 'string' && token !== '' ? token : null,
  };
}

function malformed(message: string): KubernetesApiError {
  return new KubernetesApiError({ kind: 'other', status: 200, reason: 'Malformed', message });
}
