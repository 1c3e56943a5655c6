/**
 * A file that appears whole or not at all: written under a temporary name, synced, renamed, and its folder synced (rules S2, S10). The
 * order is the promise: a rename that lands before the bytes would show an empty file under the final name.
 */
import type { Disk } from './disk.ts';

export const TEMPORARY_SUFFIX = '.new';

/** Whoever opens a folder of ours removes these first: they are files that a crash left half made. */
export function isTemporary(name: string): boolean {
  return name.endsWith(TEMPORARY_SUFFIX);
}

export function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Gives the file its final name, durably. Its bytes must be synced already. */
export async function publish(disk: Disk, folder: string, temporaryName: string, name: string): Promise<void> {
  await disk.rename(pathIn(folder, temporaryName), pathIn(folder, name));
  await disk.syncFolder(folder);
}

/** @throws DiskError */
export async function writeDurably(disk: Disk, folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const temporaryName = name + TEMPORARY_SUFFIX;
  await disk.remove(pathIn(folder, temporaryName));
  const file = await disk.open(pathIn(folder, temporaryName), { create: true });
  try {
    await file.write(0, [bytes]);
    await file.datasync();
  } finally {
    await file.close();
  }
  await publish(disk, folder, temporaryName, name);
}

/** The whole file; for small ones. */
export async function readWhole(disk: Disk, path: string): Promise<Buffer> {
  const file = await disk.open(path);
  try {
    return await file.read(0, await file.size());
  } finally {
    await file.close();
  }
}

export async function removeTemporaries(disk: Disk, folder: string): Promise<void> {
  for (const name of await disk.list(folder)) {
    if (isTemporary(name)) await disk.remove(pathIn(folder, name));
  }
}
