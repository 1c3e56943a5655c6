/** The server's side of a web socket (RFC 6455): whole messages in, whole messages out. Binary alone; text is taken as bytes. */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const ACCEPT_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const FIN = 0x80;
const OPCODE = { continuation: 0x0, text: 0x1, binary: 0x2, close: 0x8, ping: 0x9, pong: 0xa } as const;
const NORMAL = 1000;
const PROTOCOL_ERROR = 1002;

export const WEB_SOCKET_LIMITS = {
  /** A larger message ends the connection. */
  messageBytesMax: 4 * 1024 * 1024,
} as const;

export interface WebSocketEvents {
  readonly onMessage: (message: Buffer) => void;
  /** Once, however it ended. */
  readonly onClose: () => void;
}

/** The first of the client's subprotocols that is among ours; null when none is. */
export function agreedProtocol({ headers }: IncomingMessage, ours: readonly string[]): string | null {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  return offered.find((name) => ours.includes(name)) ?? null;
}

export class WebSocketServerSide {
  readonly #socket: Duplex;
  readonly #events: WebSocketEvents;
  #unread: Buffer = Buffer.alloc(0);
  #message: Buffer[] = [];
  #isClosed = false;

  constructor({ headers }: IncomingMessage, socket: Duplex, head: Buffer, protocol: string, events: WebSocketEvents) {
    this.#socket = socket;
    this.#events = events;
    const accept = createHash('sha1')
      .update(`${headers['sec-websocket-key'] ?? ''}${ACCEPT_GUID}`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n` +
        `Sec-WebSocket-Protocol: ${protocol}\r\n\r\n`,
    );
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => this.#over());
    if (head.length > 0) this.#take(head);
  }

  /** False: the client does not read as fast as that; `whenDrained` tells when it has. */
  send(message: Buffer): boolean {
    return this.#isClosed || this.#socket.write(frameOf(OPCODE.binary, message));
  }

  whenDrained(then: () => void): void {
    this.#socket.once('drain', then);
  }

  close(code: number = NORMAL): void {
    if (this.#isClosed) return;
    const reason = Buffer.alloc(2);
    reason.writeUInt16BE(code);
    this.#socket.end(frameOf(OPCODE.close, reason));
    this.#over();
  }

  #over(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#events.onClose();
  }

  #take(chunk: Buffer): void {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    for (let frame = readFrame(this.#unread); frame !== null && !this.#isClosed; frame = readFrame(this.#unread)) {
      if (frame.length > WEB_SOCKET_LIMITS.messageBytesMax) {
        this.close(PROTOCOL_ERROR);
        return;
      }
      if (frame.payload === null) return;
      this.#unread = this.#unread.subarray(frame.end);
      this.#follow(frame.opcode, frame.isLast, frame.payload);
    }
  }

  #follow(opcode: number, isLast: boolean, payload: Buffer): void {
    switch (opcode) {
      case OPCODE.close:
        this.close();
        return;
      case OPCODE.ping:
        this.#socket.write(frameOf(OPCODE.pong, payload));
        return;
      case OPCODE.pong:
        return;
      default:
        this.#message.push(payload);
        if (isLast) this.#events.onMessage(Buffer.concat(this.#message.splice(0)));
    }
  }
}

function frameOf(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  let head = Buffer.from([FIN | opcode, length]);
  if (length >= 126 && length <= 0xffff) {
    head = Buffer.from([FIN | opcode, 126, length >> 8, length & 0xff]);
  } else if (length > 0xffff) {
    head = Buffer.alloc(10);
    head.writeUInt8(FIN | opcode, 0);
    head.writeUInt8(127, 1);
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}

interface Frame {
  readonly opcode: number;
  readonly isLast: boolean;
  readonly length: number;
  /** Null: its bytes are not all there. */
  readonly payload: Buffer | null;
  readonly end: number;
}

/** Of a client, so that it is masked. Null: not even its head is there. */
function readFrame(bytes: Buffer): Frame | null {
  if (bytes.length < 2) return null;
  const [first, second] = [bytes.readUInt8(0), bytes.readUInt8(1)];
  const short = second & 0x7f;
  const headLength = short === 126 ? 4 : short === 127 ? 10 : 2;
  const maskLength = (second & 0x80) === 0 ? 0 : 4;
  if (bytes.length < headLength + maskLength) return null;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const start = headLength + maskLength;
  const end = start + length;
  const isWhole = bytes.length >= end;
  const payload = isWhole ? unmasked(bytes.subarray(start, end), bytes.subarray(headLength, start)) : null;
  return { opcode: first & 0x0f, isLast: (first & FIN) !== 0, length, payload, end };
}

function unmasked(payload: Buffer, mask: Buffer): Buffer {
  const plain = Buffer.from(payload);
  if (mask.length === 4) for (let at = 0; at < plain.length; at += 1) plain[at] = (plain[at] ?? 0) ^ (mask[at & 3] ?? 0);
  return plain;
}
