/** What the rooms say to each other, drawn by fast-check. */
import fc from 'fast-check';
import { encodeConfiguration } from '../../src/consensus/configuration.ts';
import type { Entry, EntryKind } from '../../src/consensus/core.ts';
import type { RaftMessage } from '../../src/consensus/raft/messages.ts';
import type { Batch, Operation } from '../../src/keyspace/operation.ts';
import { configurationOf } from './raft-member.ts';

const number = fc.maxSafeNat();
const position = fc.record({ term: number, index: number });
const responses = fc.oneof(
  fc.record({
    type: fc.constant('append-response' as const),
    term: number,
    accepted: fc.constant(true as const),
    matchIndex: number,
  }),
  fc.record({
    type: fc.constant('append-response' as const),
    term: number,
    accepted: fc.constant(false as const),
    rejectedIndex: number,
    hintIndex: number,
    hintTerm: number,
  }),
);
const simple = fc.oneof(
  fc.record({ type: fc.constant('pre-vote-request' as const), term: number, position }),
  fc.record({
    type: fc.constantFrom('pre-vote-response' as const, 'vote-response' as const),
    term: number,
    granted: fc.boolean(),
  }),
  fc.record({ type: fc.constant('vote-request' as const), term: number, position, transfer: fc.boolean() }),
  fc.record({ type: fc.constant('heartbeat-request' as const), term: number, commit: number, context: number }),
  fc.record({ type: fc.constant('heartbeat-response' as const), term: number, context: number }),
  fc.record({ type: fc.constant('timeout-now' as const), term: number }),
  responses,
);

const entryKinds = fc.constantFrom<EntryKind>('noop', 'command', 'configuration');
const append = fc
  .record({
    start: fc.nat(1_000_000),
    commit: number,
    rises: fc.array(fc.record({ rise: fc.nat(3), kind: entryKinds, payload: fc.uint8Array() })),
  })
  .map(({ start, commit, rises }): RaftMessage => {
    let term = 1;
    const entries = rises.map(({ rise, kind, payload }, offset): Entry => {
      term += rise;
      const index = start + 1 + offset;
      const bytes = kind === 'configuration' ? encodeConfiguration(configurationOf([1, 2], [payload.length], index)) : payload;
      return { index, term, kind, payload: Buffer.from(bytes) };
    });
    return { type: 'append-request', term, previous: { index: start, term: 1 }, commit, entries };
  });

export const raftMessages: fc.Arbitrary<RaftMessage> = fc.oneof(simple, append);

const part = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
const parts = fc.array(part, { maxLength: 6 });
export const operations: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ type: fc.constant('command' as const), arguments: parts }),
  fc.record({
    type: fc.constant('transaction' as const),
    watches: fc.array(fc.record({ key: part, lastTouch: fc.maxSafeNat() }), { maxLength: 4 }),
    commands: fc.array(parts, { maxLength: 4 }),
  }),
  fc.constant({ type: 'tick' as const }),
  fc.record({ type: fc.constant('raise-feature-level' as const), level: fc.nat() }),
);
export const batches: fc.Arbitrary<Batch> = fc.record({
  timeMs: fc.maxSafeNat(),
  operations: fc.array(operations, { maxLength: 8 }),
});
