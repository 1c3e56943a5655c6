/**
 * Rule S3: a member that hears no leader asks the others whether it still is one of them. Only a leader that has just confirmed its term
 * answers, from its committed configuration; with silence the member waits, and formats nothing.
 */
import { findMember, wasRemoved } from '../consensus/configuration.ts';
import type { MembershipAnswer } from '../wire/peer/frame.ts';
import type { AdminPart } from './admin-part.ts';
import type { PeerAddress } from './ports.ts';
import type { Replica } from './replica.ts';

/** A member that heard a leader more recently has no reason to ask. */
export const LEADERLESS_MS_MIN = 2000;

export class MembershipWatch {
  readonly #replica: Replica;
  readonly #admin: AdminPart;
  readonly #removed: (removedAt: number) => void;

  constructor(replica: Replica, admin: AdminPart, removed: (removedAt: number) => void) {
    this.#replica = replica;
    this.#admin = admin;
    this.#removed = removed;
  }

  /** Once a second. */
  check(leaderlessMs: number): void {
    const { id, configuration } = this.#replica.status;
    const isMember = findMember(configuration, id) !== null;
    if (leaderlessMs < LEADERLESS_MS_MIN && isMember) return;
    for (const member of configuration.members) {
      if (member.id !== id) this.#replica.network.send(member, 'control', { type: 'membership-query' });
    }
  }

  async answer(to: PeerAddress): Promise<void> {
    if (!(await this.#admin.confirmLeadership())) return;
    const { committedConfiguration } = this.#replica.status;
    const removal = wasRemoved(committedConfiguration, to.id);
    if (findMember(committedConfiguration, to.id)) this.#send(to, 'member', 0);
    else if (removal) this.#send(to, 'removed', removal.index);
  }

  #send(to: PeerAddress, standing: MembershipAnswer['standing'], removedAt: number): void {
    this.#replica.network.send(to, 'control', { type: 'membership-answer', about: to.id, standing, removedAt });
  }

  onAnswer(answer: MembershipAnswer): void {
    if (answer.about !== this.#replica.status.id || answer.standing !== 'removed') return;
    // A later start under this id would have been told by its own log; an older answer about an older life names another id.
    if (answer.removedAt > 0) this.#removed(answer.removedAt);
  }
}
