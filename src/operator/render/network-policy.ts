/** Only members of this cluster reach the peer port; clients, probes and the operator prove who they are by password and token (S19). */
import { PORTS } from '../../api/storage-cluster.ts';
import type { StorageCluster } from '../../api/storage-cluster.ts';
import { renderedObject } from './applied.ts';
import type { RenderedObject } from './applied.ts';
import { membersServiceName, selectorLabels } from './names.ts';

export function networkPolicy(cluster: StorageCluster): RenderedObject {
  const { name } = cluster.metadata;
  const members = { matchLabels: selectorLabels(name) };
  const type = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name: membersServiceName(name) };
  return renderedObject(cluster, type, {
    podSelector: members,
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ podSelector: members }], ports: [{ port: PORTS.peer, protocol: 'TCP' }] },
      { ports: [{ port: PORTS.client, protocol: 'TCP' }] },
      { ports: [{ port: PORTS.http, protocol: 'TCP' }] },
    ],
  });
}
