/**
 * Where a devcluster that runs is found: one folder for each user below the folder for temporary files. `quorate dev` writes a record there,
 * `quorate kubectl` and `quorate dev chaos` read it, and it goes with the program that wrote it.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

export interface DevclusterRecord {
  /** Of the process that runs it. */
  readonly pid: number;
  readonly kubeconfig: string;
  /** The StorageCluster that was applied first. */
  readonly cluster: string;
  readonly namespace: string;
  /** Of 127.0.0.1: leads to any member that is ready. */
  readonly clientPort: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Readable to its owner alone: kubeconfig and data stand in it. */
export function homeFolder(env: Environment): string {
  const temporary = env['TMPDIR'] ?? '';
  return join(temporary === '' ? '/tmp' : temporary, `quorate-dev-${userInfo().uid}`);
}

function recordFile(env: Environment): string {
  return join(homeFolder(env), 'running.json');
}

export function writeRecord(env: Environment, record: DevclusterRecord): void {
  mkdirSync(homeFolder(env), { recursive: true, mode: 0o700 });
  writeFileSync(recordFile(env), `${JSON.stringify(record)}\n`, { mode: 0o600 });
}

export function removeRecord(env: Environment): void {
  rmSync(recordFile(env), { force: true });
}

/** Null when none runs: what a process that is gone left behind counts for nothing. */
export function runningDevcluster(env: Environment): DevclusterRecord | null {
  let text: string;
  try {
    text = readFileSync(recordFile(env), 'utf8');
  } catch {
    return null;
  }
  const record = recordIn(text);
  return record !== null && isAlive(record.pid) ? record : null;
}

function recordIn(text: string): DevclusterRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    // Cut off in the middle of being written, by a machine that went down.
    return null;
  }
}

function isRecord(value: unknown): value is DevclusterRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, kubeconfig, cluster, namespace, clientPort } = value as Record<string, unknown>;
  const areTexts = [kubeconfig, cluster, namespace].every((text) => typeof text === 'string');
  return areTexts && typeof pid === 'number' && typeof clientPort === 'number';
}

/** Signal 0 asks whether there is such a process. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}
