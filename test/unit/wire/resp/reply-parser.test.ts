import { describe, expect, test } from '@jest/globals';
import { encodeReply } from '../../../../src/wire/resp/encoder.ts';
import { encodeCommand, REPLY_LIMITS, RespReplyParser } from '../../../../src/wire/resp/reply-parser.ts';
import type { ReceivedReply } from '../../../../src/wire/resp/reply-parser.ts';
import { bulkReply } from '../../../../src/shared/reply.ts';
import type { Reply } from '../../../../src/shared/reply.ts';

function parsed(bytes: Buffer, pieceBytes: number): readonly ReceivedReply[] {
  const parser = new RespReplyParser();
  const replies: ReceivedReply[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    parser.push(bytes.subarray(at, at + pieceBytes));
    for (;;) {
      const next = parser.next();
      if (!next.ok) throw new Error(next.reason);
      if (next.value === null) break;
      replies.push(next.value);
    }
  }
  return replies;
}

function refusalOf(text: string): string | null {
  const parser = new RespReplyParser();
  parser.push(Buffer.from(text));
  const next = parser.next();
  return next.ok ? null : next.reason;
}

const everything: Reply = {
  type: 'array',
  items: [
    { type: 'simple', text: 'OK' },
    { type: 'error', message: 'WRONGTYPE no' },
    { type: 'integer', value: -7 },
    bulkReply('a\r\nb'),
    bulkReply(''),
    { type: 'null' },
    { type: 'null-array' },
    { type: 'array', items: [] },
    { type: 'map', entries: [[bulkReply('key'), { type: 'array', items: [{ type: 'integer', value: 1 }] }]] },
    { type: 'set', items: [bulkReply('member')] },
    { type: 'double', value: 1.5 },
    { type: 'boolean', value: true },
    { type: 'verbatim', text: 'words' },
  ],
};

const asVersion3: ReceivedReply = {
  type: 'array',
  items: [
    { type: 'simple', text: 'OK' },
    { type: 'error', message: 'WRONGTYPE no' },
    { type: 'integer', value: -7n },
    { type: 'bulk', bytes: Buffer.from('a\r\nb') },
    { type: 'bulk', bytes: Buffer.alloc(0) },
    { type: 'null' },
    { type: 'null' },
    { type: 'array', items: [] },
    {
      type: 'map',
      entries: [
        [
          { type: 'bulk', bytes: Buffer.from('key') },
          { type: 'array', items: [{ type: 'integer', value: 1n }] },
        ],
      ],
    },
    { type: 'set', items: [{ type: 'bulk', bytes: Buffer.from('member') }] },
    { type: 'double', text: '1.5' },
    { type: 'boolean', value: true },
    { type: 'verbatim', bytes: Buffer.from('words') },
  ],
};

describe('what our own encoder writes is read back, cut anywhere', () => {
  test.each([1, 2, 3, 7, 1000])('in pieces of %d bytes, version 3', (pieceBytes) => {
    const bytes = Buffer.concat([encodeReply(everything, 3), encodeReply({ type: 'simple', text: 'next' }, 3)]);
    expect(parsed(bytes, pieceBytes)).toEqual([asVersion3, { type: 'simple', text: 'next' }]);
  });

  test.each([1, 5, 1000])('in pieces of %d bytes, version 2: what it lacks is said in other words', (pieceBytes) => {
    const [reply] = parsed(encodeReply(everything, 2), pieceBytes);
    if (reply?.type !== 'array') throw new Error('an array');
    expect(reply.items.map(({ type }) => type)).toEqual([
      ...['simple', 'error', 'integer', 'bulk', 'bulk', 'null', 'null', 'array'],
      ...['array', 'array', 'bulk', 'integer', 'bulk'],
    ]);
  });
});

test('pushes, big numbers, long errors and attributes of version 3', () => {
  const text =
    '>2\r\n+invalidate\r\n*1\r\n$1\r\na\r\n|1\r\n+ttl\r\n:3\r\n(123456789012345678901234567890\r\n!7\r\nERR \r\nx\r\n_\r\n#f\r\n,inf\r\n%0\r\n';
  expect(parsed(Buffer.from(text), 3)).toEqual([
    {
      type: 'push',
      items: [
        { type: 'simple', text: 'invalidate' },
        { type: 'array', items: [{ type: 'bulk', bytes: Buffer.from('a') }] },
      ],
    },
    { type: 'big-number', text: '123456789012345678901234567890' },
    { type: 'error', message: 'ERR \r\nx' },
    { type: 'null' },
    { type: 'boolean', value: false },
    { type: 'double', text: 'inf' },
    { type: 'map', entries: [] },
  ]);
});

test('64-bit integers are exact', () => {
  expect(parsed(Buffer.from(':9223372036854775807\r\n:-9223372036854775808\r\n'), 100)).toEqual([
    { type: 'integer', value: 9223372036854775807n },
    { type: 'integer', value: -9223372036854775808n },
  ]);
});

test('a large array that comes in many pieces is read once, not once for each piece', () => {
  const count = 20_000;
  const bytes = Buffer.from(`*${count}\r\n${'$5\r\nvalue\r\n'.repeat(count)}`);
  const [reply] = parsed(bytes, 16 * 1024);
  expect(reply?.type === 'array' ? reply.items.length : 0).toBe(count);
});

describe('what is no reply is refused, and stays refused', () => {
  test.each([
    ['HTTP/1.1 400 Bad Request\r\n', '"HTTP/1.1 400 Bad Request" is no reply'],
    [`$${REPLY_LIMITS.bulkBytesMax + 1}\r\n`, 'a string of'],
    ['*99999999999\r\n', 'array of'],
    ['*1\r\n'.repeat(REPLY_LIMITS.depthMax + 1), 'nested too deeply'],
    ['#maybe\r\n', 'is no reply'],
    [':12a\r\n', 'is no reply'],
    [`+${'x'.repeat(REPLY_LIMITS.lineBytesMax + 1)}`, 'a line is too long'],
  ])('%j', (text, reason) => {
    expect(refusalOf(text)).toContain(reason);
  });
});

test('a command goes out as an array of bulk strings, bytes and all', () => {
  expect(encodeCommand(['SET', 'ä', Buffer.from([0, 255])])).toEqual(
    Buffer.concat([Buffer.from('*3\r\n$3\r\nSET\r\n$2\r\nä\r\n$2\r\n'), Buffer.from([0, 255]), Buffer.from('\r\n')]),
  );
});
