/** A kind that the API serves: where it lives, what its objects look like, and its own rules about them. */
import type { FieldError } from './failure.ts';
import type { JsonObject } from './json.ts';
import type { StoredObject } from './objects.ts';
import type { Store } from './store.ts';
import type { Shape } from './types/shape.ts';

/** What the rules of a kind may ask of the world. */
export interface KindWorld {
  readonly store: Store;
  readonly nowMs: number;
  readonly nowText: string;
  /** Of `10.96.0.0/16`, not taken yet. */
  allocateClusterIp(): string;
  /** Of 30000 to 32767, not taken yet. */
  allocateNodePort(): number;
}

/** Objects on their way in: not yet stored, so not all metadata are there. */
export type IncomingObject = JsonObject;

export interface Decoding {
  readonly object: IncomingObject;
  readonly unknown: readonly string[];
}

export interface KindRules {
  /** Drops what the kind does not know. @throws ApiFailure 400 for wrong types */
  readonly decode: (object: IncomingObject) => Decoding;
  /** Fills in what was left out. */
  readonly withDefaults: (object: IncomingObject) => IncomingObject;
  readonly prepareCreate?: (object: IncomingObject, world: KindWorld) => IncomingObject;
  readonly prepareUpdate?: (object: IncomingObject, before: StoredObject, world: KindWorld) => IncomingObject;
  /** What is wrong with the object, whatever was before. */
  readonly errors: (object: IncomingObject, before: StoredObject | null) => readonly FieldError[];
  /** What must not change; asked on updates of the object itself, not of its status. */
  readonly updateErrors?: (object: IncomingObject, before: StoredObject) => readonly FieldError[];
}

export interface ScalePaths {
  readonly specReplicas: readonly string[];
  readonly statusReplicas: readonly string[];
  /** Where the object tells its selector: as text, or as a LabelSelector. */
  readonly selector: readonly string[] | null;
}

/** A kind that is another way to look at the objects of a collection. */
export interface View {
  readonly collection: string;
  readonly toStored: (object: JsonObject) => JsonObject;
  readonly fromStored: (object: JsonObject) => JsonObject;
}

export type NameRule = 'subdomain' | 'label' | 'service' | 'segment';

export interface ResourceType {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly listKind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly shape: Shape;
  readonly hasStatus: boolean;
  /** Fields beside metadata and status whose change raises the generation; null: the kind has no generation. */
  readonly generation: 'spec' | 'all-but-status' | null;
  readonly scale: ScalePaths | null;
  /** Beside `status` and `scale`. */
  readonly subresources: readonly string[];
  readonly nameRule: NameRule;
  /** A custom kind: no strategic merge patches, and a PUT has to name the version that it replaces. */
  readonly custom: boolean;
  readonly selectableFields: readonly string[];
  /** What a DELETE answers for an object that is gone at once: the object, or a Status. */
  readonly returnsDeleted: boolean;
  readonly view: View | null;
  readonly rules: KindRules;
}

export function apiVersionOf({ group, version }: { readonly group: string; readonly version: string }): string {
  return group === '' ? version : `${group}/${version}`;
}

export function collectionOf({
  group,
  plural,
  view,
}: Pick<ResourceType, 'group' | 'plural'> & Partial<Pick<ResourceType, 'view'>>): string {
  return view?.collection ?? `${group}/${plural}`;
}
