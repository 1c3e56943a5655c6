/**
 * Built-in objects with the fields that the model's own controllers read. The API has held every stored object against the types of its kind, so
 * that an object of the collection is of the type.
 */
import type { JsonObject } from './json.ts';
import type { StoredObject } from './objects.ts';

export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly lastTransitionTime?: string | undefined;
  readonly lastUpdateTime?: string | undefined;
  readonly lastProbeTime?: string | null | undefined;
  readonly lastHeartbeatTime?: string | undefined;
  readonly observedGeneration?: number | undefined;
}

export interface Probe {
  readonly httpGet?: { readonly path?: string; readonly port: string | number } | undefined;
  readonly tcpSocket?: { readonly port: string | number } | undefined;
  readonly exec?: { readonly command?: readonly string[] } | undefined;
  readonly initialDelaySeconds?: number | undefined;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy: string;
  readonly command?: readonly string[] | undefined;
  readonly args?: readonly string[] | undefined;
  readonly workingDir?: string | undefined;
  readonly env?: readonly JsonObject[] | undefined;
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number; readonly protocol: string }[] | undefined;
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string | number>>;
    readonly limits?: Readonly<Record<string, string | number>>;
  };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly subPath?: string }[] | undefined;
  readonly startupProbe?: Probe | undefined;
  readonly livenessProbe?: Probe | undefined;
  readonly readinessProbe?: Probe | undefined;
}

export interface Volume {
  readonly name: string;
  readonly persistentVolumeClaim?: { readonly claimName: string } | undefined;
  readonly secret?: { readonly secretName?: string; readonly optional?: boolean } | undefined;
  readonly configMap?: { readonly name?: string; readonly optional?: boolean } | undefined;
  readonly [source: string]: unknown;
}

export interface Toleration {
  readonly key?: string | undefined;
  readonly operator?: string | undefined;
  readonly value?: string | undefined;
  readonly effect?: string | undefined;
  readonly tolerationSeconds?: number | undefined;
}

export interface Taint {
  readonly key: string;
  readonly value?: string | undefined;
  readonly effect: string;
  readonly timeAdded?: string | undefined;
}

export interface PodSpec {
  readonly nodeName?: string | undefined;
  readonly containers: readonly Container[];
  readonly initContainers?: readonly Container[] | undefined;
  readonly volumes?: readonly Volume[] | undefined;
  readonly restartPolicy: string;
  readonly terminationGracePeriodSeconds: number;
  readonly nodeSelector?: Readonly<Record<string, string>> | undefined;
  readonly affinity?: JsonObject | undefined;
  readonly tolerations?: readonly Toleration[] | undefined;
  readonly topologySpreadConstraints?: readonly JsonObject[] | undefined;
  readonly schedulerName: string;
  readonly schedulingGates?: readonly unknown[] | undefined;
  readonly hostname?: string | undefined;
  readonly subdomain?: string | undefined;
  readonly readinessGates?: readonly { readonly conditionType: string }[] | undefined;
}

export type ContainerState =
  | { readonly waiting: { readonly reason: string; readonly message?: string } }
  | { readonly running: { readonly startedAt: string } }
  | {
      readonly terminated: {
        readonly exitCode: number;
        readonly reason: string;
        readonly message?: string;
        readonly signal?: number;
        readonly startedAt: string;
        readonly finishedAt: string;
        readonly containerID: string;
      };
    };

export interface ContainerStatus {
  readonly name: string;
  readonly state: ContainerState;
  readonly lastState: ContainerState | Record<string, never>;
  readonly ready: boolean;
  readonly started: boolean;
  readonly restartCount: number;
  readonly image: string;
  readonly imageID: string;
  readonly containerID?: string | undefined;
}

export interface PodStatus {
  readonly phase: string;
  readonly conditions?: readonly Condition[] | undefined;
  readonly podIP?: string | undefined;
  readonly reason?: string | undefined;
  readonly containerStatuses?: readonly ContainerStatus[] | undefined;
  readonly [field: string]: unknown;
}

export interface Pod extends StoredObject {
  readonly spec: PodSpec;
  readonly status: PodStatus;
}

export interface PodTemplate {
  readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
  readonly spec: PodSpec;
}

export interface ClaimTemplate {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: JsonObject;
  };
  readonly spec: JsonObject;
}

export interface StatefulSet extends StoredObject {
  readonly spec: {
    readonly replicas: number;
    readonly serviceName: string;
    readonly selector: JsonObject;
    readonly template: PodTemplate;
    readonly volumeClaimTemplates?: readonly ClaimTemplate[];
    readonly podManagementPolicy: 'OrderedReady' | 'Parallel';
    readonly updateStrategy: {
      readonly type: 'RollingUpdate' | 'OnDelete';
      readonly rollingUpdate?: { readonly partition?: number };
    };
    readonly persistentVolumeClaimRetentionPolicy: {
      readonly whenDeleted: 'Retain' | 'Delete';
      readonly whenScaled: 'Retain' | 'Delete';
    };
    readonly revisionHistoryLimit: number;
    readonly ordinals?: { readonly start?: number };
    readonly minReadySeconds?: number;
  };
  readonly status?: {
    readonly currentRevision?: string;
    readonly updateRevision?: string;
    readonly collisionCount?: number;
    readonly [field: string]: unknown;
  };
}

export interface ControllerRevision extends StoredObject {
  readonly revision: number;
  readonly data: JsonObject;
}

export interface ReplicaSet extends StoredObject {
  readonly spec: {
    readonly replicas: number;
    readonly selector: JsonObject;
    readonly template: PodTemplate;
    readonly minReadySeconds?: number;
  };
  readonly status?: {
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly observedGeneration?: number;
  };
}

export interface Deployment extends StoredObject {
  readonly spec: {
    readonly replicas: number;
    readonly selector: JsonObject;
    readonly template: PodTemplate;
    readonly paused?: boolean;
    readonly minReadySeconds?: number;
    readonly revisionHistoryLimit: number;
    readonly progressDeadlineSeconds: number;
    readonly strategy: {
      readonly type: 'RollingUpdate' | 'Recreate';
      readonly rollingUpdate?: { readonly maxUnavailable: string | number; readonly maxSurge: string | number };
    };
  };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly [field: string]: unknown };
}

export interface Claim extends StoredObject {
  readonly spec: {
    readonly accessModes: readonly string[];
    readonly storageClassName?: string | undefined;
    readonly volumeName?: string | undefined;
    readonly volumeMode: string;
    readonly selector?: JsonObject | undefined;
    readonly resources: { readonly requests: { readonly storage: string } };
  };
  readonly status: {
    readonly phase: string;
    readonly capacity?: { readonly storage?: string } | undefined;
    readonly conditions?: readonly Condition[] | undefined;
    readonly [field: string]: unknown;
  };
}

export interface PersistentVolume extends StoredObject {
  readonly spec: {
    readonly capacity: { readonly storage: string };
    readonly accessModes: readonly string[];
    readonly storageClassName?: string | undefined;
    readonly volumeMode: string;
    readonly persistentVolumeReclaimPolicy: 'Retain' | 'Delete' | 'Recycle';
    readonly claimRef?: { readonly namespace?: string; readonly name?: string; readonly uid?: string } | undefined;
    readonly nodeAffinity?: JsonObject | undefined;
  };
  readonly status: { readonly phase: string };
}

export interface StorageClass extends StoredObject {
  readonly provisioner: string;
  readonly reclaimPolicy: 'Retain' | 'Delete';
  readonly volumeBindingMode: 'Immediate' | 'WaitForFirstConsumer';
  readonly allowVolumeExpansion?: boolean | undefined;
}

export interface Node extends StoredObject {
  readonly spec: { readonly unschedulable?: boolean | undefined; readonly taints?: readonly Taint[] | undefined };
  readonly status?: {
    readonly conditions?: readonly Condition[] | undefined;
    readonly allocatable?: Readonly<Record<string, string>> | undefined;
    readonly addresses?: readonly { readonly type: string; readonly address: string }[] | undefined;
    readonly [field: string]: unknown;
  };
}

export interface ServicePort {
  readonly name?: string | undefined;
  readonly port: number;
  readonly targetPort: string | number;
  readonly protocol: string;
  readonly appProtocol?: string | undefined;
}

export interface Service extends StoredObject {
  readonly spec: {
    readonly selector?: Readonly<Record<string, string>> | undefined;
    readonly ports?: readonly ServicePort[] | undefined;
    readonly clusterIP?: string | undefined;
    readonly publishNotReadyAddresses?: boolean | undefined;
  };
}

export interface DisruptionBudget extends StoredObject {
  readonly spec: {
    readonly selector?: JsonObject | undefined;
    readonly minAvailable?: string | number | undefined;
    readonly maxUnavailable?: string | number | undefined;
  };
  readonly status?: {
    readonly disruptedPods?: Readonly<Record<string, string>> | undefined;
    readonly conditions?: readonly Condition[] | undefined;
    readonly [field: string]: unknown;
  };
}

export interface Lease extends StoredObject {
  readonly spec: { readonly renewTime?: string | undefined; readonly holderIdentity?: string | undefined };
}

export function conditionOf(conditions: readonly Condition[] | undefined, type: string): Condition | null {
  return conditions?.find((condition) => condition.type === type) ?? null;
}

export function isPodReady(pod: Pod): boolean {
  return conditionOf(pod.status.conditions, 'Ready')?.status === 'True';
}

/** The list with the condition set; its transition is dated only when its status is another one. */
export function withCondition(conditions: readonly Condition[] | undefined, next: Condition, now: string): readonly Condition[] {
  const before = conditionOf(conditions, next.type);
  const time = before !== null && before.status === next.status ? (before.lastTransitionTime ?? now) : now;
  const dated = { ...next, lastTransitionTime: time };
  if (before === null) return [...(conditions ?? []), dated];
  return (conditions ?? []).map((condition) => (condition.type === next.type ? dated : condition));
}
