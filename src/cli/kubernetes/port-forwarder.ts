/** A port of this machine that leads elsewhere, each connection anew: so that it outlives whatever it led to before. */
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const HOST = '127.0.0.1';

export interface PortForwarder {
  readonly port: number;
  /** Ends every connection, and the port. */
  close(): Promise<void>;
}

/**
 * A connection that cannot be led on ends alone, and `note` is told why. @param port 0: any that is free. Rejects when it can't be opened.
 */
export async function forwardPort(
  port: number,
  open: () => Promise<Duplex>,
  note: (message: string) => void,
): Promise<PortForwarder> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const fail = (error: unknown): void => {
      socket.destroy();
      if (!isOrdinaryEnd(error)) note(messageOf(error));
    };
    // Whoever hangs up while the way is opened is no error of ours.
    socket.on('error', () => socket.destroy());
    open().then(async (stream) => Promise.all([pipeline(socket, stream), pipeline(stream, socket)]).catch(fail), fail);
  });
  const opened = await listening(server, port);
  return {
    port: opened,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Whichever side goes first, the other one sees it go. */
function isOrdinaryEnd(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE';
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
