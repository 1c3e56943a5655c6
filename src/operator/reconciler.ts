/** The seam between the operator's runtime and its judgement: what the runtime gives a reconcile. */
import type { Logger } from 'pino';
import type { Clock } from '../shared/clock.ts';
import type { Random } from '../shared/random.ts';
import type { KubernetesApi } from './kubernetes/api.ts';
import type { EventRecorder } from './kubernetes/events.ts';
import type { NodeClient } from './node-client.ts';
import type { OperatorCaches } from './observed-objects.ts';
import type { OperatorSettings } from './settings.ts';

export type { ClusterKey, OperatorCaches } from './observed-objects.ts';
export type { Reconciler } from './reconcile.ts';

export interface ReconcilerPorts {
  readonly api: KubernetesApi;
  readonly nodes: NodeClient;
  /** All in sync before the first reconcile. Pods, claims and StatefulSets are those that carry the label `quorate.io/cluster`. */
  readonly caches: OperatorCaches;
  readonly events: EventRecorder;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly settings: OperatorSettings;
}
