/**
 * Volumes (S4, S5): each claim says which cluster and member wrote to it, so that kept volumes are known before any pod opens them;
 * `whenDeleted: Delete` is an owner reference; `whenScaled: Delete` deletes a claim by UID, after the committed removal of its member.
 */
import type { Facts } from './facts.ts';
import { answerOf } from './observation.ts';
import type { ClaimObservation, MemberObservation } from './observation.ts';
import { proposal } from './proposal.ts';
import type { Proposal } from './proposal.ts';
import type { Step } from './step.ts';

export function planClaims(facts: Facts): Proposal {
  const steps = facts.observation.members.flatMap((member): readonly Step[] => {
    const { claim } = member;
    if (claim === null || claim.terminating) return [];
    if (mayBeDeleted(facts, member, claim)) return [deletion(claim, member.name)];
    return labelsAndOwner(facts, member, claim);
  });
  return proposal({ steps });
}

function labelsAndOwner(facts: Facts, member: MemberObservation, claim: ClaimObservation): readonly Step[] {
  const { identity, cluster } = facts;
  const status = answerOf(member);
  const isOurs =
    identity !== null && status !== null && member.pod?.terminating === false && status.clusterId === identity.clusterId;
  const clusterId = isOurs ? status.clusterId : claim.clusterId;
  // A claim that is to be given up keeps the label that says so, whoever lives there meanwhile (S9).
  const isOrdered = [...facts.ordered].some((id) => id === claim.memberId);
  const memberId = isOurs && !isOrdered ? status.memberId : claim.memberId;
  const isForeign = clusterId !== null && clusterId !== facts.expectedClusterId;
  const owned = cluster.spec.storage.retention.whenDeleted === 'Delete' && !isForeign && !claim.ownedByOther;
  if (clusterId === claim.clusterId && memberId === claim.memberId && owned === claim.owned) return [];
  const because =
    owned === claim.owned
      ? `S5: ${member.name} lives on this volume`
      : `S4: storage.retention.whenDeleted is ${owned ? 'Delete' : 'Retain'}`;
  return [{ type: 'apply-claim', claim: claim.name, uid: claim.uid, clusterId, memberId, owned, because }];
}

function mayBeDeleted(facts: Facts, member: MemberObservation, claim: ClaimObservation): boolean {
  const { cluster, leader, settled, statefulSet, target, identity } = facts;
  if (cluster.spec.storage.retention.whenScaled !== 'Delete' || cluster.spec.hibernate) return false;
  if (leader === null || !settled || statefulSet === null || identity === null) return false;
  if (member.ordinal < Math.max(target, statefulSet.replicas) || member.pod !== null) return false;
  if (claim.clusterId !== null && claim.clusterId !== identity.clusterId) return false;
  return !leader.replication.committedConfiguration.members.some(({ id, name }) => id === claim.memberId || name === member.name);
}

function deletion(claim: ClaimObservation, member: string): Step {
  return {
    type: 'delete-claim',
    claim: claim.name,
    uid: claim.uid,
    volumeName: claim.volumeName,
    keepVolume: false,
    because: `S4: the removal of ${member} is committed and storage.retention.whenScaled is Delete`,
  };
}
