/** The words of a command line, read by the command's entry in the table. Wrong words are refused with what is wrong and what there is. */
import { assert } from '../shared/assert.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Command, OptionSpec, PositionalSpec } from './command.ts';

/** What was given. Asking for an option or positional that the command does not declare is our mistake. */
export class Arguments {
  readonly #command: Command;
  readonly #options: ReadonlyMap<string, readonly string[]>;
  readonly #positionals: readonly string[];

  /** Use `parseArguments`. */
  constructor(command: Command, options: ReadonlyMap<string, readonly string[]>, positionals: readonly string[]) {
    this.#command = command;
    this.#options = options;
    this.#positionals = positionals;
  }

  /** Whether the switch was given. */
  has(option: string): boolean {
    this.#declared(option);
    return this.#options.has(option);
  }

  /** The value of an option; null when it was not given. */
  value(option: string): string | null {
    return this.values(option)[0] ?? null;
  }

  /** The value of an option that the command declares as required. */
  required(option: string): string {
    const value = this.value(option);
    assert(value !== null, `--${option} is declared as required`);
    return value;
  }

  /** All values of an option that may be repeated, in order. */
  values(option: string): readonly string[] {
    this.#declared(option);
    return this.#options.get(option) ?? [];
  }

  /** The word given for a positional; null when it was left out. */
  positional(name: string): string | null {
    return this.positionals(name)[0] ?? null;
  }

  /** All words given for a positional that may be repeated. */
  positionals(name: string): readonly string[] {
    const at = this.#command.positionals.findIndex((positional) => positional.name === name);
    assert(at >= 0, `${this.#command.name} declares ${name}`);
    return this.#command.positionals[at]?.repeated === true ? this.#positionals.slice(at) : this.#positionals.slice(at, at + 1);
  }

  #declared(option: string): void {
    assert(this.#command.options[option] !== undefined, `${this.#command.name} declares --${option}`);
  }
}

/**
 * `--name value`, `--name=value`, `-n value`, `-nvalue`, `--switch`, `-s` and plain words in any order; after `--` every word is plain. The
 * reason is a sentence.
 */
export function parseArguments(command: Command, words: readonly string[]): Result<Arguments, string> {
  if (command.takesWordsAsTheyAre === true) return succeed(new Arguments(command, new Map(), words));
  const options = new Map<string, string[]>();
  const plain: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') {
      plain.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      plain.push(word);
      if (command.endsOptionsAtFirstWord !== true) continue;
      plain.push(...words.slice(at + 1));
      break;
    }
    const option = readOption(command, word, words[at + 1]);
    if (!option.ok) return option;
    const { name, value, tookNext } = option.value;
    const given = options.get(name);
    if (given && command.options[name]?.repeated !== true) return refuse(`--${name} is given twice`);
    options.set(name, [...(given ?? []), ...(value === null ? [] : [value])]);
    if (tookNext) at += 1;
  }
  const missing = missingOption(command.options, options) ?? wrongPositionals(command.positionals, plain);
  return missing === null ? succeed(new Arguments(command, options, plain)) : refuse(missing);
}

/** The words that stand where an option may stand, known or not: no values, no plain words, nothing after `--`. */
export function optionWordsOf(command: Command, words: readonly string[]): readonly string[] {
  const found: string[] = [];
  if (command.takesWordsAsTheyAre === true) return found;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') break;
    if (!word.startsWith('-') || word === '-') {
      if (command.endsOptionsAtFirstWord === true) break;
      continue;
    }
    found.push(word);
    const option = readOption(command, word, words[at + 1]);
    if (option.ok && option.value.tookNext) at += 1;
  }
  return found;
}

interface GivenOption {
  readonly name: string;
  /** Null for a switch. */
  readonly value: string | null;
  readonly tookNext: boolean;
}

function readOption(command: Command, word: string, next: string | undefined): Result<GivenOption, string> {
  if (!word.startsWith('--')) return readShortOption(command, word, next);
  const equals = word.indexOf('=');
  const written = equals < 0 ? word : word.slice(0, equals);
  const name = written.slice(2);
  const spec = ownOption(command.options, name);
  if (!spec) return refuse(`unknown option ${written}${nearest(name, Object.keys(command.options), '--')}`);
  if (spec.value === null) {
    return equals < 0 ? succeed({ name, value: null, tookNext: false }) : refuse(`--${name} takes no value`);
  }
  const value = equals < 0 ? next : word.slice(equals + 1);
  if (value === undefined || value === '' || (equals < 0 && value.startsWith('--'))) {
    return refuse(`--${name} needs a value: --${name} ${spec.value}`);
  }
  return succeed({ name, value, tookNext: equals < 0 });
}

/** `-w`, `-n shop`, `-nshop`, `-n=shop`. */
function readShortOption(command: Command, word: string, next: string | undefined): Result<GivenOption, string> {
  const letter = word.slice(1, 2);
  const found = Object.entries(command.options).find(([, { short }]) => short === letter);
  if (!found) return refuse(`unknown option ${word}`);
  const [name, spec] = found;
  const attached = word.slice(2).replace(/^=/, '');
  if (spec.value === null) {
    return word.length === 2 ? succeed({ name, value: null, tookNext: false }) : refuse(`-${letter} takes no value`);
  }
  const value = attached === '' ? next : attached;
  if (value === undefined || value === '') return refuse(`-${letter} needs a value: -${letter} ${spec.value}`);
  return succeed({ name, value, tookNext: attached === '' });
}

function ownOption(options: Command['options'], name: string): OptionSpec | undefined {
  return Object.hasOwn(options, name) ? options[name] : undefined;
}

function missingOption(specs: Command['options'], given: ReadonlyMap<string, unknown>): string | null {
  const missing = Object.entries(specs).find(([name, spec]) => spec.required === true && !given.has(name));
  return missing ? `--${missing[0]} ${missing[1].value ?? ''} is missing: ${missing[1].summary}` : null;
}

function wrongPositionals(specs: readonly PositionalSpec[], words: readonly string[]): string | null {
  const missing = specs.find((spec, at) => spec.required && at >= words.length);
  if (missing) return `${missing.name} is missing: ${missing.summary}`;
  const surplus = words[specs.length];
  return surplus === undefined || specs.at(-1)?.repeated === true ? null : `unexpected word "${surplus}"`;
}

/** `, did you mean …?` for a word at most two letters away; nothing otherwise. */
export function nearest(word: string, names: readonly string[], prefix = ''): string {
  const ranked = names
    .map((name) => ({ name, distance: editDistance(word, name) }))
    .sort((left, right) => left.distance - right.distance);
  const best = ranked[0];
  return best && best.distance <= 2 && best.distance < word.length ? `, did you mean ${prefix}${best.name}?` : '';
}

/** Levenshtein's distance: insertions, deletions and substitutions of letters. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
