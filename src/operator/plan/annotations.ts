/** What people order by annotation: members to replace (S9), and members to leave alone or not to let lead. */
import { ANNOTATIONS } from '../../api/storage-cluster.ts';
import type { StorageCluster } from '../../api/storage-cluster.ts';
import type { Observation } from './observation.ts';

/**
 * `hands-off`: its pod is neither evicted nor deleted, and the member neither removed nor promoted nor handed leadership to or from.
 * `no-leadership`: it serves as a follower; leadership is handed over when it has it, and is not handed to it.
 */
export const MAINTENANCE_MODES = ['hands-off', 'no-leadership'] as const;
export type MaintenanceMode = (typeof MAINTENANCE_MODES)[number];

/** The words of `quorate.io/replace` on the resource: ids, and names that are not ids yet. */
export function replaceWords(cluster: StorageCluster): readonly string[] {
  return wordsOf(cluster.metadata.annotations?.[ANNOTATIONS.replace]);
}

/** The resource speaks for members by name; a pod speaks for itself, and wins. */
export function maintenanceOf(observation: Observation): ReadonlyMap<string, MaintenanceMode> {
  const modes = new Map<string, MaintenanceMode>();
  for (const word of wordsOf(observation.cluster.metadata.annotations?.[ANNOTATIONS.maintenance])) {
    const [name = '', mode = ''] = word.split('=');
    modes.set(name, modeOf(mode));
  }
  for (const { name, pod } of observation.members) {
    if (pod?.maintenance === 'false') modes.delete(name);
    else if (typeof pod?.maintenance === 'string') modes.set(name, modeOf(pod.maintenance));
  }
  return modes;
}

/** A word that nobody knows keeps hands off: whoever wrote it wanted less to happen, not more. */
function modeOf(word: string): MaintenanceMode {
  return word.trim() === 'no-leadership' ? 'no-leadership' : 'hands-off';
}

function wordsOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
