/** The rules of metadata, the same for every kind: names, labels, and what must not change. */
import { fieldError } from './failure.ts';
import type { FieldError } from './failure.ts';
import { listAt, objectAt, sameJson, stringAt, valueAt } from './json.ts';
import type { JsonObject } from './json.ts';
import { DNS_LABEL_ADVICE } from './kinds/pod-spec.ts';
import type { StoredObject } from './objects.ts';
import type { NameRule, ResourceType } from './resource-type.ts';

const SUBDOMAIN_ADVICE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const SERVICE_ADVICE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const LABEL_VALUE_ADVICE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const QUALIFIED_NAME_ADVICE =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

const nameRules: Readonly<Record<NameRule, { readonly pattern: RegExp; readonly lengthMax: number; readonly advice: string }>> = {
  subdomain: {
    pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    lengthMax: 253,
    advice: SUBDOMAIN_ADVICE,
  },
  label: { pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, lengthMax: 63, advice: DNS_LABEL_ADVICE },
  service: { pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/, lengthMax: 63, advice: SERVICE_ADVICE },
  segment: { pattern: /^(?!\.\.?$)[^/%]+$/, lengthMax: 253, advice: "may not contain '/' or '%'" },
};

const qualifiedName = /^([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?\/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$/;
const labelValue = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const LABEL_VALUE_MAX = 63;
const ANNOTATION_BYTES_MAX = 256 * 1024;

export function metadataErrors(object: JsonObject, type: ResourceType): readonly FieldError[] {
  const errors: FieldError[] = [];
  const name = stringAt(object, 'metadata', 'name') ?? '';
  const rule = nameRules[type.nameRule];
  if (name === '') errors.push(fieldError('FieldValueRequired', 'metadata.name', 'name or generateName is required'));
  else if (!rule.pattern.test(name)) errors.push(fieldError('FieldValueInvalid', 'metadata.name', rule.advice, name));
  if (name.length > rule.lengthMax) {
    errors.push(fieldError('FieldValueInvalid', 'metadata.name', `must be no more than ${rule.lengthMax} bytes`, name));
  }
  errors.push(...labelErrors(objectAt(object, 'metadata', 'labels'), 'metadata.labels'));
  const annotations = objectAt(object, 'metadata', 'annotations');
  for (const key of Object.keys(annotations)) {
    if (!qualifiedName.test(key))
      errors.push(fieldError('FieldValueInvalid', 'metadata.annotations', QUALIFIED_NAME_ADVICE, key));
  }
  const bytes = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)),
    0,
  );
  if (bytes > ANNOTATION_BYTES_MAX)
    errors.push(fieldError('FieldValueTooLong', 'metadata.annotations', `may not be more than ${ANNOTATION_BYTES_MAX} bytes`));
  errors.push(...ownerErrors(object), ...finalizerErrors(object));
  return errors;
}

export function labelErrors(labels: JsonObject, path: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  for (const [key, value] of Object.entries(labels)) {
    if (!qualifiedName.test(key)) errors.push(fieldError('FieldValueInvalid', path, QUALIFIED_NAME_ADVICE, key));
    const text = String(value);
    if (text.length > LABEL_VALUE_MAX)
      errors.push(fieldError('FieldValueInvalid', path, `must be no more than ${LABEL_VALUE_MAX} bytes`, text));
    else if (!labelValue.test(text)) errors.push(fieldError('FieldValueInvalid', path, LABEL_VALUE_ADVICE, text));
  }
  return errors;
}

function ownerErrors(object: JsonObject): readonly FieldError[] {
  const owners = listAt(object, 'metadata', 'ownerReferences');
  const errors: FieldError[] = [];
  for (const [index, owner] of owners.entries()) {
    for (const part of ['apiVersion', 'kind', 'name', 'uid'] as const) {
      if ((stringAt(owner, part) ?? '') === '') {
        errors.push(
          fieldError(
            'FieldValueInvalid',
            `metadata.ownerReferences[${index}].${part}`,
            `${part === 'apiVersion' ? 'version' : part} must not be empty`,
            '',
          ),
        );
      }
    }
  }
  const controllers = owners.filter((owner) => valueAt(owner, 'controller') === true);
  if (controllers.length > 1) {
    const [first, second] = controllers.map(
      (owner) => `{${stringAt(owner, 'apiVersion') ?? ''} ${stringAt(owner, 'kind') ?? ''} ${stringAt(owner, 'name') ?? ''}}`,
    );
    const detail = `Only one reference can have Controller set to true. Found "true" in references for ${first ?? ''} and ${second ?? ''}`;
    errors.push(fieldError('FieldValueInvalid', 'metadata.ownerReferences', detail, owners));
  }
  return errors;
}

const plainFinalizers = ['orphan', 'foregroundDeletion', 'kubernetes'];

function finalizerErrors(object: JsonObject): readonly FieldError[] {
  return listAt(object, 'metadata', 'finalizers').flatMap((finalizer) => {
    const name = String(finalizer);
    if (plainFinalizers.includes(name)) return [];
    if (!qualifiedName.test(name)) return [fieldError('FieldValueInvalid', 'metadata.finalizers', QUALIFIED_NAME_ADVICE, name)];
    return [];
  });
}

const immutable = ['name', 'namespace', 'uid', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const;

/** What an update of the metadata must leave as it was. */
export function metadataUpdateErrors(object: JsonObject, before: StoredObject): readonly FieldError[] {
  const errors: FieldError[] = [];
  for (const name of immutable) {
    const value = valueAt(object, 'metadata', name);
    if (!sameJson(value, before.metadata[name]))
      errors.push(fieldError('FieldValueInvalid', `metadata.${name}`, 'field is immutable', value ?? ''));
  }
  if (before.metadata.deletionTimestamp !== undefined) {
    const added = listAt(object, 'metadata', 'finalizers').filter(
      (name) => !(before.metadata.finalizers ?? []).includes(String(name)),
    );
    if (added.length > 0) {
      const detail = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((name) => JSON.stringify(name)).join(', ')}}`;
      errors.push(fieldError('FieldValueForbidden', 'metadata.finalizers', detail));
    }
  }
  return errors;
}
