/** What `quorate dev chaos` hits next: a function of dice and of what is seen. Never more than the cluster can spare, so that writes go on. */
import { assertNever } from '../../shared/assert.ts';
import type { Random } from '../../shared/random.ts';
import type { MemberRow } from '../view/members-table.ts';

export const BLOW_KINDS = ['member', 'leader', 'node'] as const;
export type BlowKind = (typeof BLOW_KINDS)[number];

/** `name` of a pod, or of a node. */
export interface Blow {
  readonly kind: BlowKind;
  readonly name: string;
}

export interface Field {
  readonly members: readonly Pick<MemberRow, 'name' | 'role' | 'ready'>[];
  /** Which node each pod runs on. */
  readonly nodeOf: ReadonlyMap<string, string>;
}

/**
 * Null when nothing can be spared: with one more member gone no majority would be left. A kind is drawn first, then one of its kind, so that the
 * same seed on the same field hits the same.
 */
export function nextBlow(random: Random, kinds: readonly BlowKind[], field: Field): Blow | null {
  const possible = kinds.map((kind) => ({ kind, names: namesOf(kind, field) })).filter(({ names }) => names.length > 0);
  const drawn = possible[random.below(Math.max(1, possible.length))];
  const name = drawn?.names[random.below(drawn.names.length)];
  return drawn === undefined || name === undefined ? null : { kind: drawn.kind, name };
}

function namesOf(kind: BlowKind, { members, nodeOf }: Field): readonly string[] {
  const up = members.filter(({ ready }) => ready === true);
  const spare = up.length - (Math.floor(members.length / 2) + 1);
  if (spare <= 0) return [];
  switch (kind) {
    case 'member':
      return up.filter(({ role }) => role !== 'Leader').map(({ name }) => name);
    case 'leader':
      return up.filter(({ role }) => role === 'Leader').map(({ name }) => name);
    case 'node': {
      const nodes = up.map(({ name }) => nodeOf.get(name)).filter((node) => node !== undefined);
      return [...new Set(nodes)].filter((node) => nodes.filter((other) => other === node).length <= spare).sort();
    }
    default:
      return assertNever(kind);
  }
}
