/** The children that are applied as they are, the StatefulSet apart: whoever needs one of them finds all of them here. */
import type { StorageCluster } from '../../api/storage-cluster.ts';
import type { RenderedObject } from './applied.ts';
import { disruptionBudget, wantsDisruptionBudget } from './disruption-budget.ts';
import { networkPolicy } from './network-policy.ts';
import { clientService, leaderService, membersService } from './services.ts';

/** In the order in which they are made: what pods need before they start comes first. */
export function plainChildren(cluster: StorageCluster): readonly RenderedObject[] {
  return [
    membersService(cluster),
    networkPolicy(cluster),
    clientService(cluster),
    leaderService(cluster),
    ...(wantsDisruptionBudget(cluster) ? [disruptionBudget(cluster)] : []),
  ];
}
