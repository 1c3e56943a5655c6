/**
 * What the operator saw (S20): a set of observations, never a state machine. An absent field is one that nobody has seen yet; the two
 * records that must survive the operator are `clusterId`, `generation` (S5) and `founding` (S6).
 */
import { z } from 'zod';
import { isMemberId, parseClusterId } from '../shared/ids.ts';
import type { ClusterId, MemberId } from '../shared/ids.ts';
import { CONDITION_STATUSES, CONDITION_TYPES, PHASES } from './conditions.ts';
import type { BlockingGate, ConditionReason, ConditionStatus, ConditionType } from './conditions.ts';
import { field } from './schema.ts';
import type { DeepReadonly } from './schema.ts';

/** `NonMember`: its node answers, and no configuration lists it. `Unknown`: silence. */
export const MEMBER_ROLES = ['Leader', 'Follower', 'Learner', 'NonMember', 'Unknown'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

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
  number: field(z.int().min(1), 'Number.'),
  id: field(z.string().length(16), 'Id.'),
});

const foundingSchema = z.object({
  epoch: field(z.int().min(1), 'Epoch.'),
  members: field(
    z.array(z.object({ id: field(memberId(), 'Id.'), name: field(z.string().max(253), 'Name.') })).max(7),
    'Founders.',
    { listType: 'map', listMapKeys: ['id'] },
  ),
});

const configurationSchema = z.object({
  index: field(count(), 'Index.'),
  members: field(
    z
      .array(
        z.object({
          id: field(memberId(), 'Id.'),
          name: field(z.string().max(253), 'Name.'),
          role: field(z.enum(['voter', 'learner']), 'Role.'),
        }),
      )
      .max(16),
    'Members.',
    { listType: 'map', listMapKeys: ['id'] },
  ),
});

const memberStatusSchema = z.object({
  name: field(z.string().max(253), 'Pod.'),
  memberId: field(memberId().optional(), 'Id.'),
  role: field(z.enum(MEMBER_ROLES), 'Role.'),
  ready: field(z.boolean(), 'Ready.'),
  version: field(z.string().max(64).optional(), 'Version.'),
  lag: field(count().optional(), 'Lag.'),
  node: field(z.string().max(253).optional(), 'Node.'),
  volumeUid: field(z.string().max(64).optional(), 'Volume.'),
  message: field(z.string().max(1024).optional(), 'Message.'),
});

const blockedBySchema = z.object({
  gate: field(z.string().min(1).max(64), 'Gate.'),
  member: field(z.string().max(253).optional(), 'Member.'),
  since: field(timestamp(), 'Since.', { format: 'date-time' }),
  message: field(z.string().max(1024), 'Message.'),
  unblock: field(z.string().max(1024), 'Unblock.'),
});

const conditionSchema = z.object({
  type: field(z.enum(CONDITION_TYPES), 'Type.'),
  status: field(z.enum(CONDITION_STATUSES), 'Status.'),
  reason: field(z.string().min(1).max(1024), 'Reason.'),
  message: field(z.string().max(32_768), 'Message.'),
  lastTransitionTime: field(timestamp(), 'Time.', { format: 'date-time' }),
  observedGeneration: field(count().optional(), 'Generation.'),
});

export const storageClusterStatusSchema = z.object({
  observedGeneration: field(count().optional(), 'Generation.'),
  observedAt: field(timestamp().optional(), 'Time.', { format: 'date-time' }),
  replicas: field(count().optional(), 'Pods.'),
  readyReplicas: field(count().optional(), 'Ready members.'),
  updatedReplicas: field(count().optional(), 'Updated pods.'),
  ready: field(z.string().max(16).optional(), 'n/m.'),
  selector: field(z.string().max(1024).optional(), 'Selector.'),
  clusterId: field(clusterId().optional(), 'Cluster id.'),
  generation: field(generationSchema.optional(), 'Recovery generation.'),
  founding: field(foundingSchema.optional(), 'Founding.'),
  configuration: field(configurationSchema.optional(), 'Configuration.'),
  leader: field(z.string().max(253).optional(), 'Leader.'),
  term: field(count().optional(), 'Term.'),
  quorum: field(z.string().max(16).optional(), 'n/m.'),
  version: field(z.string().max(64).optional(), 'Version.'),
  featureLevel: field(count().optional(), 'Feature level.'),
  phase: field(z.enum(PHASES).optional(), 'Phase.'),
  members: field(z.array(memberStatusSchema).max(16).optional(), 'Members.', { listType: 'map', listMapKeys: ['name'] }),
  blockedBy: field(z.array(blockedBySchema).max(32).optional(), 'Blocked.', { listType: 'atomic' }),
  conditions: field(z.array(conditionSchema).max(16).optional(), 'Conditions.', { listType: 'map', listMapKeys: ['type'] }),
});

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
export type FoundingStatus = NonNullable<StorageClusterStatus['founding']>;
export type ConfigurationStatus = NonNullable<StorageClusterStatus['configuration']>;
export type { MemberId };
