/** CustomResourceDefinitions, and the kinds that come of them. */
import { fieldError } from '../failure.ts';
import type { FieldError } from '../failure.ts';
import { isJsonObject, listAt, objectAt, sameJson, stringAt, valueAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { StoredObject } from '../objects.ts';
import type { KindRules, ResourceType, ScalePaths } from '../resource-type.ts';
import { compiled } from '../schema/cel.ts';
import { defaulted, pruned, withoutNulls } from '../schema/defaults.ts';
import { ruleErrors } from '../schema/rules.ts';
import { schemaNode, shapeOfSchema } from '../schema/schema-node.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import { schemaErrors } from '../schema/validate.ts';
import { shapeNamed } from '../types/builtin.ts';
import { changedItems, withDefaultsAt } from './defaulting.ts';

/** Holds a definition that is deleted until its objects are gone. */
export const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io';

export const customDefinitionRules: Omit<KindRules, 'decode'> = {
  withDefaults: (definition) => {
    const kind = stringAt(definition, 'spec', 'names', 'kind') ?? '';
    const named = withDefaultsAt(definition, {
      'spec.names.singular': kind.toLowerCase(),
      'spec.names.listKind': `${kind}List`,
      'spec.conversion.strategy': 'None',
    });
    return changedItems(named, ['spec', 'versions'], (version) => version);
  },
  prepareCreate: (definition) => {
    const stored = listAt(definition, 'spec', 'versions').filter((version) => valueAt(version, 'storage') === true);
    const storedVersions = stored.map((version) => stringAt(version, 'name') ?? '');
    return { ...definition, status: { acceptedNames: { kind: '', plural: '' }, conditions: null, storedVersions } };
  },
  errors: (definition) => {
    const errors: FieldError[] = [];
    const expected = `${stringAt(definition, 'spec', 'names', 'plural') ?? ''}.${stringAt(definition, 'spec', 'group') ?? ''}`;
    const name = stringAt(definition, 'metadata', 'name') ?? '';
    if (name !== expected) {
      errors.push(fieldError('FieldValueInvalid', 'metadata.name', 'must be spec.names.plural+"."+spec.group', name));
    }
    const versions = listAt(definition, 'spec', 'versions');
    if (versions.filter((version) => valueAt(version, 'storage') === true).length !== 1) {
      const detail = 'must have exactly one version marked as storage version';
      errors.push(fieldError('FieldValueInvalid', 'spec.versions', detail, versions));
    }
    for (const [index, version] of versions.entries()) {
      errors.push(
        ...schemaProblems(objectAt(version, 'schema', 'openAPIV3Schema'), `spec.versions[${index}].schema.openAPIV3Schema`),
      );
    }
    return errors;
  },
  updateErrors: (definition, before) =>
    ['group', 'scope'].flatMap((name) => {
      const value = valueAt(definition, 'spec', name);
      return sameJson(value, valueAt(before, 'spec', name))
        ? []
        : [fieldError('FieldValueInvalid', `spec.${name}`, 'field is immutable', value ?? '')];
    }),
};

/** Every node has one type, and every rule compiles. */
function schemaProblems(schema: JsonObject, path: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  const isTyped =
    schema['type'] !== undefined ||
    schema['x-kubernetes-int-or-string'] === true ||
    schema['x-kubernetes-preserve-unknown-fields'] === true;
  if (!isTyped) errors.push(fieldError('FieldValueRequired', `${path}.type`, 'must not be empty for specified object fields'));
  for (const [index, rule] of listAt(schema, 'x-kubernetes-validations').entries()) {
    const place = `${path}.x-kubernetes-validations[${index}]`;
    for (const part of ['rule', 'messageExpression'] as const) {
      const expression = stringAt(rule, part);
      const problem = expression === undefined ? null : compilationProblem(expression);
      if (problem !== null)
        errors.push(fieldError('FieldValueInvalid', `${place}.${part}`, `compilation failed: ${problem}`, expression));
    }
  }
  for (const [name, child] of Object.entries(objectAt(schema, 'properties'))) {
    errors.push(...schemaProblems(objectAt(child), `${path}.properties[${name}]`));
  }
  for (const part of ['items', 'additionalProperties'] as const) {
    if (isJsonObject(schema[part])) errors.push(...schemaProblems(schema[part], `${path}.${part}`));
  }
  return errors;
}

function compilationProblem(expression: string): string | null {
  try {
    compiled(expression);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The kinds that a definition serves, one a version. */
export function customKinds(definition: JsonObject): readonly ResourceType[] {
  return listAt(definition, 'spec', 'versions')
    .filter((version) => valueAt(version, 'served') === true)
    .map((version) => customKind(definition, objectAt(version)));
}

function customKind(definition: JsonObject, version: JsonObject): ResourceType {
  const names = objectAt(definition, 'spec', 'names');
  const root = schemaNode(objectAt(version, 'schema', 'openAPIV3Schema'));
  const kind = stringAt(names, 'kind') ?? '';
  const hasStatus = valueAt(version, 'subresources', 'status') !== undefined;
  return {
    group: stringAt(definition, 'spec', 'group') ?? '',
    version: stringAt(version, 'name') ?? '',
    plural: stringAt(names, 'plural') ?? '',
    singular: stringAt(names, 'singular') ?? '',
    kind,
    listKind: stringAt(names, 'listKind') ?? `${kind}List`,
    namespaced: stringAt(definition, 'spec', 'scope') === 'Namespaced',
    shortNames: listAt(names, 'shortNames').map(String),
    categories: listAt(names, 'categories').map(String),
    shape: shapeOfSchema(root, shapeNamed('ObjectMeta')),
    hasStatus,
    generation: 'all-but-status',
    scale: scaleOf(objectAt(version, 'subresources')),
    subresources: [],
    nameRule: 'subdomain',
    custom: true,
    selectableFields: listAt(version, 'selectableFields').map((field) => (stringAt(field, 'jsonPath') ?? '').replace(/^\./, '')),
    returnsDeleted: false,
    view: null,
    rules: customRules(root),
  };
}

function scaleOf(subresources: JsonObject): ScalePaths | null {
  if (subresources['scale'] === undefined) return null;
  const path = (name: string): readonly string[] | null => {
    const text = stringAt(subresources, 'scale', name);
    return text === undefined || text === '' ? null : text.replace(/^\./, '').split('.');
  };
  return {
    specReplicas: path('specReplicasPath') ?? ['spec', 'replicas'],
    statusReplicas: path('statusReplicasPath') ?? ['status', 'replicas'],
    selector: path('labelSelectorPath'),
  };
}

const UNCHECKED =
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';
/** What makes rules meaningless: they could not rely on the types that they were compiled for. */
const blocking: ReadonlySet<string> = new Set([
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
  'FieldValueNotSupported',
]);

function customRules(root: SchemaNode): KindRules {
  return {
    decode: (object) => {
      const unknown: string[] = [];
      const known = pruned(object, root, unknown, '', true);
      return { object: isJsonObject(known) ? known : {}, unknown };
    },
    withDefaults: (object) => {
      const whole = defaulted(object, root);
      return isJsonObject(whole) ? withoutNulls(whole, root) : object;
    },
    errors: (object, before) => judged(object, before, root),
  };
}

function judged(object: JsonObject, before: StoredObject | null, root: SchemaNode): readonly FieldError[] {
  const errors = schemaErrors(object, root, '', before ?? undefined);
  if (errors.some(({ type }) => blocking.has(type)))
    return [...errors, fieldError('FieldValueInvalid', '<nil>', UNCHECKED, null)];
  return [...errors, ...ruleErrors(object, root, '', before ?? undefined)];
}
