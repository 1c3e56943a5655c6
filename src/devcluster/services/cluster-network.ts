/** Keeps what dials and listens true to what the API says: the address book's names, and the doors of Services, as they change. */
import { renameSync, writeFileSync } from 'node:fs';
import type { AddressBook } from '../../shared/address-book.ts';
import type { Clock } from '../../shared/clock.ts';
import type { ModelClient } from '../model/controllers/client.ts';
import { collectionAt, SERVICES, SLICES } from '../model/controllers/kind-places.ts';
import { sameJson } from '../model/json.ts';
import type { PodNetwork } from '../runtime/pod-network.ts';
import { clusterNames } from './names.ts';
import { ServiceDoors } from './service-doors.ts';

export interface ClusterNetworkOptions {
  readonly clock: Clock;
  readonly client: ModelClient;
  readonly network: PodNetwork;
  readonly addressBookFile: string;
}

const CONCERNED = new Set([collectionAt(SERVICES), collectionAt(SLICES)]);

export class ClusterNetwork {
  readonly #options: ClusterNetworkOptions;
  readonly #doors: ServiceDoors;
  readonly #unsubscribe: () => void;
  #written: AddressBook | null = null;
  #cancel: (() => void) | null = null;
  #stopped = false;

  constructor(options: ClusterNetworkOptions) {
    this.#options = options;
    const { client, network } = options;
    this.#doors = new ServiceDoors({ client: client.as('kube-proxy'), network });
    this.#unsubscribe = client.api.store.onChange(({ collection }) => {
      if (CONCERNED.has(collection)) this.lookSoon();
    });
    this.look();
  }

  /** Once for however many changes of this moment. */
  lookSoon(): void {
    // Doors that close give their ports back, which is a change as well.
    if (this.#stopped) return;
    this.#cancel ??= this.#options.clock.schedule(0, () => {
      this.#cancel = null;
      this.look();
    });
  }

  look(): void {
    const { client, network, addressBookFile } = this.#options;
    this.#doors.follow();
    const book: AddressBook = { names: clusterNames(client), ports: network.ports };
    if (this.#written !== null && sameJson(book, this.#written)) return;
    this.#written = book;
    const draft = `${addressBookFile}.draft`;
    writeFileSync(draft, JSON.stringify(book), { mode: 0o600 });
    renameSync(draft, addressBookFile);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#unsubscribe();
    this.#cancel?.();
    await this.#doors.close();
  }
}
