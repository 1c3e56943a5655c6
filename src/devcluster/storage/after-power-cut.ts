/**
 * What an object says after the whole machine was off. Pods are still bound to their nodes, and nothing of them runs; Services keep their addresses,
 * unless the network that the cluster had is another cluster's by now.
 */
import { isJsonObject, listAt, objectAt, stringAt, withFieldAt } from '../model/json.ts';
import type { JsonObject } from '../model/json.ts';
import type { StoredObject } from '../model/objects.ts';
import type { StoredPlace } from '../model/store.ts';

const PODS = '/pods';
const SERVICES = '/services';

export function afterPowerCut({ collection, object }: StoredPlace, networkBefore: string | null, network: string): StoredObject {
  if (collection === PODS) return stoppedPod(object);
  if (collection === SERVICES && networkBefore !== null && networkBefore !== network)
    return moved(object, networkBefore, network);
  return object;
}

function stoppedPod(pod: StoredObject): StoredObject {
  const { podIP: _address, podIPs: _addresses, ...status } = objectAt(pod, 'status');
  const conditions = listAt(status, 'conditions').map((condition) => {
    const type = stringAt(condition, 'type') ?? '';
    const isOver = type === 'Ready' || type === 'ContainersReady' || type === 'PodReadyToStartContainers';
    return isOver && isJsonObject(condition) ? { ...condition, status: 'False' } : condition;
  });
  const containerStatuses = listAt(status, 'containerStatuses').map((container) =>
    isJsonObject(container) ? { ...container, ready: false, started: false } : container,
  );
  return { ...pod, status: { ...status, conditions, containerStatuses } };
}

function moved(service: StoredObject, before: string, now: string): StoredObject {
  const address = stringAt(service, 'spec', 'clusterIP') ?? '';
  if (!address.startsWith(`${before}.`)) return service;
  const clusterIP = `${now}${address.slice(before.length)}`;
  const changed: JsonObject = withFieldAt(
    withFieldAt(service, ['spec', 'clusterIP'], clusterIP),
    ['spec', 'clusterIPs'],
    [clusterIP],
  );
  return { ...service, ...changed };
}
