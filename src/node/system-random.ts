import { randomBytes, randomInt } from 'node:crypto';
import { assert } from '../shared/assert.ts';
import type { Random } from '../shared/random.ts';

/** The system's own randomness: member ids (rule S2) and election timeouts of real members come from here. */
export const systemRandom: Random = {
  uint32: () => randomBytes(4).readUInt32LE(0),
  below(bound) {
    assert(Number.isInteger(bound) && bound > 0 && bound <= 0x1_0000_0000, 'a random bound is an integer in 1..2^32');
    return randomInt(bound);
  },
  fraction: () => randomBytes(4).readUInt32LE(0) / 0x1_0000_0000,
  hex: (length) =>
    randomBytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length),
  split: () => systemRandom,
};
