/** The admission plugins of the API server that this world can tell apart: each by its name there. */
import { ApiFailure, forbidden, notFound } from '../failure.ts';
import { listAt, objectAt, stringAt, valueAt, withFieldAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { isTerminating } from '../objects.ts';
import { collectionOf } from '../resource-type.ts';
import { compareQuantities } from '../../../api/quantity.ts';
import { withDefaultsAt } from '../kinds/defaulting.ts';
import type { AdmissionPlugin } from './admission.ts';

const NAMESPACES = '/namespaces';
const CLASSES = 'storage.k8s.io/storageclasses';
const NOT_READY = 'node.kubernetes.io/not-ready';

/** Nothing is made in a namespace that is not there, or on its way out; the three that came with the cluster stay. */
export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  validate: ({ operation, type, namespace, name }, { store }) => {
    const isProtected = collectionOf(type) === NAMESPACES && operation === 'DELETE';
    if (isProtected && ['default', 'kube-system', 'kube-public'].includes(name))
      throw forbidden(type, name, 'this namespace may not be deleted');
    if (operation !== 'CREATE' || namespace === null) return;
    const found = store.get(NAMESPACES, { namespace: null, name: namespace });
    if (found === null) throw notFound({ group: '', plural: 'namespaces' }, namespace);
    if (!isTerminating(found)) return;
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
    const causes = [
      { reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace' },
    ];
    const details = { name, group: type.group, kind: type.plural, causes };
    throw new ApiFailure(403, 'Forbidden', forbidden(type, name, why).message, details);
  },
};

/** Pods run as somebody, and may speak to the API as that somebody. */
export const serviceAccounts: AdmissionPlugin = {
  name: 'ServiceAccount',
  mutate: ({ operation, type, subresource }, pod, { suffix }) => {
    if (operation !== 'CREATE' || type.kind !== 'Pod' || subresource !== null) return pod;
    const account = stringAt(pod, 'spec', 'serviceAccountName') ?? 'default';
    const named = withDefaultsAt(pod, { 'spec.serviceAccountName': account, 'spec.serviceAccount': account });
    if (valueAt(pod, 'spec', 'automountServiceAccountToken') === false) return named;
    return withToken(named, `kube-api-access-${suffix()}`);
  },
};

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const TOKEN_SECONDS = 3_607;

function withToken(pod: JsonObject, name: string): JsonObject {
  const sources = [
    { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: 'token' } },
    { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
  ];
  const volumes = [...listAt(pod, 'spec', 'volumes'), { name, projected: { sources, defaultMode: 0o644 } }];
  const containers = listAt(pod, 'spec', 'containers').map((container) => {
    const mounts = listAt(container, 'volumeMounts');
    if (mounts.some((mount) => stringAt(mount, 'mountPath') === TOKEN_PATH)) return container;
    return { ...objectAt(container), volumeMounts: [...mounts, { name, readOnly: true, mountPath: TOKEN_PATH }] };
  });
  return withFieldAt(withFieldAt(pod, ['spec', 'volumes'], volumes), ['spec', 'containers'], containers);
}

/** Nothing is placed on a node before its kubelet has said that it is ready. */
export const newNodes: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  mutate: ({ operation, type, subresource }, node) => {
    if (operation !== 'CREATE' || type.kind !== 'Node' || subresource !== null) return node;
    const taint = { key: NOT_READY, effect: 'NoSchedule' };
    const taints = listAt(node, 'spec', 'taints');
    const isThere = taints.some((one) => stringAt(one, 'key') === taint.key && stringAt(one, 'effect') === taint.effect);
    return isThere ? node : withFieldAt(node, ['spec', 'taints'], [...taints, taint]);
  },
};

const TOLERATION_SECONDS = 300;
const unreachableTaints = [NOT_READY, 'node.kubernetes.io/unreachable'];

export const defaultTolerations: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  mutate: ({ operation, type, subresource }, pod) => {
    if (operation !== 'CREATE' || type.kind !== 'Pod' || subresource !== null) return pod;
    const tolerations = listAt(pod, 'spec', 'tolerations');
    const missing = unreachableTaints.filter(
      (key) =>
        !tolerations.some(
          (one) => [key, undefined].includes(stringAt(one, 'key')) && ['NoExecute', undefined].includes(stringAt(one, 'effect')),
        ),
    );
    if (missing.length === 0) return pod;
    const added = missing.map((key) => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: TOLERATION_SECONDS }));
    return withFieldAt(pod, ['spec', 'tolerations'], [...tolerations, ...added]);
  },
};

export const priorities: AdmissionPlugin = {
  name: 'Priority',
  mutate: ({ operation, type, subresource }, pod) => {
    if (operation !== 'CREATE' || type.kind !== 'Pod' || subresource !== null) return pod;
    return withDefaultsAt(pod, { 'spec.priority': 0, 'spec.preemptionPolicy': 'PreemptLowerPriority' });
  },
};

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  mutate: ({ operation, type }, claim, { store }) => {
    if (
      operation !== 'CREATE' ||
      type.kind !== 'PersistentVolumeClaim' ||
      valueAt(claim, 'spec', 'storageClassName') !== undefined
    )
      return claim;
    const found = store.list(CLASSES, null).find(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true');
    return found === undefined ? claim : withFieldAt(claim, ['spec', 'storageClassName'], found.metadata.name);
  },
};

/** Claims and volumes in use stay until nobody uses them. */
export const storageProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  mutate: ({ operation, type, subresource }, object) => {
    if (operation !== 'CREATE' || subresource !== null) return object;
    const finalizer = { PersistentVolumeClaim: 'kubernetes.io/pvc-protection', PersistentVolume: 'kubernetes.io/pv-protection' }[
      type.kind
    ];
    if (finalizer === undefined) return object;
    const finalizers = listAt(object, 'metadata', 'finalizers');
    return finalizers.includes(finalizer) ? object : withFieldAt(object, ['metadata', 'finalizers'], [...finalizers, finalizer]);
  },
};

export const claimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  validate: ({ operation, type, name, subresource, object, before }, { store }) => {
    if (operation !== 'UPDATE' || type.kind !== 'PersistentVolumeClaim' || subresource !== null || before === null) return;
    const path = ['spec', 'resources', 'requests', 'storage'];
    const [size, sizeBefore] = [stringAt(object, ...path), stringAt(before, ...path)];
    if (size === undefined || sizeBefore === undefined || (compareQuantities(size, sizeBefore) ?? 0) <= 0) return;
    if (stringAt(before, 'status', 'phase') !== 'Bound')
      throw forbidden(type, name, 'Only bound persistent volume claims can be expanded');
    const className = stringAt(before, 'spec', 'storageClassName') ?? '';
    const storageClass = className === '' ? null : store.get(CLASSES, { namespace: null, name: className });
    if (storageClass?.['allowVolumeExpansion'] === true) return;
    throw forbidden(
      type,
      name,
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    );
  },
};

/** In the order of the API server. */
export const BUILTIN_PLUGINS: readonly AdmissionPlugin[] = [
  namespaceLifecycle,
  serviceAccounts,
  newNodes,
  defaultTolerations,
  priorities,
  defaultStorageClass,
  storageProtection,
  claimResize,
];
