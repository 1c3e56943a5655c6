/**
 * Reads a segment that is full once more, slowly, and says whether it still is what was written: rot is found while the other copies are
 * whole, and not at the next start (rule S11).
 */
import { DiskError } from './disk.ts';
import type { Disk } from './disk.ts';
import { scanBytes } from './recovery.ts';
import type { ColdSegment } from './types.ts';

/** Bytes are asked for in pieces of this size, each at its pace. */
export const SCRUB_PIECE_BYTES = 64 * 1024;

/** Waits until so many bytes may be read. */
export type Pace = (bytes: number) => Promise<void>;

/** Null when the segment is whole; otherwise what is wrong with it. @throws DiskError when it cannot be opened */
export async function scrubSegment(
  disk: Disk,
  { path, fileBytes, lastBatch }: ColdSegment,
  levels: { readonly min: number; readonly max: number },
  pace: Pace,
): Promise<string | null> {
  const file = await disk.open(path);
  const bytes = Buffer.alloc(fileBytes);
  try {
    for (let at = 0; at < fileBytes; at += SCRUB_PIECE_BYTES) {
      const length = Math.min(SCRUB_PIECE_BYTES, fileBytes - at);
      await pace(length);
      const piece = await file.read(at, length);
      if (piece.length < length) return `the file has ${at + piece.length} bytes of ${fileBytes}`;
      piece.copy(bytes, at);
    }
  } catch (error) {
    if (error instanceof DiskError) return `${path} cannot be read: ${error.message}`;
    throw error;
  } finally {
    await file.close();
  }
  const scan = scanBytes(path, bytes, levels);
  if (!scan.ok) return scan.reason;
  const read = scan.value.header.follows + scan.value.batches.length;
  if (read < lastBatch) return `batch ${read + 1} of ${lastBatch} is damaged, at byte ${scan.value.end}`;
  return scan.value.bytesBeyond > 0 ? `there are bytes after the last batch, at byte ${scan.value.end}` : null;
}
