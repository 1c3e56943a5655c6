/**
 * The StorageCluster resource (`kubectl get stc`): its types, its reading, and its names. Every other room takes them from here.
 */
import type { z } from 'zod';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { API_VERSION, KIND } from './constants.ts';
import { storageClusterSpecSchema } from './storage-cluster-spec.ts';
import type { StorageClusterSpec, StorageClusterSpecInput } from './storage-cluster-spec.ts';
import { storageClusterStatusSchema } from './storage-cluster-status.ts';
import type { StorageClusterStatus } from './storage-cluster-status.ts';

export * from './conditions.ts';
export * from './constants.ts';
export * from './storage-cluster-spec.ts';
export * from './storage-cluster-status.ts';

/** The part of Kubernetes' ObjectMeta that we read. */
export interface ResourceMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation: number;
  readonly creationTimestamp?: string | undefined;
  readonly deletionTimestamp?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** As read: defaults filled in. */
export interface StorageCluster {
  readonly apiVersion: typeof API_VERSION;
  readonly kind: typeof KIND;
  readonly metadata: ResourceMetadata;
  readonly spec: StorageClusterSpec;
  readonly status?: StorageClusterStatus | undefined;
}

/** The spec with every default filled in: for tests and for callers that make a resource. @throws when `input` is invalid. */
export function defaultSpec(input: StorageClusterSpecInput = {}): StorageClusterSpec {
  return storageClusterSpecSchema.parse(input);
}

/** Reads a spec that may have come past the API server's defaults and rules. The reason names each field. */
export function parseSpec(value: unknown): Result<StorageClusterSpec, string> {
  const parsed = storageClusterSpecSchema.safeParse(value ?? {});
  return parsed.success ? succeed(parsed.data) : refuse(reasonOf('spec', parsed.error));
}

/** Reads a status. Absent is empty. */
export function parseStatus(value: unknown): Result<StorageClusterStatus, string> {
  const parsed = storageClusterStatusSchema.safeParse(value ?? {});
  return parsed.success ? succeed(parsed.data as StorageClusterStatus) : refuse(reasonOf('status', parsed.error));
}

function reasonOf(root: string, error: z.ZodError): string {
  return error.issues.map((issue) => `${[root, ...issue.path].map(String).join('.')}: ${issue.message}`).join('; ');
}
