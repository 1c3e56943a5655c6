/**
 * Linearizable reads, answered by the member that was asked (thesis §6.4). On the leader all reads of a turn share one round that confirms
 * its term; any other member asks the leader for that round's index, waits until it has applied as much, and answers from its own state:
 * the data never travels twice.
 *
 * Reads wait in one line and are answered in the order in which they came (rule S14): an index that was asked for later is good for every
 * read before it as well. What was asked of a leader or in a term that is gone is asked again under a new number, and an answer to an old
 * number, or of an old term, is dropped (trap: reuse of a ReadIndex id).
 */
import type { Answer, CoreStatus, Member } from '../consensus/core.ts';
import type { CommandArguments } from '../keyspace/operation.ts';
import type { MemberId } from '../shared/ids.ts';
import { arrayReply, integerReply } from '../shared/reply.ts';
import type { Clock } from '../shared/clock.ts';
import type { ReadIndexAnswer, ReadIndexRequest } from '../wire/peer/frame.ts';
import type { OutcomeCallback } from './command-service.ts';
import { READ_INDEX_RETRY_MS, READ_TIMEOUT_MS } from './limits.ts';
import type { PeerAddress } from './ports.ts';
import type { Replica, TurnPart } from './replica.ts';
import type { RequestNumbers } from './request-numbers.ts';

export type ReadCall =
  | { readonly type: 'read'; readonly command: CommandArguments }
  | { readonly type: 'last-touches'; readonly keys: readonly Uint8Array[] };

interface Read {
  readonly call: ReadCall;
  readonly done: OutcomeCallback;
}

/** How far reads must see, and log time when that was found out. */
interface Confirmation {
  readonly index: number;
  readonly timeMs: number;
}

/** Whom the index was asked of; null on the leader, which asks a quorum. */
interface Question {
  readonly request: number;
  readonly leader: MemberId | null;
  readonly term: number;
  readonly askedAtMs: number;
}

/** The reads of one turn. */
interface ReadGroup {
  reads: Read[];
  readonly deadlineMs: number;
  question: Question | null;
  confirmation: Confirmation | null;
}

/** A follower that asked us, as leader, for an index. */
interface Asker {
  readonly to: PeerAddress;
  readonly request: number;
}

/** Log time moves on by an entry of the leader's, wherever it is asked for (rule S13). */
export type Tick = (done: OutcomeCallback) => void;

/** Followers' questions that may wait for one round; beyond it they are not confirmed, and asked again. */
export const ASKERS_MAX = 1024;

export class ReadPart implements TurnPart {
  readonly #replica: Replica;
  readonly #numbers: RequestNumbers;
  readonly #clock: Clock;
  readonly #tick: Tick;
  #arrived: Read[] = [];
  #line: ReadGroup[] = [];
  #askers: Asker[] = [];
  readonly #confirming = new Map<number, { readonly term: number; readonly askers: readonly Asker[] }>();
  #ticking = false;

  constructor(replica: Replica, numbers: RequestNumbers, clock: Clock, tick: Tick) {
    this.#replica = replica;
    this.#numbers = numbers;
    this.#clock = clock;
    this.#tick = tick;
  }

  read(call: ReadCall, done: OutcomeCallback): void {
    this.#arrived.push({ call, done });
    this.#replica.wake();
  }

  onIndexRequest(from: PeerAddress, { term, request }: ReadIndexRequest): void {
    const { role, term: ownTerm } = this.#replica.status;
    const asker = { to: from, request };
    if (role !== 'leader' || term !== ownTerm || this.#askers.length >= ASKERS_MAX) {
      this.#tell(asker, term, null);
      return;
    }
    this.#askers.push(asker);
    this.#replica.wake();
  }

  onIndexAnswer(from: MemberId, answer: ReadIndexAnswer): void {
    const isOfNow = answer.term === this.#replica.status.term;
    const position = this.#line.findIndex(({ question }) => question?.request === answer.request && question.leader === from);
    if (position === -1 || !isOfNow) return;
    if (answer.index === null) return;
    this.#confirm(position, { index: answer.index, timeMs: answer.timeMs });
    this.#replica.wake();
  }

  /** Questions to this member are lost, or their answers are. */
  onUnreachable(id: MemberId): void {
    this.#forget((question) => question.leader === id);
  }

  /** A few times a second. */
  expire(nowMs: number): void {
    this.#forget(({ leader, askedAtMs }) => leader !== null && nowMs - askedAtMs >= READ_INDEX_RETRY_MS);
    const isLate = (group: ReadGroup): boolean => nowMs >= group.deadlineMs;
    if (!this.#line.some(isLate)) return;
    const late = this.#line.filter(isLate);
    this.#line = this.#line.filter((group) => !isLate(group));
    for (const group of late) refuse(group.reads, 'no leader confirmed it in time');
  }

  propose(status: CoreStatus): void {
    const isLeader = status.role === 'leader';
    const arrived = this.#arrived;
    this.#arrived = [];
    this.#forget(({ leader, term }) => term !== status.term || leader !== (isLeader ? null : (status.leader?.id ?? null)));
    if (arrived.length > 0) {
      if (status.leader) this.#enqueue(arrived);
      else refuse(arrived, 'no leader is known to this member');
    }
    if (isLeader) this.#proposeAsLeader(status.term);
    else {
      for (const asker of this.#askers) this.#tell(asker, status.term, null);
      this.#askers = [];
      if (status.leader) this.#ask(status.leader, status.term);
    }
  }

  answered(answer: Answer): void {
    const round = this.#confirming.get(answer.request);
    if (!round) return;
    this.#confirming.delete(answer.request);
    const index = answer.type === 'read-ready' ? answer.index : null;
    for (const asker of round.askers) this.#tell(asker, round.term, index);
    const position = this.#line.findIndex(({ question }) => question?.request === answer.request && question.leader === null);
    if (position === -1) return;
    if (index !== null) this.#confirm(position, { index, timeMs: this.#replica.timeMs() });
    else this.#forget(({ request }) => request === answer.request);
  }

  /** Answers from the head of the line, as far as it is confirmed and applied. */
  settle(_status: CoreStatus, appliedIndex: number): void {
    while (!this.#ticking) {
      const [head] = this.#line;
      if (!head?.confirmation || head.confirmation.index > appliedIndex) return;
      const left = this.#answer(head.reads, Math.max(head.confirmation.timeMs, this.#replica.state.timeMs));
      head.reads = left;
      if (left.length > 0) this.#tickFor(head);
      else this.#line.shift();
    }
  }

  abandon(message: string): void {
    refuse(this.#arrived, message);
    this.#arrived = [];
    for (const { reads } of this.#line) refuse(reads, message);
    this.#line = [];
    this.#confirming.clear();
    this.#askers = [];
  }

  #enqueue(reads: Read[]): void {
    const deadlineMs = this.#clock.monotonicMs() + READ_TIMEOUT_MS;
    this.#line.push({ reads, deadlineMs, question: null, confirmation: null });
  }

  /** What is in flight is forgotten, and asked anew under another number. */
  #forget(which: (question: Question) => boolean): void {
    for (const group of this.#line) {
      if (group.question === null || group.confirmation !== null || !which(group.question)) continue;
      group.question = null;
      this.#replica.wake();
    }
  }

  /** The newest group that waits; its index will do for all before it. Null when nobody is left to ask for. */
  #unasked(): ReadGroup | null {
    return this.#line.findLast(isUnasked) ?? null;
  }

  #proposeAsLeader(term: number): void {
    const group = this.#unasked();
    if (!group && this.#askers.length === 0) return;
    const request = this.#numbers.next();
    this.#confirming.set(request, { term, askers: this.#askers });
    this.#askers = [];
    if (group) this.#asked(group, { request, leader: null, term, askedAtMs: this.#clock.monotonicMs() });
    this.#replica.step({ type: 'read', request });
  }

  #ask(leader: Member, term: number): void {
    const group = this.#unasked();
    if (!group) return;
    const request = this.#numbers.next();
    this.#asked(group, { request, leader: leader.id, term, askedAtMs: this.#clock.monotonicMs() });
    // When it cannot leave, or is lost, `expire` has it asked again.
    this.#replica.network.send(leader, 'control', { type: 'read-index-request', term, request });
  }

  /** Everything before the group that is still unasked rides along. */
  #asked(group: ReadGroup, question: Question): void {
    for (const each of this.#line) {
      if (isUnasked(each)) each.question = question;
      if (each === group) return;
    }
  }

  /** An index found out later is good for all that came earlier. Groups that share a question share its answer. */
  #confirm(position: number, confirmation: Confirmation): void {
    const request = this.#line[position]?.question?.request;
    this.#line.forEach((group, at) => {
      if (at <= position || group.question?.request === request) group.confirmation ??= confirmation;
    });
  }

  #tell({ to, request }: Asker, term: number, index: number | null): void {
    const timeMs = this.#replica.timeMs();
    this.#replica.network.send(to, 'control', { type: 'read-index-answer', term, request, index, timeMs });
  }

  /** Answers in order; what is left begins with a read that needs log time to move on first. */
  #answer(reads: readonly Read[], nowMs: number): Read[] {
    const { state } = this.#replica;
    for (const [position, { call, done }] of reads.entries()) {
      if (call.type === 'last-touches') {
        done({ type: 'replied', reply: arrayReply(call.keys.map((key) => integerReply(state.lastTouch(key)))) });
      } else if (state.mustTickFirst(call.command, nowMs)) return reads.slice(position);
      else done({ type: 'replied', reply: state.read(call.command, nowMs) });
    }
    return [];
  }

  /** Rule S13: a key past its deadline goes for good, by an entry, before anyone is told that it is gone. */
  #tickFor(head: ReadGroup): void {
    this.#ticking = true;
    this.#tick((outcome) => {
      this.#ticking = false;
      // The entry is applied on the leader; here it is once we have caught up with an index that is asked for now.
      const isHere = outcome.type === 'replied' && this.#replica.status.role === 'leader';
      if (!isHere) {
        head.confirmation = null;
        head.question = null;
      }
      this.#replica.wake();
    });
  }
}

function isUnasked(group: ReadGroup): boolean {
  return group.confirmation === null && group.question === null;
}

/** A read changes nothing, so that whatever became of it, it is safe to try again. */
function refuse(reads: readonly Read[], message: string): void {
  for (const { done } of reads) done({ type: 'refused', code: 'NOLEADER', message });
}
