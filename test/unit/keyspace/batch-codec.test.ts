import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BATCH_FORMAT_VERSION, decodeBatch, encodeBatch, encodedBatchBytes } from '../../../src/keyspace/batch-codec.ts';
import { MalformedBytesError } from '../../../src/shared/bytes.ts';
import { batches } from '../../support/arbitrary.ts';

describe('batches as bytes', () => {
  test('what was written is read, and as long as was foretold', () => {
    fc.assert(
      fc.property(batches, (value) => {
        const bytes = encodeBatch(value);
        expect(bytes.length).toBe(encodedBatchBytes(value));
        expect(decodeBatch(bytes)).toEqual(value);
      }),
    );
  });

  test('the format version comes first, and an unknown one is refused by its number', () => {
    const bytes = encodeBatch({ timeMs: 1, operations: [] });
    expect(bytes[0]).toBe(BATCH_FORMAT_VERSION);
    bytes[0] = 77;
    expect(() => decodeBatch(bytes)).toThrow('format version 77');
  });

  test('bytes that end early, go on too long or are anything else give a typed error, never another', () => {
    fc.assert(
      fc.property(batches, fc.nat(), fc.nat(255), (value, at, replacement) => {
        const bytes = encodeBatch(value);
        expect(() => decodeBatch(bytes.subarray(0, at % bytes.length))).toThrow(MalformedBytesError);
        expect(() => decodeBatch(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(MalformedBytesError);
        bytes[at % bytes.length] = replacement;
        try {
          decodeBatch(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedBytesError);
        }
      }),
    );
  });

  test('a count that cannot be true takes no memory', () => {
    const bytes = Buffer.concat([encodeBatch({ timeMs: 0, operations: [] }).subarray(0, 9), Buffer.of(255, 255, 255, 255)]);
    expect(() => decodeBatch(bytes)).toThrow('no room for 4294967295 items');
  });
});
