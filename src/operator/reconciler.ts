/** The seam between the operator's runtime and its judgement: what a reconcile is given, and what it gives back. */
import type { Logger } from 'pino';
import type { Clock } from '../shared/clock.ts';
import type { Random } from '../shared/random.ts';
import type { KubernetesApi, PersistentVolumeClaim, Pod, StatefulSet, StoredStorageCluster } from './kubernetes/api.ts';
import type { ObjectCache } from './kubernetes/cache.ts';
import type { EventRecorder } from './kubernetes/events.ts';
import type { NodeClient } from './node-client.ts';
import type { OperatorSettings } from './settings.ts';

/** All in sync before the first reconcile. Pods, claims and StatefulSets are those that carry the label `quorate.io/cluster`. */
export interface OperatorCaches {
  readonly clusters: ObjectCache<StoredStorageCluster>;
  readonly statefulSets: ObjectCache<StatefulSet>;
  readonly pods: ObjectCache<Pod>;
  readonly claims: ObjectCache<PersistentVolumeClaim>;
}

export interface ReconcilerPorts {
  readonly api: KubernetesApi;
  readonly nodes: NodeClient;
  readonly caches: OperatorCaches;
  readonly events: EventRecorder;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly settings: OperatorSettings;
}

export interface ClusterKey {
  readonly namespace: string;
  readonly name: string;
}

export interface Reconciler {
  /**
   * Looks at one cluster and brings it nearer to what its resource says. Rejects when the world refused; the queue tries again later. Ends
   * soon after `signal` is aborted: then the lease or the time is lost.
   */
  reconcile(key: ClusterKey, signal: AbortSignal): Promise<{ readonly requeueAfterMs: number | null }>;
}
