/**
 * The pods of a StorageCluster. Nothing in here follows from the number of replicas or from the status: a scale that changed the template
 * would restart every member (a golden test holds it still). Every pod passes the restricted Pod Security Standard.
 */
import { heapMebibytesOfMemory, maxDataBytesOf, PORTS } from '../../api/storage-cluster.ts';
import type { StorageCluster } from '../../api/storage-cluster.ts';
import { present } from '../../shared/assert.ts';
import type { JsonObject } from './applied.ts';
import { childLabels, CLAIM_TEMPLATE, membersServiceName, SECRET_KEYS, secretName, selectorLabels } from './names.ts';
import type { SecretPurpose } from './names.ts';
import type { RenderSettings } from './settings.ts';

export const CONTAINER = 'node';
export const DATA_PATH = '/data';
const SECRETS_PATH = '/etc/quorate';

/** User and group of the process and of the volume, unless the resource names others. */
const UNIX_ID = 65_532;
/** Read by owner and group (the volume's group is the process' own), by nobody else. */
const SECRET_FILE_MODE = 0o440;

export function imageOf(cluster: StorageCluster, settings: RenderSettings): string {
  const { image, version } = cluster.spec;
  return image ?? `${settings.imageRepository}:${present(version, 'a spec that was read names a version or an image')}`;
}

export function podTemplate(cluster: StorageCluster, settings: RenderSettings): JsonObject {
  const { name } = cluster.metadata;
  const { metadata, spec } = cluster.spec.podTemplate;
  return {
    metadata: {
      labels: { ...metadata.labels, ...childLabels(name), ...selectorLabels(name) },
      ...(metadata.annotations === undefined ? {} : { annotations: metadata.annotations }),
    },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds,
      securityContext: podSecurityContext(cluster),
      affinity: spec.affinity ?? preferredAntiAffinity(name),
      topologySpreadConstraints: spec.topologySpreadConstraints ?? preferredSpread(name),
      ...optional('tolerations', spec.tolerations),
      ...optional('nodeSelector', spec.nodeSelector),
      ...optional('priorityClassName', spec.priorityClassName),
      ...optional('imagePullSecrets', spec.imagePullSecrets),
      containers: [container(cluster, settings)],
      volumes: secretPurposes(cluster).map((purpose) => secretVolume(name, purpose)),
    },
  };
}

/** Secrets that the pods mount: without authentication no client password. */
export function secretPurposes(cluster: StorageCluster): readonly SecretPurpose[] {
  return cluster.spec.auth.enabled ? ['client', 'admin', 'peer'] : ['admin', 'peer'];
}

function container(cluster: StorageCluster, settings: RenderSettings): JsonObject {
  const { resources } = cluster.spec.podTemplate.spec;
  return {
    name: CONTAINER,
    image: imageOf(cluster, settings),
    imagePullPolicy: cluster.spec.imagePullPolicy,
    args: ['node'],
    env: environment(cluster),
    ports: [
      { name: 'client', containerPort: PORTS.client, protocol: 'TCP' },
      { name: 'peer', containerPort: PORTS.peer, protocol: 'TCP' },
      { name: 'http', containerPort: PORTS.http, protocol: 'TCP' },
    ],
    resources: { requests: { memory: resources.limits.memory, ...resources.requests }, limits: resources.limits },
    // Starting may mean reading a long log back: two minutes until the liveness probe takes over.
    startupProbe: probe('/healthz', { periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 60 }),
    // The event loop lives; never whether there is a quorum, which would kill every member at once.
    livenessProbe: probe('/healthz', { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }),
    readinessProbe: probe('/readyz', { periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 3 }),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    },
    volumeMounts: [
      { name: CLAIM_TEMPLATE, mountPath: DATA_PATH },
      ...secretPurposes(cluster).map((purpose) => ({ name: purpose, mountPath: `${SECRETS_PATH}/${purpose}`, readOnly: true })),
    ],
  };
}

function environment(cluster: StorageCluster): readonly JsonObject[] {
  const { name, namespace } = cluster.metadata;
  const { limits, auth } = cluster.spec;
  const secretFile = (purpose: SecretPurpose) => `${SECRETS_PATH}/${purpose}/${SECRET_KEYS[purpose]}`;
  const value = (variable: string, text: string): JsonObject => ({ name: variable, value: text });
  return [
    { name: 'QUORATE_NAME', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } } },
    value('QUORATE_DATA', DATA_PATH),
    value('QUORATE_PEER_HOST_TEMPLATE', `{name}.${membersServiceName(name)}.${namespace}.svc`),
    value('QUORATE_CLIENT_PORT', String(PORTS.client)),
    value('QUORATE_PEER_PORT', String(PORTS.peer)),
    value('QUORATE_HTTP_PORT', String(PORTS.http)),
    value('QUORATE_PEER_SECRET_FILE', secretFile('peer')),
    value('QUORATE_ADMIN_TOKEN_FILE', secretFile('admin')),
    ...(auth.enabled ? [value('QUORATE_CLIENT_PASSWORD_FILE', secretFile('client'))] : []),
    {
      name: 'QUORATE_MEMORY_LIMIT_BYTES',
      valueFrom: { resourceFieldRef: { containerName: CONTAINER, resource: 'limits.memory', divisor: '1' } },
    },
    value('NODE_OPTIONS', `--max-old-space-size=${heapMebibytesOfMemory(cluster.spec.podTemplate.spec.resources.limits.memory)}`),
    ...(limits.maxDataBytes === undefined ? [] : [value('QUORATE_DATA_BYTES_MAX', String(maxDataBytesOf(cluster.spec)))]),
    ...(limits.maxClients === undefined ? [] : [value('QUORATE_CLIENTS_MAX', String(limits.maxClients))]),
  ];
}

function probe(path: string, times: { periodSeconds: number; timeoutSeconds: number; failureThreshold: number }): JsonObject {
  return { httpGet: { path, port: 'http', scheme: 'HTTP' }, ...times };
}

function podSecurityContext(cluster: StorageCluster): JsonObject {
  const chosen = Object.fromEntries(
    Object.entries(cluster.spec.podTemplate.spec.securityContext ?? {}).filter(([, field]) => field !== undefined),
  );
  return {
    runAsUser: UNIX_ID,
    runAsGroup: UNIX_ID,
    fsGroup: UNIX_ID,
    fsGroupChangePolicy: 'OnRootMismatch',
    ...chosen,
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

function preferredAntiAffinity(cluster: string): JsonObject {
  return {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 100,
          podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: selectorLabels(cluster) } },
        },
      ],
    },
  };
}

function preferredSpread(cluster: string): readonly JsonObject[] {
  return [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: selectorLabels(cluster) },
    },
  ];
}

function secretVolume(cluster: string, purpose: SecretPurpose): JsonObject {
  return { name: purpose, secret: { secretName: secretName(cluster, purpose), defaultMode: SECRET_FILE_MODE } };
}

function optional(name: string, value: unknown): JsonObject {
  return value === undefined ? {} : { [name]: value };
}
