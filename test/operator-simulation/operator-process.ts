/**
 * One process of the production operator: it lives until it is ended, may be suspended and wake up late, and writes to the API server and to
 * members through wires that the world taps. What a dead process had begun never goes on; what it had sent may still arrive.
 */
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { Operator } from '../../src/operator/main.ts';
import type { KubernetesTransport } from '../../src/operator/kubernetes/api.ts';
import type { NodeClient } from '../../src/operator/node-client.ts';
import { createReconciler } from '../../src/operator/reconcile.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { Random } from '../../src/shared/random.ts';
import type { Scheduler } from '../simulation/scheduler.ts';
import { SimulatedClock } from './process-clock.ts';

export interface OperatorProcessOptions {
  readonly identity: string;
  readonly version: string;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly transport: (process: OperatorProcess) => KubernetesTransport;
  readonly nodes: (process: OperatorProcess) => NodeClient;
  readonly failed: (error: unknown) => void;
}

const log = pino({ level: 'silent' });
const nothing = (): void => undefined;

export class OperatorProcess {
  readonly identity: string;
  readonly clock: Clock;
  readonly #options: OperatorProcessOptions;
  readonly #backlog: (() => void)[] = [];
  readonly #onEnd: (() => void)[] = [];
  #isAlive = true;
  #isSuspended = false;
  /** When it last woke up; what it then finds on its wires it had asked for before. */
  wokeAtMs = -Infinity;
  /** When the pass began that is under way; null between passes. */
  passBeganAtMs: number | null = null;
  passes = 0;
  #operator: Operator | null = null;
  readonly #aborter = new AbortController();

  constructor(options: OperatorProcessOptions) {
    this.#options = options;
    this.identity = options.identity;
    this.clock = new SimulatedClock(options.scheduler, (act) => this.deliver(act));
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get isSuspended(): boolean {
    return this.#isSuspended;
  }

  get isLeader(): boolean {
    return this.#isAlive && this.#operator?.isLeader === true;
  }

  start(): void {
    const { random, failed, version } = this.#options;
    const settings = {
      namespace: 'quorate',
      watchNamespaces: null,
      imageRepository: 'registry.example/quorate',
      version,
      leaseName: 'operator',
      identity: this.identity,
      host: null,
      kubeconfigPath: null,
      port: 0,
      logLevel: 'silent',
    } as const;
    this.#operator = new Operator({
      settings,
      log,
      clock: this.clock,
      random,
      transport: this.#options.transport(this),
      nodes: this.#options.nodes(this),
      registry: new Registry(),
      createReconciler: (ports) => {
        const reconciler = createReconciler({
          ...ports,
          settings: { imageRepository: settings.imageRepository },
          metrics: { step: nothing, statusWritten: nothing, clusterSeen: nothing, clusterGone: nothing },
          drawHex: (digits) => random.hex(digits),
        });
        return {
          reconcile: async (key, signal) => {
            this.passBeganAtMs = this.#options.scheduler.nowMs;
            this.passes += 1;
            try {
              return await reconciler.reconcile(key, signal);
            } finally {
              this.passBeganAtMs = null;
            }
          },
        };
      },
    });
    this.#operator.run(this.#aborter.signal).catch(failed);
  }

  /** Runs in the process, unless it is gone (then never) or suspended (then when it wakes up). */
  deliver(act: () => void): void {
    if (!this.#isAlive) return;
    if (this.#isSuspended) this.#backlog.push(act);
    else act();
  }

  /** Resolves in the process. */
  answer<Value>(settle: (resolve: (value: Value) => void, reject: (error: unknown) => void) => void): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      settle(
        (value) => this.deliver(() => resolve(value)),
        (error) => this.deliver(() => reject(error instanceof Error ? error : new Error(String(error)))),
      );
    });
  }

  onEnd(act: () => void): void {
    this.#onEnd.push(act);
  }

  suspend(): void {
    this.#isSuspended = true;
  }

  /** Timers and answers of the meantime are met at once, in their order. */
  wake(): void {
    this.#isSuspended = false;
    this.wokeAtMs = this.#options.scheduler.nowMs;
    for (const act of this.#backlog.splice(0)) this.deliver(act);
  }

  /** SIGTERM: the work stops, and the lease is given back. */
  stop(): void {
    this.#aborter.abort();
  }

  /** SIGKILL. */
  end(): void {
    this.#isAlive = false;
    this.#backlog.length = 0;
    for (const act of this.#onEnd.splice(0)) act();
  }
}
