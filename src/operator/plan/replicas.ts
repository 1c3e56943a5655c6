/** How many pods there have to be whatever the membership does next: rule S7, hibernation, and volumes that are not ours to open. */
import type { Facts } from './facts.ts';
import { foreignVolumes, hasPast } from './past.ts';

/**
 * Never fewer than there are, because lowering is a matter of membership (scaling.ts), of hibernation or of foreign volumes. While nothing
 * is founded and nothing has a past, all founders start together.
 */
export function plainStatefulSetReplicas(facts: Facts): number {
  const { cluster, observation, podsFloor, target } = facts;
  const current = observation.statefulSet?.replicas ?? podsLeftInPlace(facts);
  if (cluster.spec.hibernate) return current;
  if (foreignVolumes(facts).length > 0) return current;
  const isNew = facts.identity === null && !hasPast(facts) && cluster.spec.adoptClusterId === undefined;
  return Math.max(current, podsFloor, isNew ? target : 0);
}

/** A StatefulSet that is made anew around its pods takes all of them over. */
function podsLeftInPlace({ cluster, observation }: Facts): number {
  if (cluster.spec.hibernate) return 0;
  return observation.members.reduce((pods, { pod, ordinal }) => (pod?.orphaned === true ? Math.max(pods, ordinal + 1) : pods), 0);
}
