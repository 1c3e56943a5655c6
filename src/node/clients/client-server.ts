/**
 * The TCP side of client sessions: accepts, reads, writes, and counts. Replies of one turn leave in one write; a client that reads slower
 * than it asks is first not read from any more, and cut off at `unreadBytesMax`. Works without a password too (rule S19 says when).
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { assert } from '../../shared/assert.ts';
import type { Clock } from '../../shared/clock.ts';
import type { CommandService } from '../command-service.ts';
import { ClientRegistry } from './client-state.ts';
import type { SessionEnvironment, SessionLimits } from './local-command.ts';
import { ClientSession } from './session.ts';
import type { DisconnectReason } from './session.ts';

const KEEP_ALIVE_MS = 300_000;
const LISTEN_BACKLOG = 511;
const COMMANDS_IN_FLIGHT_MAX = 1024;
const PIPELINE_BYTES_MAX = 16 * 1024 * 1024;
/** A connection that we have ended is closed by the client, or by us after this time. */
const LINGER_MS = 1000;
/** Connections beyond `clientsMax` that are being told so; more than these are cut off without a word. */
const TURNED_AWAY_MAX = 128;
const TOO_MANY_CLIENTS = '-ERR max number of clients reached\r\n';

/** What is worth a line in a log or a count in a metric; secrets and values never appear (rule S19). */
export interface ClientServerEvents {
  disconnected(address: string, reason: DisconnectReason | 'too-many-clients'): void;
  failed(error: Error): void;
}

export interface ClientServerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly service: CommandService;
  readonly clock: Clock;
  /** Asked at each connection and each AUTH; null when clients need none. While it throws, nobody gets in. */
  readonly password: () => string | null;
  readonly limits: Pick<SessionLimits, 'clientsMax' | 'unreadBytesMax'> & Partial<SessionLimits>;
  readonly events: ClientServerEvents;
}

export class ClientServer {
  readonly registry: ClientRegistry;
  readonly #options: ClientServerOptions;
  readonly #environment: SessionEnvironment;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  #turnedAway = 0;
  #closing = false;
  #whenEmpty: (() => void) | null = null;

  constructor(options: ClientServerOptions) {
    this.#options = options;
    this.registry = new ClientRegistry(options.clock);
    this.#environment = {
      service: options.service,
      registry: this.registry,
      password: () => this.#password(),
      limits: { commandsInFlightMax: COMMANDS_IN_FLIGHT_MAX, pipelineBytesMax: PIPELINE_BYTES_MAX, ...options.limits },
    };
    const sockets = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS, allowHalfOpen: true };
    this.#server = createServer(sockets, (socket) => this.#accept(socket));
  }

  /** Connections that are open. */
  get count(): number {
    return this.#connections.size;
  }

  /** The port that is listened on. */
  get port(): number {
    const address = this.#server.address();
    assert(address !== null && typeof address === 'object', 'a port is known once the server listens');
    return (address satisfies AddressInfo).port;
  }

  /** Rejects with the error of the operating system, for example `EADDRINUSE`. */
  async listen(): Promise<void> {
    const { host, port } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host, port, backlog: LISTEN_BACKLOG }, () => {
        this.#server.off('error', reject);
        this.#server.on('error', (error) => this.#options.events.failed(error));
        resolve();
      });
    });
  }

  /** Takes in nothing more, answers what was begun, and closes; what is not answered after `graceMs` is cut off. */
  async close(graceMs: number): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    const stopped = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    const emptied = new Promise<void>((resolve) => {
      this.#whenEmpty = resolve;
    });
    for (const connection of this.#connections) connection.drain();
    this.#checkEmpty();
    const cancel = this.#options.clock.schedule(graceMs, () => {
      for (const connection of this.#connections) connection.destroy();
    });
    await emptied;
    cancel();
    await stopped;
  }

  /** Fails closed: of a password that cannot be read, a secret takes the place that nobody knows (rule S19). */
  #password(): string | null {
    try {
      return this.#options.password();
    } catch (error) {
      this.#options.events.failed(error instanceof Error ? error : new Error(String(error)));
      return randomBytes(32).toString('hex');
    }
  }

  #checkEmpty(): void {
    if (this.#connections.size === 0) this.#whenEmpty?.();
  }

  #accept(socket: Socket): void {
    const address = `${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`;
    const { clientsMax } = this.#environment.limits;
    if (this.#closing) {
      socket.destroy();
    } else if (this.#connections.size >= clientsMax) {
      this.registry.connectionsRefused += 1;
      this.#options.events.disconnected(address, 'too-many-clients');
      this.#turnAway(socket);
    } else {
      const connection = new Connection(socket, address, this.#environment, this.#options.clock, {
        closed: () => {
          this.#connections.delete(connection);
          this.#checkEmpty();
        },
        cutOff: (reason) => this.#options.events.disconnected(address, reason),
      });
      this.#connections.add(connection);
    }
  }

  #turnAway(socket: Socket): void {
    socket.on('error', () => socket.destroy());
    if (this.#turnedAway >= TURNED_AWAY_MAX) {
      socket.destroy();
      return;
    }
    this.#turnedAway += 1;
    socket.on('close', () => {
      this.#turnedAway -= 1;
    });
    socket.write(TOO_MANY_CLIENTS);
    closeGently(socket, this.#options.clock);
  }
}

/**
 * Ends our side and discards what still comes: a socket closed over unread bytes resets the connection, and the client would lose our last
 * words with it.
 */
function closeGently(socket: Socket, clock: Clock): void {
  const cancel = clock.schedule(LINGER_MS, () => socket.destroy());
  socket.on('close', cancel);
  socket.end();
  socket.resume();
}

interface ConnectionEvents {
  closed(): void;
  cutOff(reason: DisconnectReason): void;
}

/** One socket and its session. */
class Connection {
  readonly #socket: Socket;
  readonly #session: ClientSession;
  readonly #clock: Clock;
  #ended = false;

  constructor(socket: Socket, address: string, environment: SessionEnvironment, clock: Clock, events: ConnectionEvents) {
    this.#socket = socket;
    this.#clock = clock;
    const { registry } = environment;
    const localAddress = `${socket.localAddress ?? '?'}:${socket.localPort ?? 0}`;
    const client = registry.open(address, localAddress, environment.password() === null);
    this.#session = new ClientSession(client, environment, {
      ready: () => queueMicrotask(() => this.#flush()),
      unreadBytes: () => socket.writableLength,
      disconnect: (reason) => {
        if (reason === 'slow-reader') registry.slowReadersDisconnected += 1;
        events.cutOff(reason);
        socket.destroy();
      },
    });
    socket.on('data', (bytes) => {
      this.#session.receive(bytes);
      this.#steer();
    });
    socket.on('drain', () => {
      this.#session.resume();
      this.#steer();
    });
    socket.on('end', () => this.#session.finishInput());
    // Resets and broken pipes are the client's going; `close` follows every error.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      this.#session.disconnect();
      registry.close(client);
      events.closed();
    });
  }

  drain(): void {
    this.#session.drain();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** All replies since the last flush, in one write. */
  #flush(): void {
    if (this.#socket.destroyed || this.#ended) return;
    const output = this.#session.takeOutput();
    if (output.length > 0) this.#socket.write(output);
    if (this.#session.isOver) {
      this.#ended = true;
      closeGently(this.#socket, this.#clock);
    } else this.#steer();
  }

  /** Reads only while what came before is used up: back-pressure reaches the client through TCP. */
  #steer(): void {
    if (this.#ended) return;
    const { wantsInput } = this.#session;
    if (!wantsInput && !this.#socket.isPaused()) this.#socket.pause();
    else if (wantsInput && this.#socket.isPaused()) this.#socket.resume();
  }
}
