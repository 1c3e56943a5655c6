/**
 * Replies leave in the order of their commands, whenever their outcomes come (rule S14). Each is encoded in the protocol version that was
 * in force when its command was begun.
 */
import type { Reply } from '../../shared/reply.ts';
import { errorReply } from '../../shared/reply.ts';
import { ReplyEncoder, replyBytes } from '../../wire/resp/encoder.ts';
import type { RespVersion } from '../../wire/resp/encoder.ts';

export interface ReplySlot {
  reply: Reply | null;
  readonly protocol: RespVersion;
}

const COMPACT_AT = 1024;

export class ReplyQueue {
  readonly #encoder = new ReplyEncoder();
  readonly #replyBytesMax: number;
  #slots: ReplySlot[] = [];
  #head = 0;

  /** @param replyBytesMax a longer reply is replaced by an error: it could not be delivered */
  constructor(replyBytesMax: number) {
    this.#replyBytesMax = replyBytesMax;
  }

  /** Commands whose reply is not encoded yet. */
  get waiting(): number {
    return this.#slots.length - this.#head;
  }

  get encodedBytes(): number {
    return this.#encoder.length;
  }

  /** A place in the order, to be filled with `fill`. */
  reserve(protocol: RespVersion): ReplySlot {
    const slot: ReplySlot = { reply: null, protocol };
    this.#slots.push(slot);
    return slot;
  }

  append(reply: Reply, protocol: RespVersion): void {
    if (this.waiting === 0) this.#encode(reply, protocol);
    else this.#slots.push({ reply, protocol });
  }

  fill(slot: ReplySlot, reply: Reply): void {
    slot.reply = reply;
    for (;;) {
      const first = this.#slots[this.#head];
      if (first === undefined || first.reply === null) break;
      this.#encode(first.reply, first.protocol);
      this.#head += 1;
    }
    if (this.#head === this.#slots.length) {
      this.#slots.length = 0;
      this.#head = 0;
    } else if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#slots.length) {
      this.#slots = this.#slots.slice(this.#head);
      this.#head = 0;
    }
  }

  take(): Buffer {
    return this.#encoder.take();
  }

  #encode(reply: Reply, protocol: RespVersion): void {
    const bytes = mayBeLong(reply) ? replyBytes(reply) : 0;
    if (bytes <= this.#replyBytesMax) this.#encoder.write(reply, protocol);
    else this.#encoder.write(errorReply(`ERR the reply takes ${bytes} bytes, more than a connection may leave unread`), protocol);
  }
}

function mayBeLong(reply: Reply): boolean {
  return reply.type === 'array' || reply.type === 'map' || reply.type === 'set' || reply.type === 'bulk';
}
