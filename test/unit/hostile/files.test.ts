/**
 * The readers of our own files, given bytes that no disk should hold (see test/support/hostile-bytes.ts). Checksums refuse nearly all of them,
 * so each file is also read with its checksums made right again: then the readers behind them are met.
 */
import { crc32 } from 'node:zlib';
import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { BATCH_ALIGNMENT, BATCH_HEADER_BYTES, findBatchHeaders, readBatch } from '../../../src/wal/batch.ts';
import { decodeIdentity, encodeIdentity } from '../../../src/wal/identity-file.ts';
import { readSegmentHeader, SEGMENT_HEADER_BYTES } from '../../../src/wal/segment.ts';
import { PREFIX_BYTES, TRAILER_BYTES } from '../../../src/wal/snapshot-codec.ts';
import { openSnapshotFiles, SnapshotDamagedError } from '../../../src/wal/snapshot-files.ts';
import { assertForHostile, assertForHostileAsync, describeBytes, FUZZ_RUNS, readHostile } from '../../support/hostile-bytes.ts';
import { SimulatedDisk } from '../../support/simulated-disk.ts';
import { segmentFiles } from '../wal/batch-places.ts';
import { HOP, fullLife, Promises } from '../wal/crash-sweep.ts';
import { baseAt, CLUSTER, memberId, TestMember } from '../wal/member.ts';

jest.setTimeout(60_000 + 60 * FUZZ_RUNS);

/** Each file read takes some dozens of operations of a disk. */
const FILE_RUNS = Math.ceil(FUZZ_RUNS / 4);
/** A reader that has not ended after so many operations of the disk does not end. */
const OPERATIONS_MAX = 5000;

describe('the identity file', () => {
  const identities = fc
    .record({
      former: fc.array(fc.nat(15), { maxLength: 4 }),
      founded: fc.boolean(),
      fenced: fc.option(fc.string({ maxLength: 9 })),
      lostThroughTerm: fc.option(fc.maxSafeNat()),
    })
    .map(({ former, founded, fenced, lostThroughTerm }) => {
      const founding = founded ? { epoch: 3, configuration: baseAt(0, 0).configuration } : null;
      const membership = { clusterId: CLUSTER, generation: { number: 2, id: 'ab'.repeat(8) }, founding };
      return encodeIdentity({ memberId: memberId(1), membership, formerIds: former.map(memberId), fenced, lostThroughTerm });
    });

  /** The length and the checksum say what is there. */
  function repaired(bytes: Buffer): Buffer {
    if (bytes.length < 18) return bytes;
    const whole = Buffer.from(bytes);
    whole.writeUInt32LE(whole.length - 18, 10);
    whole.writeUInt32LE(crc32(whole.subarray(0, -4)), whole.length - 4);
    return whole;
  }

  test.each([
    { what: 'as they are', repair: (bytes: Buffer) => bytes },
    { what: 'with the checksum made right', repair: repaired },
  ])('hostile bytes $what are an identity, or damage', ({ repair }) => {
    const seen = { read: 0, damaged: 0 };
    assertForHostile(identities, (bytes) => {
      const outcome = readHostile((each) => decodeIdentity(each, 'identity'), repair(bytes), []);
      if (!outcome?.value.ok) seen.damaged += 1;
      else {
        seen.read += 1;
        const identity = outcome.value.value;
        expect(decodeIdentity(encodeIdentity(identity), 'identity')).toEqual({ ok: true, value: identity });
      }
    });
    expect(seen.read).toBeGreaterThan(20);
    expect(seen.damaged).toBeGreaterThan(20);
  });
});

/** A log of several segments, with every kind of record, and a snapshot. */
async function livedDisk(): Promise<SimulatedDisk> {
  const disk = new SimulatedDisk(HOP);
  await fullLife(disk, new Promises());
  return disk.fork(HOP);
}

/** Makes the checksums of a segment's header, and of every batch that begins with its mark, right again. */
function repairedSegment(bytes: Buffer): Buffer {
  if (bytes.length < SEGMENT_HEADER_BYTES) return bytes;
  const whole = Buffer.from(bytes);
  whole.writeUInt32LE(crc32(whole.subarray(0, SEGMENT_HEADER_BYTES - 4)), SEGMENT_HEADER_BYTES - 4);
  const reading = readSegmentHeader(whole, { min: 1, max: 1 });
  if (reading.type !== 'header') return whole;
  for (let at = whole.indexOf('QRTB'); at >= 0; at = whole.indexOf('QRTB', at + 1)) repairBatch(whole, at, reading.header.salt);
  return whole;
}

function repairBatch(segment: Buffer, at: number, salt: Buffer): void {
  const bodyAt = at + BATCH_HEADER_BYTES;
  if (bodyAt > segment.length) return;
  const bodyLength = segment.readUInt32LE(at + 12);
  segment.writeUInt32LE(crc32(segment.subarray(bodyAt, bodyAt + bodyLength), crc32(salt)), at + 8);
  segment.writeUInt32LE(crc32(segment.subarray(at + 8, bodyAt), crc32(salt)), at + 4);
}

describe('the log', () => {
  test.each([
    { what: 'as they are', repair: (bytes: Buffer) => bytes },
    { what: 'with all checksums made right', repair: repairedSegment },
  ])('hostile bytes $what are a header and batches, or none', async ({ repair }) => {
    const disk = await livedDisk();
    const files = await segmentFiles(disk);
    const seen = { header: 0, batch: 0 };
    assertForHostile(fc.constantFrom(...files.map((file) => disk.contents(file))), (bytes) => {
      const segment = repair(bytes);
      const reading = readHostile((each) => readSegmentHeader(each, { min: 1, max: 1 }), segment, [])?.value;
      if (reading?.type !== 'header') return;
      seen.header += 1;
      const { salt } = reading.header;
      readHostile((each) => findBatchHeaders(each, 0, salt), segment, []);
      for (let offset = SEGMENT_HEADER_BYTES; ;) {
        const at = offset;
        const batch = readHostile((each) => readBatch(each, at, salt), segment, [])?.value;
        if (batch?.type !== 'batch') break;
        seen.batch += 1;
        expect(batch.end).toBeGreaterThan(offset);
        expect(batch.end - BATCH_ALIGNMENT).toBeLessThan(segment.length);
        offset = batch.end;
      }
    });
    expect(seen.header).toBeGreaterThan(20);
    expect(seen.batch).toBeGreaterThan(20);
  });

  test.each([
    { what: 'as they are', repair: (bytes: Buffer) => bytes },
    { what: 'with all checksums made right', repair: repairedSegment },
  ])(
    'S11: a start that meets hostile bytes $what in a segment opens, or reports damage and changes nothing',
    async ({ repair }) => {
      const lived = await livedDisk();
      const seen = { opened: 0, damaged: 0 };
      for (const file of await segmentFiles(lived)) {
        const check = async (bytes: Buffer): Promise<void> => {
          const disk = lived.fork({ ...HOP, beforeOperation: boundedOperations() });
          disk.replace(file, repair(bytes));
          const before = disk.listing();
          const outcome = await opened(disk, bytes);
          if ('member' in outcome) {
            seen.opened += 1;
            return;
          }
          seen.damaged += 1;
          expect(disk.listing()).toEqual(before);
        };
        await assertForHostileAsync(fc.constant(lived.contents(file)), check, FILE_RUNS);
      }
      expect(seen.opened).toBeGreaterThan(10);
      expect(seen.damaged).toBeGreaterThan(10);
    },
  );
});

async function opened(disk: SimulatedDisk, bytes: Buffer): ReturnType<typeof TestMember.tryOpen> {
  try {
    return await TestMember.tryOpen(disk);
  } catch (error) {
    throw new Error(`${describeBytes(bytes)}: ${String(error)}`, { cause: error });
  }
}

function boundedOperations(): () => void {
  let operations = 0;
  return () => {
    operations += 1;
    if (operations > OPERATIONS_MAX) throw new Error(`a reader has not ended after ${OPERATIONS_MAX} operations of the disk`);
  };
}

describe('snapshots', () => {
  async function snapshotFile(): Promise<Buffer> {
    const disk = new SimulatedDisk(HOP);
    await disk.makeFolder('snapshots');
    const files = await openSnapshotFiles({ disk, folder: 'snapshots' });
    const stored = await files.write({ base: baseAt(9, 3), featureLevel: 1 }, [
      Buffer.from('a'),
      Buffer.alloc(300, 2),
      Buffer.from('end'),
    ]);
    return disk.contents(`snapshots/${stored.file}`);
  }

  /** Header, chunks and trailer get the checksums of what they hold. */
  function repaired(bytes: Buffer): Buffer {
    const whole = Buffer.from(bytes);
    if (whole.length < PREFIX_BYTES) return whole;
    let at = PREFIX_BYTES + whole.readUInt32LE(PREFIX_BYTES - 4);
    if (at + 4 > whole.length) return whole;
    whole.writeUInt32LE(crc32(whole.subarray(0, at)), at);
    at += 4;
    while (at + 8 <= whole.length) {
      const length = whole.readUInt32LE(at);
      if (length === 0 || at + 8 + length > whole.length) break;
      whole.writeUInt32LE(crc32(whole.subarray(at + 8, at + 8 + length)), at + 4);
      at += 8 + length;
    }
    if (whole.length >= TRAILER_BYTES) whole.writeUInt32LE(crc32(whole.subarray(0, -4)), whole.length - 4);
    return whole;
  }

  test.each([
    { what: 'as they are', repair: (bytes: Buffer) => bytes },
    { what: 'with all checksums made right', repair: repaired },
  ])('hostile bytes $what are a snapshot, or are reported as damaged and left where they are', async ({ repair }) => {
    const file = await snapshotFile();
    const seen = { whole: 0, damaged: 0 };
    const check = async (bytes: Buffer): Promise<void> => {
      const disk = new SimulatedDisk({ ...HOP, beforeOperation: boundedOperations() });
      await disk.makeFolder('snapshots');
      const name = '0000000000000009-0000000000000003.snapshot';
      await (await disk.open(`snapshots/${name}`, { create: true })).write(0, [repair(bytes)]);
      const reports: string[] = [];
      const files = await openSnapshotFiles({ disk, folder: 'snapshots', damaged: (damagedFile) => reports.push(damagedFile) });
      const before = disk.listing();
      const newest = await files.newest();
      expect(reports).toEqual(newest ? [] : [name]);
      expect(disk.listing()).toEqual(before);
      if (!newest) {
        seen.damaged += 1;
        return;
      }
      seen.whole += 1;
      let total = 0;
      for await (const chunk of files.chunks(newest)) total += chunk.length;
      expect(total).toBeLessThan(bytes.length);
    };
    await assertForHostileAsync(fc.constant(file), check, FILE_RUNS);
    expect(seen.whole).toBeGreaterThan(5);
    expect(seen.damaged).toBeGreaterThan(20);
  });

  test('hostile bytes from a peer are a snapshot, or SnapshotDamagedError and nothing is left of them', async () => {
    const file = await snapshotFile();
    const check = async (bytes: Buffer): Promise<void> => {
      const disk = new SimulatedDisk({ ...HOP, beforeOperation: boundedOperations() });
      await disk.makeFolder('snapshots');
      const files = await openSnapshotFiles({ disk, folder: 'snapshots' });
      const sink = await files.receive(file.length);
      try {
        for (let offset = 0; offset < bytes.length; offset += 100) await sink.write(offset, bytes.subarray(offset, offset + 100));
        await sink.complete();
        expect(bytes).toEqual(file);
      } catch (error) {
        if (!(error instanceof SnapshotDamagedError)) throw error;
        await sink.abandon();
        expect(await disk.list('snapshots')).toEqual([]);
      }
    };
    await assertForHostileAsync(fc.constant(file), check, FILE_RUNS);
  });
});
