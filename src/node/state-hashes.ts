/**
 * Rule S15: members that applied the same entries hold the same state, or something is broken that no protocol can mend. Each tells the others
 * the hash of its state at every STATE_HASH_INTERVAL-th index. A member that differs from a majority of the voters is wrong, and must stop
 * serving; where no majority agrees nobody knows who is right, and people are told.
 */
import type { CoreStatus, Entry } from '../consensus/core.ts';
import { quorumSize, voterIds } from '../consensus/quorum.ts';
import type { MemberId } from '../shared/ids.ts';
import type { StateHashReport } from '../wire/peer/frame.ts';
import type { PeerAddress } from './ports.ts';
import type { Replica, TurnPart } from './replica.ts';

export const STATE_HASH_INTERVAL = 256;
/** Indexes of which reports are kept: the newest. */
export const REPORTED_INDEXES_MAX = 16;

interface Report {
  readonly featureLevel: number;
  readonly hash: string;
}

/** What the members said of one index; `verdict` is about this member. */
export interface Divergence {
  readonly index: number;
  readonly featureLevel: number;
  readonly verdict: 'minority' | 'undecided';
  readonly hashes: readonly { readonly id: MemberId; readonly hash: string }[];
}

export interface StateHashEvents {
  /** Called at most once for each verdict. */
  readonly diverged: (divergence: Divergence) => void;
  /** Another member differs from the majority that this one is part of: it will find out by itself. */
  readonly otherDiffers: (id: MemberId, index: number) => void;
}

export class StateHashes implements TurnPart {
  readonly #replica: Replica;
  readonly #events: StateHashEvents;
  readonly #interval: number;
  readonly #reports = new Map<number, Map<MemberId, Report>>();
  readonly #told = new Set<string>();

  constructor(replica: Replica, events: StateHashEvents, interval = STATE_HASH_INTERVAL) {
    this.#replica = replica;
    this.#events = events;
    this.#interval = interval;
  }

  applied({ index }: Entry): void {
    if (index % this.#interval !== 0) return;
    const { state, status, network } = this.#replica;
    const report = { featureLevel: state.featureLevel, hash: state.stateHash };
    for (const member of status.configuration.members) {
      if (member.id !== status.id) network.send(member, 'control', { type: 'state-hash', index, ...report });
    }
    this.#note(status.id, index, report);
  }

  onReport(from: PeerAddress, { index, featureLevel, hash }: StateHashReport): void {
    if (index % this.#interval === 0) this.#note(from.id, index, { featureLevel, hash });
  }

  #note(id: MemberId, index: number, report: Report): void {
    const reports = this.#reports.get(index) ?? new Map<MemberId, Report>();
    reports.set(id, report);
    this.#reports.set(index, reports);
    this.#judge(this.#replica.status, index, reports);
    if (this.#reports.size > REPORTED_INDEXES_MAX) this.#reports.delete(Math.min(...this.#reports.keys()));
  }

  #judge(status: CoreStatus, index: number, reports: ReadonlyMap<MemberId, Report>): void {
    const own = reports.get(status.id);
    if (!own) return;
    const voters = voterIds(status.committedConfiguration);
    // Between feature levels nothing is compared: what one adds to the state the other does not know.
    const comparable = [...reports].filter(([, { featureLevel }]) => featureLevel === own.featureLevel);
    const differing = comparable.filter(([, { hash }]) => hash !== own.hash).map(([id]) => id);
    if (differing.length === 0) return;
    const votes = new Map<string, number>();
    for (const [id, { hash }] of comparable) if (voters.includes(id)) votes.set(hash, (votes.get(hash) ?? 0) + 1);
    const isMajority = (hash: string): boolean => (votes.get(hash) ?? 0) >= quorumSize(voters.length);
    const hashes = comparable.map(([id, { hash }]) => ({ id, hash }));
    const tell = (verdict: Divergence['verdict']): void =>
      this.#once(verdict, () => this.#events.diverged({ index, featureLevel: own.featureLevel, verdict, hashes }));
    if (isMajority(own.hash)) {
      for (const id of differing) this.#once(`${id} at ${index}`, () => this.#events.otherDiffers(id, index));
    } else if ([...votes.keys()].some(isMajority)) tell('minority');
    else if (voters.every((id) => reports.has(id))) tell('undecided');
  }

  #once(what: string, act: () => void): void {
    if (this.#told.has(what)) return;
    if (this.#told.size < REPORTED_INDEXES_MAX) this.#told.add(what);
    act();
  }
}

/** For status, logs and the evidence on disk. */
export function describeDivergence({ index, featureLevel, verdict, hashes }: Divergence): string {
  const said = hashes.map(({ id, hash }) => `${id}: ${hash}`).join(', ');
  const meaning =
    verdict === 'minority' ? 'a majority of the voters holds another state than this member' : 'no majority of the voters agrees';
  return `at entry ${index}, feature level ${featureLevel}, ${meaning} (${said})`;
}
