/** One pod on its node: what it needs first, then its containers, its status as they change, and its end with the grace that it is given. */
import type { Clock } from '../../../shared/clock.ts';
import { ApiFailure } from '../failure.ts';
import { sameJson } from '../json.ts';
import type { Container, ContainerStatus, Pod } from '../kinds.ts';
import { isTerminating, keyOf } from '../objects.ts';
import type { ModelClient } from '../controllers/client.ts';
import { CLAIMS, PODS } from '../controllers/kind-places.ts';
import { claimNamesOf, finishResize } from '../controllers/volumes.ts';
import { environmentOf, expanded, mountsOf, NotYetError, sourceOf } from './container-request.ts';
import { ContainerWorker, CONTAINER_LIMITS } from './container-worker.ts';
import type { TokenOf } from './container-request.ts';
import { podStatusOf } from './pod-status.ts';
import type { ContainerRequest, ContainerRuntime } from './runtime.ts';

export interface PodWorkerOptions {
  readonly clock: Clock;
  readonly client: ModelClient;
  readonly runtime: ContainerRuntime;
  readonly node: string;
  readonly hostAddress: string;
  /** False while the node can't reach the API: nothing is written, and what should have been is written afterwards. */
  readonly isConnected: () => boolean;
  readonly tokenOf: TokenOf;
  readonly onEnd: () => void;
}

export class PodWorker {
  readonly #options: PodWorkerOptions;
  readonly #startTime: string;
  #pod: Pod;
  #address: string | null = null;
  #init: ContainerWorker[] = [];
  #containers: ContainerWorker[] = [];
  #isStopping = false;
  #isDone = false;
  #cancel: (() => void) | null = null;

  constructor(pod: Pod, options: PodWorkerOptions) {
    this.#pod = pod;
    this.#options = options;
    this.#startTime = options.client.nowText;
  }

  get uid(): string {
    return this.#pod.metadata.uid;
  }

  get pod(): Pod {
    return this.#pod;
  }

  start(): void {
    if (isTerminating(this.#pod)) {
      this.update(this.#pod);
      return;
    }
    this.#init = (this.#pod.spec.initContainers ?? []).map((container) => this.#worker(container, 'OnFailure'));
    this.#containers = this.#pod.spec.containers.map((container) => this.#worker(container, this.#pod.spec.restartPolicy));
    this.writeStatus();
    this.#prepare();
  }

  /** The pod as it is now: of what may change in it, its end concerns us, and conditions that others set. */
  update(pod: Pod): void {
    this.#pod = pod;
    if (!isTerminating(pod)) {
      if (!this.#isStopping) this.writeStatus();
      return;
    }
    const leftMs = this.#graceLeftMs();
    if (!this.#isStopping) this.#stop(leftMs);
    else for (const container of this.#containers) if (!container.hasEnded) container.killAfter(leftMs);
  }

  /** The pod is gone from the API: nobody waits for its end. */
  vanish(): void {
    if (this.#isDone) return;
    this.#isStopping = true;
    this.#cancel?.();
    for (const container of [...this.#init, ...this.#containers]) container.stop(0);
    this.#finish();
  }

  /** The power is cut. */
  abandon(): void {
    this.#isDone = true;
    this.#cancel?.();
    for (const container of [...this.#init, ...this.#containers]) container.abandon();
  }

  /** Volumes that grew while a pod has them mounted grow on the node as well. */
  growVolumes(): void {
    if (this.#address === null || this.#isStopping || !this.#options.isConnected()) return;
    for (const name of claimNamesOf(this.#pod)) {
      const claim = this.#options.client.find(CLAIMS, { namespace: this.#pod.metadata.namespace ?? '', name });
      if (claim !== null) finishResize(this.#options.client, claim);
    }
  }

  /** A Secret or ConfigMap changed: files that show it change. What is gone meanwhile leaves them as they are. */
  refreshMounts(): void {
    const { client, runtime, tokenOf } = this.#options;
    if (this.#address === null || this.#isStopping || runtime.refresh === undefined) return;
    for (const container of this.#pod.spec.containers) {
      try {
        runtime.refresh(this.#pod, mountsOf(client, this.#pod, container, tokenOf));
      } catch (error) {
        if (!(error instanceof NotYetError)) throw error;
      }
    }
  }

  writeStatus(): void {
    if (this.#isDone || !this.#options.isConnected()) return;
    const { client, hostAddress } = this.#options;
    const live = client.find(PODS, keyOf(this.#pod));
    if (live === null || live.metadata.uid !== this.uid) return;
    const status = podStatusOf({
      pod: live,
      containers: this.#statuses(this.#containers),
      initContainers: this.#statuses(this.#init),
      address: this.#address,
      hostAddress,
      startTime: this.#startTime,
      now: client.nowText,
    });
    if (!sameJson(status, live.status)) client.replaceStatus(PODS, live, status);
  }

  #statuses(workers: readonly ContainerWorker[]): readonly ContainerStatus[] {
    return workers.map(({ status }) => status);
  }

  /** Volumes, Secrets and ConfigMaps first, then the network. */
  #prepare(): void {
    const { client, runtime, node, clock, tokenOf } = this.#options;
    try {
      for (const volume of this.#pod.spec.volumes ?? []) sourceOf(client, this.#pod, volume, tokenOf);
    } catch (error) {
      if (!(error instanceof NotYetError)) throw error;
      client.event(this.#pod, 'Warning', 'FailedMount', error.message);
      this.#cancel = clock.schedule(CONTAINER_LIMITS.notYetMs, () => this.#prepare());
      return;
    }
    runtime.createSandbox(node, this.#pod, (outcome) => {
      if (this.#isStopping || this.#isDone) return;
      if (outcome.ok) {
        this.#address = outcome.address;
        this.growVolumes();
        this.#advance();
        return;
      }
      client.event(this.#pod, 'Warning', 'FailedCreatePodSandBox', `Failed to create pod sandbox: ${outcome.message}`);
      this.#cancel = clock.schedule(CONTAINER_LIMITS.notYetMs, () => this.#prepare());
    });
  }

  /** The init containers one after the other, then all the others at once. */
  #advance(): void {
    const next = this.#init.find((container) => !(container.hasEnded && container.exitCode === 0));
    if (next === undefined) for (const container of this.#containers) container.start();
    else next.start();
    this.writeStatus();
  }

  #worker(container: Container, restartPolicy: string): ContainerWorker {
    const { clock, runtime, node, client } = this.#options;
    const worker: ContainerWorker = new ContainerWorker({
      clock,
      runtime,
      node,
      container,
      restartPolicy: this.#pod.spec.restartPolicy === 'Never' ? 'Never' : restartPolicy,
      restarts: restartsOf(this.#pod, container.name),
      request: (restart) => this.#request(container, restart),
      graceMs: this.#pod.spec.terminationGracePeriodSeconds * 1_000,
      onChange: () => this.#changed(worker),
      tell: (type, reason, message) => {
        if (this.#options.isConnected()) client.event(this.#pod, type, reason, message);
      },
    });
    return worker;
  }

  /** @throws NotYetError */
  #request(container: Container, restart: number): ContainerRequest {
    const { client, node, tokenOf } = this.#options;
    const address = this.#address ?? '';
    const env = environmentOf(client, this.#pod, container, address);
    const words = (texts: readonly string[]): readonly string[] => texts.map((text) => expanded(text, env));
    const command = container.command === undefined ? null : words(container.command);
    const mounts = mountsOf(client, this.#pod, container, tokenOf);
    return { node, pod: this.#pod, container, address, env, command, args: words(container.args ?? []), mounts, restart };
  }

  #changed(worker: ContainerWorker): void {
    if (this.#isDone) return;
    if (this.#isStopping) {
      this.writeStatus();
      if ([...this.#init, ...this.#containers].every(({ hasEnded }) => hasEnded)) this.#end();
      return;
    }
    if (this.#init.includes(worker) && worker.hasEnded && worker.exitCode === 0) this.#advance();
    else this.writeStatus();
  }

  #graceLeftMs(): number {
    const { deletionTimestamp = '', deletionGracePeriodSeconds = 0 } = this.#pod.metadata;
    const leftMs = Date.parse(deletionTimestamp) - this.#options.client.nowMs;
    return Math.max(0, Math.min(leftMs, deletionGracePeriodSeconds * 1_000));
  }

  #stop(graceMs: number): void {
    this.#isStopping = true;
    this.#cancel?.();
    const { client } = this.#options;
    for (const container of this.#containers) {
      if (!container.hasEnded && this.#options.isConnected())
        client.event(this.#pod, 'Normal', 'Killing', `Stopping container ${container.name}`);
    }
    const all = [...this.#init, ...this.#containers];
    if (all.length === 0) this.#end();
    for (const container of all) container.stop(graceMs);
  }

  /** Everything has stopped: the status says so, and the API may forget the pod. */
  #end(): void {
    if (this.#isDone) return;
    this.writeStatus();
    this.#release();
    this.#finish();
  }

  #release(): void {
    const { client, isConnected } = this.#options;
    if (!isConnected()) return;
    try {
      client.delete(PODS, keyOf(this.#pod), { uid: this.uid, gracePeriodSeconds: 0 });
    } catch (error) {
      // Another pod by that name: ours is gone already.
      if (!(error instanceof ApiFailure)) throw error;
    }
  }

  #finish(): void {
    this.#isDone = true;
    this.#options.runtime.removeSandbox(this.#options.node, this.#pod);
    this.#options.onEnd();
  }
}

/** A container that had started when the node lost its power starts once more. */
function restartsOf({ status }: Pod, name: string): number {
  const known = status.containerStatuses?.find((container) => container.name === name);
  if (known === undefined) return 0;
  return known.restartCount + ('waiting' in known.state ? 0 : 1);
}
