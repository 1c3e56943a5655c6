/**
 * `<name>` is the guaranteed entry: any ready member, followers forward. `<name>-leader` follows a label that the operator sets, best effort.
 * `<name>-members` gives each member its own name, before it is ready: members must reach each other to become ready (S21).
 */
import { LABELS, PORTS } from '../../api/storage-cluster.ts';
import type { StorageCluster } from '../../api/storage-cluster.ts';
import { renderedObject } from './applied.ts';
import type { RenderedObject } from './applied.ts';
import { leaderServiceName, membersServiceName, selectorLabels } from './names.ts';

const clientPort = { name: 'client', port: PORTS.client, targetPort: 'client', protocol: 'TCP' } as const;
const peerPort = { name: 'peer', port: PORTS.peer, targetPort: 'peer', protocol: 'TCP' } as const;
const httpPort = { name: 'http', port: PORTS.http, targetPort: 'http', protocol: 'TCP' } as const;

const serviceType = { apiVersion: 'v1', kind: 'Service' } as const;

export function clientService(cluster: StorageCluster): RenderedObject {
  const { name } = cluster.metadata;
  return renderedObject(cluster, { ...serviceType, name }, { selector: selectorLabels(name), ports: [clientPort] });
}

export function leaderService(cluster: StorageCluster): RenderedObject {
  const { name } = cluster.metadata;
  const selector = { ...selectorLabels(name), [LABELS.role]: 'leader' };
  return renderedObject(cluster, { ...serviceType, name: leaderServiceName(name) }, { selector, ports: [clientPort] });
}

export function membersService(cluster: StorageCluster): RenderedObject {
  const { name } = cluster.metadata;
  return renderedObject(
    cluster,
    { ...serviceType, name: membersServiceName(name) },
    {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: selectorLabels(name),
      ports: [peerPort, httpPort, clientPort],
    },
  );
}
