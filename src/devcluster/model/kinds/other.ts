/** Kinds with few rules of their own. */
import { fieldError } from '../failure.ts';
import type { FieldError } from '../failure.ts';
import { isJsonObject, listAt, objectAt, sameJson, stringAt, valueAt, withField, withFieldAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { KindRules } from '../resource-type.ts';
import { changedItems, withDefaultsAt, withEntries } from './defaulting.ts';

type Rules = Omit<KindRules, 'decode'>;

export const plainRules: Rules = { withDefaults: (object) => object, errors: () => [] };

const unsaid = [
  'machineID',
  'systemUUID',
  'bootID',
  'kernelVersion',
  'osImage',
  'containerRuntimeVersion',
  'kubeletVersion',
  'kubeProxyVersion',
  'operatingSystem',
  'architecture',
];

/** What no kubelet has told is said as nothing. */
export const nodeRules: Rules = {
  withDefaults: (node) =>
    withDefaultsAt(node, {
      'status.daemonEndpoints.kubeletEndpoint.Port': 0,
      ...Object.fromEntries(unsaid.map((name) => [`status.nodeInfo.${name}`, ''])),
    }),
  errors: () => [],
};

export const namespaceRules: Rules = {
  withDefaults: (namespace) => {
    const name = stringAt(namespace, 'metadata', 'name');
    return name === undefined
      ? namespace
      : withEntries(namespace, ['metadata', 'labels'], { 'kubernetes.io/metadata.name': name });
  },
  prepareCreate: (namespace) => ({
    ...withFieldAt(namespace, ['spec', 'finalizers'], ['kubernetes']),
    status: { phase: 'Active' },
  }),
  prepareUpdate: (namespace, before) => withFieldAt(namespace, ['spec', 'finalizers'], valueAt(before, 'spec', 'finalizers')),
  errors: () => [],
};

/** Clear text that came along is kept as what it means. */
export const secretRules: Rules = {
  withDefaults: (secret) => {
    const clear = objectAt(secret, 'stringData');
    const encoded = Object.entries(clear).map(
      ([name, text]) => [name, Buffer.from(String(text), 'utf8').toString('base64')] as const,
    );
    const merged =
      encoded.length === 0 ? secret : { ...secret, data: { ...objectAt(secret, 'data'), ...Object.fromEntries(encoded) } };
    return withDefaultsAt(withField(merged, 'stringData', undefined), { type: 'Opaque' });
  },
  errors: keyErrors,
  updateErrors: (secret, before) => {
    if (secret['type'] !== before['type']) return [fieldError('FieldValueInvalid', 'type', 'field is immutable', secret['type'])];
    if (before['immutable'] !== true || sameJson(secret['data'], before['data'])) return [];
    return [fieldError('FieldValueForbidden', 'data', 'field is immutable when `immutable` is set')];
  },
};

const KEY_ADVICE =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

function keyErrors(object: JsonObject): readonly FieldError[] {
  const wrong = Object.keys(objectAt(object, 'data')).filter((key) => !/^[-._a-zA-Z0-9]+$/.test(key));
  return wrong.map((key) => fieldError('FieldValueInvalid', `data[${key}]`, KEY_ADVICE, key));
}

export const configMapRules: Rules = {
  withDefaults: (map) => map,
  errors: keyErrors,
  updateErrors: (map, before) => {
    if (before['immutable'] !== true || sameJson(map['data'], before['data'])) return [];
    return [fieldError('FieldValueForbidden', 'data', 'field is immutable when `immutable` is set')];
  },
};

export const disruptionBudgetRules: Rules = {
  withDefaults: (budget) => budget,
  prepareCreate: (budget) => ({
    ...budget,
    status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
  }),
  errors: (budget) => {
    const { minAvailable, maxUnavailable } = objectAt(budget, 'spec');
    if (minAvailable === undefined || maxUnavailable === undefined) return [];
    const detail = 'minAvailable and maxUnavailable cannot be both set';
    const { selector = null, unhealthyPodEvictionPolicy = null } = objectAt(budget, 'spec');
    // Shown by the names of the API server's own type.
    const spec = {
      MinAvailable: minAvailable,
      Selector: selector,
      MaxUnavailable: maxUnavailable,
      UnhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy,
    };
    return [fieldError('FieldValueInvalid', 'spec', detail, spec)];
  },
};

export const networkPolicyRules: Rules = {
  withDefaults: (policy) => {
    const hasEgress = valueAt(policy, 'spec', 'egress') !== undefined;
    return withDefaultsAt(policy, { 'spec.policyTypes': hasEgress ? ['Ingress', 'Egress'] : ['Ingress'] });
  },
  errors: () => [],
};

export const leaseRules: Rules = {
  withDefaults: (lease) => lease,
  errors: (lease) => {
    const seconds = valueAt(lease, 'spec', 'leaseDurationSeconds');
    if (typeof seconds !== 'number' || seconds > 0) return [];
    return [fieldError('FieldValueInvalid', 'spec.leaseDurationSeconds', 'must be greater than 0', seconds)];
  },
};

export const eventRules: Rules = {
  withDefaults: (event) => withDefaultsAt(event, { type: 'Normal' }),
  errors: (event) => {
    const missing = ['eventTime', 'reportingController', 'reportingInstance', 'action', 'reason'].filter((name) => {
      const value = event[name];
      return isJsonObject(value) || value === undefined || value === '';
    });
    // Events of the core group tell their times in other fields.
    if (event['eventTime'] === undefined && event['apiVersion'] === 'v1') return [];
    const told = event['eventTime'] === undefined ? ['eventTime'] : missing;
    return told.map((name) => fieldError('FieldValueRequired', name, ''));
  },
};

/** What a rule is about are resources, or paths that are none. */
function roleErrors(role: JsonObject): readonly FieldError[] {
  return listAt(role, 'rules').flatMap((rule, index) => {
    const lacks = (name: string, detail: string): readonly FieldError[] =>
      listAt(rule, name).length > 0 ? [] : [fieldError('FieldValueRequired', `rules[${index}].${name}`, detail)];
    const verbs = lacks('verbs', 'verbs must contain at least one value');
    if (listAt(rule, 'nonResourceURLs').length > 0) return verbs;
    return [
      ...verbs,
      ...lacks('apiGroups', 'resource rules must supply at least one api group'),
      ...lacks('resources', 'resource rules must supply at least one resource'),
    ];
  });
}

/** An update is judged as a role, and once more as an update of one. */
export const roleRules: Rules = { withDefaults: (role) => role, errors: roleErrors, updateErrors: roleErrors };

export const roleBindingRules: Rules = {
  withDefaults: (binding) => withDefaultsAt(binding, { 'roleRef.apiGroup': 'rbac.authorization.k8s.io' }),
  errors: () => [],
  updateErrors: (binding, before) => {
    if (sameJson(binding['roleRef'], before['roleRef'])) return [];
    return [fieldError('FieldValueInvalid', 'roleRef', 'cannot change roleRef', binding['roleRef'] ?? null)];
  },
};

export const admissionPolicyRules: Rules = {
  withDefaults: (policy) =>
    changedItems(
      withDefaultsAt(policy, { 'spec.failurePolicy': 'Fail', 'spec.matchConstraints.matchPolicy': 'Equivalent' }),
      ['spec', 'matchConstraints', 'resourceRules'],
      (rule) => withDefaultsAt(rule, { scope: '*' }),
    ),
  prepareCreate: (policy) => ({ ...policy, status: {} }),
  errors: () => [],
};
