/**
 * Numbers of requests to the core and to other members: never reused (trap: reuse of a ReadIndex id), not even by the next process of this
 * member, which begins elsewhere: a leader that still answers the process before must not be taken to answer this one.
 */
import type { Random } from '../shared/random.ts';

/** So many numbers lie between the beginnings of two processes, unless they draw the same 32 bits. */
const SPACING = 2 ** 20;

export class RequestNumbers {
  #last: number;

  constructor(random: Random) {
    this.#last = random.uint32() * SPACING;
  }

  next(): number {
    this.#last += 1;
    return this.#last;
  }
}
