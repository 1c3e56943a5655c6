/** StatefulSets, Deployments, ReplicaSets and ControllerRevisions. */
import { fieldError, notSupported } from '../failure.ts';
import type { FieldError } from '../failure.ts';
import { isJsonObject, numberAt, objectAt, sameJson, stringAt, valueAt, withField } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { StoredObject } from '../objects.ts';
import type { KindRules } from '../resource-type.ts';
import { labelSelectorOf, selects } from '../selectors.ts';
import type { Labels } from '../selectors.ts';
import { changedAt, changedItems, withDefaultsAt } from './defaulting.ts';
import { podSpecErrors, podSpecWithDefaults } from './pod-spec.ts';

type Rules = Omit<KindRules, 'decode'>;

function withTemplateDefaults(object: JsonObject): JsonObject {
  return changedAt(object, ['spec', 'template', 'spec'], (spec) => podSpecWithDefaults(objectAt(spec)));
}

function unmatchedLabels(object: JsonObject): FieldError {
  const labels = valueAt(object, 'spec', 'template', 'metadata', 'labels') ?? null;
  const detail = '`selector` does not match template `labels`';
  return fieldError('FieldValueInvalid', 'spec.template.metadata.labels', detail, labels);
}

function workloadErrors(object: JsonObject): readonly FieldError[] {
  const errors: FieldError[] = [];
  const replicas = numberAt(object, 'spec', 'replicas') ?? 0;
  if (replicas < 0) errors.push(fieldError('FieldValueInvalid', 'spec.replicas', 'must be greater than or equal to 0', replicas));
  const selector = valueAt(object, 'spec', 'selector');
  const labels = valueAt(object, 'spec', 'template', 'metadata', 'labels') as Labels;
  const requirements = labelSelectorOf(selector);
  if (requirements === null) errors.push(fieldError('FieldValueRequired', 'spec.selector', ''));
  else if (requirements.length === 0) {
    errors.push(fieldError('FieldValueInvalid', 'spec.selector', 'empty selector is invalid for workload', selector));
  } else if (!selects(requirements, labels)) {
    errors.push(unmatchedLabels(object));
  }
  errors.push(...podSpecErrors(objectAt(object, 'spec', 'template', 'spec'), 'spec.template.spec', true));
  return errors;
}

const SET_CHANGEABLE =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
const setChangeable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

const updateStrategies = ['RollingUpdate', 'OnDelete'];
const podPolicies = ['OrderedReady', 'Parallel'];
const retentions = ['Retain', 'Delete'];

export const statefulSetRules: Rules = {
  prepareCreate: (set) => ({ ...set, status: { replicas: 0, availableReplicas: 0 } }),
  withDefaults: (set) => {
    let result = withDefaultsAt(withTemplateDefaults(set), {
      'spec.replicas': 1,
      'spec.podManagementPolicy': 'OrderedReady',
      'spec.updateStrategy.type': 'RollingUpdate',
      'spec.revisionHistoryLimit': 10,
      'spec.persistentVolumeClaimRetentionPolicy.whenDeleted': 'Retain',
      'spec.persistentVolumeClaimRetentionPolicy.whenScaled': 'Retain',
      'spec.serviceName': '',
    });
    if (stringAt(result, 'spec', 'updateStrategy', 'type') === 'RollingUpdate') {
      result = withDefaultsAt(result, { 'spec.updateStrategy.rollingUpdate.partition': 0 });
    }
    return changedItems(result, ['spec', 'volumeClaimTemplates'], (template) =>
      withDefaultsAt(template, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        'spec.volumeMode': 'Filesystem',
        status: { phase: 'Pending' },
      }),
    );
  },
  errors: (set) => {
    const policy = stringAt(set, 'spec', 'podManagementPolicy') ?? '';
    const detail = "must be 'OrderedReady' or 'Parallel'";
    const errors = podPolicies.includes(policy)
      ? []
      : [fieldError('FieldValueInvalid', 'spec.podManagementPolicy', detail, policy)];
    errors.push(...workloadErrors(set));
    if (valueAt(set, 'spec', 'selector') === undefined) errors.push(unmatchedLabels(set));
    const choose = (path: readonly string[], values: readonly string[]): void => {
      const value = stringAt(set, 'spec', ...path) ?? '';
      if (!values.includes(value)) errors.push(notSupported(`spec.${path.join('.')}`, value, values));
    };
    choose(['updateStrategy', 'type'], updateStrategies);
    choose(['persistentVolumeClaimRetentionPolicy', 'whenDeleted'], retentions);
    choose(['persistentVolumeClaimRetentionPolicy', 'whenScaled'], retentions);
    return errors;
  },
  updateErrors: (set, before) => {
    const rest = (spec: JsonObject): JsonObject =>
      setChangeable.reduce<JsonObject>((left, name) => withField(left, name, undefined), spec);
    if (sameJson(rest(objectAt(set, 'spec')), rest(objectAt(before, 'spec')))) return [];
    return [fieldError('FieldValueForbidden', 'spec', SET_CHANGEABLE)];
  },
};

function selectorIsKept(object: JsonObject, before: StoredObject): readonly FieldError[] {
  const selector = valueAt(object, 'spec', 'selector');
  if (sameJson(selector, valueAt(before, 'spec', 'selector'))) return [];
  return [fieldError('FieldValueInvalid', 'spec.selector', 'field is immutable', selector ?? null)];
}

export const deploymentRules: Rules = {
  prepareCreate: (deployment) => ({ ...deployment, status: {} }),
  withDefaults: (deployment) => {
    const result = withDefaultsAt(withTemplateDefaults(deployment), {
      'spec.replicas': 1,
      'spec.strategy.type': 'RollingUpdate',
      'spec.revisionHistoryLimit': 10,
      'spec.progressDeadlineSeconds': 600,
    });
    if (stringAt(result, 'spec', 'strategy', 'type') !== 'RollingUpdate') return result;
    return withDefaultsAt(result, {
      'spec.strategy.rollingUpdate.maxUnavailable': '25%',
      'spec.strategy.rollingUpdate.maxSurge': '25%',
    });
  },
  errors: workloadErrors,
  updateErrors: selectorIsKept,
};

export const replicaSetRules: Rules = {
  prepareCreate: (set) => ({ ...set, status: { replicas: 0 } }),
  withDefaults: (set) => withDefaultsAt(withTemplateDefaults(set), { 'spec.replicas': 1 }),
  errors: workloadErrors,
  updateErrors: selectorIsKept,
};

export const controllerRevisionRules: Rules = {
  withDefaults: (revision) => withDefaultsAt(revision, { revision: 0 }),
  errors: (revision) => {
    if (!isJsonObject(revision['data'])) return [fieldError('FieldValueRequired', 'data', 'data is mandatory')];
    return [];
  },
  updateErrors: (revision, before) =>
    sameJson(revision['data'], before['data'])
      ? []
      : [fieldError('FieldValueInvalid', 'data', 'field is immutable', revision['data'])],
};
