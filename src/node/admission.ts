/**
 * How much this member takes in at once: calls of its clients, and those that others passed on to it, from when they come until they are
 * answered. Beyond a bound the next one is refused as busy, and nothing is kept of it: memory never depends on what clients send.
 */
import type { OutcomeCallback } from './command-service.ts';

export class Admission {
  readonly #requestsMax: number;
  readonly #bytesMax: number;
  #requests = 0;
  #bytes = 0;

  constructor(requestsMax: number, bytesMax: number) {
    this.#requestsMax = requestsMax;
    this.#bytesMax = bytesMax;
  }

  /** Calls that were taken in and not yet answered. */
  get requests(): number {
    return this.#requests;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The callback to answer with, which gives the room back; null when there is no room. One call always fits, however large. */
  admit(bytes: number, done: OutcomeCallback): OutcomeCallback | null {
    const isFull = this.#requests >= this.#requestsMax || this.#bytes + bytes > this.#bytesMax;
    if (this.#requests > 0 && isFull) return null;
    this.#requests += 1;
    this.#bytes += bytes;
    return (outcome) => {
      this.#requests -= 1;
      this.#bytes -= bytes;
      done(outcome);
    };
  }
}
