/** Containers that are not there: on a passed clock, with programs that say how they answer probes and how they end. */
import { assert } from '../../../shared/assert.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Pod, Probe } from '../kinds.ts';
import type {
  ContainerExit,
  ContainerRequest,
  ContainerRuntime,
  ProbeOutcome,
  PullOutcome,
  RunningContainer,
  SandboxOutcome,
} from './runtime.ts';

/** What runs in a container. */
export interface SimulatedProgram {
  readonly probe: (probe: Probe) => ProbeOutcome;
  /** Told to stop. @returns the milliseconds until it ends by itself; null: it does not. */
  readonly terminate: () => number | null;
  /** It has ended, in whatever way. */
  readonly ended: () => void;
}

export interface SimulatedRuntimeOptions {
  readonly clock: Clock;
  /** Null: there is no such image. `exit` ends the container from within. */
  readonly program: (request: ContainerRequest, exit: (exit: ContainerExit) => void) => SimulatedProgram;
  readonly hasImage: (image: string) => boolean;
  readonly pullMs?: number | undefined;
  readonly sandboxMs?: number | undefined;
  readonly probeMs?: number | undefined;
}

interface Simulated {
  readonly node: string;
  readonly program: SimulatedProgram;
  readonly end: (exit: ContainerExit) => void;
  /** Nobody is told. */
  readonly vanish: () => void;
}

const KILLED: ContainerExit = { exitCode: 137, reason: 'Error' };
const COMPLETED: ContainerExit = { exitCode: 0, reason: 'Completed' };

export class SimulatedRuntime implements ContainerRuntime {
  readonly #options: SimulatedRuntimeOptions;
  readonly #running = new Map<string, Simulated>();
  readonly #byPod = new Map<string, Set<string>>();
  #addresses = 0;
  #started = 0;

  constructor(options: SimulatedRuntimeOptions) {
    this.#options = options;
  }

  readonly pull = (_node: string, image: string, _policy: string, done: (outcome: PullOutcome) => void): void => {
    const { clock, hasImage, pullMs = 100 } = this.#options;
    const failure: PullOutcome = {
      ok: false,
      reason: 'ErrImagePull',
      message: `rpc error: code = NotFound desc = failed to resolve reference "${image}": not found`,
    };
    clock.schedule(pullMs, () => done(hasImage(image) ? { ok: true, imageId: `simulated://${image}` } : failure));
  };

  readonly createSandbox = (_node: string, _pod: Pod, done: (outcome: SandboxOutcome) => void): void => {
    const { clock, sandboxMs = 50 } = this.#options;
    this.#addresses += 1;
    const address = `10.244.${this.#addresses >> 8}.${this.#addresses & 0xff}`;
    clock.schedule(sandboxMs, () => done({ ok: true, address }));
  };

  readonly removeSandbox = (_node: string, pod: Pod): void => {
    this.#byPod.delete(pod.metadata.uid);
  };

  readonly start = (request: ContainerRequest, exited: (exit: ContainerExit) => void): RunningContainer => {
    const { clock, probeMs = 1 } = this.#options;
    const id = `simulated://${(this.#started += 1)}`;
    const end = (exit: ContainerExit): void => {
      if (!this.#running.delete(id)) return;
      program.ended();
      clock.schedule(0, () => exited(exit));
    };
    const program = this.#options.program(request, end);
    const vanish = (): void => {
      if (this.#running.delete(id)) program.ended();
    };
    this.#running.set(id, { node: request.node, program, end, vanish });
    const { uid } = request.pod.metadata;
    this.#byPod.set(uid, new Set([...(this.#byPod.get(uid) ?? []), id]));
    return {
      id,
      stop: (signal) => this.#stop(id, signal),
      probe: (probe, done) => {
        clock.schedule(probeMs, () =>
          done(this.#running.get(id)?.program.probe(probe) ?? { ok: false, message: 'connection refused' }),
        );
      },
    };
  };

  readonly cutPower = (node: string): void => {
    for (const container of [...this.#running.values()]) if (container.node === node) container.vanish();
  };

  /** Ends what runs in the pod, as if it had crashed. */
  crash(podUid: string, exit: ContainerExit = { exitCode: 1, reason: 'Error' }): void {
    const ids = [...(this.#byPod.get(podUid) ?? [])].filter((id) => this.#running.has(id));
    assert(ids.length > 0, 'only what runs can crash');
    for (const id of ids) this.#running.get(id)?.end(exit);
  }

  #stop(id: string, signal: 'SIGTERM' | 'SIGKILL'): void {
    const container = this.#running.get(id);
    if (container === undefined) return;
    if (signal === 'SIGKILL') {
      container.end(KILLED);
      return;
    }
    const afterMs = container.program.terminate();
    if (afterMs !== null) this.#options.clock.schedule(afterMs, () => container.end(COMPLETED));
  }
}
