/** What a container wrote, line by line with the time of each; kept in a file, of which the newest part stays. */
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../shared/clock.ts';
import { microTimeText } from '../model/objects.ts';

export const LOG_LIMITS = {
  /** Of each of the two files that are kept of a container. */
  fileBytesMax: 10 * 1024 * 1024,
  /** A longer line is cut into several. */
  lineBytesMax: 16 * 1024,
} as const;

export interface LogLine {
  /** RFC 3339. */
  readonly time: string;
  readonly text: string;
}

export class ContainerLog {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #followers = new Set<{ readonly line: (line: LogLine) => void; readonly end: () => void }>();
  #file: number;
  #bytes = 0;
  #isOver = false;

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#file = openSync(path, 'w', 0o600);
  }

  /** A place for bytes of one stream, as they come. `end` writes what was left without an end of line. */
  writer(): { readonly write: (chunk: Buffer) => void; readonly end: () => void } {
    let rest: Buffer = Buffer.alloc(0);
    const write = (chunk: Buffer): void => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = rest.indexOf(10, start); end >= 0; end = rest.indexOf(10, start)) {
        this.#append(rest.subarray(start, end).toString('utf8'));
        start = end + 1;
      }
      rest = rest.subarray(start);
      if (rest.length < LOG_LIMITS.lineBytesMax) return;
      this.#append(rest.toString('utf8'));
      rest = Buffer.alloc(0);
    };
    return {
      write,
      end: () => {
        if (rest.length > 0) this.#append(rest.toString('utf8'));
        rest = Buffer.alloc(0);
      },
    };
  }

  lines(): readonly LogLine[] {
    return readLog(this.#path);
  }

  /** Told of every line from now on; `end` once the container has ended. The returned function ends it. */
  follow(line: (line: LogLine) => void, end: () => void): () => void {
    if (this.#isOver) {
      end();
      return () => undefined;
    }
    const follower = { line, end };
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    closeSync(this.#file);
    for (const { end } of [...this.#followers]) end();
    this.#followers.clear();
  }

  #append(text: string): void {
    if (this.#isOver) return;
    const line = { time: microTimeText(this.#clock.wallMs()), text };
    this.#bytes += writeSync(this.#file, `${line.time} ${text}\n`);
    if (this.#bytes >= LOG_LIMITS.fileBytesMax) this.#turnOver();
    for (const follower of [...this.#followers]) follower.line(line);
  }

  #turnOver(): void {
    closeSync(this.#file);
    renameSync(this.#path, olderOf(this.#path));
    this.#file = openSync(this.#path, 'w', 0o600);
    this.#bytes = 0;
  }
}

function olderOf(path: string): string {
  return `${path}.older`;
}

/** Which starts of a container have a log, in order. */
export function startsWithLogs(folder: string): readonly number[] {
  if (!existsSync(folder)) return [];
  const numbers = readdirSync(folder).flatMap((name) => (name.endsWith('.log') ? [Number(name.slice(0, -'.log'.length))] : []));
  return numbers.sort((left, right) => left - right);
}

/** Empty when there is no such log. */
export function readLog(path: string): readonly LogLine[] {
  return [olderOf(path), path].flatMap((file) => {
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => {
      const space = line.indexOf(' ');
      return { time: line.slice(0, space), text: line.slice(space + 1) };
    });
  });
}
