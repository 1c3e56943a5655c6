/** A connection that shows replies byte for byte: client libraries would hide what is compared here. */
import { connect as connectSocket } from 'node:net';
import type { Socket } from 'node:net';

export type Value =
  | { readonly type: 'simple' | 'error' | 'bulk' | 'verbatim' | 'double' | 'other'; readonly text: string }
  | { readonly type: 'integer'; readonly value: bigint }
  | { readonly type: 'null' }
  | { readonly type: 'array' | 'set'; readonly items: readonly Value[] }
  | { readonly type: 'map'; readonly entries: readonly (readonly [Value, Value])[] };

export interface RawReply {
  readonly raw: Buffer;
  readonly value: Value;
}

const REPLY_TIMEOUT_MS = 10_000;

class Incomplete extends Error {}

/** Reads one reply of either protocol version; null when it is not whole yet. */
export function readRawReply(bytes: Buffer): { readonly reply: RawReply; readonly length: number } | null {
  let at = 0;
  const line = (): string => {
    const end = bytes.indexOf('\r\n', at);
    if (end < 0) throw new Incomplete();
    const text = bytes.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  const body = (length: number): string => {
    if (bytes.length < at + length + 2) throw new Incomplete();
    const text = bytes.toString('latin1', at, at + length);
    at += length + 2;
    return text;
  };
  const items = (count: number): Value[] => Array.from({ length: count }, () => value());
  const value = (): Value => {
    const head = line();
    const rest = head.slice(1);
    const count = Number(rest);
    switch (head[0]) {
      case '+':
        return { type: 'simple', text: rest };
      case '-':
        return { type: 'error', text: rest };
      case ':':
        return { type: 'integer', value: BigInt(rest) };
      case '$':
        return count < 0 ? { type: 'null' } : { type: 'bulk', text: body(count) };
      case '=':
        return { type: 'verbatim', text: body(count) };
      case '_':
        return { type: 'null' };
      case '*':
        return count < 0 ? { type: 'null' } : { type: 'array', items: items(count) };
      case '~':
        return { type: 'set', items: items(count) };
      case '%':
        return { type: 'map', entries: Array.from({ length: count }, () => [value(), value()] as const) };
      case ',':
        return { type: 'double', text: rest };
      default:
        return { type: 'other', text: head };
    }
  };
  try {
    const read = value();
    return { reply: { raw: bytes.subarray(0, at), value: read }, length: at };
  } catch (error) {
    if (error instanceof Incomplete) return null;
    throw error;
  }
}

export function encodeCommand(words: readonly (string | Buffer)[]): Buffer {
  const parts: Buffer[] = [Buffer.from(`*${words.length}\r\n`)];
  for (const word of words) {
    const bytes = Buffer.from(word);
    parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n'));
  }
  return Buffer.concat(parts);
}

export class RespConnection {
  readonly #socket: Socket;
  readonly closed: Promise<void>;
  #received: Buffer = Buffer.alloc(0);
  #isClosed = false;
  #timedOut = false;
  #wake: (() => void) | null = null;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
      this.#wake?.();
    });
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    this.closed = new Promise((resolve) =>
      socket.on('close', () => {
        this.#isClosed = true;
        this.#wake?.();
        resolve();
      }),
    );
  }

  static async open(port: number, host = '127.0.0.1'): Promise<RespConnection> {
    return new Promise((resolve, reject) => {
      const socket = connectSocket({ port, host, noDelay: true, allowHalfOpen: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new RespConnection(socket));
      });
    });
  }

  send(bytes: Buffer | string): void {
    this.#socket.write(bytes);
  }

  /** And nothing after it: our side of the connection is closed. */
  sendLast(bytes: Buffer | string): void {
    this.#socket.end(bytes);
  }

  resume(): void {
    this.#socket.resume();
  }

  pause(): void {
    this.#socket.pause();
  }

  /** The next reply. @throws when the connection closes before it is whole, or nothing comes for long */
  async reply(): Promise<RawReply> {
    const timer = setTimeout(() => {
      this.#timedOut = true;
      this.#wake?.();
    }, REPLY_TIMEOUT_MS);
    try {
      return await this.#nextReply();
    } finally {
      clearTimeout(timer);
    }
  }

  async #nextReply(): Promise<RawReply> {
    for (;;) {
      const read = readRawReply(this.#received);
      if (read) {
        this.#received = this.#received.subarray(read.length);
        return read.reply;
      }
      if (this.#timedOut)
        throw new Error(
          `no reply within ${REPLY_TIMEOUT_MS} ms; so far ${JSON.stringify(this.#received.toString('latin1', 0, 100))}`,
        );
      if (this.#isClosed) throw new Error('the connection was closed before a reply');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async call(...words: readonly (string | Buffer)[]): Promise<RawReply> {
    this.send(encodeCommand(words));
    return this.reply();
  }

  async close(): Promise<void> {
    this.#socket.destroy();
    await this.closed;
  }
}
