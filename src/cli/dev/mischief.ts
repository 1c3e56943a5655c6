/** What happens to clusters, done on purpose: a process that dies, a machine that loses its power. Nobody is asked and nothing is drained. */
import { signalGroup } from '../../devcluster/supervision/process-identity.ts';
import { isKubernetesApiError } from '../../operator/kubernetes/errors.ts';
import { NODES, PODS } from '../../operator/kubernetes/resources.ts';
import type { Access } from '../kubernetes/access.ts';
import { POWER_ANNOTATION, POWER_OFF } from './node-power.ts';

/** Containers of a devcluster are processes of this machine, and their ids say which. */
const CONTAINER_ID = /^process:\/\/(\d+)$/;

/**
 * SIGKILL to every container of the pod; false when none runs. One that was started again before would wait ever longer for the next start, as
 * crashing containers do: its pod is deleted as well, and another one takes its place at once.
 */
export async function killPod(access: Access, name: string): Promise<boolean> {
  const key = { namespace: access.namespace, name };
  const pod = await access.api.find(PODS, key);
  const statuses = pod?.status?.containerStatuses ?? [];
  const ids = statuses.flatMap((status) => {
    const { containerID = '', state } = status as { readonly containerID?: string; readonly state?: object };
    const found = CONTAINER_ID.exec(containerID)?.[1];
    return found === undefined || state === undefined || !('running' in state) ? [] : [Number(found)];
  });
  const isKilled = ids.map((pid) => signalGroup(pid, 'SIGKILL')).some((killed) => killed);
  const wasRestarted = statuses.some(({ restartCount }) => restartCount > 0);
  if (!isKilled || !wasRestarted || pod === null) return isKilled;
  try {
    await access.api.delete(PODS, key, { gracePeriodSeconds: 0, preconditions: { uid: pod.metadata.uid } });
  } catch (error) {
    // Somebody else was quicker.
    if (!isKubernetesApiError(error, 'not-found') && !isKubernetesApiError(error, 'conflict')) throw error;
  }
  return true;
}

/** Pulls the plug of a node, or puts it in again. False when there is no such node. */
export async function switchNode(access: Access, name: string, power: 'off' | 'on'): Promise<boolean> {
  const annotations = { [POWER_ANNOTATION]: power === 'off' ? POWER_OFF : null };
  try {
    await access.api.mergePatch(NODES, { namespace: null, name }, { metadata: { annotations } });
    return true;
  } catch (error) {
    if (isKubernetesApiError(error, 'not-found')) return false;
    throw error;
  }
}
