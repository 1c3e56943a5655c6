/**
 * What committed entries do (rule S15: apply is total): the same batches give the same replies, state and hash on every member. Time is that
 * of the batches and never runs backwards (rule S13); the only other time is the moment of a read, from which a remaining time to live is
 * told.
 */
import { crc32 } from 'node:zlib';
import { assert } from '../shared/assert.ts';
import { arrayReply, errorReply, integerReply, NULL_ARRAY, OK } from '../shared/reply.ts';
import type { Reply } from '../shared/reply.ts';
import { decodeBatch } from './batch-codec.ts';
import { parseCommand } from './command-table.ts';
import { REPLIES_TOO_LONG } from './errors.ts';
import { keyOf } from './key-hash.ts';
import { Keyspace, MomentView } from './keyspace.ts';
import { EXPIRIES_PER_ENTRY_MAX, EXPIRIES_PER_TICK_MAX, TRANSACTION_REPLY_BYTES_MAX } from './limits.ts';
import type { CommandArguments, Operation } from './operation.ts';
import { KeyspaceReader, keyspaceChunks } from './snapshot.ts';

/** The level that a new cluster begins with (rule S16). */
const FIRST_FEATURE_LEVEL = 1;

const NOT_A_READ = errorReply('ERR this command changes the keyspace');

export class StateMachine {
  #keyspace = new Keyspace();
  #featureLevel: number;

  constructor(featureLevel = FIRST_FEATURE_LEVEL) {
    this.#featureLevel = featureLevel;
  }

  /** Log time, milliseconds since the Unix epoch; 0 before the first batch. */
  get timeMs(): number {
    return this.#keyspace.nowMs;
  }

  get featureLevel(): number {
    return this.#featureLevel;
  }

  /** What keys and values are accounted for (rule S17): the same on every member. */
  get dataBytes(): number {
    return this.#keyspace.dataBytes;
  }

  /** Keys held, with those past their deadline that were not removed yet. */
  get keys(): number {
    return this.#keyspace.size;
  }

  get keysWithDeadline(): number {
    return this.#keyspace.keysWithDeadline;
  }

  /** 16 hex digits that are the same wherever the same entries were applied (rule S15). */
  get stateHash(): string {
    return this.#keyspace.hash.toString();
  }

  /**
   * Applies one entry of kind `command`.
   *
   * @param index of the entry; above that of every entry applied before
   * @param payload what `encodeBatch` made; it is not held on to
   * @returns one reply for each operation, in order
   * @throws MalformedBytesError when the payload is no batch; nothing has changed then
   */
  apply(index: number, payload: Uint8Array): Reply[] {
    const { timeMs, operations } = decodeBatch(payload);
    this.#keyspace.beginEntry(index, timeMs);
    this.#keyspace.hash.add(index);
    this.#keyspace.hash.add(crc32(payload));
    const hasTick = operations.some(({ type }) => type === 'tick');
    this.#keyspace.expireDue(hasTick ? EXPIRIES_PER_TICK_MAX : EXPIRIES_PER_ENTRY_MAX);
    return operations.map((operation) => this.#run(operation));
  }

  #run(operation: Operation): Reply {
    switch (operation.type) {
      case 'command':
        return this.#runCommand(operation.arguments, false);
      case 'transaction':
        return this.#runTransaction(operation);
      case 'tick':
        return OK;
      case 'raise-feature-level':
        this.#featureLevel = Math.max(this.#featureLevel, operation.level);
        this.#keyspace.hash.add(this.#featureLevel);
        return integerReply(this.#featureLevel);
    }
  }

  /** @param refusesReads answer reads with an error, because the transaction has said enough */
  #runCommand(command: CommandArguments, refusesReads: boolean): Reply {
    const parsed = parseCommand(command, this.#featureLevel);
    if (parsed.type === 'unknown' || parsed.type === 'invalid') return parsed.reply;
    if (refusesReads && (parsed.type === 'read' || parsed.answersAsRead)) return REPLIES_TOO_LONG;
    if (this.#keyspace.mayHoldDue) this.#keyspace.expireNamed(parsed.keys.map(keyOf));
    return parsed.run(this.#keyspace);
  }

  /** All or nothing means: all run, with nothing between them. As in Redis, a command's error takes nothing back. */
  #runTransaction({ watches, commands }: Operation & { readonly type: 'transaction' }): Reply {
    const keys = watches.map(({ key }) => keyOf(key));
    this.#keyspace.expireNamed(keys);
    const touched = watches.some(({ lastTouch }, at) => this.#keyspace.lastTouch(keys[at] ?? '') !== lastTouch);
    if (touched) return NULL_ARRAY;
    let bytes = 0;
    const replies: Reply[] = [];
    for (const command of commands) {
      const reply = this.#runCommand(command, bytes > TRANSACTION_REPLY_BYTES_MAX);
      bytes += replyBytes(reply);
      replies.push(reply);
    }
    return arrayReply(replies);
  }

  /**
   * Answers a read from the state as it is; changes nothing.
   *
   * @param nowMs log time now, from which a remaining time to live is told
   */
  read(command: CommandArguments, nowMs: number): Reply {
    const parsed = parseCommand(command, this.#featureLevel);
    switch (parsed.type) {
      case 'unknown':
      case 'invalid':
        return parsed.reply;
      case 'write':
        return NOT_A_READ;
      case 'read':
        return parsed.run(new MomentView(this.#keyspace, nowMs));
    }
  }

  /** Whether a read would see a key that is past its deadline now: log time has to move on before it is answered (rule S13). */
  mustTickFirst(command: CommandArguments, nowMs: number): boolean {
    const next = this.#keyspace.deadlineAfter(this.timeMs);
    if (next === null || next > nowMs) return false;
    const parsed = parseCommand(command, this.#featureLevel);
    if (parsed.type !== 'read') return false;
    return parsed.wholeKeyspace || parsed.keys.some((key) => this.#keyspace.isDueBetween(keyOf(key), nowMs));
  }

  /** The earliest deadline of a key that is held, whether past or not. */
  nextDeadlineMs(): number | null {
    return this.#keyspace.deadlineAfter(-1);
  }

  /** For WATCH: index of the last write, delete, expiry or FLUSHALL of a key, whether it exists or not (rule S14). */
  lastTouch(key: Uint8Array): number {
    return this.#keyspace.lastTouch(keyOf(key));
  }

  /** A state of its own with the same content, in constant time. */
  clone(): StateMachine {
    const copy = new StateMachine(this.#featureLevel);
    copy.#keyspace = this.#keyspace.clone();
    return copy;
  }

  /** The state as it is now, as bytes of about SNAPSHOT_CHUNK_BYTES at a time. What is applied meanwhile is not in them. */
  chunks(): Generator<Buffer, void, undefined> {
    return keyspaceChunks(this.#keyspace.clone(), this.#featureLevel);
  }

  /** What StateMachineRestorer read. */
  static restored(keyspace: Keyspace, featureLevel: number): StateMachine {
    const machine = new StateMachine(featureLevel);
    machine.#keyspace = keyspace;
    return machine;
  }
}

/** Reads a state back from its bytes, cut in any way. */
export class StateMachineRestorer {
  readonly #reader = new KeyspaceReader();
  #finished = false;

  /** @throws MalformedBytesError when the bytes are no state, or of a format that this build does not know */
  push(chunk: Uint8Array): void {
    assert(!this.#finished, 'nothing is pushed after the end');
    this.#reader.push(chunk);
  }

  /** @throws MalformedBytesError when bytes are missing */
  finish(): StateMachine {
    assert(!this.#finished, 'a restore ends once');
    this.#finished = true;
    const { keyspace, featureLevel } = this.#reader.finish();
    return StateMachine.restored(keyspace, featureLevel);
  }
}

function replyBytes(reply: Reply): number {
  if (reply.type === 'bulk') return reply.bytes.length;
  if (reply.type !== 'array') return 0;
  return reply.items.reduce((sum, item) => sum + replyBytes(item), 0);
}
