import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FEATURE_LEVEL_MAX } from '../../../src/shared/build.ts';
import { SeededRandom } from '../../../src/shared/random.ts';
import { openSnapshotFiles } from '../../../src/wal/snapshot-files.ts';
import type { SnapshotFiles, StoredSnapshot } from '../../../src/wal/snapshot-files.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import type { Operation, SimulatedDiskOptions } from '../../support/simulated-disk.ts';
import { HOP } from './crash-sweep.ts';
import { baseAt } from './member.ts';

const header = (index: number) => ({ base: baseAt(index, 2), featureLevel: FEATURE_LEVEL_MAX });

interface Place {
  readonly disk: SimulatedDisk;
  readonly files: SnapshotFiles;
  readonly reported: string[];
}

async function openOn(disk: SimulatedDisk): Promise<Place> {
  await disk.makeFolder('snapshots');
  await disk.syncFolder('');
  const reported: string[] = [];
  const files = await openSnapshotFiles({
    disk,
    folder: 'snapshots',
    damaged: (file, message) => reported.push(`${file}: ${message}`),
  });
  return { disk, files, reported };
}

const fresh = (): Promise<Place> => openOn(new SimulatedDisk(HOP));

async function bodyOf(files: SnapshotFiles, snapshot: StoredSnapshot): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of files.chunks(snapshot)) chunks.push(chunk);
  return chunks;
}

async function rawBytes(files: SnapshotFiles, snapshot: StoredSnapshot): Promise<Buffer> {
  const source = await files.open(snapshot);
  const bytes = await source.read(0, snapshot.fileBytes + 1);
  await source.close();
  return bytes;
}

describe('writing and reading', () => {
  test('the chunks come back as they were given, and outlive a power cut', async () => {
    const { disk, files } = await fresh();
    const chunks = [Buffer.from('one'), Buffer.alloc(0), Buffer.alloc(700_000, 2), Buffer.from('three')];
    const stored = await files.write(header(7), chunks);
    const after = await openOn(disk.afterCrash(new SeededRandom(1), 'lose-all', HOP));
    const newest = await after.files.newest();
    expect(newest).toEqual(stored);
    expect(newest?.header).toEqual(header(7));
    const expected = chunks.filter(({ length }) => length > 0);
    const body = await bodyOf(after.files, stored);
    expect(body.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
    expect(Buffer.concat(body).equals(Buffer.concat(expected))).toBe(true);
  });

  test('other work runs between the chunks', async () => {
    const { files } = await openOn(new SimulatedDisk());
    let turns = 0;
    let isDone = false;
    const count = (): void => {
      turns += 1;
      if (!isDone) setImmediate(count);
    };
    setImmediate(count);
    await files.write(
      header(1),
      Array.from({ length: 20 }, () => Buffer.alloc(300_000)),
    );
    isDone = true;
    expect(turns).toBeGreaterThanOrEqual(20);
  });

  test('a source that throws leaves nothing behind', async () => {
    const { disk, files } = await fresh();
    const failing = function* (): Generator<Uint8Array> {
      yield Buffer.from('one');
      throw new Error('out of state');
    };
    await expect(files.write(header(1), failing())).rejects.toThrow('out of state');
    expect(await disk.list('snapshots')).toEqual([]);
  });

  test('leftovers of a crash are removed', async () => {
    const { disk } = await fresh();
    await disk.open('snapshots/1.snapshot.new', { create: true });
    await openOn(disk);
    expect(await disk.list('snapshots')).toEqual([]);
  });

  test('only the one that is retained stays, and a source that is open goes on reading', async () => {
    const { disk, files } = await fresh();
    const old = await files.write(header(1), [Buffer.from('old')]);
    const source = await files.open(old);
    const expected = await rawBytes(files, old);
    const kept = await files.write(header(2), [Buffer.from('new')]);
    await files.retainOnly(kept);
    expect(await disk.list('snapshots')).toEqual([kept.file]);
    expect(await source.read(0, old.fileBytes)).toEqual(expected);
  });
});

describe('damage', () => {
  test('a damaged snapshot is skipped for the one before it, and told once', async () => {
    const { disk, files } = await fresh();
    const older = await files.write(header(1), [Buffer.from('older')]);
    const newer = await files.write(header(2), [Buffer.from('newer')]);
    disk.flipBit(`snapshots/${newer.file}`, newer.fileBytes - 30, 2);
    const again = await openOn(disk);
    expect(await again.files.newest()).toEqual(older);
    expect(await again.files.newest()).toEqual(older);
    expect(again.reported).toHaveLength(1);
    expect(await disk.exists(`snapshots/${newer.file}`)).toBe(true);
  });

  test('S16: one of a later format is skipped, by name', async () => {
    const { disk, files } = await fresh();
    const stored = await files.write({ ...header(1), featureLevel: FEATURE_LEVEL_MAX + 1 }, [Buffer.from('later')]);
    const again = await openOn(disk);
    expect(await again.files.newest()).toBeNull();
    expect(again.reported.join()).toContain(`${stored.file}: snapshot format ${FEATURE_LEVEL_MAX + 1} is unknown`);
  });

  test('with any bit flipped, or any end cut off, no snapshot passes', async () => {
    const { disk, files } = await fresh();
    const stored = await files.write(header(1), [Buffer.from('one'), Buffer.from('two')]);
    const path = `snapshots/${stored.file}`;
    for (let at = 0; at < stored.fileBytes; at += 1) {
      const rotten = disk.fork(HOP);
      rotten.flipBit(path, at, at % 8);
      expect(await (await openOn(rotten)).files.newest()).toBeNull();
      const short = disk.fork(HOP);
      short.shorten(path, at);
      expect(await (await openOn(short)).files.newest()).toBeNull();
    }
  });

  test('arbitrary bytes in the place of a snapshot are skipped, never thrown at', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, isMarked) => {
        const { disk } = await fresh();
        const file = await disk.open('snapshots/0000000000000001-0000000000000001.snapshot', { create: true });
        await file.write(0, isMarked ? [Buffer.from('QRT-SNAP\x01\x00'), bytes] : [bytes]);
        expect(await (await openOn(disk)).files.newest()).toBeNull();
      }),
      { numRuns: 100 },
    );
  });

  test('rot that came after the file was verified is seen by the reader of its body', async () => {
    const { disk, files } = await fresh();
    const stored = await files.write(header(1), [Buffer.from('one'), Buffer.from('two')]);
    disk.flipBit(`snapshots/${stored.file}`, stored.fileBytes - 26, 0);
    await expect(bodyOf(files, stored)).rejects.toMatchObject({ code: 'SNAPSHOT_DAMAGED' });
  });
});

describe('a disk that fails', () => {
  /** Reads of a file's bytes; that it is opened, and folders are listed, counts as a read too. */
  const bytesOf = (suffix: string, codeOf: () => string | null): NonNullable<SimulatedDiskOptions['fault']> => {
    let isOpen = false;
    return ({ kind, path }) => {
      if (kind !== 'read' || !path.endsWith(suffix)) return null;
      const wasOpen = isOpen;
      isOpen = true;
      return wasOpen ? codeOf() : null;
    };
  };

  test('S11: a read that fails is no damage: the snapshot is neither skipped nor told as damaged', async () => {
    const { disk, files } = await fresh();
    const stored = await files.write(header(1), [Buffer.from('one')]);
    const failing = await openOn(disk.fork({ ...HOP, fault: bytesOf('.snapshot', () => 'ENXIO') }));
    await expect(failing.files.newest()).rejects.toMatchObject({ name: 'DiskError', code: 'ENXIO' });
    expect(failing.reported).toEqual([]);
    await expect(bodyOf(failing.files, stored)).rejects.toMatchObject({ name: 'DiskError', code: 'ENXIO' });
  });

  test('S11: the scrubber takes rot and EIO for damage, and a busy disk for none', async () => {
    const { disk, files } = await fresh();
    expect(await files.scrubNewest(async () => undefined)).toBeNull();
    const stored = await files.write(header(1), [Buffer.from('one')]);
    const path = `snapshots/${stored.file}`;
    let code: string | null = null;
    const fault = ({ kind, path: at }: Operation) => (kind === 'read' && at === path ? code : null);
    const other = await openOn(disk.fork({ ...HOP, fault }));
    const scrubFailingWith = async (name: string | null) => {
      const found = other.files.scrubNewest(async () => {
        code = name;
      });
      return found.finally(() => (code = null));
    };
    expect(await scrubFailingWith(null)).toBeNull();
    await expect(scrubFailingWith('EBUSY')).rejects.toMatchObject({ code: 'EBUSY' });
    expect(await scrubFailingWith('EIO')).toMatchObject({ file: path });
    other.disk.flipBit(path, stored.fileBytes - 26, 0);
    expect(await other.files.newest()).toBeNull();
  });

  test('one that was removed behind our back is no longer the newest', async () => {
    const { disk, files } = await fresh();
    const older = await files.write(header(1), [Buffer.from('older')]);
    const newer = await files.write(header(2), [Buffer.from('newer')]);
    expect(await files.newest()).toEqual(newer);
    await disk.remove(`snapshots/${newer.file}`);
    expect(await files.newest()).toEqual(older);
  });
});

describe('receiving', () => {
  async function sent(): Promise<{ readonly bytes: Buffer; readonly stored: StoredSnapshot }> {
    const { files } = await fresh();
    const stored = await files.write(header(9), [Buffer.alloc(5000, 7), Buffer.from('end')]);
    return { bytes: await rawBytes(files, stored), stored };
  }

  test('the bytes of a peer become the same snapshot, durable when `complete` resolves', async () => {
    const { bytes, stored } = await sent();
    const { disk, files } = await fresh();
    const sink = await files.receive(bytes.length);
    for (let offset = 0; offset < bytes.length; offset += 999) await sink.write(offset, bytes.subarray(offset, offset + 999));
    expect(sink.receivedBytes).toBe(bytes.length);
    expect(await sink.complete()).toEqual(stored);
    await sink.abandon();
    const after = await openOn(disk.afterCrash(new SeededRandom(1), 'lose-all', HOP));
    expect(await after.files.newest()).toEqual(stored);
  });

  test.each([
    ['a gap', 10, 20],
    ['a repeat', 10, 5],
  ])('%s in the offsets is refused', async (_what, first, second) => {
    const { bytes } = await sent();
    const { disk, files } = await fresh();
    const sink = await files.receive(bytes.length);
    await sink.write(0, bytes.subarray(0, first));
    await expect(sink.write(second, bytes.subarray(second, second + 5))).rejects.toMatchObject({ code: 'SNAPSHOT_DAMAGED' });
    await sink.abandon();
    expect(await disk.list('snapshots')).toEqual([]);
  });

  test('too many bytes, too few, and changed ones are refused, and never named', async () => {
    const { bytes } = await sent();
    const { disk, files } = await fresh();
    const tooSmall = await files.receive(bytes.length - 1);
    await expect(tooSmall.write(0, bytes)).rejects.toMatchObject({ code: 'SNAPSHOT_DAMAGED' });
    await expect(tooSmall.complete()).rejects.toMatchObject({ code: 'SNAPSHOT_DAMAGED' });
    const changed = await files.receive(bytes.length);
    await changed.write(0, Buffer.from(bytes.map((byte, at) => (at === 2000 ? byte ^ 1 : byte))));
    await expect(changed.complete()).rejects.toMatchObject({ code: 'SNAPSHOT_DAMAGED' });
    await tooSmall.abandon();
    await changed.abandon();
    expect(await disk.list('snapshots')).toEqual([]);
  });

  test('a transfer that has ended takes no more bytes', async () => {
    const { bytes } = await sent();
    const { files } = await fresh();
    const sink = await files.receive(bytes.length);
    await sink.write(0, bytes);
    await sink.complete();
    await expect(sink.write(bytes.length, Buffer.from('x'))).rejects.toThrow('the transfer has ended');
    const abandoned = await files.receive(bytes.length);
    await abandoned.abandon();
    await abandoned.abandon();
    await expect(abandoned.write(0, bytes)).rejects.toThrow('the transfer has ended');
  });

  test('a disk that fails while what came is verified is an error of the disk, not a damaged snapshot', async () => {
    const { bytes } = await sent();
    const fault = ({ kind, path }: Operation) => (kind === 'read' && path.endsWith('.new') ? 'EIO' : null);
    const { files } = await openOn(new SimulatedDisk({ ...HOP, fault }));
    const sink = await files.receive(bytes.length);
    await sink.write(0, bytes);
    await expect(sink.complete()).rejects.toMatchObject({ name: 'DiskError', code: 'EIO' });
  });

  test('S17: a snapshot for which there is no room is refused before a byte of it is taken', async () => {
    const { files } = await openOn(new SimulatedDisk({ ...HOP, capacityBytes: 1000 }));
    await expect(files.receive(2000)).rejects.toMatchObject({ code: 'ENOSPC' });
  });
});
