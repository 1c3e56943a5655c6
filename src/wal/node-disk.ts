/**
 * The Disk of a real machine, over node:fs. Every call goes through libuv's thread pool: measured against the calls that block, a sync
 * there costs a little more and the event loop nothing. What the kernel refuses comes back as a DiskError that carries the errno name.
 */
import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DiskError } from './disk.ts';
import type { Disk, DiskFile } from './disk.ts';
import { errnoOf } from './errno.ts';

/** One writev takes at most IOV_MAX buffers (1024 on Linux). */
const BUFFERS_PER_WRITE_MAX = 1024;

const OPEN_EXISTING = constants.O_RDWR;
const OPEN_READ_ONLY = constants.O_RDONLY;
const OPEN_NEW = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;

/** The folder itself must exist or be creatable; its parents are made as well. */
export function openNodeDisk(folder: string): Disk {
  return new NodeDisk(folder);
}

/** For looking at a folder that may be another process's, or on a volume mounted read-only: whatever would change it fails with EROFS. */
export function openReadOnlyDisk(folder: string): Disk {
  return new ReadOnlyDisk(folder);
}

class NodeDisk implements Disk {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  #at(path: string): string {
    return path === '' ? this.#root : join(this.#root, path);
  }

  async list(folder: string): Promise<string[]> {
    return diskCall(`list ${folder}`, async () => (await absentAs([], () => readdir(this.#at(folder)))).sort());
  }

  async exists(path: string): Promise<boolean> {
    return diskCall(`look for ${path}`, () =>
      absentAs(false, async () => {
        await stat(this.#at(path));
        return true;
      }),
    );
  }

  async open(path: string, options: { readonly create?: boolean } = {}): Promise<DiskFile> {
    return this.openWith(path, options.create === true ? OPEN_NEW : OPEN_EXISTING);
  }

  protected async openWith(path: string, flags: number): Promise<DiskFile> {
    return diskCall(`open ${path}`, async () => new NodeDiskFile(path, await open(this.#at(path), flags, 0o600)));
  }

  async makeFolder(path: string): Promise<void> {
    await diskCall(`make folder ${path}`, () => mkdir(this.#at(path), { recursive: true, mode: 0o700 }));
  }

  async rename(from: string, to: string): Promise<void> {
    await diskCall(`rename ${from} to ${to}`, () => rename(this.#at(from), this.#at(to)));
  }

  async remove(path: string): Promise<void> {
    await diskCall(`remove ${path}`, () => rm(this.#at(path), { recursive: true, force: true }));
  }

  async syncFolder(path: string): Promise<void> {
    await diskCall(`sync folder ${path}`, async () => {
      const handle = await open(this.#at(path), constants.O_RDONLY | constants.O_DIRECTORY);
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    });
  }

  async space(): Promise<{ readonly freeBytes: number; readonly totalBytes: number }> {
    return diskCall('ask for free space', async () => {
      // bavail, not bfree: blocks reserved for root are not ours to fill.
      const { bavail, blocks, bsize } = await statfs(this.#root);
      return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
    });
  }
}

class ReadOnlyDisk extends NodeDisk {
  override async open(path: string, options: { readonly create?: boolean } = {}): Promise<DiskFile> {
    // The kernel refuses a write to a file that was opened so.
    return options.create === true ? refuseChange(`create ${path}`) : this.openWith(path, OPEN_READ_ONLY);
  }

  override async makeFolder(path: string): Promise<void> {
    refuseChange(`make folder ${path}`);
  }

  override async rename(from: string, to: string): Promise<void> {
    refuseChange(`rename ${from} to ${to}`);
  }

  override async remove(path: string): Promise<void> {
    refuseChange(`remove ${path}`);
  }

  override async syncFolder(path: string): Promise<void> {
    refuseChange(`sync folder ${path}`);
  }
}

function refuseChange(what: string): never {
  throw new DiskError('EROFS', `${what}: the folder is open for reading only`);
}

class NodeDiskFile implements DiskFile {
  readonly #path: string;
  readonly #handle: FileHandle;

  constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  async size(): Promise<number> {
    return diskCall(`measure ${this.#path}`, async () => (await this.#handle.stat()).size);
  }

  async read(offset: number, length: number): Promise<Buffer> {
    return diskCall(`read ${this.#path}`, async () => {
      const buffer = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await this.#handle.read(buffer, filled, length - filled, offset + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    });
  }

  async write(offset: number, chunks: readonly Uint8Array[]): Promise<void> {
    await diskCall(`write ${this.#path}`, async () => {
      let at = offset;
      for (let first = 0; first < chunks.length; first += BUFFERS_PER_WRITE_MAX) {
        at += await this.#writeAll(at, chunks.slice(first, first + BUFFERS_PER_WRITE_MAX));
      }
    });
  }

  /** The kernel may take less than it was given: goes on from there until all is written. */
  async #writeAll(offset: number, chunks: readonly Uint8Array[]): Promise<number> {
    let rest = chunks.filter((chunk) => chunk.length > 0);
    let written = 0;
    while (rest.length > 0) {
      const { bytesWritten } = await this.#handle.writev(rest, offset + written);
      if (bytesWritten === 0) throw new DiskError('EIO', `write ${this.#path}: the kernel took no bytes`);
      written += bytesWritten;
      rest = withoutFirst(rest, bytesWritten);
    }
    return written;
  }

  async datasync(): Promise<void> {
    await diskCall(`sync ${this.#path}`, () => this.#handle.datasync());
  }

  async close(): Promise<void> {
    await diskCall(`close ${this.#path}`, () => this.#handle.close());
  }
}

function withoutFirst(chunks: readonly Uint8Array[], count: number): Uint8Array[] {
  const rest: Uint8Array[] = [];
  let skip = count;
  for (const chunk of chunks) {
    if (skip >= chunk.length) skip -= chunk.length;
    else {
      rest.push(chunk.subarray(skip));
      skip = 0;
    }
  }
  return rest;
}

async function absentAs<Value>(value: Value, call: () => Promise<Value>): Promise<Value> {
  try {
    return await call();
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return value;
    throw error;
  }
}

async function diskCall<Value>(what: string, call: () => Promise<Value>): Promise<Value> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof DiskError) throw error;
    throw new DiskError(errnoOf(error) ?? 'UNKNOWN', `${what}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
