/** The bytes of a server that is none, read by our own client (see test/support/hostile-bytes.ts). */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RespReplyParser } from '../../../src/wire/resp/reply-parser.ts';
import { assertForHostile, readHostile } from '../../support/hostile-bytes.ts';

const SAMPLES = [
  '+OK\r\n',
  '-ERR no\r\n',
  ':-42\r\n',
  '$3\r\nabc\r\n',
  '$-1\r\n',
  '*2\r\n:1\r\n$-1\r\n',
  '*-1\r\n',
  '%1\r\n+a\r\n,1.5\r\n',
  '~2\r\n_\r\n#t\r\n',
  '=7\r\ntxt:abc\r\n',
  '|1\r\n+k\r\n+v\r\n:3\r\n',
  '>1\r\n+x\r\n',
  '(123456789012345678901234567890\r\n',
  '!5\r\nERR x\r\n',
];

function parse(pieces: readonly Buffer[]): unknown {
  const parser = new RespReplyParser();
  const replies: unknown[] = [];
  for (const piece of pieces) {
    parser.push(piece);
    for (;;) {
      const next = parser.next();
      if (!next.ok) return { replies, refusal: next.reason };
      if (next.value === null) break;
      replies.push(next.value);
    }
  }
  return { replies, refusal: null };
}

test('are replies or a refusal, the same however they are cut', () => {
  const stream = fc.array(fc.constantFrom(...SAMPLES), { minLength: 1, maxLength: 6 }).map((list) => Buffer.from(list.join('')));
  assertForHostile(stream, (bytes) => {
    const whole = readHostile((read) => parse([read]), bytes, []);
    for (const size of [1, 7]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      expect(readHostile(() => parse(pieces), bytes, [])).toEqual(whole);
    }
  });
});
