/** `spec.hibernate`: all pods go at once, volumes and Services stay. Who has to be woken is written before (S7). */
import type { Facts } from './facts.ts';
import { NOTHING, proposal } from './proposal.ts';
import type { Proposal } from './proposal.ts';

export function planHibernation(facts: Facts): Proposal {
  const { statefulSet, leader, settled } = facts;
  if (statefulSet === null) return NOTHING;
  const { replicas, resourceVersion } = statefulSet;
  const activity = { reason: 'Hibernating' as const, message: 'all pods go, the volumes stay' };
  if (replicas === 0) return facts.observation.members.some(({ pod }) => pod !== null) ? proposal({ activity }) : NOTHING;
  // With a leader its committed configuration is recorded first: waking raises to exactly that.
  if (leader !== null && !settled) return proposal({ activity });
  const because = 'spec.hibernate is set';
  return proposal({
    steps: [{ type: 'apply-stateful-set', replicas: 0, replicasBefore: replicas, resourceVersion, because }],
    activity,
  });
}
