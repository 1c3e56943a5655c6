/** The expected texts are those that redis-cli 7 prints for the same replies. */
import { describe, expect, test } from '@jest/globals';
import { errorHint, rawReply, replyText } from '../../../../src/cli/view/reply-text.ts';
import type { ReceivedReply } from '../../../../src/wire/resp/reply-parser.ts';

const bulk = (text: string): ReceivedReply => ({ type: 'bulk', bytes: Buffer.from(text) });
const integer = (value: bigint): ReceivedReply => ({ type: 'integer', value });

const cases: readonly (readonly [string, ReceivedReply, string, string])[] = [
  ['a status', { type: 'simple', text: 'OK' }, 'OK\n', 'OK\n'],
  ['an error', { type: 'error', message: 'ERR syntax error' }, '(error) ERR syntax error\n', 'ERR syntax error\n'],
  ['an integer', integer(-3n), '(integer) -3\n', '-3\n'],
  ['a string', bulk('hello "you"\n'), '"hello \\"you\\"\\n"\n', 'hello "you"\n\n'],
  ['bytes', { type: 'bulk', bytes: Buffer.from([0, 7, 0xc3, 0xa4]) }, '"\\x00\\a\\xc3\\xa4"\n', '\u0000\u0007ä\n'],
  ['null', { type: 'null' }, '(nil)\n', '\n'],
  ['a double', { type: 'double', text: '1.5' }, '(double) 1.5\n', '1.5\n'],
  ['a boolean', { type: 'boolean', value: true }, '(true)\n', 'true\n'],
  ['verbatim text', { type: 'verbatim', bytes: Buffer.from('a\nb') }, 'a\nb\n', 'a\nb\n'],
  ['an empty array', { type: 'array', items: [] }, '(empty array)\n', '\n'],
  [
    'nested arrays',
    { type: 'array', items: [{ type: 'array', items: [bulk('a'), integer(1n)] }, bulk('b')] },
    '1) 1) "a"\n   2) (integer) 1\n2) "b"\n',
    'a\n1\nb\n',
  ],
  [
    'ten and more, aligned',
    { type: 'array', items: Array.from({ length: 10 }, (_, at) => integer(BigInt(at))) },
    Array.from({ length: 10 }, (_, at) => `${String(at + 1).padStart(2)}) (integer) ${at}\n`).join(''),
    Array.from({ length: 10 }, (_, at) => `${at}\n`).join(''),
  ],
  [
    'a map',
    {
      type: 'map',
      entries: [
        [bulk('server'), bulk('redis')],
        [bulk('modules'), { type: 'array', items: [bulk('x')] }],
      ],
    },
    '1# "server" => "redis"\n2# "modules" => 1) "x"\n',
    'server\nredis\nmodules\nx\n',
  ],
  ['a set', { type: 'set', items: [bulk('a')] }, '1~ "a"\n', 'a\n'],
];

describe('replies', () => {
  test.each(cases)('%s on a terminal', (_, reply, text) => {
    expect(replyText(reply)).toBe(text);
  });

  test.each(cases)('%s in a pipe', (_, reply, _text, raw) => {
    expect(rawReply(reply).toString()).toBe(raw);
  });
});

test('S14: errors of ours say whether anything was done', () => {
  expect(errorHint('NOLEADER no leader is known')).toContain('nothing was done');
  expect(errorHint('BUSY too much is waiting')).toContain('nothing was done');
  expect(errorHint('UNKNOWNOUTCOME leadership was lost')).toContain('may have been done or not');
  expect(errorHint('ERR syntax error')).toBeNull();
});
