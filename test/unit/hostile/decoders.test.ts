/** Every reader of bytes that come from outside, given bytes that no one would send (see test/support/hostile-bytes.ts). */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeConfiguration, encodeConfiguration } from '../../../src/consensus/configuration.ts';
import { decodeRaftMessage, encodeRaftMessage } from '../../../src/consensus/raft/codec.ts';
import { decodeBatch, encodeBatch } from '../../../src/keyspace/batch-codec.ts';
import { StateMachine } from '../../../src/keyspace/state-machine.ts';
import {
  decodeForwardAnswers,
  decodeForwardRequests,
  encodeForwardAnswers,
  encodeForwardRequests,
} from '../../../src/node/forwarding.ts';
import type { ForwardedAnswer } from '../../../src/node/forwarding.ts';
import { ByteReader, ByteWriter, MalformedBytesError } from '../../../src/shared/bytes.ts';
import { FIRST_GENERATION } from '../../../src/shared/ids.ts';
import type { Reply } from '../../../src/shared/reply.ts';
import { decodeFrame, encodeFrame, FrameCutter } from '../../../src/wire/peer/frame.ts';
import type { PeerFrame } from '../../../src/wire/peer/frame.ts';
import {
  decodeHello,
  decodeHelloAnswer,
  decodeRemembered,
  encodeHello,
  encodeHelloAnswer,
  encodeRemembered,
} from '../../../src/wire/peer/handshake.ts';
import type { PeerIdentity } from '../../../src/wire/peer/handshake.ts';
import { readReply, writeReply } from '../../../src/wire/reply-codec.ts';
import { splitInline } from '../../../src/wire/resp/inline.ts';
import { RespParser } from '../../../src/wire/resp/parser.ts';
import { batches, operations, raftMessages } from '../../support/arbitrary.ts';
import { assertForHostile, readHostile } from '../../support/hostile-bytes.ts';
import { configurationOf, idOf } from '../../support/raft-member.ts';
import { Driver, restore, snapshotOf } from '../keyspace/driver.ts';
import { CLUSTER } from '../wal/member.ts';

const number = fc.maxSafeNat();
const bytes = fc.uint8Array({ maxLength: 30 }).map((each) => Buffer.from(each));
const text = fc.string({ maxLength: 12 });
const id = fc.nat(255).map(idOf);

const identity: fc.Arbitrary<PeerIdentity> = fc.record({
  clusterId: fc.constant(CLUSTER),
  generation: fc.constant(FIRST_GENERATION),
  id,
  name: text,
  featureLevelMin: fc.nat(3),
  featureLevelMax: fc.nat(9),
  featureLevel: fc.nat(9),
});
const nonce = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((each) => Buffer.from(each));
const remembered = fc.option(fc.record({ term: number, position: fc.record({ term: number, index: number }) }));

const { reply } = fc.letrec<{ reply: Reply }>((tie) => ({
  reply: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ type: fc.constant('simple' as const), text }),
    fc.record({ type: fc.constant('error' as const), message: text }),
    fc.record({
      type: fc.constant('integer' as const),
      value: fc.oneof(fc.integer(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n })),
    }),
    fc.record({ type: fc.constant('bulk' as const), bytes }),
    fc.constant({ type: 'null' as const }),
    fc.constant({ type: 'null-array' as const }),
    fc.record({ type: fc.constantFrom('array' as const, 'set' as const), items: fc.array(tie('reply'), { maxLength: 4 }) }),
    fc.record({ type: fc.constant('map' as const), entries: fc.array(fc.tuple(tie('reply'), tie('reply')), { maxLength: 3 }) }),
    fc.record({ type: fc.constant('double' as const), value: fc.double() }),
    fc.record({ type: fc.constant('boolean' as const), value: fc.boolean() }),
    fc.record({ type: fc.constant('verbatim' as const), text }),
  ),
}));

const answers: fc.Arbitrary<ForwardedAnswer[]> = fc.array(
  fc.record({
    request: number,
    outcome: fc.oneof(
      reply.map((each) => ({ type: 'replied' as const, reply: each })),
      fc.record({
        type: fc.constant('refused' as const),
        code: fc.constantFrom('NOLEADER' as const, 'BUSY' as const),
        message: text,
      }),
      fc.record({ type: fc.constant('unknown' as const), message: text }),
    ),
  }),
  { maxLength: 4 },
);

const frames: fc.Arbitrary<PeerFrame> = fc.oneof(
  fc.record({ type: fc.constantFrom('protocol' as const, 'forward-request' as const, 'forward-answer' as const), bytes }),
  fc.record({ type: fc.constant('snapshot-chunk' as const), transfer: number, offset: number, bytes }),
  fc.record({
    type: fc.constant('snapshot-offer' as const),
    transfer: number,
    term: number,
    position: fc.record({ term: number, index: number }),
    totalBytes: number,
    checksum: fc.nat(0xffff_ffff),
  }),
  fc.record({
    type: fc.constant('snapshot-receipt' as const),
    transfer: number,
    receivedBytes: number,
    state: fc.constantFrom('receiving' as const, 'missing' as const, 'installed' as const, 'refused' as const),
  }),
  fc.constant({ type: 'membership-query' as const }),
  fc.record({
    type: fc.constant('membership-answer' as const),
    about: id,
    standing: fc.constantFrom('member' as const, 'removed' as const),
    removedAt: number,
  }),
  fc.record({ type: fc.constant('read-index-request' as const), term: number, request: number }),
  fc.record({
    type: fc.constant('read-index-answer' as const),
    term: number,
    request: number,
    index: fc.option(number),
    timeMs: number,
  }),
);

function encodeReply(each: Reply): Buffer {
  const writer = new ByteWriter();
  writeReply(writer, each);
  return writer.toBuffer();
}

function decodeReply(each: Buffer): Reply {
  const reader = new ByteReader(each);
  const read = readReply(reader);
  reader.end();
  return read;
}

/** A decoder, and how to write again what it read: what is read once is read the same the second time. */
interface Codec {
  readonly name: string;
  readonly valid: fc.Arbitrary<Uint8Array>;
  readonly check: (bytes: Buffer) => boolean;
}

function codec<Value>(
  name: string,
  valid: fc.Arbitrary<Uint8Array>,
  decode: (bytes: Buffer) => Value,
  encode: (value: Value) => Uint8Array,
): Codec {
  const check = (hostile: Buffer): boolean => {
    const read = readHostile(decode, hostile, [MalformedBytesError]);
    if (read) expect(decode(Buffer.from(encode(read.value)))).toEqual(read.value);
    return read !== null;
  };
  return { name, valid, check };
}

const configurations = fc
  .tuple(fc.uniqueArray(fc.nat(9), { maxLength: 5 }), fc.nat(3), number)
  .map(([voters, learner, index]) => ({ ...configurationOf(voters, [10 + learner], index), removed: [{ id: idOf(77), index }] }));

const CODECS: readonly Codec[] = [
  codec('a raft message', raftMessages.map(encodeRaftMessage), decodeRaftMessage, encodeRaftMessage),
  codec('a configuration', configurations.map(encodeConfiguration), decodeConfiguration, encodeConfiguration),
  codec('a batch of commands', batches.map(encodeBatch), decodeBatch, encodeBatch),
  codec(
    'a peer frame',
    frames.map((frame) => encodeFrame(frame, 1, 1_700_000_000_000).subarray(4)),
    decodeFrame,
    ({ frame, sentAtMs }) => encodeFrame(frame, 1, sentAtMs).subarray(4),
  ),
  codec(
    'a hello',
    fc.record({ identity, lane: fc.constantFrom('bulk' as const, 'control' as const), expected: id, nonce }).map(encodeHello),
    decodeHello,
    encodeHello,
  ),
  codec(
    'the answer to a hello',
    fc
      .oneof(
        fc.record({ type: fc.constant('answer' as const), identity, nonce, proof: bytes }),
        fc.record({ type: fc.constant('refused' as const), code: fc.constantFrom('other-member' as const), message: text }),
      )
      .map(encodeHelloAnswer),
    decodeHelloAnswer,
    encodeHelloAnswer,
  ),
  codec(
    'what is remembered of a peer',
    fc.tuple(remembered, bytes).map(([memory, proof]) => encodeRemembered(memory, proof)),
    decodeRemembered,
    ({ remembered: memory, proof }) => encodeRemembered(memory, proof),
  ),
  codec('a reply', reply.map(encodeReply), decodeReply, encodeReply),
  codec(
    'forwarded requests',
    fc
      .tuple(number, fc.array(fc.record({ request: number, operation: operations }), { maxLength: 4 }))
      .map(([term, requests]) => encodeForwardRequests(term, requests)),
    decodeForwardRequests,
    ({ term, requests }) => encodeForwardRequests(term, requests),
  ),
  codec('forwarded answers', answers.map(encodeForwardAnswers), decodeForwardAnswers, encodeForwardAnswers),
];

describe('hostile bytes give a value that can be written and read again, or MalformedBytesError', () => {
  test.each(CODECS)('$name', ({ valid, check }) => {
    const seen = { read: 0, refused: 0 };
    assertForHostile(valid, (each) => {
      if (check(each)) seen.read += 1;
      else seen.refused += 1;
    });
    // A fuzzer whose every input is refused at the first byte shows nothing.
    expect(seen.read).toBeGreaterThan(20);
    expect(seen.refused).toBeGreaterThan(20);
  });
});

test('a reply nested without end is refused before the stack is', () => {
  const nested = Buffer.concat(Array.from({ length: 100_000 }, () => Buffer.from([9, 1, 0, 0, 0])));
  expect(readHostile(decodeReply, nested, [MalformedBytesError])).toBeNull();
});

describe('a stream of frames', () => {
  test('hostile bytes are cut into units no longer than the bound, or end with MalformedBytesError', () => {
    const stream = fc
      .array(frames, { maxLength: 4 })
      .map((list) => Buffer.concat(list.map((frame) => encodeFrame(frame, 1, 1_700_000_000_000))));
    let ended = 0;
    assertForHostile(stream, (each) => {
      const rest = readHostile(cutAll, each, [MalformedBytesError]);
      expect(rest?.value ?? null).toBe(unitsIn(each));
      if (rest === null) ended += 1;
    });
    expect(ended).toBeGreaterThan(20);
  });

  const UNIT_BYTES_MAX = 4096;

  /** Whole units, from a stream that arrives in pieces of seven bytes. */
  function cutAll(stream: Buffer): number {
    const cutter = new FrameCutter(UNIT_BYTES_MAX);
    let units = 0;
    let taken = 0;
    for (let start = 0; start < stream.length; start += 7) {
      cutter.push(stream.subarray(start, start + 7));
      for (let unit = cutter.next(); unit !== null; unit = cutter.next()) {
        units += 1;
        taken += 4 + unit.length;
      }
    }
    expect(taken + cutter.rest().length).toBe(stream.length);
    return units;
  }

  /** By the lengths alone; null when one of them is beyond the bound. */
  function unitsIn(stream: Buffer): number | null {
    let units = 0;
    for (let at = 0; at + 4 <= stream.length; units += 1) {
      const length = stream.readUInt32LE(at);
      if (length > UNIT_BYTES_MAX) return null;
      at += 4 + length;
      if (at > stream.length) return units;
    }
    return units;
  }
});

describe('the bytes of a client', () => {
  const command = fc.array(bytes, { minLength: 1, maxLength: 4 }).map((words) => {
    const parts = words.map((word) => Buffer.concat([Buffer.from(`$${word.length}\r\n`), word, Buffer.from('\r\n')]));
    return Buffer.concat([Buffer.from(`*${words.length}\r\n`), ...parts]);
  });
  const inline = fc
    .constantFrom('PING\r\n', 'SET "a b" \'c\'\r\n', 'SET "\\x41\\n" x\n', '\r\n', '*0\r\n', '*-1\r\n')
    .map((line) => Buffer.from(line));
  const stream = fc.array(fc.oneof(command, inline), { maxLength: 5 }).map((list) => Buffer.concat(list));

  function parse(pieces: readonly Buffer[], authenticated: boolean): unknown {
    const parser = new RespParser();
    parser.authenticated = authenticated;
    const commands: string[][] = [];
    let pushed = 0;
    for (const piece of pieces) {
      parser.push(piece);
      pushed += piece.length;
      if (parser.heldBytes > pushed) throw new Error(`${parser.heldBytes} bytes are held of ${pushed}`);
      for (;;) {
        const next = parser.next();
        if (!next.ok) return { commands, refusal: next.reason };
        if (next.value === null) break;
        if (next.value.length === 0) throw new Error('a command has a word at least');
        commands.push(next.value.map((word) => word.toString('latin1')));
      }
    }
    return { commands, refusal: null };
  }

  test.each([true, false])('are commands or a refusal, the same however they are cut (authenticated: %s)', (authenticated) => {
    assertForHostile(stream, (each) => {
      const whole = readHostile((read) => parse([read], authenticated), each, []);
      for (const size of [1, 2, 5, 64]) {
        const pieces = Array.from({ length: Math.ceil(each.length / size) }, (_, at) =>
          each.subarray(at * size, (at + 1) * size),
        );
        expect(readHostile(() => parse(pieces, authenticated), each, [])).toEqual(whole);
      }
    });
  });

  test('an inline command gives words no longer than itself, or none', () => {
    assertForHostile(inline, (each) => {
      const words = readHostile(splitInline, each, [])?.value ?? [];
      expect(words.reduce((total, word) => total + word.length, 0)).toBeLessThanOrEqual(each.length);
    });
  });
});

describe('the state in a snapshot', () => {
  const states = fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'key', 'c'), bytes, fc.option(fc.integer({ min: 1, max: 9999 })), fc.boolean()), {
      maxLength: 6,
    })
    .map((writes) => {
      const driver = new Driver();
      for (const [key, value, seconds, deleted] of writes) {
        driver.run('SET', key, value, ...(seconds === null ? [] : ['EX', String(seconds)]));
        if (deleted) driver.run('DEL', key);
      }
      return snapshotOf(driver.state);
    });

  test('hostile bytes give a state that can be written and read again, or MalformedBytesError', () => {
    let read = 0;
    assertForHostile(states, (each) => {
      const state = readHostile((whole) => restore(whole, 1 + (whole.length % 50)), each, [MalformedBytesError])?.value;
      if (!state) return;
      read += 1;
      expect(state).toBeInstanceOf(StateMachine);
      const bytesOfIt = snapshotOf(state);
      expect(snapshotOf(restore(bytesOfIt))).toEqual(bytesOfIt);
    });
    expect(read).toBeGreaterThan(20);
  });

  test('keys that are out of order, or there twice, are refused', () => {
    const both = new Driver();
    both.line('MSET a 1 b 2');
    const bytesOfBoth = snapshotOf(both.state);
    const entryBytes = 8 + 8 + 4 + 4 + 1 + 1;
    const [head, one, other] = [
      bytesOfBoth.subarray(0, -2 * entryBytes),
      bytesOfBoth.subarray(-2 * entryBytes, -entryBytes),
      bytesOfBoth.subarray(-entryBytes),
    ];
    expect(snapshotOf(restore(Buffer.concat([head, one, other])))).toEqual(bytesOfBoth);
    expect(() => restore(Buffer.concat([head, other, one]))).toThrow(MalformedBytesError);
    expect(() => restore(Buffer.concat([head, one, one]))).toThrow(MalformedBytesError);
  });
});
