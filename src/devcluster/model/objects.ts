/** Objects as the API stores them, and the parts of their metadata that the API itself keeps. */
import type { JsonObject } from './json.ts';

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean | undefined;
  readonly blockOwnerDeletion?: boolean | undefined;
}

export interface ManagedFieldsEntry {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly time: string;
  readonly fieldsType: 'FieldsV1';
  readonly fieldsV1: JsonObject;
  readonly subresource?: string | undefined;
}

export interface Metadata {
  readonly name: string;
  readonly generateName?: string | undefined;
  readonly namespace?: string | undefined;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation?: number | undefined;
  readonly creationTimestamp: string;
  readonly deletionTimestamp?: string | undefined;
  readonly deletionGracePeriodSeconds?: number | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly ownerReferences?: readonly OwnerReference[] | undefined;
  readonly finalizers?: readonly string[] | undefined;
  readonly managedFields?: readonly ManagedFieldsEntry[] | undefined;
}

/** An object as stored. The fields beside `metadata` are its kind's. */
export interface StoredObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

export interface ObjectKey {
  /** Null for kinds without a namespace. */
  readonly namespace: string | null;
  readonly name: string;
}

export function keyOf({ metadata }: { readonly metadata: Pick<Metadata, 'name' | 'namespace'> }): ObjectKey {
  return { namespace: metadata.namespace ?? null, name: metadata.name };
}

export function controllerOf({ metadata }: { readonly metadata: Pick<Metadata, 'ownerReferences'> }): OwnerReference | null {
  return metadata.ownerReferences?.find(({ controller }) => controller === true) ?? null;
}

export function isTerminating({ metadata }: { readonly metadata: Pick<Metadata, 'deletionTimestamp'> }): boolean {
  return metadata.deletionTimestamp !== undefined;
}

/** RFC 3339 to the second, as Kubernetes writes `Time`. */
export function timeText(wallMs: number): string {
  return new Date(Math.floor(wallMs / 1_000) * 1_000).toISOString().replace('.000Z', 'Z');
}

/** RFC 3339 with six digits of a second, as Kubernetes writes `MicroTime`. */
export function microTimeText(wallMs: number): string {
  return new Date(wallMs).toISOString().replace('Z', '000Z');
}
