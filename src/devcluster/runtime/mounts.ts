/**
 * Volumes as folders of this machine. A process sees the machine's own file system, so what a container calls `/data` is another path here: paths
 * in its command, its arguments and its environment that lie below a mount are put in the place of theirs.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Pod } from '../model/kinds.ts';
import type { Mount } from '../model/kubelet/runtime.ts';
import type { ClusterFolders } from './folders.ts';

export interface PlacedMount {
  readonly mountPath: string;
  /** On this machine. */
  readonly path: string;
}

const PRIVATE_FOLDER = 0o700;
/** A secret is its owner's alone, whatever group a container would have read it by. */
const OWNER_BITS = 0o700;

/** Makes what is to be mounted. */
export function placeMounts(folders: ClusterFolders, pod: Pod, mounts: readonly Mount[]): readonly PlacedMount[] {
  const placed = mounts.map((mount) => ({ mountPath: mount.mountPath, path: place(folders, pod, mount) }));
  // A mount inside another is the one that counts.
  return [...placed].sort((left, right) => right.mountPath.length - left.mountPath.length);
}

/** Files of Secrets, ConfigMaps and the like as they are now: each changes in one step. */
export function refreshMounts(folders: ClusterFolders, pod: Pod, mounts: readonly Mount[]): void {
  for (const mount of mounts) if (mount.source.type === 'files') place(folders, pod, mount);
}

function place(folders: ClusterFolders, pod: Pod, { volume, subPath, source }: Mount): string {
  switch (source.type) {
    case 'claim': {
      const path = join(folders.volume(source.volumeName), subPath);
      mkdirSync(path, { recursive: true, mode: PRIVATE_FOLDER });
      return path;
    }
    case 'empty': {
      const path = join(folders.pod(pod), 'empty', volume, subPath);
      mkdirSync(path, { recursive: true, mode: PRIVATE_FOLDER });
      return path;
    }
    case 'files': {
      const root = join(folders.pod(pod), 'files', volume);
      mkdirSync(root, { recursive: true, mode: PRIVATE_FOLDER });
      for (const [name, content] of Object.entries(source.files)) {
        writeIfOther(join(root, name), Buffer.from(content, 'base64'), source.mode & OWNER_BITS);
      }
      for (const name of filesBelow(root)) if (!Object.hasOwn(source.files, name)) rmSync(join(root, name));
      return join(root, subPath);
    }
  }
}

function writeIfOther(path: string, content: Buffer, mode: number): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true && readFileSync(path).equals(content)) return;
  mkdirSync(dirname(path), { recursive: true, mode: PRIVATE_FOLDER });
  const draft = `${path}.draft`;
  writeFileSync(draft, content, { mode });
  renameSync(draft, path);
}

function filesBelow(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name).slice(root.length + 1)] : [],
  );
}

/** The text with paths below mounts as they are here. `text` may be a path, an argument such as `--data=/data`, or a line for a shell. */
export function translated(text: string, mounts: readonly PlacedMount[]): string {
  if (mounts.length === 0) return text;
  const paths = new Map(mounts.map(({ mountPath, path }) => [mountPath, path]));
  const any = mounts.map(({ mountPath }) => mountPath.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return text.replace(new RegExp(`(?<=^|[=:,;\\s'"(<>])(?:${any})(?=$|[/:,;\\s'")])`, 'g'), (found) => paths.get(found) ?? found);
}
