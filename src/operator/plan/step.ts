/**
 * What can be done, as data. A step says all that its execution needs, with the preconditions under which it was planned, and why it is
 * taken (`because`, for logs and events).
 */
import type { ClusterId, Generation, MemberId } from '../../shared/ids.ts';
import type { KeptVolume } from '../../api/storage-cluster.ts';
import { assertNever } from '../../shared/assert.ts';
import type { SecretPurpose } from '../render/names.ts';
import type { RolledBack } from './observation.ts';

export interface FounderRecord {
  readonly id: MemberId;
  readonly name: string;
}

export type MemberLabelRole = 'leader' | 'follower' | 'learner';

export type Action =
  | { readonly type: 'create-secret'; readonly purpose: SecretPurpose }
  | { readonly type: 'apply-child'; readonly kind: string; readonly name: string }
  | { readonly type: 'delete-child'; readonly kind: string; readonly name: string; readonly uid: string }
  | {
      readonly type: 'apply-stateful-set';
      readonly replicas: number;
      /** Null: there is none yet. */
      readonly replicasBefore: number | null;
      readonly resourceVersion: string | null;
    }
  /** Identity and founding, written to status before anybody acts on them (S5, S6). */
  | {
      readonly type: 'record-founding';
      readonly clusterId: ClusterId;
      readonly generation: Generation;
      readonly epoch: number;
      readonly members: readonly FounderRecord[];
    }
  /** Founding anew on a person's order: the executor draws the generation's random id (S5). */
  | {
      readonly type: 'record-founding-anew';
      readonly clusterId: ClusterId;
      readonly generationNumber: number;
      readonly epoch: number;
      readonly members: readonly FounderRecord[];
    }
  /** Identity of a cluster that runs already: status was erased, or kept volumes are adopted (S5, S6). */
  | { readonly type: 'record-identity'; readonly clusterId: ClusterId; readonly generation: Generation }
  | {
      readonly type: 'found-node';
      readonly member: string;
      readonly clusterId: ClusterId;
      readonly generation: Generation;
      readonly epoch: number;
      readonly members: readonly FounderRecord[];
    }
  | {
      readonly type: 'join-node';
      readonly member: string;
      readonly clusterId: ClusterId;
      readonly generation: Generation;
      /** Whom a member that was removed asks about its removal (S3); null when no leader is confirmed. */
      readonly leader: { readonly id: MemberId; readonly name: string } | null;
    }
  | {
      readonly type: 'add-learner';
      readonly member: string;
      readonly id: MemberId;
      readonly leader: string;
      readonly expectedIndex: number;
    }
  | {
      readonly type: 'promote';
      readonly member: string;
      readonly id: MemberId;
      readonly leader: string;
      readonly expectedIndex: number;
    }
  | {
      readonly type: 'remove-member';
      readonly member: string;
      readonly id: MemberId;
      readonly leader: string;
      readonly expectedIndex: number;
    }
  | { readonly type: 'transfer-leadership'; readonly leader: string; readonly member: string; readonly id: MemberId }
  | { readonly type: 'evict-pod'; readonly member: string; readonly uid: string }
  | { readonly type: 'delete-broken-pod'; readonly member: string; readonly uid: string }
  | { readonly type: 'raise-feature-level'; readonly leader: string; readonly level: number }
  | {
      readonly type: 'label-pod';
      readonly member: string;
      readonly uid: string;
      readonly memberId: MemberId;
      /** Null takes the label off. */
      readonly role: MemberLabelRole | null;
    }
  /** Labels and owner of a claim, together: they are one set of fields that we own. */
  | {
      readonly type: 'apply-claim';
      readonly claim: string;
      readonly uid: string;
      readonly clusterId: string | null;
      readonly memberId: string | null;
      readonly owned: boolean;
    }
  | { readonly type: 'grow-claim'; readonly claim: string; readonly uid: string; readonly size: string }
  | {
      readonly type: 'delete-claim';
      readonly claim: string;
      readonly uid: string;
      readonly volumeName: string | null;
      readonly keepVolume: boolean;
    }
  /** Deleted, its pods left in place, to be made anew at once: a claim template can't be changed. */
  | { readonly type: 'recreate-stateful-set'; readonly uid: string; readonly resourceVersion: string }
  /** The StatefulSet gets the template of an earlier revision back, and a note that says of which generation and why. */
  | {
      readonly type: 'roll-back';
      readonly revision: string;
      readonly replicas: number;
      readonly resourceVersion: string;
      readonly rolledBack: RolledBack;
    }
  /** The annotation `quorate.io/replace` of the resource, with an id in place of each name (S9). */
  | { readonly type: 'order-replacement'; readonly annotation: string }
  /** Written to status before the claim goes: what has to be released later (S9). */
  | { readonly type: 'record-kept-volume'; readonly kept: KeptVolume }
  /** Gives the volume its reclaim policy back, unless it is to be kept for good, and strikes it from status. */
  | { readonly type: 'release-volume'; readonly kept: KeptVolume; readonly keepForGood: boolean };

export type Step = Action & { readonly because: string };
export type ActionType = Action['type'];

/** Takes something away from the running cluster: at most one at a time (S8). */
export function isDisruptive(step: Action): boolean {
  switch (step.type) {
    case 'remove-member':
    case 'transfer-leadership':
    case 'evict-pod':
    case 'delete-broken-pod':
      return true;
    case 'apply-stateful-set':
      return step.replicasBefore !== null && step.replicas < step.replicasBefore;
    case 'create-secret':
    case 'apply-child':
    case 'delete-child':
    case 'record-founding':
    case 'record-founding-anew':
    case 'record-identity':
    case 'found-node':
    case 'join-node':
    case 'add-learner':
    case 'promote':
    case 'raise-feature-level':
    case 'label-pod':
    case 'apply-claim':
    case 'grow-claim':
    case 'delete-claim':
    case 'recreate-stateful-set':
    case 'roll-back':
    case 'order-replacement':
    case 'record-kept-volume':
    case 'release-volume':
      return false;
    default:
      return assertNever(step);
  }
}

/** One of these a pass: they change who counts, and what was seen before does not hold after. */
export function isExclusive(step: Action): boolean {
  return isDisruptive(step) || step.type === 'add-learner' || step.type === 'promote' || step.type === 'raise-feature-level';
}

/** Two of them in one pass would be planned on different states of the same StatefulSet. */
export function writesStatefulSet(step: Action): boolean {
  return step.type === 'apply-stateful-set' || step.type === 'recreate-stateful-set' || step.type === 'roll-back';
}
