/** What may stand as `reason` of an event about a StorageCluster: part of the API, because programs filter by it. docs/events.md explains each. */
export const EVENT_REASONS = [
  // Steps that were carried out, by the step's own name.
  'AddLearner',
  'Promote',
  'RemoveMember',
  'TransferLeadership',
  'EvictPod',
  'DeleteBrokenPod',
  'ApplyStatefulSet',
  'RecreateStatefulSet',
  'OrderReplacement',
  'GrowClaim',
  'DeleteClaim',
  'ReleaseVolume',
  // What a plan has to say beside its steps.
  'Founding',
  'FoundingAnew',
  'FeatureLevelRaised',
  'GenerationRaised',
  'OutageAnnounced',
  'ReplacingMember',
  'RolledBack',
] as const;
export type EventReason = (typeof EVENT_REASONS)[number];
