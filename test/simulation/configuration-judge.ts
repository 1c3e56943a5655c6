/** Rules S1 and S2: configurations change one at a time, in a term that is settled; what counts outside the log is committed; ids never return. */
import type { Configuration, CoreStatus, LogBase } from '../../src/consensus/core.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import { hold } from '../support/raft-checker.ts';

/** A member's log, as far as it concerns configurations. */
export interface ConfigurationLog {
  configurationAt(index: number): Configuration;
  termAt(index: number): number | null;
}

export class ConfigurationJudge {
  /** By their index, all that were committed. */
  readonly #committed = new Map<number, Configuration>();
  /** Ids that some committed configuration dropped (rule S3). */
  readonly #removed = new Set<MemberId>();
  #newest: Configuration | null = null;
  /** Changes that were committed. */
  changes = 0;

  get newest(): Configuration | null {
    return this.#newest;
  }

  wasRemoved(id: MemberId): boolean {
    return this.#removed.has(id);
  }

  /** @param committedIndex the highest index that any leader called committed */
  afterTurn(name: string, log: ConfigurationLog, before: CoreStatus, now: CoreStatus, committedIndex: number): void {
    const { configuration, committedConfiguration, commitIndex } = now;
    hold(committedConfiguration.index <= commitIndex, `S1: ${name} takes an uncommitted configuration for committed`);
    hold(configuration.index >= committedConfiguration.index, `S1: ${name} forgot a committed configuration`);
    hold(configuration.index <= now.lastIndex, `S1: ${name} keeps the configuration of an entry that its log does not have`);
    if (configuration.index <= commitIndex)
      hold(configuration.index === committedConfiguration.index, `S1: ${name} missed that its configuration is committed`);
    if (configuration.index > before.lastIndex && configuration.index >= now.firstIndex)
      checkAppended(name, log, now, committedIndex);
    this.#note(committedConfiguration);
  }

  /** The base of a log or a snapshot: what was in force there is what had been committed there (rule S1). */
  checkBase(name: string, { index, configuration }: LogBase): void {
    hold(configuration.index <= index, `S1: ${name} has the configuration of entry ${configuration.index} in a base at ${index}`);
    for (const committed of this.#committed.keys())
      hold(
        committed <= configuration.index || committed > index,
        `S1: ${name} lacks the configuration of entry ${committed} in a base at ${index}`,
      );
    const same = this.#committed.get(configuration.index);
    if (same && configuration.index > 0) checkSame(same, configuration);
  }

  #note(committed: Configuration): void {
    const known = this.#committed.get(committed.index);
    if (known && committed.index > 0) checkSame(known, committed);
    if (known || committed.members.length === 0) return;
    for (const { id } of committed.members) hold(!this.#removed.has(id), `S2: the removed id ${id} is a member again`);
    this.#committed.set(committed.index, committed);
    if (this.#newest && committed.index <= this.#newest.index) return;
    if (this.#newest) {
      this.changes += 1;
      for (const { id } of committed.removed) this.#removed.add(id);
    }
    this.#newest = committed;
  }
}

function checkSame(one: Configuration, other: Configuration): void {
  hold(one === other || JSON.stringify(one) === JSON.stringify(other), `S1: two committed configurations at index ${one.index}`);
}

function checkAppended(name: string, log: ConfigurationLog, now: CoreStatus, committedIndex: number): void {
  const { configuration, commitIndex } = now;
  const before = log.configurationAt(configuration.index - 1);
  hold(before.index <= committedIndex, `S1: ${name} has a second configuration while the first is not committed`);
  if (now.role !== 'leader' || log.termAt(configuration.index) !== now.term) return;
  hold(log.termAt(commitIndex) === now.term, `S1: ${name} changes the configuration before an entry of its term is committed`);
}
