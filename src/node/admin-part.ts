/** What the operator asks of a leader, in the turn of the loop: changes of the configuration, hand-overs, confirmation of leadership. */
import type { Answer, ConfigurationChange, CoreStatus, Entry, Event, LogBase, RefusalReason } from '../consensus/core.ts';
import type { RaftMessage } from '../consensus/raft/messages.ts';
import type { MemberId } from '../shared/ids.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { Replica, TurnPart } from './replica.ts';
import type { RequestNumbers } from './request-numbers.ts';

/** `unknown`: leadership was lost, or the node stopped, before the outcome was seen. */
export type AdminRefusalReason = RefusalReason | 'unknown';

type Settle<Value> = (result: Result<Value, AdminRefusalReason>) => void;

/** Admin requests that may be open at once; beyond it they are refused as busy. */
export const ADMIN_REQUESTS_MAX = 64;

export class AdminPart implements TurnPart {
  readonly #replica: Replica;
  readonly #numbers: RequestNumbers;
  #waiting: Event<RaftMessage>[] = [];
  readonly #changes = new Map<number, Settle<number>>();
  readonly #transfers = new Map<number, Settle<null>>();
  readonly #confirmations = new Map<number, (confirmed: boolean) => void>();
  #appended: { readonly index: number; readonly term: number; readonly settle: Settle<number> }[] = [];

  constructor(replica: Replica, numbers: RequestNumbers) {
    this.#replica = replica;
    this.#numbers = numbers;
  }

  /** Resolves with the index of the configuration once it is committed (rule S1). */
  async changeConfiguration(change: ConfigurationChange, expectedIndex: number): Promise<Result<number, AdminRefusalReason>> {
    if (this.#isFull) return refuse('busy');
    const request = this.#numbers.next();
    return new Promise((settle) => {
      this.#changes.set(request, settle);
      this.#ask({ type: 'change-configuration', request, change, expectedIndex });
    });
  }

  async transferLeadership(to: MemberId | null): Promise<Result<null, AdminRefusalReason>> {
    if (this.#isFull) return refuse('busy');
    const request = this.#numbers.next();
    return new Promise((settle) => {
      this.#transfers.set(request, settle);
      this.#ask({ type: 'transfer-leadership', request, to });
    });
  }

  /** True once a quorum confirmed, after this call, that this member leads; false when it does not. */
  async confirmLeadership(): Promise<boolean> {
    if (this.#isFull || this.#replica.status.role !== 'leader') return false;
    const request = this.#numbers.next();
    return new Promise((settle) => {
      this.#confirmations.set(request, settle);
      this.#ask({ type: 'read', request });
    });
  }

  get #isFull(): boolean {
    return this.#replica.isStopped || this.#changes.size + this.#transfers.size + this.#confirmations.size >= ADMIN_REQUESTS_MAX;
  }

  #ask(event: Event<RaftMessage>): void {
    this.#waiting.push(event);
    this.#replica.wake();
  }

  propose(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const event of waiting) this.#replica.step(event);
  }

  answered(answer: Answer): void {
    const { request } = answer;
    switch (answer.type) {
      case 'configuration-appended': {
        const settle = take(this.#changes, request);
        if (settle) this.#appended.push({ index: answer.index, term: answer.term, settle });
        return;
      }
      case 'transferred':
        take(this.#transfers, request)?.(succeed(null));
        return;
      case 'read-ready':
        take(this.#confirmations, request)?.(true);
        return;
      case 'refused':
        take(this.#changes, request)?.(refuse(answer.reason));
        take(this.#transfers, request)?.(refuse(answer.reason));
        take(this.#confirmations, request)?.(false);
        return;
      case 'proposed':
        return;
    }
  }

  applied(entry: Entry): void {
    const due = this.#appended.filter(({ index }) => index === entry.index);
    if (due.length === 0) return;
    this.#appended = this.#appended.filter(({ index }) => index !== entry.index);
    for (const { term, settle, index } of due) settle(term === entry.term ? succeed(index) : refuse('not-leader'));
  }

  installed(base: LogBase): void {
    const due = this.#appended.filter(({ index }) => index <= base.index);
    this.#appended = this.#appended.filter(({ index }) => index > base.index);
    for (const { settle } of due) settle(refuse('unknown'));
  }

  settle(status: CoreStatus): void {
    if (status.role === 'leader') return;
    for (const confirm of this.#confirmations.values()) confirm(false);
    this.#confirmations.clear();
  }

  /** The node stops: nobody waits for ever. */
  abandon(): void {
    this.#waiting = [];
    for (const { settle } of this.#appended) settle(refuse('unknown'));
    for (const settle of this.#changes.values()) settle(refuse('unknown'));
    for (const settle of this.#transfers.values()) settle(refuse('unknown'));
    for (const confirm of this.#confirmations.values()) confirm(false);
    this.#appended = [];
    this.#changes.clear();
    this.#transfers.clear();
    this.#confirmations.clear();
  }
}

function take<Value>(map: Map<number, Value>, request: number): Value | undefined {
  const value = map.get(request);
  map.delete(request);
  return value;
}
