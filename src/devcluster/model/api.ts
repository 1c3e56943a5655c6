/**
 * The API of the model: one call in, one answer out, at once; and watches. Everything that speaks to the model speaks through this: the
 * operator's own transport, HTTP, and the model's controllers.
 */
import { assertNever } from '../../shared/assert.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import { BUILTIN_PLUGINS } from './admission/builtin-plugins.ts';
import { admissionPolicies } from './admission/policies.ts';
import { Deletion, deleteOptionsOf } from './deletion.ts';
import { bound, evict } from './eviction.ts';
import { ApiFailure, badRequest, fieldError, invalid, methodNotSupported, noSuchPath, unsupportedMediaType } from './failure.ts';
import { isJsonObject, objectAt, stringAt, withField } from './json.ts';
import type { JsonObject } from './json.ts';
import type { ObjectKey, StoredObject } from './objects.ts';
import { jsonPatched } from './patch/json-patch.ts';
import { mergePatched } from './patch/merge-patch.ts';
import { strategicallyMerged } from './patch/strategic-merge.ts';
import { listed } from './reads.ts';
import { Registry } from './registry.ts';
import { fieldManagerOf, PATCH_TYPES } from './request.ts';
import type { ApiAnswer, ApiRequest, ResourcePlace } from './request.ts';
import type { ResourceType } from './resource-type.ts';
import { scaledBy, scaleOf } from './scale.ts';
import { Store } from './store.ts';
import { builtinShape } from './types/builtin.ts';
import { ANY } from './types/shape.ts';
import { Watches } from './watches.ts';
import type { WatchSink } from './watches.ts';
import { World } from './world.ts';
import { requireVersion, Writes } from './writes.ts';
import type { WriteCall } from './writes.ts';

/** What answers for what runs in pods: logs and ports are not the API's own. */
export interface PodConnector {
  /** Null when there is nothing to show. */
  readonly log: (pod: StoredObject, query: Readonly<Record<string, string>>) => string | null;
  /** `port` as the call named it, a number or a name, or empty. */
  readonly proxy: (pod: StoredObject, call: { readonly port: string; readonly request: ApiRequest }) => ApiAnswer;
}

export interface ModelApiOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly store?: Store | undefined;
  readonly connector?: PodConnector | undefined;
  readonly serviceAddress?: ((index: number) => string) | undefined;
  /** The node ports in the order in which they are given away, from 0 on. */
  readonly nodePort?: ((index: number) => number) | undefined;
}

interface Call {
  readonly request: ApiRequest;
  readonly type: ResourceType;
  readonly warnings: string[];
}

type Answer = Omit<ApiAnswer, 'warnings'>;

export class ModelApi {
  readonly store: Store;
  readonly registry: Registry;
  readonly watches: Watches;
  readonly #world: World;
  readonly #writes: Writes;
  readonly #deletion: Deletion;
  readonly #connector: PodConnector | null;

  constructor({ clock, random, store = new Store(), connector, serviceAddress, nodePort }: ModelApiOptions) {
    this.store = store;
    this.registry = new Registry(store);
    this.watches = new Watches(store, clock);
    this.#world = new World(store, clock, random, serviceAddress, nodePort);
    this.#writes = new Writes(this.#world, [...BUILTIN_PLUGINS, admissionPolicies]);
    this.#deletion = new Deletion(this.#world, this.#writes);
    this.#connector = connector ?? null;
  }

  /** Never throws for what a caller did: refusals are answers. */
  handle(request: ApiRequest): ApiAnswer {
    const warnings: string[] = [];
    // Nothing answers for a group that nobody serves: no Status, only text.
    if (!this.registry.serves(request.group, request.version)) return { code: 404, body: '404 page not found\n', warnings };
    try {
      return { ...this.#answer({ request, type: this.typeAt(request), warnings }), warnings };
    } catch (error) {
      if (error instanceof ApiFailure) return { code: error.code, body: error.status, warnings };
      throw error;
    }
  }

  /** The returned function ends the watch. @throws ApiFailure for a place or a selector that makes no sense */
  watch(place: ResourcePlace, query: Readonly<Record<string, string>>, sink: WatchSink): () => void {
    return this.watches.watch(this.typeAt(place), place.namespace, place.name, query, sink);
  }

  /** @throws ApiFailure 404 when nothing is served there */
  typeAt({ group, version, plural }: ResourcePlace): ResourceType {
    const type = this.registry.at(group, version, plural);
    if (type === null) throw noSuchPath();
    return type;
  }

  #answer(call: Call): Answer {
    const { request, type } = call;
    if (request.namespace !== null && !type.namespaced && type.plural !== 'namespaces') throw noSuchPath();
    if (request.subresource !== null) return this.#answerOfSubresource(call, request.subresource);
    switch (request.verb) {
      case 'get':
        return { code: 200, body: this.#writes.get(type, keyOf(request)) };
      case 'list':
        return { code: 200, body: listed(this.store, type, request.namespace, request.query) };
      case 'create':
        return { code: 201, body: this.#writes.create(this.#writeCall(call, null), request.body) };
      case 'update':
        requireVersion(type, request.body);
        return { code: 200, body: this.#update(call, null, () => objectOf(request.body)) };
      case 'patch':
        return this.#patch(call, null);
      case 'delete':
        return this.#delete(call, keyOf(request));
      case 'deletecollection':
        return this.#deleteCollection(call);
      default:
        return assertNever(request.verb);
    }
  }

  #answerOfSubresource(call: Call, subresource: string): Answer {
    const { type } = call;
    if (subresource === 'status' && type.hasStatus) return this.#status(call);
    if (subresource === 'scale' && type.scale !== null) return this.#scale(call);
    if (!type.subresources.includes(subresource)) throw noSuchPath();
    switch (subresource) {
      case 'eviction':
        return this.#evict(call);
      case 'binding':
        return this.#bind(call);
      case 'finalize':
        return { code: 200, body: this.#finalize(call) };
      case 'log':
      case 'proxy':
        return this.#connect(call, subresource);
      case 'exec':
      case 'portforward':
        throw badRequest('Upgrade request required');
      default:
        throw noSuchPath();
    }
  }

  #writeCall({ request, type, warnings }: Call, subresource: WriteCall['subresource']): WriteCall {
    const { query, namespace, user } = request;
    return {
      type,
      namespace,
      subresource,
      user,
      manager: fieldManagerOf(request),
      dryRun: dryRunOf(query),
      fieldValidation: query['fieldValidation'] ?? 'Warn',
      uidIsPrecondition: request.verb === 'update',
      warn: (warning) => warnings.push(warning),
    };
  }

  #update(call: Call, subresource: WriteCall['subresource'], produce: (live: StoredObject) => JsonObject): StoredObject {
    return this.#writes.update(this.#writeCall(call, subresource), keyOf(call.request), produce);
  }

  #patch(call: Call, subresource: 'status' | null): Answer {
    const { request, type } = call;
    if (request.contentType === PATCH_TYPES.apply) {
      if ((request.query['fieldManager'] ?? '') === '') throw unnamedManager();
      const force = request.query['force'] === 'true';
      const { object, created } = this.#writes.apply(this.#writeCall(call, subresource), keyOf(request), request.body, force);
      return { code: created ? 201 : 200, body: object };
    }
    const patched = (live: StoredObject): JsonObject => objectOf(patchedBy(request, type.custom ? null : type, live));
    return { code: 200, body: this.#update(call, subresource, patched) };
  }

  #status(call: Call): Answer {
    const { request, type } = call;
    if (request.verb === 'get') return { code: 200, body: this.#writes.get(type, keyOf(request)) };
    if (request.verb === 'patch') return this.#patch(call, 'status');
    if (request.verb === 'update') return { code: 200, body: this.#update(call, 'status', () => objectOf(request.body)) };
    throw methodNotSupported(type, request.verb);
  }

  #scale(call: Call): Answer {
    const { request, type } = call;
    const paths = type.scale;
    if (paths === null) throw noSuchPath();
    if (request.verb === 'get') return { code: 200, body: scaleOf(this.#writes.get(type, keyOf(request)), paths) };
    if (request.verb !== 'patch' && request.verb !== 'update') throw methodNotSupported(type, request.verb);
    const stored = this.#update(call, 'scale', (live) => {
      const scale = request.verb === 'update' ? request.body : patchedBy(request, null, scaleOf(live, paths));
      return scaledBy(live, scale, paths);
    });
    return { code: 200, body: scaleOf(stored, paths) };
  }

  #delete({ request, type, warnings }: Call, key: ObjectKey): Answer {
    const options = deleteOptionsOf(request.body, request.query);
    return this.#deletion.delete({ type, key, options, user: request.user, warn: (warning) => warnings.push(warning) });
  }

  #deleteCollection(call: Call): Answer {
    const { request, type } = call;
    const list = listed(this.store, type, request.namespace, request.query);
    for (const item of Array.isArray(list['items']) ? list['items'] : []) {
      this.#delete(call, {
        namespace: stringAt(item, 'metadata', 'namespace') ?? null,
        name: stringAt(item, 'metadata', 'name') ?? '',
      });
    }
    return { code: 200, body: list };
  }

  #evict(call: Call): Answer {
    const { request, type } = call;
    if (request.verb !== 'create') throw methodNotSupported(type, request.verb);
    const key = keyOf(request);
    const pod = this.#writes.get(type, key);
    const budgets = this.typeAt({ ...request, group: 'policy', version: 'v1', plural: 'poddisruptionbudgets' });
    const change =
      (of: ResourceType) =>
      (target: ObjectKey, change: (status: JsonObject) => JsonObject): void => {
        const write = { ...this.#writeCall(call, 'status'), type: of, dryRun: false };
        this.#writes.update(write, target, (live) => withField(live, 'status', change(objectAt(live, 'status'))));
      };
    evict(
      {
        store: this.store,
        nowMs: this.#world.nowMs,
        patchBudgetStatus: change(budgets),
        patchPodStatus: change(type),
        deletePod: (target, deleteOptions) => {
          const options = deleteOptionsOf(deleteOptions, {});
          this.#deletion.delete({ type, key: target, options, user: request.user, warn: () => undefined });
        },
      },
      key,
      pod,
      request.body,
      dryRunOf(request.query),
    );
    return { code: 201, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } };
  }

  /** The scheduler's own way to change what nobody else may. */
  #bind(call: Call): Answer {
    const { request, type } = call;
    if (request.verb !== 'create') throw methodNotSupported(type, request.verb);
    const node = stringAt(request.body, 'target', 'name') ?? '';
    const assigned = bound(this.#writes.get(type, keyOf(request)), node, this.#world.nowText);
    const { rules } = type;
    const { updateErrors: _immutable, ...open } = rules;
    const write = { ...this.#writeCall(call, null), type: { ...type, rules: open, hasStatus: false, generation: null } };
    this.#writes.update(write, keyOf(request), () => assigned);
    return { code: 201, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 } };
  }

  /** Takes finalizers out of a namespace's spec, which no other call can. */
  #finalize(call: Call): StoredObject {
    const { request, type } = call;
    if (request.verb !== 'update') throw methodNotSupported(type, request.verb);
    const finalizers = objectAt(request.body, 'spec')['finalizers'] ?? [];
    const { prepareUpdate: _kept, ...open } = type.rules;
    const write = { ...this.#writeCall(call, null), type: { ...type, rules: open } };
    return this.#writes.update(write, keyOf(request), (live) =>
      withField(live, 'spec', { ...objectAt(live, 'spec'), finalizers }),
    );
  }

  #connect({ request, type }: Call, subresource: 'log' | 'proxy'): Answer {
    const [name = '', port = ''] = (request.name ?? '').replace(/^https?:/, '').split(':');
    const pod = this.#writes.get(type, {
      namespace: request.namespace,
      name: subresource === 'log' ? (request.name ?? '') : name,
    });
    // Where no node has it there is nothing to read, and that is no error.
    if (subresource === 'log' && stringAt(pod, 'spec', 'nodeName') === undefined) return { code: 204, body: '' };
    if (this.#connector === null) throw new ApiFailure(503, 'ServiceUnavailable', 'nothing runs the pods of this cluster');
    if (subresource === 'proxy') return this.#connector.proxy(pod, { port, request });
    const text = this.#connector.log(pod, request.query);
    if (text !== null) return { code: 200, body: text };
    throw badRequest(`container of pod "${pod.metadata.name}" is waiting to start: ContainerCreating`);
  }
}

function unnamedManager(): ApiFailure {
  const error = fieldError('FieldValueRequired', 'fieldManager', 'is required for apply patch');
  return invalid('meta.k8s.io', 'PatchOptions', '', [error]);
}

function keyOf({ namespace, name, plural }: ApiRequest): ObjectKey {
  return { namespace: plural === 'namespaces' ? null : namespace, name: name ?? '' };
}

function dryRunOf(query: Readonly<Record<string, string>>): boolean {
  const dryRun = query['dryRun'] ?? '';
  if (dryRun !== '' && dryRun !== 'All') throw badRequest(`dryRun: Unsupported value: "${dryRun}": supported values: "All"`);
  return dryRun === 'All';
}

function objectOf(body: unknown): JsonObject {
  if (!isJsonObject(body)) throw badRequest('the body of the request is not an object');
  return body;
}

/** @param type of a built-in kind, whose lists merge; null: there are no strategic merge patches of it */
function patchedBy(request: ApiRequest, type: ResourceType | null, live: JsonObject): unknown {
  switch (request.contentType) {
    case PATCH_TYPES.json:
      return jsonPatched(live, request.body);
    case PATCH_TYPES.merge:
      return mergePatched(live, objectOf(request.body));
    case PATCH_TYPES.strategic: {
      const isScale = stringAt(live, 'kind') === 'Scale';
      if (type === null && !isScale) throw unsupportedMediaType([PATCH_TYPES.json, PATCH_TYPES.merge, PATCH_TYPES.apply]);
      return strategicallyMerged(live, objectOf(request.body), type?.shape ?? builtinShape('autoscaling/v1', 'Scale') ?? ANY);
    }
    default:
      throw new ApiFailure(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  }
}
