/**
 * The Kubernetes objects that the operator touches, with the fields that it reads. They are plain JSON: a field that is not listed here is
 * still there, and survives. What we write goes out by server-side apply or merge patch of fields that we own, never as a whole object.
 */

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean | undefined;
  readonly blockOwnerDeletion?: boolean | undefined;
}

export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly generation?: number | undefined;
  readonly creationTimestamp?: string | undefined;
  readonly deletionTimestamp?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly ownerReferences?: readonly OwnerReference[] | undefined;
  readonly finalizers?: readonly string[] | undefined;
}

export interface KubernetesObject {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
  readonly metadata: ObjectMetadata;
}

/** Metadata as the API server returns it: these fields are always there. */
export interface StoredMetadata extends ObjectMetadata {
  readonly uid: string;
  readonly resourceVersion: string;
}

export interface ContainerStateReason {
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly started?: boolean | undefined;
  readonly restartCount: number;
  readonly image?: string | undefined;
  readonly imageID?: string | undefined;
  readonly state?:
    | {
        readonly waiting?: ContainerStateReason | undefined;
        readonly running?: { readonly startedAt?: string | undefined } | undefined;
        readonly terminated?: (ContainerStateReason & { readonly exitCode: number }) | undefined;
      }
    | undefined;
  readonly lastState?: ContainerStatus['state'];
}

export interface ObjectCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly lastTransitionTime?: string | undefined;
}

export interface Pod extends KubernetesObject {
  readonly metadata: StoredMetadata;
  readonly spec?: {
    readonly nodeName?: string | undefined;
    readonly containers?: readonly { readonly name: string; readonly image?: string | undefined }[] | undefined;
    readonly volumes?:
      | readonly { readonly name: string; readonly persistentVolumeClaim?: { readonly claimName: string } | undefined }[]
      | undefined;
  };
  readonly status?: {
    readonly phase?: string | undefined;
    readonly podIP?: string | undefined;
    readonly reason?: string | undefined;
    readonly message?: string | undefined;
    readonly startTime?: string | undefined;
    readonly conditions?: readonly ObjectCondition[] | undefined;
    readonly containerStatuses?: readonly ContainerStatus[] | undefined;
    readonly initContainerStatuses?: readonly ContainerStatus[] | undefined;
  };
}

export interface StatefulSet extends KubernetesObject {
  readonly metadata: StoredMetadata;
  readonly spec: {
    readonly replicas?: number | undefined;
    readonly serviceName?: string | undefined;
    readonly template?: {
      readonly metadata?: Partial<ObjectMetadata> | undefined;
      readonly spec?:
        | {
            readonly containers?: readonly { readonly name: string; readonly image?: string | undefined }[] | undefined;
          }
        | undefined;
    };
    readonly volumeClaimTemplates?: readonly (KubernetesObject & { readonly spec?: PersistentVolumeClaim['spec'] })[] | undefined;
  };
  readonly status?: {
    readonly observedGeneration?: number | undefined;
    readonly replicas?: number | undefined;
    readonly readyReplicas?: number | undefined;
    readonly currentRevision?: string | undefined;
    readonly updateRevision?: string | undefined;
  };
}

/** A template that a StatefulSet had; its name is what pods carry as `controller-revision-hash`. */
export interface ControllerRevision extends KubernetesObject {
  readonly metadata: StoredMetadata;
  readonly data?: unknown;
  readonly revision?: number | undefined;
}

export interface PersistentVolumeClaim extends KubernetesObject {
  readonly metadata: StoredMetadata;
  readonly spec?: {
    readonly volumeName?: string | undefined;
    readonly storageClassName?: string | undefined;
    readonly resources?: { readonly requests?: Readonly<Record<string, string>> | undefined } | undefined;
  };
  readonly status?: {
    readonly phase?: string | undefined;
    readonly capacity?: Readonly<Record<string, string>> | undefined;
    readonly conditions?: readonly ObjectCondition[] | undefined;
  };
}

export interface NodeSelector {
  readonly nodeSelectorTerms?: readonly NodeSelectorTerm[] | undefined;
}

export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly NodeSelectorRequirement[] | undefined;
  readonly matchFields?: readonly NodeSelectorRequirement[] | undefined;
}

export interface NodeSelectorRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[] | undefined;
}

export interface PersistentVolume extends KubernetesObject {
  readonly metadata: StoredMetadata;
  readonly spec?: {
    readonly persistentVolumeReclaimPolicy?: string | undefined;
    readonly claimRef?: { readonly namespace?: string; readonly name?: string; readonly uid?: string } | undefined;
    readonly nodeAffinity?: { readonly required?: NodeSelector | undefined } | undefined;
  };
  readonly status?: { readonly phase?: string | undefined };
}

export interface StorageClass extends KubernetesObject {
  readonly metadata: StoredMetadata;
  readonly allowVolumeExpansion?: boolean | undefined;
}

export interface Node extends KubernetesObject {
  readonly metadata: StoredMetadata;
  readonly spec?: {
    readonly taints?:
      readonly { readonly key: string; readonly value?: string | undefined; readonly effect: string }[] | undefined;
    readonly unschedulable?: boolean | undefined;
  };
  readonly status?: { readonly conditions?: readonly ObjectCondition[] | undefined };
}

export interface Secret extends KubernetesObject {
  readonly metadata: StoredMetadata;
  /** Base64. */
  readonly data?: Readonly<Record<string, string>> | undefined;
  readonly type?: string | undefined;
}

export interface Service extends KubernetesObject {
  readonly metadata: StoredMetadata;
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** coordination.k8s.io/v1; times are RFC 3339 with six digits of a second. */
export interface Lease extends KubernetesObject {
  readonly spec?: {
    readonly holderIdentity?: string | null | undefined;
    readonly leaseDurationSeconds?: number | null | undefined;
    readonly acquireTime?: string | null | undefined;
    readonly renewTime?: string | null | undefined;
    readonly leaseTransitions?: number | null | undefined;
  };
}

export interface ObjectReference {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
}

/** events.k8s.io/v1. */
export interface KubernetesEvent extends KubernetesObject {
  readonly eventTime: string;
  readonly reportingController: string;
  readonly reportingInstance: string;
  readonly action: string;
  readonly reason: string;
  readonly regarding: ObjectReference;
  readonly note: string;
  readonly type: 'Normal' | 'Warning';
  readonly series?: { readonly count: number; readonly lastObservedTime: string } | undefined;
}

/** A StorageCluster as stored: unread. `parseSpec` and `parseStatus` of the api room read it. */
export interface StoredStorageCluster extends KubernetesObject {
  readonly metadata: StoredMetadata;
  readonly spec?: unknown;
  readonly status?: unknown;
}
