/** A snapshot that has its name is whole on the disk, whatever the page cache shows: the log before it goes on the word of that name. */
import { PropertyBroken } from '../support/raft-checker.ts';
import type { DurableFile } from '../support/simulated-disk.ts';
import type { Build } from './builds.ts';
import type { LogBase } from '../../src/consensus/core.ts';

/** The newest by name, as a power cut would leave it; null when there is none. @throws when it is not whole */
export async function readNewestSnapshot(build: Build, files: readonly DurableFile[]): Promise<LogBase | null> {
  const newest = files.filter(({ name }) => name.endsWith('.snapshot')).at(-1);
  if (!newest) return null;
  const bytes = Buffer.from(newest.bytes);
  let taken = 0;
  const reader = new build.ChecksummedReader(async (length) => bytes.subarray(taken, (taken += length)), bytes.length);
  try {
    const { base } = await build.readSnapshotHeader(reader);
    const chunks = build.readSnapshotChunks(reader);
    while ((await chunks.next()).done !== true) continue;
    return base;
  } catch (error) {
    throw new PropertyBroken(`S10: ${newest.name} has its name, and is not whole on the disk`, { cause: error });
  }
}
