/** The clients that people use work unchanged: ioredis, node-redis, redis-cli and redis-benchmark. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { ensureRedisInstalled } from '../../support/redis-server.ts';
import { startClientServer } from './local-client-server.ts';
import type { LocalClientServer } from './local-client-server.ts';

const run = promisify(execFile);
const PASSWORD = 'correct horse';

let open: LocalClientServer;
let guarded: LocalClientServer;

beforeAll(async () => {
  await ensureRedisInstalled();
  open = await startClientServer();
  guarded = await startClientServer({ password: () => PASSWORD });
}, 120_000);

afterAll(async () => {
  await open.stop();
  await guarded.stop();
});

describe('ioredis', () => {
  test('greets, waits for readiness, and does a session with pipelines and transactions', async () => {
    const client = new Redis({ port: guarded.port, host: '127.0.0.1', password: PASSWORD, connectionName: 'io' });
    try {
      expect(await client.set('io', 'one')).toBe('OK');
      expect(await client.get('io')).toBe('one');
      expect(await client.getBuffer('io')).toEqual(Buffer.from('one'));
      expect(await client.set('io', 'two', 'EX', 100, 'NX')).toBeNull();
      expect(await client.mset({ a: '1', b: '2' })).toBe('OK');
      expect(await client.mget('a', 'b', 'missing')).toEqual(['1', '2', null]);
      const piped = await client.pipeline().incr('a').incr('io').get('a').exec();
      expect(piped?.map(([error, value]) => error?.message ?? value)).toEqual([
        2,
        expect.stringContaining('not an integer'),
        '2',
      ]);
      expect(await client.multi().incr('a').get('a').exec()).toEqual([
        [null, 3],
        [null, '3'],
      ]);
      expect(await client.client('GETNAME')).toBe('io');
      const scanned = await client.scan('0', 'COUNT', 1000);
      expect(scanned[0]).toBe('0');
      expect([...scanned[1]].sort()).toEqual(['a', 'b', 'io']);
      expect(await client.info('persistence')).toContain('loading:0');
    } finally {
      client.disconnect();
    }
  });

  test('an optimistic transaction loses against a write that came between', async () => {
    const client = new Redis({ port: guarded.port, host: '127.0.0.1', password: PASSWORD });
    const other = new Redis({ port: guarded.port, host: '127.0.0.1', password: PASSWORD });
    try {
      await client.watch('raced');
      await other.set('raced', 'other');
      expect(await client.multi().set('raced', 'mine').exec()).toBeNull();
      expect(await client.get('raced')).toBe('other');
    } finally {
      client.disconnect();
      other.disconnect();
    }
  });
});

describe('node-redis', () => {
  test.each([2, 3] as const)('does a session in protocol version %i', async (protocol) => {
    const client = createClient({
      url: `redis://default:${encodeURIComponent(PASSWORD)}@127.0.0.1:${guarded.port}`,
      RESP: protocol,
    });
    const errors: Error[] = [];
    client.on('error', (error: Error) => errors.push(error));
    await client.connect();
    try {
      expect(await client.set('node', 'one', { expiration: { type: 'EX', value: 100 } })).toBe('OK');
      expect(await client.get('node')).toBe('one');
      expect(await client.ttl('node')).toBeGreaterThan(90);
      expect(await client.incrBy('node:count', 5)).toBe(await client.get('node:count').then(Number));
      expect(await client.multi().set('x', '1').incr('x').get('x').exec()).toEqual(['OK', 2, '2']);
      await expect(client.incr('node')).rejects.toThrow('value is not an integer');
      const keys: string[] = [];
      for await (const batch of client.scanIterator({ MATCH: 'node*' })) keys.push(...batch);
      expect(keys.sort()).toEqual(['node', 'node:count']);
      expect(errors).toEqual([]);
    } finally {
      client.destroy();
    }
  });

  test('a wrong password is told as such', async () => {
    const client = createClient({ url: `redis://default:wrong@127.0.0.1:${guarded.port}`, socket: { reconnectStrategy: false } });
    client.on('error', () => undefined);
    await expect(client.connect()).rejects.toThrow('WRONGPASS');
  });
});

describe('redis-cli', () => {
  const cli = async (server: LocalClientServer, ...words: string[]): Promise<string> =>
    (await run('/usr/bin/redis-cli', ['-p', String(server.port), ...words])).stdout;

  test('sets, gets, and speaks version 3', async () => {
    expect(await cli(open, 'SET', 'greeting', 'hello')).toBe('OK\n');
    expect(await cli(open, 'GET', 'greeting')).toBe('hello\n');
    expect(await cli(open, '-3', 'HELLO')).toContain('proto 3\n');
    expect(await cli(open, 'NOTHING', 'a')).toContain("ERR unknown command 'NOTHING', with args beginning with: 'a'");
  });

  test('is refused without the password and let in with it', async () => {
    expect(await cli(guarded, 'GET', 'greeting')).toContain('NOAUTH Authentication required.');
    expect(await cli(guarded, '-a', PASSWORD, '--no-auth-warning', 'PING')).toBe('PONG\n');
  });
});

test('redis-benchmark -t set,get -c 50 passes unchanged', async () => {
  const words = ['-p', String(open.port), '-t', 'set,get', '-c', '50', '-n', '2000', '--csv'];
  const { stdout, stderr } = await run('/usr/bin/redis-benchmark', words);
  expect(stdout).toMatch(/^"SET","[0-9.]+"/m);
  expect(stdout).toMatch(/^"GET","[0-9.]+"/m);
  expect(stderr).toBe('');
  const piped = await run('/usr/bin/redis-benchmark', [...words, '-P', '16', '-r', '1000']);
  expect(piped.stdout).toMatch(/^"GET","[0-9.]+"/m);
}, 60_000);
