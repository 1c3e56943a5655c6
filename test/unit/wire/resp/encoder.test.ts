import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ByteReader, ByteWriter, MalformedBytesError } from '../../../../src/shared/bytes.ts';
import { NULL, NULL_ARRAY, OK, arrayReply, bulkReply, errorReply, integerReply } from '../../../../src/shared/reply.ts';
import type { Reply } from '../../../../src/shared/reply.ts';
import { REPLY_DEPTH_MAX, readReply, writeReply } from '../../../../src/wire/reply-codec.ts';
import { ReplyEncoder, encodeReply, replyBytes } from '../../../../src/wire/resp/encoder.ts';

const map: Reply = { type: 'map', entries: [[bulkReply('a'), integerReply(1)]] };

const cases: readonly (readonly [string, Reply, string, string])[] = [
  ['OK', OK, '+OK\r\n', '+OK\r\n'],
  ['a status', { type: 'simple', text: 'PONG' }, '+PONG\r\n', '+PONG\r\n'],
  ['an error', errorReply('ERR no'), '-ERR no\r\n', '-ERR no\r\n'],
  ['an error with line breaks', errorReply("ERR 'a\r\nb'"), "-ERR 'a  b'\r\n", "-ERR 'a  b'\r\n"],
  ['an error beyond ASCII', errorReply('ERR é'), '-ERR é\r\n', '-ERR é\r\n'],
  ['an integer', integerReply(-7), ':-7\r\n', ':-7\r\n'],
  ['the largest integer', integerReply(9223372036854775807n), ':9223372036854775807\r\n', ':9223372036854775807\r\n'],
  ['the smallest integer', integerReply(-9223372036854775808n), ':-9223372036854775808\r\n', ':-9223372036854775808\r\n'],
  ['a bulk string', bulkReply('a\r\nb'), '$4\r\na\r\nb\r\n', '$4\r\na\r\nb\r\n'],
  ['an empty bulk string', bulkReply(''), '$0\r\n\r\n', '$0\r\n\r\n'],
  ['null', NULL, '$-1\r\n', '_\r\n'],
  ['a null array', NULL_ARRAY, '*-1\r\n', '_\r\n'],
  ['an array', arrayReply([integerReply(1), NULL, arrayReply([])]), '*3\r\n:1\r\n$-1\r\n*0\r\n', '*3\r\n:1\r\n_\r\n*0\r\n'],
  ['a map', map, '*2\r\n$1\r\na\r\n:1\r\n', '%1\r\n$1\r\na\r\n:1\r\n'],
  ['a set', { type: 'set', items: [OK] }, '*1\r\n+OK\r\n', '~1\r\n+OK\r\n'],
  ['a double', { type: 'double', value: 1.5 }, '$3\r\n1.5\r\n', ',1.5\r\n'],
  ['infinity', { type: 'double', value: -Infinity }, '$4\r\n-inf\r\n', ',-inf\r\n'],
  ['no number', { type: 'double', value: NaN }, '$3\r\nnan\r\n', ',nan\r\n'],
  ['true', { type: 'boolean', value: true }, ':1\r\n', '#t\r\n'],
  ['false', { type: 'boolean', value: false }, ':0\r\n', '#f\r\n'],
  ['verbatim text', { type: 'verbatim', text: 'é\r\n' }, '$4\r\né\r\n\r\n', '=8\r\ntxt:é\r\n\r\n'],
];

describe.each(cases)('%s', (_name, reply, second, third) => {
  test('in version 2', () => expect(encodeReply(reply, 2).toString()).toBe(second));
  test('in version 3', () => expect(encodeReply(reply, 3).toString()).toBe(third));
  test('between members and back', () => {
    const writer = new ByteWriter(1);
    writeReply(writer, reply);
    const reader = new ByteReader(writer.toBuffer());
    expect(encodeReply(readReply(reader), 3)).toEqual(encodeReply(reply, 3));
    reader.end();
  });
  test('is not longer than was counted, but for its digits', () => {
    expect(replyBytes(reply) + 16).toBeGreaterThanOrEqual(encodeReply(reply, 2).length);
  });
});

test('replies appended to one encoder, of any size, are those encoded one by one', () => {
  const part = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }).map((bytes): Reply => bulkReply(bytes)),
    fc.string({ maxLength: 700, unit: 'grapheme' }).map((text): Reply => errorReply(`ERR ${text}`)),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value): Reply => integerReply(value)),
    fc.string({ maxLength: 600 }).map((text): Reply => ({ type: 'verbatim', text })),
    fc.constantFrom<Reply>(OK, NULL, NULL_ARRAY),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), fc.constantFrom(2, 3), (replies, protocol) => {
      const encoder = new ReplyEncoder();
      for (const reply of [...replies, arrayReply(replies)]) encoder.write(reply, protocol);
      const alone = [...replies, arrayReply(replies)].map((reply) => encodeReply(reply, protocol));
      expect(encoder.take().equals(Buffer.concat(alone))).toBe(true);
      expect(encoder.length).toBe(0);
    }),
    { numRuns: 100 },
  );
});

test('what was taken is not written over by what follows', () => {
  const encoder = new ReplyEncoder();
  encoder.write(OK, 2);
  const first = encoder.take();
  encoder.write(errorReply('ERR'), 2);
  expect(first.toString()).toBe('+OK\r\n');
  expect(encoder.take().toString()).toBe('-ERR\r\n');
});

describe('replies between members', () => {
  const read =
    (...bytes: number[]) =>
    () =>
      readReply(new ByteReader(Buffer.from(bytes)));

  test('an unknown type is refused', () => expect(read(0)).toThrow(MalformedBytesError));
  test('a count that cannot lie in the bytes is refused', () => expect(read(9, 255, 255, 255, 255)).toThrow(MalformedBytesError));
  test('bytes that end early are refused', () => expect(read(6, 5, 0, 0, 0, 1)).toThrow(MalformedBytesError));
  test('a big integer that is none is refused', () => expect(read(5, 1, 0, 0, 0, 120)).toThrow(MalformedBytesError));

  test('nesting is bounded', () => {
    const nested = (depth: number): Buffer => Buffer.from([...Array.from({ length: depth }, () => [9, 1, 0, 0, 0]).flat(), 7]);
    expect(readReply(new ByteReader(nested(REPLY_DEPTH_MAX))).type).toBe('array');
    expect(() => readReply(new ByteReader(nested(REPLY_DEPTH_MAX + 1)))).toThrow(MalformedBytesError);
  });

  test('garbage throws nothing but MalformedBytesError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          readReply(new ByteReader(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedBytesError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
