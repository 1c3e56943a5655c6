/**
 * The part of a pod that a user may shape. What would break a rule of ours cannot be said: no containers, no volumes, no root user, no
 * labels and annotations of ours.
 */
import { z } from 'zod';
import { bytes, cpu } from './quantity-field.ts';
import { field } from './schema.ts';
import type { ValidationRule } from './schema.ts';
import { MEMORY_LIMIT_MIN } from './sizing.ts';

export const DEFAULT_CPU_REQUEST = '100m';
export const DEFAULT_MEMORY_LIMIT = '512Mi';
export const DEFAULT_TERMINATION_GRACE_PERIOD_SECONDS = 30;

const objectOfAnything = () => z.record(z.string(), z.unknown());
/** User and group ids are 1 to 2^31-1 here: 0 is root, which the pods never are. */
const unixId = () => z.int().min(1).max(2_147_483_647);

const reservedKeyRule = (kind: string): ValidationRule => ({
  rule: "self.all(key, !key.startsWith('quorate.io/') && !key.startsWith('app.kubernetes.io/'))",
  message: `${kind} under quorate.io/ and app.kubernetes.io/ are the operator's own: it finds its pods by them`,
  reason: 'FieldValueForbidden',
});

const metadataSchema = z.object({
  labels: field(z.record(z.string(), z.string().max(63)).optional(), 'More labels of the pods.', {
    rules: [reservedKeyRule('labels')],
    maxProperties: 64,
  }),
  annotations: field(z.record(z.string(), z.string()).optional(), 'More annotations of the pods.', {
    rules: [reservedKeyRule('annotations')],
    maxProperties: 64,
  }),
});

const requestsSchema = z.object({
  cpu: field(cpu().default(DEFAULT_CPU_REQUEST), 'CPU that the scheduler sets aside for a member.'),
  memory: field(bytes().optional(), 'Memory that the scheduler sets aside for a member. Without it the memory limit.'),
  'ephemeral-storage': field(bytes().optional(), 'Local disk that the scheduler sets aside; members write to their volume only.'),
});

const limitsSchema = z.object({
  cpu: field(
    cpu().optional(),
    'CPU beyond which a member is slowed down. Without it there is no limit, which keeps elections punctual.',
  ),
  memory: field(
    bytes().default(DEFAULT_MEMORY_LIMIT),
    'Memory beyond which a member is killed. How much data a member may hold follows from it, see spec.limits.maxDataBytes.',
    {
      rules: [
        {
          rule: `!isQuantity(self) || quantity(self).compareTo(quantity('${MEMORY_LIMIT_MIN}')) >= 0`,
          message: `the memory limit is at least ${MEMORY_LIMIT_MIN}: with less there is no room for data beside the runtime`,
        },
      ],
    },
  ),
  'ephemeral-storage': field(bytes().optional(), 'Local disk beyond which a pod is evicted.'),
});

const resourceRules: readonly ValidationRule[] = [
  {
    rule: '!has(self.requests.memory) || !isQuantity(self.requests.memory) || !isQuantity(self.limits.memory) || quantity(self.requests.memory).compareTo(quantity(self.limits.memory)) <= 0',
    message: 'requests.memory is at most limits.memory (which is 512Mi unless set)',
    fieldPath: '.requests.memory',
  },
  {
    rule: '!has(self.limits.cpu) || !isQuantity(self.requests.cpu) || !isQuantity(self.limits.cpu) || quantity(self.requests.cpu).compareTo(quantity(self.limits.cpu)) <= 0',
    message: 'requests.cpu (100m unless set) is at most limits.cpu',
    fieldPath: '.requests.cpu',
  },
];

const resourcesSchema = z.object({
  requests: field(requestsSchema.prefault({}), 'What the scheduler sets aside for a member.'),
  limits: field(limitsSchema.prefault({}), 'What a member may use at most.'),
});

const tolerationSchema = z.object({
  key: field(z.string().max(317).optional(), 'Key of the taint; without it every key, with operator Exists.'),
  operator: field(z.enum(['Exists', 'Equal']).optional(), 'How key and value are compared; Equal unless set.'),
  value: field(z.string().max(63).optional(), 'Value of the taint, with operator Equal.'),
  effect: field(
    z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
    'Effect of the taint; without it every effect.',
  ),
  tolerationSeconds: field(
    z.int().min(0).optional(),
    'With effect NoExecute: seconds for which the taint is tolerated; without it for ever.',
    {
      format: 'int64',
    },
  ),
});

const securityContextSchema = z.object({
  runAsUser: field(unixId().optional(), 'User id of the process; never 0.', { format: 'int64' }),
  runAsGroup: field(unixId().optional(), 'Group id of the process; never 0.', { format: 'int64' }),
  fsGroup: field(unixId().optional(), 'Group that owns the volume; never 0.', { format: 'int64' }),
  fsGroupChangePolicy: field(z.enum(['OnRootMismatch', 'Always']).optional(), 'When the ownership of the volume is changed.'),
  supplementalGroups: field(z.array(unixId()).max(32).optional(), 'More groups of the process; never 0.', { listType: 'atomic' }),
});

const podSpecSchema = z.object({
  resources: field(resourcesSchema.prefault({}), 'Requests and limits of the member.', { rules: resourceRules }),
  affinity: field(
    objectOfAnything().optional(),
    "Affinity of the pods, as in a pod's spec. It takes the place of the operator's own, which prefers a node for each member.",
    { preserveUnknownFields: true },
  ),
  tolerations: field(z.array(tolerationSchema).max(64).optional(), 'Taints that the pods tolerate.', { listType: 'atomic' }),
  nodeSelector: field(z.record(z.string(), z.string().max(63)).optional(), 'Labels of the nodes that the pods may run on.', {
    mapType: 'atomic',
    maxProperties: 64,
  }),
  topologySpreadConstraints: field(
    z.array(objectOfAnything()).max(16).optional(),
    "How the pods spread over nodes and zones, as in a pod's spec. They take the place of the operator's own.",
    { listType: 'atomic' },
  ),
  priorityClassName: field(z.string().min(1).max(253).optional(), 'PriorityClass of the pods.'),
  imagePullSecrets: field(
    z
      .array(z.object({ name: field(z.string().min(1).max(253), 'Name of a Secret in the namespace of the StorageCluster.') }))
      .max(16)
      .optional(),
    'Secrets with which the image is pulled.',
    { listType: 'map', listMapKeys: ['name'] },
  ),
  securityContext: field(
    securityContextSchema.optional(),
    'User and groups of the pods. The rest is fixed, so that every pod passes the restricted Pod Security Standard.',
  ),
  terminationGracePeriodSeconds: field(
    z.int().min(5).max(3600).default(DEFAULT_TERMINATION_GRACE_PERIOD_SECONDS),
    'Seconds that a pod has for handing leadership over and draining before it is killed.',
    { format: 'int64' },
  ),
});

export const podTemplateSchema = z.object({
  metadata: field(metadataSchema.prefault({}), 'Labels and annotations that are added to the pods.'),
  spec: field(podSpecSchema.prefault({}), "The part of a pod's spec that may be chosen."),
});
