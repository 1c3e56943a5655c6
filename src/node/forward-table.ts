/** The follower's side of forwarding: what was passed on to which leader, and what becomes of it when that leader is gone. */
import type { MemberId } from '../shared/ids.ts';
import type { Outcome, OutcomeCallback } from './command-service.ts';
import type { Operation } from '../keyspace/operation.ts';
import type { ForwardedRequest } from './forwarding.ts';
import { FORWARD_TIMEOUT_MS } from './limits.ts';
import type { RequestNumbers } from './request-numbers.ts';

interface Forwarded {
  readonly leader: MemberId;
  readonly term: number;
  readonly deadlineMs: number;
  readonly done: OutcomeCallback;
}

export class ForwardTable {
  readonly #capacity: number;
  readonly #open = new Map<number, Forwarded>();
  readonly #numbers: RequestNumbers;

  constructor(capacity: number, numbers: RequestNumbers) {
    this.#capacity = capacity;
    this.#numbers = numbers;
  }

  get isFull(): boolean {
    return this.#open.size >= this.#capacity;
  }

  begin(operation: Operation, leader: MemberId, term: number, nowMs: number, done: OutcomeCallback): ForwardedRequest {
    const request = this.#numbers.next();
    const deadlineMs = nowMs + FORWARD_TIMEOUT_MS;
    this.#open.set(request, { leader, term, deadlineMs, done });
    return { request, operation };
  }

  /** The frame never left: nothing was done. */
  notSent(request: number): void {
    this.#finish(request, { type: 'refused', code: 'NOLEADER', message: 'the leader cannot be reached from this member' });
  }

  answered(from: MemberId, request: number, outcome: Outcome): void {
    if (this.#open.get(request)?.leader === from) this.#finish(request, outcome);
  }

  /** The connection to this member broke: what it did with the requests is not known. */
  unreachable(leader: MemberId): void {
    this.#giveUp((forwarded) => forwarded.leader === leader, 'the connection to the leader broke before it answered');
  }

  /** A leader that lost its seat still answers what it took in; what it never answers ends here. */
  expire(nowMs: number): void {
    this.#giveUp((forwarded) => nowMs >= forwarded.deadlineMs, 'the leader did not answer in time');
  }

  abandon(message: string): void {
    this.#giveUp(() => true, message);
  }

  #giveUp(which: (forwarded: Forwarded) => boolean, message: string): void {
    for (const [request, forwarded] of [...this.#open]) {
      if (!which(forwarded)) continue;
      this.#finish(request, { type: 'unknown', message });
    }
  }

  #finish(request: number, outcome: Outcome): void {
    const forwarded = this.#open.get(request);
    if (!forwarded) return;
    this.#open.delete(request);
    forwarded.done(outcome);
  }
}
