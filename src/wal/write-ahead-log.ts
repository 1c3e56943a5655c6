import type { LogBase } from '../consensus/core.ts';
import type { Clock } from '../shared/clock.ts';
import type { Random } from '../shared/random.ts';
import { refuse } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Disk, DiskError } from './disk.ts';
import type { Identity, LogDamage, RecoveredLog, WriteAheadLog } from './types.ts';

export interface LogOptions {
  /** Usual size of a segment; a batch that is larger gets a segment of its own size. */
  readonly segmentBytes: number;
  /** Level in force for a log that is new; an existing one goes on with its own (rule S16). */
  readonly featureLevel: number;
}

export interface OpenLogParts {
  readonly disk: Disk;
  readonly folder: string;
  readonly identity: Identity;
  readonly base: LogBase;
  readonly clock: Clock;
  readonly random: Random;
  readonly options?: Partial<LogOptions>;
  readonly persisted: (sequence: number) => void;
  readonly failed: (error: DiskError) => void;
}

export interface OpenedLog {
  readonly recovered: RecoveredLog;
  readonly log: WriteAheadLog;
}

export async function openLog(_parts: OpenLogParts): Promise<Result<OpenedLog, LogDamage>> {
  return refuse({ type: 'gap', file: '', offset: 0, message: 'being written', mayHideVote: false });
}
