/**
 * A Redis client that knows what became of each command. Libraries retry, queue and reconnect behind the caller's back; a judge of lost
 * writes needs to tell "never sent" from "sent, no answer". One connection, RESP2, pipelining, a deadline for each command.
 */
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A reply of this many bytes is no reply to a test's command. */
const REPLY_BYTES_MAX = 64 * 1024 * 1024;

export type RespReply =
  | { readonly type: 'simple'; readonly text: string }
  | { readonly type: 'error'; readonly message: string }
  | { readonly type: 'integer'; readonly value: number }
  | { readonly type: 'bulk'; readonly bytes: Buffer }
  | { readonly type: 'null' }
  | { readonly type: 'array'; readonly items: readonly RespReply[] };

export type CallOutcome =
  | { readonly type: 'replied'; readonly reply: RespReply }
  /** It never left this process. */
  | { readonly type: 'unsent'; readonly reason: string }
  /** It left, or may have, and no reply came. */
  | { readonly type: 'lost'; readonly reason: string };

export interface RespAddress {
  readonly host: string;
  readonly port: number;
}

export interface RespClientOptions extends RespAddress {
  readonly password?: string | undefined;
  readonly connectTimeoutMs?: number;
  readonly commandTimeoutMs?: number;
}

interface Pending {
  readonly done: (outcome: CallOutcome) => void;
  readonly timer: NodeJS.Timeout;
}

export class RespClient {
  readonly #socket: Socket;
  readonly #commandTimeoutMs: number;
  readonly #pending: Pending[] = [];
  #unread: Buffer = Buffer.alloc(0);
  #closedBecause: string | null = null;

  private constructor(socket: Socket, commandTimeoutMs: number) {
    this.#socket = socket;
    this.#commandTimeoutMs = commandTimeoutMs;
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', (error) => this.#close(error.message));
    socket.on('close', () => this.#close('connection closed'));
  }

  /** @throws when it cannot connect in time, or the password is refused */
  static async connect(options: RespClientOptions): Promise<RespClient> {
    const socket = await open(options, options.connectTimeoutMs ?? 2_000);
    const client = new RespClient(socket, options.commandTimeoutMs ?? 5_000);
    if (options.password !== undefined) {
      const outcome = await client.call('AUTH', options.password);
      if (outcome.type !== 'replied' || outcome.reply.type !== 'simple') {
        client.close();
        throw new Error(`AUTH: ${describeOutcome(outcome)}`);
      }
    }
    return client;
  }

  get isOpen(): boolean {
    return this.#closedBecause === null;
  }

  call(...parts: readonly (string | Buffer | number)[]): Promise<CallOutcome> {
    if (this.#closedBecause !== null) return Promise.resolve({ type: 'unsent', reason: this.#closedBecause });
    return new Promise((done) => {
      // One command without an answer in time makes every later answer on this connection suspect: the connection goes.
      const timer = setTimeout(() => this.#close(`no reply within ${this.#commandTimeoutMs} ms`), this.#commandTimeoutMs);
      this.#pending.push({ done, timer });
      this.#socket.write(encodeCommand(parts));
    });
  }

  /** The reply of a command that must get one. @throws when it gets none, or an error reply */
  async ask(...parts: readonly (string | Buffer | number)[]): Promise<RespReply> {
    const outcome = await this.call(...parts);
    if (outcome.type !== 'replied' || outcome.reply.type === 'error')
      throw new Error(`${String(parts[0])}: ${describeOutcome(outcome)}`);
    return outcome.reply;
  }

  close(): void {
    this.#close('closed by the test');
  }

  #close(reason: string): void {
    if (this.#closedBecause !== null) return;
    this.#closedBecause = reason;
    this.#socket.destroy();
    for (const { done, timer } of this.#pending.splice(0)) {
      clearTimeout(timer);
      done({ type: 'lost', reason });
    }
  }

  #read(chunk: Buffer): void {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    if (this.#unread.length > REPLY_BYTES_MAX) {
      this.#close('the reply is too long');
      return;
    }
    // Packets for a pod that is gone may leave the machine, and be answered by whatever proxy stands there.
    if (this.#unread.toString('latin1', 0, 5) === 'HTTP/') {
      this.#close('somebody else answered, in HTTP');
      return;
    }
    for (let decoded = decodeReply(this.#unread, 0); decoded !== null; decoded = decodeReply(this.#unread, 0)) {
      this.#unread = this.#unread.subarray(decoded.end);
      const pending = this.#pending.shift();
      if (pending === undefined) {
        this.#close('a reply that nobody asked for');
        return;
      }
      clearTimeout(pending.timer);
      pending.done({ type: 'replied', reply: decoded.reply });
    }
  }
}

function open({ host, port }: RespAddress, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const timer = setTimeout(
      () => socket.destroy(new Error(`no connection to ${host}:${port} within ${timeoutMs} ms`)),
      timeoutMs,
    );
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeListener('error', reject);
      resolve(socket);
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

export function encodeCommand(parts: readonly (string | Buffer | number)[]): Buffer {
  const chunks: Buffer[] = [Buffer.from(`*${parts.length}\r\n`)];
  for (const part of parts) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    chunks.push(Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n'));
  }
  return Buffer.concat(chunks);
}

/** null: more bytes are needed. @throws on what is no RESP2 */
export function decodeReply(bytes: Buffer, start: number): { readonly reply: RespReply; readonly end: number } | null {
  const lineEnd = bytes.indexOf('\r\n', start);
  if (lineEnd < 0) return null;
  const line = bytes.toString('utf8', start + 1, lineEnd);
  const end = lineEnd + 2;
  switch (bytes[start]) {
    case 0x2b:
      return { reply: { type: 'simple', text: line }, end };
    case 0x2d:
      return { reply: { type: 'error', message: line }, end };
    case 0x3a:
      return { reply: { type: 'integer', value: Number(line) }, end };
    case 0x24: {
      const length = Number(line);
      if (length < 0) return { reply: { type: 'null' }, end };
      if (bytes.length < end + length + 2) return null;
      return { reply: { type: 'bulk', bytes: bytes.subarray(end, end + length) }, end: end + length + 2 };
    }
    case 0x2a:
      return decodeArray(bytes, end, Number(line));
    default:
      throw new Error(`no RESP2 reply: ${JSON.stringify(bytes.toString('latin1', start, start + 40))}`);
  }
}

function decodeArray(bytes: Buffer, start: number, length: number): { readonly reply: RespReply; readonly end: number } | null {
  if (length < 0) return { reply: { type: 'null' }, end: start };
  const items: RespReply[] = [];
  let end = start;
  while (items.length < length) {
    const decoded = decodeReply(bytes, end);
    if (decoded === null) return null;
    items.push(decoded.reply);
    end = decoded.end;
  }
  return { reply: { type: 'array', items }, end };
}

export function describeOutcome(outcome: CallOutcome): string {
  if (outcome.type !== 'replied') return `${outcome.type}: ${outcome.reason}`;
  return describeReply(outcome.reply);
}

export function describeReply(reply: RespReply): string {
  switch (reply.type) {
    case 'simple':
      return reply.text;
    case 'error':
      return `-${reply.message}`;
    case 'integer':
      return String(reply.value);
    case 'bulk':
      return JSON.stringify(reply.bytes.toString());
    case 'null':
      return '(nil)';
    case 'array':
      return `[${reply.items.map(describeReply).join(', ')}]`;
  }
}
