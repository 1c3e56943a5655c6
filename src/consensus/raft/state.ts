/**
 * The whole state of one Raft member, and the effects of the step in progress. The files beside this one are its verbs: each owns a part
 * of the protocol and acts on this record; `raft.ts` decides in which order they run.
 */
import { assert } from '../../shared/assert.ts';
import type { MemberId } from '../../shared/ids.ts';
import type { Random } from '../../shared/random.ts';
import { findMember } from '../configuration.ts';
import type {
  Answer,
  Configuration,
  DurableState,
  Effects,
  Entry,
  EntryKind,
  Envelope,
  HardState,
  LogBase,
  Member,
  Persist,
  RefusalReason,
  Role,
  SnapshotToSend,
} from '../core.ts';
import { entryBytes, RaftLog } from './log.ts';
import type { RaftMessage } from './messages.ts';
import type { RaftOptions } from './options.ts';
import { PersistLedger } from './persist-ledger.ts';
import type { PeerProgress } from './progress.ts';

/** One round of heartbeats that confirms leadership for all the reads that joined it (thesis §6.4). */
export interface ReadRound {
  readonly context: number;
  /** The commit index when the round began: what the reads must see. */
  readonly index: number;
  readonly requests: readonly number[];
}

/** What only a leader has; dropped as a whole with the seat. */
export interface Leadership {
  /** Everybody else in the configuration, and members on their way out of it. */
  readonly progress: Map<MemberId, PeerProgress>;
  /** The no-op of this term: once it is committed, so is everything before it (Raft paper §8). */
  readonly noopIndex: number;
  readonly since: number;
  heartbeatElapsed: number;
  /** Ticks with uncommitted work since something was last committed (rule S18). */
  stalledTicks: number;
  uncommittedBytes: number;
  /** Reads that wait for the next round. */
  waitingReads: number[];
  readRound: ReadRound | null;
}

/** A transfer of leadership under way. It outlives the seat, because only the next leader shows how it ended. */
export interface Handover {
  /** Null when a stuck leader gives up its seat by itself (rule S18). */
  readonly request: number | null;
  readonly target: Member;
  /** The caller left the choice to us: then any other leader will do. */
  readonly anyone: boolean;
  ticksLeft: number;
  ordered: boolean;
}

export class RaftState {
  readonly options: RaftOptions;
  readonly random: Random;
  readonly log: RaftLog;
  /** Of no entry above this term was one lost by a damaged disk; null when none was. */
  readonly #lostThroughTerm: number | null;
  readonly ledger: PersistLedger;
  hardState: HardState;
  role: Role = 'follower';
  leader: Member | null = null;
  leadership: Leadership | null = null;
  handover: Handover | null = null;
  commitIndex: number;
  /** Ticks since the start. */
  now = 0;
  electionElapsed = 0;
  electionTimeout = 0;
  /** Until this tick, pre-votes are asked again soon: the leader is said to be gone, and not all may have heard yet. */
  hurryUntil = 0;
  /** In a campaign: who answered, and how. */
  readonly votes = new Map<MemberId, boolean>();
  /** The newest round of reads: counts up for as long as the process lives, so that no id is used twice (trap: ReadIndex id reuse). */
  readContext = 0;
  /** `committed` was emitted through here. */
  #emittedIndex: number;
  #messages: Envelope<RaftMessage>[] = [];
  #messagesAfterPersist: Envelope<RaftMessage>[] = [];
  #answers: Answer[] = [];
  #snapshotsToSend: SnapshotToSend[] = [];
  #install: LogBase | null = null;
  #truncateFrom: number | null = null;
  #appended: Entry[] = [];

  constructor(options: RaftOptions, durable: DurableState, random: Random) {
    this.options = options;
    this.random = random;
    this.log = new RaftLog(durable.base, durable.entries);
    assert(durable.hardState.term >= this.log.lastTerm, 'a term is durable before any entry of it');
    this.hardState = durable.hardState;
    this.#lostThroughTerm = durable.lostThroughTerm ?? null;
    assert(
      this.#lostThroughTerm === null || this.#lostThroughTerm < durable.hardState.term,
      'who lost entries has left the term in which a leader may still count them',
    );
    this.ledger = new PersistLedger(durable.hardState, this.log.lastIndex);
    this.commitIndex = durable.base.index;
    this.#emittedIndex = durable.base.index;
    this.resetElectionTimer();
  }

  get term(): number {
    return this.hardState.term;
  }

  /**
   * Entries that we may have acknowledged are missing (rule S11). A leader of a later term has everything that was committed before it
   * (§5.4, leader completeness); once our log ends in one of its entries, it equals the leader's up to there (§5.3, log matching).
   */
  get isHealing(): boolean {
    return this.#lostThroughTerm !== null && this.log.lastTerm <= this.#lostThroughTerm;
  }

  /** The latest configuration, committed or not: the one that counts inside the log (rule S1). */
  get configuration(): Configuration {
    return this.log.configuration;
  }

  get self(): Member {
    const { id, name } = this.options;
    return findMember(this.configuration, id) ?? { id, name, role: 'learner' };
  }

  get othersInConfiguration(): Member[] {
    return this.configuration.members.filter((member) => member.id !== this.options.id);
  }

  get otherVoters(): Member[] {
    return this.othersInConfiguration.filter((member) => member.role === 'voter');
  }

  resetElectionTimer(): void {
    this.electionElapsed = 0;
    this.electionTimeout = this.options.electionTicks + this.random.below(this.options.electionTicks);
  }

  /** May leave at once. */
  send(to: Member, message: RaftMessage): void {
    this.#messages.push({ to, message });
  }

  /** Promises something, and so leaves only when what it promises is on disk (rule S10). */
  sendAfterPersist(to: Member, message: RaftMessage): void {
    this.#messagesAfterPersist.push({ to, message });
  }

  answer(answer: Answer): void {
    this.#answers.push(answer);
  }

  refuse(request: number, reason: RefusalReason): void {
    this.answer({ type: 'refused', request, reason, leader: this.leader });
  }

  requestSnapshot(to: Member): void {
    this.#snapshotsToSend.push({ to, term: this.term });
  }

  /** Appends an entry of our own term, as leader. */
  appendOwn(leadership: Leadership, kind: EntryKind, payload: Uint8Array): Entry {
    const entry: Entry = { index: this.log.lastIndex + 1, term: this.term, kind, payload };
    this.append([entry]);
    leadership.uncommittedBytes += entryBytes(entry);
    return entry;
  }

  append(entries: readonly Entry[]): void {
    this.log.append(entries);
    for (const entry of entries) this.#appended.push(entry);
  }

  truncateFrom(index: number): void {
    assert(index > this.commitIndex, 'a committed entry is never cut (Raft paper §5.4, state machine safety)');
    assert(this.#appended.length === 0, 'what was appended in a step is not cut in the same step');
    this.log.truncateFrom(index);
    this.ledger.cutAfter(index - 1);
    this.#truncateFrom = index;
  }

  commitThrough(index: number): void {
    assert(index >= this.commitIndex, 'the commit index never falls');
    assert(index <= this.log.lastIndex, 'only entries that the log holds can be committed');
    this.commitIndex = index;
  }

  /** A snapshot takes the place of the log; what was committed before is part of it. */
  install(base: LogBase): void {
    assert(base.index > this.commitIndex, 'a snapshot never takes applied state back');
    this.ledger.cutAfter(this.commitIndex);
    this.log.restore(base);
    this.commitIndex = base.index;
    this.#emittedIndex = base.index;
    this.#install = base;
  }

  /** Ends the step: what it did, as data. */
  takeEffects(): Effects<RaftMessage> {
    const persist = this.#takePersist();
    const committed = this.commitIndex > this.#emittedIndex ? this.log.slice(this.#emittedIndex + 1, this.commitIndex) : [];
    this.#emittedIndex = this.commitIndex;
    const mayLeave = this.#messages;
    const mustWait = this.#messagesAfterPersist;
    // Nobody hears of our term before our disk has it: after a crash we would deny what peers remember of us (rules S10, S12).
    const termIsDurable = this.ledger.durableHardState.term === this.term;
    const effects: Effects<RaftMessage> = {
      persist,
      messages: termIsDurable ? mayLeave : [],
      messagesAfterPersist: termIsDurable ? mustWait : [...mayLeave, ...mustWait],
      committed,
      answers: this.#answers,
      snapshotsToSend: this.#snapshotsToSend,
      install: this.#install,
    };
    this.#messages = [];
    this.#messagesAfterPersist = [];
    this.#answers = [];
    this.#snapshotsToSend = [];
    this.#install = null;
    return effects;
  }

  #takePersist(): Persist | null {
    const entries = this.#appended;
    const truncateFrom = this.#truncateFrom;
    const base = this.#install;
    const { term, vote } = this.ledger.newestHardState;
    const hardStateIsNew = term !== this.hardState.term || vote !== this.hardState.vote;
    if (!hardStateIsNew && entries.length === 0 && truncateFrom === null && base === null) return null;
    this.#appended = [];
    this.#truncateFrom = null;
    const sequence = this.ledger.issue(this.hardState, this.log.lastIndex);
    return { sequence, hardState: this.hardState, base, truncateFrom, entries };
  }
}
