/** Which process it is: ids are used again, so that only the id together with the time of its start names one. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

/** Field 22 of /proc/<pid>/stat, counted after the name in field 2, which may hold anything. */
const START_TIME_AFTER_NAME = 19;
/** It has ended, and only its parent has not taken note. */
const ZOMBIE = 'Z';

/** When the process started, in the system's own words; null when none of that id runs. `test/unit` holds the supervisor to the same words. */
export function startTimeOf(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return fields[0] === ZOMBIE ? null : (fields[START_TIME_AFTER_NAME] ?? null);
  } catch {
    return startTimeByPs(pid);
  }
}

/** Where there is no /proc. */
function startTimeByPs(pid: number): string | null {
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] });
    const words = text.toString('utf8').trim().split(/\s+/).join('_');
    return words === '' ? null : words;
  } catch {
    return null;
  }
}

/** Ends the process and its group, if it is still the one that was meant. */
export function killIfSame({ pid, startTime }: ProcessIdentity): boolean {
  if (startTimeOf(pid) !== startTime) return false;
  return signalGroup(pid, 'SIGKILL');
}

/** False when nothing is left of the group. */
export function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
