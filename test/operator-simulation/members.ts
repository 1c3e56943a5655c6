/**
 * What runs in the pods: production storage nodes, one machine of the store's simulator for each volume. The kubelet of the model starts,
 * probes and stops them; peers find them by the pod's name, the operator by the pod's address.
 */
import type { ContainerExit, ContainerRequest } from '../../src/devcluster/model/kubelet/runtime.ts';
import type { SimulatedProgram } from '../../src/devcluster/model/kubelet/simulated-runtime.ts';
import type { NodeConfig } from '../../src/node/node-config.ts';
import type { NodeHttpBackend } from '../../src/node/http-backend.ts';
import type { NodeMetrics } from '../../src/node/metrics.ts';
import type { StorageNode } from '../../src/node/storage-node.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import type { Random } from '../../src/shared/random.ts';
import { Machine } from '../simulation/machine.ts';
import type { MachineWorld, NodeProcess } from '../simulation/machine.ts';
import type { Network } from '../simulation/network.ts';
import { buildOf } from './builds.ts';
import type { NodeBuild, NodeBuilds } from './builds.ts';

const MIB = 1024 * 1024;

/** Of a small store: what is written here is little. */
const LIMITS: NodeConfig['limits'] = {
  clientsMax: 100,
  clientUnreadBytesMax: MIB,
  uncommittedBytesMax: MIB,
  entryBytesMax: 64 * 1024,
  requestsMax: 256,
  requestBytesMax: MIB,
  dataBytesMax: 16 * MIB,
  segmentBytes: 64 * 1024,
  snapshotLogBytes: 32 * 1024,
  trailingEntries: 50,
  trailingBytesMax: 64 * 1024,
  snapshotBytesPerSecond: 16 * MIB,
  scrubBytesPerSecond: 4 * 1024,
};

/** A volume, and the node that runs on it or did. */
export interface Volume {
  /** UID of the claim. */
  readonly claimUid: string;
  readonly machine: Machine;
  /** Of the pod that runs on it now. */
  address: string | null;
  podUid: string | null;
  kubernetesNode: string | null;
  /** Gone for good: nothing on it will ever be read again. */
  isLost: boolean;
}

/** One for each build and process of the machine that runs the simulation: they register what they measure with it. */
const metricsOfBuilds = new Map<NodeBuild, NodeMetrics>();

export interface MembersEvents {
  failed(machine: Machine | null, error: unknown): void;
  trace(sentence: string, data: object): void;
}

export class Members implements MachineWorld {
  readonly network: Network;
  readonly limits = LIMITS;
  readonly volumes = new Map<string, Volume>();
  readonly #builds: NodeBuilds;
  readonly #random: Random;
  readonly #events: MembersEvents;
  readonly #metrics = metricsOfBuilds;
  readonly #onEnd = new Map<NodeProcess, Set<() => void>>();
  /** The one that ran last. */
  readonly #processes = new Map<Machine, NodeProcess>();
  readonly #exits = new Map<Machine, (exit: ContainerExit) => void>();

  constructor(network: Network, builds: NodeBuilds, random: Random, events: MembersEvents) {
    this.network = network;
    this.#builds = builds;
    this.#random = random;
    this.#events = events;
  }

  hasImage(image: string): boolean {
    return buildOf(this.#builds, image) !== null;
  }

  get machines(): readonly Machine[] {
    return [...this.volumes.values()].map(({ machine }) => machine);
  }

  /** The running one at this address. */
  at(address: string): Volume | null {
    for (const volume of this.volumes.values()) if (volume.address === address && volume.machine.isUp) return volume;
    return null;
  }

  running(name: string): Volume | null {
    for (const volume of this.volumes.values())
      if (volume.machine.name === name && volume.machine.isUp && volume.address !== null) return volume;
    return null;
  }

  ofPod(podUid: string): Volume | null {
    for (const volume of this.volumes.values()) if (volume.podUid === podUid && volume.machine.isUp) return volume;
    return null;
  }

  /** The volume whose folder last showed this id. */
  holding(id: MemberId): Volume | null {
    for (const volume of this.volumes.values()) if (!volume.isLost && volume.machine.shownId === id) return volume;
    return null;
  }

  /** The node's HTTP face, without sockets: what it measures is nobody's business here. */
  backendOf(node: StorageNode, build: NodeBuild): NodeHttpBackend {
    let metrics = this.#metrics.get(build);
    if (metrics === undefined) this.#metrics.set(build, (metrics = new build.NodeMetrics()));
    return new build.NodeHttpBackend({ node, metrics, adminToken: () => '', clients: () => 0, stop: () => undefined });
  }

  /** Called when the process ends, in whatever way: its connections close. */
  onEnd(process: NodeProcess, act: () => void): () => void {
    const acts = this.#onEnd.get(process) ?? new Set();
    this.#onEnd.set(process, acts.add(act));
    return () => acts.delete(act);
  }

  #ended(process: NodeProcess | null): void {
    if (process === null) return;
    const acts = this.#onEnd.get(process) ?? [];
    this.#onEnd.delete(process);
    for (const act of acts) act();
  }

  /** With everything that runs there; what was not synced may be gone. */
  powerLost(kubernetesNode: string): void {
    for (const volume of this.volumes.values())
      if (volume.kubernetesNode === kubernetesNode && volume.machine.isUp) this.#end(volume, 'power-lost');
  }

  /** The disk is gone, with everything on it. */
  destroy(volume: Volume): void {
    if (volume.machine.isUp) this.#end(volume, 'power-lost');
    volume.isLost = true;
    volume.machine.loseVolume();
  }

  /** An empty disk takes the place of the old one, under the same claim. */
  wipe(volume: Volume): void {
    const { machine } = volume;
    const exit = this.#exits.get(machine);
    if (machine.isUp) this.#end(volume, 'power-lost');
    machine.loseVolume();
    exit?.({ exitCode: 1, reason: 'Error', message: 'I/O error' });
  }

  program(request: ContainerRequest, exit: (exit: ContainerExit) => void): SimulatedProgram {
    const source = request.mounts.find((mount) => mount.source.type === 'claim')?.source;
    const claimUid = source?.type === 'claim' ? source.claimUid : request.pod.metadata.uid;
    const volume = this.#volume(claimUid, request.pod.metadata.name);
    const { machine } = volume;
    if (machine.isUp) {
      // Another pod still runs on this volume: the folder's lock holds this one off.
      this.network.scheduler.after(1, () => exit({ exitCode: 1, reason: 'Error', message: 'the data folder is in use' }));
      return { probe: () => ({ ok: false, message: 'connection refused' }), terminate: () => 0, ended: () => undefined };
    }
    machine.build = buildOf(this.#builds, request.container.image) ?? this.#builds.first;
    volume.address = request.address;
    volume.podUid = request.pod.metadata.uid;
    volume.kubernetesNode = request.node;
    this.#exits.set(machine, exit);
    machine.start();
    const { process } = machine;
    if (process !== null) this.#processes.set(machine, process);
    return {
      probe: ({ httpGet }) => probe(process, httpGet?.path ?? ''),
      terminate: () => {
        this.#terminate(machine, process, exit);
        return null;
      },
      ended: () => {
        if (machine.process === process && process !== null) this.#end(volume, 'killed');
      },
    };
  }

  /** As `src/node/run-node.ts` does at SIGTERM. */
  #terminate(machine: Machine, process: NodeProcess | null, exit: (exit: ContainerExit) => void): void {
    process?.deliver(() => {
      const end = async (): Promise<void> => {
        await process.node?.handOver();
        await process.node?.stop();
        exit({ exitCode: 0, reason: 'Completed' });
      };
      end().catch((error: unknown) => this.failed(machine, error));
    });
  }

  #end(volume: Volume, death: 'killed' | 'power-lost'): void {
    const { process } = volume.machine;
    this.#exits.delete(volume.machine);
    volume.machine.die(death);
    volume.address = null;
    volume.podUid = null;
    this.#ended(process);
  }

  #volume(claimUid: string, name: string): Volume {
    const known = this.volumes.get(claimUid);
    if (known !== undefined) return known;
    const machine = new Machine(name, this, this.#builds.first, this.#random.split());
    const volume: Volume = { claimUid, machine, address: null, podUid: null, kubernetesNode: null, isLost: false };
    this.volumes.set(claimUid, volume);
    return volume;
  }

  failed(machine: Machine | null, error: unknown): void {
    this.#events.failed(machine, error);
  }

  exited(machine: Machine, reason: string): void {
    this.#events.trace('the process ended', { member: machine.name, reason });
    const exit = this.#exits.get(machine);
    this.#exits.delete(machine);
    this.#ended(this.#processes.get(machine) ?? null);
    exit?.({ exitCode: 1, reason: 'Error', message: reason });
  }

  served(): void {
    // Seen at the next look of the judges.
  }

  frameLeaves(): number {
    return 1;
  }

  beforeDiskOperation(): void {
    // These disks work; the store's own simulator has those that do not.
  }

  diskFault(): string | null {
    return null;
  }

  misdirect(): { path: string; offset: number } | null {
    return null;
  }

  trace(machine: Machine, sentence: string, data: object): void {
    this.#events.trace(sentence, { member: machine.name, ...data });
  }
}

function probe(
  process: NodeProcess | null,
  path: string,
): { readonly ok: true } | { readonly ok: false; readonly message: string } {
  const node = process?.isAlive === true ? process.node : null;
  if (node === null) return { ok: false, message: 'connection refused' };
  if (path !== '/readyz' || node.readiness().ready) return { ok: true };
  return { ok: false, message: 'HTTP probe failed with statuscode: 503' };
}
