/**
 * Replies as bytes, in version 2 or 3 of the protocol (RESP specification, "RESP protocol description"). What version 2 lacks is said as
 * Redis says it there: a map is a flat array, a boolean an integer, a double or verbatim text a bulk string.
 */
import { assertNever } from '../../shared/assert.ts';
import type { Reply } from '../../shared/reply.ts';

export type RespVersion = 2 | 3;

const CAPACITY_MIN = 512;
const OK_LINE = Buffer.from('+OK\r\n');
const NULL_LINE = { 2: Buffer.from('$-1\r\n'), 3: Buffer.from('_\r\n') } as const;
const NULL_ARRAY_LINE = { 2: Buffer.from('*-1\r\n'), 3: Buffer.from('_\r\n') } as const;
/** `-9223372036854775808` and its frame. */
const NUMBER_BYTES_MAX = 32;

export function encodeReply(reply: Reply, protocol: RespVersion): Buffer {
  const encoder = new ReplyEncoder();
  encoder.write(reply, protocol);
  return encoder.take();
}

/** What `reply` takes at least when encoded, without encoding it: its strings, and a few bytes for each part. */
export function replyBytes(reply: Reply): number {
  switch (reply.type) {
    case 'bulk':
      return reply.bytes.length + 16;
    case 'array':
    case 'set': {
      let bytes = 16;
      for (const item of reply.items) bytes += replyBytes(item);
      return bytes;
    }
    case 'map': {
      let bytes = 16;
      for (const [key, value] of reply.entries) bytes += replyBytes(key) + replyBytes(value);
      return bytes;
    }
    case 'verbatim':
    case 'simple':
      return reply.text.length + 16;
    case 'error':
      return reply.message.length + 16;
    default:
      return 16;
  }
}

/** Appends replies to one growing buffer, so that all replies of a batch leave in one write. */
export class ReplyEncoder {
  #buffer: Buffer = Buffer.allocUnsafe(CAPACITY_MIN);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** All that was written; the encoder is empty afterwards and never touches these bytes again. */
  take(): Buffer {
    const taken = this.#buffer.subarray(0, this.#length);
    this.#buffer = Buffer.allocUnsafe(CAPACITY_MIN);
    this.#length = 0;
    return taken;
  }

  write(reply: Reply, protocol: RespVersion): void {
    switch (reply.type) {
      case 'simple':
        if (reply.text === 'OK') this.#raw(OK_LINE);
        else this.#line('+', reply.text);
        return;
      case 'error':
        this.#line('-', reply.message);
        return;
      case 'integer':
        this.#number(':', reply.value);
        return;
      case 'bulk':
        this.#bulk(reply.bytes);
        return;
      case 'null':
        this.#raw(NULL_LINE[protocol]);
        return;
      case 'null-array':
        this.#raw(NULL_ARRAY_LINE[protocol]);
        return;
      case 'array':
        this.#number('*', reply.items.length);
        for (const item of reply.items) this.write(item, protocol);
        return;
      case 'set':
        this.#number(protocol === 3 ? '~' : '*', reply.items.length);
        for (const item of reply.items) this.write(item, protocol);
        return;
      case 'map':
        this.#number(protocol === 3 ? '%' : '*', protocol === 3 ? reply.entries.length : reply.entries.length * 2);
        for (const [key, value] of reply.entries) {
          this.write(key, protocol);
          this.write(value, protocol);
        }
        return;
      case 'double':
        if (protocol === 3) this.#text(`,${doubleText(reply.value)}\r\n`);
        else this.#bulk(Buffer.from(doubleText(reply.value)));
        return;
      case 'boolean':
        if (protocol === 3) this.#text(reply.value ? '#t\r\n' : '#f\r\n');
        else this.#number(':', reply.value ? 1 : 0);
        return;
      case 'verbatim':
        this.#verbatim(reply.text, protocol);
        return;
      default:
        assertNever(reply);
    }
  }

  #reserve(count: number): number {
    const start = this.#length;
    const needed = start + count;
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
      this.#buffer.copy(grown, 0, 0, start);
      this.#buffer = grown;
    }
    this.#length = needed;
    return start;
  }

  #raw(bytes: Uint8Array): void {
    // Reserved first: growing replaces the buffer.
    const at = this.#reserve(bytes.length);
    this.#buffer.set(bytes, at);
  }

  #text(text: string): void {
    const length = Buffer.byteLength(text);
    const at = this.#reserve(length);
    this.#buffer.write(text, at, length);
  }

  /** A line ends at its first line break, so that one inside the text becomes a space, as in Redis. */
  #line(mark: '+' | '-', text: string): void {
    this.#text(`${mark}${/[\r\n]/.test(text) ? text.replace(/[\r\n]/g, ' ') : text}\r\n`);
  }

  #number(mark: string, value: number | bigint): void {
    const text = `${mark}${value}\r\n`;
    const at = this.#reserve(text.length);
    this.#buffer.write(text, at, text.length, 'latin1');
  }

  #bulk(bytes: Uint8Array): void {
    const at = this.#reserve(bytes.length + NUMBER_BYTES_MAX);
    const head = `$${bytes.length}\r\n`;
    this.#buffer.write(head, at, head.length, 'latin1');
    this.#buffer.set(bytes, at + head.length);
    const end = at + head.length + bytes.length;
    this.#buffer[end] = 0x0d;
    this.#buffer[end + 1] = 0x0a;
    this.#length = end + 2;
  }

  #verbatim(text: string, protocol: RespVersion): void {
    const bytes = Buffer.from(text);
    if (protocol === 2) this.#bulk(bytes);
    else {
      this.#number('=', bytes.length + 4);
      this.#text('txt:');
      this.#raw(bytes);
      this.#text('\r\n');
    }
  }
}

function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Infinity) return 'inf';
  if (value === -Infinity) return '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}
