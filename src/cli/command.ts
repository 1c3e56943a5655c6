/**
 * What a subcommand of `quorate` is. One entry of the table in `commands.ts` says all of it: how it is called, what help prints of it,
 * and what runs. The parser (`arguments.ts`) and the help (`help.ts`) know nothing of any command but its entry.
 */
import type { Readable, Writable } from 'node:stream';
import type { Arguments } from './arguments.ts';

/** 0 done, 1 failed while running, 2 called or configured wrongly. */
export const EXIT_DONE = 0;
export const EXIT_FAILED = 1;
export const EXIT_USAGE = 2;
export type ExitCode = typeof EXIT_DONE | typeof EXIT_FAILED | typeof EXIT_USAGE;

export interface OptionSpec {
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
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

export interface Command {
  /** `recover`, or `snapshot save`: what follows `quorate`. */
  readonly name: string;
  /** One line of `quorate help`. */
  readonly summary: string;
  /** Paragraphs that `quorate help <name>` prints below the usage. */
  readonly details: readonly string[];
  readonly positionals: readonly PositionalSpec[];
  /** By long name, without the dashes. */
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Resolves when the command is done; a command that serves resolves when it has stopped. What it throws is printed as `quorate <name>: …`. */
  readonly run: (given: Arguments, context: CommandContext) => Promise<ExitCode>;
}

/** The caller's mistake, found after the words were read: printed like any other, with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
