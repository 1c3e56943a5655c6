/**
 * Volumes grow to `storage.size` whatever the members' health: a full disk must not stop its own cure. Claims are patched where their class
 * allows it, and the StatefulSet, whose claim template can't be changed, is made anew around its pods, so that new members start with the size.
 */
import { compareQuantities } from '../../api/storage-cluster.ts';
import type { Facts } from './facts.ts';
import type { ClaimObservation } from './observation.ts';
import { gate, NOTHING, proposal } from './proposal.ts';
import type { Gate, Proposal } from './proposal.ts';
import type { Step } from './step.ts';

export function planClaimGrowth(facts: Facts): Proposal {
  const { size } = facts.cluster.spec.storage;
  const steps: Step[] = [];
  const blockedBy: Gate[] = [];
  const stuck: ClaimObservation[] = [];
  for (const { claim, name } of facts.observation.members) {
    if (claim === null || !mayGrow(facts, claim)) continue;
    if (isSmaller(claim.requested, size)) {
      if (claim.growable === false) stuck.push(claim);
      else steps.push(growth(claim, size));
    } else if (isSmaller(claim.capacity, claim.requested)) blockedBy.push(resizing(name, claim));
  }
  if (stuck.length > 0) blockedBy.push(notExpandable(stuck, size));
  return proposal({ steps, blockedBy });
}

/** Its own, and bound: the API server refuses to change what a claim without a volume asks for. */
function mayGrow(facts: Facts, claim: ClaimObservation): boolean {
  const isOurs = claim.clusterId === null || claim.clusterId === facts.expectedClusterId;
  return isOurs && !claim.terminating && claim.volumeName !== null;
}

function isSmaller(left: string | null, right: string | null): boolean {
  return left !== null && right !== null && (compareQuantities(left, right) ?? 0) < 0;
}

function growth(claim: ClaimObservation, size: string): Step {
  const because = `storage.size is ${size}, the claim asks for ${claim.requested ?? 'nothing'}`;
  return { type: 'grow-claim', claim: claim.name, uid: claim.uid, size, because };
}

function resizing(member: string, claim: ClaimObservation): Gate {
  const message = `The volume of ${member} is to grow to ${claim.requested ?? ''}, and has ${claim.capacity ?? ''}.`;
  const unblock = `Waits for the driver of its class; see kubectl describe pvc ${claim.name}, which also says when a driver waits for the pod to restart.`;
  return gate('VolumeResize', member, message, unblock);
}

function notExpandable(claims: readonly ClaimObservation[], size: string): Gate {
  const names = claims.map(({ name }) => name).join(', ');
  const classes = [...new Set(claims.map(({ storageClassName }) => storageClassName ?? ''))].join(', ');
  const message = `${names} can't grow to ${size}: StorageClass ${classes} does not allow volumes to expand.`;
  const unblock = `Set allowVolumeExpansion on that class if its driver can do it; or replace the members one by one (annotation quorate.io/replace): new volumes have the new size.`;
  return gate('VolumeExpansion', null, message, unblock);
}

/** Only a StatefulSet that is otherwise as wanted: one thing at a time. */
export function planTemplateGrowth(facts: Facts): Proposal {
  const { statefulSet, cluster } = facts;
  const { size } = cluster.spec.storage;
  if (statefulSet === null || !isSmaller(statefulSet.claimSize, size)) return NOTHING;
  const { uid, resourceVersion } = statefulSet;
  const because = `storage.size is ${size}, and new claims would ask for ${statefulSet.claimSize ?? ''}: the StatefulSet is made anew around its pods`;
  return proposal({ steps: [{ type: 'recreate-stateful-set', uid, resourceVersion, because }] });
}
