/** How the writes of a turn become entries: in order, cut where an entry would grow beyond its bound (rule S18). */
import type { Operation } from '../keyspace/operation.ts';
import type { OutcomeCallback } from './command-service.ts';

export interface WaitingOperation {
  readonly operation: Operation;
  readonly done: OutcomeCallback | null;
}

/** What an operation takes in the log, nearly. */
export function operationBytes(operation: Operation): number {
  switch (operation.type) {
    case 'command':
      return partsBytes(operation.arguments);
    case 'transaction':
      return operation.commands.reduce(
        (sum, command) => sum + partsBytes(command),
        partsBytes(operation.watches.map(({ key }) => key)),
      );
    case 'tick':
    case 'raise-feature-level':
      return 8;
  }
}

/** What a command, or a list of keys, takes. */
export function partsBytes(parts: readonly Uint8Array[]): number {
  let bytes = 8;
  for (const part of parts) bytes += part.length + 4;
  return bytes;
}

/** Each batch has at least one operation, and more only while it stays within `entryBytesMax`. */
export function cutBatches(operations: readonly WaitingOperation[], entryBytesMax: number): WaitingOperation[][] {
  const batches: WaitingOperation[][] = [];
  let batch: WaitingOperation[] = [];
  let bytes = 0;
  for (const waiting of operations) {
    const size = operationBytes(waiting.operation);
    if (batch.length > 0 && bytes + size > entryBytesMax) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(waiting);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
