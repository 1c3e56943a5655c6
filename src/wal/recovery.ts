/**
 * Reading the log back (rule S11). A batch past the highest X that is not whole was torn by a crash: it is cut, and so is nothing else.
 * Damage before X is corruption: it is reported, with nothing on disk changed. X is the highest "synced through" of any whole batch header,
 * and at least the first batch of every segment, which was durable before the segment got its name.
 */
import type { LogBase } from '../consensus/core.ts';
import { present } from '../shared/assert.ts';
import { sameGeneration } from '../shared/ids.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { findBatchHeaders, readBatch } from './batch.ts';
import type { BatchHeader, LogRecord } from './batch.ts';
import type { Disk } from './disk.ts';
import { pathIn, readWhole } from './durable-file.ts';
import { Replay } from './replay.ts';
import { readSegmentHeader, SEGMENT_HEADER_BYTES, SEGMENT_SUFFIX, segmentName } from './segment.ts';
import type { SegmentHeader, SegmentOwner } from './segment.ts';
import type { LogDamage } from './types.ts';

export interface RecoveryParts {
  readonly disk: Disk;
  readonly folder: string;
  readonly owner: SegmentOwner;
  readonly base: LogBase;
  readonly levels: { readonly min: number; readonly max: number };
}

export interface SegmentSummary {
  readonly header: SegmentHeader;
  readonly file: string;
  readonly fileBytes: number;
  /** Highest index of an entry in it; 0 when it has none, or when a later base replaces all of them. */
  readonly highestIndex: number;
  /** Sequence of its last batch. */
  readonly lastBatch: number;
  /** What it holds, for the last one only: it is what gets written again (rule S10). */
  readonly records: readonly LogRecord[];
}

export interface Recovery {
  readonly segments: readonly SegmentSummary[];
  readonly replay: Replay;
  /** Where the log ended with the last batch that is known to be synced (X of rule S11); what lies after it may never have been acknowledged. */
  readonly syncedIndex: number;
  readonly tornBytes: number;
}

export interface Scan {
  readonly file: string;
  readonly fileBytes: number;
  readonly header: SegmentHeader;
  readonly batches: readonly { readonly header: BatchHeader; readonly records: readonly LogRecord[] }[];
  /** Where the batches that follow each other without a flaw end. */
  readonly end: number;
  /** Bytes after `end` up to the last that is not zero. */
  readonly bytesBeyond: number;
  /** Highest sequence, and highest X, of any whole batch header, the ones beyond `end` included. */
  readonly newest: number;
  readonly syncedThrough: number;
  /** Highest term of any of those. */
  readonly newestTerm: number;
}

/** Null when there is no segment at all. @throws DiskError */
export async function recoverLog(parts: RecoveryParts): Promise<Result<Recovery | null, LogDamage>> {
  const segments = await scanSegments(parts);
  const recovery = recoverSegments(parts, segments);
  if (recovery.ok) return recovery;
  const newestTerm = segments.reduce((term, { scan }) => Math.max(term, scan.ok ? scan.value.newestTerm : 0), 0);
  return refuse({ ...recovery.reason, newestTerm });
}

export interface ScannedSegment {
  readonly name: string;
  readonly scan: Result<Scan, LogDamage>;
}

/** In the order of their names, which is that of their places. @throws DiskError */
export async function scanSegments(parts: RecoveryParts): Promise<ScannedSegment[]> {
  const names = (await parts.disk.list(parts.folder)).filter((name) => name.endsWith(SEGMENT_SUFFIX));
  const segments: ScannedSegment[] = [];
  for (const name of names) segments.push({ name, scan: await scanSegment(parts, pathIn(parts.folder, name)) });
  return segments;
}

function recoverSegments(parts: RecoveryParts, segments: readonly ScannedSegment[]): Result<Recovery | null, LogDamage> {
  if (segments.length === 0) return parts.base.index === 0 ? succeed(null) : refuse(lostLog(parts));
  const scans = segments.flatMap(({ scan }) => (scan.ok ? [scan.value] : []));
  const damages = segments.flatMap(({ scan }) => (scan.ok ? [] : [scan.reason]));
  const [headerDamage] = damages;
  if (headerDamage) {
    const last = segments.at(-1)?.scan;
    const isLast = last?.ok === false && last.reason.type === 'corrupt';
    return refuse({ ...headerDamage, mayHideVote: isLast || mayHideVote(scans) });
  }
  const damage = findDamage(parts, scans);
  if (damage) return refuse(damage);
  return replayAll(parts, scans);
}

function lostLog({ folder, base }: RecoveryParts): LogDamage {
  const message = `there is a snapshot at index ${base.index}, and no segment of the log`;
  return { type: 'gap', file: folder, offset: 0, message, mayHideVote: true, newestTerm: 0 };
}

async function scanSegment({ disk, owner, levels }: RecoveryParts, file: string): Promise<Result<Scan, LogDamage>> {
  const bytes = await readWhole(disk, file);
  const reading = readSegmentHeader(bytes, levels);
  const damage = (type: LogDamage['type'], message: string): Result<Scan, LogDamage> =>
    refuse({ type, file, offset: 0, message, mayHideVote: false, newestTerm: 0 });
  switch (reading.type) {
    case 'damaged':
      return damage('corrupt', reading.message);
    case 'unknown-format':
      return damage(
        'unknown-format',
        `segment format ${reading.featureLevel} is unknown to this build, which reads ${levels.min} to ${levels.max}`,
      );
    case 'header': {
      const foreign = describeForeign(reading.header.owner, owner);
      return foreign === null ? succeed(scanBatches(file, bytes, reading.header)) : damage('foreign', foreign);
    }
  }
}

/** The bytes of a segment, whoever owns it; the reason when its header is not one. */
export function scanBytes(file: string, bytes: Buffer, levels: RecoveryParts['levels']): Result<Scan, string> {
  const reading = readSegmentHeader(bytes, levels);
  if (reading.type === 'header') return succeed(scanBatches(file, bytes, reading.header));
  return refuse(reading.type === 'damaged' ? reading.message : `segment format ${reading.featureLevel} is unknown to this build`);
}

function describeForeign(theirs: SegmentOwner, ours: SegmentOwner): string | null {
  if (theirs.clusterId !== ours.clusterId)
    return `the segment is of cluster ${theirs.clusterId}, this member of ${ours.clusterId}`;
  if (!sameGeneration(theirs.generation, ours.generation)) {
    return `the segment is of generation ${theirs.generation.number}, this member of ${ours.generation.number}`;
  }
  if (theirs.memberId !== ours.memberId) return `the segment is of member ${theirs.memberId}, this is ${ours.memberId}`;
  return null;
}

function scanBatches(file: string, bytes: Buffer, header: SegmentHeader): Scan {
  const batches: { header: BatchHeader; records: readonly LogRecord[] }[] = [];
  let end = SEGMENT_HEADER_BYTES;
  for (;;) {
    const reading = readBatch(bytes, end, header.salt);
    if (reading.type !== 'batch' || reading.header.sequence !== header.follows + batches.length + 1) break;
    batches.push({ header: reading.header, records: reading.records });
    end = reading.end;
  }
  const headers = [...batches.map((batch) => batch.header), ...findBatchHeaders(bytes, end, header.salt)];
  const newest = headers.reduce((highest, { sequence }) => Math.max(highest, sequence), 0);
  // The first batch was durable before the segment got its name.
  const syncedThrough = headers.reduce((highest, each) => Math.max(highest, each.syncedThrough), header.follows + 1);
  const newestTerm = headers.reduce((highest, { hardState }) => Math.max(highest, hardState.term), 0);
  const bytesBeyond = countBeyond(bytes, end);
  return { file, fileBytes: bytes.length, header, batches, end, bytesBeyond, newest, syncedThrough, newestTerm };
}

function countBeyond(bytes: Buffer, end: number): number {
  let last = bytes.length;
  while (last > end && bytes[last - 1] === 0) last -= 1;
  return last - end;
}

/** The newest term and vote stand in the newest batch: they are known unless that one is among the damaged. */
function mayHideVote(scans: readonly Scan[]): boolean {
  const syncedThrough = Math.max(0, ...scans.map((scan) => scan.syncedThrough));
  return Math.max(0, ...scans.map((scan) => scan.newest)) < syncedThrough;
}

function findDamage({ folder }: RecoveryParts, scans: readonly Scan[]): LogDamage | null {
  for (const [position, scan] of scans.entries()) {
    const { header, batches, file, end, fileBytes } = scan;
    const next = scans[position + 1];
    const corrupt = (message: string): LogDamage => ({
      type: 'corrupt',
      file,
      offset: Math.min(end, fileBytes),
      message,
      mayHideVote: mayHideVote(scans),
      newestTerm: 0,
    });
    if (file !== pathIn(folder, segmentName(header.sequence)))
      return corrupt(`the segment says that it is number ${header.sequence}`);
    if (next && next.header.sequence !== header.sequence + 1) return missingSegment(scan, next);
    const needed = next ? next.header.follows : scan.syncedThrough;
    const read = header.follows + batches.length;
    if (read < needed) return corrupt(`batch ${read + 1} is damaged, and everything through batch ${needed} was synced`);
    if (fileBytes < header.allocatedBytes) return corrupt(`the file has ${fileBytes} bytes of ${header.allocatedBytes}`);
    if (next && read > next.header.follows) return corrupt(`the next segment follows batch ${next.header.follows}, not ${read}`);
  }
  return null;
}

function missingSegment(before: Scan, after: Scan): LogDamage {
  const message = `between segments ${before.header.sequence} and ${after.header.sequence} one or more are missing`;
  return { type: 'gap', file: before.file, offset: before.fileBytes, message, mayHideVote: false, newestTerm: 0 };
}

function replayAll({ base, folder }: RecoveryParts, scans: readonly Scan[]): Result<Recovery, LogDamage> {
  const first = present(scans[0], 'there is a segment');
  const last = present(scans.at(-1), 'there is a segment');
  const replay = new Replay(first.header.originIndex);
  const segments: SegmentSummary[] = [];
  const syncedThrough = Math.max(...scans.map((scan) => scan.syncedThrough));
  let syncedIndex = replay.lastIndex;
  for (const scan of scans) {
    if (replay.lastIndex !== scan.header.originIndex) {
      return refuse(contradiction(scan, `the log should end at ${scan.header.originIndex} here, not at ${replay.lastIndex}`));
    }
    let highestIndex = 0;
    for (const { header, records } of scan.batches) {
      replay.hardState = header.hardState;
      for (const record of records) {
        const refusal = replay.apply(record);
        if (refusal !== null) return refuse(contradiction(scan, refusal));
        if (record.type === 'base') {
          highestIndex = 0;
          segments.forEach((summary, position) => (segments[position] = { ...summary, highestIndex: 0 }));
        }
        if (record.type === 'entries') highestIndex = Math.max(highestIndex, replay.lastIndex);
      }
      if (header.sequence <= syncedThrough) syncedIndex = replay.lastIndex;
    }
    const records = scan === last ? scan.batches.flatMap((batch) => batch.records) : [];
    const { header, file, fileBytes, batches } = scan;
    segments.push({ header, file, fileBytes, highestIndex, lastBatch: header.follows + batches.length, records });
  }
  if (replay.floor > base.index) {
    const message = `the log begins after index ${replay.floor}, and the newest snapshot is at ${base.index}`;
    return refuse({ type: 'gap', file: folder, offset: 0, message, mayHideVote: false, newestTerm: 0 });
  }
  return succeed({ segments, replay, syncedIndex, tornBytes: last.bytesBeyond });
}

function contradiction({ file, end }: Scan, message: string): LogDamage {
  return { type: 'corrupt', file, offset: end, message, mayHideVote: false, newestTerm: 0 };
}
