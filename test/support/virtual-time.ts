/** Time that passes only when a test says so; timers fire in order, and what they set off runs before the next one fires. */
import type { Clock } from '../../src/shared/clock.ts';

interface Timer {
  readonly dueMs: number;
  readonly number: number;
  /** Let go when it is cancelled, with all that it holds. */
  callback: () => void;
  isCancelled: boolean;
}

/** 2026-01-01T00:00:00Z. */
const epochMs = 1_767_225_600_000;

export class VirtualTime implements Clock {
  #nowMs = 0;
  #timersMade = 0;
  #waiting = 0;
  /** A heap: the first to fire at its top. Those that were cancelled stay in it until they get there, or are too many. */
  #timers: Timer[] = [];

  get timerCount(): number {
    return this.#waiting;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return epochMs + this.#nowMs;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const dueMs = this.#nowMs + Math.max(0, delayMs);
    const timer: Timer = { dueMs, number: (this.#timersMade += 1), callback, isCancelled: false };
    this.#waiting += 1;
    rise(this.#timers, timer);
    return () => {
      if (timer.isCancelled) return;
      timer.isCancelled = true;
      timer.callback = nothing;
      this.#waiting -= 1;
      if (this.#timers.length > 2 * this.#waiting + fewTimers) this.#forgetCancelled();
    };
  }

  /** Lets `durationMs` pass. Promises settle, and sockets are served, between timers. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    await settle();
    for (let timer = this.#takeNext(endMs); timer !== null; timer = this.#takeNext(endMs)) {
      this.#nowMs = Math.max(this.#nowMs, timer.dueMs);
      timer.callback();
      await settle();
    }
    this.#nowMs = endMs;
  }

  /** Jumps without serving a timer: a process that was suspended. */
  suspend(durationMs: number): void {
    this.#nowMs += durationMs;
  }

  /** Null: none is due until then. */
  #takeNext(endMs: number): Timer | null {
    for (let first = this.#timers[0]; first !== undefined && first.dueMs <= endMs; first = this.#timers[0]) {
      sink(this.#timers);
      if (first.isCancelled) continue;
      // Who cancels it from now on comes too late, and must not be counted.
      first.isCancelled = true;
      this.#waiting -= 1;
      return first;
    }
    return null;
  }

  #forgetCancelled(): void {
    const left = this.#timers.filter(({ isCancelled }) => !isCancelled);
    this.#timers = [];
    for (const timer of left) rise(this.#timers, timer);
  }
}

function nothing(): void {
  // What was cancelled does nothing.
}

/** So few cancelled timers are not worth the sweeping. */
const fewTimers = 64;

function isBefore(left: Timer, right: Timer): boolean {
  return left.dueMs < right.dueMs || (left.dueMs === right.dueMs && left.number < right.number);
}

/** Puts the timer into the heap. */
function rise(heap: Timer[], timer: Timer): void {
  let place = heap.push(timer) - 1;
  while (place > 0) {
    const above = (place - 1) >>> 1;
    const parent = heap[above];
    if (parent === undefined || isBefore(parent, timer)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = timer;
}

/** Takes the first timer out of the heap. */
function sink(heap: Timer[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let place = 0;
  for (;;) {
    const left = 2 * place + 1;
    const [one, other] = [heap[left], heap[left + 1]];
    if (one === undefined) break;
    const isOther = other !== undefined && isBefore(other, one);
    const least = isOther ? other : one;
    if (isBefore(last, least)) break;
    heap[place] = least;
    place = isOther ? left + 1 : left;
  }
  heap[place] = last;
}

const turnsToSettle = 4;

/** A few turns of the event loop: enough for promises and for what is ready on sockets. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < turnsToSettle; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}

const eventuallyMs = 4_000;

/** Resolves as soon as `holds`; a test that waits in vain says for what. */
export async function eventually(what: string, holds: () => boolean): Promise<void> {
  const startedMs = performance.now();
  while (!holds()) {
    if (performance.now() - startedMs > eventuallyMs) throw new Error(`waited in vain: ${what}`);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
