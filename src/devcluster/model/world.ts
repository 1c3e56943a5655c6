/** What the API draws from outside, and what it hands out: time, identities, addresses. Same seed, same world. */
import type { Clock } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import { ApiFailure } from './failure.ts';
import { listAt, numberAt, stringAt } from './json.ts';
import { timeText } from './objects.ts';
import type { KindWorld } from './resource-type.ts';
import type { Store } from './store.ts';

/** Of the alphabet that Kubernetes takes: no vowels, so that no words come up. */
const SUFFIX_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';
const SUFFIX_LENGTH = 5;
const SERVICES = '/services';
/** What Kubernetes gives away by itself: 30000 to 32767. */
export const NODE_PORT_FIRST = 30_000;
export const NODE_PORTS = 2_768;

function addressOfService(index: number): string {
  return `10.96.${index >> 8}.${index & 0xff}`;
}

export class World implements KindWorld {
  readonly store: Store;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #serviceAddress: (index: number) => string;
  readonly #nodePort: (index: number) => number;
  #addresses = 0;

  constructor(
    store: Store,
    clock: Clock,
    random: Random,
    serviceAddress = addressOfService,
    nodePort = (index: number): number => NODE_PORT_FIRST + index,
  ) {
    this.store = store;
    this.#clock = clock;
    this.#random = random;
    this.#serviceAddress = serviceAddress;
    this.#nodePort = nodePort;
  }

  get nowMs(): number {
    return this.#clock.wallMs();
  }

  get nowText(): string {
    return timeText(this.nowMs);
  }

  /** RFC 4122, version 4. */
  uid(): string {
    const hex = this.#random.hex(32);
    const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
    return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`, hex.slice(20)].join(
      '-',
    );
  }

  suffix(): string {
    return Array.from({ length: SUFFIX_LENGTH }, () => SUFFIX_LETTERS.charAt(this.#random.below(SUFFIX_LETTERS.length))).join('');
  }

  allocateClusterIp(): string {
    const taken = new Set(this.store.list(SERVICES, null).map((service) => stringAt(service, 'spec', 'clusterIP')));
    for (let tries = 0; tries < 0xffff; tries += 1) {
      this.#addresses = (this.#addresses % 0xfffe) + 1;
      const address = this.#serviceAddress(this.#addresses);
      if (!taken.has(address)) return address;
    }
    throw new ApiFailure(500, 'InternalError', 'Internal error occurred: failed to allocate IP: range is full');
  }

  allocateNodePort(): number {
    const ports = this.store.list(SERVICES, null).flatMap((service) => listAt(service, 'spec', 'ports'));
    const taken = new Set(ports.map((port) => numberAt(port, 'nodePort')));
    for (let index = 0; index < NODE_PORTS; index += 1) {
      const port = this.#nodePort(index);
      if (!taken.has(port)) return port;
    }
    throw new ApiFailure(500, 'InternalError', 'Internal error occurred: failed to allocate a nodePort: range is full');
  }
}
