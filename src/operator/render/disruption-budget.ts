/**
 * One pod at a time, for node drains as for us (S8). Unhealthy pods may always be evicted, so that a drain never hangs on a broken one. A
 * single member has none: it would make every drain hang for ever.
 */
import type { StorageCluster } from '../../api/storage-cluster.ts';
import { renderedObject } from './applied.ts';
import type { RenderedObject } from './applied.ts';
import { membersServiceName, selectorLabels } from './names.ts';

export const DISRUPTION_BUDGET_TYPE = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' } as const;

export function disruptionBudgetName(cluster: string): string {
  return membersServiceName(cluster);
}

/** While a cluster shrinks to one it still has more voters than that, and keeps its budget. */
export function wantsDisruptionBudget(cluster: StorageCluster): boolean {
  const voters = cluster.status?.configuration?.members.filter(({ role }) => role === 'voter').length ?? 0;
  return Math.max(cluster.spec.replicas, voters) > 1;
}

export function disruptionBudget(cluster: StorageCluster): RenderedObject {
  const { name } = cluster.metadata;
  return renderedObject(
    cluster,
    { ...DISRUPTION_BUDGET_TYPE, name: disruptionBudgetName(name) },
    { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: selectorLabels(name) } },
  );
}
