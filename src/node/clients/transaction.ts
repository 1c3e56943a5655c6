/** What a session holds between MULTI and EXEC, and what WATCH has looked at (rule S14). */
import { commandBytes } from '../../keyspace/command-table.ts';
import { TRANSACTION_BYTES_MAX } from '../../keyspace/limits.ts';
import type { CommandArguments, WatchedKey } from '../../keyspace/operation.ts';
import { assert } from '../../shared/assert.ts';
import { arrayReply } from '../../shared/reply.ts';
import type { Reply } from '../../shared/reply.ts';

/** More are refused, and EXEC then aborts. */
export const QUEUED_COMMANDS_MAX = 65_536;
export const WATCHED_KEYS_MAX = 65_536;
export const WATCHED_BYTES_MAX = 1024 * 1024;

type Queued =
  | { readonly type: 'data'; readonly words: CommandArguments }
  /** Answered by the session itself, once the others have taken effect. */
  | { readonly type: 'local'; readonly run: () => Reply };

export class Transaction {
  readonly #queued: Queued[] = [];
  #bytes = 0;
  /** A command was refused while it was queued, so that EXEC must not carry out the rest. */
  aborted = false;

  get length(): number {
    return this.#queued.length;
  }

  /** The data commands, in order. */
  get commands(): readonly CommandArguments[] {
    return this.#queued.flatMap((queued) => (queued.type === 'data' ? [queued.words] : []));
  }

  /** False when there is no room; the command was not taken. */
  queueData(words: CommandArguments): boolean {
    return this.#queue({ type: 'data', words }, commandBytes(words));
  }

  /** False when there is no room; the command was not taken. */
  queueLocal(run: () => Reply, words: CommandArguments): boolean {
    return this.#queue({ type: 'local', run }, commandBytes(words));
  }

  /** EXEC's reply: those of the data commands where they were queued, and the session's own between them. */
  merge(dataReplies: readonly Reply[]): Reply {
    let next = 0;
    const replies = this.#queued.map((queued) => {
      if (queued.type === 'local') return queued.run();
      const reply = dataReplies[next];
      next += 1;
      assert(reply !== undefined, 'a transaction that took effect has a reply for each of its commands');
      return reply;
    });
    assert(next === dataReplies.length, 'a transaction has no reply beyond those of its commands');
    return arrayReply(replies);
  }

  #queue(queued: Queued, bytes: number): boolean {
    if (this.#queued.length >= QUEUED_COMMANDS_MAX || this.#bytes + bytes > TRANSACTION_BYTES_MAX) return false;
    this.#bytes += bytes;
    this.#queued.push(queued);
    return true;
  }
}

/** Keys and the index of their last touch, as first seen: a later WATCH of the same key must not forget an earlier look. */
export class WatchSet {
  #keys = new Map<string, WatchedKey>();
  #bytes = 0;
  /** Rises whenever all is forgotten, so that an answer that comes too late is not taken in. */
  #era = 0;
  /** A look failed or found no room: what changed since then is not known, and EXEC aborts (rule S14). */
  inDoubt = false;

  get size(): number {
    return this.#keys.size;
  }

  get era(): number {
    return this.#era;
  }

  get watches(): readonly WatchedKey[] {
    return [...this.#keys.values()];
  }

  /** Whether so many more fit. */
  hasRoom(keys: readonly Uint8Array[]): boolean {
    let bytes = this.#bytes;
    for (const key of keys) bytes += key.length;
    return this.#keys.size + keys.length <= WATCHED_KEYS_MAX && bytes <= WATCHED_BYTES_MAX;
  }

  /** Copies the key: it is a view into a chunk that would stay in memory with it. */
  add(key: Uint8Array, lastTouch: number): void {
    const name = Buffer.from(key).toString('latin1');
    if (this.#keys.has(name)) return;
    this.#keys.set(name, { key: Buffer.from(key), lastTouch });
    this.#bytes += key.length;
  }

  clear(): void {
    this.#keys = new Map();
    this.#bytes = 0;
    this.#era += 1;
    this.inDoubt = false;
  }
}
