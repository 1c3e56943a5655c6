/**
 * Which keys to look at, and when. A key stands in the queue once however often it is added, and is worked on by one worker at a time; added
 * meanwhile, it comes back afterwards. Keys carry no news: a worker reads what is, not what happened, so that losing or merging wake-ups
 * never loses a change. A failing key waits longer each time, alone.
 */
import type { Logger } from 'pino';
import type { Clock } from '../shared/clock.ts';
import type { Random } from '../shared/random.ts';
import { assert } from '../shared/assert.ts';
import { isKubernetesApiError } from './kubernetes/errors.ts';
import { backoffMs, deadline } from './timing.ts';
import type { Deadline } from './timing.ts';

export const QUEUE_LIMITS = {
  concurrency: 8,
  /** Keys known at once; one more is refused and counted. */
  keysMax: 100_000,
  /** After this the work's signal is aborted. */
  workDeadlineMs: 60_000,
  /** Work that goes on for so long after its signal was aborted is stuck: `stuck` says so, and the process should be replaced. */
  stuckAfterMs: 30_000,
  backoff: { firstMs: 100, mostMs: 60_000 },
  /** News about a failing key brings its next attempt forward to this long after the failure, so that its own writes make no hot loop. */
  newsAfterFailureMs: 1_000,
  requeueMsMin: 50,
} as const;

export interface WorkOutcome {
  /** When to look again though nothing happened; null: not before something does. */
  readonly requeueAfterMs: number | null;
}

export interface WorkQueueOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly work: (key: string, signal: AbortSignal) => Promise<WorkOutcome>;
  readonly concurrency?: number | undefined;
  readonly workDeadlineMs?: number | undefined;
  readonly observeWork?: ((seconds: number, outcome: 'done' | 'failed' | 'aborted') => void) | undefined;
}

interface Running {
  readonly startedAtMs: number;
  readonly limit: Deadline;
  /** Added while it was being worked on. */
  dirty: boolean;
}

interface Waiting {
  readonly dueMs: number;
  readonly cancel: () => void;
}

interface Failure {
  readonly count: number;
  readonly atMs: number;
}

export class WorkQueue {
  readonly #options: WorkQueueOptions;
  /** In the order of their arrival. */
  readonly #ready = new Set<string>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #running = new Map<string, Running>();
  readonly #failures = new Map<string, Failure>();
  #started = false;
  #refused = 0;
  #whenIdle: (() => void)[] = [];

  constructor(options: WorkQueueOptions) {
    this.#options = options;
  }

  get readyCount(): number {
    return this.#ready.size;
  }

  get waitingCount(): number {
    return this.#waiting.size;
  }

  get runningCount(): number {
    return this.#running.size;
  }

  /** Keys turned away at `keysMax`. */
  get refusedCount(): number {
    return this.#refused;
  }

  get failingCount(): number {
    return this.#failures.size;
  }

  /** How long the longest work under way has been going on; 0 when there is none. */
  get longestRunningMs(): number {
    const now = this.#options.clock.monotonicMs();
    return Math.max(0, ...[...this.#running.values()].map((running) => now - running.startedAtMs));
  }

  /** Work ignores its aborted signal: a bug, which only a new process mends. */
  get stuck(): boolean {
    return this.longestRunningMs > this.#workDeadlineMs + QUEUE_LIMITS.stuckAfterMs;
  }

  /** Something may have changed about `key`. False when the queue is full. */
  add(key: string): boolean {
    const failure = this.#failures.get(key);
    if (failure === undefined || this.#running.has(key)) return this.#makeReady(key);
    const sinceMs = this.#options.clock.monotonicMs() - failure.atMs;
    return this.addAfter(key, QUEUE_LIMITS.newsAfterFailureMs - sinceMs);
  }

  /** Looks at `key` no later than in `delayMs`; an earlier date stands. */
  addAfter(key: string, delayMs: number): boolean {
    if (delayMs <= 0) return this.#makeReady(key);
    if (this.#ready.has(key)) return true;
    const { clock } = this.#options;
    const dueMs = clock.monotonicMs() + delayMs;
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined && waiting.dueMs <= dueMs) return true;
    if (waiting === undefined && !this.#hasRoom(key)) return false;
    waiting?.cancel();
    const cancel = clock.schedule(delayMs, () => {
      this.#waiting.delete(key);
      this.#makeReady(key);
    });
    this.#waiting.set(key, { dueMs, cancel });
    return true;
  }

  /** The key is no more: its failures and dates are forgotten. What is being worked on ends by itself. */
  forget(key: string): void {
    this.#failures.delete(key);
    this.#ready.delete(key);
    this.#cancelWaiting(key);
  }

  start(): void {
    this.#started = true;
    this.#dispatch();
  }

  /** Aborts the work under way, starts no more, and resolves when all of it has ended. Keys and dates are forgotten. */
  async stop(reason: Error): Promise<void> {
    this.#started = false;
    for (const key of [...this.#waiting.keys()]) this.#cancelWaiting(key);
    this.#ready.clear();
    this.#failures.clear();
    for (const running of this.#running.values()) {
      running.dirty = false;
      running.limit.abort(reason);
    }
    if (this.#running.size > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  get #workDeadlineMs(): number {
    return this.#options.workDeadlineMs ?? QUEUE_LIMITS.workDeadlineMs;
  }

  #hasRoom(key: string): boolean {
    if (this.#ready.has(key) || this.#running.has(key) || this.#waiting.has(key)) return true;
    if (this.#ready.size + this.#waiting.size + this.#running.size < QUEUE_LIMITS.keysMax) return true;
    this.#refused += 1;
    return false;
  }

  #makeReady(key: string): boolean {
    if (!this.#hasRoom(key)) return false;
    this.#cancelWaiting(key);
    const running = this.#running.get(key);
    if (running !== undefined) running.dirty = true;
    else {
      this.#ready.add(key);
      this.#dispatch();
    }
    return true;
  }

  #cancelWaiting(key: string): void {
    this.#waiting.get(key)?.cancel();
    this.#waiting.delete(key);
  }

  #dispatch(): void {
    const concurrency = this.#options.concurrency ?? QUEUE_LIMITS.concurrency;
    for (const key of this.#ready) {
      if (!this.#started || this.#running.size >= concurrency) return;
      this.#ready.delete(key);
      this.#begin(key);
    }
  }

  #begin(key: string): void {
    assert(!this.#running.has(key), 'one worker a key');
    const { clock } = this.#options;
    const limit = deadline(clock, this.#workDeadlineMs, `work on ${key}`);
    const running: Running = { startedAtMs: clock.monotonicMs(), limit, dirty: false };
    this.#running.set(key, running);
    void this.#run(key, running).finally(() => {
      limit.release();
      this.#running.delete(key);
      if (running.dirty && this.#started) this.add(key);
      this.#dispatch();
      if (this.#running.size === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
    });
  }

  async #run(key: string, running: Running): Promise<void> {
    const { clock, log, work, observeWork } = this.#options;
    const seconds = (): number => (clock.monotonicMs() - running.startedAtMs) / 1_000;
    try {
      const outcome = await work(key, running.limit.signal);
      observeWork?.(seconds(), 'done');
      this.#failures.delete(key);
      if (this.#started && outcome.requeueAfterMs !== null) {
        this.addAfter(key, Math.max(outcome.requeueAfterMs, QUEUE_LIMITS.requeueMsMin));
      }
    } catch (error) {
      observeWork?.(seconds(), running.limit.signal.aborted ? 'aborted' : 'failed');
      if (!this.#started) return;
      const delayMs = this.#noteFailure(key, error);
      log.warn({ err: error, key, delayMs }, 'reconcile failed, will try again');
      this.addAfter(key, delayMs);
    }
  }

  #noteFailure(key: string, error: unknown): number {
    const { clock, random } = this.#options;
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    this.#failures.set(key, { count, atMs: clock.monotonicMs() });
    const retryAfterMs = isKubernetesApiError(error) ? (error.retryAfterMs ?? 0) : 0;
    return Math.max(backoffMs(QUEUE_LIMITS.backoff, count, random), Math.min(retryAfterMs, QUEUE_LIMITS.backoff.mostMs));
  }
}
