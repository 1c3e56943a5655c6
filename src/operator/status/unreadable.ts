/** A resource that cannot be read is acted upon by nobody; its conditions say why, and everything else that status holds is left alone. */
import { CONDITION_TYPES, CONDITION_STATUSES, phaseOf } from '../../api/storage-cluster.ts';
import type {
  ConditionReason,
  ConditionStatus,
  ConditionType,
  StorageClusterCondition,
  StorageClusterStatus,
} from '../../api/storage-cluster.ts';
import { condition } from './conditions.ts';

/** @param stored the status as stored, unread */
export function unreadableStatus(stored: unknown, reason: string, generation: number, nowMs: number): StorageClusterStatus {
  const previous = conditionsIn(stored);
  const conditions = CONDITION_TYPES.map((type) => condition(type, findingOf(type, reason), previous, generation, nowMs));
  return { conditions, phase: phaseOf(conditions), observedGeneration: generation };
}

function findingOf(
  type: ConditionType,
  message: string,
): { readonly status: ConditionStatus; readonly reason: ConditionReason; readonly message: string } {
  switch (type) {
    case 'Ready':
      return { status: 'Unknown', reason: 'InvalidSpec', message };
    case 'Degraded':
      return { status: 'True', reason: 'InvalidSpec', message };
    case 'Progressing':
      return { status: 'False', reason: 'Blocked', message };
    case 'QuorumAvailable':
    case 'Updated':
      return { status: 'Unknown', reason: 'NotObserved', message: 'The resource cannot be read.' };
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
