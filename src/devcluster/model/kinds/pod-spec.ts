/** A pod's spec, in a pod or in a template: its defaults and what is wrong with it. */
import { fieldError, notSupported } from '../failure.ts';
import type { FieldError } from '../failure.ts';
import { listAt, numberAt, objectAt, stringAt, valueAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { parseQuantity } from '../../../api/quantity.ts';
import { changedAt, changedItems, withDefaultsAt } from './defaulting.ts';

export function podSpecWithDefaults(spec: JsonObject): JsonObject {
  let result = withDefaultsAt(spec, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  });
  for (const containers of ['initContainers', 'containers']) result = changedItems(result, [containers], containerWithDefaults);
  return changedItems(result, ['volumes'], volumeWithDefaults);
}

function containerWithDefaults(container: JsonObject): JsonObject {
  let result = withDefaultsAt(container, {
    imagePullPolicy: pullPolicyOf(stringAt(container, 'image') ?? ''),
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
    result = changedAt(result, [probe], (value) => probeWithDefaults(objectAt(value)));
  }
  result = changedItems(result, ['ports'], (port) => withDefaultsAt(port, { protocol: 'TCP' }));
  return changedItems(result, ['env'], (variable) => {
    if (valueAt(variable, 'valueFrom', 'fieldRef') !== undefined)
      return withDefaultsAt(variable, { 'valueFrom.fieldRef.apiVersion': 'v1' });
    if (valueAt(variable, 'valueFrom', 'resourceFieldRef') === undefined) return variable;
    return withDefaultsAt(variable, { 'valueFrom.resourceFieldRef.divisor': '0' });
  });
}

/** Always for `latest` and for no tag at all, which is the same. */
function pullPolicyOf(image: string): string {
  if (image.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(image)?.[1] ?? 'latest';
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function probeWithDefaults(probe: JsonObject): JsonObject {
  const result = withDefaultsAt(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
  return result['httpGet'] === undefined ? result : withDefaultsAt(result, { 'httpGet.path': '/', 'httpGet.scheme': 'HTTP' });
}

const FILE_MODE = 0o644;

function volumeWithDefaults(volume: JsonObject): JsonObject {
  if (Object.keys(volume).length === 1) return { ...volume, emptyDir: {} };
  let result = volume;
  for (const source of ['secret', 'configMap', 'projected', 'downwardAPI']) {
    if (valueAt(result, source) !== undefined) result = withDefaultsAt(result, { [`${source}.defaultMode`]: FILE_MODE });
  }
  return result;
}

const restartPolicies = ['Always', 'OnFailure', 'Never'];
const pullPolicies = ['Always', 'IfNotPresent', 'Never'];
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const messagePolicies = ['File', 'FallbackToLogsOnError'];

/** @param isTemplate of a workload: its pods are restarted for ever */
export function podSpecErrors(spec: JsonObject, path: string, isTemplate: boolean): readonly FieldError[] {
  const errors: FieldError[] = [...volumeErrors(spec, path)];
  const containers = listAt(spec, 'containers');
  if (containers.length === 0) errors.push(fieldError('FieldValueRequired', `${path}.containers`, ''));
  const volumes = new Set(listAt(spec, 'volumes').map((volume) => stringAt(volume, 'name')));
  for (const [index, container] of containers.entries()) {
    errors.push(...containerErrors(objectAt(container), `${path}.containers[${index}]`));
  }
  const names = containers.map((container) => stringAt(container, 'name'));
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index)
      errors.push(fieldError('FieldValueDuplicate', `${path}.containers[${index}].name`, '', name));
  }
  if (!isTemplate) {
    for (const [index, container] of containers.entries())
      errors.push(...mountErrors(container, `${path}.containers[${index}]`, volumes));
  }
  errors.push(...policyErrors(spec, path));
  if ((numberAt(spec, 'terminationGracePeriodSeconds') ?? 0) < 0) {
    const detail = 'must be greater than or equal to 0';
    errors.push(
      fieldError(
        'FieldValueInvalid',
        `${path}.terminationGracePeriodSeconds`,
        detail,
        valueAt(spec, 'terminationGracePeriodSeconds'),
      ),
    );
  }
  errors.push(...identityErrors(objectAt(spec, 'securityContext'), `${path}.securityContext`));
  const policy = stringAt(spec, 'restartPolicy') ?? '';
  if (isTemplate && policy !== 'Always') errors.push(notSupported(`${path}.restartPolicy`, policy, ['Always']));
  return errors;
}

function volumeErrors(spec: JsonObject, path: string): readonly FieldError[] {
  return listAt(spec, 'volumes').flatMap((volume, index) => {
    const claim = valueAt(volume, 'persistentVolumeClaim');
    if (claim === undefined || (stringAt(claim, 'claimName') ?? '') !== '') return [];
    return [fieldError('FieldValueRequired', `${path}.volumes[${index}].persistentVolumeClaim.claimName`, '')];
  });
}

function policyErrors(spec: JsonObject, path: string): readonly FieldError[] {
  const choices = { restartPolicy: restartPolicies, dnsPolicy: dnsPolicies };
  return Object.entries(choices).flatMap(([name, supported]) => {
    const policy = stringAt(spec, name) ?? '';
    return supported.includes(policy) ? [] : [notSupported(`${path}.${name}`, policy, supported)];
  });
}

/** User and group that the processes run as. */
function identityErrors(context: JsonObject, path: string): readonly FieldError[] {
  const detail = 'must be between 0 and 2147483647, inclusive';
  return ['fsGroup', 'runAsUser', 'runAsGroup'].flatMap((name) => {
    const id = numberAt(context, name) ?? 0;
    return id >= 0 && id <= 2_147_483_647 ? [] : [fieldError('FieldValueInvalid', `${path}.${name}`, detail, id)];
  });
}

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
export const DNS_LABEL_ADVICE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

function containerErrors(container: JsonObject, path: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  const name = stringAt(container, 'name') ?? '';
  if (name === '') errors.push(fieldError('FieldValueRequired', `${path}.name`, ''));
  else if (!dnsLabel.test(name) || name.length > 63)
    errors.push(fieldError('FieldValueInvalid', `${path}.name`, DNS_LABEL_ADVICE, name));
  if ((stringAt(container, 'image') ?? '') === '') errors.push(fieldError('FieldValueRequired', `${path}.image`, ''));
  const messages = stringAt(container, 'terminationMessagePolicy') ?? '';
  if (!messagePolicies.includes(messages))
    errors.push(notSupported(`${path}.terminationMessagePolicy`, messages, messagePolicies));
  const pull = stringAt(container, 'imagePullPolicy') ?? '';
  if (!pullPolicies.includes(pull)) errors.push(notSupported(`${path}.imagePullPolicy`, pull, pullPolicies));
  errors.push(...resourceErrors(objectAt(container, 'resources'), `${path}.resources`));
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe'])
    errors.push(...probeErrors(objectAt(container, name), `${path}.${name}`, name === 'readinessProbe'));
  return errors;
}

const counts = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];

/** Only readiness comes and goes; the others are proven by one success. */
function probeErrors(probe: JsonObject, path: string, isReadiness: boolean): readonly FieldError[] {
  const negative = counts.flatMap((name) => {
    const count = numberAt(probe, name) ?? 0;
    return count >= 0 ? [] : [fieldError('FieldValueInvalid', `${path}.${name}`, 'must be greater than or equal to 0', count)];
  });
  const successes = numberAt(probe, 'successThreshold') ?? 1;
  if (isReadiness || successes === 1) return negative;
  return [...negative, fieldError('FieldValueInvalid', `${path}.successThreshold`, 'must be 1', successes)];
}

function resourceErrors(resources: JsonObject, path: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  for (const part of ['limits', 'requests'] as const) {
    for (const [name, value] of Object.entries(objectAt(resources, part))) {
      if (parseQuantity(String(value)) === null) {
        const detail = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
        errors.push(fieldError('FieldValueInvalid', `${path}.${part}[${name}]`, detail, value));
      }
    }
  }
  for (const [name, request] of Object.entries(objectAt(resources, 'requests'))) {
    const limit = quantityTextOf(valueAt(resources, 'limits', name));
    const [requested, limited] = [parseQuantity(String(request)), parseQuantity(limit)];
    if (requested !== null && limited !== null && requested > limited) {
      const detail = `must be less than or equal to ${name} limit of ${limit}`;
      errors.push(fieldError('FieldValueInvalid', `${path}.requests`, detail, request));
    }
  }
  return errors;
}

function quantityTextOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function mountErrors(container: unknown, path: string, volumes: ReadonlySet<string | undefined>): readonly FieldError[] {
  return listAt(container, 'volumeMounts').flatMap((mount, index) => {
    const name = stringAt(mount, 'name') ?? '';
    if (volumes.has(name)) return [];
    return [
      {
        type: 'FieldValueInvalid' as const,
        field: `${path}.volumeMounts[${index}].name`,
        message: `Not found: ${JSON.stringify(name)}`,
      },
    ];
  });
}

/** Images of containers, by name: what may change in a pod that exists. */
export function withoutImages(spec: JsonObject): JsonObject {
  let result = spec;
  for (const containers of ['initContainers', 'containers']) {
    result = changedItems(result, [containers], (container) => ({ ...container, image: '' }));
  }
  return result;
}
