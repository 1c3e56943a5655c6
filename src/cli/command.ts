/**
 * What a subcommand of `quorate` is. One entry of the table in `commands.ts` says all of it: how it is called, what help prints of it,
 * and what runs. The parser (`arguments.ts`) and the help (`help.ts`) know nothing of any command but its entry.
 */
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../shared/clock.ts';
import type { Arguments } from './arguments.ts';

/**
 * 0 done, 1 failed while running, 2 called or configured wrongly, 3 no such cluster or member, 4 a right is missing, 5 the API server or the
 * member cannot be reached.
 */
export const EXIT_DONE = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;
export const EXIT_NOT_FOUND = 3;
export const EXIT_NO_RIGHT = 4;
export const EXIT_UNREACHABLE = 5;
export type ExitCode =
  | typeof EXIT_DONE
  | typeof EXIT_FAILED
  | typeof EXIT_USAGE
  | typeof EXIT_NOT_FOUND
  | typeof EXIT_NO_RIGHT
  | typeof EXIT_UNREACHABLE;

export interface OptionSpec {
  /** One letter, given as `-n`. */
  readonly short?: string;
  /** What help calls the value (`FILE`); null for a switch that takes none. */
  readonly value: string | null;
  /** May be given more than once. */
  readonly repeated?: boolean;
  readonly required?: boolean;
  readonly summary: string;
}

export interface PositionalSpec {
  /** In capitals, as help prints it. */
  readonly name: string;
  readonly required: boolean;
  /** Takes all the words that are left; only the last one may. */
  readonly repeated?: boolean;
  readonly summary: string;
}

/** The process as a command sees it. Only src/main.ts reads the environment, and hands it over as a record. */
export interface CommandContext {
  /** What the user typed to get here: `quorate`, or `kubectl quorate`. */
  readonly program?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean; readonly setRawMode?: (mode: boolean) => unknown };
  /** Of a terminal, with its size. */
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** Time; the system's own unless a test lends another. */
  readonly clock?: Clock;
  /** Aborted when a command that goes on and on is to end; without one a signal ends the process. */
  readonly signal?: AbortSignal;
}

export interface Command {
  /** `recover`, or `snapshot save`: what follows `quorate`. */
  readonly name: string;
  /** One line of `quorate help`. */
  readonly summary: string;
  /** Against a Kubernetes cluster with the user's own rights: `kubectl quorate <name>` as well as `quorate <name>`. */
  readonly isPlugin?: boolean;
  /** Options end at the first plain word: the words from there on belong to somebody else, such as a storage node. */
  readonly endsOptionsAtFirstWord?: boolean;
  /** Every word is a plain one, `--help` too. */
  readonly takesWordsAsTheyAre?: boolean;
  /** For programs, not for people: help does not list it. */
  readonly isHidden?: boolean;
  /** Paragraphs that `quorate help <name>` prints below the usage. */
  readonly details: readonly string[];
  readonly positionals: readonly PositionalSpec[];
  /** By long name, without the dashes. */
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Resolves when the command is done; a command that serves resolves when it has stopped. What it throws is printed as `quorate <name>: …`. */
  readonly run: (given: Arguments, context: CommandContext) => Promise<ExitCode>;
}

/** Ends the command with a code of its own. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The caller's mistake, found after the words were read: printed like any other, with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
