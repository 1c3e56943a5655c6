import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Entry, EntryKind } from '../../../src/consensus/core.ts';
import { encodeBatch, findBatchHeaders, readBatch } from '../../../src/wal/batch.ts';
import type { LogRecord } from '../../../src/wal/batch.ts';
import { decodeIdentity, encodeIdentity, IDENTITY_FORMAT_VERSION } from '../../../src/wal/identity-file.ts';
import { readSegmentHeader } from '../../../src/wal/segment.ts';
import { CLUSTER, baseAt, memberId, memoryOf } from './member.ts';

const salt = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
const otherSalt = Buffer.from('ff112233445566778899aabbccddeeff', 'hex');
const number = fc.nat(2 ** 31 - 1);

const entries: fc.Arbitrary<Entry[]> = fc
  .tuple(
    number,
    fc.array(
      fc.record({
        term: number,
        kind: fc.constantFrom<EntryKind>('noop', 'command', 'configuration'),
        size: fc.oneof(fc.nat(40), fc.constant(4097)),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([first, list]) =>
    list.map(({ term, kind, size }, position) => ({
      index: first + position,
      term,
      kind,
      payload: Buffer.alloc(size, position),
    })),
  );

const record: fc.Arbitrary<LogRecord> = fc.oneof(
  entries.map((list): LogRecord => ({ type: 'entries', entries: list })),
  number.map((from): LogRecord => ({ type: 'truncate', from })),
  fc.tuple(number, number).map(([index, term]): LogRecord => ({ type: 'base', base: baseAt(index, term) })),
  fc
    .array(fc.tuple(fc.nat(15), number, number), { maxLength: 5 })
    .map((list): LogRecord => ({ type: 'memory', peers: list.map(([digit, term, index]) => memoryOf(digit, term, index)) })),
);

const header = fc.record({
  sequence: number,
  syncedThrough: number,
  hardState: fc.record({ term: number, vote: fc.option(fc.nat(15).map(memberId)) }),
});

describe('a batch', () => {
  test('comes back as it was written, wherever it lies', () => {
    fc.assert(
      fc.property(header, fc.array(record, { maxLength: 5 }), fc.nat(4), (head, records, units) => {
        const { chunks, bytes } = encodeBatch(salt, head, records);
        const before = Buffer.alloc(units * 8, 0x51);
        const segment = Buffer.concat([before, ...chunks, Buffer.alloc(16)]);
        expect(bytes).toBe(segment.length - before.length - 16);
        expect(readBatch(segment, before.length, salt)).toEqual({
          type: 'batch',
          header: head,
          records,
          end: before.length + bytes,
        });
        expect(findBatchHeaders(segment, 0, salt)).toEqual([head]);
        expect(readBatch(segment, before.length, otherSalt)).toEqual({ type: 'none' });
      }),
      { numRuns: 60 },
    );
  });

  test('S11: with any bit flipped it is not taken for whole, unless the bit is padding', () => {
    fc.assert(
      fc.property(header, fc.array(record, { maxLength: 3 }), fc.nat(), fc.nat(7), (head, records, position, bit) => {
        const segment = Buffer.concat(encodeBatch(salt, head, records).chunks);
        const at = position % segment.length;
        segment.writeUInt8(segment.readUInt8(at) ^ (1 << bit), at);
        const reading = readBatch(segment, 0, salt);
        if (reading.type === 'batch') expect(at).toBeGreaterThanOrEqual(segment.length - 7);
        else expect(['none', 'torn-body']).toContain(reading.type);
      }),
      { numRuns: 200 },
    );
  });

  test('S11: cut short anywhere it is not taken for whole', () => {
    fc.assert(
      fc.property(header, fc.array(record, { minLength: 1, maxLength: 3 }), fc.nat(), (head, records, position) => {
        const segment = Buffer.concat(encodeBatch(salt, head, records).chunks);
        expect(readBatch(segment.subarray(0, position % (segment.length - 7)), 0, salt).type).not.toBe('batch');
      }),
      { numRuns: 100 },
    );
  });

  test('arbitrary bytes are refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, isMarked) => {
        const segment = Buffer.from(bytes);
        if (isMarked && segment.length >= 4) segment.write('QRTB', 0, 'latin1');
        expect(readBatch(segment, 0, salt)).toEqual({ type: 'none' });
        expect(findBatchHeaders(segment, 0, salt)).toEqual([]);
        expect(readSegmentHeader(segment, { min: 1, max: 1 }).type).toBe('damaged');
      }),
      { numRuns: 200 },
    );
  });
});

describe('the identity file', () => {
  const identity = {
    memberId: memberId(1),
    membership: {
      clusterId: CLUSTER,
      generation: { number: 2, id: 'ab'.repeat(8) },
      founding: { epoch: 3, configuration: baseAt(0, 0).configuration },
    },
    formerIds: [memberId(2), memberId(3)],
    lostThroughTerm: 7,
    fenced: 'a higher generation was heard of',
  };

  test.each([
    identity,
    { ...identity, membership: null, fenced: null, formerIds: [] },
    { ...identity, membership: { ...identity.membership, founding: null } },
  ])('comes back as it was written (%#)', (each) => {
    expect(decodeIdentity(encodeIdentity(each), 'identity')).toEqual({ ok: true, value: each });
  });

  test('S2: with any bit flipped, or cut short, it is damaged or of an unknown format, never another identity', () => {
    const whole = encodeIdentity(identity);
    for (let at = 0; at < whole.length; at += 1) {
      const flipped = Buffer.from(whole);
      flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (at % 8)), at);
      expect(decodeIdentity(flipped, 'identity').ok).toBe(false);
      expect(decodeIdentity(whole.subarray(0, at), 'identity').ok).toBe(false);
    }
  });

  test('S16: a version that this build does not know is refused by name', () => {
    const newer = encodeIdentity(identity);
    newer.writeUInt16LE(IDENTITY_FORMAT_VERSION + 1, 8);
    expect(decodeIdentity(newer, 'identity')).toMatchObject({ ok: false, reason: { type: 'unknown-format' } });
  });
});
