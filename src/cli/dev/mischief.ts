/** What happens to clusters, done on purpose: a process that dies, a machine that loses its power. Nobody is asked and nothing is drained. */
import { signalGroup } from '../../devcluster/supervision/process-identity.ts';
import { isKubernetesApiError } from '../../operator/kubernetes/errors.ts';
import { NODES, PODS } from '../../operator/kubernetes/resources.ts';
import type { Access } from '../kubernetes/access.ts';
import { POWER_ANNOTATION, POWER_OFF } from './node-power.ts';

/** Containers of a devcluster are processes of this machine, and their ids say which. */
const CONTAINER_ID = /^process:\/\/(\d+)$/;

/** SIGKILL to every container of the pod. False when none runs. */
export async function killPod(access: Access, name: string): Promise<boolean> {
  const pod = await access.api.find(PODS, { namespace: access.namespace, name });
  const ids = (pod?.status?.containerStatuses ?? []).flatMap((status) => {
    const { containerID = '', state } = status as { readonly containerID?: string; readonly state?: object };
    const found = CONTAINER_ID.exec(containerID)?.[1];
    return found === undefined || state === undefined || !('running' in state) ? [] : [Number(found)];
  });
  return ids.map((pid) => signalGroup(pid, 'SIGKILL')).some((killed) => killed);
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
