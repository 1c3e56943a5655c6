/**
 * Rule S3: a member that hears no leader asks the others whether it still is one of them. Only a leader that has just confirmed its term
 * answers, from its committed configuration; with silence the member waits, and formats nothing. Those it knows may all have been replaced
 * while it was away, and a learner that was removed early knows nobody: so the operator introduces it to the leader, who tells it.
 */
import { findMember, wasRemoved } from '../consensus/configuration.ts';
import type { MemberId } from '../shared/ids.ts';
import type { MembershipAnswer } from '../wire/peer/frame.ts';
import type { AdminPart } from './admin-part.ts';
import type { PeerAddress } from './ports.ts';
import type { Replica } from './replica.ts';

/** A member that heard a leader more recently has no reason to ask. */
export const LEADERLESS_MS_MIN = 2000;

export class MembershipWatch {
  readonly #replica: Replica;
  readonly #admin: AdminPart;
  readonly #removed: (id: MemberId, removedAt: number) => void;
  #introduced: PeerAddress | null = null;

  constructor(replica: Replica, admin: AdminPart, removed: (id: MemberId, removedAt: number) => void) {
    this.#replica = replica;
    this.#admin = admin;
    this.#removed = removed;
  }

  /** `leader`: of this cluster, by the word of somebody who knows the admin token. It is asked like those that this member knows itself. */
  introduce(leader: PeerAddress): void {
    this.#introduced = leader;
  }

  /** Once a second. */
  check(leaderlessMs: number): void {
    const { id, configuration } = this.#replica.status;
    const isMember = findMember(configuration, id) !== null;
    if (leaderlessMs < LEADERLESS_MS_MIN && isMember) return;
    const introduced = this.#introduced;
    const peers: PeerAddress[] = [...configuration.members];
    if (introduced && !findMember(configuration, introduced.id)) peers.push(introduced);
    for (const peer of peers) {
      if (peer.id !== id) this.#replica.network.send(peer, 'control', { type: 'membership-query' });
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
    if (answer.removedAt > 0) this.#removed(answer.about, answer.removedAt);
  }
}
