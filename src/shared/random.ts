import { assert } from './assert.ts';

/** The one door to randomness. Production seeds it from the system; a simulation from its seed. */
export interface Random {
  /** Uniform in [0, 2^32). */
  uint32(): number;
  /** Uniform in [0, bound); bound at most 2^32. */
  below(bound: number): number;
  /** Uniform in [0, 1). */
  fraction(): number;
  /** `length` lower-case hex digits. */
  hex(length: number): string;
  /** An independent stream, so that one user's draws do not shift another's. */
  split(): Random;
}

/** xoshiro128** 1.1 (Blackman and Vigna), seeded through splitmix32. */
export class SeededRandom implements Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: number) {
    let state = seed >>> 0;
    const splitmix = (): number => {
      state = (state + 0x9e3779b9) >>> 0;
      let z = state;
      z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return (z ^ (z >>> 15)) >>> 0;
    };
    this.#a = splitmix();
    this.#b = splitmix();
    this.#c = splitmix();
    this.#d = splitmix() | 1;
  }

  uint32(): number {
    const rotated = Math.imul(this.#b, 5);
    const result = Math.imul((rotated << 7) | (rotated >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  below(bound: number): number {
    assert(Number.isInteger(bound) && bound > 0 && bound <= 0x1_0000_0000, 'a random bound is an integer in 1..2^32');
    return Math.floor(this.fraction() * bound);
  }

  fraction(): number {
    return this.uint32() / 0x1_0000_0000;
  }

  hex(length: number): string {
    let text = '';
    while (text.length < length) text += this.uint32().toString(16).padStart(8, '0');
    return text.slice(0, length);
  }

  split(): Random {
    return new SeededRandom(this.uint32());
  }
}
