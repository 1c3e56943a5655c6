/**
 * What the fields of a kind look like and how its lists merge: of built-in kinds from a table, of custom ones from their schema. Server-side
 * apply, strategic merge patches and the pruning of unknown fields all read this.
 */
export type ScalarType =
  'string' | 'integer' | 'number' | 'boolean' | 'time' | 'microTime' | 'quantity' | 'intOrString' | 'bytes';

export type ListType =
  | { readonly type: 'atomic' }
  | { readonly type: 'set' }
  | { readonly type: 'map'; readonly keys: readonly string[]; readonly defaults: Readonly<Record<string, unknown>> };

/** How a strategic merge patch treats a list: as a whole, as a set, or by a key of its items. */
export type PatchMerge = { readonly by: 'whole' } | { readonly by: 'value' } | { readonly by: 'key'; readonly key: string };

export interface StructShape {
  readonly kind: 'struct';
  /** As the API's documents call it, such as `PodSpec`; null for a custom kind's. */
  readonly name: string | null;
  readonly fields: ReadonlyMap<string, Shape>;
  readonly atomic: boolean;
  /** Unknown fields are kept. */
  readonly open: boolean;
}

export interface ListShape {
  readonly kind: 'list';
  readonly items: Shape;
  readonly list: ListType;
  readonly patch: PatchMerge;
  readonly retainKeys: boolean;
}

export interface MapShape {
  readonly kind: 'map';
  readonly values: Shape;
  readonly atomic: boolean;
}

/** `any`: nothing is known, and everything is kept. `reference`: looked up when it is needed, because types nest in circles. */
export type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'scalar'; readonly type: ScalarType }
  | StructShape
  | MapShape
  | ListShape
  | { readonly kind: 'reference'; readonly resolve: () => Shape; readonly retainKeys: boolean };

export type ResolvedShape = Exclude<Shape, { readonly kind: 'reference' }>;

export const ANY: ResolvedShape = { kind: 'any' };

export function resolved(shape: Shape): ResolvedShape {
  let current = shape;
  while (current.kind === 'reference') current = current.resolve();
  return current;
}

/** What is known of a field of this shape. */
export function shapeOfField(shape: Shape, name: string): Shape {
  const known = resolved(shape);
  if (known.kind === 'struct') return known.fields.get(name) ?? ANY;
  return known.kind === 'map' ? known.values : ANY;
}
