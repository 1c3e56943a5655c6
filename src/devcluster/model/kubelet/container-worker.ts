/** One container of a pod: pulled, started, probed, stopped, and started again, later each time it fails. */
import { assert } from '../../../shared/assert.ts';
import type { Clock } from '../../../shared/clock.ts';
import type { Container, ContainerState, ContainerStatus, Probe } from '../kinds.ts';
import { timeText } from '../objects.ts';
import { NotYetError } from './container-request.ts';
import { Prober } from './prober.ts';
import type { ContainerExit, ContainerRequest, ContainerRuntime, RunningContainer } from './runtime.ts';

export const CONTAINER_LIMITS = {
  backoffFirstMs: 10_000,
  backoffMostMs: 300_000,
  /** After it ran for so long, a failure is the first again. */
  backoffForgottenMs: 600_000,
  notYetMs: 1_000,
} as const;

export interface ContainerWorkerOptions {
  readonly clock: Clock;
  readonly runtime: ContainerRuntime;
  readonly node: string;
  readonly container: Container;
  readonly restartPolicy: string;
  /** How often it was started again before this kubelet began. */
  readonly restarts?: number | undefined;
  /** @throws NotYetError while something that it needs is not there */
  readonly request: (restart: number) => ContainerRequest;
  readonly graceMs: number;
  readonly onChange: () => void;
  readonly tell: (type: 'Normal' | 'Warning', reason: string, message: string) => void;
}

type Phase = 'pulling' | 'running' | 'waiting' | 'ended';

export class ContainerWorker {
  readonly #options: ContainerWorkerOptions;
  #phase: Phase = 'waiting';
  #state: ContainerState = { waiting: { reason: 'ContainerCreating' } };
  #lastState: ContainerState | Record<string, never> = {};
  #restarts = 0;
  #imageId = '';
  #running: RunningContainer | null = null;
  #startedAtMs = 0;
  #isStarted = false;
  #isReady = false;
  #isStopping = false;
  #failures = 0;
  #pullFailures = 0;
  #probers: Prober[] = [];
  #timers = new Set<() => void>();

  constructor(options: ContainerWorkerOptions) {
    this.#options = options;
    this.#restarts = options.restarts ?? 0;
  }

  get name(): string {
    return this.#options.container.name;
  }

  get hasEnded(): boolean {
    return this.#phase === 'ended';
  }

  get exitCode(): number | null {
    return 'terminated' in this.#state ? this.#state.terminated.exitCode : null;
  }

  get status(): ContainerStatus {
    const { container } = this.#options;
    return {
      name: container.name,
      state: this.#state,
      lastState: this.#lastState,
      ready: this.#isReady,
      started: this.#isStarted,
      restartCount: this.#restarts,
      image: container.image,
      imageID: this.#imageId,
      ...(this.#running === null ? {} : { containerID: this.#running.id }),
    };
  }

  start(): void {
    if (this.#isStopping) return;
    const { runtime, node, container } = this.#options;
    this.#phase = 'pulling';
    runtime.pull(node, container.image, container.imagePullPolicy, (outcome) => {
      if (this.#isStopping || this.#phase !== 'pulling') return;
      if (outcome.ok) {
        this.#imageId = outcome.imageId;
        this.#pullFailures = 0;
        this.#run();
      } else this.#pullFailed(outcome.reason, outcome.message);
    });
  }

  /** SIGTERM now, SIGKILL when the grace is over. */
  stop(graceMs: number): void {
    this.#isStopping = true;
    this.#clear();
    if (this.#running === null) {
      this.#phase = 'ended';
      this.#options.onChange();
      return;
    }
    this.#running.stop('SIGTERM');
    this.killAfter(graceMs);
  }

  killAfter(graceMs: number): void {
    this.#after(graceMs, () => this.#running?.stop('SIGKILL'));
  }

  /** Nothing more is heard of it or done to it. */
  abandon(): void {
    this.#isStopping = true;
    this.#clear();
    this.#running = null;
    this.#phase = 'ended';
  }

  #after(delayMs: number, act: () => void): void {
    const cancel = this.#options.clock.schedule(delayMs, () => {
      this.#timers.delete(cancel);
      act();
    });
    this.#timers.add(cancel);
  }

  #clear(): void {
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
    for (const prober of this.#probers) prober.stop();
    this.#probers = [];
  }

  #wait(reason: string, message: string, delayMs: number): void {
    this.#phase = 'waiting';
    this.#state = { waiting: message === '' ? { reason } : { reason, message } };
    this.#after(delayMs, () => this.start());
    this.#options.onChange();
  }

  #pullFailed(reason: string, message: string): void {
    const { container, tell } = this.#options;
    this.#pullFailures += 1;
    tell('Warning', 'Failed', `Failed to pull image "${container.image}": ${message}`);
    const delayMs = backoffMs(this.#pullFailures);
    this.#wait(reason, message, delayMs);
    if (reason !== 'ErrImagePull') return;
    // The failure is shown for a moment, the back-off from then on.
    this.#after(delayMs / 10, () => {
      if (this.#phase !== 'waiting') return;
      this.#state = {
        waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "${container.image}": ${reason}: ${message}` },
      };
      this.#options.onChange();
    });
  }

  #run(): void {
    const { runtime, clock, tell, container } = this.#options;
    let request: ContainerRequest;
    try {
      request = this.#options.request(this.#restarts);
    } catch (error) {
      if (!(error instanceof NotYetError)) throw error;
      tell('Warning', 'Failed', `Error: ${error.message}`);
      this.#wait('CreateContainerConfigError', error.message, CONTAINER_LIMITS.notYetMs);
      return;
    }
    this.#phase = 'running';
    this.#startedAtMs = clock.wallMs();
    this.#state = { running: { startedAt: timeText(this.#startedAtMs) } };
    let running: RunningContainer | null = null;
    running = runtime.start(request, (exit) => this.#exited(running, exit));
    this.#running = running;
    tell('Normal', 'Started', `Started container ${container.name}`);
    if (container.startupProbe === undefined) this.#startUp();
    else this.#probe('Startup', container.startupProbe, (ok, message) => (ok ? this.#startUp() : this.#kill('startup', message)));
    this.#options.onChange();
  }

  #startUp(): void {
    const { livenessProbe, readinessProbe } = this.#options.container;
    this.#isStarted = true;
    for (const prober of this.#probers.splice(0)) prober.stop();
    if (livenessProbe !== undefined)
      this.#probe('Liveness', livenessProbe, (ok, message) => (ok ? undefined : this.#kill('liveness', message)));
    if (readinessProbe === undefined) this.#isReady = true;
    else this.#probe('Readiness', readinessProbe, (ok) => this.#becomeReady(ok));
    this.#options.onChange();
  }

  #becomeReady(ready: boolean): void {
    this.#isReady = ready;
    this.#options.onChange();
  }

  #probe(kind: string, probe: Probe, onVerdict: (ok: boolean, message: string) => void): void {
    const { clock, tell } = this.#options;
    assert(this.#running !== null, 'what is probed runs');
    const prober = new Prober({
      clock,
      probe,
      container: this.#running,
      onVerdict: (ok, message) => {
        if (!ok) tell('Warning', 'Unhealthy', `${kind} probe failed: ${message}`);
        onVerdict(ok, message);
      },
    });
    this.#probers.push(prober);
  }

  #kill(probe: string, message: string): void {
    const { tell, container, graceMs } = this.#options;
    tell('Normal', 'Killing', `Container ${container.name} failed ${probe} probe, will be restarted: ${message}`);
    for (const prober of this.#probers.splice(0)) prober.stop();
    this.#running?.stop('SIGTERM');
    this.killAfter(graceMs);
  }

  #exited(running: RunningContainer | null, { exitCode, reason, message }: ContainerExit): void {
    if (this.#running === null || this.#running !== running) return;
    const { clock, restartPolicy } = this.#options;
    const nowMs = clock.wallMs();
    const containerID = running.id;
    const terminated = {
      exitCode,
      reason,
      ...(message === undefined ? {} : { message }),
      startedAt: timeText(this.#startedAtMs),
      finishedAt: timeText(nowMs),
      containerID,
    };
    this.#running = null;
    this.#isReady = false;
    this.#isStarted = false;
    this.#clear();
    this.#state = { terminated };
    this.#phase = 'ended';
    const again = !this.#isStopping && (restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && exitCode !== 0));
    if (again) this.#startAgain(nowMs);
    else this.#options.onChange();
  }

  /** At once after the first failure; then 10 s, 20 s and so on, unless it ran for long. */
  #startAgain(nowMs: number): void {
    this.#failures = nowMs - this.#startedAtMs >= CONTAINER_LIMITS.backoffForgottenMs ? 0 : this.#failures;
    const delayMs = this.#failures === 0 ? 0 : backoffMs(this.#failures);
    this.#failures += 1;
    this.#lastState = this.#state;
    this.#restarts += 1;
    const { container, tell } = this.#options;
    if (delayMs === 0) {
      this.start();
      this.#options.onChange();
      return;
    }
    const message = `back-off ${delayMs / 1_000}s restarting failed container=${container.name}`;
    tell('Warning', 'BackOff', `Back-off restarting failed container ${container.name}`);
    this.#wait('CrashLoopBackOff', message, delayMs);
  }
}

function backoffMs(failures: number): number {
  return Math.min(CONTAINER_LIMITS.backoffMostMs, CONTAINER_LIMITS.backoffFirstMs * 2 ** (failures - 1));
}
