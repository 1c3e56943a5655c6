/** When a process that ended by itself is started again: later each time, as a kubelet does, on the scale of a simulated world. */

/** A kubelet waits 10 s, twice as long each time up to 5 min, and forgets after 10 min of running: here all are a twentieth of that. */
const FIRST_MS = 500;
const LONGEST_MS = 15_000;
const FORGOTTEN_AFTER_MS = 30_000;

export class RestartBackOff {
  #nextMs = FIRST_MS;
  /** Nobody starts it earlier. */
  notBeforeMs = 0;

  /** It ended after running for so long; returns how long to wait. */
  ended(nowMs: number, ranMs: number): number {
    if (ranMs >= FORGOTTEN_AFTER_MS) this.#nextMs = FIRST_MS;
    const waitMs = this.#nextMs;
    this.#nextMs = Math.min(2 * waitMs, LONGEST_MS);
    this.notBeforeMs = nowMs + waitMs;
    return waitMs;
  }

  /** It is another pod now, or another machine. */
  forget(): void {
    this.#nextMs = FIRST_MS;
    this.notBeforeMs = 0;
  }
}
