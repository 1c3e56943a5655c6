import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import {
  ARGUMENT_OVERHEAD_BYTES,
  ARGUMENTS_MAX,
  BULK_BYTES_MAX,
  FRAME_BYTES_MAX,
  INLINE_BYTES_MAX,
  RespParser,
  UNAUTHENTICATED_ARGUMENTS_MAX,
  UNAUTHENTICATED_BULK_BYTES_MAX,
} from '../../../../src/wire/resp/parser.ts';

const MIB = 1024 * 1024;

function encode(words: readonly Uint8Array[]): Buffer {
  const parts: Buffer[] = [Buffer.from(`*${words.length}\r\n`)];
  for (const word of words) parts.push(Buffer.from(`$${word.length}\r\n`), Buffer.from(word), Buffer.from('\r\n'));
  return Buffer.concat(parts);
}

interface Parsed {
  readonly commands: string[][];
  readonly refusal: string | null;
}

function drain(parser: RespParser, commands: string[][]): string | null {
  for (;;) {
    const next = parser.next();
    if (!next.ok) return next.reason;
    if (next.value === null) return null;
    commands.push(next.value.map((word) => word.toString('latin1')));
  }
}

/** All chunks, drained after each, as a session does; copies stand for the buffers that a socket gives. */
function parse(chunks: readonly (Buffer | string)[], parser = new RespParser()): Parsed {
  const commands: string[][] = [];
  let refusal: string | null = null;
  for (const chunk of chunks) {
    parser.push(Buffer.from(chunk));
    refusal = drain(parser, commands);
  }
  return { commands, refusal };
}

const bytesOf = (bytes: Buffer): Buffer[] => Array.from(bytes, (byte) => Buffer.from([byte]));

describe('commands', () => {
  const cases: readonly (readonly [string, string, readonly (readonly string[])[]])[] = [
    ['an array of bulk strings', '*2\r\n$3\r\nGET\r\n$1\r\na\r\n', [['GET', 'a']]],
    ['an empty bulk string', '*2\r\n$4\r\nECHO\r\n$0\r\n\r\n', [['ECHO', '']]],
    ['line breaks inside a bulk string', '*1\r\n$6\r\na\r\nb\r\n\r\n', [['a\r\nb\r\n']]],
    ['empty arrays pass in silence', '*0\r\n*-1\r\n*1\r\n$4\r\nPING\r\n', [['PING']]],
    ['inline', 'PING\r\n', [['PING']]],
    ['inline with a bare newline', 'SET a 1\n', [['SET', 'a', '1']]],
    ['empty lines pass in silence', '\r\n\n  \r\nPING\r\n', [['PING']]],
    ['inline with quotes', 'SET "a b" \'c "d\'\r\n', [['SET', 'a b', 'c "d']]],
    ['inline with escapes', '"\\x41\\n\\t\\r\\a\\b\\q\\"" \'\\\'\\n\'\r\n', [['A\n\t\r\x07\bq"', "'\\n"]]],
    ['an escape that is no hex stands for itself', '"\\xg1" "\\x4"\r\n', [['xg1', 'x4']]],
    ['both kinds in one stream', 'PING\r\n*1\r\n$4\r\nPING\r\nECHO a\r\n', [['PING'], ['PING'], ['ECHO', 'a']]],
  ];

  test.each(cases)('%s', (_name, bytes, commands) => {
    expect(parse([bytes])).toEqual({ commands, refusal: null });
    expect(parse(bytesOf(Buffer.from(bytes, 'latin1')))).toEqual({ commands, refusal: null });
  });

  test('chunks that were pushed while nobody asked are not lost', () => {
    const parser = new RespParser();
    for (const byte of bytesOf(encode([Buffer.from('ECHO'), Buffer.from('hello')]))) parser.push(byte);
    parser.push(Buffer.from('PING\r\n'));
    const commands: string[][] = [];
    expect(drain(parser, commands)).toBeNull();
    expect(commands).toEqual([['ECHO', 'hello'], ['PING']]);
    expect(parser.heldBytes).toBe(0);
  });
});

describe('properties', () => {
  const word = fc.uint8Array({ maxLength: 40 });
  const commandList = fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { maxLength: 6 });

  test('bytes cut anywhere give the same commands', () => {
    fc.assert(
      fc.property(commandList, fc.array(fc.nat({ max: 400 }), { maxLength: 8 }), (list, cuts) => {
        const bytes = Buffer.concat(list.map(encode));
        const borders = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
        const chunks = borders.slice(1).map((border, at) => bytes.subarray(borders[at], border));
        const expected = list.map((words) => words.map((bytes) => Buffer.from(bytes).toString('latin1')));
        expect(parse(chunks)).toEqual({ commands: expected, refusal: null });
        expect(parse(bytesOf(bytes))).toEqual({ commands: expected, refusal: null });
      }),
      { numRuns: 200 },
    );
  });

  test('garbage never throws, and reads the same whole and byte by byte', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom('*', '$', '\r\n', '\n', '*1\r\n', '*2\r\n$1\r\n', '$-1\r\n', '"', "'", '\\x', '*9999999999\r\n', 'PING\r\n')
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const bytes = Buffer.concat(pieces);
        expect(parse(bytesOf(bytes))).toEqual(parse([bytes]));
      }),
      { numRuns: 200 },
    );
  });
});

describe("refusals in Redis' words", () => {
  const cases: readonly (readonly [string, string])[] = [
    ['*x\r\n', 'invalid multibulk length'],
    ['*\r\n', 'invalid multibulk length'],
    ['*01\r\n', 'invalid multibulk length'],
    ['*+1\r\n', 'invalid multibulk length'],
    ['*-0\r\n', 'invalid multibulk length'],
    [`*${ARGUMENTS_MAX + 1}\r\n`, 'invalid multibulk length'],
    ['*99999999999999999999\r\n', 'invalid multibulk length'],
    ['*1\r\nPING\r\n', "expected '$', got 'P'"],
    ['*1\r\n$x\r\n', 'invalid bulk length'],
    ['*1\r\n$-1\r\n', 'invalid bulk length'],
    [`*1\r\n$${BULK_BYTES_MAX + 1}\r\n`, 'invalid bulk length'],
    ['*1\r\n$1073741824\r\n', 'invalid bulk length'],
    ['SET "a\r\n', 'unbalanced quotes in request'],
    ['SET "a"b\r\n', 'unbalanced quotes in request'],
    ["SET 'a\r\n", 'unbalanced quotes in request'],
    ['x'.repeat(INLINE_BYTES_MAX + 1), 'too big inline request'],
    [`*${'1'.repeat(INLINE_BYTES_MAX + 1)}`, 'too big mbulk count string'],
    [`*1\r\n$${'1'.repeat(INLINE_BYTES_MAX + 1)}`, 'too big bulk count string'],
  ];

  test.each(cases)('%.30j', (bytes, reason) => {
    expect(parse([bytes])).toEqual({ commands: [], refusal: `Protocol error: ${reason}` });
  });

  test('a refused stream stays refused and holds nothing', () => {
    const parser = new RespParser();
    expect(parse(['*x\r\n', 'PING\r\n'], parser)).toEqual({ commands: [], refusal: 'Protocol error: invalid multibulk length' });
    expect(parser.heldBytes).toBe(0);
  });

  test('commands before the refusal are given out first', () => {
    expect(parse(['PING\r\n*x\r\n'])).toEqual({ commands: [['PING']], refusal: 'Protocol error: invalid multibulk length' });
  });
});

describe('bounds', () => {
  test('before authentication: ten arguments of 16 KiB, and not one more', () => {
    const parser = new RespParser();
    parser.authenticated = false;
    expect(
      parse([encode(Array.from({ length: UNAUTHENTICATED_ARGUMENTS_MAX }, () => Buffer.from('x')))], parser).refusal,
    ).toBeNull();
    expect(parse([encode([Buffer.alloc(UNAUTHENTICATED_BULK_BYTES_MAX)])], parser).refusal).toBeNull();
    expect(parse([`*${UNAUTHENTICATED_ARGUMENTS_MAX + 1}\r\n`], parser).refusal).toBe(
      'Protocol error: unauthenticated multibulk length',
    );
    const other = new RespParser();
    other.authenticated = false;
    expect(parse([`*1\r\n$${UNAUTHENTICATED_BULK_BYTES_MAX + 1}\r\n`], other).refusal).toBe(
      'Protocol error: unauthenticated bulk length',
    );
  });

  test('arguments that are small each are bounded together', () => {
    const part = Buffer.alloc(4 * MIB);
    const frame = Buffer.concat([
      Buffer.from('*20\r\n'),
      ...Array.from({ length: 20 }, () => [Buffer.from(`$${part.length}\r\n`), part, Buffer.from('\r\n')]).flat(),
    ]);
    expect(parse([frame]).refusal).toBe(`Protocol error: a command takes more than ${FRAME_BYTES_MAX} bytes`);
  });

  test('an argument counts for more than its bytes: a million empty ones are too many', () => {
    const most = Math.floor(FRAME_BYTES_MAX / ARGUMENT_OVERHEAD_BYTES);
    const empties = (count: number): string => `*${count}\r\n${'$0\r\n\r\n'.repeat(count)}`;
    const fits = parse([empties(most)]);
    expect([fits.refusal, fits.commands[0]?.length]).toEqual([null, most]);
    expect(parse([empties(most + 1)])).toEqual({
      commands: [],
      refusal: `Protocol error: a command takes more than ${FRAME_BYTES_MAX} bytes`,
    });
  });

  test('an announced length takes no memory before its bytes come', () => {
    const before = process.memoryUsage().arrayBuffers;
    const parsers = Array.from({ length: 50 }, () => {
      const parser = new RespParser();
      parse([`*1\r\n$${BULK_BYTES_MAX}\r\n`, 'x'], parser);
      return parser;
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(MIB);
    expect(parsers.every((parser) => parser.heldBytes === 1)).toBe(true);
  });

  test('a big value in small chunks is copied a linear number of times', () => {
    const length = 4 * MIB;
    const chunk = Buffer.alloc(512, 'x');
    const parser = new RespParser();
    // Whatever is copied is copied into a buffer that was allocated for it.
    const allocations = jest.spyOn(Buffer, 'allocUnsafeSlow');
    parser.push(Buffer.from(`*1\r\n$${length}\r\n`));
    for (let sent = 0; sent < length; sent += chunk.length) {
      expect(parser.next().ok).toBe(true);
      parser.push(chunk);
    }
    parser.push(Buffer.from('\r\n'));
    const whole = parser.next();
    expect(whole.ok && whole.value?.[0]?.length).toBe(length);
    const allocated = allocations.mock.calls.reduce((sum, [size]) => sum + size, 0);
    allocations.mockRestore();
    expect(allocated).toBeGreaterThanOrEqual(length);
    expect(allocated).toBeLessThan(4 * length);
  });
});
