/**
 * The StorageCluster resource (`kubectl get stc`): its types, its reading, and its names. Every other room takes them from here.
 */
import { z } from 'zod';
import { BUILD_VERSION } from '../shared/build.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { API_VERSION, KIND } from './constants.ts';
import { storageClusterSpecSchema } from './storage-cluster-spec.ts';
import type { StorageClusterSpec, StorageClusterSpecInput } from './storage-cluster-spec.ts';
import { storageClusterStatusSchema } from './storage-cluster-status.ts';
import type { StorageClusterStatus } from './storage-cluster-status.ts';

export * from './conditions.ts';
export * from './constants.ts';
export * from './event-reasons.ts';
export * from './phase.ts';
export * from './pod-template.ts';
export * from './quantity.ts';
export * from './sizing.ts';
export * from './storage-cluster-spec.ts';
export * from './storage-cluster-status.ts';

const stringMap = () => z.record(z.string(), z.string());

/** The part of Kubernetes' ObjectMeta that we read. */
const metadataSchema = z.object({
  name: z.string().min(1),
  namespace: z.string().min(1),
  uid: z.string().min(1),
  resourceVersion: z.string().min(1),
  generation: z.int().min(0),
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().optional(),
  labels: stringMap().optional(),
  annotations: stringMap().optional(),
});

export type ResourceMetadata = Readonly<z.output<typeof metadataSchema>>;

/** As read: defaults filled in. */
export interface StorageCluster {
  readonly apiVersion: typeof API_VERSION;
  readonly kind: typeof KIND;
  readonly metadata: ResourceMetadata;
  readonly spec: StorageClusterSpec;
  readonly status?: StorageClusterStatus | undefined;
}

/**
 * The spec with every default filled in, of this build's own version unless `input` names a version or an image: for whoever makes a
 * resource. @throws ZodError when `input` is invalid.
 */
export function defaultSpec(input: StorageClusterSpecInput = {}): StorageClusterSpec {
  const named = input.version !== undefined || input.image !== undefined;
  return storageClusterSpecSchema.parse(named ? input : { ...input, version: BUILD_VERSION });
}

/**
 * Reads a spec that may have come past the API server's defaults and rules: fills in what is missing, and refuses what nobody could act
 * on; the reason names each field. It is more lenient than the CRD: a rule that only a change can break, or that a running cluster has
 * already broken, does not take the operator away from that cluster.
 */
export function parseSpec(value: unknown): Result<StorageClusterSpec, string> {
  const parsed = storageClusterSpecSchema.safeParse(value ?? {});
  return parsed.success ? succeed(parsed.data) : refuse(reasonOf('spec', parsed.error));
}

/**
 * Reads a status; absent is empty. Conditions and gates of a newer operator pass through: they are read by equality only. A status that
 * cannot be read is refused as a whole: identity and founding (S5, S6) are never guessed from half a record.
 */
export function parseStatus(value: unknown): Result<StorageClusterStatus, string> {
  const parsed = storageClusterStatusSchema.safeParse(value ?? {});
  return parsed.success ? succeed(parsed.data as StorageClusterStatus) : refuse(reasonOf('status', parsed.error));
}

export function parseMetadata(value: unknown): Result<ResourceMetadata, string> {
  const parsed = metadataSchema.safeParse(value);
  return parsed.success ? succeed(parsed.data) : refuse(reasonOf('metadata', parsed.error));
}

/** Reads a whole resource, as the API server sends it. The reason is that of the first part that cannot be read. */
export function parseStorageCluster(value: unknown): Result<StorageCluster, string> {
  const parsed = z
    .object({ metadata: z.unknown(), spec: z.unknown().optional(), status: z.unknown().optional() })
    .safeParse(value);
  if (!parsed.success) return refuse(reasonOf('StorageCluster', parsed.error));
  const metadata = parseMetadata(parsed.data.metadata);
  if (!metadata.ok) return metadata;
  const spec = parseSpec(parsed.data.spec);
  if (!spec.ok) return spec;
  const resource = { apiVersion: API_VERSION, kind: KIND, metadata: metadata.value, spec: spec.value } as const;
  if (parsed.data.status === undefined) return succeed(resource);
  const status = parseStatus(parsed.data.status);
  return status.ok ? succeed({ ...resource, status: status.value }) : status;
}

function reasonOf(root: string, error: z.ZodError): string {
  return error.issues.map((issue) => `${[root, ...issue.path].map(String).join('.')}: ${issue.message}`).join('; ');
}
