/**
 * Rule S15: a committed entry that cannot be applied ends the process; the same index at three starts running leaves the node up, serving
 * nothing and naming the index, instead of a crash loop on every member at once.
 */
import { BUILD_VERSION } from '../shared/build.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Disk } from '../wal/disk.ts';
import { pathIn, readWhole, writeDurably } from '../wal/durable-file.ts';

export const POISON_STARTS_MAX = 3;

const FILE = 'poison';
const FORMAT_VERSION = 1;

export interface Poison {
  readonly index: number;
  /** Starts in a row that ended at this index. */
  readonly starts: number;
  /** The build that could not apply it: another one may, and is let try. */
  readonly version: string;
  readonly message: string;
}

/** Null when no start of this build ended so; the reason when the note can't be read (the file is only a note: nothing depends on it). */
export async function readPoison(disk: Disk, folder: string): Promise<Result<Poison | null, string>> {
  if (!(await disk.exists(pathIn(folder, FILE)))) return succeed(null);
  try {
    const parsed: unknown = JSON.parse((await readWhole(disk, pathIn(folder, FILE))).toString('utf8'));
    if (!isPoison(parsed)) return refuse('not a poison note');
    const { index, starts, version, message } = parsed;
    return succeed(version === BUILD_VERSION ? { index, starts, version, message } : null);
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function isPoison(value: unknown): value is Poison & { readonly formatVersion: number } {
  if (typeof value !== 'object' || value === null) return false;
  const note = value as Partial<Record<string, unknown>>;
  return (
    note['formatVersion'] === FORMAT_VERSION &&
    typeof note['index'] === 'number' &&
    typeof note['starts'] === 'number' &&
    typeof note['version'] === 'string' &&
    typeof note['message'] === 'string'
  );
}

/** Notes, durably, that the entry at `index` could not be applied; returns what is noted now. */
export async function notePoison(
  disk: Disk,
  folder: string,
  before: Poison | null,
  index: number,
  message: string,
): Promise<Poison> {
  const poison = { index, starts: before?.index === index ? before.starts + 1 : 1, version: BUILD_VERSION, message };
  await writeDurably(disk, folder, FILE, Buffer.from(JSON.stringify({ formatVersion: FORMAT_VERSION, ...poison })));
  return poison;
}
