/** Request ids for the core: unique since the start, never reused, shared by everything that asks it (trap: reuse of a ReadIndex id). */
export class RequestNumbers {
  #last = 0;

  next(): number {
    this.#last += 1;
    return this.#last;
  }
}
