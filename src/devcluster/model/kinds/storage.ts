/** Claims, volumes and their classes. */
import { compareQuantities } from '../../../api/quantity.ts';
import { fieldError, notSupported } from '../failure.ts';
import type { FieldError } from '../failure.ts';
import { listAt, objectAt, sameJson, stringAt, valueAt, withField, withFieldAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { StoredObject } from '../objects.ts';
import type { KindRules } from '../resource-type.ts';
import { withDefaultsAt } from './defaulting.ts';

type Rules = Omit<KindRules, 'decode'>;

const CLAIM_CHANGEABLE =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

const volumeModes = ['Block', 'Filesystem'];

export const claimRules: Rules = {
  withDefaults: (claim) => withDefaultsAt(claim, { 'spec.volumeMode': 'Filesystem' }),
  prepareCreate: (claim) => ({ ...claim, status: { phase: 'Pending' } }),
  errors: (claim) => {
    const errors: FieldError[] = [];
    if (listAt(claim, 'spec', 'accessModes').length === 0) {
      errors.push(fieldError('FieldValueRequired', 'spec.accessModes', 'at least 1 access mode is required'));
    }
    const size = valueAt(claim, 'spec', 'resources', 'requests', 'storage');
    if (size === undefined) errors.push(fieldError('FieldValueRequired', 'spec.resources[storage]', ''));
    else if (typeof size === 'string' && (compareQuantities(size, '0') ?? 1) <= 0)
      errors.push(fieldError('FieldValueInvalid', 'spec.resources[storage]', 'must be greater than zero', size));
    const mode = stringAt(claim, 'spec', 'volumeMode') ?? '';
    if (!volumeModes.includes(mode)) errors.push(notSupported('spec.volumeMode', mode, volumeModes));
    return errors;
  },
  updateErrors: claimUpdateErrors,
};

function claimUpdateErrors(claim: JsonObject, before: StoredObject): readonly FieldError[] {
  const isBound = stringAt(before, 'status', 'phase') === 'Bound';
  const rest = (object: JsonObject): JsonObject => {
    const spec = withField(objectAt(object, 'spec'), 'volumeAttributesClassName', undefined);
    // The binder may fill in the volume; the class of a claim that has none yet may be filled in as well.
    const unbound = stringAt(before, 'spec', 'volumeName') === undefined ? withField(spec, 'volumeName', undefined) : spec;
    const classed =
      valueAt(before, 'spec', 'storageClassName') === undefined ? withField(unbound, 'storageClassName', undefined) : unbound;
    return isBound ? withFieldAt(classed, ['resources', 'requests'], undefined) : classed;
  };
  if (!sameJson(rest(claim), rest(before))) return [fieldError('FieldValueForbidden', 'spec', CLAIM_CHANGEABLE)];
  const [size, sizeBefore, capacity] = [
    stringAt(claim, 'spec', 'resources', 'requests', 'storage'),
    stringAt(before, 'spec', 'resources', 'requests', 'storage'),
    stringAt(before, 'status', 'capacity', 'storage'),
  ];
  if (size === undefined || sizeBefore === undefined || (compareQuantities(size, sizeBefore) ?? 0) >= 0) return [];
  // A request may go down again as long as it stays above what the volume has.
  if (capacity !== undefined && (compareQuantities(size, capacity) ?? 0) > 0) return [];
  return [fieldError('FieldValueForbidden', 'spec.resources.requests.storage', 'field can not be less than status.capacity')];
}

/** All of a volume's spec but these is where it comes from. */
const besideSource = [
  'capacity',
  'accessModes',
  'claimRef',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'mountOptions',
  'volumeMode',
  'nodeAffinity',
  'volumeAttributesClassName',
];

function sourceOf(volume: JsonObject): JsonObject {
  return besideSource.reduce<JsonObject>((spec, name) => withField(spec, name, undefined), objectAt(volume, 'spec'));
}

export const volumeRules: Rules = {
  withDefaults: (volume) =>
    withDefaultsAt(volume, { 'spec.persistentVolumeReclaimPolicy': 'Retain', 'spec.volumeMode': 'Filesystem' }),
  prepareCreate: (volume, world) => ({ ...volume, status: { phase: 'Pending', lastPhaseTransitionTime: world.nowText } }),
  errors: (volume) => {
    const errors: FieldError[] = [];
    if (Object.keys(objectAt(volume, 'spec', 'capacity')).length === 0)
      errors.push(fieldError('FieldValueRequired', 'spec.capacity', ''));
    if (listAt(volume, 'spec', 'accessModes').length === 0) errors.push(fieldError('FieldValueRequired', 'spec.accessModes', ''));
    return errors;
  },
  updateErrors: (volume, before) => {
    if (!sameJson(sourceOf(volume), sourceOf(before))) {
      const field = 'spec.persistentvolumesource';
      return [fieldError('FieldValueForbidden', field, `${field} is immutable after creation`)];
    }
    const affinity = valueAt(before, 'spec', 'nodeAffinity');
    if (affinity === undefined || sameJson(affinity, valueAt(volume, 'spec', 'nodeAffinity'))) return [];
    return [
      fieldError(
        'FieldValueInvalid',
        'spec.nodeAffinity',
        'field is immutable, except for updating from beta label to GA',
        valueAt(volume, 'spec', 'nodeAffinity') ?? null,
      ),
    ];
  },
};

export const storageClassRules: Rules = {
  withDefaults: (storageClass) => withDefaultsAt(storageClass, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  errors: (storageClass) => {
    return (stringAt(storageClass, 'provisioner') ?? '') === '' ? [fieldError('FieldValueRequired', 'provisioner', '')] : [];
  },
  updateErrors: (storageClass, before) =>
    ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'].flatMap((name) => {
      if (sameJson(storageClass[name], before[name])) return [];
      return [fieldError('FieldValueForbidden', name, 'updates to ' + name + ' are forbidden.')];
    }),
};
