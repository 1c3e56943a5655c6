/** The API as controllers use it: typed reads straight from the store, writes as calls that everybody could make. */
import type { ModelApi } from '../api.ts';
import { ApiFailure } from '../failure.ts';
import type { JsonObject } from '../json.ts';
import { numberAt, stringAt } from '../json.ts';
import { microTimeText, timeText } from '../objects.ts';
import type { ObjectKey, StoredObject } from '../objects.ts';
import { PATCH_TYPES } from '../request.ts';
import type { ApiRequest, Verb } from '../request.ts';
import type { Clock } from '../../../shared/clock.ts';
import { collectionOf } from '../resource-type.ts';
import { collectionAt, EVENTS } from './kind-places.ts';
import type { KindPlace } from './kind-places.ts';

export interface DeleteChoices {
  readonly uid?: string | undefined;
  readonly gracePeriodSeconds?: number | undefined;
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan' | undefined;
}

/** On its way in: some metadata are still the API's to give. */
type WrittenObject = { readonly metadata: object; readonly [field: string]: unknown };

export class ModelClient {
  readonly api: ModelApi;
  readonly component: string;
  /** The program that the component is part of: in its name fields are owned. */
  readonly #program: string;
  readonly #clock: Clock;

  constructor(api: ModelApi, clock: Clock, component: string, program: string = component) {
    this.api = api;
    this.#clock = clock;
    this.component = component;
    this.#program = program;
  }

  /** The same API in another component's name. */
  as(component: string, program: string = component): ModelClient {
    return new ModelClient(this.api, this.#clock, component, program);
  }

  /** As one of the controllers that run in one program. */
  asController(component: string): ModelClient {
    return this.as(component, 'kube-controller-manager');
  }

  get nowMs(): number {
    return this.#clock.wallMs();
  }

  get nowText(): string {
    return timeText(this.nowMs);
  }

  get nowMicroText(): string {
    return microTimeText(this.nowMs);
  }

  find<Kind extends StoredObject>(place: KindPlace<Kind>, key: ObjectKey): Kind | null {
    return this.api.store.get(collectionAt(place), key) as Kind | null;
  }

  list<Kind extends StoredObject>(place: KindPlace<Kind>, namespace: string | null): readonly Kind[] {
    return this.api.store.list(collectionAt(place), namespace) as readonly Kind[];
  }

  everything(): readonly { readonly collection: string; readonly object: StoredObject }[] {
    const collections = new Set(this.api.registry.all().map(collectionOf));
    return [...collections].flatMap((collection) =>
      this.api.store.list(collection, null).map((object) => ({ collection, object })),
    );
  }

  /** @throws ApiFailure */
  create<Kind extends StoredObject>(place: KindPlace<Kind>, object: WrittenObject): Kind {
    const namespace = stringAt(object, 'metadata', 'namespace') ?? null;
    return this.#call('create', place, { namespace, name: null }, object, {}) as Kind;
  }

  merge<Kind extends StoredObject>(place: KindPlace<Kind>, key: ObjectKey, patch: JsonObject): Kind {
    return this.#call('patch', place, key, patch, { contentType: PATCH_TYPES.merge }) as Kind;
  }

  mergeStatus<Kind extends StoredObject>(place: KindPlace<Kind>, key: ObjectKey, status: JsonObject): Kind {
    return this.#call('patch', place, key, { status }, { contentType: PATCH_TYPES.merge, subresource: 'status' }) as Kind;
  }

  /** The whole status, in the place of what was there. */
  replaceStatus<Kind extends StoredObject>(place: KindPlace<Kind>, object: Kind, status: object): Kind {
    const key = { namespace: object.metadata.namespace ?? null, name: object.metadata.name };
    return this.#call('update', place, key, { ...object, status }, { subresource: 'status' }) as Kind;
  }

  replace<Kind extends StoredObject>(place: KindPlace<Kind>, object: Kind & JsonObject, subresource: string | null = null): Kind {
    const key = { namespace: object.metadata.namespace ?? null, name: object.metadata.name };
    return this.#call('update', place, key, object, { subresource }) as Kind;
  }

  createSubresource(place: KindPlace, key: ObjectKey, subresource: string, body: JsonObject): void {
    this.#call('create', place, key, body, { subresource });
  }

  /** What is gone already is as good as deleted. */
  delete(place: KindPlace, key: ObjectKey, { uid, gracePeriodSeconds, propagation }: DeleteChoices = {}): void {
    const preconditions = uid === undefined ? undefined : { uid };
    try {
      this.#call('delete', place, key, { preconditions, gracePeriodSeconds, propagationPolicy: propagation }, {});
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.code !== 404) throw error;
    }
  }

  /** The same news again is counted on the event that told it first. */
  event(regarding: StoredObject, type: 'Normal' | 'Warning', reason: string, message: string): void {
    const { name, namespace = 'default', uid, resourceVersion } = regarding.metadata;
    const id = `${name}.${hashText(JSON.stringify([regarding.kind, uid, type, reason, message, this.component]))}`;
    const known = this.find(EVENTS, { namespace, name: id });
    try {
      if (known !== null) {
        this.merge(EVENTS, { namespace, name: id }, { count: (numberAt(known, 'count') ?? 1) + 1, lastTimestamp: this.nowText });
        return;
      }
      this.create(EVENTS, {
        metadata: { name: id, namespace },
        involvedObject: {
          apiVersion: regarding.apiVersion,
          kind: regarding.kind,
          name,
          namespace: regarding.metadata.namespace,
          uid,
          resourceVersion,
        },
        type,
        reason,
        message,
        source: { component: this.component },
        reportingComponent: this.component,
        firstTimestamp: this.nowText,
        lastTimestamp: this.nowText,
        count: 1,
      });
    } catch (error) {
      // News that can't be written, into a namespace that goes for one, is not worth a look again.
      if (!(error instanceof ApiFailure)) throw error;
    }
  }

  /** @throws ApiFailure with what the API answered */
  #call(
    verb: Verb,
    { group, version, plural }: KindPlace,
    key: { readonly namespace: string | null; readonly name: string | null },
    body: unknown,
    choices: { readonly contentType?: string; readonly subresource?: string | null },
  ): StoredObject {
    const { contentType = 'application/json', subresource = null } = choices;
    const user = { name: `system:${this.component}`, groups: ['system:masters', 'system:authenticated'] };
    const request: ApiRequest = {
      ...{ verb, group, version, plural, ...key, subresource, query: {}, body, contentType, user },
      userAgent: this.#program,
    };
    const answer = this.api.handle(request);
    if (answer.code >= 300) {
      throw new ApiFailure(
        answer.code,
        stringAt(answer.body, 'reason') ?? '',
        stringAt(answer.body, 'message') ?? 'the API gave no reason',
      );
    }
    return answer.body as StoredObject;
  }
}

/** FNV-1a, as 16 hex digits: names that follow from what they name. */
export function hashText(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text, 'utf8')) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
