/** Where the kinds live that controllers work on. */
import type {
  Claim,
  ControllerRevision,
  Deployment,
  DisruptionBudget,
  Lease,
  Node,
  PersistentVolume,
  Pod,
  ReplicaSet,
  Service,
  StatefulSet,
  StorageClass,
} from '../kinds.ts';
import type { StoredObject } from '../objects.ts';

/** The type parameter is what its objects look like; it has no value at run time. */
export interface KindPlace<Kind extends StoredObject = StoredObject> {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly objectType?: Kind;
}

function place<Kind extends StoredObject>(apiVersion: string, plural: string, kind: string): KindPlace<Kind> {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return { group: group ?? '', version: version ?? '', plural, kind };
}

export const NAMESPACES = place('v1', 'namespaces', 'Namespace');
export const PODS = place<Pod>('v1', 'pods', 'Pod');
export const SERVICES = place<Service>('v1', 'services', 'Service');
export const SECRETS = place('v1', 'secrets', 'Secret');
export const CONFIG_MAPS = place('v1', 'configmaps', 'ConfigMap');
export const SERVICE_ACCOUNTS = place('v1', 'serviceaccounts', 'ServiceAccount');
export const CLAIMS = place<Claim>('v1', 'persistentvolumeclaims', 'PersistentVolumeClaim');
export const VOLUMES = place<PersistentVolume>('v1', 'persistentvolumes', 'PersistentVolume');
export const NODES = place<Node>('v1', 'nodes', 'Node');
export const EVENTS = place('v1', 'events', 'Event');
export const STATEFUL_SETS = place<StatefulSet>('apps/v1', 'statefulsets', 'StatefulSet');
export const REVISIONS = place<ControllerRevision>('apps/v1', 'controllerrevisions', 'ControllerRevision');
export const DEPLOYMENTS = place<Deployment>('apps/v1', 'deployments', 'Deployment');
export const REPLICA_SETS = place<ReplicaSet>('apps/v1', 'replicasets', 'ReplicaSet');
export const BUDGETS = place<DisruptionBudget>('policy/v1', 'poddisruptionbudgets', 'PodDisruptionBudget');
export const SLICES = place('discovery.k8s.io/v1', 'endpointslices', 'EndpointSlice');
export const CLASSES = place<StorageClass>('storage.k8s.io/v1', 'storageclasses', 'StorageClass');
export const LEASES = place<Lease>('coordination.k8s.io/v1', 'leases', 'Lease');
export const DEFINITIONS = place('apiextensions.k8s.io/v1', 'customresourcedefinitions', 'CustomResourceDefinition');

export function collectionAt({ group, plural }: KindPlace): string {
  return `${group}/${plural}`;
}
