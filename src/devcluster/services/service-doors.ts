/**
 * Services that can be dialled: on each port of a Service's address, and on its node port on 127.0.0.1, a connection is taken and handed to one of its
 * ready endpoints, in turn. What kube-proxy does by rules of the kernel. TCP alone.
 */
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Address } from '../../shared/address-book.ts';
import { listAt, numberAt, stringAt, valueAt } from '../model/json.ts';
import type { Service } from '../model/kinds.ts';
import type { ModelClient } from '../model/controllers/client.ts';
import { SERVICES } from '../model/controllers/kind-places.ts';
import type { StoredObject } from '../model/objects.ts';
import type { PodNetwork } from '../runtime/pod-network.ts';
import { keyOf, slicesByService } from './names.ts';

export interface ServiceDoorsOptions {
  readonly client: ModelClient;
  readonly network: PodNetwork;
}

/** One port of a Service, as it is dialled. */
interface WantedDoor {
  readonly service: Service;
  /** Null: its node port. */
  readonly address: string | null;
  readonly port: number;
  /** By which slices name it. */
  readonly portName: string;
}

interface Door {
  readonly close: () => Promise<void>;
}

const NODE_PORT_HOST = '127.0.0.1';

export class ServiceDoors {
  readonly #options: ServiceDoorsOptions;
  readonly #doors = new Map<string, Door>();
  readonly #closing = new Set<Promise<void>>();
  #turn = 0;

  constructor(options: ServiceDoorsOptions) {
    this.#options = options;
  }

  /** Opens what is new, closes what is gone. */
  follow(): void {
    const wanted = new Map(this.#wanted().map((door) => [idOf(door), door]));
    for (const [id, door] of this.#doors) {
      if (wanted.has(id)) continue;
      this.#doors.delete(id);
      const closing = door.close().finally(() => this.#closing.delete(closing));
      this.#closing.add(closing);
    }
    for (const [id, door] of wanted) if (!this.#doors.has(id)) this.#doors.set(id, this.#open(door));
  }

  async close(): Promise<void> {
    const all = [...this.#doors.values()].map((door) => door.close());
    this.#doors.clear();
    await Promise.all([...all, ...this.#closing]);
  }

  #wanted(): readonly WantedDoor[] {
    return this.#options.client.list(SERVICES, null).flatMap((service) => {
      const { clusterIP = '', ports = [], selector } = service.spec;
      if (clusterIP === '' || clusterIP === 'None' || selector === undefined) return [];
      return ports.flatMap((port) => {
        if (port.protocol !== 'TCP') return [];
        const nodePort = numberAt(port, 'nodePort') ?? 0;
        const inside = { service, address: clusterIP, port: port.port, portName: port.name ?? '' };
        return nodePort === 0 ? [inside] : [inside, { ...inside, address: null, port: nodePort }];
      });
    });
  }

  #open(door: WantedDoor): Door {
    const sockets = new Set<Socket>();
    const server = createServer({ noDelay: true }, (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      this.#serve(door, socket);
    });
    const opened = this.#listen(server, door);
    return {
      close: async () => {
        await opened;
        for (const socket of sockets) socket.destroy();
        if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
        if (door.address !== null && this.#options.network.mode === 'own-ports') this.#options.network.release(door.address);
      },
    };
  }

  async #listen(server: Server, { service, address, port }: WantedDoor): Promise<void> {
    const { client, network } = this.#options;
    const place: Address = address === null ? { host: NODE_PORT_HOST, port } : await network.openPort(address, port);
    await new Promise<void>((resolve) => {
      server.once('error', (error) => {
        client.event(service, 'Warning', 'FailedToListen', `port ${port} cannot be opened on this machine: ${error.message}`);
        resolve();
      });
      server.listen(place, () => resolve());
    });
  }

  #serve({ service, portName }: WantedDoor, socket: Socket): void {
    socket.on('error', () => undefined);
    const target = this.#endpoint(service, portName);
    // As a Service without endpoints does: refused.
    if (target === null) {
      socket.resetAndDestroy();
      return;
    }
    const upstream = connect({ ...this.#options.network.place(target), noDelay: true });
    upstream.on('error', () => socket.resetAndDestroy());
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  }

  #endpoint(service: Service, portName: string): Address | null {
    const targets = (slicesByService(this.#options.client).get(keyOf(service)) ?? []).flatMap((slice) =>
      targetsOf(slice, portName),
    );
    this.#turn += 1;
    return targets[this.#turn % Math.max(1, targets.length)] ?? null;
  }
}

function idOf({ service, address, port, portName }: WantedDoor): string {
  return [service.metadata.uid, address ?? 'node', port, portName].join('/');
}

function targetsOf(slice: StoredObject, portName: string): readonly Address[] {
  const port = listAt(slice, 'ports').find((one) => (stringAt(one, 'name') ?? '') === portName);
  const number = port === undefined ? undefined : numberAt(port, 'port');
  if (number === undefined) return [];
  return listAt(slice, 'endpoints').flatMap((endpoint) => {
    const address = listAt(endpoint, 'addresses')[0];
    return typeof address === 'string' && valueAt(endpoint, 'conditions', 'ready') === true
      ? [{ host: address, port: number }]
      : [];
  });
}
