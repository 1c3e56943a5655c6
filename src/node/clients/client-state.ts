/** What is known of one connected client, and the register of all of them: what CLIENT LIST and INFO tell. */
import type { Clock } from '../../shared/clock.ts';
import type { RespVersion } from '../../wire/resp/encoder.ts';

export interface ClientState {
  /** Unique since this process started, and rising. */
  readonly id: number;
  /** `host:port` of the client's end. */
  readonly address: string;
  /** `host:port` of our end. */
  readonly localAddress: string;
  readonly openedAtMs: number;
  lastCommandAtMs: number;
  /** Lower case, with its subcommand: `client|list`. */
  lastCommand: string;
  authenticated: boolean;
  protocol: RespVersion;
  name: string;
  libraryName: string;
  libraryVersion: string;
  /** As CLIENT NO-EVICT and NO-TOUCH set them; kept for CLIENT LIST, as nothing is evicted here and reads touch nothing. */
  noEvict: boolean;
  noTouch: boolean;
  /** Commands queued since MULTI; -1 outside a transaction. */
  queuedCommands: number;
  watchedKeys: number;
  /** The outcome of the newest write is unknown: nobody can vouch for it (WAIT). */
  newestWriteUnknown: boolean;
  /** Bytes received and not yet part of a command, and bytes of replies not yet read by the client. */
  heldBytes: () => number;
  unreadBytes: () => number;
}

export class ClientRegistry {
  readonly #clock: Clock;
  readonly #startedAtMs: number;
  readonly #clients = new Map<number, ClientState>();
  #opened = 0;
  commandsBegun = 0;
  connectionsRefused = 0;
  protocolErrors = 0;
  slowReadersDisconnected = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedAtMs = clock.monotonicMs();
  }

  get count(): number {
    return this.#clients.size;
  }

  get connectionsOpened(): number {
    return this.#opened;
  }

  get uptimeMs(): number {
    return this.nowMs() - this.#startedAtMs;
  }

  nowMs(): number {
    return this.#clock.monotonicMs();
  }

  open(address: string, localAddress: string, authenticated: boolean): ClientState {
    this.#opened += 1;
    const nowMs = this.nowMs();
    const client: ClientState = {
      id: this.#opened,
      address,
      localAddress,
      openedAtMs: nowMs,
      lastCommandAtMs: nowMs,
      lastCommand: 'NULL',
      authenticated,
      protocol: 2,
      name: '',
      libraryName: '',
      libraryVersion: '',
      noEvict: false,
      noTouch: false,
      queuedCommands: -1,
      watchedKeys: 0,
      newestWriteUnknown: false,
      heldBytes: () => 0,
      unreadBytes: () => 0,
    };
    this.#clients.set(client.id, client);
    return client;
  }

  close(client: ClientState): void {
    this.#clients.delete(client.id);
  }

  /** In the order in which they connected. */
  all(): readonly ClientState[] {
    return [...this.#clients.values()];
  }

  byId(id: number): ClientState | null {
    return this.#clients.get(id) ?? null;
  }
}
