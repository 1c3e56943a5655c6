/**
 * What the operator saw (S20): a set of observations, never a state machine. An absent field is one that nobody has seen yet; the two
 * records that must survive the operator are `clusterId`, `generation` (S5) and `founding` (S6).
 */
import { z } from 'zod';
import { isMemberId, parseClusterId } from '../shared/ids.ts';
import type { ClusterId, MemberId } from '../shared/ids.ts';
import { CONDITION_STATUSES, PHASES } from './conditions.ts';
import type { BlockingGate, ConditionReason, ConditionStatus, ConditionType } from './conditions.ts';
import { field } from './schema.ts';
import type { DeepReadonly } from './schema.ts';

/** `NonMember`: its node answers, and no configuration lists it. `Unknown`: silence. */
export const MEMBER_ROLES = ['Leader', 'Follower', 'Learner', 'NonMember', 'Unknown'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** At most 7 voters, as many learners or pods that wait for a seat, and room to spare: a list in status is never the unbounded one. */
export const MEMBERS_MAX = 16;
export const FOUNDERS_MAX = 7;
export const BLOCKED_BY_MAX = 32;
export const CONDITIONS_MAX = 16;

const count = () => z.int().min(0);
const timestamp = () => z.iso.datetime({ offset: true });
const memberId = () => z.string().length(16).refine(isMemberId);
const clusterId = () =>
  z
    .string()
    .min(1)
    .max(63)
    .refine((text): text is ClusterId => parseClusterId(text) !== null);

const generationSchema = z.object({
  number: field(z.int().min(1), 'Orders generations: a node that hears of a higher one of its cluster stops serving.', {
    format: 'int64',
  }),
  id: field(z.string().length(16), 'Tells two recoveries apart that drew the same number; zeros in the first generation.'),
});

const foundingSchema = z.object({
  epoch: field(z.int().min(1), 'Number of the founding: 1, and one more each time that a person orders to found anew.', {
    format: 'int64',
  }),
  members: field(
    z
      .array(
        z.object({
          id: field(memberId(), "The founder's member id."),
          name: field(z.string().max(253), "The founder's name."),
        }),
      )
      .max(FOUNDERS_MAX),
    'The founders: a majority of exactly these ids forms the cluster.',
    { listType: 'map', listMapKeys: ['id'] },
  ),
});

const configurationSchema = z.object({
  index: field(count(), 'Index of the log entry that made it so; every change names the index that it starts from.', {
    format: 'int64',
  }),
  members: field(
    z
      .array(
        z.object({
          id: field(memberId(), "The member's id; an id never returns."),
          name: field(z.string().max(253), "The member's name: that of its pod."),
          role: field(
            z.enum(['voter', 'learner']),
            'voter: counts for a quorum. learner: receives the log and is not counted yet.',
          ),
        }),
      )
      .max(MEMBERS_MAX),
    'Its members.',
    { listType: 'map', listMapKeys: ['id'] },
  ),
});

const memberStatusSchema = z.object({
  name: field(z.string().max(253), "The member's name: that of its pod."),
  memberId: field(memberId().optional(), 'Drawn when the member formatted its empty disk; absent until its node was heard.'),
  role: field(
    z.enum(MEMBER_ROLES),
    'Leader, Follower or Learner as its node and the leader say; NonMember when its node answers and no configuration lists it; Unknown when it is silent.',
  ),
  ready: field(z.boolean(), 'Whether its pod is ready.'),
  version: field(z.string().max(64).optional(), 'Version that its node says it runs.'),
  lag: field(
    count().optional(),
    'Log entries that it is behind the leader, rounded up to a coarse step so that status is not written for each write.',
    {
      format: 'int64',
    },
  ),
  node: field(z.string().max(253).optional(), 'Kubernetes node that its pod runs on.'),
  volumeUid: field(
    z.string().max(64).optional(),
    "UID of the volume bound to its claim: another one under the same name is no longer this member's disk.",
  ),
  volumeSize: field(
    z.string().max(64).optional(),
    'Size of its volume as it is; while it differs from spec.storage.size the volume is still growing, or blockedBy says why not.',
  ),
  message: field(z.string().max(1024).optional(), 'Why it does not take part, in its own words.'),
});

const keptVolumeSchema = z.object({
  volume: field(z.string().min(1).max(253), 'Name of the PersistentVolume.'),
  member: field(z.string().max(253), 'Name of the member that it belonged to.'),
  memberId: field(memberId().optional(), 'Id of the member that wrote to it; absent when nobody had noted it.'),
  reclaimPolicy: field(z.string().max(32), 'Reclaim policy that it had, and gets back when it is released.'),
});

const blockedBySchema = z.object({
  gate: field(z.string().min(1).max(64), 'The rule that holds the step back: a stable word.'),
  member: field(z.string().max(253).optional(), 'The member that the step is about; absent when the cluster as a whole is held.'),
  since: field(timestamp(), 'When the gate closed.', { format: 'date-time' }),
  message: field(z.string().max(1024), 'What is held back, and why.'),
  unblock: field(z.string().max(1024), 'What opens the gate: a command to type, or what is being waited for.'),
});

const conditionSchema = z.object({
  type: field(
    z.string().min(1).max(316),
    'Ready (every member that is asked for takes part and is ready), QuorumAvailable (a leader confirmed itself with a quorum), Progressing (a step is under way), Degraded (less than asked for, though it may serve), Updated (every pod is of the wanted template and version).',
  ),
  status: field(z.enum(CONDITION_STATUSES), 'True, False, or Unknown while nobody has seen it: silence is never False.'),
  reason: field(z.string().min(1).max(1024), 'A stable word for programs.'),
  message: field(z.string().max(32_768), 'A sentence for people.'),
  lastTransitionTime: field(timestamp(), 'When status last changed.', { format: 'date-time' }),
  observedGeneration: field(count().optional(), 'metadata.generation that this was seen for.', { format: 'int64' }),
});

export const storageClusterStatusSchema = field(
  z.object({
    observedGeneration: field(count().optional(), 'metadata.generation of the spec that the operator last acted on.', {
      format: 'int64',
    }),
    observedAt: field(
      timestamp().optional(),
      'When this was seen; refreshed at least every 5 minutes, so an older time means that no operator is looking.',
      {
        format: 'date-time',
      },
    ),
    replicas: field(count().optional(), 'Pods that exist.', { format: 'int32' }),
    readyReplicas: field(count().optional(), 'Pods that are ready.', { format: 'int32' }),
    updatedReplicas: field(count().optional(), 'Pods of the wanted template and version.', { format: 'int32' }),
    ready: field(z.string().max(16).optional(), 'Ready members of those asked for, such as 3/3.'),
    selector: field(z.string().max(1024).optional(), 'Label selector of the pods, for the scale subresource.'),
    clusterId: field(
      clusterId().optional(),
      'Identity of the cluster, drawn when it was founded and written on every volume. Keep it: spec.adoptClusterId opens kept volumes by it.',
    ),
    generation: field(
      generationSchema.optional(),
      'Recovery generation: raised by recovery, restore and founding anew. Only equal generations talk.',
    ),
    founding: field(foundingSchema.optional(), 'The founding that was ordered; written before any node is told.'),
    configuration: field(configurationSchema.optional(), 'The last committed configuration that a confirmed leader named.'),
    leader: field(z.string().max(253).optional(), 'Name of the leader; absent while none is confirmed.'),
    term: field(count().optional(), "The leader's term: it grows with each election.", { format: 'int64' }),
    quorum: field(
      z.string().max(16).optional(),
      'Caught-up voters that run, of the voters, such as 3/3. More than half are a quorum.',
    ),
    version: field(z.string().max(64).optional(), 'Version that every member runs; while they differ, the lowest.'),
    featureLevel: field(
      count().optional(),
      'Formats and commands in force; it rises when every member can, and versions below it are refused from then on.',
      {
        format: 'int32',
      },
    ),
    phase: field(z.enum(PHASES).optional(), 'One word for people, derived from the conditions; programs read the conditions.'),
    members: field(z.array(memberStatusSchema).max(MEMBERS_MAX).optional(), 'Each member, as seen.', {
      listType: 'map',
      listMapKeys: ['name'],
    }),
    keptVolumes: field(
      z.array(keptVolumeSchema).max(MEMBERS_MAX).optional(),
      'Volumes of replaced members: each is kept, with reclaim policy Retain, until the member in its place is a voter that has caught up.',
      {
        listType: 'map',
        listMapKeys: ['volume'],
      },
    ),
    blockedBy: field(z.array(blockedBySchema).max(BLOCKED_BY_MAX).optional(), 'Why nothing happens, when something should.', {
      listType: 'atomic',
    }),
    conditions: field(
      z.array(conditionSchema).max(CONDITIONS_MAX).optional(),
      'Ready, QuorumAvailable, Progressing, Degraded and Updated; all present, Unknown until seen.',
      {
        listType: 'map',
        listMapKeys: ['type'],
      },
    ),
  }),
  'What was seen. Written by the operator only.',
);

type ParsedStatus = DeepReadonly<z.output<typeof storageClusterStatusSchema>>;

/** Narrower than the CRD, which has to accept the words of newer operators. */
export interface StorageClusterCondition<Type extends ConditionType = ConditionType> {
  readonly type: Type;
  readonly status: ConditionStatus;
  readonly reason: ConditionReason<Type>;
  readonly message: string;
  readonly lastTransitionTime: string;
  readonly observedGeneration?: number | undefined;
}

export interface BlockedBy {
  readonly gate: BlockingGate;
  /** The member's name; absent when the gate holds the cluster as a whole. */
  readonly member?: string | undefined;
  /** RFC 3339. */
  readonly since: string;
  readonly message: string;
  readonly unblock: string;
}

export type StorageClusterStatus = Omit<ParsedStatus, 'conditions' | 'blockedBy'> & {
  readonly conditions?: readonly StorageClusterCondition[] | undefined;
  readonly blockedBy?: readonly BlockedBy[] | undefined;
};
export type MemberStatus = NonNullable<StorageClusterStatus['members']>[number];
export type KeptVolume = NonNullable<StorageClusterStatus['keptVolumes']>[number];
export type FoundingStatus = NonNullable<StorageClusterStatus['founding']>;
export type ConfigurationStatus = NonNullable<StorageClusterStatus['configuration']>;
export type { MemberId };
