/** The clients that people use work unchanged, against the door of a single member; what they do is in `test/support/real-clients.ts`. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createClient } from 'redis';
import { CLIENT_SESSIONS } from '../../support/real-clients.ts';
import { ensureRedisInstalled } from '../../support/redis-server.ts';
import { startClientServer } from './local-client-server.ts';
import type { LocalClientServer } from './local-client-server.ts';

jest.setTimeout(120_000);

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

test.each(CLIENT_SESSIONS)('$name', ({ play }) => play({ host: '127.0.0.1', port: guarded.port, password: PASSWORD }));

test('node-redis is told that a password is wrong', async () => {
  const client = createClient({ url: `redis://default:wrong@127.0.0.1:${guarded.port}`, socket: { reconnectStrategy: false } });
  client.on('error', () => undefined);
  await expect(client.connect()).rejects.toThrow('WRONGPASS');
});

describe('redis-cli', () => {
  const cli = async (server: LocalClientServer, ...words: string[]): Promise<string> =>
    (await run('/usr/bin/redis-cli', ['-p', String(server.port), ...words])).stdout;

  test('needs no password where there is none', async () => {
    expect(await cli(open, 'SET', 'greeting', 'hello')).toBe('OK\n');
    expect(await cli(open, 'GET', 'greeting')).toBe('hello\n');
  });

  test('is refused without the password and let in with it', async () => {
    expect(await cli(guarded, 'GET', 'greeting')).toContain('NOAUTH Authentication required.');
    expect(await cli(guarded, '-a', PASSWORD, '--no-auth-warning', 'PING')).toBe('PONG\n');
  });
});

test('redis-benchmark passes with pipelines over a thousand keys', async () => {
  const words = ['-p', String(open.port), '-t', 'set,get', '-c', '50', '-n', '2000', '--csv', '-P', '16', '-r', '1000'];
  expect((await run('/usr/bin/redis-benchmark', words)).stdout).toMatch(/^"GET","[0-9.]+"/m);
});
