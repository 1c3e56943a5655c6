/** The columns that `kubectl get` shows of each kind: the server's to say. Of custom kinds their definition says. */
import { listAt, numberAt, objectAt, stringAt, valueAt } from '../model/json.ts';
import type { JsonObject } from '../model/json.ts';
import type { StoredObject } from '../model/objects.ts';
import { DEFINITIONS } from '../model/registry.ts';
import type { ResourceType } from '../model/resource-type.ts';
import { labelSelectorOf, selectorText } from '../model/selectors.ts';
import type { Store } from '../model/store.ts';

export interface Column {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'date' | 'boolean' | 'number';
  /** 0: always shown; 1: with `-o wide`. */
  readonly priority: number;
  readonly description: string;
  readonly cell: (object: StoredObject, nowMs: number) => unknown;
}

function column(name: string, cell: Column['cell'], priority = 0, type: Column['type'] = 'string'): Column {
  return { name, type, priority, description: '', cell };
}

function at(...path: readonly string[]): Column['cell'] {
  return (object) => textOf(valueAt(object, ...path), '<none>');
}

function textOf(value: unknown, empty: string): string {
  if (typeof value === 'string') return value === '' ? empty : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return empty;
}

/** `45s`, `5m`, `3h`, `12d`: one unit is enough to tell how long. */
export function ageText(sinceMs: number, nowMs: number): string {
  if (Number.isNaN(sinceMs)) return '<unknown>';
  const seconds = Math.max(0, Math.floor((nowMs - sinceMs) / 1_000));
  if (seconds < 120) return `${seconds}s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)}h`;
  return `${Math.floor(seconds / 86_400)}d`;
}

const name = column('Name', ({ metadata }) => metadata.name);
const age = column('Age', ({ metadata }, nowMs) => ageText(Date.parse(metadata.creationTimestamp), nowMs));

function count(...path: readonly string[]): Column['cell'] {
  return (object) => numberAt(object, ...path) ?? 0;
}

function ratio(ready: readonly string[], wanted: readonly string[]): Column['cell'] {
  return (object) => `${numberAt(object, ...ready) ?? 0}/${numberAt(object, ...wanted) ?? 0}`;
}

function images(object: StoredObject): string {
  return listAt(object, 'spec', 'template', 'spec', 'containers')
    .map((container) => stringAt(container, 'image') ?? '')
    .join(',');
}

function portsOf(service: StoredObject): string {
  const ports = listAt(service, 'spec', 'ports').map((port) => {
    const node = numberAt(port, 'nodePort');
    return `${numberAt(port, 'port') ?? ''}${node === undefined ? '' : `:${node}`}/${stringAt(port, 'protocol') ?? ''}`;
  });
  return ports.length === 0 ? '<none>' : ports.join(',');
}

/** What a person wants to know of a pod in one word. */
function podStatus(pod: StoredObject): string {
  const statuses = listAt(pod, 'status', 'containerStatuses');
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating';
  for (const status of statuses) {
    const reason = stringAt(status, 'state', 'waiting', 'reason') ?? stringAt(status, 'state', 'terminated', 'reason');
    if (reason !== undefined) return reason;
  }
  return stringAt(pod, 'status', 'reason') ?? stringAt(pod, 'status', 'phase') ?? 'Unknown';
}

function podReady(pod: StoredObject): string {
  const statuses = listAt(pod, 'status', 'containerStatuses');
  const ready = statuses.filter((status) => valueAt(status, 'ready') === true).length;
  return `${ready}/${listAt(pod, 'spec', 'containers').length}`;
}

function restarts(pod: StoredObject): number {
  return listAt(pod, 'status', 'containerStatuses').reduce<number>(
    (sum, status) => sum + (numberAt(status, 'restartCount') ?? 0),
    0,
  );
}

function nodeStatus(node: StoredObject): string {
  const ready = listAt(node, 'status', 'conditions').find((condition) => stringAt(condition, 'type') === 'Ready');
  const words = [stringAt(ready, 'status') === 'True' ? 'Ready' : 'NotReady'];
  if (valueAt(node, 'spec', 'unschedulable') === true) words.push('SchedulingDisabled');
  return words.join(',');
}

function modes(object: StoredObject): string {
  const short: Readonly<Record<string, string>> = {
    ReadWriteOnce: 'RWO',
    ReadOnlyMany: 'ROX',
    ReadWriteMany: 'RWX',
    ReadWriteOncePod: 'RWOP',
  };
  return listAt(object, 'spec', 'accessModes')
    .map((mode) => short[String(mode)] ?? String(mode))
    .join(',');
}

function dataCount(object: StoredObject): number {
  return Object.keys(objectAt(object, 'data')).length + Object.keys(objectAt(object, 'binaryData')).length;
}

function lastSeen(event: StoredObject, nowMs: number): string {
  const text =
    stringAt(event, 'series', 'lastObservedTime') ?? stringAt(event, 'lastTimestamp') ?? stringAt(event, 'eventTime') ?? '';
  return ageText(Date.parse(text === '' ? event.metadata.creationTimestamp : text), nowMs);
}

function regarded(event: StoredObject): string {
  const of = objectAt(event, event.apiVersion === 'v1' ? 'involvedObject' : 'regarding');
  return `${(stringAt(of, 'kind') ?? '').toLowerCase()}/${stringAt(of, 'name') ?? ''}`;
}

const builtin: Readonly<Record<string, readonly Column[]>> = {
  Pod: [
    name,
    column('Ready', podReady),
    column('Status', podStatus),
    column('Restarts', restarts, 0, 'integer'),
    age,
    column('IP', at('status', 'podIP'), 1),
    column('Node', at('spec', 'nodeName'), 1),
  ],
  Service: [
    name,
    column('Type', at('spec', 'type')),
    column('Cluster-IP', at('spec', 'clusterIP')),
    column('External-IP', () => '<none>'),
    column('Port(s)', portsOf),
    age,
  ],
  StatefulSet: [
    name,
    column('Ready', ratio(['status', 'readyReplicas'], ['spec', 'replicas'])),
    age,
    column('Images', images, 1),
  ],
  Deployment: [
    name,
    column('Ready', ratio(['status', 'readyReplicas'], ['spec', 'replicas'])),
    column('Up-to-date', count('status', 'updatedReplicas'), 0, 'integer'),
    column('Available', count('status', 'availableReplicas'), 0, 'integer'),
    age,
    column('Images', images, 1),
  ],
  ReplicaSet: [
    name,
    column('Desired', count('spec', 'replicas'), 0, 'integer'),
    column('Current', count('status', 'replicas'), 0, 'integer'),
    column('Ready', count('status', 'readyReplicas'), 0, 'integer'),
    age,
  ],
  PersistentVolumeClaim: [
    name,
    column('Status', at('status', 'phase')),
    column('Volume', at('spec', 'volumeName')),
    column('Capacity', at('status', 'capacity', 'storage')),
    column('Access Modes', modes),
    column('StorageClass', at('spec', 'storageClassName')),
    age,
  ],
  PersistentVolume: [
    name,
    column('Capacity', at('spec', 'capacity', 'storage')),
    column('Access Modes', modes),
    column('Reclaim Policy', at('spec', 'persistentVolumeReclaimPolicy')),
    column('Status', at('status', 'phase')),
    column('Claim', (volume) => {
      const { namespace, name: claim } = objectAt(volume, 'spec', 'claimRef');
      return typeof claim === 'string' ? `${textOf(namespace, '')}/${claim}` : '';
    }),
    column('StorageClass', at('spec', 'storageClassName')),
    age,
  ],
  Node: [
    name,
    column('Status', nodeStatus),
    column('Roles', () => '<none>'),
    age,
    column('Version', at('status', 'nodeInfo', 'kubeletVersion')),
  ],
  Namespace: [name, column('Status', at('status', 'phase')), age],
  Event: [
    column('Last Seen', lastSeen),
    column('Type', at('type')),
    column('Reason', at('reason')),
    column('Object', regarded),
    column('Message', (event) => textOf(event['message'] ?? event['note'], '')),
  ],
  Secret: [name, column('Type', at('type')), column('Data', dataCount, 0, 'integer'), age],
  ConfigMap: [name, column('Data', dataCount, 0, 'integer'), age],
  PodDisruptionBudget: [
    name,
    column('Min Available', (budget) => textOf(valueAt(budget, 'spec', 'minAvailable'), 'N/A')),
    column('Max Unavailable', (budget) => textOf(valueAt(budget, 'spec', 'maxUnavailable'), 'N/A')),
    column('Allowed Disruptions', count('status', 'disruptionsAllowed'), 0, 'integer'),
    age,
  ],
  NetworkPolicy: [
    name,
    column('Pod-Selector', (policy) => selectorText(labelSelectorOf(valueAt(policy, 'spec', 'podSelector')) ?? []) || '<none>'),
    age,
  ],
  Lease: [name, column('Holder', at('spec', 'holderIdentity')), age],
  StorageClass: [
    name,
    column('Provisioner', at('provisioner')),
    column('ReclaimPolicy', at('reclaimPolicy')),
    column('VolumeBindingMode', at('volumeBindingMode')),
    column('AllowVolumeExpansion', (one) => String(one['allowVolumeExpansion'] === true)),
    age,
  ],
  CustomResourceDefinition: [name, column('Created At', ({ metadata }) => metadata.creationTimestamp)],
};

export function columnsOf(store: Store, type: ResourceType): readonly Column[] {
  if (!type.custom) return builtin[type.kind] ?? [name, age];
  const definition = store.get(DEFINITIONS, { namespace: null, name: `${type.plural}.${type.group}` });
  const version = listAt(definition, 'spec', 'versions').find((one) => stringAt(one, 'name') === type.version);
  const own = listAt(version, 'additionalPrinterColumns').map(customColumn);
  return own.length === 0 ? [name, age] : [name, ...own];
}

function customColumn(described: unknown): Column {
  const {
    name: title,
    jsonPath,
    priority,
    description,
  } = objectAt(described) as JsonObject & { readonly name: string; readonly jsonPath: string };
  const type = (['integer', 'date', 'boolean', 'number'] as const).find((one) => one === stringAt(described, 'type')) ?? 'string';
  const path = jsonPath.replace(/^\./, '').split('.');
  const cell: Column['cell'] = (object, nowMs) => {
    const value = valueAt(object, ...path);
    if (value === undefined) return null;
    return type === 'date' ? ageText(Date.parse(textOf(value, '')), nowMs) : value;
  };
  return {
    name: title,
    type: type === 'date' ? 'date' : type,
    priority: typeof priority === 'number' ? priority : 0,
    description: textOf(description, ''),
    cell,
  };
}

/** The answer of a list, an object or an event as rows. */
export function tableOf(
  columns: readonly Column[],
  objects: readonly StoredObject[],
  metadata: JsonObject,
  nowMs: number,
  withHeader = true,
): JsonObject {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: withHeader
      ? columns.map(({ name: title, type, priority, description }) => ({
          name: title,
          type,
          format: title === 'Name' ? 'name' : '',
          description,
          priority,
        }))
      : null,
    rows: objects.map((object) => ({
      cells: columns.map(({ cell }) => cell(object, nowMs)),
      object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata },
    })),
  };
}
