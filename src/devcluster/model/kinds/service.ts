/** Services: their addresses are the API's to give. */
import { fieldError, notSupported } from '../failure.ts';
import type { FieldError } from '../failure.ts';
import { listAt, numberAt, stringAt, valueAt, withFieldAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { KindRules } from '../resource-type.ts';
import { changedItems, withDefaultsAt } from './defaulting.ts';

const types = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];

export const serviceRules: Omit<KindRules, 'decode'> = {
  withDefaults: (service) => {
    const result = withDefaultsAt(service, { 'spec.type': 'ClusterIP', 'spec.sessionAffinity': 'None' });
    if (stringAt(result, 'spec', 'type') === 'ExternalName') return result;
    return changedItems(withDefaultsAt(result, { 'spec.internalTrafficPolicy': 'Cluster' }), ['spec', 'ports'], (port) =>
      withDefaultsAt(port, { protocol: 'TCP', targetPort: port['port'] }),
    );
  },
  prepareCreate: (service, world) => ({ ...addressed(service, world), status: { loadBalancer: {} } }),
  // Who lets them be keeps them: an update that says nothing about addresses does not lose them.
  prepareUpdate: (service, before, world) => {
    let result = service;
    for (const path of [
      ['spec', 'clusterIP'],
      ['spec', 'clusterIPs'],
      ['spec', 'ipFamilies'],
      ['spec', 'ipFamilyPolicy'],
    ]) {
      if (valueAt(result, ...path) === undefined) result = withFieldAt(result, path, valueAt(before, ...path));
    }
    return addressed(result, world);
  },
  errors,
  updateErrors: (service, before) => {
    const [address, addressBefore] = [stringAt(service, 'spec', 'clusterIP') ?? '', stringAt(before, 'spec', 'clusterIP') ?? ''];
    if (address === addressBefore || addressBefore === '') return [];
    const clusterIPs = valueAt(service, 'spec', 'clusterIPs') ?? [address];
    return [fieldError('FieldValueInvalid', 'spec.clusterIPs[0]', 'may not change once set', clusterIPs)];
  },
};

type World = Parameters<NonNullable<KindRules['prepareCreate']>>[1];

function addressed(service: JsonObject, world: World): JsonObject {
  const type = stringAt(service, 'spec', 'type');
  if (type === 'ExternalName') return service;
  let result = withDefaultsAt(service, { 'spec.ipFamilies': ['IPv4'], 'spec.ipFamilyPolicy': 'SingleStack' });
  if ((stringAt(result, 'spec', 'clusterIP') ?? '') === '')
    result = withFieldAt(result, ['spec', 'clusterIP'], world.allocateClusterIp());
  result = withDefaultsAt(result, { 'spec.clusterIPs': [stringAt(result, 'spec', 'clusterIP')] });
  if (type !== 'NodePort' && type !== 'LoadBalancer') return result;
  result = withDefaultsAt(result, { 'spec.externalTrafficPolicy': 'Cluster' });
  return changedItems(result, ['spec', 'ports'], (port) =>
    (numberAt(port, 'nodePort') ?? 0) > 0 ? port : { ...port, nodePort: world.allocateNodePort() },
  );
}

function errors(service: JsonObject): readonly FieldError[] {
  const found: FieldError[] = [];
  const type = stringAt(service, 'spec', 'type') ?? '';
  if (!types.includes(type)) found.push(notSupported('spec.type', type, types));
  const ports = listAt(service, 'spec', 'ports');
  const isHeadless = stringAt(service, 'spec', 'clusterIP') === 'None';
  if (ports.length === 0 && !isHeadless && type !== 'ExternalName')
    found.push(fieldError('FieldValueRequired', 'spec.ports', ''));
  for (const [index, port] of ports.entries()) {
    const number = numberAt(port, 'port') ?? 0;
    if (number < 1 || number > 65_535) {
      found.push(fieldError('FieldValueInvalid', `spec.ports[${index}].port`, 'must be between 1 and 65535, inclusive', number));
    }
    const target = valueAt(port, 'targetPort');
    if (typeof target === 'number' && (target < 1 || target > 65_535)) {
      const field = `spec.ports[${index}].targetPort`;
      found.push(fieldError('FieldValueInvalid', field, 'must be between 1 and 65535, inclusive', target));
    }
    if (ports.length > 1 && (stringAt(port, 'name') ?? '') === '')
      found.push(fieldError('FieldValueRequired', `spec.ports[${index}].name`, ''));
  }
  return found;
}
