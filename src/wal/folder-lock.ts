/**
 * One process on a data folder: a `lock` file that names its holder by host name, boot, process id and process start time. A holder that
 * this machine can see to be gone is stale and taken over; ids alone would not do, since in a container every process is number 1.
 * A holder on a host of another name can't be judged from here: it is refused, and the message names the file to remove.
 */
import { createHash } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { DiskError } from './disk.ts';
import { errnoOf } from './errno.ts';

export const LOCK_FILE = 'lock';
const TAKEOVERS_MAX = 8;
const STALE_NAME_DIGITS = 16;
const ZOMBIE = 'Z';

let drafts = 0;

export interface LockHolder {
  readonly host: string;
  /** Of the machine's start; null where the system tells none. */
  readonly boot: string | null;
  readonly pid: number;
  /** In the system's own units; null where the system tells none. */
  readonly startTime: string | null;
}

export interface LockRefusal {
  readonly holder: LockHolder;
  readonly message: string;
}

export interface FolderLock {
  release(): Promise<void>;
}

/** @throws DiskError when the folder can't be read or written */
export async function lockFolder(folder: string): Promise<Result<FolderLock, LockRefusal>> {
  const path = join(folder, LOCK_FILE);
  try {
    const own = await describeProcess(process.pid);
    const text = JSON.stringify(own);
    drafts += 1;
    const draft = `${path}.${process.pid}.${drafts}`;
    try {
      await writeFile(draft, text, { mode: 0o600 });
      const holder = await take(path, { own, draft });
      if (holder === null) return succeed({ release: () => release(path, text) });
      return refuse({ holder, message: refusalMessage(holder, own, path) });
    } finally {
      await rm(draft, { force: true });
    }
  } catch (error) {
    if (error instanceof DiskError) throw error;
    throw new DiskError(errnoOf(error) ?? 'UNKNOWN', `lock ${folder}: ${String(error)}`, { cause: error });
  }
}

interface Taker {
  readonly own: LockHolder;
  /** A file that holds our name. */
  readonly draft: string;
}

/**
 * Null when the lock is ours; otherwise its holder. A stale lock is replaced in one step, and only by who holds the lock on replacing just
 * that one: were it moved away first, two that find it stale could take it one after the other, the second from the first. That other lock
 * is stale too when its holder ended half-way, and is taken in the same way.
 */
async function take(path: string, taker: Taker): Promise<LockHolder | null> {
  for (let attempt = 0; attempt < TAKEOVERS_MAX; attempt += 1) {
    if (await linkIfAbsent(taker.draft, path)) return null;
    const text = await readIfThere(path);
    if (text === null) continue;
    const holder = parseHolder(text);
    if (holder && !(await isGone(holder, taker.own))) return holder;
    const right = `${path}.${createHash('sha256').update(text).digest('hex').slice(0, STALE_NAME_DIGITS)}`;
    const other = await take(right, taker);
    if (other !== null) return other;
    try {
      if (await replace(path, text, taker)) return null;
    } finally {
      await rm(right, { force: true });
    }
  }
  throw new DiskError('EBUSY', `${path}: other processes keep taking the lock`);
}

/** False when the lock is no longer the stale one. */
async function replace(path: string, staleText: string, { draft }: Taker): Promise<boolean> {
  if ((await readIfThere(path)) !== staleText) return false;
  // A copy, since a rename takes its name away and the draft may be needed again.
  const copy = `${draft}.taking`;
  await link(draft, copy);
  await rename(copy, path);
  return true;
}

/** Who holds the folder, without taking or changing anything; null when nobody does, or when its holder is seen to be gone. @throws DiskError */
export async function findLockHolder(folder: string): Promise<LockRefusal | null> {
  const path = join(folder, LOCK_FILE);
  try {
    const text = await readIfThere(path);
    const holder = text === null ? null : parseHolder(text);
    if (!holder) return null;
    const own = await describeProcess(process.pid);
    return (await isGone(holder, own)) ? null : { holder, message: refusalMessage(holder, own, path) };
  } catch (error) {
    throw new DiskError(errnoOf(error) ?? 'UNKNOWN', `read ${path}: ${String(error)}`, { cause: error });
  }
}

/** A link is made in one step: the lock never exists without its holder's name in it. */
async function linkIfAbsent(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function release(path: string, ownText: string): Promise<void> {
  if ((await readIfThere(path)) === ownText) await rm(path, { force: true });
}

async function isGone(holder: LockHolder, own: LockHolder): Promise<boolean> {
  if (holder.host !== own.host) return false;
  if (holder.boot !== own.boot) return true;
  if (!isAlive(holder.pid)) return true;
  return (await readStartTime(holder.pid)) !== holder.startTime;
}

function refusalMessage(holder: LockHolder, own: LockHolder, path: string): string {
  const who = `process ${holder.pid} on host ${holder.host}`;
  if (holder.host === own.host) return `the data folder is in use by ${who}`;
  return `the data folder is marked as in use by ${who}, which cannot be seen from ${own.host}: if it is gone for good, remove ${path}`;
}

async function describeProcess(pid: number): Promise<LockHolder> {
  const boot = await readIfThere('/proc/sys/kernel/random/boot_id');
  return { host: hostname(), boot: boot?.trim() ?? null, pid, startTime: await readStartTime(pid) };
}

/** Field 22 of /proc/<pid>/stat; the name in field 2 may hold spaces and parentheses, so fields are counted after the last one. */
async function readStartTime(pid: number): Promise<string | null> {
  const text = await readIfThere(`/proc/${pid}/stat`);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // A process that has ended holds nothing, whether or not its parent has taken note: in a container often nobody does.
  return fields[0] === ZOMBIE ? null : (fields[19] ?? null);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and not ours to signal.
    return errnoOf(error) === 'EPERM';
  }
}

/** Null for what is no lock of ours: a file that a crash left empty. */
function parseHolder(text: string): LockHolder | null {
  try {
    const value: unknown = JSON.parse(text);
    return isHolder(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== 'object' || value === null) return false;
  if (!('host' in value && 'boot' in value && 'pid' in value && 'startTime' in value)) return false;
  const isTextOrNull = (each: unknown): boolean => each === null || typeof each === 'string';
  return (
    typeof value.host === 'string' && typeof value.pid === 'number' && isTextOrNull(value.boot) && isTextOrNull(value.startTime)
  );
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ESRCH') return null;
    throw error;
  }
}
