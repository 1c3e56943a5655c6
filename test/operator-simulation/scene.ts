/** The truth at one moment, as the judges see it: what holds in the log, on the volumes and in Kubernetes, whatever the operator believes. */
import type { ClusterId, Generation, MemberId } from '../../src/shared/ids.ts';

export interface MemberScene {
  readonly id: MemberId;
  readonly name: string;
  readonly role: 'voter' | 'learner';
  /** Its process runs, is a member by its own word and is not halted. */
  readonly runs: boolean;
  /** It runs, follows a leader or leads, and has on disk what is committed. */
  readonly isCaughtUp: boolean;
  /** Since when it leads; null: it does not. */
  readonly leadsSinceMs: number | null;
  /** Its pod is being deleted. */
  readonly isGoing: boolean;
  /** Its pod cannot start, or its node serves nothing. */
  readonly isBroken: boolean;
  /** What proves that it will never come back as it was (S9), or a person's order; null: nothing does. */
  readonly evidence: string | null;
}

export interface Scene {
  readonly nowMs: number;
  /** The committed configuration of the newest generation; null: none was formed yet. */
  readonly members: readonly MemberScene[] | null;
  /** Ids that a committed configuration dropped. */
  readonly removed: ReadonlySet<MemberId>;
  /** As the API server holds it; null: there is no such resource. */
  readonly resource: ResourceScene | null;
  /** That the StatefulSet asks for; null: there is none. */
  readonly replicas: number | null;
  /** By cluster id: the founders that nodes were first told of. */
  readonly foundings: ReadonlyMap<string, string>;
  /** Identities on volumes that are not lost. */
  readonly volumes: readonly VolumeScene[];
}

export interface ResourceScene {
  readonly uid: string;
  readonly replicas: number;
  readonly hibernates: boolean;
  readonly adoptClusterId: string | null;
  readonly foundAnew: string | null;
  readonly clusterId: string | null;
  readonly generation: Generation | null;
  readonly founding: {
    readonly epoch: number;
    readonly members: readonly { readonly id: string; readonly name: string }[];
  } | null;
}

export interface VolumeScene {
  readonly claimUid: string;
  readonly memberId: MemberId | null;
  readonly clusterId: ClusterId | null;
  readonly generation: Generation | null;
}

export function votersOf({ members }: Scene): readonly MemberScene[] {
  return (members ?? []).filter(({ role }) => role === 'voter');
}

export function quorumOf(voters: number): number {
  return Math.floor(voters / 2) + 1;
}

/** S7: whose pods have to be: all of the committed configuration; before there is one, of the founding list. Nobody's while it hibernates. */
export function needPods({ resource, members, volumes }: Scene): readonly { readonly id: string; readonly name: string }[] {
  if (resource?.hibernates === true || !isOwnCluster({ resource, members, volumes })) return [];
  return members ?? resource?.founding?.members ?? [];
}

/** What runs is of the resource, and not of one that was deleted and left its volumes. */
function isOwnCluster({ resource, volumes, members }: Pick<Scene, 'resource' | 'volumes' | 'members'>): boolean {
  const ids = new Set((members ?? []).map(({ id }) => id));
  const clusterId = volumes.find(({ memberId }) => memberId !== null && ids.has(memberId))?.clusterId;
  if (resource === null || clusterId === undefined || clusterId === null) return true;
  return resource.clusterId === clusterId || resource.adoptClusterId === clusterId || resource.uid === clusterId;
}

/** `orders-shard-0-4` → 4. */
export function ordinalOf(name: string): number {
  return Number(name.slice(name.lastIndexOf('-') + 1));
}

/** What stands there, if it is a text; else the empty one. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
