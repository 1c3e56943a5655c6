/**
 * What ends the containers when the devcluster itself is killed. A shell of a few lines reads a pipe whose other end is ours alone: each container
 * tells it its process id before it becomes the program, and when the pipe ends without a last word (we are gone, in whatever way), the shell
 * kills those processes that are still the ones that told, by id and start time. It also writes them down, for the next start to look at in
 * case the shell was killed with us.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { present } from '../../shared/assert.ts';
import { killIfSame, startTimeOf } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** `$1` is the file of records, `$2` a folder that goes with the cluster, or empty. */
const SCRIPT = `
trap '' INT TERM HUP
started() {
  if [ -d /proc/self ]; then
    read -r line 2>/dev/null < "/proc/$1/stat" || return 0
    set -- \${line##*) }
    echo "\${20}"
  else
    ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' '_' | sed 's/^_//; s/_$//'
  fi
}
record() { printf '%s\\n' "$known" > "$file.draft" && mv "$file.draft" "$file"; }
file=$1
folder=$2
known=
over=
while read -r word pid; do
  case $word in
    +) known="$known $pid:$(started "$pid")"; record;;
    -) left=; for each in $known; do [ "\${each%%:*}" = "$pid" ] || left="$left $each"; done; known=$left; record;;
    over) over=yes;;
  esac
done
[ -z "$over" ] || exit 0
for each in $known; do
  pid=\${each%%:*}
  [ -z "\${each#*:}" ] || [ "$(started "$pid")" != "\${each#*:}" ] || kill -s KILL -- "-$pid"
done
[ -z "$folder" ] || rm -rf -- "$folder"
`;

/** Before a container becomes its program: its id on the pipe, which the program itself does not get. */
const ANNOUNCE = 'echo "+ $$" >&3; exec "$@" 3>&-';

export class Supervisor {
  readonly #shell: ChildProcess;
  readonly #pipe: Writable;

  /** @param folder goes when the devcluster is killed; null: it stays */
  constructor(recordFile: string, folder: string | null) {
    this.#shell = spawn('/bin/sh', ['-c', SCRIPT, 'sh', recordFile, folder ?? ''], {
      // A session of its own: the terminal's Ctrl-C is not for it.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    });
    this.#pipe = present(this.#shell.stdin, 'the shell was given a pipe');
    // It ends after us, or when it is told that all is over.
    this.#pipe.on('error', () => undefined);
  }

  get pid(): number {
    return present(this.#shell.pid, 'there is a /bin/sh');
  }

  /** What to start in the place of `command`, and the pipe that its descriptor 3 must be. */
  announced(command: readonly string[]): { readonly command: readonly string[]; readonly pipe: Writable } {
    return { command: ['/bin/sh', '-c', ANNOUNCE, 'sh', ...command], pipe: this.#pipe };
  }

  ended(pid: number): void {
    this.#pipe.write(`- ${pid}\n`);
  }

  /** Everything was stopped in order, and nothing is left to kill. Resolves when the shell has ended. */
  async over(): Promise<void> {
    if (this.#shell.exitCode !== null || this.#shell.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => this.#shell.once('exit', () => resolve()));
    this.#pipe.end('over\n');
    await gone;
  }
}

/** Processes that a devcluster wrote down. */
export function recordedProcesses(file: string): readonly ProcessIdentity[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  return text
    .trim()
    .split(/\s+/)
    .flatMap((word) => {
      const colon = word.indexOf(':');
      const [pid, startTime] = [Number(word.slice(0, colon)), word.slice(colon + 1)];
      return Number.isInteger(pid) && pid > 1 && startTime !== '' ? [{ pid, startTime }] : [];
    });
}

const GONE_LOOK_MS = 20;
const GONE_LOOKS_MAX = 250;

/** Ends what the last devcluster of this folder left running, and waits until it is gone. @returns how many there were */
export async function killRecorded(file: string): Promise<number> {
  const killed = recordedProcesses(file).filter(killIfSame);
  const isThere = ({ pid, startTime }: ProcessIdentity): boolean => startTimeOf(pid) === startTime;
  for (let look = 0; look < GONE_LOOKS_MAX && killed.some(isThere); look += 1) {
    await new Promise((resolve) => setTimeout(resolve, GONE_LOOK_MS));
  }
  return killed.length;
}
