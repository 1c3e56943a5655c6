/** Where a devcluster keeps what is on disk, below one folder. */
import { join } from 'node:path';
import type { Pod } from '../model/kinds.ts';

export class ClusterFolders {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  get addressBook(): string {
    return join(this.root, 'addresses.json');
  }

  get kubeconfig(): string {
    return join(this.root, 'kubeconfig');
  }

  get objects(): string {
    return join(this.root, 'objects');
  }

  /** The prefix of the addresses that the cluster has. */
  get network(): string {
    return join(this.root, 'network');
  }

  get keys(): string {
    return join(this.root, 'keys');
  }

  /** Process ids of containers, and when each started. */
  get processes(): string {
    return join(this.root, 'processes');
  }

  get volumes(): string {
    return join(this.root, 'volumes');
  }

  get pods(): string {
    return join(this.root, 'pods');
  }

  volume(name: string): string {
    return join(this.volumes, name);
  }

  pod({ metadata }: Pod): string {
    return join(this.pods, metadata.uid);
  }

  /** What a container starts in when it does not say where. */
  home(pod: Pod): string {
    return join(this.pod(pod), 'home');
  }

  logs(pod: Pod, container: string): string {
    return join(this.pod(pod), 'logs', container);
  }

  /** Of the n-th start; 0: the first. */
  log(pod: Pod, container: string, restart: number): string {
    return join(this.logs(pod, container), `${restart}.log`);
  }
}
