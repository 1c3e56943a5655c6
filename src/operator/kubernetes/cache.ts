/** What a reconcile reads: the objects of one kind as the reflector last saw them. Frozen, and possibly stale (research trap 1). */
import type { KubernetesObject, StoredMetadata } from './objects.ts';

export type StoredObject = KubernetesObject & { readonly metadata: StoredMetadata };

export interface ObjectCache<Kind extends KubernetesObject> {
  /** True once a first list came in whole: before that, absence means nothing. */
  readonly synced: boolean;
  get(namespace: string, name: string): Kind | null;
  /** Those that carry the label `quorate.io/cluster` with this value, by name. */
  ofCluster(namespace: string, clusterName: string): readonly Kind[];
  /** All of them, in no order. */
  all(): readonly Kind[];
}
