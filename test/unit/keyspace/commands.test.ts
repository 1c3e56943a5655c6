import { describe, expect, test } from '@jest/globals';
import { commandNames, commandTable, prepareCommand } from '../../../src/keyspace/command-table.ts';
import {
  KEY_BYTES_MAX,
  TRANSACTION_BYTES_MAX,
  UNSENT_BYTES_PER_ENTRY_MAX,
  VALUE_BYTES_MAX,
} from '../../../src/keyspace/limits.ts';
import { command, cut, Driver, show } from './driver.ts';
import type { Shown } from './driver.ts';

type Script = readonly (readonly [line: string, reply: Shown])[];

const NOT_INTEGER = '-ERR value is not an integer or out of range';
const SYNTAX = '-ERR syntax error';

/** Each script begins with an empty keyspace; the replies are those of Redis 7.0. */
const scripts: Readonly<Record<string, Script>> = {
  'GET and SET': [
    ['GET k', '(nil)'],
    ['SET k v', '+OK'],
    ['GET k', 'v'],
    ['set k "" ', '+OK'],
    ['get k', ''],
    ['GET', "-ERR wrong number of arguments for 'get' command"],
    ['SET k', "-ERR wrong number of arguments for 'set' command"],
  ],
  'SET with conditions': [
    ['SET k 1 XX', '(nil)'],
    ['SET k 1 NX', '+OK'],
    ['SET k 2 nx', '(nil)'],
    ['SET k 2 XX GET', '1'],
    ['SET k 3 NX GET', '2'],
    ['GET k', '2'],
    ['SET new 1 NX GET', '(nil)'],
    ['GET new', '1'],
    ['SET k 1 NX XX', SYNTAX],
    ['SET k 1 WHAT', SYNTAX],
  ],
  'SET with times': [
    ['SET k v EX 100', '+OK'],
    ['TTL k', ':100'],
    ['SET k v2 KEEPTTL', '+OK'],
    ['PTTL k', ':100000'],
    ['SET k v3', '+OK'],
    ['TTL k', ':-1'],
    ['SET k v PX 1500', '+OK'],
    ['TTL k', ':2'],
    ['SET k v EXAT 1800000000', '+OK'],
    ['EXPIRETIME k', ':1800000000'],
    ['SET k v PXAT 1800000000001', '+OK'],
    ['PEXPIRETIME k', ':1800000000001'],
    ['SET k v EX 0', "-ERR invalid expire time in 'set' command"],
    ['SET k v PX -1', "-ERR invalid expire time in 'set' command"],
    ['SET k v EX 9223372036854775807', "-ERR invalid expire time in 'set' command"],
    ['SET k v EX abc', NOT_INTEGER],
    ['SET k v EX', SYNTAX],
    ['SET k v EX 1 PX 1', SYNTAX],
    ['SET k v KEEPTTL EX 1', SYNTAX],
    ['SET k v PERSIST', SYNTAX],
    ['SET past v PXAT 1', '+OK'],
    ['GET past', '(nil)'],
  ],
  'SETEX, PSETEX, SETNX, GETSET, GETDEL': [
    ['SETEX k 10 v', '+OK'],
    ['TTL k', ':10'],
    ['PSETEX k 10000 v', '+OK'],
    ['PTTL k', ':10000'],
    ['SETEX k 0 v', "-ERR invalid expire time in 'setex' command"],
    ['PSETEX k -5 v', "-ERR invalid expire time in 'psetex' command"],
    ['SETEX k ten v', NOT_INTEGER],
    ['SETNX k w', ':0'],
    ['SETNX other w', ':1'],
    ['GETSET k new', 'v'],
    ['TTL k', ':-1'],
    ['GETSET absent x', '(nil)'],
    ['GETDEL absent', 'x'],
    ['GETDEL absent', '(nil)'],
  ],
  GETEX: [
    ['GETEX k', '(nil)'],
    ['GETEX k EX 0', '(nil)'],
    ['SET k v', '+OK'],
    ['GETEX k EX 0', "-ERR invalid expire time in 'getex' command"],
    ['GETEX k EX 10', 'v'],
    ['TTL k', ':10'],
    ['GETEX k', 'v'],
    ['TTL k', ':10'],
    ['GETEX k PERSIST', 'v'],
    ['TTL k', ':-1'],
    ['GETEX k PERSIST EX 1', SYNTAX],
    ['GETEX k NX', SYNTAX],
    ['GETEX k EXAT 1', 'v'],
    ['EXISTS k', ':0'],
  ],
  'MGET, MSET, MSETNX': [
    ['MSET a 1 b 2 a 3', '+OK'],
    ['MGET a b c', ['3', '2', '(nil)']],
    ['MSETNX c 1 a 1', ':0'],
    ['EXISTS c', ':0'],
    ['MSETNX c 1 d 1', ':1'],
    ['MSET a', "-ERR wrong number of arguments for 'mset' command"],
    ['MSET a 1 b', "-ERR wrong number of arguments for 'mset' command"],
    ['MSETNX a 1 b', "-ERR wrong number of arguments for 'msetnx' command"],
  ],
  'DEL, UNLINK, EXISTS, TOUCH, TYPE': [
    ['MSET a 1 b 2 c 3', '+OK'],
    ['EXISTS a a b x', ':3'],
    ['TOUCH a b x', ':2'],
    ['DEL a a x', ':1'],
    ['UNLINK b c', ':2'],
    ['TYPE a', '+none'],
    ['SET a 1', '+OK'],
    ['TYPE a', '+string'],
    ['DBSIZE', ':1'],
  ],
  'INCR and its family': [
    ['INCR n', ':1'],
    ['INCRBY n 41', ':42'],
    ['DECR n', ':41'],
    ['DECRBY n -1', ':42'],
    ['GET n', '42'],
    ['INCRBY n 1.5', NOT_INTEGER],
    ['INCRBY n 01', NOT_INTEGER],
    ['SET n 9223372036854775806', '+OK'],
    ['INCR n', ':9223372036854775807'],
    ['INCR n', '-ERR increment or decrement would overflow'],
    ['DECRBY n 9223372036854775807', ':0'],
    ['DECRBY n -9223372036854775808', '-ERR decrement would overflow'],
    ['INCRBY n -9223372036854775808', ':-9223372036854775808'],
    ['DECR n', '-ERR increment or decrement would overflow'],
    ['SET n "10 "', '+OK'],
    ['INCR n', NOT_INTEGER],
    ['SET n 9007199254740992', '+OK'],
    ['INCR n', ':9007199254740993'],
    ['DECRBY n 2', ':9007199254740991'],
  ],
  'INCR keeps the deadline': [
    ['SET n 1 EX 50', '+OK'],
    ['INCR n', ':2'],
    ['TTL n', ':50'],
    ['APPEND n 0', ':2'],
    ['SETRANGE n 0 9', ':2'],
    ['INCRBYFLOAT n 0.5', '90.5'],
    ['TTL n', ':50'],
  ],
  INCRBYFLOAT: [
    ['INCRBYFLOAT f 10.50', '10.5'],
    ['INCRBYFLOAT f 0.1', '10.6'],
    ['SET f 5.0e3', '+OK'],
    ['INCRBYFLOAT f 2.0e2', '5200'],
    ['INCRBYFLOAT f abc', '-ERR value is not a valid float'],
    ['INCRBYFLOAT f inf', '-ERR increment would produce NaN or Infinity'],
    ['SET f abc', '+OK'],
    ['INCRBYFLOAT f 1', '-ERR value is not a valid float'],
  ],
  'APPEND, STRLEN, GETRANGE, SETRANGE': [
    ['APPEND s Hello', ':5'],
    ['APPEND s " World"', ':11'],
    ['STRLEN s', ':11'],
    ['STRLEN none', ':0'],
    ['GETRANGE s 0 4', 'Hello'],
    ['GETRANGE s -5 -1', 'World'],
    ['GETRANGE s -1 -5', ''],
    ['GETRANGE s 0 -1', 'Hello World'],
    ['GETRANGE s 5 1000000', ' World'],
    ['GETRANGE s -100 -50', 'H'],
    ['GETRANGE s 0 9223372036854775807', 'Hello World'],
    ['GETRANGE s a 1', NOT_INTEGER],
    ['SUBSTR s 6 -1', 'World'],
    ['SETRANGE s 6 Redis', ':11'],
    ['GET s', 'Hello Redis'],
    ['SETRANGE s 13 !', ':14'],
    ['GET s', 'Hello Redis\0\0!'],
    ['SETRANGE s 0 ""', ':14'],
    ['SETRANGE none 5 ""', ':0'],
    ['EXISTS none', ':0'],
    ['SETRANGE s -1 x', '-ERR offset is out of range'],
    ['SETRANGE s x x', NOT_INTEGER],
    ['SETRANGE s 600000000 x', '-ERR string exceeds maximum allowed size (proto-max-bulk-len)'],
  ],
  'EXPIRE and its family': [
    ['EXPIRE k 10', ':0'],
    ['SET k v', '+OK'],
    ['TTL k', ':-1'],
    ['TTL none', ':-2'],
    ['EXPIRE k 10 XX', ':0'],
    ['EXPIRE k 10 GT', ':0'],
    ['EXPIRE k 10 LT', ':1'],
    ['EXPIRE k 20 NX', ':0'],
    ['EXPIRE k 5 GT', ':0'],
    ['EXPIRE k 20 GT', ':1'],
    ['PEXPIRE k 15000 LT XX', ':1'],
    ['PTTL k', ':15000'],
    ['EXPIREAT k 1800000000', ':1'],
    ['PEXPIRETIME k', ':1800000000000'],
    ['PEXPIREAT k 1800000000123', ':1'],
    ['EXPIRETIME k', ':1800000000'],
    ['PERSIST k', ':1'],
    ['PERSIST k', ':0'],
    ['EXPIRE k 10 NX XX', '-ERR NX and XX, GT or LT options at the same time are not compatible'],
    ['EXPIRE k 10 GT LT', '-ERR GT and LT options at the same time are not compatible'],
    ['EXPIRE k 10 soon', '-ERR Unsupported option soon'],
    ['EXPIRE k ten', NOT_INTEGER],
    ['EXPIRE k 9223372036854775807', "-ERR invalid expire time in 'expire' command"],
    ['EXPIRE k -9223372036854775808', "-ERR invalid expire time in 'expire' command"],
    ['EXPIRE k -1', ':1'],
    ['EXISTS k', ':0'],
  ],
  'RENAME, RENAMENX, COPY': [
    ['RENAME a b', '-ERR no such key'],
    ['SET a 1 EX 100', '+OK'],
    ['SET b 2', '+OK'],
    ['RENAMENX a b', ':0'],
    ['RENAMENX a a', ':0'],
    ['RENAME a a', '+OK'],
    ['RENAME a b', '+OK'],
    ['TTL b', ':100'],
    ['EXISTS a', ':0'],
    ['COPY b c', ':1'],
    ['TTL c', ':100'],
    ['SET b 3', '+OK'],
    ['COPY b c', ':0'],
    ['COPY b c REPLACE DB 0', ':1'],
    ['GET c', '3'],
    ['TTL c', ':-1'],
    ['COPY none c REPLACE', ':0'],
    ['COPY b b', '-ERR source and destination objects are the same'],
    ['COPY b c DB 99', '-ERR DB index is out of range'],
    ['COPY b c DB x', NOT_INTEGER],
    ['COPY b c WHAT', SYNTAX],
  ],
  'KEYS, SCAN, FLUSHDB': [
    ['KEYS *', []],
    ['RANDOMKEY', '(nil)'],
    ['MSET one 1', '+OK'],
    ['KEYS o*', ['one']],
    ['KEYS x*', []],
    ['RANDOMKEY', 'one'],
    ['SCAN 0', ['0', ['one']]],
    ['SCAN 0 MATCH x*', ['0', []]],
    ['SCAN 0 TYPE string COUNT 5', ['0', ['one']]],
    ['SCAN 0 TYPE list', ['0', []]],
    ['SCAN x', '-ERR invalid cursor'],
    ['SCAN 18446744073709551616', '-ERR invalid cursor'],
    ['SCAN 0 COUNT 0', SYNTAX],
    ['SCAN 0 COUNT x', NOT_INTEGER],
    ['SCAN 0 MATCH', SYNTAX],
    ['FLUSHDB WHAT', SYNTAX],
    ['FLUSHDB ASYNC', '+OK'],
    ['DBSIZE', ':0'],
    ['FLUSHALL', '+OK'],
  ],
  'unknown commands': [
    ['NOSUCH a b', "-ERR unknown command 'NOSUCH', with args beginning with: 'a' 'b' "],
    ['NOSUCH', "-ERR unknown command 'NOSUCH', with args beginning with: "],
  ],
};

describe('commands answer as Redis 7 does', () => {
  test.each(Object.entries(scripts))('%s', (_name, script) => {
    const driver = new Driver();
    const answers = script.map(([line]) => [line, driver.line(line)]);
    expect(answers).toEqual(script.map(([line, reply]) => [line, reply]));
  });

  test('S15: what is refused when it is prepared is refused with the same words when it is applied', () => {
    for (const [line, reply] of Object.values(scripts).flat()) {
      const prepared = prepareCommand(command(cut(line)), 1);
      if (prepared.type === 'unknown' || prepared.type === 'invalid') expect([line, show(prepared.reply)]).toEqual([line, reply]);
    }
  });

  test('keys and values may hold any byte', () => {
    const driver = new Driver();
    const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    expect(driver.run('SET', every, every)).toBe('+OK');
    expect(driver.run('GET', every)).toBe(every.toString('latin1'));
    expect(driver.run('KEYS', '*')).toEqual([every.toString('latin1')]);
  });
});

describe('the command table', () => {
  test('S16: a command is unknown below its feature level', () => {
    for (const name of commandNames()) {
      const since = commandTable.get(name)!.sinceFeatureLevel;
      expect(prepareCommand(command([name]), since).type).not.toBe('unknown');
      expect(prepareCommand(command([name]), since - 1).type).toBe('unknown');
    }
  });

  test('the keys that a command names are those that COMMAND tells', () => {
    const lines = [
      'GET a',
      'MSET a 1 b 2',
      'DEL a b',
      'RENAME a b',
      'SETEX a 1 v',
      'COPY a b REPLACE',
      'KEYS *',
      'EXPIRE a 1 NX',
    ];
    for (const line of lines) {
      const words = command(cut(line));
      const { firstKey, lastKey, step } = commandTable.get(cut(line)[0]!.toLowerCase())!;
      const last = lastKey < 0 ? words.length + lastKey : lastKey;
      const told =
        firstKey === 0 ? [] : words.filter((_word, at) => at >= firstKey && at <= last && (at - firstKey) % step === 0);
      const prepared = prepareCommand(words, 1);
      expect(prepared).toMatchObject({ keys: told });
    }
  });

  test('S17: what is a write without growth passes when memory is full', () => {
    for (const line of ['DEL k', 'UNLINK k', 'GETDEL k', 'FLUSHALL', 'FLUSHDB', 'EXPIRE k 1', 'PERSIST k']) {
      expect([line, prepareCommand(command(cut(line)), 1)]).toMatchObject([
        line,
        { type: 'write', grows: false, growthBytesMax: 0 },
      ]);
    }
    for (const line of ['SET k v', 'APPEND k v', 'SETRANGE k 1 v', 'INCR k', 'COPY k l', 'MSET k v', 'GETSET k v', 'SETNX k v']) {
      expect([line, prepareCommand(command(cut(line)), 1)]).toMatchObject([line, { type: 'write', grows: true }]);
    }
  });

  test('S17: a write never grows the data by more than was said', () => {
    const lines = [
      'SET k v EX 10',
      'MSET a 1 b 2',
      'SETRANGE k 5000 x',
      'APPEND k yyyy',
      'COPY k l',
      'INCR n',
      'INCRBYFLOAT f 1e300',
      'RENAME l long-name',
    ];
    const driver = new Driver();
    for (const line of lines) {
      const prepared = prepareCommand(command(cut(line)), 1);
      const before = driver.state.dataBytes;
      driver.line(line);
      expect(prepared.type === 'write' && driver.state.dataBytes - before <= prepared.growthBytesMax).toBe(true);
    }
  });
});

describe('limits', () => {
  const key = Buffer.alloc(KEY_BYTES_MAX, 'k');
  const value = Buffer.alloc(VALUE_BYTES_MAX, 'v');
  const reply = (...words: (string | Uint8Array)[]): Shown => {
    const prepared = prepareCommand(command(words), 1);
    return prepared.type === 'invalid' ? show(prepared.reply) : prepared.type;
  };

  test('a key, a value and a command as long as allowed pass, and one byte more is refused with the limit', () => {
    expect(reply('SET', key, 'v')).toBe('write');
    expect(reply('GET', key)).toBe('read');
    expect(reply('SET', Buffer.concat([key, Buffer.of(0)]), 'v')).toBe('-ERR key exceeds the limit of 65536 bytes');
    expect(reply('MSET', 'a', '1', Buffer.concat([key, Buffer.of(0)]), 'v')).toBe('-ERR key exceeds the limit of 65536 bytes');
    expect(reply('SET', 'k', value)).toBe('write');
    expect(reply('SET', 'k', Buffer.concat([value, Buffer.of(0)]))).toBe('-ERR value exceeds the limit of 8388608 bytes');
    expect(reply('MSET', 'a', value, 'b', value)).toBe(`-ERR command exceeds the limit of ${TRANSACTION_BYTES_MAX} bytes`);
  });

  test('APPEND and SETRANGE never make a value longer than allowed', () => {
    const driver = new Driver();
    const tooLong = '-ERR string exceeds maximum allowed size (proto-max-bulk-len)';
    expect(driver.run('SET', 'k', value)).toBe('+OK');
    expect(driver.run('APPEND', 'k', 'x')).toBe(tooLong);
    expect(driver.run('APPEND', 'k', '')).toBe(`:${VALUE_BYTES_MAX}`);
    expect(driver.run('SETRANGE', 'k', String(VALUE_BYTES_MAX), 'x')).toBe(tooLong);
    expect(driver.run('SETRANGE', 'k', String(VALUE_BYTES_MAX - 1), 'x')).toBe(`:${VALUE_BYTES_MAX}`);
  });

  test('S17: one entry cannot make much of little', () => {
    const driver = new Driver();
    const operations = Array.from({ length: 20 }, (_, at) => ({
      type: 'command' as const,
      arguments: command(['SETRANGE', `k${at}`, String(VALUE_BYTES_MAX - 1), 'x']),
    }));
    const replies = driver.apply(...operations);
    expect(replies.filter((text) => text === `:${VALUE_BYTES_MAX}`)).toHaveLength(8);
    expect(replies.at(-1)).toMatch(/^-OOM /);
    expect(driver.state.dataBytes).toBeLessThan(UNSENT_BYTES_PER_ENTRY_MAX * 1.1);
    expect(driver.run('SETRANGE', 'again', String(VALUE_BYTES_MAX - 1), 'x')).toBe(`:${VALUE_BYTES_MAX}`);
  });
});

describe('SCAN', () => {
  test('a cursor walks through all keys once, whichever member answers, while others come and go', () => {
    const driver = new Driver();
    for (let at = 0; at < 500; at += 1) driver.run('SET', `stays:${at}`, 'v');
    const seen: string[] = [];
    let cursor = '0';
    let steps = 0;
    do {
      const other = new Driver(driver.state.clone(), driver.timeMs, driver.index);
      const [next, keys] = other.read(`SCAN ${cursor} COUNT 7`) as [string, string[]];
      seen.push(...keys.filter((key) => key.startsWith('stays:')));
      cursor = next;
      steps += 1;
      driver.run('SET', `comes:${steps}`, 'v');
      driver.run('DEL', `comes:${steps - 2}`);
    } while (cursor !== '0');
    expect(new Set(seen).size).toBe(500);
    expect(seen).toHaveLength(500);
    expect(steps).toBeGreaterThan(500 / 8);
  });
});
