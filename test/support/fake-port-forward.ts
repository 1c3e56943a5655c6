/**
 * The server's side of a port-forward over a web socket (RFC 6455, `v4.channel.k8s.io`), as far as a test needs it: every frame is whole,
 * channel 0 carries bytes, and each channel begins with the port's number. As kube-apiserver 1.34 does, it refuses whoever accepts only some
 * media types, since what it sends has none, and the kubelet behind it refuses other protocols.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

const ACCEPT_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const BINARY = 0x82;
const CLOSE = 0x88;

const PROTOCOL = 'v4.channel.k8s.io';
const NOT_ACCEPTABLE = 'only the following media types are accepted: */*';

/** Bytes of `socket` go to `port` of this machine and back. */
export function forwardPort({ headers }: IncomingMessage, socket: Socket, port: number): void {
  if (!(headers.accept ?? '*/*').includes('*/*')) {
    refuse(socket, '406 Not Acceptable', NOT_ACCEPTABLE);
    return;
  }
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(/, */);
  if (!protocols.includes(PROTOCOL)) {
    refuse(socket, '403 Forbidden', 'requested protocol(s) are not supported');
    return;
  }
  const accept = createHash('sha1')
    .update(`${headers['sec-websocket-key'] ?? ''}${ACCEPT_GUID}`)
    .digest('base64');
  const target = connect({ host: '127.0.0.1', port });
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n` +
      `Sec-WebSocket-Protocol: ${PROTOCOL}\r\n\r\n`,
  );
  const number = Buffer.from([port & 0xff, port >> 8]);
  for (const channel of [0, 1]) socket.write(frame(Buffer.concat([Buffer.from([channel]), number])));
  target.on('data', (chunk: Buffer) => {
    // Small frames, so that replies arrive in pieces.
    for (let at = 0; at < chunk.length; at += 100)
      socket.write(frame(Buffer.concat([Buffer.from([0]), chunk.subarray(at, at + 100)])));
  });
  target.on('error', (error) => socket.end(frame(Buffer.concat([Buffer.from([1]), Buffer.from(error.message)]))));
  target.on('close', () => socket.end(frame(Buffer.alloc(0), CLOSE)));
  let unread: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk]);
    for (let read = readFrame(unread); read !== null; read = readFrame(unread)) {
      unread = unread.subarray(read.end);
      if (read.opcode === 0x8) target.end();
      else if (read.payload[0] === 0) target.write(read.payload.subarray(1));
    }
  });
  socket.on('close', () => target.destroy());
  socket.on('error', () => target.destroy());
}

function refuse(socket: Socket, status: string, text: string): void {
  const head = `HTTP/1.1 ${status}\r\nContent-Length: ${text.length}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n`;
  socket.end(head + text);
}

function frame(payload: Buffer, first = BINARY): Buffer {
  const head =
    payload.length < 126
      ? Buffer.from([first, payload.length])
      : Buffer.from([first, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}

/** Of a client, so that it is masked. Null: more bytes are needed. */
function readFrame(bytes: Buffer): { readonly opcode: number; readonly payload: Buffer; readonly end: number } | null {
  if (bytes.length < 2) return null;
  const short = (bytes[1] ?? 0) & 0x7f;
  const headLength = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < headLength + 4) return null;
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const start = headLength + 4;
  if (bytes.length < start + length) return null;
  const mask = bytes.subarray(headLength, start);
  const payload = Buffer.from(bytes.subarray(start, start + length).map((byte, at) => byte ^ (mask[at % 4] ?? 0)));
  return { opcode: (bytes[0] ?? 0) & 0x0f, payload, end: start + length };
}
