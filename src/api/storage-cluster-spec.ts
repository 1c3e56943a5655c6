/**
 * What a user asks for. Defaults and rules stand here once: the API server applies them (as CRD defaults and CEL), and `parseSpec` applies
 * them again, because a resource may have been stored by an older CRD or past its validation. Everything that this version does not do is
 * refused with the reason, never ignored.
 */
import { z } from 'zod';
import { field } from './schema.ts';
import type { DeepReadonly } from './schema.ts';

export const REPLICA_COUNTS = [1, 3, 5, 7] as const;
export const UPDATE_STRATEGIES = ['Rolling', 'OnDelete', 'Paused'] as const;
export const RETENTION_POLICIES = ['Retain', 'Delete'] as const;
export const IMAGE_PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'] as const;
export const PROTOCOLS = ['Raft'] as const;

export const DEFAULT_STORAGE_SIZE = '10Gi';
export const DEFAULT_MEMORY_LIMIT = '512Mi';
export const DEFAULT_CPU_REQUEST = '100m';
export const DEFAULT_TERMINATION_GRACE_PERIOD_SECONDS = 30;
/** Below this no spec has room for the log, a snapshot and the reserve of S17. */
export const STORAGE_SIZE_MIN = '1Gi';

const quantityPattern = /^[0-9]+(\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]{1,2})?$/;
const quantity = () => z.string().max(32).regex(quantityPattern);
const objectOfAnything = () => z.record(z.string(), z.unknown());

const storageSchema = z.object({
  size: field(quantity().default(DEFAULT_STORAGE_SIZE), "Size of each member's volume."),
  storageClassName: field(z.string().min(1).max(253).optional(), 'StorageClass of the volumes.'),
  retention: field(
    z
      .object({
        whenScaled: field(z.enum(RETENTION_POLICIES).default('Retain'), 'Volumes of members that a scale-in removed.'),
        whenDeleted: field(z.enum(RETENTION_POLICIES).default('Retain'), 'Volumes of a StorageCluster that is deleted.'),
      })
      .prefault({}),
    'What becomes of volumes.',
  ),
});

const resourcesSchema = z.object({
  requests: field(
    z
      .object({
        cpu: field(quantity().default(DEFAULT_CPU_REQUEST), 'CPU.'),
        memory: field(quantity().optional(), 'Memory.'),
        'ephemeral-storage': field(quantity().optional(), 'Local disk.'),
      })
      .prefault({}),
    'Requests.',
  ),
  limits: field(
    z
      .object({
        cpu: field(quantity().optional(), 'CPU.'),
        memory: field(quantity().default(DEFAULT_MEMORY_LIMIT), 'Memory.'),
        'ephemeral-storage': field(quantity().optional(), 'Local disk.'),
      })
      .prefault({}),
    'Limits.',
  ),
});

const tolerationSchema = z.object({
  key: field(z.string().max(317).optional(), 'Taint key.'),
  operator: field(z.enum(['Exists', 'Equal']).optional(), 'Relation.'),
  value: field(z.string().max(63).optional(), 'Taint value.'),
  effect: field(z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(), 'Taint effect.'),
  tolerationSeconds: field(z.int().min(0).optional(), 'Seconds.'),
});

const podSecurityContextSchema = z.object({
  runAsUser: field(z.int().min(1).optional(), 'User.'),
  runAsGroup: field(z.int().min(1).optional(), 'Group.'),
  fsGroup: field(z.int().min(1).optional(), 'Group of the volume.'),
  fsGroupChangePolicy: field(z.enum(['OnRootMismatch', 'Always']).optional(), 'Change policy.'),
  supplementalGroups: field(z.array(z.int().min(1)).max(32).optional(), 'More groups.'),
});

const podTemplateSchema = z.object({
  metadata: field(
    z
      .object({
        labels: field(z.record(z.string(), z.string().max(63)).optional(), 'Labels.'),
        annotations: field(z.record(z.string(), z.string()).optional(), 'Annotations.'),
      })
      .prefault({}),
    'Metadata.',
  ),
  spec: field(
    z
      .object({
        resources: field(resourcesSchema.prefault({}), 'Resources.'),
        affinity: field(objectOfAnything().optional(), 'Affinity.', { preserveUnknownFields: true }),
        tolerations: field(z.array(tolerationSchema).max(64).optional(), 'Tolerations.'),
        nodeSelector: field(z.record(z.string(), z.string()).optional(), 'Node selector.'),
        topologySpreadConstraints: field(z.array(objectOfAnything()).max(16).optional(), 'Spread.'),
        priorityClassName: field(z.string().max(253).optional(), 'Priority class.'),
        imagePullSecrets: field(
          z
            .array(z.object({ name: field(z.string().min(1).max(253), 'Name.') }))
            .max(16)
            .optional(),
          'Pull secrets.',
        ),
        securityContext: field(podSecurityContextSchema.optional(), 'Security context.'),
        terminationGracePeriodSeconds: field(
          z.int().min(5).max(3600).default(DEFAULT_TERMINATION_GRACE_PERIOD_SECONDS),
          'Grace.',
        ),
      })
      .prefault({}),
    'Spec.',
  ),
});

export const storageClusterSpecSchema = z.object({
  replicas: field(z.literal(REPLICA_COUNTS).default(3), 'Voting members of a shard.'),
  version: field(z.string().min(1).max(64).optional(), 'Version.'),
  image: field(z.string().min(1).max(512).optional(), 'Image.'),
  imagePullPolicy: field(z.enum(IMAGE_PULL_POLICIES).default('IfNotPresent'), 'Pull policy.'),
  replication: field(z.object({ protocol: field(z.enum(PROTOCOLS).default('Raft'), 'Protocol.') }).prefault({}), 'Replication.'),
  storage: field(storageSchema.prefault({}), 'Storage.'),
  update: field(z.object({ strategy: field(z.enum(UPDATE_STRATEGIES).default('Rolling'), 'Strategy.') }).prefault({}), 'Update.'),
  hibernate: field(z.boolean().default(false), 'Hibernate.'),
  auth: field(z.object({ enabled: field(z.boolean().default(true), 'Enabled.') }).prefault({}), 'Auth.'),
  adoptClusterId: field(z.string().min(1).max(63).optional(), 'Cluster id to adopt.'),
  limits: field(
    z
      .object({
        maxDataBytes: field(quantity().optional(), 'Bytes of keys and values.'),
        maxClients: field(z.int().min(1).max(100_000).optional(), 'Client connections a member.'),
      })
      .prefault({}),
    'Limits.',
  ),
  podTemplate: field(podTemplateSchema.prefault({}), 'Pod template.'),
});

/** With every default filled in. */
export type StorageClusterSpec = DeepReadonly<z.output<typeof storageClusterSpecSchema>>;
/** As a user writes it. */
export type StorageClusterSpecInput = DeepReadonly<z.input<typeof storageClusterSpecSchema>>;
export type PodTemplate = StorageClusterSpec['podTemplate'];
export type ReplicaCount = (typeof REPLICA_COUNTS)[number];
export type UpdateStrategy = (typeof UPDATE_STRATEGIES)[number];
export type RetentionPolicy = (typeof RETENTION_POLICIES)[number];
