/**
 * `pods/portforward` over a web socket, in both ways that clients do it: `SPDY/3.1+portforward.k8s.io`, with pairs of streams for each connection,
 * which kubectl has sent since 1.31; and `v4.channel.k8s.io`, with a byte before each message for its channel.
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { PodGate } from './pod-gate.ts';
import { SpdySession } from './spdy.ts';
import type { SpdyStream, SpdyStreamEvents } from './spdy.ts';
import { agreedProtocol, WebSocketServerSide } from './web-socket.ts';

const TUNNEL = 'SPDY/3.1+portforward.k8s.io';
const CHANNELS = 'v4.channel.k8s.io';

export interface Forwarding {
  readonly gate: PodGate;
  /** Of the pod. */
  readonly address: string;
  /** Asked for in the query; the tunnel's streams name their own. */
  readonly ports: readonly number[];
}

/** False: the client speaks neither. */
export function forwardPorts(forwarding: Forwarding, incoming: IncomingMessage, socket: Duplex, head: Buffer): boolean {
  const protocol = agreedProtocol(incoming, [TUNNEL, CHANNELS]);
  if (protocol === TUNNEL) openTunnel(forwarding, incoming, socket, head);
  else if (protocol === CHANNELS) openChannels(forwarding, incoming, socket, head);
  return protocol !== null;
}

function openTunnel({ gate, address }: Forwarding, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  /** The stream for complaints, by the number of the connection; it comes before the one for bytes. */
  const complaints = new Map<string, SpdyStream>();
  const targets = new Set<Socket>();
  const session = new SpdySession({
    send: (bytes) => webSocket.send(bytes),
    onBroken: () => webSocket.close(),
    onStream: (stream) => {
      const { streamtype, port = '', requestid = '' } = stream.headers;
      if (streamtype === 'error') {
        complaints.set(requestid, stream);
        return { onData: () => undefined, onEnd: () => undefined, onClose: () => complaints.delete(requestid) };
      }
      if (streamtype !== 'data' || !/^\d+$/.test(port)) return null;
      const target = gate.dial(address, Number(port));
      targets.add(target);
      target.on('close', () => targets.delete(target));
      return joined(target, stream, (message) => {
        const complaint = complaints.get(requestid);
        if (message !== null) complaint?.write(Buffer.from(message));
        complaint?.end();
      });
    },
  });
  const webSocket = new WebSocketServerSide(incoming, socket, head, TUNNEL, {
    onMessage: (message) => session.take(message),
    onClose: () => {
      session.close();
      for (const target of targets) target.destroy();
    },
  });

  function joined(target: Socket, stream: SpdyStream, finish: (message: string | null) => void): SpdyStreamEvents {
    target.on('data', (chunk: Buffer) => {
      if (stream.write(chunk)) return;
      target.pause();
      webSocket.whenDrained(() => target.resume());
    });
    let failed: string | null = null;
    target.on('error', (error) => {
      failed = `an error occurred forwarding to the pod: dial tcp ${address}: ${error.message}`;
    });
    target.on('end', () => stream.end());
    target.on('close', () => {
      stream.end();
      finish(failed);
    });
    return { onData: (bytes) => target.write(bytes), onEnd: () => target.end(), onClose: () => target.destroy() };
  }
}

function openChannels({ gate, address, ports }: Forwarding, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  const targets: Socket[] = [];
  const webSocket = new WebSocketServerSide(incoming, socket, head, CHANNELS, {
    onMessage: (message) => {
      const channel = message[0] ?? 0;
      if (channel % 2 === 0) targets[channel / 2]?.write(message.subarray(1));
    },
    onClose: () => {
      for (const target of targets) target.destroy();
    },
  });
  for (const [index, port] of ports.entries()) {
    const number = Buffer.from([port & 0xff, port >> 8]);
    const [bytes, complaints] = [Buffer.from([2 * index]), Buffer.from([2 * index + 1])];
    for (const channel of [bytes, complaints]) webSocket.send(Buffer.concat([channel, number]));
    const target = gate.dial(address, port);
    targets.push(target);
    target.on('data', (chunk: Buffer) => {
      if (webSocket.send(Buffer.concat([bytes, chunk]))) return;
      target.pause();
      webSocket.whenDrained(() => target.resume());
    });
    target.on('error', (error) => webSocket.send(Buffer.concat([complaints, Buffer.from(error.message)])));
    target.on('close', () => {
      if (targets.every(({ destroyed }) => destroyed)) webSocket.close();
    });
  }
}
