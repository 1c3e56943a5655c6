/**
 * A rolling hash of all that was applied and of what it did (rule S15): members that applied the same log and came to something else differ
 * from that entry on. What it takes in of a change is the key, the lengths, the deadline, and the content of a short value; longer values
 * come from the payload, whose checksum it takes in as a whole.
 */
import { finalMix } from './key-hash.ts';

const { imul } = Math;
const TWO_TO_32 = 0x1_0000_0000;

export class StateHash {
  #first: number;
  #second: number;

  constructor(first = 0x243f6a88, second = 0x85a308d3) {
    this.#first = first >>> 0;
    this.#second = second >>> 0;
  }

  get first(): number {
    return this.#first;
  }

  get second(): number {
    return this.#second;
  }

  /** A whole number below 2^53 that is not negative. */
  add(value: number): void {
    const low = (value % TWO_TO_32) | 0;
    const high = (value / TWO_TO_32) | 0;
    const mixed = finalMix(imul(low ^ this.#first, 0x9e3779b1) ^ high);
    this.#first = (imul(this.#first, 0x01000193) ^ mixed) >>> 0;
    this.#second = (imul(this.#second ^ mixed, 0x5bd1e995) + low + (this.#second >>> 15)) >>> 0;
  }

  clone(): StateHash {
    return new StateHash(this.#first, this.#second);
  }

  /** 16 lower-case hex digits. */
  toString(): string {
    return this.#first.toString(16).padStart(8, '0') + this.#second.toString(16).padStart(8, '0');
  }
}
