/**
 * Namespaces: what a new one is given, and how one goes with all that is in it. Definitions of kinds go the same way: first every object of
 * the kind, then the definition.
 */
import { listAt, objectAt, sameJson, withField } from '../json.ts';
import { CLEANUP } from '../kinds/custom-definition.ts';
import { isTerminating, keyOf } from '../objects.ts';
import type { StoredObject } from '../objects.ts';
import { collectionOf } from '../resource-type.ts';
import type { StoreChange } from '../store.ts';
import type { ModelClient } from './client.ts';
import type { Controller } from './controller.ts';
import { collectionAt, CONFIG_MAPS, DEFINITIONS, EVENTS, NAMESPACES, SERVICE_ACCOUNTS } from './kind-places.ts';

const ROOT_CERTIFICATES = 'kube-root-ca.crt';

export class NamespaceController implements Controller {
  readonly name = 'namespace';
  readonly #client: ModelClient;
  readonly #rootCertificate: string;

  constructor(client: ModelClient, rootCertificate: string) {
    this.#client = client.asController('namespace-controller');
    this.#rootCertificate = rootCertificate;
  }

  readonly keysOf = ({ collection, object, type }: StoreChange): readonly string[] => {
    if (collection === collectionAt(NAMESPACES)) return [object.metadata.name];
    const { namespace } = object.metadata;
    if (namespace === undefined) return [];
    if (type === 'DELETED' || (collection === collectionAt(SERVICE_ACCOUNTS) && object.metadata.name === 'default'))
      return [namespace];
    return [];
  };

  readonly reconcile = (name: string): number | null => {
    const namespace = this.#client.find(NAMESPACES, { namespace: null, name });
    if (namespace === null) return null;
    if (isTerminating(namespace)) this.#empty(namespace);
    else this.#furnish(name);
    return null;
  };

  #furnish(namespace: string): void {
    if (this.#client.find(SERVICE_ACCOUNTS, { namespace, name: 'default' }) === null) {
      this.#client.create(SERVICE_ACCOUNTS, { metadata: { name: 'default', namespace } });
    }
    if (this.#client.find(CONFIG_MAPS, { namespace, name: ROOT_CERTIFICATES }) === null) {
      this.#client.create(CONFIG_MAPS, {
        metadata: { name: ROOT_CERTIFICATES, namespace },
        data: { 'ca.crt': this.#rootCertificate },
      });
    }
  }

  /** Pods go with their grace; what has finalizers keeps the namespace until they are gone. */
  #empty(namespace: StoredObject): void {
    const { name } = namespace.metadata;
    let left = 0;
    for (const type of this.#client.api.registry.all()) {
      if (!type.namespaced || type.view !== null) continue;
      for (const object of this.#client.api.store.list(collectionOf(type), name)) {
        if (!isTerminating(object)) this.#client.delete(type, keyOf(object), { uid: object.metadata.uid });
        if (this.#client.api.store.get(collectionOf(type), keyOf(object)) !== null) left += 1;
      }
    }
    // News of the end may come in while it ends; they go with it.
    if (left > 0 || listAt(namespace, 'spec', 'finalizers').length === 0) return;
    this.#client.replace(
      NAMESPACES,
      withField(namespace, 'spec', { ...objectAt(namespace, 'spec'), finalizers: [] }),
      'finalize',
    );
  }
}

export class DefinitionController implements Controller {
  readonly name = 'definition';
  readonly #client: ModelClient;

  constructor(client: ModelClient) {
    this.#client = client.as('customresourcedefinition-controller', 'kube-apiserver');
  }

  readonly keysOf = ({ collection, object, type }: StoreChange): readonly string[] => {
    if (collection === collectionAt(DEFINITIONS)) return [object.metadata.name];
    if (type !== 'DELETED') return [];
    const [group = '', plural = ''] = collection.split('/');
    return this.#client.find(DEFINITIONS, { namespace: null, name: `${plural}.${group}` }) === null ? [] : [`${plural}.${group}`];
  };

  readonly reconcile = (name: string): number | null => {
    const definition = this.#client.find(DEFINITIONS, { namespace: null, name });
    if (definition === null) return null;
    if (isTerminating(definition)) this.#empty(definition);
    else this.#accept(definition);
    return null;
  };

  #accept(definition: StoredObject): void {
    const key = keyOf(definition);
    const accepted = { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' };
    const established = {
      type: 'Established',
      status: 'True',
      reason: 'InitialNamesAccepted',
      message: 'the initial names have been accepted',
    };
    const storedVersions = listAt(definition, 'spec', 'versions').flatMap((version) => {
      const { storage, name } = objectAt(version);
      return storage === true ? [name] : [];
    });
    const acceptedNames = objectAt(definition, 'spec', 'names');
    const before = objectAt(definition, 'status');
    if (sameJson(before['acceptedNames'], acceptedNames) && sameJson(before['storedVersions'], storedVersions)) return;
    const conditions = [accepted, established].map((condition) => ({ lastTransitionTime: this.#client.nowText, ...condition }));
    this.#client.mergeStatus(DEFINITIONS, key, { conditions, acceptedNames, storedVersions });
  }

  #empty(definition: StoredObject): void {
    const { finalizers = [] } = definition.metadata;
    if (!finalizers.includes(CLEANUP)) return;
    const collection = `${String(objectAt(definition, 'spec')['group'])}/${String(objectAt(definition, 'spec', 'names')['plural'])}`;
    const type = this.#client.api.registry.all().find((one) => collectionOf(one) === collection);
    const objects = type === undefined ? [] : this.#client.api.store.list(collection, null);
    for (const object of objects) {
      if (type !== undefined && !isTerminating(object)) this.#client.delete(type, keyOf(object), { uid: object.metadata.uid });
    }
    if (this.#client.api.store.list(collection, null).length > 0) return;
    this.#client.merge(DEFINITIONS, keyOf(definition), { metadata: { finalizers: finalizers.filter((one) => one !== CLEANUP) } });
  }
}

/** Events are news: after an hour they go. */
export class EventExpiry implements Controller {
  readonly name = 'event-expiry';
  readonly #client: ModelClient;

  constructor(client: ModelClient) {
    this.#client = client.as('event-expiry');
  }

  readonly keysOf = ({ collection, object, type }: StoreChange): readonly string[] => {
    if (collection !== collectionAt(EVENTS) || type === 'DELETED') return [];
    return [`${object.metadata.namespace ?? ''}/${object.metadata.name}`];
  };

  readonly reconcile = (key: string): number | null => {
    const [namespace = '', name = ''] = key.split('/');
    const event = this.#client.find(EVENTS, { namespace, name });
    if (event === null) return null;
    const leftMs = lastWriteMs(event) + EVENT_LIFE_MS - this.#client.nowMs;
    if (leftMs > 0) return leftMs;
    this.#client.delete(EVENTS, { namespace, name }, { uid: event.metadata.uid });
    return null;
  };
}

const EVENT_LIFE_MS = 3_600_000;

function lastWriteMs({ metadata }: StoredObject): number {
  const times = (metadata.managedFields ?? []).map(({ time }) => Date.parse(time));
  return Math.max(Date.parse(metadata.creationTimestamp), ...times);
}
