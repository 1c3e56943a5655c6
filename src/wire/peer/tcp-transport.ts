/** Links over TCP. */
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { LinkEvents, PeerLink, PeerTransport } from './link.ts';

const KEEP_ALIVE_DELAY_MS = 5000;
const socketOptions = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_DELAY_MS };

export interface TcpTransportOptions {
  readonly host: string;
  readonly port: number;
  readonly resolve: (name: string) => { readonly host: string; readonly port: number } | null;
}

class TcpLink implements PeerLink {
  readonly #socket: Socket;
  #corked = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get isDestroyed(): boolean {
    return this.#socket.destroyed;
  }

  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  get sentBytes(): number {
    return this.#socket.bytesWritten - this.#socket.writableLength;
  }

  get remoteAddress(): string {
    return this.#socket.remoteAddress ?? 'unknown';
  }

  /** Everything sent in one turn of the event loop leaves in one system call. */
  write(bytes: Uint8Array): void {
    const socket = this.#socket;
    if (!this.#corked) {
      this.#corked = true;
      socket.cork();
      process.nextTick(() => {
        this.#corked = false;
        socket.uncork();
      });
    }
    socket.write(bytes);
  }

  end(bytes: Uint8Array): void {
    this.#socket.end(bytes);
  }

  destroy(): void {
    this.#socket.destroy();
  }

  attach(events: LinkEvents): void {
    const socket = this.#socket;
    socket.on('connect', () => events.onConnected());
    socket.on('data', (chunk: Buffer) => events.onData(chunk));
    // The reason is told by 'close', which always follows; names that do not resolve yet are normal while pods start.
    socket.on('error', () => undefined);
    socket.on('close', () => events.onClosed());
  }
}

export class TcpTransport implements PeerTransport {
  readonly #options: TcpTransportOptions;
  #server: Server | null = null;

  constructor(options: TcpTransportOptions) {
    this.#options = options;
  }

  /** The port that is open: differs from the option when that was 0. */
  get port(): number {
    const address = this.#server?.address() ?? null;
    return typeof address === 'object' && address ? address.port : this.#options.port;
  }

  dial(name: string, events: LinkEvents): PeerLink | null {
    const address = this.#options.resolve(name);
    if (!address) return null;
    const link = new TcpLink(connect({ ...socketOptions, host: address.host, port: address.port }));
    link.attach(events);
    return link;
  }

  async listen(accept: (link: PeerLink) => LinkEvents): Promise<void> {
    const server = createServer(socketOptions, (socket) => {
      const link = new TcpLink(socket);
      link.attach(accept(link));
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#options.port, this.#options.host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => (this.#server ? this.#server.close(() => resolve()) : resolve()));
  }
}
