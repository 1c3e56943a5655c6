/** The kinds that the operator speaks of, by their place in the API. */
import { GROUP, KIND, PLURAL, VERSION } from '../../api/constants.ts';
import type {
  ControllerRevision,
  KubernetesEvent,
  KubernetesObject,
  Lease,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  Secret,
  Service,
  StatefulSet,
  StorageClass,
  StoredStorageCluster,
} from './objects.ts';
import type { Resource } from './api.ts';

function kind<Kind extends KubernetesObject>(
  group: string,
  version: string,
  plural: string,
  name: string,
  namespaced = true,
): Resource<Kind> {
  return { group, version, plural, kind: name, namespaced };
}

export const STORAGE_CLUSTERS = kind<StoredStorageCluster>(GROUP, VERSION, PLURAL, KIND);
export const PODS = kind<Pod>('', 'v1', 'pods', 'Pod');
export const STATEFUL_SETS = kind<StatefulSet>('apps', 'v1', 'statefulsets', 'StatefulSet');
export const CONTROLLER_REVISIONS = kind<ControllerRevision>('apps', 'v1', 'controllerrevisions', 'ControllerRevision');
export const CLAIMS = kind<PersistentVolumeClaim>('', 'v1', 'persistentvolumeclaims', 'PersistentVolumeClaim');
export const VOLUMES = kind<PersistentVolume>('', 'v1', 'persistentvolumes', 'PersistentVolume', false);
export const STORAGE_CLASSES = kind<StorageClass>('storage.k8s.io', 'v1', 'storageclasses', 'StorageClass', false);
export const NODES = kind<Node>('', 'v1', 'nodes', 'Node', false);
export const SECRETS = kind<Secret>('', 'v1', 'secrets', 'Secret');
export const SERVICES = kind<Service>('', 'v1', 'services', 'Service');
export const CONFIG_MAPS = kind<KubernetesObject>('', 'v1', 'configmaps', 'ConfigMap');
export const SERVICE_ACCOUNTS = kind<KubernetesObject>('', 'v1', 'serviceaccounts', 'ServiceAccount');
export const NETWORK_POLICIES = kind<KubernetesObject>('networking.k8s.io', 'v1', 'networkpolicies', 'NetworkPolicy');
export const DISRUPTION_BUDGETS = kind<KubernetesObject>('policy', 'v1', 'poddisruptionbudgets', 'PodDisruptionBudget');
export const LEASES = kind<Lease>('coordination.k8s.io', 'v1', 'leases', 'Lease');
export const EVENTS = kind<KubernetesEvent>('events.k8s.io', 'v1', 'events', 'Event');

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf(resource: Resource<KubernetesObject>): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}
