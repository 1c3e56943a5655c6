/**
 * The log in memory: a base, the entries after it, and the configurations among them.
 *
 * A configuration counts from the moment it is appended (rule S1, thesis §4.1), so the log keeps them as a stack: truncation pops back
 * to the one before. Everything a step does here is O(1) or in the number of entries that it handles.
 */
import { assert, present } from '../../shared/assert.ts';
import { decodeConfiguration } from '../configuration.ts';
import type { Configuration, Entry, LogBase, LogPosition } from '../core.ts';

/** What an entry takes besides its payload, in memory and on the wire, roughly. */
const ENTRY_OVERHEAD_BYTES = 32;

export function entryBytes(entry: Entry): number {
  return entry.payload.length + ENTRY_OVERHEAD_BYTES;
}

export class RaftLog {
  #base: LogBase;
  #entries: Entry[] = [];
  /** The configuration at the base, then those of the entries, oldest first. */
  #configurations: Configuration[];

  constructor(base: LogBase, entries: readonly Entry[]) {
    this.#base = base;
    this.#configurations = [base.configuration];
    this.append(entries);
  }

  get base(): LogBase {
    return this.#base;
  }

  get lastIndex(): number {
    return this.#base.index + this.#entries.length;
  }

  get lastTerm(): number {
    return this.#entries.at(-1)?.term ?? this.#base.term;
  }

  get position(): LogPosition {
    return { term: this.lastTerm, index: this.lastIndex };
  }

  /** The latest, committed or not. */
  get configuration(): Configuration {
    return present(this.#configurations.at(-1), 'a log has a configuration');
  }

  /** The one that truncating the latest would restore; null when the latest is that of the base. */
  get previousConfiguration(): Configuration | null {
    return this.#configurations.at(-2) ?? null;
  }

  configurationAt(index: number): Configuration {
    assert(index >= this.#base.index && index <= this.lastIndex, 'a configuration is known from the base to the end of the log');
    for (let position = this.#configurations.length - 1; position > 0; position -= 1) {
      const configuration = this.#configurations[position];
      if (configuration && configuration.index <= index) return configuration;
    }
    return this.#base.configuration;
  }

  /** Null before the base and after the end. */
  termAt(index: number): number | null {
    if (index === this.#base.index) return this.#base.term;
    return this.#entries[index - this.#base.index - 1]?.term ?? null;
  }

  /** The entries from `from` through `through`. */
  slice(from: number, through: number): Entry[] {
    assert(from > this.#base.index && through <= this.lastIndex, 'only entries that the log holds can be read');
    return this.#entries.slice(from - this.#base.index - 1, through - this.#base.index);
  }

  /** The entries from `from` that fit into `bytesMax`; with `atLeastOne`, an entry that is too large comes alone. */
  sliceBytes(from: number, bytesMax: number, atLeastOne: boolean): Entry[] {
    assert(from > this.#base.index, 'only entries that the log holds can be read');
    const taken: Entry[] = [];
    let bytes = 0;
    for (let position = from - this.#base.index - 1; position < this.#entries.length; position += 1) {
      const entry = present(this.#entries[position], 'the entries of a log have no holes');
      bytes += entryBytes(entry);
      if (bytes > bytesMax && !(atLeastOne && taken.length === 0)) break;
      taken.push(entry);
    }
    return taken;
  }

  append(entries: readonly Entry[]): void {
    for (const entry of entries) {
      assert(entry.index === this.lastIndex + 1, 'a log has no holes');
      assert(entry.term >= this.lastTerm, 'terms never fall along a log');
      if (entry.kind === 'configuration') this.#configurations.push(configurationOf(entry));
      this.#entries.push(entry);
    }
  }

  truncateFrom(index: number): void {
    assert(index > this.#base.index && index <= this.lastIndex, 'only entries that the log holds can be cut');
    this.#entries.length = index - this.#base.index - 1;
    while (this.#configurations.length > 1 && this.configuration.index >= index) this.#configurations.pop();
  }

  /** Forgets the entries up to `through`, which becomes the base. */
  compact(through: number): void {
    const term = present(this.termAt(through), 'a log is compacted at an entry that it holds');
    const configuration = this.configurationAt(through);
    const rest = this.#configurations.filter((each, position) => position > 0 && each.index > through);
    this.#entries = this.#entries.slice(through - this.#base.index);
    this.#configurations = [configuration, ...rest];
    this.#base = { index: through, term, configuration };
  }

  /** A snapshot replaces everything. */
  restore(base: LogBase): void {
    this.#base = base;
    this.#entries = [];
    this.#configurations = [base.configuration];
  }

  /**
   * The highest index, at most `index`, whose entry has at most `term`: where two logs may still agree (Raft paper §5.3, skipping whole
   * terms). One below the base when not even the base qualifies.
   */
  lastIndexWithTermAtMost(index: number, term: number): number {
    if (index < this.#base.index) return index;
    let candidate = Math.min(index, this.lastIndex);
    while (candidate >= this.#base.index && (this.termAt(candidate) ?? 0) > term) candidate -= 1;
    return candidate;
  }
}

function configurationOf(entry: Entry): Configuration {
  const configuration = decodeConfiguration(entry.payload);
  assert(configuration.index === entry.index, 'a configuration names the index of its entry');
  return configuration;
}
