/**
 * What a user asks for. Defaults and rules stand here once: the API server applies them, as CRD defaults and CEL. `parseSpec` fills the
 * defaults in again and refuses what nobody could act on, because a resource may have been stored by an older CRD or past its validation.
 * What this version does not do is refused with the reason, never ignored.
 */
import { z } from 'zod';
import { parseClusterId } from '../shared/ids.ts';
import type { ClusterId } from '../shared/ids.ts';
import { podTemplateSchema } from './pod-template.ts';
import { bytes } from './quantity-field.ts';
import { field } from './schema.ts';
import type { DeepReadonly, ValidationRule } from './schema.ts';
import { DATA_SHARE_OF_MEMORY, STORAGE_SIZE_MIN, VOLUME_BYTES_FIXED, VOLUME_BYTES_PER_DATA_BYTE } from './sizing.ts';

export const REPLICA_COUNTS = [1, 3, 5, 7] as const;
export const UPDATE_STRATEGIES = ['Rolling', 'OnDelete', 'Paused'] as const;
export const RETENTION_POLICIES = ['Retain', 'Delete'] as const;
export const IMAGE_PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'] as const;
export const PROTOCOLS = ['Raft'] as const;
export const DEFAULT_STORAGE_SIZE = '10Gi';

/** Also the tag of the image, so that `+` and build metadata are out. */
const versionPattern = '^[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?$';

const replicaRules: readonly ValidationRule[] = [
  {
    rule: 'self != 0',
    message:
      'replicas 0 would leave no member to keep the data; to stop all pods and keep their volumes, set spec.hibernate to true',
    reason: 'FieldValueForbidden',
  },
  {
    rule: 'self == 0 || self in [1, 3, 5, 7]',
    message:
      'replicas is 1, 3, 5 or 7: an even number of voters outlives no more failures than one voter less, and beyond 7 each write waits for too many',
  },
];

const storageSizeRules: readonly ValidationRule[] = [
  {
    rule: `!isQuantity(self) || quantity(self).compareTo(quantity('${STORAGE_SIZE_MIN}')) >= 0`,
    message: `storage.size is at least ${STORAGE_SIZE_MIN}: a volume keeps room for the log and for a snapshot, and a reserve of one more snapshot and two segments`,
  },
  {
    rule: '!isQuantity(self) || !isQuantity(oldSelf) || quantity(self).compareTo(quantity(oldSelf)) >= 0',
    message: 'storage.size only grows: a volume cannot be made smaller',
    messageExpression: '"storage.size only grows: a volume cannot be made smaller than its " + oldSelf',
    reason: 'FieldValueForbidden',
  },
];

const storageSchema = z.object({
  size: field(
    bytes().default(DEFAULT_STORAGE_SIZE),
    "Size of each member's volume, such as 10Gi. It only grows, and has room for three times the data that a member may hold (spec.limits.maxDataBytes) and 256Mi: the snapshot, the log since, and the reserve that keeps a full disk from stopping deletes and snapshots.",
    { rules: storageSizeRules },
  ),
  storageClassName: field(
    z.string().min(1).max(253).optional(),
    "StorageClass of the volumes; without it the cluster's default class. Cannot be changed: volumes do not move between classes.",
  ),
  retention: field(
    z
      .object({
        whenScaled: field(
          z.enum(RETENTION_POLICIES).default('Retain'),
          'Volumes of members that a scale-in removed. Retain: they stay, and a later scale-out sets their old content aside and joins them as new members. Delete: each goes once the removal of its member is committed.',
        ),
        whenDeleted: field(
          z.enum(RETENTION_POLICIES).default('Retain'),
          'Volumes when this StorageCluster is deleted. Retain: they stay, and a new StorageCluster opens them by spec.adoptClusterId. Delete: they go with it.',
        ),
      })
      .prefault({}),
    'What becomes of volumes that are no longer in use.',
  ),
});

const storageRules: readonly ValidationRule[] = [
  {
    rule: 'has(self.storageClassName) == has(oldSelf.storageClassName) && (!has(self.storageClassName) || self.storageClassName == oldSelf.storageClassName)',
    message: 'storage.storageClassName cannot be changed: volumes do not move between classes',
    reason: 'FieldValueForbidden',
    fieldPath: '.storageClassName',
  },
];

const canarySchema = z.object({
  steadySeconds: field(
    z.int().min(0).max(3600).default(10),
    'Seconds for which the first updated member has to be ready, and caught up by the word of the leader, before the next follows.',
    { format: 'int32' },
  ),
  deadlineSeconds: field(
    z.int().min(30).max(86_400).default(600),
    'Seconds that it has for that, from the creation of its pod or the beginning of its trial, whichever is later; after them it goes back.',
    { format: 'int32' },
  ),
});

const protocolRules: readonly ValidationRule[] = [
  {
    rule: "self == 'Raft'",
    message: 'this version replicates with Raft only; MultiPaxos, PrimaryReplica and ThreePhaseCommit come with later versions',
    reason: 'FieldValueForbidden',
  },
  {
    rule: 'self == oldSelf',
    message: 'replication.protocol cannot be changed: the logs on disk are written for one protocol',
    reason: 'FieldValueForbidden',
  },
];

const memoryLimit = 'self.podTemplate.spec.resources.limits.memory';
const memoryBytes = `quantity(${memoryLimit}).asApproximateFloat()`;
const dataBytes = `(has(self.limits.maxDataBytes) ? quantity(self.limits.maxDataBytes).asApproximateFloat() : ${memoryBytes} * ${DATA_SHARE_OF_MEMORY})`;
const areQuantities = `isQuantity(self.storage.size) && isQuantity(${memoryLimit}) && (!has(self.limits.maxDataBytes) || isQuantity(self.limits.maxDataBytes))`;
const volumeMin = `${dataBytes} * ${VOLUME_BYTES_PER_DATA_BYTE}.0 + ${VOLUME_BYTES_FIXED}.0`;

const specRules: readonly ValidationRule[] = [
  {
    rule: 'has(self.version) != has(self.image)',
    message:
      "set either spec.version (the tag in the operator's own image repository) or spec.image: members run exactly what the spec names, and with both set one would be ignored",
  },
  {
    rule: '!has(oldSelf.adoptClusterId) || (has(self.adoptClusterId) && self.adoptClusterId == oldSelf.adoptClusterId)',
    message: 'adoptClusterId cannot be changed once it is set: the volumes of one cluster were opened by it',
    reason: 'FieldValueForbidden',
    fieldPath: '.adoptClusterId',
  },
  {
    rule: `!(${areQuantities}) || !has(self.limits.maxDataBytes) || quantity(self.limits.maxDataBytes).asApproximateFloat() <= ${memoryBytes} * ${DATA_SHARE_OF_MEMORY}`,
    message:
      'limits.maxDataBytes is at most 40% of podTemplate.spec.resources.limits.memory: every member holds the same data, so they would run out of memory all at once',
    fieldPath: '.limits.maxDataBytes',
  },
  {
    rule: `!(${areQuantities}) || quantity(self.storage.size).asApproximateFloat() >= ${volumeMin}`,
    message:
      'storage.size has no room for the data: it needs three times limits.maxDataBytes (by default 40% of the memory limit) and 256Mi, for the snapshot, the log and the reserve',
    fieldPath: '.storage.size',
  },
];

export const storageClusterSpecSchema = field(
  z
    .object({
      replicas: field(
        z.literal(REPLICA_COUNTS).default(3),
        'Voting members of a shard: 1, 3, 5 or 7. A cluster outlives the failure of fewer than half of them. Every one holds all the data.',
        { rules: replicaRules, omit: ['enum'], type: 'integer', format: 'int32' },
      ),
      version: field(
        z.string().min(1).max(64).regex(new RegExp(versionPattern)).optional(),
        "Version that the members run: the tag of an image in the operator's own repository. A change rolls through the members, followers first, the leader last. Either this or spec.image.",
        {
          rules: [
            {
              rule: `self.matches('${versionPattern.replaceAll('\\', '\\\\')}')`,
              message:
                "version is a release such as 0.2.0 or 0.2.0-rc.1: it names the tag of the image in the operator's own repository",
            },
          ],
          omit: ['pattern'],
        },
      ),
      image: field(
        z.string().min(1).max(512).optional(),
        'Image that the members run, with its registry and tag or digest. Either this or spec.version.',
      ),
      imagePullPolicy: field(
        z.enum(IMAGE_PULL_POLICIES).default('IfNotPresent'),
        'When the node pulls the image: Always, IfNotPresent or Never.',
      ),
      replication: field(
        z
          .object({
            protocol: field(
              z.enum(PROTOCOLS).default('Raft'),
              'Protocol that replicates each write. This version does Raft: a write is acknowledged once a majority of the voters has it on disk. Cannot be changed.',
              { rules: protocolRules, omit: ['enum'] },
            ),
          })
          .prefault({}),
        'How members keep the same data.',
      ),
      storage: field(storageSchema.prefault({}), 'The volume of each member.', { rules: storageRules }),
      update: field(
        z
          .object({
            strategy: field(
              z.enum(UPDATE_STRATEGIES).default('Rolling'),
              'Rolling: the operator replaces one pod at a time while a quorum stands without it, the leader last. OnDelete: a pod takes the change when a person deletes it. Paused: pods that work stay as they are; broken ones still get the change.',
            ),
            canary: field(
              canarySchema.prefault({}),
              'With Rolling, the first follower that is updated is a trial. Until it has proven itself no other pod is touched; if it does not, it goes back to the template before, though spec stays as it is, and the condition Updated says why. Every new generation of spec tries again. A cluster of one has no follower to try with.',
            ),
          })
          .prefault({}),
        'How a change of version, image or podTemplate reaches the pods.',
      ),
      paused: field(
        z.boolean().default(false),
        'True: the operator changes nothing of this cluster, whatever happens to it, and only reports what it sees (and moves the role labels of the pods). The cluster serves all the same.',
      ),
      hibernate: field(
        z.boolean().default(false),
        'True: all pods go, volumes and Services stay, nothing is served. False again: all members start together on their volumes.',
      ),
      auth: field(
        z
          .object({
            enabled: field(
              z.boolean().default(true),
              'Whether clients authenticate (AUTH) with the password in the Secret <name>-client. False: whoever reaches port 6379 reads and writes. Cannot be changed.',
              {
                rules: [
                  {
                    rule: 'self == oldSelf',
                    message:
                      'auth.enabled cannot be changed: while the change rolls, members would disagree on who may speak to them',
                    reason: 'FieldValueForbidden',
                  },
                ],
              },
            ),
          })
          .prefault({}),
        'Who may speak to the members.',
      ),
      adoptClusterId: field(
        z
          .string()
          .min(1)
          .max(63)
          .refine((text): text is ClusterId => parseClusterId(text) !== null)
          .optional(),
        'Id of the cluster whose kept volumes this StorageCluster opens, as the status of the deleted one, or a condition of this one, names it. Without it volumes of another cluster are never touched. Cannot be changed once set.',
        {
          rules: [
            {
              rule: "self.matches('^[A-Za-z0-9][A-Za-z0-9._-]*$')",
              message: 'adoptClusterId is a cluster id, as status.clusterId shows it: letters, digits, ".", "_" and "-"',
            },
          ],
        },
      ),
      limits: field(
        z
          .object({
            maxDataBytes: field(
              bytes().optional(),
              'What keys and values may take in each member, such as 1Gi; beyond it writes that grow are refused with OOM, deletes pass. Without it 40% of the memory limit, which is also the most that it may be.',
            ),
            maxClients: field(
              z.int().min(1).max(100_000).optional(),
              'Client connections a member; beyond it a new one is told so and closed. Without it the default of the version that the member runs.',
              { format: 'int32' },
            ),
          })
          .prefault({}),
        'Bounds of a member.',
      ),
      podTemplate: field(podTemplateSchema.prefault({}), "What is merged over the operator's own template of the members' pods."),
    })
    .refine((spec) => spec.version !== undefined || spec.image !== undefined, {
      error: 'neither version nor image is set',
      path: ['version'],
    }),
  'What is asked for.',
  { rules: specRules },
);

/** With every default filled in. */
export type StorageClusterSpec = DeepReadonly<z.output<typeof storageClusterSpecSchema>>;
/** As a user writes it. */
export type StorageClusterSpecInput = DeepReadonly<z.input<typeof storageClusterSpecSchema>>;
export type PodTemplate = StorageClusterSpec['podTemplate'];
