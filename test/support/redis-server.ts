/** Debian's redis-server on a free port of loopback: what "as Redis answers" is compared with. */
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const START_TIMEOUT_MS = 15_000;

export interface RedisServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Installs what is missing of redis-server, redis-cli and redis-benchmark; needs root where something is. */
export async function ensureRedisInstalled(): Promise<void> {
  const tools = ['redis-server', 'redis-cli', 'redis-benchmark'];
  if (tools.every((tool) => existsSync(`/usr/bin/${tool}`))) return;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await run('apt-get', ['update'], { env: environment, maxBuffer: 1 << 26 });
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'redis-server', 'redis-tools'], {
    env: environment,
    maxBuffer: 1 << 26,
  });
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** @param options further lines of its configuration, as on its command line */
export async function startRedisServer(options: readonly string[] = []): Promise<RedisServer> {
  await ensureRedisInstalled();
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'quorate-redis-'));
  const child = spawn(
    '/usr/bin/redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder, ...options],
    { stdio: 'ignore' },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    await waitForPong(port, child);
  } catch (error) {
    child.kill('SIGKILL');
    await exited;
    throw error;
  }
  return {
    port,
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function waitForPong(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`redis-server ended with code ${child.exitCode}`);
    if (await answersPing(port)) return;
  }
  throw new Error(`redis-server did not answer within ${START_TIMEOUT_MS} ms`);
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (answered: boolean): void => {
      socket.destroy();
      // A refused connection comes back at once: without a pause the loop would only burn the processor that the server needs.
      setTimeout(() => resolve(answered), answered ? 0 : 20);
    };
    socket.once('error', () => settle(false));
    socket.once('connect', () => socket.write('PING\r\n'));
    // `-NOAUTH` is an answer too.
    socket.once('data', () => settle(true));
  });
}
