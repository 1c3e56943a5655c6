/**
 * The server's side of SPDY/3.1 as Kubernetes' clients use it for ports and commands: streams that the client opens, each with headers, and bytes in
 * both directions. No flow control, which those clients do not do either, and headers are read with the dictionary of the draft, and
 * answered without any.
 */
import { constants, createDeflate, createInflate } from 'node:zlib';
import { SPDY_DICTIONARY } from './spdy-dictionary.ts';

const TYPE = { synStream: 1, synReply: 2, rstStream: 3, ping: 6, goAway: 7 } as const;
const FLAG_FIN = 0x01;
const CONTROL = 0x80;
const VERSION = 3;
const HEAD_BYTES = 8;
const REFUSED_STREAM = 3;
const STREAM_HEAD_BYTES = 10;

export const SPDY_LIMITS = {
  frameBytesMax: 1024 * 1024,
  headerBytesMax: 64 * 1024,
  streamsMax: 512,
} as const;

export interface SpdyStream {
  readonly id: number;
  readonly headers: Readonly<Record<string, string>>;
  /** False: what was written waits; the transport tells when it has gone. */
  readonly write: (bytes: Buffer) => boolean;
  /** Nothing more comes from here. */
  readonly end: () => void;
  readonly reset: () => void;
}

export interface SpdyStreamEvents {
  readonly onData: (bytes: Buffer) => void;
  /** The client sends nothing more. */
  readonly onEnd: () => void;
  /** Nothing more goes either way. */
  readonly onClose: () => void;
}

export interface SpdyOptions {
  /** Bytes on their way to the client. */
  readonly send: (bytes: Buffer) => boolean;
  /** Null refuses the stream. */
  readonly onStream: (stream: SpdyStream) => SpdyStreamEvents | null;
  readonly onBroken: (reason: string) => void;
}

interface OpenStream {
  readonly events: SpdyStreamEvents;
  isEndedByClient: boolean;
  isEndedByUs: boolean;
}

export class SpdySession {
  readonly #options: SpdyOptions;
  readonly #streams = new Map<number, OpenStream>();
  readonly #inflate = createInflate({ dictionary: SPDY_DICTIONARY, finishFlush: constants.Z_SYNC_FLUSH });
  readonly #deflate = createDeflate();
  /** Frames one after the other: headers are unpacked in a later turn. */
  #work: Promise<void> = Promise.resolve();
  #unread: Buffer = Buffer.alloc(0);
  #isOver = false;

  constructor(options: SpdyOptions) {
    this.#options = options;
    this.#inflate.on('error', (error) => this.#break(error.message));
  }

  take(chunk: Buffer): void {
    this.#work = this.#work.then(() => this.#read(chunk));
  }

  /** The transport is gone. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const id of [...this.#streams.keys()]) this.#forget(id);
    this.#inflate.close();
    this.#deflate.close();
  }

  #break(reason: string): void {
    if (this.#isOver) return;
    this.close();
    this.#options.onBroken(reason);
  }

  async #read(chunk: Buffer): Promise<void> {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    while (!this.#isOver && this.#unread.length >= HEAD_BYTES) {
      const length = this.#unread.readUIntBE(5, 3);
      if (length > SPDY_LIMITS.frameBytesMax) {
        this.#break(`a frame of ${length} bytes`);
        return;
      }
      if (this.#unread.length < HEAD_BYTES + length) return;
      const head = this.#unread.subarray(0, HEAD_BYTES);
      const payload = this.#unread.subarray(HEAD_BYTES, HEAD_BYTES + length);
      this.#unread = this.#unread.subarray(HEAD_BYTES + length);
      await this.#frame(head, payload);
    }
  }

  async #frame(head: Buffer, payload: Buffer): Promise<void> {
    const flags = head.readUInt8(4);
    if ((head.readUInt8(0) & CONTROL) === 0) {
      this.#data(head.readUInt32BE(0), payload, flags);
      return;
    }
    switch (head.readUInt16BE(2)) {
      case TYPE.synStream:
        await this.#open(payload, flags);
        return;
      case TYPE.rstStream:
        this.#forget(payload.readUInt32BE(0));
        return;
      case TYPE.ping:
        this.#options.send(control(TYPE.ping, 0, payload));
        return;
      default:
      // Settings, windows and farewells ask for nothing.
    }
  }

  #data(id: number, payload: Buffer, flags: number): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) return;
    if (payload.length > 0) stream.events.onData(Buffer.from(payload));
    if ((flags & FLAG_FIN) !== 0) this.#endedByClient(id, stream);
  }

  async #open(payload: Buffer, flags: number): Promise<void> {
    const id = payload.readUInt32BE(0) & 0x7fffffff;
    const headers = await this.#headers(payload.subarray(STREAM_HEAD_BYTES));
    if (headers === null) {
      this.#break('headers that cannot be read');
      return;
    }
    const events = this.#streams.size >= SPDY_LIMITS.streamsMax ? null : this.#options.onStream(this.#stream(id, headers));
    if (events === null) {
      this.#options.send(control(TYPE.rstStream, 0, words(id, REFUSED_STREAM)));
      return;
    }
    const stream = { events, isEndedByClient: false, isEndedByUs: false };
    this.#streams.set(id, stream);
    this.#options.send(control(TYPE.synReply, 0, Buffer.concat([words(id), await this.#noHeaders()])));
    if ((flags & FLAG_FIN) !== 0) this.#endedByClient(id, stream);
  }

  #stream(id: number, headers: Readonly<Record<string, string>>): SpdyStream {
    return {
      id,
      headers,
      write: (bytes) => {
        const stream = this.#streams.get(id);
        if (stream === undefined || stream.isEndedByUs) return true;
        return this.#options.send(Buffer.concat([dataHead(id, 0, bytes.length), bytes]));
      },
      end: () => {
        const stream = this.#streams.get(id);
        if (stream === undefined || stream.isEndedByUs) return;
        stream.isEndedByUs = true;
        this.#options.send(dataHead(id, FLAG_FIN, 0));
        if (stream.isEndedByClient) this.#forget(id);
      },
      reset: () => {
        if (!this.#streams.has(id)) return;
        this.#options.send(control(TYPE.rstStream, 0, words(id, 5)));
        this.#forget(id);
      },
    };
  }

  #endedByClient(id: number, stream: OpenStream): void {
    if (stream.isEndedByClient) return;
    stream.isEndedByClient = true;
    stream.events.onEnd();
    if (stream.isEndedByUs) this.#forget(id);
  }

  #forget(id: number): void {
    const stream = this.#streams.get(id);
    this.#streams.delete(id);
    stream?.events.onClose();
  }

  /** Null when they are not what headers are. */
  async #headers(packed: Buffer): Promise<Readonly<Record<string, string>> | null> {
    const bytes = await through(this.#inflate, packed);
    if (bytes.length < 4 || bytes.length > SPDY_LIMITS.headerBytesMax) return null;
    const headers: Record<string, string> = {};
    let at = 4;
    const text = (): string | null => {
      if (at + 4 > bytes.length) return null;
      const length = bytes.readUInt32BE(at);
      at += 4 + length;
      return at > bytes.length ? null : bytes.toString('utf8', at - length, at);
    };
    for (let left = bytes.readUInt32BE(0); left > 0; left -= 1) {
      const [name, value] = [text(), text()];
      if (name === null || value === null) return null;
      headers[name.toLowerCase()] = value;
    }
    return headers;
  }

  #noHeaders(): Promise<Buffer> {
    return through(this.#deflate, Buffer.alloc(4));
  }
}

/** What comes out of the stream for what goes in, all of it. */
function through(stream: ReturnType<typeof createInflate> | ReturnType<typeof createDeflate>, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    const take = (piece: Buffer): void => void pieces.push(piece);
    stream.on('data', take);
    stream.once('close', () => resolve(Buffer.concat(pieces)));
    stream.write(bytes, () =>
      stream.flush(constants.Z_SYNC_FLUSH, () => {
        stream.off('data', take);
        resolve(Buffer.concat(pieces));
      }),
    );
  });
}

function control(type: number, flags: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt16BE((CONTROL << 8) | VERSION, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt8(flags, 4);
  head.writeUIntBE(payload.length, 5, 3);
  return Buffer.concat([head, payload]);
}

function dataHead(id: number, flags: number, length: number): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(id, 0);
  head.writeUInt8(flags, 4);
  head.writeUIntBE(length, 5, 3);
  return head;
}

function words(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, at) => bytes.writeUInt32BE(number, 4 * at));
  return bytes;
}
