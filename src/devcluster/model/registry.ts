/** The kinds that the API serves now: the built-in ones, and those of the CustomResourceDefinitions that are stored. */
import { BUILTIN_KINDS } from './kinds/builtin-kinds.ts';
import { customKinds } from './kinds/custom-definition.ts';
import { apiVersionOf } from './resource-type.ts';
import type { ResourceType } from './resource-type.ts';
import type { Store, StoreChange } from './store.ts';

export const DEFINITIONS = 'apiextensions.k8s.io/customresourcedefinitions';

export class Registry {
  readonly #byPlace = new Map<string, ResourceType>();
  readonly #byKind = new Map<string, ResourceType>();
  readonly #custom = new Map<string, readonly ResourceType[]>();

  constructor(store: Store) {
    for (const type of BUILTIN_KINDS) this.#add(type);
    for (const definition of store.list(DEFINITIONS, null)) this.#define(definition.metadata.name, customKinds(definition));
    store.onChange((change) => this.#follow(change));
  }

  /** Null when nothing is served there. */
  at(group: string, version: string, plural: string): ResourceType | null {
    return this.#byPlace.get(`${group}/${version}/${plural}`) ?? null;
  }

  ofKind(apiVersion: string, kind: string): ResourceType | null {
    return this.#byKind.get(`${apiVersion} ${kind}`) ?? null;
  }

  serves(group: string, version: string): boolean {
    return this.all().some((type) => type.group === group && type.version === version);
  }

  all(): readonly ResourceType[] {
    return [...this.#byPlace.values()];
  }

  #follow({ collection, type, object, previous }: StoreChange): void {
    if (collection !== DEFINITIONS) return;
    const { name } = object.metadata;
    if (type === 'DELETED') this.#define(name, []);
    // Its status changes often, its kinds seldom.
    else if (object['spec'] !== previous?.['spec']) this.#define(name, customKinds(object));
  }

  #define(name: string, types: readonly ResourceType[]): void {
    for (const type of this.#custom.get(name) ?? []) {
      this.#byPlace.delete(`${type.group}/${type.version}/${type.plural}`);
      this.#byKind.delete(`${apiVersionOf(type)} ${type.kind}`);
    }
    this.#custom.set(name, types);
    for (const type of types) this.#add(type);
  }

  #add(type: ResourceType): void {
    this.#byPlace.set(`${type.group}/${type.version}/${type.plural}`, type);
    this.#byKind.set(`${apiVersionOf(type)} ${type.kind}`, type);
  }
}
