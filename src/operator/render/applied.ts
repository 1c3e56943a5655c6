/** Objects as they go out by server-side apply: exactly the fields that we own, and a hash of them. */
import { createHash } from 'node:crypto';
import type { StorageCluster } from '../../api/storage-cluster.ts';
import type { OwnerReference } from '../kubernetes/objects.ts';
import { APPLIED_ANNOTATION, childLabels, ownerReference } from './names.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export interface RenderedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
    readonly ownerReferences: readonly OwnerReference[];
  };
  readonly spec: JsonObject;
}

export function renderedObject(
  cluster: StorageCluster,
  type: { readonly apiVersion: string; readonly kind: string; readonly name: string },
  spec: JsonObject,
): RenderedObject {
  const labels = childLabels(cluster.metadata.name);
  return {
    apiVersion: type.apiVersion,
    kind: type.kind,
    metadata: {
      name: type.name,
      namespace: cluster.metadata.namespace,
      labels,
      annotations: { [APPLIED_ANNOTATION]: hashOf({ labels, spec }) },
      ownerReferences: [ownerReference(cluster)],
    },
    spec,
  };
}

/** 16 hex digits over the value as JSON, whatever the order of its fields. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 16);
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}
