/**
 * What is known of the volumes behind the claims: whether they are there, which nodes could mount them, and whether their class lets them
 * grow. It is read by name, freshly where a member does not take part, every few minutes elsewhere: at rest the operator asks for nothing.
 */
import { compareQuantities } from '../api/storage-cluster.ts';
import type { StorageCluster } from '../api/storage-cluster.ts';
import type { Clock } from '../shared/clock.ts';
import type { KubernetesApi } from './kubernetes/api.ts';
import { isKubernetesApiError } from './kubernetes/errors.ts';
import type { Node, NodeSelectorRequirement, PersistentVolume, PersistentVolumeClaim } from './kubernetes/objects.ts';
import { NODES, STORAGE_CLASSES, VOLUMES } from './kubernetes/resources.ts';
import { UNSEEN_SURROUNDINGS } from './observed-objects.ts';
import type { ClaimSurroundings } from './observed-objects.ts';
import type { VolumeObservation } from './plan/observation.ts';

export const VOLUMES_CHECK_INTERVAL_MS = 300_000;
/** Claims remembered; at the bound all are forgotten, and looked at again. */
export const VOLUMES_MEMORY_MAX = 100_000;
/** By this taint people and cloud controllers say that a machine is off for good: its volumes may be given up. */
export const OUT_OF_SERVICE_TAINT = 'node.kubernetes.io/out-of-service';
const HOSTNAME_LABEL = 'kubernetes.io/hostname';

interface Remembered {
  readonly volumeName: string;
  readonly volume: VolumeObservation;
  readonly atMs: number;
}

/** A cache, no more: empty after a start, and everything is looked at again. */
export class VolumesMemory {
  readonly #found = new Map<string, Remembered>();

  last(claimUid: string, volumeName: string, nowMs: number): VolumeObservation | null {
    const found = this.#found.get(claimUid);
    if (found === undefined || found.volumeName !== volumeName || nowMs - found.atMs >= VOLUMES_CHECK_INTERVAL_MS) return null;
    return found.volume;
  }

  keep(claimUid: string, found: Remembered): void {
    if (this.#found.size >= VOLUMES_MEMORY_MAX) this.#found.clear();
    this.#found.set(claimUid, found);
  }
}

/** All that looking takes. */
export type ReadingApi = Pick<KubernetesApi, 'find' | 'list'>;

export interface VolumesWorld {
  readonly api: ReadingApi;
  readonly clock: Clock;
  readonly volumes: VolumesMemory;
}

/** @param isSuspect whether the member of this claim does not take part, so that what its volume says matters now */
export async function observeVolumes(
  world: VolumesWorld,
  cluster: StorageCluster,
  claims: readonly PersistentVolumeClaim[],
  isSuspect: (claim: PersistentVolumeClaim) => boolean,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ClaimSurroundings>> {
  const found = await Promise.all(
    claims.map(async (claim): Promise<readonly [string, ClaimSurroundings]> => {
      const [volume, growable] = await Promise.all([
        cluster.spec.hibernate ? UNSEEN_SURROUNDINGS.volume : observeVolume(world, claim, isSuspect(claim), signal),
        observeClass(world.api, cluster, claim, signal),
      ]);
      return [claim.metadata.name, { volume, growable }];
    }),
  );
  return new Map(found);
}

async function observeVolume(
  { api, clock, volumes }: VolumesWorld,
  claim: PersistentVolumeClaim,
  suspect: boolean,
  signal: AbortSignal,
): Promise<VolumeObservation> {
  const { uid } = claim.metadata;
  const volumeName = claim.spec?.volumeName ?? '';
  // Named is not bound: a claim that waits for its volume has lost nothing.
  if (volumeName === '' || claim.status?.phase === 'Pending') return { kind: 'unknown' };
  const last = suspect ? null : volumes.last(uid, volumeName, clock.monotonicMs());
  if (last !== null) return last;
  const volume = await unlessForbidden({ kind: 'unknown' } as const, async () => {
    const stored = await api.find(VOLUMES, { namespace: null, name: volumeName }, { signal });
    return volumeObservation(api, claim, stored, suspect, signal);
  });
  volumes.keep(uid, { volumeName, volume, atMs: clock.monotonicMs() });
  return volume;
}

async function volumeObservation(
  api: ReadingApi,
  claim: PersistentVolumeClaim,
  stored: PersistentVolume | null,
  suspect: boolean,
  signal: AbortSignal,
): Promise<VolumeObservation> {
  if (stored === null) return { kind: 'gone' };
  // A volume made anew under the old name is not this claim's: Kubernetes then calls the claim Lost.
  const { claimRef } = stored.spec ?? {};
  if (claimRef?.uid !== undefined && claimRef.uid !== claim.metadata.uid) return { kind: 'gone' };
  return {
    kind: 'present',
    uid: stored.metadata.uid,
    reclaimPolicy: stored.spec?.persistentVolumeReclaimPolicy ?? 'Retain',
    unreachable: suspect ? await unlessForbidden(null, () => whyUnreachable(api, stored, signal)) : null,
  };
}

/** A node by its name, or by the label that most local volumes name it with. */
interface NodeReference {
  readonly by: 'name' | 'hostname';
  readonly value: string;
}

/** Null while some node can mount it, or when nobody can tell: a volume that is not bound to nodes by name moves elsewhere. */
async function whyUnreachable(api: ReadingApi, volume: PersistentVolume, signal: AbortSignal): Promise<string | null> {
  const references = nodesOf(volume);
  if (references === null || references.length === 0) return null;
  const reasons: string[] = [];
  for (const reference of references) {
    const reason = await whyDead(api, reference, signal);
    if (reason === null) return null;
    reasons.push(reason);
  }
  return `its volume ${volume.metadata.name} can be mounted on no other node: ${reasons.join(', ')}`;
}

/** Any of the terms may hold, and in a term all of its requirements: one that names no nodes leaves the volume free to move. */
export function nodesOf({ spec }: Pick<PersistentVolume, 'spec'>): readonly NodeReference[] | null {
  const terms = spec?.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const references: NodeReference[] = [];
  for (const { matchExpressions = [], matchFields = [] } of terms) {
    const byName = matchFields.find(({ key, operator }) => key === 'metadata.name' && operator === 'In');
    const byLabel = matchExpressions.find(({ key, operator }) => key === HOSTNAME_LABEL && operator === 'In');
    const requirement: NodeSelectorRequirement | undefined = byName ?? byLabel;
    if (requirement === undefined) return null;
    const by = byName === undefined ? 'hostname' : 'name';
    references.push(...(requirement.values ?? []).map((value) => ({ by, value }) as const));
  }
  return references;
}

async function whyDead(api: ReadingApi, { by, value }: NodeReference, signal: AbortSignal): Promise<string | null> {
  const nodes = by === 'name' ? await nodeNamed(api, value, signal) : await nodesLabelled(api, value, signal);
  if (nodes.length === 0) return `node ${value} is gone`;
  const isOut = ({ spec }: Node): boolean => spec?.taints?.some(({ key }) => key === OUT_OF_SERVICE_TAINT) === true;
  return nodes.every(isOut) ? `node ${value} is tainted ${OUT_OF_SERVICE_TAINT}` : null;
}

async function nodeNamed(api: ReadingApi, name: string, signal: AbortSignal): Promise<readonly Node[]> {
  const node = await api.find(NODES, { namespace: null, name }, { signal });
  return node === null ? [] : [node];
}

/** The label need not be the node's name: who asks by name would take a living node for one that is gone. */
async function nodesLabelled(api: ReadingApi, hostname: string, signal: AbortSignal): Promise<readonly Node[]> {
  const { items } = await api.list(NODES, null, { labelSelector: `${HOSTNAME_LABEL}=${hostname}`, signal });
  return items;
}

/** Only where something has to grow. */
async function observeClass(
  api: ReadingApi,
  cluster: StorageCluster,
  claim: PersistentVolumeClaim,
  signal: AbortSignal,
): Promise<boolean | null> {
  const requested = claim.spec?.resources?.requests?.storage ?? null;
  const name = claim.spec?.storageClassName ?? '';
  const hasToGrow = requested !== null && (compareQuantities(requested, cluster.spec.storage.size) ?? 0) < 0;
  if (!hasToGrow || name === '') return null;
  return unlessForbidden(null, async () => {
    const storageClass = await api.find(STORAGE_CLASSES, { namespace: null, name }, { signal });
    return storageClass?.allowVolumeExpansion === true;
  });
}

/** Who may not look sees nothing, and nothing follows: rights that are missing must not stop everything else. */
async function unlessForbidden<Value>(otherwise: Value, look: () => Promise<Value>): Promise<Value> {
  try {
    return await look();
  } catch (error) {
    if (isKubernetesApiError(error, 'forbidden')) return otherwise;
    throw error;
  }
}
