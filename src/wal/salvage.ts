/**
 * A damaged log begun anew from what is whole of it (rule S11), when the newest term is known. What stands before the first damage is kept as
 * it is; what stands behind it is not, because entries are missing between the two: the leader sends it again. The damaged files stay, under
 * another name, until that has happened: were a majority damaged at once, a person may still need them.
 */
import type { Entry } from '../consensus/core.ts';
import type { MemberId } from '../shared/ids.ts';
import type { Disk } from './disk.ts';
import { pathIn } from './durable-file.ts';
import { scanSegments } from './recovery.ts';
import type { RecoveryParts, ScannedSegment } from './recovery.ts';
import { rememberPeers, Replay } from './replay.ts';
import { SEGMENT_SUFFIX } from './segment.ts';
import type { PeerMemory } from './types.ts';

/** What a segment file is called once it was salvaged. */
export const DAMAGED_SUFFIX = `${SEGMENT_SUFFIX}.damaged`;

export interface Salvage {
  /** Contiguous, beginning at base.index + 1. */
  readonly entries: readonly Entry[];
  readonly memory: Map<MemberId, PeerMemory>;
  /** Highest term of any whole batch header. */
  readonly newestTerm: number;
  /** Highest level of any whole segment header; null when there is none. */
  readonly featureLevel: number | null;
  /** Places that are taken: of segments, and of batches. */
  readonly lastSegment: number;
  readonly lastBatch: number;
  /** Names of all segments, damaged or not. */
  readonly names: readonly string[];
}

/** @throws DiskError */
export async function salvageLog(parts: RecoveryParts): Promise<Salvage> {
  const segments = await scanSegments(parts);
  const whole = segments.flatMap(({ scan }) => (scan.ok ? [scan.value] : []));
  const memory = new Map<MemberId, PeerMemory>();
  for (const { records } of whole.flatMap(({ batches }) => batches)) {
    for (const record of records) if (record.type === 'memory') rememberPeers(memory, record.peers);
  }
  const lastSegments = segments.map(({ name }) => Number.parseInt(name, 10));
  return {
    entries: replayPrefix(segments).after(parts.base)?.entries ?? [],
    memory,
    newestTerm: Math.max(0, ...whole.map(({ newestTerm }) => newestTerm)),
    featureLevel: whole.length > 0 ? Math.max(...whole.map(({ header }) => header.featureLevel)) : null,
    lastSegment: Math.max(0, ...lastSegments.filter(Number.isSafeInteger)),
    lastBatch: Math.max(0, ...whole.map(({ newest, syncedThrough }) => Math.max(newest, syncedThrough))),
    names: segments.map(({ name }) => name),
  };
}

/** Everything up to the first batch that is not whole, or that does not follow the one before. */
function replayPrefix(segments: readonly ScannedSegment[]): Replay {
  let replay: Replay | null = null;
  let nextBatch: number | null = null;
  for (const { scan } of segments) {
    if (!scan.ok) break;
    const { header, batches } = scan.value;
    replay ??= new Replay(header.originIndex);
    if (replay.lastIndex !== header.originIndex || (nextBatch !== null && header.follows + 1 !== nextBatch)) break;
    for (const record of batches.flatMap(({ records }) => records)) if (replay.apply(record) !== null) return replay;
    nextBatch = header.follows + batches.length + 1;
  }
  // With nothing whole at the beginning, nothing is known to follow any base.
  return replay ?? new Replay(Number.MAX_SAFE_INTEGER);
}

/** To be called when a new segment, which begins the log anew, is durable. @throws DiskError */
export async function setAsideSegments(disk: Disk, folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await disk.rename(pathIn(folder, name), pathIn(folder, name.slice(0, -SEGMENT_SUFFIX.length) + DAMAGED_SUFFIX));
  }
  await disk.syncFolder(folder);
}

/** @throws DiskError */
export async function removeDamagedSegments(disk: Disk, folder: string): Promise<void> {
  for (const name of await disk.list(folder)) if (name.endsWith(DAMAGED_SUFFIX)) await disk.remove(pathIn(folder, name));
}
