/** Quorum arithmetic, apart from any protocol. */
import { assert } from '../shared/assert.ts';
import type { MemberId } from '../shared/ids.ts';
import type { Configuration } from './core.ts';

/** The smallest majority of `voters`: 1 of 1, 2 of 2, 2 of 3, 3 of 4, 3 of 5. */
export function quorumSize(voters: number): number {
  return Math.floor(voters / 2) + 1;
}

export function voterIds(configuration: Configuration): MemberId[] {
  return configuration.members.filter((member) => member.role === 'voter').map((member) => member.id);
}

/** True when the voters for which `has` holds are a majority of the configuration's voters. An empty configuration has no quorum. */
export function isQuorum(configuration: Configuration, has: (id: MemberId) => boolean): boolean {
  const voters = voterIds(configuration);
  if (voters.length === 0) return false;
  return voters.filter(has).length >= quorumSize(voters.length);
}

/** The highest value that a majority has reached, e.g. the commit index from match indexes (Raft paper §5.3). */
export function quorumValue(values: readonly number[]): number {
  assert(values.length > 0, 'a quorum value needs at least one voter');
  const descending = [...values].sort((left, right) => right - left);
  return descending[quorumSize(values.length) - 1] ?? 0;
}
