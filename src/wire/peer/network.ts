/**
 * The network between members: two dialled connections to each peer (control and bulk, rule S18), used in one direction each; what peers
 * send to us arrives on the connections that they dialled.
 */
import type { Clock } from '../../shared/clock.ts';
import type { MemberId } from '../../shared/ids.ts';
import type { Random } from '../../shared/random.ts';
import { acceptPeer } from './accept.ts';
import { PeerConnection } from './connection.ts';
import type { Lane, PeerFrame } from './frame.ts';
import type { PeerIdentity, RefusalCode, Remembered } from './handshake.ts';
import type { LinkEvents, PeerLink, PeerTransport } from './link.ts';

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

export interface MemberNetworkOptions {
  readonly transport: PeerTransport;
  /** Read at each handshake, so that it can rotate (rule S19). @throws when it cannot be read */
  readonly secret: () => string;
  readonly clock: Clock;
  /** Draws the nonces of handshakes. */
  readonly random: Random;
}

/** Connections that peers dialled to us: two for each member, and as many again while old ones die. */
export const INBOUND_CONNECTIONS_MAX = 128;

export class MemberNetwork {
  readonly #options: MemberNetworkOptions;
  readonly #events: PeerEvents;
  readonly #inbound = new Set<PeerLink>();
  /** By member and lane, the connection that it dialled last. */
  readonly #latestInbound = new Map<string, PeerLink>();
  readonly #outbound = new Map<string, PeerConnection>();
  readonly #levels = new Map<MemberId, { readonly min: number; readonly max: number }>();
  #closed = false;

  private constructor(options: MemberNetworkOptions, events: PeerEvents) {
    this.#options = options;
    this.#events = events;
  }

  /** @throws when the transport cannot listen */
  static async open(options: MemberNetworkOptions, events: PeerEvents): Promise<MemberNetwork> {
    const network = new MemberNetwork(options, events);
    await options.transport.listen((link) => network.#accept(link));
    return network;
  }

  send(to: PeerName, lane: Lane, frame: PeerFrame): boolean {
    return !this.#closed && this.#connection(to, lane).send(frame);
  }

  #connection(to: PeerName, lane: Lane): PeerConnection {
    const key = keyOf(to.id, lane);
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
    for (const link of this.#inbound) link.destroy();
    await this.#options.transport.close();
  }

  #learn(identity: PeerIdentity): void {
    this.#levels.set(identity.id, { min: identity.featureLevelMin, max: identity.featureLevelMax });
  }

  #renew(id: MemberId): void {
    for (const connection of this.#outbound.values()) if (connection.peer.id === id) connection.renew();
  }

  /**
   * Whoever dials anew is heard on the new connection alone: a late acknowledgement of the process before would count for a disk that may be
   * an older one by now, and was not remembered yet when this one was told what is (rule S12).
   */
  #supersede(key: string, link: PeerLink): void {
    this.#latestInbound.get(key)?.destroy();
    this.#latestInbound.set(key, link);
  }

  #accept(link: PeerLink): LinkEvents {
    if (this.#closed || this.#inbound.size >= INBOUND_CONNECTIONS_MAX) {
      link.destroy();
      return turnedAway;
    }
    this.#inbound.add(link);
    let key: string | null = null;
    const events = acceptPeer(link, this.#options, this.#events, (identity, lane) => {
      key = keyOf(identity.id, lane);
      this.#supersede(key, link);
      this.#learn(identity);
      if (lane === 'control') this.#renew(identity.id);
    });
    return {
      ...events,
      onClosed: () => {
        this.#inbound.delete(link);
        if (key !== null && this.#latestInbound.get(key) === link) this.#latestInbound.delete(key);
        events.onClosed();
      },
    };
  }
}

const keyOf = (id: MemberId, lane: Lane): string => `${id}/${lane}`;

const turnedAway: LinkEvents = { onConnected: () => undefined, onData: () => undefined, onClosed: () => undefined };
