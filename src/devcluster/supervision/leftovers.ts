/** What devclusters left that were killed together with their supervisor: temporary folders whose owner is gone, and processes on record in them. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findLockHolder, LOCK_FILE } from '../../wal/folder-lock.ts';
import { ClusterFolders } from '../runtime/folders.ts';
import { killRecorded } from './supervisor.ts';

export interface Leftovers {
  readonly folders: number;
  readonly processes: number;
}

/** Ends and removes them. Folders of other users, and of devclusters that live, stay as they are. @param parent where temporary folders are made */
export async function removeLeftovers(parent: string, prefix: string): Promise<Leftovers> {
  let [folders, processes] = [0, 0];
  for (const name of readdirSync(parent).filter((one) => one.startsWith(prefix))) {
    const root = join(parent, name);
    if (!isOurs(root) || !existsSync(join(root, LOCK_FILE)) || (await findLockHolder(root)) !== null) continue;
    processes += await killRecorded(new ClusterFolders(root).processes);
    rmSync(root, { recursive: true, force: true, maxRetries: 3 });
    folders += 1;
  }
  return { folders, processes };
}

function isOurs(folder: string): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && stat.uid === process.getuid?.();
}
