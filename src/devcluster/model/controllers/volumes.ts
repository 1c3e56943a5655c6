/**
 * Claims and volumes: bound to one another for good, provisioned where a pod is to run, kept or deleted as the volume's policy says when the
 * claim is gone, protected while in use, and grown (kubernetes, pkg/controller/volume; external-provisioner; external-resizer).
 */
import { compareQuantities } from '../../../api/quantity.ts';
import { withField } from '../json.ts';
import type { Claim, Node, PersistentVolume, Pod, StorageClass } from '../kinds.ts';
import { conditionOf, withCondition } from '../kinds.ts';
import { isTerminating, keyOf } from '../objects.ts';
import type { StoreChange } from '../store.ts';
import type { ModelClient } from './client.ts';
import { keyOfText, keyText } from './controller.ts';
import type { Controller } from './controller.ts';
import { CLAIMS, CLASSES, collectionAt, NODES, PODS, VOLUMES } from './kind-places.ts';
import { matchesNodeSelector } from './node-fit.ts';
import { isEnded } from './pod-template.ts';

export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';
const BOUND_BY_US = 'pv.kubernetes.io/bound-by-controller';
const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
const CLAIM_PROTECTION = 'kubernetes.io/pvc-protection';
const VOLUME_PROTECTION = 'kubernetes.io/pv-protection';
const HOSTNAME = 'kubernetes.io/hostname';

export interface VolumeSettings {
  /** By the provisioner's name: whether its volumes stay on the node where they were made. Others provision nothing. */
  readonly provisioners: ReadonlyMap<string, { readonly nodeBound: boolean; readonly resizes: boolean }>;
}

export class VolumeController implements Controller {
  readonly name = 'volumes';
  readonly #client: ModelClient;
  readonly #settings: VolumeSettings;

  constructor(client: ModelClient, settings: VolumeSettings) {
    this.#client = client.asController('persistentvolume-controller');
    this.#settings = settings;
  }

  readonly keysOf = ({ collection, object, previous }: StoreChange): readonly string[] => {
    if (collection === collectionAt(CLAIMS)) {
      const { volumeName } = (object as Claim).spec;
      return [`claim ${keyText(object)}`, ...(volumeName === undefined ? [] : [`volume /${volumeName}`])];
    }
    if (collection === collectionAt(VOLUMES)) {
      const { claimRef } = (object as PersistentVolume).spec;
      const claim = claimRef === undefined ? [] : [`claim ${claimRef.namespace ?? ''}/${claimRef.name ?? ''}`];
      return [`volume ${keyText(object)}`, ...claim, ...(claimRef === undefined ? this.#pendingClaims() : [])];
    }
    if (collection === collectionAt(CLASSES)) return this.#pendingClaims();
    if (collection !== collectionAt(PODS)) return [];
    const isEnd = previous !== null && (!isEnded(previous as Pod) || isEnded(object as Pod));
    return isEnd ? claimKeysOf(object as Pod) : [];
  };

  readonly reconcile = (key: string): number | null => {
    const [what = '', text = ''] = key.split(' ');
    if (what === 'claim') this.#claim(this.#client.find(CLAIMS, keyOfText(text)));
    else this.#volume(this.#client.find(VOLUMES, keyOfText(text)));
    return null;
  };

  #pendingClaims(): readonly string[] {
    return this.#client
      .list(CLAIMS, null)
      .filter(({ status }) => status.phase === 'Pending')
      .map((claim) => `claim ${keyText(claim)}`);
  }

  #claim(claim: Claim | null): void {
    if (claim === null) return;
    if (isTerminating(claim)) this.#release(claim);
    else if (claim.spec.volumeName === undefined) this.#bindOrProvision(claim);
    else this.#followVolume(claim, claim.spec.volumeName);
  }

  /** A claim stays until every pod that uses it is gone; a pod without a node uses nothing yet. */
  #release(claim: Claim): void {
    const finalizers = claim.metadata.finalizers ?? [];
    if (!finalizers.includes(CLAIM_PROTECTION) || this.#isInUse(claim)) return;
    const rest = finalizers.filter((name) => name !== CLAIM_PROTECTION);
    this.#client.merge(CLAIMS, keyOf(claim), { metadata: { uid: claim.metadata.uid, finalizers: rest } });
  }

  #isInUse({ metadata }: Claim): boolean {
    return this.#client
      .list(PODS, metadata.namespace ?? '')
      .some((pod) => !isEnded(pod) && pod.spec.nodeName !== undefined && claimNamesOf(pod).includes(metadata.name));
  }

  #bindOrProvision(claim: Claim): void {
    const storageClass = this.#classOf(claim);
    const volumes = this.#client.list(VOLUMES, null);
    const promised = volumes.find((volume) => isPromisedTo(volume, claim));
    const waits = storageClass?.volumeBindingMode === 'WaitForFirstConsumer' && this.#selectedNode(claim) === null;
    if (promised !== undefined) this.#bind(claim, promised);
    else if (waits)
      this.#tell(claim, 'Normal', 'WaitForFirstConsumer', 'waiting for first consumer to be created before binding');
    else {
      const found = smallest(volumes.filter((volume) => this.#fits(volume, claim)));
      if (found !== undefined) this.#bind(claim, found);
      else if (storageClass !== null) this.#provision(claim, storageClass);
      else
        this.#tell(
          claim,
          'Normal',
          'FailedBinding',
          'no persistent volumes available for this claim and no storage class is set',
        );
    }
  }

  #tell(claim: Claim, type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#client.event(claim, type, reason, message);
  }

  #classOf({ spec }: Claim): StorageClass | null {
    return (spec.storageClassName ?? '') === ''
      ? null
      : this.#client.find(CLASSES, { namespace: null, name: spec.storageClassName ?? '' });
  }

  #selectedNode({ metadata }: Claim): Node | null {
    const name = metadata.annotations?.[SELECTED_NODE];
    return name === undefined ? null : this.#client.find(NODES, { namespace: null, name });
  }

  #fits(volume: PersistentVolume, claim: Claim): boolean {
    if (volume.status.phase !== 'Available' || volume.spec.claimRef !== undefined || isTerminating(volume)) return false;
    const node = this.#selectedNode(claim);
    const isNear = node === null || volume.spec.nodeAffinity === undefined || isNodeAllowed(volume, node);
    return isNear && isLargeAndAlike(volume, claim);
  }

  #provision(claim: Claim, storageClass: StorageClass): void {
    const provisioner = this.#settings.provisioners.get(storageClass.provisioner);
    if (provisioner === undefined) {
      const message = `Waiting for a volume to be created either by the external provisioner '${storageClass.provisioner}' or manually by the system administrator.`;
      this.#tell(claim, 'Normal', 'ExternalProvisioning', message);
      return;
    }
    const node = this.#selectedNode(claim);
    const { name, namespace, uid } = claim.metadata;
    const hostname = node?.metadata.labels?.[HOSTNAME] ?? node?.metadata.name;
    const terms = [{ matchExpressions: [{ key: HOSTNAME, operator: 'In', values: [hostname] }] }];
    const volume = this.#client.create(VOLUMES, {
      metadata: { name: `pvc-${uid}`, annotations: { [PROVISIONED_BY]: storageClass.provisioner } },
      spec: {
        capacity: { storage: claim.spec.resources.requests.storage },
        accessModes: claim.spec.accessModes,
        volumeMode: claim.spec.volumeMode,
        storageClassName: storageClass.metadata.name,
        persistentVolumeReclaimPolicy: storageClass.reclaimPolicy,
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
        csi: { driver: storageClass.provisioner, volumeHandle: `pvc-${uid}` },
        ...(provisioner.nodeBound && hostname !== undefined ? { nodeAffinity: { required: { nodeSelectorTerms: terms } } } : {}),
      },
    });
    this.#tell(claim, 'Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${volume.metadata.name}`);
    this.#bind(claim, volume);
  }

  /** First the volume's word, then the claim's: whoever crashes in between finds the volume promised. */
  #bind(claim: Claim, volume: PersistentVolume): void {
    const { name, namespace, uid } = claim.metadata;
    const { resourceVersion } = claim.metadata;
    const claimRef = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid, resourceVersion };
    const mark = volume.spec.claimRef === undefined ? { metadata: { annotations: { [BOUND_BY_US]: 'yes' } } } : {};
    const bound = this.#client.merge(VOLUMES, keyOf(volume), { ...mark, spec: { claimRef } });
    this.#client.mergeStatus(VOLUMES, keyOf(bound), { phase: 'Bound' });
    const annotations = { [BIND_COMPLETED]: 'yes' };
    this.#client.merge(CLAIMS, keyOf(claim), { metadata: { uid, annotations }, spec: { volumeName: volume.metadata.name } });
    const { capacity, accessModes } = volume.spec;
    this.#client.mergeStatus(CLAIMS, keyOf(claim), { phase: 'Bound', capacity, accessModes });
  }

  #followVolume(claim: Claim, volumeName: string): void {
    const volume = this.#client.find(VOLUMES, { namespace: null, name: volumeName });
    if (claim.status.phase === 'Pending') {
      if (volume !== null && (volume.spec.claimRef === undefined || isPromisedTo(volume, claim))) this.#bind(claim, volume);
      return;
    }
    if (volume === null) {
      if (claim.status.phase === 'Lost') return;
      this.#client.mergeStatus(CLAIMS, keyOf(claim), { phase: 'Lost' });
      this.#tell(claim, 'Warning', 'ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!');
      return;
    }
    this.#grow(claim, volume);
  }

  /** The volume first; its file system once a pod has it mounted, which is the node's part (`finishResize`). */
  #grow(claim: Claim, volume: PersistentVolume): void {
    const wanted = claim.spec.resources.requests.storage;
    if ((compareQuantities(wanted, claim.status.capacity?.storage ?? wanted) ?? 0) <= 0) return;
    const provisioner = this.#settings.provisioners.get(this.#classOf(claim)?.provisioner ?? '');
    if (provisioner?.resizes !== true || conditionOf(claim.status.conditions, 'FileSystemResizePending') !== null) return;
    if ((compareQuantities(wanted, volume.spec.capacity.storage) ?? 0) > 0) {
      this.#client.merge(VOLUMES, keyOf(volume), { spec: { capacity: { storage: wanted } } });
    }
    const message = 'Waiting for user to (re-)start a pod to finish file system resize of volume on node.';
    const pending = { type: 'FileSystemResizePending', status: 'True', message } as const;
    const conditions = withCondition(claim.status.conditions, pending, this.#client.nowText);
    this.#client.mergeStatus(CLAIMS, keyOf(claim), { conditions });
    this.#tell(claim, 'Normal', 'FileSystemResizeRequired', 'Require file system resize of volume on node');
  }

  #volume(volume: PersistentVolume | null): void {
    if (volume === null) return;
    const { claimRef } = volume.spec;
    const claim =
      claimRef?.uid === undefined
        ? null
        : this.#client.find(CLAIMS, { namespace: claimRef.namespace ?? null, name: claimRef.name ?? '' });
    const isBound = claim !== null && claim.metadata.uid === claimRef?.uid;
    if (isBound) return;
    if (claimRef?.uid === undefined) this.#show(volume, 'Available');
    else if (volume.spec.persistentVolumeReclaimPolicy === 'Delete' && !isTerminating(volume)) {
      this.#show(volume, 'Released');
      this.#client.delete(VOLUMES, keyOf(volume), { uid: volume.metadata.uid });
      return;
    } else this.#show(volume, 'Released');
    const finalizers = volume.metadata.finalizers ?? [];
    if (!isTerminating(volume) || !finalizers.includes(VOLUME_PROTECTION)) return;
    this.#client.merge(VOLUMES, keyOf(volume), {
      metadata: { finalizers: finalizers.filter((name) => name !== VOLUME_PROTECTION) },
    });
  }

  #show(volume: PersistentVolume, phase: string): void {
    if (volume.status.phase !== phase) this.#client.mergeStatus(VOLUMES, keyOf(volume), { phase });
  }
}

/** The node's part of growing a volume: the file system, with a pod on it. */
export function finishResize(client: ModelClient, claim: Claim): void {
  if (conditionOf(claim.status.conditions, 'FileSystemResizePending') === null) return;
  const conditions = (claim.status.conditions ?? []).filter(({ type }) => type !== 'FileSystemResizePending');
  const volume =
    claim.spec.volumeName === undefined ? null : client.find(VOLUMES, { namespace: null, name: claim.spec.volumeName });
  const storage = volume?.spec.capacity.storage ?? claim.spec.resources.requests.storage;
  const status = {
    ...withField(claim.status, 'conditions', conditions.length === 0 ? undefined : conditions),
    capacity: { storage },
  };
  client.replaceStatus(CLAIMS, claim, status);
  client.event(claim, 'Normal', 'FileSystemResizeSuccessful', 'MountVolume.NodeExpandVolume succeeded for volume');
}

export function claimNamesOf({ spec }: Pod): readonly string[] {
  return (spec.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim === undefined ? [] : [persistentVolumeClaim.claimName],
  );
}

function claimKeysOf(pod: Pod): readonly string[] {
  return claimNamesOf(pod).map((name) => `claim ${pod.metadata.namespace ?? ''}/${name}`);
}

function isPromisedTo({ spec }: PersistentVolume, { metadata }: Claim): boolean {
  const { claimRef } = spec;
  if (claimRef?.name !== metadata.name || claimRef.namespace !== metadata.namespace) return false;
  return claimRef.uid === undefined || claimRef.uid === metadata.uid;
}

function isLargeAndAlike({ spec }: PersistentVolume, claim: Claim): boolean {
  return (
    (spec.storageClassName ?? '') === (claim.spec.storageClassName ?? '') &&
    spec.volumeMode === claim.spec.volumeMode &&
    claim.spec.accessModes.every((mode) => spec.accessModes.includes(mode)) &&
    (compareQuantities(spec.capacity.storage, claim.spec.resources.requests.storage) ?? -1) >= 0
  );
}

/** Whether the volume can be reached from the node. */
export function isNodeAllowed({ spec }: PersistentVolume, node: Node): boolean {
  const required = spec.nodeAffinity?.['required'];
  return (
    typeof required !== 'object' || required === null || matchesNodeSelector(required as Readonly<Record<string, unknown>>, node)
  );
}

function smallest(volumes: readonly PersistentVolume[]): PersistentVolume | undefined {
  return volumes.toSorted((left, right) => compareQuantities(left.spec.capacity.storage, right.spec.capacity.storage) ?? 0)[0];
}
