/** One connection to a server that speaks Redis' protocol: commands in, replies in the same order. Nothing is retried and nothing is hidden. */
import type { Duplex } from 'node:stream';
import { encodeCommand, RespReplyParser } from '../../wire/resp/reply-parser.ts';
import type { ReceivedReply } from '../../wire/resp/reply-parser.ts';

/** The connection is gone; `sent` tells whether the command may have been carried out. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
  readonly code = 'CONNECTION_LOST';
  readonly sent: boolean;

  constructor(reason: string, sent: boolean) {
    super(sent ? `the connection was lost before the reply (${reason}): the command may have been carried out` : reason);
    this.sent = sent;
  }
}

interface Waiting {
  readonly resolve: (reply: ReceivedReply) => void;
  readonly reject: (error: ConnectionLostError) => void;
}

export class RespConnection {
  readonly #stream: Duplex;
  readonly #parser = new RespReplyParser();
  readonly #waiting: Waiting[] = [];
  readonly #onPush: (push: ReceivedReply) => void;
  #lostBecause: string | null = null;

  /** @param stream open already; it is this connection's alone from now on */
  constructor(stream: Duplex, onPush: (push: ReceivedReply) => void = () => undefined) {
    this.#stream = stream;
    this.#onPush = onPush;
    stream.on('data', (chunk: Buffer) => this.#read(chunk));
    stream.on('error', (error) => this.#lose(error.message));
    stream.on('end', () => this.#lose('the server closed the connection'));
    stream.on('close', () => this.#lose('the connection was closed'));
  }

  get isOpen(): boolean {
    return this.#lostBecause === null;
  }

  /** Error replies are replies. @throws ConnectionLostError */
  ask(words: readonly (string | Uint8Array)[]): Promise<ReceivedReply> {
    if (this.#lostBecause !== null) return Promise.reject(new ConnectionLostError(this.#lostBecause, false));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#stream.write(encodeCommand(words));
    });
  }

  close(): void {
    this.#lose('closed here');
  }

  #read(chunk: Buffer): void {
    this.#parser.push(chunk);
    for (;;) {
      const next = this.#parser.next();
      if (!next.ok) {
        this.#lose(next.reason);
        return;
      }
      if (next.value === null) return;
      if (next.value.type === 'push') this.#onPush(next.value);
      else if (!this.#answer(next.value)) return;
    }
  }

  #answer(reply: ReceivedReply): boolean {
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) {
      waiting.resolve(reply);
      return true;
    }
    // A server that turns us away says why before it closes.
    this.#lose(reply.type === 'error' ? reply.message : 'a reply came that answers nothing');
    return false;
  }

  #lose(reason: string): void {
    if (this.#lostBecause !== null) return;
    this.#lostBecause = reason;
    this.#stream.destroy();
    for (const { reject } of this.#waiting.splice(0)) reject(new ConnectionLostError(reason, true));
  }
}
