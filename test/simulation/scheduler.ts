/**
 * Virtual time: events in the order of their due time, then of their making. Between two events every promise that can settle has settled,
 * so that one seed has one order of everything. Nothing here waits for the machine: a run takes as long as its work.
 */
interface Scheduled {
  readonly dueMs: number;
  readonly number: number;
  act: (() => void) | null;
}

/** So often the machine's own event loop gets a turn: for signals, and for rejections that nobody handled. */
const STEPS_BETWEEN_TURNS = 4096;

export class Scheduler {
  readonly #heap: Scheduled[] = [];
  #made = 0;
  #nowMs = 0;
  #steps = 0;
  #hash = 0x811c9dc5;

  /** Milliseconds since the world began. */
  get nowMs(): number {
    return this.#nowMs;
  }

  get steps(): number {
    return this.#steps;
  }

  /** Of everything that happened so far, in its order: the same for the same seed. */
  get traceHash(): string {
    return this.#hash.toString(16).padStart(8, '0');
  }

  mix(value: number): void {
    this.#hash = (Math.imul(this.#hash ^ (value | 0), 0x01000193) ^ (this.#hash >>> 15)) >>> 0;
  }

  after(delayMs: number, act: () => void): () => void {
    const scheduled: Scheduled = { dueMs: this.#nowMs + Math.max(0, delayMs), number: this.#made, act };
    this.#made += 1;
    this.#push(scheduled);
    return () => {
      scheduled.act = null;
    };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  /** Rejects with what an event throws. `settled` runs after each event, when all that it set off has settled. */
  run(endMs: number, settled: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const step = (): void => {
        try {
          settled();
          const next = this.#next(endMs);
          if (!next?.act) {
            this.#nowMs = Math.max(this.#nowMs, endMs);
            resolve();
            return;
          }
          this.#nowMs = Math.max(this.#nowMs, next.dueMs);
          this.mix(next.number);
          this.#steps += 1;
          next.act();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        // A tick that a microtask asks for runs once no microtask is left: everything has settled by then.
        if (this.#steps % STEPS_BETWEEN_TURNS === 0) setImmediate(step);
        else queueMicrotask(() => process.nextTick(step));
      };
      // What the caller has just set off may still have to ask for its first event.
      queueMicrotask(() => process.nextTick(step));
    });
  }

  #next(endMs: number): Scheduled | null {
    for (;;) {
      const first = this.#heap[0];
      if (!first || first.dueMs > endMs) return null;
      this.#pop();
      if (first.act) return first;
    }
  }

  #push(scheduled: Scheduled): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(scheduled);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(scheduled, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = scheduled;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isBefore(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(left: Scheduled, right: Scheduled): boolean {
  return left.dueMs < right.dueMs || (left.dueMs === right.dueMs && left.number < right.number);
}
