/** Identities. Branded, so that one can never be passed where another is meant. */
declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** 16 lower-case hex digits, drawn at random when a member formats an empty disk; never reused (rule S2). */
export type MemberId = Branded<string, 'MemberId'>;

/** Drawn at founding: the UID of the StorageCluster, or what a person chose for a cluster run by hand (rule S5). */
export type ClusterId = Branded<string, 'ClusterId'>;

/**
 * The recovery generation of a cluster (rule S5): raised by recovery, restore and founding anew. Only equals talk; the number orders
 * generations, the random id tells two recoveries that drew the same number apart.
 */
export interface Generation {
  readonly number: number;
  /** 16 lower-case hex digits; all zeros in the first generation. */
  readonly id: string;
}

export const FIRST_GENERATION: Generation = { number: 1, id: '0000000000000000' };

export function sameGeneration(left: Generation, right: Generation): boolean {
  return left.number === right.number && left.id === right.id;
}

const memberIdPattern = /^[0-9a-f]{16}$/;

export function isMemberId(text: string): text is MemberId {
  return memberIdPattern.test(text);
}

/** Null when `text` is not 16 lower-case hex digits. */
export function parseMemberId(text: string): MemberId | null {
  return isMemberId(text) ? text : null;
}

const clusterIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** Null when `text` is not 1 to 63 letters, digits, `.`, `_` or `-`, beginning with a letter or digit. */
export function parseClusterId(text: string): ClusterId | null {
  return clusterIdPattern.test(text) ? (text as ClusterId) : null;
}
