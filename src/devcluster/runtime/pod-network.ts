/**
 * Addresses of pods and Services. On Linux the whole of 127.0.0.0/8 is this machine: each cluster takes a 127.N.0.0/16 of its own, by listening
 * there, so that no two take the same. Where there is only 127.0.0.1, addresses are names alone: each port that is listened on gets a free
 * port of 127.0.0.1, and the address book says which.
 */
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { assert } from '../../shared/assert.ts';
import { addressIn, addressText } from '../../shared/address-book.ts';
import type { Address, AddressBook } from '../../shared/address-book.ts';
import { NODE_PORT_FIRST, NODE_PORTS } from '../model/world.ts';

export type AddressMode = 'own-addresses' | 'own-ports';

export const NETWORK_LIMITS = {
  /** Second parts of 127.N.0.0/16 that clusters take. */
  firstNetwork: 60,
  lastNetwork: 250,
  podsMax: 0x7ffe,
} as const;

/** A sixteenth of the range. */
const NODE_PORTS_APART = 173;
const CLAIM_PORT = 10_250;
const CLAIM_HOST = '255.254';
const LOOPBACK = '127.0.0.1';

export class PodNetwork {
  readonly mode: AddressMode;
  readonly #prefix: string;
  readonly #claim: Server | null;
  readonly #taken = new Set<string>();
  readonly #ports = new Map<string, string>();
  readonly #onChange: () => void;
  #last = 0;

  private constructor(mode: AddressMode, prefix: string, claim: Server | null, onChange: () => void) {
    this.mode = mode;
    this.#prefix = prefix;
    this.#claim = claim;
    this.#onChange = onChange;
  }

  /**
   * @param preferred prefix of a network that this cluster had before, such as `127.60`
   * @param onChange which ports stand for which addresses is another now
   */
  static async open(mode: AddressMode | null, preferred: string | null, onChange: () => void): Promise<PodNetwork> {
    if (mode === 'own-ports') return new PodNetwork(mode, '10.60', null, onChange);
    const { firstNetwork, lastNetwork } = NETWORK_LIMITS;
    const all = Array.from({ length: lastNetwork - firstNetwork + 1 }, (_, index) => `127.${firstNetwork + index}`);
    for (const prefix of preferred?.startsWith('127.') === true ? [preferred, ...all] : all) {
      const claim = await listening(`${prefix}.${CLAIM_HOST}`, CLAIM_PORT);
      if (typeof claim === 'object') return new PodNetwork('own-addresses', prefix, claim, onChange);
      // No address of ours but 127.0.0.1: it is the same for every other network.
      if (claim === 'EADDRNOTAVAIL') break;
    }
    if (mode === 'own-addresses')
      throw new Error('this machine has no loopback addresses but 127.0.0.1: pods can only have ports of their own');
    return new PodNetwork('own-ports', '10.60', null, onChange);
  }

  get prefix(): string {
    return this.#prefix;
  }

  /** Not the one that was freed last: whoever still dials it should find nobody. */
  allocate(): string {
    assert(this.#taken.size < NETWORK_LIMITS.podsMax, 'there are fewer pods than addresses');
    do this.#last = (this.#last % NETWORK_LIMITS.podsMax) + 1;
    while (this.#taken.has(this.#address(this.#last)));
    const address = this.#address(this.#last);
    this.#taken.add(address);
    return address;
  }

  /** The n-th Service's. */
  readonly serviceAddress = (index: number): string => this.#address(0x8000 + (index & 0x7fff));

  /** Node ports are open on 127.0.0.1, which all clusters of this machine share: each begins elsewhere, and goes round. */
  readonly nodePort = (index: number): number => {
    const network = this.mode === 'own-addresses' ? Number(this.#prefix.split('.')[1]) - NETWORK_LIMITS.firstNetwork : 0;
    return NODE_PORT_FIRST + ((network * NODE_PORTS_APART + index) % NODE_PORTS);
  };

  /** Where this port of the address can be listened on; with ports of their own the machine gives one. */
  async openPort(address: string, port: number): Promise<Address> {
    if (this.mode === 'own-addresses') return { host: address, port };
    const known = this.place({ host: address, port });
    if (known.host === LOOPBACK) return known;
    const free = await freePort();
    this.#ports.set(addressText({ host: address, port }), addressText({ host: LOOPBACK, port: free }));
    this.#onChange();
    return { host: LOOPBACK, port: free };
  }

  /** Nobody is at the address any more. */
  release(address: string): void {
    this.#taken.delete(address);
    const own = [...this.#ports.keys()].filter((text) => text.startsWith(`${address}:`));
    for (const text of own) this.#ports.delete(text);
    if (own.length > 0) this.#onChange();
  }

  /** Where to dial it. */
  place(address: Address): Address {
    return addressIn({ names: {}, ports: this.ports }, address);
  }

  get ports(): AddressBook['ports'] {
    return Object.fromEntries(this.#ports);
  }

  async close(): Promise<void> {
    const claim = this.#claim;
    if (claim !== null) await new Promise<void>((resolve) => claim.close(() => resolve()));
  }

  #address(index: number): string {
    return `${this.#prefix}.${index >> 8}.${index & 0xff}`;
  }
}

/** The server, or the code of the error that kept it from listening. */
function listening(host: string, port: number): Promise<Server | string> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'UNKNOWN'));
    server.listen({ host, port }, () => resolve(server));
  });
}

async function freePort(): Promise<number> {
  const server = await listening(LOOPBACK, 0);
  if (typeof server === 'string') throw new Error(`no free port on ${LOOPBACK}: ${server}`);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
