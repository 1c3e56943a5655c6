/** What must be true once nothing is asked any more and everything has healed: all members are whole, equal and idle. */
import type { Configuration, CoreStatus } from '../../src/consensus/core.ts';
import type { MemberId } from '../../src/shared/ids.ts';
import { hold } from '../support/raft-checker.ts';

/** A member of the committed configuration, as it is found at rest. */
export interface RestingMember {
  readonly id: MemberId;
  readonly name: string;
  /** Why it does not serve; null when it does. */
  readonly halt: string | null;
  /** Null when its process is down, or does not serve. */
  readonly status: CoreStatus | null;
  readonly appliedIndex: number;
  readonly stateHash: string;
  /** Commands taken in and not answered. */
  readonly openCalls: number;
}

/** @throws when one of them is not at rest, or not like the others */
export function checkRest(configuration: Configuration, wanted: number, members: readonly RestingMember[]): void {
  const voters = configuration.members.filter(({ role }) => role === 'voter').length;
  hold(
    configuration.members.length === wanted && voters === wanted,
    `at rest ${wanted} voters are wanted, and there are ${voters} of ${configuration.members.length} members`,
  );
  const leaders = members.filter(({ status }) => status?.role === 'leader');
  hold(leaders.length === 1, `at rest ${leaders.length} members lead`);
  for (const member of members) checkMember(member, leaders[0]);
}

function checkMember({ name, halt, status, ...member }: RestingMember, leader: RestingMember | undefined): void {
  hold(halt === null, `at rest ${name} is halted: ${halt ?? ''}`);
  hold(status !== null, `at rest ${name} does not serve`);
  hold(!status.healing, `at rest ${name} still lacks what a damaged disk lost`);
  const { term, lastIndex, commitIndex, durableIndex } = status;
  hold(
    commitIndex === lastIndex && durableIndex === lastIndex && member.appliedIndex === lastIndex,
    `at rest ${name} has ${lastIndex} entries, of which ${durableIndex} are durable, ${commitIndex} committed and ${member.appliedIndex} applied`,
  );
  hold(
    term === leader?.status?.term && lastIndex === leader.status.lastIndex && status.lastTerm === leader.status.lastTerm,
    `at rest ${name} ends at entry ${lastIndex} in term ${term}, and the leader at ${leader?.status?.lastIndex ?? 0}`,
  );
  hold(member.stateHash === leader.stateHash, `S15: at rest ${name} holds another state than the leader`);
  hold(status.uncommittedBytes === 0, `at rest ${name} counts ${status.uncommittedBytes} bytes as uncommitted`);
  hold(status.transferTarget === null, `at rest ${name} still hands over`);
  hold(member.openCalls === 0, `at rest ${name} owes ${member.openCalls} answers`);
}
