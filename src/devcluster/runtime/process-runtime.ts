/**
 * Containers as processes of this machine: what the model's kubelet decides is done with real programs, signals, folders and sockets. There is no
 * isolation but that each pod has an address: a container sees the machine's files and runs as the user who started the devcluster.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { present } from '../../shared/assert.ts';
import type { Clock } from '../../shared/clock.ts';
import type { PodGate } from '../http/pods/pod-gate.ts';
import type { Pod, Probe } from '../model/kinds.ts';
import type {
  ContainerExit,
  ContainerRequest,
  ContainerRuntime,
  Mount,
  ProbeOutcome,
  PullOutcome,
  RunningContainer,
  SandboxOutcome,
} from '../model/kubelet/runtime.ts';
import type { Supervisor } from '../supervision/supervisor.ts';
import { ContainerLog, readLog, startsWithLogs } from './container-log.ts';
import { ContainerProcess } from './container-process.ts';
import type { ProcessSpec } from './container-process.ts';
import { runBeside, spawnBeside } from './exec.ts';
import type { ClusterFolders } from './folders.ts';
import { placeMounts, refreshMounts, translated } from './mounts.ts';
import type { PlacedMount } from './mounts.ts';
import type { PodNetwork } from './pod-network.ts';
import { probeOnce } from './probes.ts';

/** What an image is on this machine. */
export interface ImageProgram {
  /** Unless the container says `command`. */
  readonly entrypoint: readonly string[];
  /** Unless the container says `args` or `command`. */
  readonly args?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface ProcessRuntimeOptions {
  readonly clock: Clock;
  readonly folders: ClusterFolders;
  readonly network: PodNetwork;
  readonly supervisor: Supervisor;
  /** Null: there is no such image. */
  readonly image: (image: string) => ImageProgram | null;
  /** What every container of the pod has in its environment, unless the pod says otherwise. */
  readonly environment: (pod: Pod, address: string) => Readonly<Record<string, string>>;
  /** What the pod's containers can't do without and is nowhere in its spec: its credentials in a form that a process can read. */
  readonly furnish: (pod: Pod, folder: string) => void;
}

interface LiveContainer {
  readonly request: ContainerRequest;
  readonly process: ContainerProcess;
  readonly mounts: readonly PlacedMount[];
  readonly log: ContainerLog;
  /** Nobody is told of its end. */
  isForgotten: boolean;
}

export const LAST_STOP_MS = 5_000;

export class ProcessRuntime implements ContainerRuntime, PodGate {
  readonly #options: ProcessRuntimeOptions;
  /** By pod's UID and container's name. */
  readonly #live = new Map<string, LiveContainer>();
  readonly #addresses = new Map<string, string>();

  constructor(options: ProcessRuntimeOptions) {
    this.#options = options;
  }

  readonly pull = (_node: string, image: string, policy: string, done: (outcome: PullOutcome) => void): void => {
    const found = this.#options.image(image);
    const message =
      policy === 'Never'
        ? `Container image "${image}" is not present with pull policy of Never`
        : `this devcluster has no image "${image}", and pulls none: it knows programs by the names of their images`;
    const outcome: PullOutcome =
      found === null ? { ok: false, reason: 'ErrImagePull', message } : { ok: true, imageId: `process://${image}` };
    this.#options.clock.schedule(0, () => done(outcome));
  };

  readonly createSandbox = (_node: string, pod: Pod, done: (outcome: SandboxOutcome) => void): void => {
    const { network, folders } = this.#options;
    mkdirSync(folders.home(pod), { recursive: true, mode: 0o700 });
    const { uid } = pod.metadata;
    const address = this.#addresses.get(uid) ?? network.allocate();
    this.#addresses.set(uid, address);
    const ports = pod.spec.containers.flatMap((container) => (container.ports ?? []).map(({ containerPort }) => containerPort));
    Promise.all(ports.map((port) => network.openPort(address, port))).then(
      () => done({ ok: true, address }),
      (error: unknown) => done({ ok: false, message: String(error) }),
    );
  };

  readonly removeSandbox = (_node: string, pod: Pod): void => {
    const { network, folders } = this.#options;
    for (const container of this.#of(pod)) this.#forget(container);
    const address = this.#addresses.get(pod.metadata.uid);
    this.#addresses.delete(pod.metadata.uid);
    if (address !== undefined) network.release(address);
    rmSync(folders.pod(pod), { recursive: true, force: true, maxRetries: 3 });
  };

  readonly start = (request: ContainerRequest, exited: (exit: ContainerExit) => void): RunningContainer => {
    const { clock, folders, supervisor } = this.#options;
    const { pod, container, restart } = request;
    const mounts = placeMounts(folders, pod, request.mounts);
    const log = new ContainerLog(folders.log(pod, container.name, restart), clock);
    const process = new ContainerProcess(this.#spec(request, mounts), log, supervisor);
    const live: LiveContainer = { request, process, mounts, log, isForgotten: false };
    const key = keyOf(pod, container.name);
    this.#live.set(key, live);
    void process.ended.then((exit) => {
      if (this.#live.get(key) === live) this.#live.delete(key);
      if (!live.isForgotten) exited(exit);
    });
    return {
      id: `process://${process.pid}`,
      stop: (signal) => process.stop(signal),
      probe: (probe, done) => void this.#probe(live, probe).then(done),
    };
  };

  readonly cutPower = (node: string): void => {
    for (const container of this.#live.values()) if (container.request.node === node) this.#forget(container);
  };

  /** What is mounted changed in the API: files are written anew. */
  readonly refresh = (pod: Pod, mounts: readonly Mount[]): void => refreshMounts(this.#options.folders, pod, mounts);

  /** Everything ends: first asked, then made to. Nobody is told. Resolves when nothing runs. */
  async stop(): Promise<void> {
    const left = [...this.#live.values()];
    for (const container of left) {
      container.isForgotten = true;
      container.process.stop('SIGTERM');
    }
    const ended = Promise.all(left.map(({ process }) => process.ended));
    const cancel = this.#options.clock.schedule(LAST_STOP_MS, () => left.forEach(({ process }) => process.stop('SIGKILL')));
    await ended;
    cancel();
  }

  /** Process ids of what runs, by pod and container. */
  processes(): readonly { readonly namespace: string; readonly pod: string; readonly container: string; readonly pid: number }[] {
    return [...this.#live.values()].map(({ request: { pod, container }, process: { pid } }) => {
      return { namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container: container.name, pid };
    });
  }

  readonly exec: PodGate['exec'] = (pod, container, command) => {
    const live = this.#live.get(keyOf(pod, container));
    if (live === undefined) return null;
    const words = command.map((word) => translated(word, live.mounts));
    return spawnBeside(live.process.spec, words, this.#options.supervisor);
  };

  readonly logs: PodGate['logs'] = (pod, container, previous) => {
    const { folders } = this.#options;
    const starts = startsWithLogs(folders.logs(pod, container));
    const start = starts.at(previous ? -2 : -1);
    if (start === undefined) return null;
    const live = this.#live.get(keyOf(pod, container));
    if (live?.request.restart !== start) return { lines: readLog(folders.log(pod, container, start)), follow: null };
    return { lines: live.log.lines(), follow: (line, end) => live.log.follow(line, end) };
  };

  readonly dial: PodGate['dial'] = (address, port) => {
    return connect({ ...this.#options.network.place({ host: address, port }), noDelay: true });
  };

  #of({ metadata }: Pod): readonly LiveContainer[] {
    return [...this.#live.values()].filter(({ request }) => request.pod.metadata.uid === metadata.uid);
  }

  #forget(container: LiveContainer): void {
    container.isForgotten = true;
    container.process.stop('SIGKILL');
  }

  #spec(request: ContainerRequest, mounts: readonly PlacedMount[]): ProcessSpec {
    const { image, environment, folders, furnish } = this.#options;
    const { pod, container, address } = request;
    const { entrypoint, args = [], env = {} } = present(image(container.image), 'what was pulled is there');
    const words =
      request.command === null
        ? [...entrypoint, ...(request.args.length > 0 || container.args !== undefined ? request.args : args)]
        : [...request.command, ...request.args];
    const here = (text: string): string => translated(text, mounts);
    const own = Object.fromEntries(Object.entries(request.env).map(([name, value]) => [name, here(value)]));
    furnish(pod, folders.pod(pod));
    return {
      command: words.map(here),
      env: { ...environment(pod, address), ...env, ...own },
      folder: container.workingDir === undefined ? folders.home(pod) : here(container.workingDir),
    };
  }

  async #probe({ request, process, mounts }: LiveContainer, probe: Probe): Promise<ProbeOutcome> {
    const { network, supervisor } = this.#options;
    return probeOnce(probe, {
      container: request.container,
      place: (port) => network.place({ host: request.address, port }),
      exec: (command, timeoutMs) => {
        const words = command.map((word) => translated(word, mounts));
        return runBeside(process.spec, words, supervisor, timeoutMs);
      },
    });
  }
}

function keyOf({ metadata }: Pod, container: string): string {
  return `${metadata.uid}/${container}`;
}
