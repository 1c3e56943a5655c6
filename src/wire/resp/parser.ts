/**
 * Cuts the bytes of a client into commands: arrays of bulk strings, and inline commands (RESP specification, "Sending commands to a Redis
 * server"; the texts of refusals are those of Redis 7). Bytes may arrive cut anywhere. Every size is checked against a named bound before
 * anything is allocated for it, and memory held for an incomplete argument stays within twice of what really arrived.
 */
import { refuse, succeed } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { splitInline } from './inline.ts';

const MIB = 1024 * 1024;

/** A value may take 8 MiB; a little more gets through, so that a value just above is refused by name and not as a broken frame. */
export const BULK_BYTES_MAX = 8 * MIB + 64 * 1024;
export const ARGUMENTS_MAX = MIB;
/** All arguments of one command together, with what each takes besides its own bytes. */
export const FRAME_BYTES_MAX = 32 * MIB;
/** An argument is an object, however short it is: a million empty ones took a hundred MB, and were counted as nothing. */
export const ARGUMENT_OVERHEAD_BYTES = 96;
/** An inline command, or the line that announces a length. */
export const INLINE_BYTES_MAX = 64 * 1024;
/** Until it has authenticated, a client can make us hold almost nothing. */
export const UNAUTHENTICATED_ARGUMENTS_MAX = 10;
export const UNAUTHENTICATED_BULK_BYTES_MAX = 16 * 1024;

const CARRIAGE_RETURN = 0x0d;
const NEWLINE = 0x0a;
const ASTERISK = 0x2a;
const DOLLAR = 0x24;
const CARRY_BYTES_MIN = 256;
const EMPTY = Buffer.alloc(0);

export type RespArguments = Buffer[];

/**
 * After a refusal the stream has no meaning any more: the connection is to be closed once the refusal is told.
 * The arguments are views into the chunks that were pushed.
 */
export class RespParser {
  /** Whether the tighter limits apply that hold before authentication. */
  authenticated = true;
  readonly #chunks: Buffer[] = [];
  #chunk: Buffer = EMPTY;
  #at = 0;
  #waitingBytes = 0;
  /** The beginning of a line or bulk string that its chunk cut off. */
  #carry: Buffer = EMPTY;
  #carried = 0;
  /** Arguments still missing from the command being read; 0 between commands. */
  #missing = 0;
  /** The announced length of the bulk string being read; -1 while its length line is awaited. */
  #bulkLength = -1;
  #arguments: RespArguments = [];
  #frameBytes = 0;
  #refusal: string | null = null;

  get #overheadBytes(): number {
    return (this.#arguments.length + 1) * ARGUMENT_OVERHEAD_BYTES;
  }

  /** Bytes that were pushed and are not part of a returned command yet. */
  get heldBytes(): number {
    return this.#waitingBytes + (this.#chunk.length - this.#at) + this.#carried + this.#frameBytes;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0 || this.#refusal !== null) return;
    if (this.#at === this.#chunk.length) {
      this.#chunk = chunk;
      this.#at = 0;
    } else {
      this.#chunks.push(chunk);
      this.#waitingBytes += chunk.length;
    }
  }

  /** The next whole command, never empty; null when more bytes are needed; the reason when the bytes are no commands. */
  next(): Result<RespArguments | null, string> {
    for (;;) {
      const command = this.#refusal === null ? this.#advance() : null;
      if (command !== null) return command;
      if (this.#refusal !== null) return refuse(this.#refusal);
      const following = this.#chunks.shift();
      if (following === undefined) return NEEDS_MORE;
      this.#waitingBytes -= following.length;
      this.#chunk = following;
      this.#at = 0;
    }
  }

  /** A command from the current chunk; null once that is used up, or when the bytes are refused. */
  #advance(): Result<RespArguments, string> | null {
    for (;;) {
      if (this.#missing === 0) {
        if (this.#carried === 0 && this.#at === this.#chunk.length) return this.#useUp();
        const first = this.#carried > 0 ? this.#carry[0] : this.#chunk[this.#at];
        if (first !== ASTERISK) {
          const line = this.#line(NEWLINE, 'too big inline request');
          if (line === null) return null;
          const words = splitInline(stripReturn(line));
          if (words === null) return this.#refuse('unbalanced quotes in request');
          if (words.length === 0) continue;
          return succeed(words);
        }
        if (!this.#beginArray()) return null;
        continue;
      }
      if (this.#bulkLength < 0 && !this.#beginBulk()) return null;
      const argument = this.#bulk(this.#bulkLength);
      if (argument === null) return null;
      this.#arguments.push(argument);
      this.#bulkLength = -1;
      this.#missing -= 1;
      if (this.#missing > 0) continue;
      const command = this.#arguments;
      this.#arguments = [];
      this.#frameBytes = 0;
      return succeed(command);
    }
  }

  /** False when the line is not whole yet, or refused. An empty array is no command and passes in silence, as in Redis. */
  #beginArray(): boolean {
    const line = this.#line(CARRIAGE_RETURN, 'too big mbulk count string');
    if (line === null) return false;
    const count = parseLength(line);
    if (count === null || count > ARGUMENTS_MAX) this.#refuse('invalid multibulk length');
    else if (!this.authenticated && count > UNAUTHENTICATED_ARGUMENTS_MAX) this.#refuse('unauthenticated multibulk length');
    else this.#missing = Math.max(0, count);
    return this.#refusal === null;
  }

  #beginBulk(): boolean {
    const line = this.#line(CARRIAGE_RETURN, 'too big bulk count string');
    if (line === null) return false;
    const first = line[0];
    if (first !== DOLLAR) {
      this.#refuse(`expected '$', got '${first === undefined ? '\r' : String.fromCharCode(first)}'`);
      return false;
    }
    const length = parseLength(line);
    if (length === null || length < 0 || length > BULK_BYTES_MAX) this.#refuse('invalid bulk length');
    else if (!this.authenticated && length > UNAUTHENTICATED_BULK_BYTES_MAX) this.#refuse('unauthenticated bulk length');
    else if (this.#frameBytes + length + this.#overheadBytes > FRAME_BYTES_MAX)
      this.#refuse(`a command takes more than ${FRAME_BYTES_MAX} bytes`);
    else this.#bulkLength = length;
    return this.#refusal === null;
  }

  /** The bytes before `end`; what follows a carriage return is passed over, unlooked at, as Redis does. Null when cut off or too long. */
  #line(end: number, tooLong: string): Buffer | null {
    const trailer = end === CARRIAGE_RETURN ? 2 : 1;
    // Of a line that was carried over, only its last byte before the trailer can hold the end already.
    if (this.#carried > 0 && trailer === 2 && this.#carry[this.#carried - 1] === end) {
      if (this.#at === this.#chunk.length) return null;
      this.#at += 1;
      return this.#takeCarry().subarray(0, -1);
    }
    const position = this.#chunk.indexOf(end, this.#at);
    const stop = position < 0 ? this.#chunk.length : position;
    if (this.#carried + (stop - this.#at) > INLINE_BYTES_MAX) return this.#refuse(tooLong);
    if (position >= 0 && position + trailer <= this.#chunk.length) {
      const from = this.#at;
      this.#at = position + trailer;
      if (this.#carried === 0) return this.#chunk.subarray(from, position);
      this.#carryOver(from, position, INLINE_BYTES_MAX);
      return this.#takeCarry();
    }
    this.#carryOver(this.#at, this.#chunk.length, INLINE_BYTES_MAX + 1);
    return this.#useUp();
  }

  #bulk(length: number): Buffer | null {
    const wanted = length + 2;
    const available = this.#chunk.length - this.#at;
    if (this.#carried === 0 && available >= wanted) {
      const from = this.#at;
      this.#at += wanted;
      this.#frameBytes += length;
      return this.#chunk.subarray(from, from + length);
    }
    const taken = Math.min(available, wanted - this.#carried);
    this.#carryOver(this.#at, this.#at + taken, wanted);
    this.#at += taken;
    if (this.#carried < wanted) return this.#useUp();
    this.#frameBytes += length;
    return this.#takeCarry().subarray(0, length);
  }

  /** Doubling keeps the copies linear in the size, and what is held within twice of what arrived. */
  #carryOver(from: number, to: number, bytesMax: number): void {
    const needed = this.#carried + (to - from);
    if (needed > this.#carry.length) {
      const capacity = Math.min(
        Math.max(needed, bytesMax > needed ? needed * 2 : 0, CARRY_BYTES_MIN),
        Math.max(bytesMax, needed),
      );
      const grown = Buffer.allocUnsafeSlow(capacity);
      this.#carry.copy(grown, 0, 0, this.#carried);
      this.#carry = grown;
    }
    this.#chunk.copy(this.#carry, this.#carried, from, to);
    this.#carried = needed;
  }

  #takeCarry(): Buffer {
    const taken = this.#carry.subarray(0, this.#carried);
    this.#carry = EMPTY;
    this.#carried = 0;
    return taken;
  }

  #useUp(): null {
    this.#chunk = EMPTY;
    this.#at = 0;
    return null;
  }

  #refuse(reason: string): null {
    this.#refusal = `Protocol error: ${reason}`;
    this.#chunks.length = 0;
    this.#waitingBytes = 0;
    this.#arguments = [];
    this.#frameBytes = 0;
    this.#takeCarry();
    return this.#useUp();
  }
}

const NEEDS_MORE: Result<null, string> = succeed(null);

function stripReturn(line: Buffer): Buffer {
  return line[line.length - 1] === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}

/** The decimal number after the first byte; null for anything but the one canonical spelling, or beyond ten digits. */
function parseLength(line: Buffer): number | null {
  const negative = line[1] === 0x2d;
  const start = negative ? 2 : 1;
  const digits = line.length - start;
  if (digits < 1 || digits > 10) return null;
  let value = 0;
  for (let position = start; position < line.length; position += 1) {
    const digit = (line[position] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  const leadingZero = line[start] === 0x30;
  if (leadingZero && (digits > 1 || negative)) return null;
  return negative ? -value : value;
}
