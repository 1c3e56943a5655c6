/**
 * A StorageCluster as a person is told of it. Everything comes from its status, so that one right (`get` on the resource) is enough; and a
 * status that nobody has refreshed for ten minutes says nothing about now, so that every part of it reads Unknown.
 */
import { CONDITION_TYPES, parseStatus } from '../../api/storage-cluster.ts';
import type { ConditionStatus, MemberRole, StorageClusterPhase, StorageClusterStatus } from '../../api/storage-cluster.ts';
import type { StoredStorageCluster } from '../../operator/kubernetes/objects.ts';
import { since } from './time.ts';

/** The operator refreshes `observedAt` at least every five minutes: at twice that nobody is looking (S20). */
export const STALE_AFTER_MS = 600_000;

export interface MemberView {
  readonly name: string;
  readonly role: MemberRole;
  /** Null: unknown. */
  readonly ready: boolean | null;
  /** Log entries behind the leader, in coarse steps; null: unknown. */
  readonly lag: number | null;
  readonly version: string | null;
  readonly memberId: string | null;
  readonly node: string | null;
  readonly message: string | null;
}

export interface ConditionView {
  readonly type: string;
  readonly status: ConditionStatus;
  readonly reason: string;
  readonly message: string;
  /** RFC 3339; null when it was never seen. */
  readonly since: string | null;
}

export interface BlockView {
  readonly gate: string;
  readonly member: string | null;
  readonly since: string;
  readonly message: string;
  readonly unblock: string;
}

/** What `-o json` and `-o yaml` print: fields are added, never renamed. */
export interface ClusterView {
  readonly namespace: string;
  readonly name: string;
  readonly phase: StorageClusterPhase;
  readonly ready: string | null;
  readonly leader: string | null;
  readonly term: number | null;
  readonly quorum: string | null;
  readonly version: string | null;
  readonly featureLevel: number | null;
  readonly clusterId: string | null;
  readonly observedAt: string | null;
  /** Nobody has looked for ten minutes, or ever: what was last seen is not what is. */
  readonly stale: boolean;
  /** The operator has acted on an older spec than the one that stands there now. */
  readonly changePending: boolean;
  readonly notes: readonly string[];
  readonly members: readonly MemberView[];
  readonly conditions: readonly ConditionView[];
  readonly blockedBy: readonly BlockView[];
}

export function clusterView(stored: StoredStorageCluster, nowMs: number): ClusterView {
  const parsed = parseStatus(stored.status);
  const status = parsed.ok ? parsed.value : {};
  const notes = parsed.ok ? [] : [`its status cannot be read: ${parsed.reason}`];
  const observedMs = Date.parse(status.observedAt ?? '');
  const isStale = Number.isNaN(observedMs) || nowMs - observedMs > STALE_AFTER_MS;
  const { namespace = 'default', name, generation = 0 } = stored.metadata;
  const changePending = !isStale && (status.observedGeneration ?? 0) < generation;
  const known = { namespace, name, clusterId: status.clusterId ?? null, observedAt: status.observedAt ?? null };
  return {
    ...known,
    ...(isStale ? unknownParts(status, nowMs) : seenParts(status)),
    changePending,
    stale: isStale,
    notes: [...notes, ...notesOn(status, isStale, changePending, stored, nowMs)],
  };
}

type Parts = Omit<ClusterView, 'namespace' | 'name' | 'clusterId' | 'observedAt' | 'stale' | 'changePending' | 'notes'>;

function seenParts(status: StorageClusterStatus): Parts {
  return {
    phase: status.phase ?? 'Unknown',
    ready: status.ready ?? null,
    leader: status.leader ?? null,
    term: status.term ?? null,
    quorum: status.quorum ?? null,
    version: status.version ?? null,
    featureLevel: status.featureLevel ?? null,
    members: (status.members ?? []).map((member) => ({
      name: member.name,
      role: member.role,
      ready: member.ready,
      lag: member.lag ?? null,
      version: member.version ?? null,
      memberId: member.memberId ?? null,
      node: member.node ?? null,
      message: member.message ?? null,
    })),
    conditions: CONDITION_TYPES.map((type) => {
      const seen = status.conditions?.find((condition) => condition.type === type);
      if (seen === undefined) return unseen(type);
      const { reason, message, lastTransitionTime } = seen;
      return { type, status: seen.status, reason, message, since: lastTransitionTime };
    }),
    blockedBy: (status.blockedBy ?? []).map(({ gate, member, ...rest }) => ({ gate, member: member ?? null, ...rest })),
  };
}

function unseen(type: string): ConditionView {
  return { type, status: 'Unknown', reason: 'NotObserved', message: 'Nobody has looked yet.', since: null };
}

/** What is on record stays visible as a record; nothing of it is told as if it were so now. */
function unknownParts(status: StorageClusterStatus, nowMs: number): Parts {
  const ago = since(status.observedAt, nowMs);
  return {
    phase: 'Unknown',
    ready: null,
    leader: null,
    term: null,
    quorum: null,
    version: null,
    featureLevel: null,
    members: (status.members ?? []).map(({ name, memberId, role }) => ({
      name,
      role: 'Unknown',
      ready: null,
      lag: null,
      version: null,
      memberId: memberId ?? null,
      node: null,
      message: role === 'Unknown' ? null : `was ${role} ${ago} ago`,
    })),
    conditions: CONDITION_TYPES.map((type) => {
      const seen = status.conditions?.find((condition) => condition.type === type);
      if (seen === undefined) return unseen(type);
      const message = `Was ${seen.status} (${seen.reason}) ${ago} ago.`;
      return { type, status: 'Unknown', reason: 'NotObserved', message, since: null };
    }),
    blockedBy: [],
  };
}

function notesOn(
  status: StorageClusterStatus,
  isStale: boolean,
  changePending: boolean,
  { metadata }: StoredStorageCluster,
  nowMs: number,
): readonly string[] {
  const notes: string[] = [];
  if (metadata.deletionTimestamp !== undefined) notes.push('it is being deleted');
  if (status.observedAt === undefined)
    notes.push('no operator has looked at it yet: see whether one runs and watches this namespace');
  else if (isStale) {
    const ago = since(status.observedAt, nowMs);
    notes.push(`no operator has looked for ${ago}: what is shown is Unknown; the members serve without an operator all the same`);
  }
  if (changePending) notes.push('the operator has not acted on the latest change of spec yet');
  return notes;
}
