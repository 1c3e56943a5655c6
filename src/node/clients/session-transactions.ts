/**
 * MULTI, EXEC, DISCARD, WATCH and UNWATCH of one session. A transaction is one operation with the index of each watched key's last touch,
 * so that the log decides whether something came between (rule S14); whatever is in doubt aborts.
 */
import { commandBytes } from '../../keyspace/command-table.ts';
import type { WatchedKey } from '../../keyspace/operation.ts';
import { assert } from '../../shared/assert.ts';
import { NULL_ARRAY, OK } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';
import type { CommandService, Outcome, OutcomeCallback } from '../command-service.ts';
import type { ClientState } from './client-state.ts';
import { notServing, outcomeReply } from './outcome-reply.ts';
import {
  ABORTED,
  DISCARD_WITHOUT_MULTI,
  EXEC_WITHOUT_MULTI,
  NESTED_MULTI,
  QUEUED,
  TRANSACTION_FULL,
  WATCH_FULL,
  WATCH_INSIDE_MULTI,
} from './session-replies.ts';
import { Transaction, WatchSet } from './transaction.ts';

/** What the session offers: answers and calls that keep the order of the connection's commands. */
export interface OrderedCalls {
  answer(reply: Reply): void;
  inOrder(phase: 'read' | 'write', bytes: number, begin: () => void): void;
  /** The callback to pass to the service; `reply` says how its outcome is answered. */
  begin(phase: 'read' | 'write', bytes: number, reply: (outcome: Outcome) => Reply): OutcomeCallback;
}

export class SessionTransactions {
  readonly #client: ClientState;
  readonly #service: CommandService;
  readonly #calls: OrderedCalls;
  readonly #watches = new WatchSet();
  #transaction: Transaction | null = null;

  constructor(client: ClientState, service: CommandService, calls: OrderedCalls) {
    this.#client = client;
    this.#service = service;
    this.#calls = calls;
  }

  /** Between MULTI and EXEC. */
  get isOpen(): boolean {
    return this.#transaction !== null;
  }

  /** A command was refused: the transaction being queued, if any, will not be carried out. */
  abort(): void {
    if (this.#transaction) this.#transaction.aborted = true;
  }

  /** Whatever ends a transaction, the watches end with it. */
  leave(): void {
    this.#transaction = null;
    this.#client.queuedCommands = -1;
    this.#forgetWatches();
  }

  multi(): void {
    if (this.#transaction) {
      this.#calls.answer(NESTED_MULTI);
      return;
    }
    this.#transaction = new Transaction();
    this.#client.queuedCommands = 0;
    this.#calls.answer(OK);
  }

  queueData(words: readonly Buffer[]): void {
    this.#queue((transaction) => transaction.queueData(words));
  }

  /** `run` answers at EXEC, once the data commands have taken effect. */
  queueLocal(run: () => Reply, words: readonly Buffer[]): void {
    this.#queue((transaction) => transaction.queueLocal(run, words));
  }

  discard(): void {
    if (!this.#transaction) {
      this.#calls.answer(DISCARD_WITHOUT_MULTI);
      return;
    }
    this.leave();
    this.#calls.answer(OK);
  }

  unwatch(words: readonly Buffer[]): void {
    if (this.#transaction) {
      this.queueLocal(() => OK, words);
      return;
    }
    this.#forgetWatches();
    this.#calls.answer(OK);
  }

  watch(keys: readonly Buffer[], isOpen: boolean): void {
    if (this.#transaction) this.#calls.answer(WATCH_INSIDE_MULTI);
    else if (!isOpen) this.#doubt(notServing(this.#service.halt()));
    else if (!this.#watches.hasRoom(keys)) this.#doubt(WATCH_FULL);
    else this.#calls.inOrder('read', commandBytes(keys), () => this.#lookAt(keys));
  }

  /** Behind the reads that came before, WATCH among them: only then is known what was watched. */
  exec(): void {
    const transaction = this.#transaction;
    if (!transaction) this.#calls.answer(EXEC_WITHOUT_MULTI);
    else if (transaction.aborted) {
      this.leave();
      this.#calls.answer(ABORTED);
    } else {
      let bytes = 0;
      for (const command of transaction.commands) bytes += commandBytes(command);
      this.#calls.inOrder('write', bytes, () => this.#commit(transaction, bytes));
    }
  }

  #queue(take: (transaction: Transaction) => boolean): void {
    const transaction = this.#transaction;
    assert(transaction !== null, 'commands are queued between MULTI and EXEC');
    if (take(transaction)) {
      this.#client.queuedCommands = transaction.length;
      this.#calls.answer(QUEUED);
    } else {
      transaction.aborted = true;
      this.#calls.answer(TRANSACTION_FULL);
    }
  }

  #forgetWatches(): void {
    this.#watches.clear();
    this.#client.watchedKeys = 0;
  }

  #doubt(reply: Reply): void {
    this.#watches.inDoubt = true;
    this.#calls.answer(reply);
  }

  #lookAt(keys: readonly Buffer[]): void {
    const { era } = this.#watches;
    const reply = (outcome: Outcome): Reply => this.#watched(keys, era, outcome);
    this.#service.lastTouches(keys, this.#calls.begin('read', commandBytes(keys), reply));
  }

  #watched(keys: readonly Buffer[], era: number, outcome: Outcome): Reply {
    const isForgotten = era !== this.#watches.era;
    const touches = outcome.type === 'replied' && outcome.reply.type === 'array' ? outcome.reply.items : null;
    if (touches === null) {
      if (!isForgotten) this.#watches.inDoubt = true;
      return outcomeReply(outcome);
    }
    if (isForgotten) return OK;
    for (const [position, key] of keys.entries()) {
      const touch = touches[position];
      assert(touch?.type === 'integer', 'the last touch of a key is an integer');
      this.#watches.add(key, Number(touch.value));
    }
    this.#client.watchedKeys = this.#watches.size;
    return OK;
  }

  #commit(transaction: Transaction, bytes: number): void {
    const { watches, inDoubt } = this.#watches;
    const { commands } = transaction;
    this.leave();
    if (inDoubt) this.#calls.answer(NULL_ARRAY);
    else if (commands.length === 0 && watches.length === 0) this.#calls.answer(transaction.merge([]));
    else this.#submit(transaction, watches, bytes);
  }

  #submit(transaction: Transaction, watches: readonly WatchedKey[], bytes: number): void {
    const done = this.#calls.begin('write', bytes, (outcome) => {
      if (outcome.type !== 'replied' || outcome.reply.type !== 'array') return outcomeReply(outcome);
      return transaction.merge(outcome.reply.items);
    });
    this.#service.write({ type: 'transaction', watches, commands: transaction.commands }, done);
  }
}
