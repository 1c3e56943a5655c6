/** Pods: what they begin with, and the little of them that may change once they exist. */
import { fieldError } from '../failure.ts';
import type { FieldError } from '../failure.ts';
import { listAt, objectAt, sameJson, valueAt, withField } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { StoredObject } from '../objects.ts';
import type { KindRules } from '../resource-type.ts';
import { changedAt, changedItems, withDefaultsAt } from './defaulting.ts';
import { podSpecErrors, podSpecWithDefaults, withoutImages } from './pod-spec.ts';

const RESOURCES = ['cpu', 'memory'];

export const podRules: Omit<KindRules, 'decode'> = {
  withDefaults: (pod) => {
    const spec = podSpecWithDefaults(objectAt(pod, 'spec'));
    const whole = { ...pod, spec: withRequests(withDefaultsAt(spec, { enableServiceLinks: true })) };
    // Times that nobody gave are told as such.
    return changedItems(whole, ['status', 'conditions'], (condition) => ({
      lastProbeTime: null,
      lastTransitionTime: null,
      ...condition,
    }));
  },
  prepareCreate: (pod) => ({ ...pod, status: { phase: 'Pending', qosClass: qosClassOf(objectAt(pod, 'spec')) } }),
  errors: (pod) => podSpecErrors(objectAt(pod, 'spec'), 'spec', false),
  updateErrors,
};

/** What a container does not ask for is what it is limited to. */
function withRequests(spec: JsonObject): JsonObject {
  return changedItems(spec, ['containers'], (container) => {
    const limits = objectAt(container, 'resources', 'limits');
    if (Object.keys(limits).length === 0) return container;
    return changedAt(container, ['resources'], (resources) => ({
      ...objectAt(resources),
      requests: { ...limits, ...objectAt(resources, 'requests') },
    }));
  });
}

function qosClassOf(spec: JsonObject): string {
  const containers = listAt(spec, 'containers');
  const asks = containers.flatMap((container) => [
    ...Object.keys(objectAt(container, 'resources', 'requests')),
    ...Object.keys(objectAt(container, 'resources', 'limits')),
  ]);
  if (!asks.some((name) => RESOURCES.includes(name))) return 'BestEffort';
  const isGuaranteed = containers.every((container) =>
    RESOURCES.every((name) => {
      const limit = valueAt(container, 'resources', 'limits', name);
      return limit !== undefined && sameJson(limit, valueAt(container, 'resources', 'requests', name));
    }),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

const CHANGEABLE =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

function updateErrors(pod: JsonObject, before: StoredObject): readonly FieldError[] {
  const [spec, specBefore] = [objectAt(pod, 'spec'), objectAt(before, 'spec')];
  const rest = (whole: JsonObject): JsonObject =>
    withField(withField(withoutImages(whole), 'activeDeadlineSeconds', undefined), 'tolerations', undefined);
  const kept = listAt(specBefore, 'tolerations').every((toleration) =>
    listAt(spec, 'tolerations').some((other) => sameJson(other, toleration)),
  );
  if (sameJson(rest(spec), rest(specBefore)) && kept) return [];
  return [fieldError('FieldValueForbidden', 'spec', CHANGEABLE)];
}
