/** Where the batches of a log lie, by the files' own word. */
import { readBatch } from '../../../src/wal/batch.ts';
import { readSegmentHeader, SEGMENT_HEADER_BYTES } from '../../../src/wal/segment.ts';
import type { SimulatedDisk } from '../../support/simulated-disk.ts';

export interface BatchPlace {
  readonly file: string;
  readonly offset: number;
  readonly sequence: number;
  readonly syncedThrough: number;
  readonly bytes: number;
}

export async function segmentFiles(disk: SimulatedDisk): Promise<string[]> {
  return (await disk.list('current/wal')).filter((name) => name.endsWith('.wal')).map((name) => `current/wal/${name}`);
}

export async function findBatches(disk: SimulatedDisk): Promise<BatchPlace[]> {
  const places: BatchPlace[] = [];
  for (const file of await segmentFiles(disk)) {
    const bytes = disk.contents(file);
    const reading = readSegmentHeader(bytes, { min: 1, max: 1 });
    if (reading.type !== 'header') throw new Error('the header is whole');
    let offset = SEGMENT_HEADER_BYTES;
    for (;;) {
      const batch = readBatch(bytes, offset, reading.header.salt);
      if (batch.type !== 'batch') break;
      const { sequence, syncedThrough } = batch.header;
      places.push({ file, offset, sequence, syncedThrough, bytes: batch.end - offset });
      offset = batch.end;
    }
  }
  return places;
}
