/**
 * The names that a cluster's DNS would know, by the rules of Kubernetes' DNS specification (1.1): a Service by its address, a headless one by those of
 * its endpoints, and each endpoint with a host name below its Service.
 */
import { listAt, stringAt, valueAt } from '../model/json.ts';
import type { ModelClient } from '../model/controllers/client.ts';
import { SERVICES, SLICES } from '../model/controllers/kind-places.ts';
import type { StoredObject } from '../model/objects.ts';

export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

export function clusterNames(client: ModelClient): Readonly<Record<string, string>> {
  const names: Record<string, string> = {};
  const slices = slicesByService(client);
  for (const service of client.list(SERVICES, null)) {
    const name = `${service.metadata.name}.${service.metadata.namespace ?? ''}.svc`;
    const { clusterIP = '' } = service.spec;
    if (clusterIP !== '' && clusterIP !== 'None') names[name] = clusterIP;
    else for (const slice of slices.get(keyOf(service)) ?? []) Object.assign(names, namesOfEndpoints(name, slice));
  }
  return names;
}

/** Names lead to one address each: of a headless Service to its first endpoint. */
function namesOfEndpoints(service: string, slice: StoredObject): Readonly<Record<string, string>> {
  const names: Record<string, string> = {};
  for (const endpoint of listAt(slice, 'endpoints')) {
    const address = listAt(endpoint, 'addresses')[0];
    if (typeof address !== 'string' || valueAt(endpoint, 'conditions', 'ready') === false) continue;
    names[service] ??= address;
    const host = stringAt(endpoint, 'hostname');
    if (host !== undefined) names[`${host}.${service}`] = address;
  }
  return names;
}

/** EndpointSlices by `namespace/name` of their Service. */
export function slicesByService(client: ModelClient): ReadonlyMap<string, readonly StoredObject[]> {
  const found = new Map<string, StoredObject[]>();
  for (const slice of client.list(SLICES, null)) {
    const key = `${slice.metadata.namespace ?? ''}/${slice.metadata.labels?.[SERVICE_NAME_LABEL] ?? ''}`;
    found.set(key, [...(found.get(key) ?? []), slice]);
  }
  return found;
}

export function keyOf({ metadata }: StoredObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}
