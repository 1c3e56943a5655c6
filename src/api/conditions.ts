/**
 * Conditions of a StorageCluster. Types and reasons are part of the API: programs wait for them, so none is renamed. Every type is present
 * from the first status on, `Unknown` until seen (S20): silence is never `False`.
 */
export const CONDITION_TYPES = ['Ready', 'QuorumAvailable', 'Progressing', 'Degraded', 'Updated'] as const;
export type ConditionType = (typeof CONDITION_TYPES)[number];

export const CONDITION_STATUSES = ['True', 'False', 'Unknown'] as const;
export type ConditionStatus = (typeof CONDITION_STATUSES)[number];

/** What may stand as `reason`, by condition. `NotObserved` is the only reason of `Unknown`s that nobody looked at yet. */
export const CONDITION_REASONS = {
  Ready: [
    'NotObserved',
    'AllMembersReady',
    'MembersNotReady',
    'Founding',
    'FoundersMissing',
    'ForeignVolumes',
    'VolumesUnaccountedFor',
    'NoQuorum',
    'MembersSilent',
    'Hibernated',
    'InvalidSpec',
    'Deleting',
  ],
  QuorumAvailable: ['NotObserved', 'QuorumConfirmed', 'QuorumLost', 'MembersSilent', 'NotFounded', 'Hibernated', 'Deleting'],
  Progressing: [
    'NotObserved',
    'Stable',
    'Founding',
    'Starting',
    'ScalingOut',
    'ScalingIn',
    'Updating',
    'Replacing',
    'Hibernating',
    'Waking',
    'Deleting',
    'Paused',
    'Blocked',
  ],
  Degraded: [
    'NotObserved',
    'AsExpected',
    'MembersNotReady',
    'MembersSilent',
    'MembersHalted',
    'Full',
    'ClockSkew',
    'StateDiverged',
    'NoQuorum',
    'ReconcileFailed',
    'InvalidSpec',
  ],
  Updated: [
    'NotObserved',
    'AllMembersUpdated',
    'UpdateInProgress',
    'UpdatePaused',
    'AwaitingPodDeletion',
    'UpdateBlocked',
    'RolledBack',
    'Hibernated',
  ],
} as const satisfies Record<ConditionType, readonly string[]>;

export type ConditionReason<Type extends ConditionType = ConditionType> = (typeof CONDITION_REASONS)[Type][number];

/** What holds a step back; each says in `unblock` what lets it go on. */
export const BLOCKING_GATES = [
  /** S8: without this pod the rest would be no quorum. */
  'QuorumMargin',
  /** S1: no leader could confirm itself with a quorum. */
  'ConfirmedLeader',
  /** S6: founders that never came, less than a majority is left. */
  'Founders',
  /** S6: status is empty, and nodes or labelled claims have a past. */
  'VolumesAccountedFor',
  /** S5: volumes of another cluster; `spec.adoptClusterId` opens them. */
  'ForeignVolumes',
  /** S9: NotReady alone is no evidence of death. */
  'DeadMemberEvidence',
  /** S9: `quorate.io/replace` names nobody who could be replaced. */
  'ReplaceOrder',
  /** An annotation keeps the operator's hands off a member. */
  'Maintenance',
  /** `spec.paused`. */
  'Paused',
  /** A learner is not caught up yet. */
  'CaughtUp',
  /** Leadership could not be handed over. */
  'LeadershipTransfer',
  /** Eviction was refused, for instance by another disruption. */
  'Eviction',
  /** `spec.update.strategy: Paused`. */
  'UpdatePaused',
  /** `spec.update.strategy: OnDelete`: a person deletes the pods. */
  'PodDeletion',
  /** The first updated member has to prove itself before the next follows. */
  'Canary',
  /** The first updated member did not prove itself, and went back. */
  'RolledBack',
  /** S16: an older version cannot read what the feature level writes. */
  'FeatureLevel',
  /** S15: state hashes differ, evidence is kept. */
  'StateHash',
  /** The storage class does not let volumes grow. */
  'VolumeExpansion',
  /** A claim asks for more than its volume has: its driver is on it. */
  'VolumeResize',
  /** Pods that cannot be scheduled, pull their image or start. */
  'PodStart',
  /** The resource cannot be read. */
  'ValidSpec',
  /** Somebody else's object stands under the name that a child needs. */
  'NameTaken',
] as const;
export type BlockingGate = (typeof BLOCKING_GATES)[number];

export const PHASES = [
  'Unknown',
  'Pending',
  'Founding',
  'Ready',
  'Degraded',
  'Scaling',
  'Updating',
  'Unavailable',
  'Hibernated',
  'Deleting',
] as const;
export type StorageClusterPhase = (typeof PHASES)[number];
