/**
 * When Kubernetes reports that a member's pod is gone, the other members of its cluster are told at once: who followed it need not wait for
 * a timeout. Best effort: a call that fails is only counted in the log, because failover needs no operator.
 */
import type { Logger } from 'pino';
import { LABELS } from '../api/constants.ts';
import { parseMemberId } from '../shared/ids.ts';
import { adminToken } from './admin-token.ts';
import type { KubernetesApi } from './kubernetes/api.ts';
import type { ObjectCache } from './kubernetes/cache.ts';
import type { ObjectChange } from './kubernetes/object-store.ts';
import type { Pod } from './kubernetes/objects.ts';
import { addressOfPod } from './node-client.ts';
import type { NodeClient } from './node-client.ts';

export interface GonePodsParts {
  readonly api: KubernetesApi;
  readonly nodes: NodeClient;
  readonly pods: () => ObjectCache<Pod>;
  readonly log: Logger;
  /** Only who holds the lease speaks. */
  readonly leads: () => boolean;
}

/** Its processes have ended, and will not start again in this pod. */
export function isGone(change: ObjectChange<Pod>): boolean {
  if (change.type === 'deleted') return true;
  return hasEnded(change.object) && (change.type === 'added' || !hasEnded(change.previous));
}

function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Failed' || status?.phase === 'Succeeded';
}

export class GonePods {
  readonly #parts: GonePodsParts;

  constructor(parts: GonePodsParts) {
    this.#parts = parts;
  }

  /** Returns at once, and never throws. */
  onChange(change: ObjectChange<Pod>): void {
    if (!this.#parts.leads() || !isGone(change)) return;
    this.#tell(change.object).catch((error: unknown) => {
      this.#parts.log.debug({ pod: change.object.metadata.name, err: error }, 'nobody could be told that a pod is gone');
    });
  }

  async #tell(gone: Pod): Promise<void> {
    const { name, namespace = '', labels = {} } = gone.metadata;
    const cluster = labels[LABELS.cluster];
    const id = parseMemberId(labels[LABELS.memberId] ?? '');
    if (cluster === undefined || id === null) return;
    const others = this.#parts.pods().ofCluster(namespace, cluster);
    const addresses = others.flatMap((pod) => (pod.metadata.name === name ? [] : (addressOfPod(pod) ?? [])));
    if (addresses.length === 0) return;
    const token = await adminToken(this.#parts.api, { namespace, name: cluster });
    if (token === null) return;
    const answers = await Promise.all(addresses.map((address) => this.#parts.nodes.podGone(address, { id }, { token })));
    const told = answers.filter(({ ok }) => ok).length;
    this.#parts.log.info({ namespace, name: cluster, pod: name, id, told }, 'told the other members that a pod is gone');
  }
}
