/** Python's redis client, as people install it, and the session that tests have it do. */
import { spawn } from 'node:child_process';
import { execFile } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { readAll } from './read-all.ts';
import type { ReadTarget } from './read-all.ts';
import type { RespAddress } from './resp-client.ts';

const run = promisify(execFile);
const SCRIPT = 'test/integration/redis/client.py';

/** Path of a python that has the package; installs it when it is not there. */
export async function pythonWithRedis(): Promise<string> {
  return (await run('scripts/python-redis.sh')).stdout.trim();
}

export interface PythonTarget extends RespAddress {
  readonly python: string;
  readonly password: string;
  readonly protocol: 2 | 3;
}

/** What the session that the script knows by this name found. @throws with what Python said */
export async function pythonSession(name: string, target: PythonTarget): Promise<unknown> {
  const { stdout } = await run(target.python, wordsOf(name, target), { env: environmentOf(target) });
  return JSON.parse(stdout) as unknown;
}

/** Writes `<prefix>:1` and so on, one after the other, each until it is acknowledged, until it is stopped. */
export class PythonWriter {
  acknowledged = 0;
  readonly #stop: () => void;
  readonly #ended: Promise<void>;

  constructor(prefix: string, target: PythonTarget) {
    const child = spawn(target.python, [...wordsOf('write', target), prefix], {
      env: environmentOf(target),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
    createInterface(child.stdout).on('line', (line) => (this.acknowledged = Number(line)));
    this.#stop = () => child.stdin.end();
    this.#ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`the writer ended with ${code}: ${told}`))));
    });
    this.#ended.catch(() => undefined);
  }

  /** @returns how many were acknowledged */
  async stop(): Promise<number> {
    this.#stop();
    await this.#ended;
    return this.acknowledged;
  }
}

/** @throws unless every value that a PythonWriter of this prefix had acknowledged is there, and is what it wrote */
export async function verifyWritten(prefix: string, acknowledged: number, target: ReadTarget): Promise<void> {
  const numbers = Array.from({ length: acknowledged }, (_, at) => String(at + 1));
  const values = await readAll(
    numbers.map((number) => `${prefix}:${number}`),
    target,
  );
  const lost = numbers.filter((number, at) => values[at] !== number);
  if (lost.length > 0) throw new Error(`LOST: of ${acknowledged} acknowledged values those of ${prefix}:${lost.join(', ')}`);
}

function wordsOf(name: string, { host, port, protocol }: PythonTarget): readonly string[] {
  return [SCRIPT, name, host, String(port), String(protocol)];
}

function environmentOf({ password }: PythonTarget): NodeJS.ProcessEnv {
  return { ...process.env, REDIS_PASSWORD: password };
}
