/**
 * How controllers run: told of every change, they name the keys that it concerns, and look at each key once for however many changes, some time
 * later. What a look throws as the API's refusal is looked at again, later each time. One timer a controller, on the clock that was passed.
 */
import { assert } from '../../../shared/assert.ts';
import type { Clock } from '../../../shared/clock.ts';
import { ApiFailure } from '../failure.ts';
import type { StoreChange } from '../store.ts';
import type { ModelClient } from './client.ts';

export interface Controller {
  readonly name: string;
  /** What has to be looked at because of this change. */
  readonly keysOf: (change: StoreChange) => readonly string[];
  /** @returns when to look again without a change; null: not at all. @throws ApiFailure to be looked at again */
  readonly reconcile: (key: string) => number | null;
}

export const CONTROLLER_LIMITS = {
  /** Between a change and the look at it. */
  delayMs: 5,
  backoffFirstMs: 50,
  backoffMostMs: 30_000,
  /** Looks at one key without any time in between: more is a loop that feeds itself. */
  looksInAMoment: 1_000,
} as const;

export interface HostOptions {
  readonly clock: Clock;
  readonly client: ModelClient;
  /** Between a change and the look at it, for each; a simulation draws it. */
  readonly delayMs?: ((controller: string) => number) | undefined;
}

export class ControllerHost {
  readonly #options: HostOptions;
  readonly #queues = new Map<string, ControllerQueue>();
  readonly #unsubscribe: () => void;

  constructor(controllers: readonly Controller[], options: HostOptions) {
    this.#options = options;
    for (const controller of controllers) this.#queues.set(controller.name, new ControllerQueue(controller, options));
    this.#unsubscribe = options.client.api.store.onChange((change) => {
      for (const queue of this.#queues.values()) queue.take(change);
    });
  }

  get names(): readonly string[] {
    return [...this.#queues.keys()];
  }

  /** Looks at nothing until it is resumed; then at everything that was missed. */
  pause(name: string): void {
    this.#queue(name).pause();
  }

  resume(name: string): void {
    this.#queue(name).resume();
  }

  /** As if each object had just been seen for the first time: what a restart of the controllers does. */
  resync(): void {
    this.#options.client.everything().forEach((object) => {
      const revision = this.#options.client.api.store.revision;
      for (const queue of this.#queues.values()) queue.take({ revision, type: 'ADDED', ...object, previous: null });
    });
  }

  stop(): void {
    this.#unsubscribe();
    for (const queue of this.#queues.values()) queue.pause();
  }

  #queue(name: string): ControllerQueue {
    const queue = this.#queues.get(name);
    assert(queue !== undefined, `there is a controller called ${name}`);
    return queue;
  }
}

class ControllerQueue {
  readonly #controller: Controller;
  readonly #clock: Clock;
  readonly #delayMs: () => number;
  /** By key: when it is due. In the order of arrival. */
  readonly #due = new Map<string, number>();
  readonly #failures = new Map<string, number>();
  #paused = false;
  #cancel: (() => void) | null = null;
  #armedForMs = Infinity;
  #looks = { atMs: -1, key: '', count: 0 };

  constructor(controller: Controller, { clock, delayMs = () => CONTROLLER_LIMITS.delayMs }: HostOptions) {
    this.#controller = controller;
    this.#clock = clock;
    this.#delayMs = () => delayMs(controller.name);
  }

  take(change: StoreChange): void {
    const keys = this.#controller.keysOf(change);
    if (keys.length === 0) return;
    const dueMs = this.#clock.monotonicMs() + this.#delayMs();
    for (const key of keys) this.#enqueue(key, dueMs);
    this.#arm();
  }

  pause(): void {
    this.#paused = true;
    this.#disarm();
  }

  resume(): void {
    this.#paused = false;
    this.#arm();
  }

  #enqueue(key: string, dueMs: number): void {
    this.#due.set(key, Math.min(this.#due.get(key) ?? Infinity, dueMs));
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#armedForMs = Infinity;
  }

  #arm(): void {
    if (this.#paused || this.#due.size === 0) return;
    const nextMs = Math.min(...this.#due.values());
    if (this.#cancel !== null && this.#armedForMs <= nextMs) return;
    this.#disarm();
    this.#armedForMs = nextMs;
    this.#cancel = this.#clock.schedule(nextMs - this.#clock.monotonicMs(), () => {
      this.#disarm();
      this.#run();
    });
  }

  #run(): void {
    const nowMs = this.#clock.monotonicMs();
    for (const [key, dueMs] of [...this.#due]) {
      if (dueMs > nowMs) continue;
      this.#due.delete(key);
      this.#look(key, nowMs);
    }
    this.#arm();
  }

  #look(key: string, nowMs: number): void {
    this.#countLooks(key, nowMs);
    try {
      const againMs = this.#controller.reconcile(key);
      this.#failures.delete(key);
      if (againMs !== null) this.#enqueue(key, nowMs + Math.max(1, againMs));
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      const failures = (this.#failures.get(key) ?? 0) + 1;
      this.#failures.set(key, failures);
      const { backoffFirstMs, backoffMostMs } = CONTROLLER_LIMITS;
      this.#enqueue(key, nowMs + Math.min(backoffMostMs, backoffFirstMs * 2 ** Math.min(failures - 1, 20)));
    }
  }

  #countLooks(key: string, nowMs: number): void {
    const isSame = this.#looks.atMs === nowMs && this.#looks.key === key;
    this.#looks = isSame ? { ...this.#looks, count: this.#looks.count + 1 } : { atMs: nowMs, key, count: 1 };
    assert(this.#looks.count <= CONTROLLER_LIMITS.looksInAMoment, `${this.#controller.name} comes to rest: ${key} feeds itself`);
  }
}

/** `namespace/name`, and back. */
export function keyText({
  metadata,
}: {
  readonly metadata: { readonly namespace?: string | undefined; readonly name: string };
}): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

export function keyOfText(text: string): { readonly namespace: string | null; readonly name: string } {
  const slash = text.indexOf('/');
  const namespace = text.slice(0, slash);
  return { namespace: namespace === '' ? null : namespace, name: text.slice(slash + 1) };
}
