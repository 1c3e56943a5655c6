/** One word for people, derived from the conditions and from nothing else: programs read the conditions. */
import { assertNever } from '../shared/assert.ts';
import type { ConditionReason, ConditionType, StorageClusterPhase } from './conditions.ts';
import type { StorageClusterCondition } from './storage-cluster-status.ts';

export function conditionOf(conditions: readonly StorageClusterCondition[], type: ConditionType): StorageClusterCondition | null {
  return conditions.find((condition) => condition.type === type) ?? null;
}

/** What the cluster is doing outranks how it fares; a lost quorum outranks both; silence is `Unknown`, whatever else is said. */
export function phaseOf(conditions: readonly StorageClusterCondition[]): StorageClusterPhase {
  const ready = conditionOf(conditions, 'Ready');
  const quorum = conditionOf(conditions, 'QuorumAvailable');
  const progressing = conditionOf(conditions, 'Progressing');
  if (ready?.reason === 'Deleting' || progressing?.reason === 'Deleting') return 'Deleting';
  if (ready?.reason === 'Hibernated') return 'Hibernated';
  if (progressing?.status === 'True' && progressing.reason === 'Founding') return 'Founding';
  // Known to be in trouble, and not seen: that is no cluster which merely has to begin.
  const isDegraded = conditionOf(conditions, 'Degraded')?.status === 'True';
  if (quorum === null || quorum.reason === 'NotObserved') return isDegraded ? 'Unknown' : 'Pending';
  if (quorum.reason === 'NotFounded') return 'Pending';
  if (quorum.status === 'Unknown') return 'Unknown';
  if (quorum.status === 'False') return 'Unavailable';
  const doing = progressing?.status === 'True' ? phaseOfProgress(progressing.reason as ConditionReason<'Progressing'>) : null;
  if (doing !== null) return doing;
  if (ready?.status === 'True' && !isDegraded) return 'Ready';
  return ready === null || ready.status === 'Unknown' ? 'Unknown' : 'Degraded';
}

function phaseOfProgress(reason: ConditionReason<'Progressing'>): StorageClusterPhase | null {
  switch (reason) {
    case 'Founding':
      return 'Founding';
    case 'ScalingOut':
    case 'ScalingIn':
      return 'Scaling';
    case 'Updating':
      return 'Updating';
    case 'Deleting':
      return 'Deleting';
    case 'Starting':
    case 'Replacing':
    case 'Hibernating':
    case 'Waking':
    case 'Stable':
    case 'Paused':
    case 'Blocked':
    case 'NotObserved':
      return null;
    default:
      return assertNever(reason);
  }
}
