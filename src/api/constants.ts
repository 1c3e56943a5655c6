/**
 * The names by which Kubernetes knows what is ours. They are part of the API: objects in running clusters carry them, so none is ever
 * renamed.
 */
export const GROUP = 'quorate.io';
export const VERSION = 'v1alpha1';
export const API_VERSION = `${GROUP}/${VERSION}`;
export const KIND = 'StorageCluster';
export const LIST_KIND = 'StorageClusterList';
export const PLURAL = 'storageclusters';
export const SINGULAR = 'storagecluster';
export const SHORT_NAME = 'stc';

/** Field manager of the operator's writes. */
export const FIELD_MANAGER = 'quorate-operator';

export const LABELS = {
  /** Name of the StorageCluster that an object belongs to. */
  cluster: 'quorate.io/cluster',
  /** The shard's number, `0` in this version. */
  shard: 'quorate.io/shard',
  /** On pods, set by the operator, best effort (S21): `leader`, `follower` or `learner`. */
  role: 'quorate.io/role',
  /** On claims: the cluster id (S5) that wrote to the volume. */
  clusterId: 'quorate.io/cluster-id',
  /** On claims and pods: the id of the member that lives there (S2). */
  memberId: 'quorate.io/member-id',
  name: 'app.kubernetes.io/name',
  instance: 'app.kubernetes.io/instance',
  component: 'app.kubernetes.io/component',
  partOf: 'app.kubernetes.io/part-of',
  managedBy: 'app.kubernetes.io/managed-by',
  version: 'app.kubernetes.io/version',
} as const;

export const LABEL_VALUES = {
  name: 'quorate',
  componentStorage: 'storage',
  componentOperator: 'operator',
  partOf: 'quorate',
  managedBy: 'quorate-operator',
} as const;

export const ANNOTATIONS = {
  /**
   * On a StorageCluster: members to replace, comma separated, by id or by name. A name becomes the id that it stands for at once; an id never
   * returns (S2), so that the order acts once (S9). On a pod, with any value but `false`: replace this member.
   */
  replace: 'quorate.io/replace',
  /**
   * On a pod: `hands-off` or `no-leadership`. On a StorageCluster: members, comma separated, each as `<name>` (hands-off) or
   * `<name>=<mode>`.
   */
  maintenance: 'quorate.io/maintenance',
  /** `true` on a StorageCluster, its Namespace or the CRD: the API server refuses to delete it, by the policy that the chart installs. */
  deletionProtection: 'quorate.io/deletion-protection',
  /** On a StatefulSet, by the operator: which generation's template was taken back, because of which member, and why. */
  rolledBack: 'quorate.io/rolled-back',
  /** On a StorageCluster: the epoch of the founding to give up, as status.founding.epoch says it; the next one is ordered (S6). */
  foundAnew: 'quorate.io/found-anew',
} as const;

export const PORTS = { client: 6379, peer: 7946, http: 8080 } as const;

/**
 * Longest name of a StorageCluster. The StatefulSet's pods carry `<name>-shard-<n>-<hash of 10>` as a label value of at most 63
 * characters; this leaves room for shards of three digits and for the suffixes of Services.
 */
export const NAME_LENGTH_MAX = 40;
