/**
 * The network between members over TCP: two dialled connections to each peer (control and bulk, rule S18), used in one direction each;
 * what peers send to us arrives on the connections that they dialled. Every name is resolved anew at each dial, because a pod's address
 * changes with the pod.
 */
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Clock } from '../../shared/clock.ts';
import type { MemberId } from '../../shared/ids.ts';
import { acceptPeer } from './accept.ts';
import { PeerConnection } from './connection.ts';
import type { Lane, PeerFrame } from './frame.ts';
import type { PeerIdentity, RefusalCode, Remembered } from './handshake.ts';

export interface PeerName {
  readonly id: MemberId;
  readonly name: string;
}

/** What the network asks of the member that it serves; src/node/ports.ts explains each call. */
export interface PeerEvents {
  identity(): PeerIdentity;
  remembered(id: MemberId): Remembered | null;
  onRemembered(from: PeerName, remembered: Remembered | null): void;
  onFrame(from: PeerName, frame: PeerFrame, sentAtMs: number): void;
  onUnreachable(id: MemberId): void;
  onRefused(peer: { readonly name: string; readonly id: MemberId | null }, code: RefusalCode, message: string): void;
}

export interface TcpNetworkOptions {
  readonly host: string;
  readonly port: number;
  readonly resolve: (name: string) => { readonly host: string; readonly port: number } | null;
  /** Read at each handshake, so that it can rotate (rule S19). @throws when it cannot be read */
  readonly secret: () => string;
  readonly clock: Clock;
}

/** Connections that peers dialled to us: two for each member, and as many again while old ones die. */
export const INBOUND_CONNECTIONS_MAX = 128;

export class TcpPeerNetwork {
  readonly #options: TcpNetworkOptions;
  readonly #events: PeerEvents;
  readonly #server: Server;
  readonly #inbound = new Set<Socket>();
  readonly #outbound = new Map<string, PeerConnection>();
  readonly #levels = new Map<MemberId, { readonly min: number; readonly max: number }>();
  #closed = false;

  private constructor(options: TcpNetworkOptions, events: PeerEvents) {
    this.#options = options;
    this.#events = events;
    this.#server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: 5000 }, (socket) =>
      this.#accept(socket),
    );
  }

  /** @throws when the port cannot be opened */
  static async listen(options: TcpNetworkOptions, events: PeerEvents): Promise<TcpPeerNetwork> {
    const network = new TcpPeerNetwork(options, events);
    await new Promise<void>((resolve, reject) => {
      network.#server.once('error', reject);
      network.#server.listen(options.port, options.host, () => {
        network.#server.off('error', reject);
        resolve();
      });
    });
    return network;
  }

  /** The port that is open: differs from the option when that was 0. */
  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : this.#options.port;
  }

  send(to: PeerName, lane: Lane, frame: PeerFrame): boolean {
    return !this.#closed && this.#connection(to, lane).send(frame);
  }

  #connection(to: PeerName, lane: Lane): PeerConnection {
    const key = `${to.id}/${lane}`;
    const known = this.#outbound.get(key);
    if (known) return known;
    const connection = new PeerConnection(to, lane, this.#options, this.#events, (identity) => this.#learn(identity));
    this.#outbound.set(key, connection);
    return connection;
  }

  spokenLevels(id: MemberId): { readonly min: number; readonly max: number } | null {
    return this.#levels.get(id) ?? null;
  }

  keep(members: readonly PeerName[]): void {
    if (this.#closed) return;
    const ids = new Set(members.map((member) => member.id));
    for (const [key, connection] of this.#outbound) {
      if (ids.has(connection.peer.id)) continue;
      connection.close();
      this.#outbound.delete(key);
    }
    for (const member of members) for (const lane of ['control', 'bulk'] as const) this.#connection(member, lane);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const connection of this.#outbound.values()) connection.close();
    for (const socket of this.#inbound) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #learn(identity: PeerIdentity): void {
    this.#levels.set(identity.id, { min: identity.featureLevelMin, max: identity.featureLevelMax });
  }

  #accept(socket: Socket): void {
    if (this.#closed || this.#inbound.size >= INBOUND_CONNECTIONS_MAX) {
      socket.destroy();
      return;
    }
    this.#inbound.add(socket);
    socket.on('close', () => this.#inbound.delete(socket));
    acceptPeer(socket, this.#options, this.#events, (identity) => this.#learn(identity));
  }
}
