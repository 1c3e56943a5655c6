/** A client's connection in the world: RESP2 over a link, any number of commands under way, and a deadline for each. */
import type { PeerLink } from '../../src/wire/peer/link.ts';
import { decodeReply, encodeCommand } from '../support/resp-client.ts';
import type { CallOutcome } from '../support/resp-client.ts';
import type { Endpoint, Network } from './network.ts';

interface Pending {
  readonly done: (outcome: CallOutcome) => void;
  readonly cancel: () => void;
}

export class ClientConnection {
  readonly host: string;
  readonly #network: Network;
  readonly #timeoutMs: number;
  readonly #link: PeerLink;
  readonly #pending: Pending[] = [];
  #unread: Buffer = Buffer.alloc(0);
  #connected: (isOpen: boolean) => void = () => undefined;
  /** Resolves with whether there is a connection. */
  readonly opened: Promise<boolean>;
  #closedBecause: string | null = null;
  /** Closed since a command had no reply in time. */
  missedDeadline = false;

  constructor(network: Network, client: Endpoint, host: string, timeoutMs: number) {
    this.host = host;
    this.#network = network;
    this.#timeoutMs = timeoutMs;
    this.opened = new Promise((resolve) => (this.#connected = resolve));
    this.#link = network.dial(client, host, 'client', {
      onConnected: () => this.#connected(true),
      onData: (chunk) => this.#read(chunk),
      onClosed: () => this.close('connection closed'),
    });
    network.scheduler.after(timeoutMs, () => this.#connected(false));
  }

  get isOpen(): boolean {
    return this.#closedBecause === null;
  }

  /** All leave together, in this order. */
  send(commands: readonly (readonly string[])[]): Promise<CallOutcome>[] {
    if (this.#closedBecause !== null) {
      const reason = this.#closedBecause;
      return commands.map(() => Promise.resolve({ type: 'unsent', reason }));
    }
    const outcomes = commands.map(
      () =>
        new Promise<CallOutcome>((done) => {
          const cancel = this.#network.scheduler.after(this.#timeoutMs, () => {
            this.missedDeadline = true;
            this.close(`no reply within ${this.#timeoutMs} ms`);
          });
          this.#pending.push({ done, cancel });
        }),
    );
    this.#link.write(Buffer.concat(commands.map((words) => encodeCommand(words))));
    return outcomes;
  }

  close(reason: string): void {
    if (this.#closedBecause !== null) return;
    this.#closedBecause = reason;
    this.#connected(false);
    this.#link.destroy();
    for (const { done, cancel } of this.#pending.splice(0)) {
      cancel();
      done({ type: 'lost', reason });
    }
  }

  #read(chunk: Buffer): void {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    for (let decoded = decodeReply(this.#unread, 0); decoded !== null; decoded = decodeReply(this.#unread, 0)) {
      this.#unread = this.#unread.subarray(decoded.end);
      const pending = this.#pending.shift();
      if (!pending) {
        this.close('a reply that nobody asked for');
        return;
      }
      pending.cancel();
      pending.done({ type: 'replied', reply: decoded.reply });
    }
  }
}
