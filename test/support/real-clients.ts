/**
 * The clients that people use, unchanged: what each does in a session of its own, and what it must find. Where the store runs is the caller's
 * matter. Each session empties the store first.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from '@jest/globals';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { pythonSession, pythonWithRedis } from './python-redis.ts';
import { ensureRedisInstalled } from './redis-server.ts';
import type { RespAddress } from './resp-client.ts';

const run = promisify(execFile);

export interface ClientTarget extends RespAddress {
  readonly password: string;
}

export interface ClientSession {
  readonly name: string;
  readonly play: (target: ClientTarget) => Promise<void>;
}

export const CLIENT_SESSIONS: readonly ClientSession[] = [
  { name: 'ioredis: readiness, pipelines, transactions, scans', play: ioredisSession },
  { name: 'ioredis: an optimistic transaction loses against a write that came between', play: ioredisRace },
  { name: 'node-redis in protocol version 2', play: (target) => nodeRedisSession(target, 2) },
  { name: 'node-redis in protocol version 3', play: (target) => nodeRedisSession(target, 3) },
  { name: 'redis-cli', play: redisCliSession },
  { name: 'redis-benchmark -t set,get -c 50', play: redisBenchmark },
  { name: "Python's redis in protocol version 2", play: (target) => pythonSessions(target, 2) },
  { name: "Python's redis in protocol version 3", play: (target) => pythonSessions(target, 3) },
];

async function ioredisSession({ host, port, password }: ClientTarget): Promise<void> {
  const client = new Redis({ port, host, password, connectionName: 'io' });
  try {
    await client.flushdb();
    expect(await client.set('io', 'one')).toBe('OK');
    expect(await client.get('io')).toBe('one');
    expect(await client.getBuffer('io')).toEqual(Buffer.from('one'));
    expect(await client.set('io', 'two', 'EX', 100, 'NX')).toBeNull();
    expect(await client.mset({ a: '1', b: '2' })).toBe('OK');
    expect(await client.mget('a', 'b', 'missing')).toEqual(['1', '2', null]);
    const piped = await client.pipeline().incr('a').incr('io').get('a').exec();
    expect(piped?.map(([error, value]) => error?.message ?? value)).toEqual([2, expect.stringContaining('not an integer'), '2']);
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
}

async function ioredisRace({ host, port, password }: ClientTarget): Promise<void> {
  const client = new Redis({ port, host, password });
  const other = new Redis({ port, host, password });
  try {
    await client.watch('raced');
    await other.set('raced', 'other');
    expect(await client.multi().set('raced', 'mine').exec()).toBeNull();
    expect(await client.get('raced')).toBe('other');
  } finally {
    client.disconnect();
    other.disconnect();
  }
}

async function nodeRedisSession({ host, port, password }: ClientTarget, protocol: 2 | 3): Promise<void> {
  const client = createClient({ url: `redis://default:${encodeURIComponent(password)}@${host}:${port}`, RESP: protocol });
  const errors: Error[] = [];
  client.on('error', (error: Error) => errors.push(error));
  await client.connect();
  try {
    await client.flushDb();
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
}

async function redisCliSession({ host, port, password }: ClientTarget): Promise<void> {
  await ensureRedisInstalled();
  const cli = async (...words: string[]): Promise<string> => {
    const env = { ...process.env, REDISCLI_AUTH: password };
    return (await run('/usr/bin/redis-cli', ['-h', host, '-p', String(port), ...words], { env })).stdout;
  };
  expect(await cli('FLUSHDB')).toBe('OK\n');
  expect(await cli('SET', 'greeting', 'hello')).toBe('OK\n');
  expect(await cli('GET', 'greeting')).toBe('hello\n');
  expect(await cli('-3', 'HELLO')).toContain('proto 3\n');
  expect(await cli('NOTHING', 'a')).toContain("ERR unknown command 'NOTHING', with args beginning with: 'a'");
}

async function redisBenchmark({ host, port, password }: ClientTarget): Promise<void> {
  await ensureRedisInstalled();
  const words = ['-h', host, '-p', String(port), '-a', password, '-t', 'set,get', '-c', '50', '-n', '2000', '--csv'];
  const { stdout, stderr } = await run('/usr/bin/redis-benchmark', words);
  expect(stdout).toMatch(/^"SET","[0-9.]+"/m);
  expect(stdout).toMatch(/^"GET","[0-9.]+"/m);
  expect(stderr).toBe('');
}

async function pythonSessions(target: ClientTarget, protocol: 2 | 3): Promise<void> {
  const python = await pythonWithRedis();
  for (const [name, found] of Object.entries(FOUND_BY_PYTHON))
    expect(await pythonSession(name, { ...target, python, protocol })).toEqual(found);
}

/** What test/integration/redis/client.py must find, by the name of its session. */
const FOUND_BY_PYTHON = {
  basics: {
    ping: true,
    set: true,
    get: 'hello',
    missing: null,
    nx: null,
    xx: 'hello',
    utf8: 'grüße',
    append: 3,
    range: 'on',
    mset: true,
    mget: ['1', '2', null],
    incr: 42,
    float: 2.5,
    wrong: 'ResponseError: value is not an integer or out of range',
    exists: 2,
    scan: ['py:a', 'py:b'],
    delete: 2,
    name: 'py',
    unknown: expect.stringContaining("unknown command 'NOTHING'"),
  },
  expiry: {
    ttl: true,
    pttl: true,
    gone: -2,
    persist: true,
    persisted: -1,
    expire: true,
    getex: 'x',
    expireat: true,
    past: 0,
  },
  pipelines: { sets: true, mixed: [true, expect.stringContaining('value is not an integer'), '499'] },
  // WATCH under four threads that lose against each other, and try again.
  transactions: {
    done: [true, 15, '15'],
    left: '20',
    lost: 'WatchError: Watched variable changed.',
    balance: '7',
    aborted: expect.stringContaining("unknown command 'NOTHING'"),
    nothing: 0,
  },
};
