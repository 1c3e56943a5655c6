/** Rule S11: a full segment that is read again either is what was written, or the scrubber says what is wrong with it and where. */
import { describe, expect, test } from '@jest/globals';
import { FEATURE_LEVEL_MAX } from '../../../src/shared/build.ts';
import { present } from '../../../src/shared/assert.ts';
import { scrubSegment } from '../../../src/wal/scrub.ts';
import type { ColdSegment } from '../../../src/wal/types.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import { findBatches } from './batch-places.ts';
import { HOP } from './crash-sweep.ts';
import { entry, TestMember } from './member.ts';

const LEVELS = { min: 1, max: FEATURE_LEVEL_MAX };
const AT_ONCE = async (): Promise<void> => undefined;

async function coldSegment(): Promise<{ readonly disk: SimulatedDisk; readonly segment: ColdSegment }> {
  const disk = new SimulatedDisk(HOP);
  const member = await TestMember.open(disk);
  for (let index = 1; index <= 12; index += 1) await member.persist({ entries: [entry(index, 1, 200)] });
  const segment = present(member.log.coldSegments[1], 'a full segment with one before it');
  await member.log.close();
  return { disk, segment };
}

async function scrubAfter(change: (disk: SimulatedDisk, segment: ColdSegment) => void): Promise<string | null> {
  const { disk, segment } = await coldSegment();
  const changed = disk.fork(HOP);
  change(changed, segment);
  return scrubSegment(changed, segment, LEVELS, AT_ONCE);
}

describe('S11: a full segment', () => {
  test('that is as it was written is whole, and is asked for at the pace that was given', async () => {
    const { disk, segment } = await coldSegment();
    const pieces: number[] = [];
    expect(await scrubSegment(disk, segment, LEVELS, async (bytes) => void pieces.push(bytes))).toBeNull();
    expect(pieces.reduce((sum, bytes) => sum + bytes, 0)).toBe(segment.fileBytes);
  });

  test('that lost its end', async () => {
    const reason = await scrubAfter((disk, { path, fileBytes }) => disk.shorten(path, fileBytes - 8));
    expect(reason).toMatch(/^the file has \d+ bytes of \d+$/);
  });

  test('that the disk no longer reads', async () => {
    const { disk, segment } = await coldSegment();
    let isFailing = false;
    const failing = disk.fork({ ...HOP, fault: ({ kind }) => (isFailing && kind === 'read' ? 'EIO' : null) });
    const reason = await scrubSegment(failing, segment, LEVELS, async () => {
      isFailing = true;
    });
    expect(reason).toMatch(/cannot be read: read .*: injected$/);
  });

  test('whose header rotted, or is of a format that this build does not know', async () => {
    expect(await scrubAfter((disk, { path }) => disk.flipBit(path, 30, 1))).toBe(
      "the checksum of the segment's header does not match",
    );
    const { disk, segment } = await coldSegment();
    expect(await scrubSegment(disk, segment, { min: 7, max: 9 }, AT_ONCE)).toBe('segment format 1 is unknown to this build');
  });

  test('in which any batch rotted, by its number and place', async () => {
    const { disk, segment } = await coldSegment();
    const places = (await findBatches(disk)).filter(({ file }) => file === segment.path);
    expect(places.length).toBeGreaterThan(1);
    for (const [position, { offset }] of places.entries()) {
      const rotten = disk.fork(HOP);
      rotten.flipBit(segment.path, offset + 20, 0);
      const batch = segment.lastBatch - places.length + position + 1;
      expect(await scrubSegment(rotten, segment, LEVELS, AT_ONCE)).toBe(
        `batch ${batch} of ${segment.lastBatch} is damaged, at byte ${offset}`,
      );
    }
  });

  test('to which bytes came behind its last batch', async () => {
    const reason = await scrubAfter((disk, { path, fileBytes }) => disk.flipBit(path, fileBytes - 1, 0));
    expect(reason).toMatch(/^there are bytes after the last batch, at byte \d+$/);
  });
});
