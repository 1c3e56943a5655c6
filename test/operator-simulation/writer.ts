/** A small client that writes all the time, each key once, and remembers what was acknowledged: none of it may ever be lost. */
import { ClientConnection } from '../simulation/client-connection.ts';
import type { Endpoint, Network } from '../simulation/network.ts';
import type { Random } from '../../src/shared/random.ts';

const PAUSE_MS = 400;
const TIMEOUT_MS = 2_000;

export class Writer implements Endpoint {
  readonly host = 'writer';
  readonly isAlive = true;
  readonly acknowledged = new Set<string>();
  readonly #network: Network;
  readonly #random: Random;
  readonly #hosts: () => readonly string[];
  #connection: ClientConnection | null = null;
  #written = 0;
  /** So many of the first count no more. */
  #forgotten = 0;
  #isStopped = false;
  /** When something was last acknowledged. */
  lastAtMs = 0;
  /** The longest time between two acknowledgements. */
  longestGapMs = 0;

  constructor(network: Network, random: Random, hosts: () => readonly string[]) {
    this.#network = network;
    this.#random = random;
    this.#hosts = hosts;
  }

  deliver(act: () => void): void {
    act();
  }

  /** A person gave up what the cluster held, and with it what has been sent and is not answered yet. */
  forgetAll(): void {
    this.acknowledged.clear();
    this.#forgotten = this.#written;
  }

  stop(): void {
    this.#isStopped = true;
  }

  async run(): Promise<void> {
    while (!this.#isStopped) {
      await this.#network.scheduler.sleep(PAUSE_MS * (0.5 + this.#random.fraction()));
      await this.#write();
    }
    this.#connection?.close('done');
  }

  async #write(): Promise<void> {
    const connection = await this.#connect();
    if (connection === null) return;
    const number = (this.#written += 1);
    const key = `w${number}`;
    const outcome = await connection.send([['SET', key, '1']])[0];
    if (outcome?.type === 'replied' && outcome.reply.type !== 'error') {
      const { nowMs } = this.#network.scheduler;
      if (this.acknowledged.size > 0) this.longestGapMs = Math.max(this.longestGapMs, nowMs - this.lastAtMs);
      this.lastAtMs = nowMs;
      if (number > this.#forgotten) this.acknowledged.add(key);
    } else connection.close('no');
  }

  async #connect(): Promise<ClientConnection | null> {
    if (this.#connection?.isOpen === true) return this.#connection;
    const hosts = this.#hosts();
    const host = hosts[this.#random.below(Math.max(1, hosts.length))];
    if (host === undefined) return null;
    const connection = new ClientConnection(this.#network, this, host, TIMEOUT_MS);
    this.#connection = connection;
    return (await connection.opened) ? connection : null;
  }
}
