/**
 * A whole cluster: the API, its controllers, and nodes. On a passed clock and seed; what its pods really are is the runtime's. Nothing happens
 * but by calls, timers of the clock and callbacks of the runtime.
 */
import type { Clock } from '../../shared/clock.ts';
import { assert, present } from '../../shared/assert.ts';
import { SeededRandom } from '../../shared/random.ts';
import type { Random } from '../../shared/random.ts';
import { ModelApi } from './api.ts';
import type { PodConnector } from './api.ts';
import { ModelClient } from './controllers/client.ts';
import { ControllerHost } from './controllers/controller.ts';
import type { Controller } from './controllers/controller.ts';
import { DeploymentController } from './controllers/deployment.ts';
import { DisruptionController } from './controllers/disruption.ts';
import { EndpointsController } from './controllers/endpoints.ts';
import { GarbageCollector } from './controllers/garbage.ts';
import { CLASSES, NAMESPACES, SERVICES } from './controllers/kind-places.ts';
import { DefinitionController, EventExpiry, NamespaceController } from './controllers/namespace.ts';
import { NodeLifecycleController } from './controllers/node-lifecycle.ts';
import { ReplicaSetController } from './controllers/replica-set.ts';
import { Scheduler } from './controllers/scheduler.ts';
import { StatefulSetController } from './controllers/stateful-set.ts';
import { VolumeController } from './controllers/volumes.ts';
import type { VolumeSettings } from './controllers/volumes.ts';
import { Kubelet, NODE_LEASES } from './kubelet/kubelet.ts';
import type { NodeDescription } from './kubelet/kubelet.ts';
import type { TokenOf } from './kubelet/container-request.ts';
import type { ContainerRuntime } from './kubelet/runtime.ts';
import type { Store } from './store.ts';
import { KUBERNETES_VERSION } from './types/builtin.ts';

export const LOCAL_PROVISIONER = 'quorate.io/local-volume';
export const DEFAULT_CLASS = 'standard';

export interface ClusterOptions {
  readonly clock: Clock;
  readonly random?: Random | undefined;
  readonly runtime: ContainerRuntime;
  readonly store?: Store | undefined;
  readonly connector?: PodConnector | undefined;
  readonly volumes?: VolumeSettings | undefined;
  /** Between a change and a controller's look at it. */
  readonly delayMs?: ((controller: string) => number) | undefined;
  /** Of the service account that a pod runs as. */
  readonly tokenOf?: TokenOf | undefined;
  /** Address of the n-th Service; without it they are of 10.96.0.0/16. */
  readonly serviceAddress?: ((index: number) => string) | undefined;
  readonly nodePort?: ((index: number) => number) | undefined;
  /** PEM, for pods that speak to the API. */
  readonly rootCertificate?: string | undefined;
}

/** Volumes stay on the node where they were made, as on most machines with disks of their own, and grow. */
const localVolumes: VolumeSettings = { provisioners: new Map([[LOCAL_PROVISIONER, { nodeBound: true, resizes: true }]]) };

export class ModelCluster {
  readonly api: ModelApi;
  readonly client: ModelClient;
  readonly controllers: ControllerHost;
  readonly #options: ClusterOptions;
  readonly #kubelets = new Map<string, Kubelet>();

  constructor(options: ClusterOptions) {
    const { clock, random = new SeededRandom(1), store, connector, serviceAddress, nodePort } = options;
    this.#options = options;
    this.api = new ModelApi({ clock, random, store, connector, serviceAddress, nodePort });
    this.client = new ModelClient(this.api, clock, 'cluster');
    this.controllers = new ControllerHost(this.#controllers(), { clock, client: this.client, delayMs: options.delayMs });
    this.#furnish();
    // What a store brought along is looked at as if it had just been seen.
    if (store !== undefined) this.controllers.resync();
  }

  addNode(node: NodeDescription): Kubelet {
    assert(!this.#kubelets.has(node.name), `no two nodes are called ${node.name}`);
    const { clock, runtime, tokenOf } = this.#options;
    const kubernetesVersion = `v${KUBERNETES_VERSION}`;
    const kubelet = new Kubelet({ clock, client: this.client, runtime, node, kubernetesVersion, tokenOf });
    this.#kubelets.set(node.name, kubelet);
    kubelet.start();
    return kubelet;
  }

  /** Of workers with 4 processors and 16 GiB, called `name-1` and so on. */
  addNodes(count: number, name = 'worker'): void {
    const capacity = { cpu: '4', memory: '16Gi', pods: '110' };
    for (let index = 1; index <= count; index += 1)
      this.addNode({ name: `${name}-${index}`, address: `10.0.0.${index}`, capacity });
  }

  node(name: string): Kubelet {
    return present(this.#kubelets.get(name), `there is a node called ${name}`);
  }

  /** The machine is off and will not come back; its object is left to whoever deletes it. */
  destroyNode(name: string): void {
    this.node(name).stop();
    this.#kubelets.delete(name);
  }

  /** Everything comes to a halt, and no timer is left. */
  stop(): void {
    this.controllers.stop();
    for (const kubelet of this.#kubelets.values()) kubelet.stop();
    this.api.watches.endAll();
  }

  /** As `stop`, but what runs in pods is left to whoever stops the runtime. */
  halt(): void {
    this.controllers.stop();
    for (const kubelet of this.#kubelets.values()) kubelet.halt();
    this.api.watches.endAll();
  }

  #controllers(): readonly Controller[] {
    const { client } = this;
    return [
      new NamespaceController(client, this.#options.rootCertificate ?? ''),
      new DefinitionController(client),
      new GarbageCollector(client),
      new StatefulSetController(client),
      new DeploymentController(client),
      new ReplicaSetController(client),
      new VolumeController(client, this.#options.volumes ?? localVolumes),
      new Scheduler(client),
      new EndpointsController(client),
      new DisruptionController(client),
      new NodeLifecycleController(client),
      new EventExpiry(client),
    ];
  }

  /** What every cluster has from its first moment. */
  #furnish(): void {
    for (const name of ['default', 'kube-system', 'kube-public', NODE_LEASES]) {
      if (this.client.find(NAMESPACES, { namespace: null, name }) === null)
        this.client.create(NAMESPACES, { metadata: { name } });
    }
    if (this.client.find(SERVICES, { namespace: 'default', name: 'kubernetes' }) === null) {
      this.client.create(SERVICES, {
        metadata: { name: 'kubernetes', namespace: 'default' },
        spec: { ports: [{ name: 'https', port: 443, targetPort: 6443 }] },
      });
    }
    if (this.client.find(CLASSES, { namespace: null, name: DEFAULT_CLASS }) !== null) return;
    this.client.create(CLASSES, {
      metadata: { name: DEFAULT_CLASS, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
      provisioner: LOCAL_PROVISIONER,
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    });
  }
}
