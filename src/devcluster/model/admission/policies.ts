/** ValidatingAdmissionPolicies: rules in CEL that an administrator lays down, bound to what they judge. */
import { ApiFailure } from '../failure.ts';
import type { StatusCause } from '../failure.ts';
import { listAt, objectAt, stringAt, valueAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { StoredObject } from '../objects.ts';
import { celValue, compiled } from '../schema/cel.ts';
import type { CelOutcome } from '../schema/cel.ts';
import { labelSelectorOf, selects } from '../selectors.ts';
import type { AdmissionAttributes, AdmissionPlugin, AdmissionWorld } from './admission.ts';

const GROUP = 'admissionregistration.k8s.io';
const POLICIES = `${GROUP}/validatingadmissionpolicies`;
const BINDINGS = `${GROUP}/validatingadmissionpolicybindings`;
const NAMESPACES = '/namespaces';

export const admissionPolicies: AdmissionPlugin = {
  name: 'ValidatingAdmissionPolicy',
  validate: (attributes, world) => {
    // The policies themselves are never judged by policies: nobody could take back a bad one.
    if (attributes.type.group === GROUP) return;
    for (const binding of world.store.list(BINDINGS, null)) {
      const name = stringAt(binding, 'spec', 'policyName') ?? '';
      const policy = world.store.get(POLICIES, { namespace: null, name });
      if (policy === null) continue;
      if (!matches(objectAt(policy, 'spec', 'matchConstraints'), attributes, world)) continue;
      const narrowing = valueAt(binding, 'spec', 'matchResources');
      if (narrowing !== undefined && !matches(objectAt(narrowing), attributes, world)) continue;
      enforce(policy, binding, attributes, world);
    }
  },
};

function matches(constraints: JsonObject, attributes: AdmissionAttributes, { store }: AdmissionWorld): boolean {
  const rules = listAt(constraints, 'resourceRules');
  if (rules.length > 0 && !rules.some((rule) => matchesRule(rule, attributes))) return false;
  if (listAt(constraints, 'excludeResourceRules').some((rule) => matchesRule(rule, attributes))) return false;
  const objectSelector = labelSelectorOf(constraints['objectSelector']) ?? [];
  const candidates = [attributes.object, attributes.before].filter((object) => object !== null);
  if (!candidates.some((object) => selects(objectSelector, objectAt(object, 'metadata', 'labels') as Record<string, string>)))
    return false;
  const namespaceSelector = labelSelectorOf(constraints['namespaceSelector']) ?? [];
  if (namespaceSelector.length === 0 || attributes.namespace === null) return true;
  const namespace = store.get(NAMESPACES, { namespace: null, name: attributes.namespace });
  return selects(namespaceSelector, namespace?.metadata.labels);
}

function matchesRule(rule: unknown, { type, subresource, operation, namespace, name }: AdmissionAttributes): boolean {
  const includes = (part: string, value: string): boolean => {
    const values = listAt(rule, part);
    return values.includes('*') || values.includes(value);
  };
  const resources = listAt(rule, 'resources').map(String);
  const isMatch = resources.some((resource) => {
    const [plural = '', sub = null] = resource.split('/');
    return (plural === '*' || plural === type.plural) && (sub === '*' || sub === subresource);
  });
  const scope = stringAt(rule, 'scope') ?? '*';
  if (scope !== '*' && (scope === 'Namespaced') !== (namespace !== null)) return false;
  const names = listAt(rule, 'resourceNames');
  if (names.length > 0 && !names.includes(name)) return false;
  return (
    isMatch && includes('apiGroups', type.group) && includes('apiVersions', type.version) && includes('operations', operation)
  );
}

function enforce(policy: StoredObject, binding: StoredObject, attributes: AdmissionAttributes, world: AdmissionWorld): void {
  const variables = variablesOf(policy, attributes, world);
  const failsOpen = stringAt(policy, 'spec', 'failurePolicy') === 'Ignore';
  const where = `ValidatingAdmissionPolicy '${policy.metadata.name}' with binding '${binding.metadata.name}'`;
  for (const condition of listAt(policy, 'spec', 'matchConditions')) {
    const outcome = evaluated(stringAt(condition, 'expression') ?? 'true', variables);
    if (outcome.ok && outcome.value !== true) return;
    if (!outcome.ok && failsOpen) return;
    if (!outcome.ok) throw denied(attributes, `${where} denied request: ${outcome.error}`, 'Invalid');
  }
  for (const validation of listAt(policy, 'spec', 'validations')) {
    const expression = stringAt(validation, 'expression') ?? '';
    const outcome = evaluated(expression, variables);
    if (outcome.ok && outcome.value === true) continue;
    if (!outcome.ok && failsOpen) continue;
    const told = outcome.ok
      ? messageOf(validation, expression, variables)
      : `expression '${expression}' resulted in error: ${outcome.error}`;
    act(
      binding,
      attributes,
      world,
      `${where} denied request: ${told}`,
      `Validation failed for ${where}: ${told}`,
      stringAt(validation, 'reason') ?? 'Invalid',
    );
  }
}

function evaluated(expression: string, variables: Readonly<Record<string, unknown>>): CelOutcome {
  try {
    return compiled(expression).evaluate(variables);
  } catch (error) {
    return { ok: false, error: `compilation error: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function messageOf(validation: unknown, expression: string, variables: Readonly<Record<string, unknown>>): string {
  const messageExpression = stringAt(validation, 'messageExpression');
  if (messageExpression !== undefined) {
    const outcome = evaluated(messageExpression, variables);
    if (outcome.ok && typeof outcome.value === 'string' && outcome.value.trim() !== '') return outcome.value;
  }
  return stringAt(validation, 'message')?.trim() ?? `failed expression: ${expression.trim()}`;
}

function variablesOf(
  policy: StoredObject,
  attributes: AdmissionAttributes,
  { store }: AdmissionWorld,
): Readonly<Record<string, unknown>> {
  const { type, operation, name, namespace, subresource, user, dryRun, object, before } = attributes;
  const request = {
    operation,
    name,
    namespace: namespace ?? '',
    dryRun,
    userInfo: { username: user.name, groups: [...user.groups], extra: {} },
    kind: { group: type.group, version: type.version, kind: type.kind },
    resource: { group: type.group, version: type.version, resource: type.plural },
    subResource: subresource ?? '',
    ...(subresource === null ? {} : { requestSubResource: subresource }),
  };
  const namespaceObject = namespace === null ? null : store.get(NAMESPACES, { namespace: null, name: namespace });
  const given = {
    object: celValue(object, null),
    oldObject: celValue(before, null),
    request: celValue(request, null),
    namespaceObject: celValue(namespaceObject, null),
    params: null,
  };
  const composed: Record<string, unknown> = {};
  for (const variable of listAt(policy, 'spec', 'variables')) {
    const outcome = evaluated(stringAt(variable, 'expression') ?? 'null', { ...given, variables: composed });
    // Computed only when asked for: one that can't be computed is one that is not there.
    if (outcome.ok) composed[stringAt(variable, 'name') ?? ''] = outcome.value;
  }
  return { ...given, variables: composed };
}

function act(
  binding: StoredObject,
  attributes: AdmissionAttributes,
  world: AdmissionWorld,
  refusal: string,
  warning: string,
  reason: string,
): void {
  const actions = listAt(binding, 'spec', 'validationActions');
  if (actions.includes('Deny')) throw denied(attributes, refusal, reason);
  if (actions.includes('Warn')) world.warn(warning);
}

const codes: Readonly<Record<string, number>> = { Unauthorized: 401, Forbidden: 403, Invalid: 422, RequestEntityTooLarge: 413 };

function denied({ type, name }: AdmissionAttributes, told: string, reason: string): ApiFailure {
  const qualifiedPlural = type.group === '' ? type.plural : `${type.plural}.${type.group}`;
  const causes: readonly StatusCause[] = [{ reason, message: told }];
  return new ApiFailure(codes[reason] ?? 422, reason, `${qualifiedPlural} "${name}" is forbidden: ${told}`, {
    name,
    group: type.group,
    kind: type.plural,
    causes,
  });
}
