/**
 * The log on disk. Promises: `persisted` is called only after the fdatasync that makes it true (rule S10); what was acknowledged is there
 * after any crash; a torn tail is cut and corruption never is (rule S11); after a failed sync nothing is acknowledged any more.
 *
 * Group commit: one write and one sync are under way at a time, and what is appended meanwhile makes the next batch. A batch carries X, the
 * last batch known to be synced, which is the one before it; when none follows for a while an empty one is written to carry X.
 */
import type { HardState, LogBase } from '../consensus/core.ts';
import { present } from '../shared/assert.ts';
import { FEATURE_LEVEL_MAX, FEATURE_LEVEL_MIN } from '../shared/build.ts';
import type { Clock } from '../shared/clock.ts';
import type { Random } from '../shared/random.ts';
import { succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { LogRecord } from './batch.ts';
import type { Disk, DiskError } from './disk.ts';
import { removeTemporaries } from './durable-file.ts';
import { LogWriter } from './log-writer.ts';
import { recoverLog } from './recovery.ts';
import { removeDamagedSegments, salvageLog, setAsideSegments } from './salvage.ts';
import type { Salvage } from './salvage.ts';
import type { Recovery } from './recovery.ts';
import { Replay } from './replay.ts';
import { SegmentFiles } from './segment-files.ts';
import type { OpenSegment, SegmentPlan } from './segment-files.ts';
import type { ColdSegment, Identity, LogDamage, RecoveredLog, WriteAheadLog } from './types.ts';

export interface LogOptions {
  /** Usual size of a segment; a batch that is larger gets a segment of its own size. */
  readonly segmentBytes: number;
  /** Level in force for a log that is new; an existing one goes on with its own (rule S16). */
  readonly featureLevel: number;
  /** What this build reads and writes. */
  readonly levels: { readonly min: number; readonly max: number };
}

export const LOG_OPTIONS_DEFAULT: LogOptions = {
  segmentBytes: 16 * 1024 * 1024,
  featureLevel: FEATURE_LEVEL_MIN,
  levels: { min: FEATURE_LEVEL_MIN, max: FEATURE_LEVEL_MAX },
};

export interface OpenLogParts {
  readonly disk: Disk;
  /** `DataFolder.walFolder`. */
  readonly folder: string;
  /** Must have a membership: a log belongs to a cluster. */
  readonly identity: Identity;
  /** The newest whole snapshot's; without one the founding's, or index 0 for a member that joins. */
  readonly base: LogBase;
  readonly clock: Clock;
  readonly random: Random;
  readonly options?: Partial<LogOptions>;
  readonly persisted: (sequence: number) => void;
  /** Called at most once; nothing is acknowledged afterwards, and the process must end (rule S10). */
  readonly failed: (error: DiskError) => void;
}

export interface OpenedLog {
  readonly recovered: RecoveredLog;
  readonly log: WriteAheadLog;
}

/**
 * Reads the log, and writes the last segment again before it resolves (rule S10): as a new file with one batch, synced, that takes the old
 * one's place, and whose folder is synced. What lies past X is in that segment, and may so far be in the page cache alone. With damage
 * nothing on disk was changed. @throws DiskError
 */
export async function openLog(parts: OpenLogParts): Promise<Result<OpenedLog, LogDamage>> {
  const { disk, folder, base, random } = parts;
  const options = { ...LOG_OPTIONS_DEFAULT, ...parts.options };
  const membership = present(parts.identity.membership, 'a member opens its log once it belongs to a cluster');
  const owner = { clusterId: membership.clusterId, generation: membership.generation, memberId: parts.identity.memberId };
  const where = { disk, folder, owner, base, levels: options.levels };
  const recovery = await recoverLog(where);
  if (!recovery.ok && !maySalvage(parts, recovery.reason)) return recovery;
  await removeTemporaries(disk, folder);
  const files = new SegmentFiles(disk, folder, owner, random, options.segmentBytes);
  if (!recovery.ok) return succeed(await beginAnew(parts, options, files, await salvageLog(where), recovery.reason));
  if (parts.identity.lostThroughTerm === null) await removeDamagedSegments(disk, folder);
  const replay = recovery.value?.replay ?? new Replay(base.index);
  const hardState = admissible(replay.hardState, base, parts.identity);
  const after = present(replay.after(base), 'recovery refuses a log with a gap after its base');
  const plan = planFirst(recovery.value, base, after.reset, options.featureLevel, hardState);
  const segment = await files.create(plan);
  const writer = new LogWriter({
    disk,
    folder,
    clock: parts.clock,
    persisted: parts.persisted,
    failed: parts.failed,
    levels: options.levels,
    files,
    segment,
    featureLevel: plan.featureLevel,
    lastBatch: plan.batch.sequence,
    hardState,
    lastIndex: after.reset ? base.index : replay.lastIndex,
    memory: replay.memory,
    segments: summarize(recovery.value, segment, plan.batch.sequence, after.reset),
  });
  const recovered: RecoveredLog = {
    state: { hardState, base, entries: after.entries, lostThroughTerm: parts.identity.lostThroughTerm },
    peerMemory: [...replay.memory.values()],
    tornBytes: recovery.value?.tornBytes ?? 0,
    salvagedFrom: null,
  };
  return succeed({ recovered, log: writer });
}

/** Only what a durable note says to be lost may be missing from a log: see `DataFolder.noteLost`. */
function maySalvage({ identity }: OpenLogParts, damage: LogDamage): boolean {
  const isDamage = damage.type === 'corrupt' || damage.type === 'gap';
  return isDamage && !damage.mayHideVote && identity.lostThroughTerm !== null && identity.lostThroughTerm >= damage.newestTerm;
}

/**
 * In a term in which entries were lost a leader may still count them; in the next, none does before they are acknowledged again. And a
 * snapshot that arrived may be durable before the log has heard of its term: in that one we gave no vote.
 */
function admissible(hardState: HardState, base: LogBase, { lostThroughTerm }: Identity): HardState {
  const term = Math.max(base.term, lostThroughTerm === null ? 0 : lostThroughTerm + 1);
  return hardState.term >= term ? hardState : { term, vote: null };
}

/** The log goes on in a segment of its own. */
async function beginAnew(
  parts: OpenLogParts,
  options: LogOptions,
  files: SegmentFiles,
  salvage: Salvage,
  damage: LogDamage,
): Promise<OpenedLog> {
  const { disk, folder, base } = parts;
  const { entries, memory, lastBatch } = salvage;
  const hardState = admissible({ term: salvage.newestTerm, vote: null }, base, parts.identity);
  const records: LogRecord[] = [{ type: 'base', base }];
  if (entries.length > 0) records.push({ type: 'entries', entries });
  if (memory.size > 0) records.push({ type: 'memory', peers: [...memory.values()] });
  const featureLevel = salvage.featureLevel ?? options.featureLevel;
  const batch = { sequence: lastBatch + 1, syncedThrough: lastBatch, hardState };
  const plan = { sequence: salvage.lastSegment + 1, follows: lastBatch, originIndex: base.index, featureLevel, batch, records };
  const segment = await files.create(plan);
  await setAsideSegments(disk, folder, salvage.names);
  const lastIndex = base.index + entries.length;
  const { clock, persisted, failed } = parts;
  const highestIndex = entries.length > 0 ? lastIndex : 0;
  const { path, fileBytes } = segment;
  const segments = [{ path, fileBytes, highestIndex, lastBatch: batch.sequence }];
  const { levels } = options;
  const log = new LogWriter({
    ...{ disk, folder, clock, persisted, failed, levels, files, segment, featureLevel, hardState, lastIndex, memory, segments },
    lastBatch: batch.sequence,
  });
  const state = { hardState, base, entries, lostThroughTerm: parts.identity.lostThroughTerm };
  return { log, recovered: { state, peerMemory: [...memory.values()], tornBytes: 0, salvagedFrom: damage } };
}

/** What compaction has to know of each segment, the rewritten one last. A reset leaves nothing before it worth keeping. */
function summarize(recovery: Recovery | null, segment: OpenSegment, lastBatch: number, reset: boolean): ColdSegment[] {
  const last = recovery?.segments.at(-1);
  const older = (recovery?.segments.slice(0, -1) ?? []).map(({ file, fileBytes, highestIndex, lastBatch }) => ({
    path: file,
    fileBytes,
    lastBatch,
    highestIndex: reset ? 0 : highestIndex,
  }));
  const highestIndex = reset ? 0 : (last?.highestIndex ?? 0);
  return [...older, { path: segment.path, fileBytes: segment.fileBytes, highestIndex, lastBatch }];
}

/** The segment that is written at every start: the last one again, or the first of all. */
function planFirst(
  recovery: Recovery | null,
  base: LogBase,
  reset: boolean,
  newLevel: number,
  hardState: HardState,
): SegmentPlan {
  const last = recovery?.segments.at(-1);
  const records: LogRecord[] = [...(last?.records ?? [])];
  if (reset) records.push({ type: 'base', base });
  const follows = last?.header.follows ?? 0;
  return {
    sequence: last?.header.sequence ?? 1,
    follows,
    originIndex: last?.header.originIndex ?? base.index,
    featureLevel: last?.header.featureLevel ?? newLevel,
    batch: { sequence: follows + 1, syncedThrough: follows, hardState },
    records,
  };
}
