/** What reconciles did, counted where it happens, and how each cluster stood when it was last looked at. */
import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import { CONDITION_TYPES } from '../api/storage-cluster.ts';
import type { StorageClusterStatus } from '../api/storage-cluster.ts';
import type { ClusterKey } from './observed-objects.ts';
import type { ActionType } from './plan/step.ts';
import type { ReconcileMetrics } from './reconcile.ts';

const clusterLabels = ['namespace', 'cluster'] as const;

export class ReconcileCounters implements ReconcileMetrics {
  readonly #steps: Counter<'step' | 'outcome'>;
  readonly #statusWrites: Counter;
  /** By `<namespace>/<name>`: those that are there. One that is deleted leaves no value behind. */
  readonly #clusters = new Map<string, { readonly key: ClusterKey; readonly status: StorageClusterStatus }>();

  constructor(registry: Registry) {
    const registers = [registry];
    this.#steps = new Counter({
      name: 'quorate_operator_steps_total',
      help: 'Steps of plans that were carried out, by type and outcome.',
      labelNames: ['step', 'outcome'] as const,
      registers,
    });
    this.#statusWrites = new Counter({ name: 'quorate_operator_status_writes_total', help: 'Patches of a status.', registers });
    this.#registerClusters(registry);
  }

  step(type: ActionType, outcome: 'done' | 'failed'): void {
    this.#steps.inc({ step: type, outcome });
  }

  statusWritten(): void {
    this.#statusWrites.inc();
  }

  clusterSeen(key: ClusterKey, status: StorageClusterStatus): void {
    this.#clusters.set(`${key.namespace}/${key.name}`, { key, status });
  }

  clusterGone({ namespace, name }: ClusterKey): void {
    this.#clusters.delete(`${namespace}/${name}`);
  }

  #registerClusters(registry: Registry): void {
    const registers = [registry];
    const conditions: Gauge<'namespace' | 'cluster' | 'condition'> = new Gauge({
      name: 'quorate_operator_cluster_condition',
      help: 'Conditions of each StorageCluster: 1 True, 0 False, NaN Unknown.',
      labelNames: [...clusterLabels, 'condition'] as const,
      registers,
      collect: () => {
        conditions.reset();
        for (const { key, status } of this.#clusters.values()) {
          for (const condition of CONDITION_TYPES) conditions.set({ ...labelsOf(key), condition }, valueOf(status, condition));
        }
      },
    });
    const gates: Gauge<'namespace' | 'cluster' | 'gate'> = new Gauge({
      name: 'quorate_operator_cluster_blocked',
      help: 'Closed gates of each StorageCluster, by gate.',
      labelNames: [...clusterLabels, 'gate'] as const,
      registers,
      collect: () => {
        gates.reset();
        for (const { key, status } of this.#clusters.values()) {
          for (const { gate } of status.blockedBy ?? []) gates.inc({ ...labelsOf(key), gate });
        }
      },
    });
    const clusters: Gauge<'phase'> = new Gauge({
      name: 'quorate_operator_clusters',
      help: 'StorageClusters, by phase.',
      labelNames: ['phase'] as const,
      registers,
      collect: () => {
        clusters.reset();
        for (const { status } of this.#clusters.values()) clusters.inc({ phase: status.phase ?? 'Unknown' });
      },
    });
  }
}

function labelsOf({ namespace, name }: ClusterKey): { namespace: string; cluster: string } {
  return { namespace, cluster: name };
}

/** Unknown is said as unknown, never as False (S20). */
function valueOf({ conditions = [] }: StorageClusterStatus, type: string): number {
  const status = conditions.find((condition) => condition.type === type)?.status;
  if (status === 'True') return 1;
  return status === 'False' ? 0 : Number.NaN;
}
