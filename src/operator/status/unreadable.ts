/**
 * A cluster that was not seen: because its resource cannot be read, or because looking at it fails. Its conditions say so, and nothing that
 * was seen before is passed off as seen now (S20); identity, founding and what else is kept on purpose is left alone.
 */
import { CONDITION_TYPES, CONDITION_STATUSES, parseStatus, phaseOf } from '../../api/storage-cluster.ts';
import type {
  BlockedBy,
  ConditionReason,
  ConditionStatus,
  ConditionType,
  MemberStatus,
  StorageClusterCondition,
  StorageClusterStatus,
} from '../../api/storage-cluster.ts';
import { condition } from './conditions.ts';
import { shortened, timestampOf } from './text.ts';

export interface Unseen {
  readonly reason: 'InvalidSpec' | 'ReconcileFailed';
  readonly message: string;
}

/** What was seen of a running cluster, and is not seen now: absent is what nobody has seen. */
const SEEN_FIELDS = ['ready', 'readyReplicas', 'updatedReplicas', 'leader', 'term', 'quorum', 'version'] as const;

/**
 * The fields to write; one that is undefined goes.
 * @param stored the status as stored, unread
 */
export function unseenStatus(
  stored: unknown,
  unseen: Unseen,
  generation: number,
  nowMs: number,
): StorageClusterStatus & Readonly<Record<string, unknown>> {
  const read = parseStatus(stored);
  const previous = conditionsIn(stored);
  const conditions = CONDITION_TYPES.map((type) => condition(type, findingOf(type, unseen), previous, generation, nowMs));
  return {
    ...Object.fromEntries(SEEN_FIELDS.map((field) => [field, undefined])),
    ...(read.ok && read.value.members !== undefined ? { members: read.value.members.map(unseenMember) } : {}),
    blockedBy: unseen.reason === 'InvalidSpec' ? [validSpec(read.ok ? read.value : {}, unseen.message, nowMs)] : [],
    conditions,
    phase: phaseOf(conditions),
    observedGeneration: generation,
  };
}

function unseenMember({ name, memberId, volumeUid }: MemberStatus): MemberStatus {
  return {
    name,
    ...(memberId === undefined ? {} : { memberId }),
    role: 'Unknown',
    ready: false,
    ...(volumeUid === undefined ? {} : { volumeUid }),
  };
}

function validSpec({ blockedBy = [] }: StorageClusterStatus, message: string, nowMs: number): BlockedBy {
  const before = blockedBy.find(({ gate }) => gate === 'ValidSpec');
  return {
    gate: 'ValidSpec',
    since: before?.since ?? timestampOf(nowMs),
    message: shortened(`The resource cannot be read: ${message}`, 1024),
    unblock: 'Correct the fields that are named; until then nothing of the cluster is changed.',
  };
}

function findingOf(
  type: ConditionType,
  { reason, message }: Unseen,
): { readonly status: ConditionStatus; readonly reason: ConditionReason; readonly message: string } {
  const isInvalid = reason === 'InvalidSpec';
  switch (type) {
    case 'Ready':
      return { status: 'Unknown', reason: isInvalid ? 'InvalidSpec' : 'NotObserved', message };
    case 'Degraded':
      return { status: 'True', reason, message };
    case 'Progressing':
      return isInvalid ? { status: 'False', reason: 'Blocked', message } : { status: 'Unknown', reason: 'NotObserved', message };
    case 'QuorumAvailable':
    case 'Updated':
      return {
        status: 'Unknown',
        reason: 'NotObserved',
        message: isInvalid ? 'The resource cannot be read.' : 'The cluster could not be looked at.',
      };
  }
}

/** What earlier conditions say of transitions, as far as it can be read. */
function conditionsIn(stored: unknown): readonly StorageClusterCondition[] {
  if (typeof stored !== 'object' || stored === null || !('conditions' in stored) || !Array.isArray(stored.conditions)) return [];
  return stored.conditions.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null || !('type' in item) || !('status' in item) || !('lastTransitionTime' in item))
      return [];
    const type = CONDITION_TYPES.find((known) => known === item.type);
    const status = CONDITION_STATUSES.find((known) => known === item.status);
    if (type === undefined || status === undefined || typeof item.lastTransitionTime !== 'string') return [];
    return [{ type, status, reason: 'NotObserved' as const, message: '', lastTransitionTime: item.lastTransitionTime }];
  });
}
