/** A storage node as a process: real doors, three servers, and a stop that comes in reverse order of the start. */
import { sameAddress } from '../shared/address-book.ts';
import type { ResolveAddress } from '../shared/address-book.ts';
import { refuse, succeed } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import { openDataFolder } from '../wal/data-folder.ts';
import { lockFolder } from '../wal/folder-lock.ts';
import { openNodeDisk } from '../wal/node-disk.ts';
import { NodeHttpServer } from '../wire/http/server.ts';
import type { MemberNetwork } from '../wire/peer/network.ts';
import { openTcpNetwork } from '../wire/peer/tcp-network.ts';
import { ClientServer } from './clients/client-server.ts';
import { NodeHttpBackend } from './http-backend.ts';
import type { Log } from './log.ts';
import { NodeMetrics } from './metrics.ts';
import type { NodeConfig } from './node-config.ts';
import { NodeService } from './node-service.ts';
import type { NodePorts, PeerHandler, ResolvePeer } from './ports.ts';
import { readSecret } from './secrets.ts';
import { StorageNode } from './storage-node.ts';
import { systemClock } from './system-clock.ts';
import { systemRandom } from './system-random.ts';

/** What clients have begun when a stop is asked for is answered within this time. */
export const CLIENT_DRAIN_MS_MAX = 5000;

export interface RunningNode {
  readonly node: StorageNode;
  /** The ports that are open: they differ from the configuration where that says 0. */
  readonly clientPort: number;
  readonly httpPort: number;
  /** Hands over, drains, closes; resolves when nothing is left open. */
  stop(): Promise<void>;
}

export interface RunNodeParts {
  readonly config: NodeConfig;
  readonly log: Log;
  /** The process must end now, without another acknowledgement (rules S10, S15). */
  readonly fatal: (reason: string) => void;
  /** A stop was asked for over HTTP. */
  readonly stopRequested: () => void;
  /** Where what is dialled and listened on is on this machine; without it every address is what it says. */
  readonly addresses?: ResolveAddress | undefined;
}

/** The reason is a sentence for the person who started the node. @throws DiskError, SecretError or a socket's error */
export async function runNode(parts: RunNodeParts): Promise<Result<RunningNode, string>> {
  const { config, log, fatal, stopRequested, addresses = sameAddress } = parts;
  // Read once at the start, so that a missing secret is told at once and not at the first handshake.
  for (const file of [config.peerSecretFile, config.adminTokenFile, config.clientPasswordFile]) if (file) readSecret(file);
  const disk = openNodeDisk(config.dataFolder);
  await disk.makeFolder('');
  const lock = await lockFolder(config.dataFolder);
  if (!lock.ok) return refuse(lock.reason.message);
  const opened = await openDataFolder(disk, systemRandom);
  if (!opened.ok) {
    await lock.value.release();
    return refuse(`the data folder ${config.dataFolder} cannot be opened: ${opened.reason.file}: ${opened.reason.message}`);
  }
  const ports: NodePorts = {
    disk,
    clock: systemClock,
    random: systemRandom,
    openNetwork: (handler) => openNetwork(config, addresses, handler),
  };
  const node = new StorageNode({ config, ports, dataFolder: opened.value, log, fatal });
  const service = new NodeService(node, process.pid);
  const { clientPasswordFile } = config;
  const clients = new ClientServer({
    ...addresses({ host: config.host, port: config.clientPort }),
    service,
    limits: { clientsMax: config.limits.clientsMax, unreadBytesMax: config.limits.clientUnreadBytesMax },
    password: () => (clientPasswordFile ? readSecret(clientPasswordFile) : null),
    clock: systemClock,
    events: {
      disconnected: (address, reason) => log.info({ address, reason }, 'disconnected a client'),
      failed: (error) => log.error({ error: error.message }, 'the client server failed'),
    },
  });
  const http = new NodeHttpServer(
    new NodeHttpBackend({
      node,
      metrics: new NodeMetrics(),
      adminToken: () => readSecret(config.adminTokenFile),
      clients: () => clients.count,
      stop: stopRequested,
    }),
  );
  const httpAddress = addresses({ host: config.host, port: config.httpPort });
  const httpPort = await http.listen(httpAddress.host, httpAddress.port);
  await node.start();
  await clients.listen();
  const clientPort = clients.port;
  log.info({ clientPort, peerPort: config.peerPort, httpPort }, 'listening');
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    log.info({}, 'stopping');
    await node.handOver();
    await clients.close(CLIENT_DRAIN_MS_MAX);
    await node.stop();
    await http.close();
    await lock.value.release();
    log.info({}, 'stopped');
  };
  return succeed({ node, clientPort, httpPort, stop: () => (stopping ??= stop()) });
}

async function openNetwork(config: NodeConfig, addresses: ResolveAddress, handler: PeerHandler): Promise<MemberNetwork> {
  const { network } = await openTcpNetwork(
    {
      ...addresses({ host: config.host, port: config.peerPort }),
      resolve: resolverOf(config, addresses),
      secret: () => readSecret(config.peerSecretFile),
      clock: systemClock,
      random: systemRandom,
    },
    handler,
  );
  return network;
}

function resolverOf({ peers }: NodeConfig, addresses: ResolveAddress): ResolvePeer {
  if ('table' in peers) {
    const table = new Map(peers.table.map(({ name, host, port }) => [name, { host, port }]));
    return (name) => table.get(name) ?? null;
  }
  return (name) => addresses({ host: peers.hostTemplate.replaceAll('{name}', name), port: peers.port });
}
