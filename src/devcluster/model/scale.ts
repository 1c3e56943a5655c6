/** The scale subresource: how many there shall be, in the same words for every kind that can be scaled. */
import { badRequest, fieldError, invalid } from './failure.ts';
import { isJsonObject, numberAt, stringAt, valueAt, withFieldAt } from './json.ts';
import type { JsonObject } from './json.ts';
import type { StoredObject } from './objects.ts';
import type { ScalePaths } from './resource-type.ts';
import { labelSelectorOf, selectorText } from './selectors.ts';

export function scaleOf(object: StoredObject, paths: ScalePaths): JsonObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const replicas = numberAt(object, ...paths.specReplicas) ?? 0;
  const selector = paths.selector === null ? undefined : valueAt(object, ...paths.selector);
  const labels = isJsonObject(selector) ? selectorText(labelSelectorOf(selector) ?? []) : selector;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), uid, resourceVersion, creationTimestamp },
    // None are left out there, and told below.
    spec: replicas === 0 ? {} : { replicas },
    status: {
      replicas: numberAt(object, ...paths.statusReplicas) ?? 0,
      ...(typeof labels === 'string' && labels !== '' ? { selector: labels } : {}),
    },
  };
}

/** The object with the replicas of a scale. @throws ApiFailure 400 or 422 for what is no scale of it */
export function scaledBy(object: StoredObject, scale: unknown, paths: ScalePaths): JsonObject {
  if (!isJsonObject(scale)) throw badRequest('wrong object passed to Scale update');
  const kind = stringAt(scale, 'kind') ?? 'Scale';
  if (kind !== 'Scale') throw badRequest(`expected input object type to be Scale, but ${kind}`);
  const replicas = valueAt(scale, 'spec', 'replicas') ?? 0;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas)) throw badRequest('spec.replicas is not a whole number');
  if (replicas < 0) {
    const error = fieldError('FieldValueInvalid', 'spec.replicas', 'must be greater than or equal to 0', replicas);
    throw invalid('autoscaling', 'Scale', object.metadata.name, [error]);
  }
  const uid = stringAt(scale, 'metadata', 'uid');
  const version = stringAt(scale, 'metadata', 'resourceVersion');
  const named = {
    ...object,
    metadata: {
      ...object.metadata,
      uid: uid ?? object.metadata.uid,
      resourceVersion: version ?? object.metadata.resourceVersion,
    },
  };
  return withFieldAt(named, paths.specReplicas, replicas);
}
