/** What a plan does to claims and volumes, each by UID (S4, S9). */
import { LABELS } from '../api/storage-cluster.ts';
import type { KeptVolume, StorageCluster } from '../api/storage-cluster.ts';
import { assertNever } from '../shared/assert.ts';
import type { KubernetesApi } from './kubernetes/api.ts';
import { CLAIMS, VOLUMES } from './kubernetes/resources.ts';
import type { Step } from './plan/step.ts';
import { ownerReference } from './render/names.ts';

type ClaimStep = Extract<Step, { type: 'apply-claim' | 'grow-claim' | 'delete-claim' }>;

const KEEP = 'Retain';

export async function carryOutOnClaim(
  api: KubernetesApi,
  cluster: StorageCluster,
  step: ClaimStep,
  signal: AbortSignal,
): Promise<void> {
  const key = { namespace: cluster.metadata.namespace, name: step.claim };
  switch (step.type) {
    case 'apply-claim':
      await api.apply(CLAIMS, claimOf(cluster, step), { signal });
      return;
    case 'grow-claim': {
      const patch = { metadata: { uid: step.uid }, spec: { resources: { requests: { storage: step.size } } } };
      await api.mergePatch(CLAIMS, key, patch, { signal });
      return;
    }
    case 'delete-claim':
      if (step.keepVolume && step.volumeName !== null) await keepVolume(api, step.volumeName, signal);
      return api.delete(CLAIMS, key, { preconditions: { uid: step.uid }, signal });
    default:
      return assertNever(step);
  }
}

function claimOf(cluster: StorageCluster, step: Extract<ClaimStep, { type: 'apply-claim' }>) {
  const { apiVersion, kind, name, uid } = ownerReference(cluster);
  const labels = {
    ...(step.clusterId === null ? {} : { [LABELS.clusterId]: step.clusterId }),
    ...(step.memberId === null ? {} : { [LABELS.memberId]: step.memberId }),
  };
  // Not its controller: the claim is no child that is made anew, it only goes with its owner (S4).
  const ownerReferences = step.owned ? [{ apiVersion, kind, name, uid }] : [];
  const metadata = { name: step.claim, namespace: cluster.metadata.namespace, uid: step.uid, labels, ownerReferences };
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata };
}

/** Before the claim goes, whose end would delete the volume otherwise. One that is gone meanwhile needs no keeping. */
async function keepVolume(api: KubernetesApi, name: string, signal: AbortSignal): Promise<void> {
  const volume = await api.find(VOLUMES, { namespace: null, name }, { signal });
  if (volume === null || volume.spec?.persistentVolumeReclaimPolicy === KEEP) return;
  await setReclaimPolicy(api, name, volume.metadata.uid, KEEP, signal);
}

/** With its former policy, Kubernetes deletes what it would have deleted with the claim. */
export async function restoreReclaimPolicy(api: KubernetesApi, kept: KeptVolume, signal: AbortSignal): Promise<void> {
  if (kept.reclaimPolicy === KEEP) return;
  const volume = await api.find(VOLUMES, { namespace: null, name: kept.volume }, { signal });
  // Bound again: somebody has taken it for something else, and its policy is theirs to choose.
  if (volume === null || volume.status?.phase === 'Bound') return;
  await setReclaimPolicy(api, kept.volume, volume.metadata.uid, kept.reclaimPolicy, signal);
}

async function setReclaimPolicy(
  api: KubernetesApi,
  name: string,
  uid: string,
  persistentVolumeReclaimPolicy: string,
  signal: AbortSignal,
): Promise<void> {
  const patch = { metadata: { uid }, spec: { persistentVolumeReclaimPolicy } };
  await api.mergePatch(VOLUMES, { namespace: null, name }, patch, { signal });
}
