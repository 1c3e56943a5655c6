import { expect, test } from '@jest/globals';
import { cutBatches } from '../../../src/node/batching.ts';
import type { WaitingOperation } from '../../../src/node/batching.ts';

function set(bytes: number): WaitingOperation {
  return { operation: { type: 'command', arguments: [Buffer.alloc(bytes)] }, done: null };
}

test('S18: a turn is cut at entryBytesMax, in order, and an operation larger than that goes alone', () => {
  const operations = [set(40), set(40), set(400), set(10), set(10)];
  const batches = cutBatches(operations, 100);
  expect(batches.map((batch) => batch.length)).toEqual([1, 1, 1, 2]);
  expect(batches.flat()).toEqual(operations);
});

test('nothing makes no entry', () => {
  expect(cutBatches([], 100)).toEqual([]);
});
