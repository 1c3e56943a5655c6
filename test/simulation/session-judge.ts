/**
 * Rule S14: commands of one connection take effect in their order. Of calls that overlap linearizability does not ask that; so what a
 * pipeline read right after its own write is looked at here: a value that was written for the last time before the pipeline was sent, and
 * that the pipeline's write took the place of, cannot be read after it.
 */
import type { RecordedOperation } from '../support/history/history.ts';
import { describeOperation } from '../support/history/linearizability.ts';

/** Calls of one client under way at the same time were sent over one connection, in the order of their invocation. */
export function judgeSessions(operations: readonly RecordedOperation[]): string | null {
  const writes = operations.filter(isWrite);
  const writers = new Map<string, RecordedOperation | null>();
  for (const write of operations.filter(isSet)) {
    const value = write.call.type === 'command' ? (write.call.words[2] ?? '') : '';
    // Written twice, it tells nothing.
    writers.set(value, writers.has(value) ? null : write);
  }
  const byClient = new Map<number, RecordedOperation[]>();
  for (const write of writes) byClient.set(write.client, [...(byClient.get(write.client) ?? []), write]);
  for (const read of operations) {
    const value = valueRead(read);
    const writer = value === null ? null : writers.get(value);
    if (!writer || writer.outcome.type !== 'ok') continue;
    const own = byClient
      .get(read.client)
      ?.find(
        (write) =>
          keyOf(write) === keyOf(read) &&
          write.invoked < read.invoked &&
          read.invoked < write.returned &&
          write.invoked > writer.returned,
      );
    if (own)
      return `S14: a read came before the write of the same connection that it follows:\n  ${[writer, own, read].map(describeOperation).join('\n  ')}`;
  }
  return null;
}

function keyOf({ call }: RecordedOperation): string | null {
  return call.type === 'command' ? (call.words[1] ?? null) : null;
}

function isSet({ call }: RecordedOperation): boolean {
  return call.type === 'command' && call.words[0] === 'SET';
}

/** It took the place of what was there. */
function isWrite({ call, outcome }: RecordedOperation): boolean {
  if (call.type !== 'command' || outcome.type !== 'ok' || outcome.answer.type === 'error') return false;
  const [name, , , option] = call.words;
  return (name === 'SET' && option !== 'NX') || name === 'INCR' || name === 'DEL';
}

function valueRead({ call, outcome }: RecordedOperation): string | null {
  if (call.type !== 'command' || call.words[0] !== 'GET' || outcome.type !== 'ok') return null;
  return outcome.answer.type === 'bulk' ? outcome.answer.text : null;
}
