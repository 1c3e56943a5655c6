/** Where clients come in: production sessions over the world's links, in place of src/node/clients/client-server.ts and its sockets. */
import type { StorageNode } from '../../src/node/storage-node.ts';
import type { LinkEvents, PeerLink } from '../../src/wire/peer/link.ts';
import type { NodeProcess } from './machine.ts';
import type { Network } from './network.ts';

const LIMITS = {
  clientsMax: 1000,
  unreadBytesMax: 8 * 1024 * 1024,
  commandsInFlightMax: 64,
  pipelineBytesMax: 1024 * 1024,
};

export class ClientDoor {
  readonly #process: NodeProcess;
  readonly #node: StorageNode;
  readonly #network: Network;

  constructor(process: NodeProcess, node: StorageNode, network: Network) {
    this.#process = process;
    this.#node = node;
    this.#network = network;
  }

  open(): void {
    const { build, clock } = this.#process;
    const registry = new build.ClientRegistry(clock);
    const service = new build.NodeService(this.#node, 1);
    const environment = { service, registry, password: () => null, limits: LIMITS };
    this.#network.listen(this.#process, 'client', (link, from) => {
      const state = registry.open(from.host, this.#process.host, true);
      const session = new build.ClientSession(state, environment, {
        ready: () => queueMicrotask(() => this.#flush(session, link)),
        unreadBytes: () => link.waitingBytes,
        disconnect: () => link.destroy(),
      });
      const events: LinkEvents = {
        onConnected: () => undefined,
        onData: (chunk) => session.receive(chunk),
        onClosed: () => {
          session.disconnect();
          registry.close(state);
        },
      };
      return events;
    });
  }

  #flush(session: InstanceType<NodeProcess['build']['ClientSession']>, link: PeerLink): void {
    const output = session.takeOutput();
    if (session.isOver) link.end(output);
    else if (output.length > 0) link.write(output);
    session.resume();
  }
}
