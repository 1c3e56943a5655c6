/** Rule S6: a member durably accepts one founding and no other, founders start byte-identical, and a majority of those listed forms the cluster. */
import type { MemberId } from '../../src/shared/ids.ts';
import type { FoundingRecord } from '../../src/wal/types.ts';
import { hold } from '../support/raft-checker.ts';

export class FoundingJudge {
  /** What each id accepted, as text; null: it joins. */
  readonly #accepted = new Map<MemberId, string | null>();
  #first: { readonly name: string; readonly text: string } | null = null;

  /** @param founding of a member that belongs to the cluster; null when it joins it */
  accepted(name: string, id: MemberId, founding: FoundingRecord | null): void {
    const text = founding && JSON.stringify(founding);
    const known = this.#accepted.get(id);
    hold(
      known === undefined || known === text,
      `S6: ${name} (${id}) accepted a founding, and shows another one now: ${text ?? 'none'}`,
    );
    this.#accepted.set(id, text);
    if (!founding || text === null) return;
    hold(
      founding.configuration.members.some((member) => member.id === id),
      `S6: ${name} accepted a founding that does not list it`,
    );
    this.#first ??= { name, text };
    hold(this.#first.text === text, `S6: ${this.#first.name} and ${name} begin from two foundings`);
  }

  /** @param members of the configuration that the cluster was founded with, when its leader knows of no other */
  formed(name: string, members: readonly { readonly id: MemberId }[]): void {
    const founders = members.filter(({ id }) => (this.#accepted.get(id) ?? null) !== null);
    hold(
      founders.length * 2 > members.length,
      `S6: ${name} leads a cluster that ${founders.length} of ${members.length} founders accepted`,
    );
  }
}
