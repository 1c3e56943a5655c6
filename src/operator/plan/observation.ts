/**
 * What was seen of a cluster in one pass: objects, and what every node said of itself. Immutable; everything that is decided or reported
 * follows from it alone. What nobody answered is `silent`, never zero and never false: silence proves nothing (S9, S20).
 */
import type { StorageCluster } from '../../api/storage-cluster.ts';
import type { NodeMember, NodeStatus } from '../../api/node-status.ts';
import type { SecretPurpose } from '../render/names.ts';

export interface Observation {
  readonly cluster: StorageCluster;
  readonly statefulSet: StatefulSetObservation | null;
  readonly children: readonly ChildObservation[];
  readonly secrets: readonly SecretObservation[];
  /** By ordinal: every ordinal that has a pod or a claim, is asked for, or is named by the founding or a configuration. */
  readonly members: readonly MemberObservation[];
  /** Null: nobody could confirm with a quorum that it leads, and nothing outside the log may follow from membership (S1). */
  readonly leader: ConfirmedLeader | null;
}

export interface StatefulSetObservation {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly replicas: number;
  /** The revision that a pod made now would have; null until Kubernetes has caught up with the spec. */
  readonly updateRevision: string | null;
  /** Whether it holds what we would apply, replicas apart. */
  readonly state: 'current' | 'differs' | 'leaving' | 'taken';
  /** The wanted template was taken back, and the one before stands; null when that was in an older generation of the resource. */
  readonly rolledBack: RolledBack | null;
  /** Size in the claim template, which can't be changed in place. */
  readonly claimSize: string | null;
}

/** An update that the first updated member did not survive. */
export interface RolledBack {
  /** Of the resource, whose template was taken back. */
  readonly generation: number;
  readonly member: string;
  /** What it lacked, in words. */
  readonly reason: string;
}

export type ChildState =
  | 'current'
  | 'missing'
  | 'differs'
  /** Being deleted, or a child of a resource of this name that is gone: it must leave before ours is made. */
  | 'leaving'
  /** Somebody else's object under the name that we need: never touched. */
  | 'taken'
  /** There, ours, and no longer wanted. */
  | 'unwanted';

export interface ChildObservation {
  readonly kind: string;
  readonly name: string;
  readonly state: ChildState;
  /** Null when it is missing. */
  readonly uid: string | null;
}

export interface SecretObservation {
  readonly purpose: SecretPurpose;
  readonly name: string;
  /** `unusable`: it is there, without the key that the pods mount. */
  readonly state: 'current' | 'missing' | 'leaving' | 'unusable';
}

/** Why a pod does not run. */
export interface PodProblem {
  readonly kind: 'crashing' | 'waiting' | 'pending' | 'failed';
  readonly message: string;
}

export interface PodObservation {
  readonly uid: string;
  readonly ready: boolean;
  readonly terminating: boolean;
  /** Label `controller-revision-hash`. */
  readonly revision: string | null;
  readonly problem: PodProblem | null;
  readonly createdAtMs: number | null;
  /** Wall time since when it is ready; null while it is not. */
  readonly readySinceMs: number | null;
  /** Wall time since when it is not ready; null while it is. */
  readonly notReadySinceMs: number | null;
  /** No controller owns it: its StatefulSet was deleted, and the pod left in place. */
  readonly orphaned: boolean;
  /** Annotation `quorate.io/replace`: a person wants another member in place of this one. */
  readonly replace: boolean;
  /** Annotation `quorate.io/maintenance`, unread. */
  readonly maintenance: string | null;
  readonly nodeName: string | null;
  /** Labels as they are now. */
  readonly role: string | null;
  readonly memberId: string | null;
}

export type VolumeObservation =
  /** Not bound yet, or nobody looked. */
  | { readonly kind: 'unknown' }
  /** The claim is bound to a volume that is not there any more. */
  | { readonly kind: 'gone' }
  | {
      readonly kind: 'present';
      readonly uid: string;
      readonly reclaimPolicy: string;
      /** In words why no node will ever mount it, as far as its node affinity and the Nodes tell (S9); null while one can. */
      readonly unreachable: string | null;
    };

export interface ClaimObservation {
  readonly name: string;
  readonly uid: string;
  readonly terminating: boolean;
  /** Label: which cluster wrote to the volume, as the operator last saw it (S5). */
  readonly clusterId: string | null;
  /** Label: which member lives there. */
  readonly memberId: string | null;
  /** Whether this resource is among its owners: then it goes with it (S4). */
  readonly owned: boolean;
  /** Whether another resource is. */
  readonly ownedByOther: boolean;
  readonly requested: string | null;
  /** Size of the volume as it is; null while none is bound. */
  readonly capacity: string | null;
  readonly storageClassName: string | null;
  /** Whether its class lets it grow; null when nobody looked, because nothing has to grow, or when it names no class. */
  readonly growable: boolean | null;
  readonly volumeName: string | null;
  readonly volume: VolumeObservation;
}

export type NodeObservation =
  /** There is no pod to ask. */
  | { readonly kind: 'absent' }
  /** Asked, and no answer. */
  | { readonly kind: 'silent'; readonly reason: string }
  | { readonly kind: 'answered'; readonly status: NodeStatus };

export interface MemberObservation {
  readonly name: string;
  readonly ordinal: number;
  readonly pod: PodObservation | null;
  readonly claim: ClaimObservation | null;
  readonly node: NodeObservation;
}

/** A leader that confirmed its term with a quorum after it was asked, and has committed an entry of that term (S1). */
export interface ConfirmedLeader {
  readonly member: NodeMember;
  readonly status: NodeStatus;
  readonly replication: NonNullable<NodeStatus['replication']>;
}

/** The answer of a member's node, or null. */
export function answerOf(member: MemberObservation): NodeStatus | null {
  return member.node.kind === 'answered' ? member.node.status : null;
}

export function memberNamed(observation: Observation, name: string): MemberObservation | null {
  return observation.members.find((member) => member.name === name) ?? null;
}
