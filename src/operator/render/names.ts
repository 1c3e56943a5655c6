/** What the children of a StorageCluster are called, and the labels by which they are found: one place, because nothing is ever renamed. */
import { API_VERSION, KIND, LABELS, LABEL_VALUES } from '../../api/storage-cluster.ts';
import type { StorageCluster } from '../../api/storage-cluster.ts';
import type { OwnerReference } from '../kubernetes/objects.ts';

/** The one shard of this version. */
export const SHARD = 0;
export const CLAIM_TEMPLATE = 'data';

/** On each child that is applied: a hash of what was applied, so that a field that is no longer wanted is noticed too. */
export const APPLIED_ANNOTATION = 'quorate.io/applied';

export const SECRET_KEYS = { client: 'password', admin: 'token', peer: 'secret' } as const;
export type SecretPurpose = keyof typeof SECRET_KEYS;

export function statefulSetName(cluster: string): string {
  return `${cluster}-shard-${SHARD}`;
}

export function memberName(cluster: string, ordinal: number): string {
  return `${statefulSetName(cluster)}-${ordinal}`;
}

export function claimName(member: string): string {
  return `${CLAIM_TEMPLATE}-${member}`;
}

export function membersServiceName(cluster: string): string {
  return `${cluster}-members`;
}

export function leaderServiceName(cluster: string): string {
  return `${cluster}-leader`;
}

export function secretName(cluster: string, purpose: SecretPurpose): string {
  return `${cluster}-${purpose}`;
}

/** The ordinal in a member's name, or null when it is no member of this cluster's StatefulSet. */
export function ordinalOf(cluster: string, member: string): number | null {
  const prefix = `${statefulSetName(cluster)}-`;
  if (!member.startsWith(prefix)) return null;
  const digits = member.slice(prefix.length);
  return /^(0|[1-9]\d{0,5})$/.test(digits) ? Number(digits) : null;
}

/** The ordinal of the member that a claim belongs to, or null for other claims. */
export function ordinalOfClaim(cluster: string, claim: string): number | null {
  const prefix = `${CLAIM_TEMPLATE}-`;
  return claim.startsWith(prefix) ? ordinalOf(cluster, claim.slice(prefix.length)) : null;
}

/** A selector that can't be changed later: it never says more than whose pod it is. */
export function selectorLabels(cluster: string): Record<string, string> {
  return { [LABELS.cluster]: cluster, [LABELS.shard]: String(SHARD), [LABELS.component]: LABEL_VALUES.componentStorage };
}

/** As text, for the scale subresource and for lists. */
export function selectorText(cluster: string): string {
  return Object.entries(selectorLabels(cluster))
    .map(([label, value]) => `${label}=${value}`)
    .sort()
    .join(',');
}

export function childLabels(cluster: string): Record<string, string> {
  return {
    [LABELS.cluster]: cluster,
    [LABELS.name]: LABEL_VALUES.name,
    [LABELS.instance]: cluster,
    [LABELS.component]: LABEL_VALUES.componentStorage,
    [LABELS.partOf]: LABEL_VALUES.partOf,
    [LABELS.managedBy]: LABEL_VALUES.managedBy,
  };
}

export function ownerReference(cluster: StorageCluster): OwnerReference {
  const { name, uid } = cluster.metadata;
  return { apiVersion: API_VERSION, kind: KIND, name, uid, controller: true, blockOwnerDeletion: true };
}
