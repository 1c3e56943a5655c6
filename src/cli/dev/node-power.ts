/**
 * The switch of a node: an annotation on it, which anybody who may write nodes can set, so that mischief needs no door of its own. `off` cuts the
 * power at once, as if the plug were pulled; without it, or with any other value, the node comes back with what is on its disks.
 */
import type { ModelCluster } from '../../devcluster/model/cluster.ts';
import { NODES } from '../../operator/kubernetes/resources.ts';
import type { Access } from '../kubernetes/access.ts';

export const POWER_ANNOTATION = 'dev.quorate.io/power';
export const POWER_OFF = 'off';

export class NodePower {
  readonly #cluster: ModelCluster;
  readonly #access: Access;
  readonly #off = new Set<string>();

  constructor(cluster: ModelCluster, access: Access) {
    this.#cluster = cluster;
    this.#access = access;
  }

  /** Does what the annotations say, once. */
  async follow(): Promise<void> {
    for (const { metadata } of await this.#access.all(NODES, null)) {
      const { name } = metadata;
      const isOff = metadata.annotations?.[POWER_ANNOTATION] === POWER_OFF;
      if (isOff === this.#off.has(name)) continue;
      if (isOff) {
        this.#off.add(name);
        this.#cluster.node(name).cutPower();
      } else {
        this.#off.delete(name);
        this.#cluster.node(name).recover();
      }
    }
  }
}
