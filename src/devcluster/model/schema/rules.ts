/** The rules of a schema (`x-kubernetes-validations`): each on its node, some about what the node was before. */
import { fieldError } from '../failure.ts';
import type { FieldError, FieldErrorType } from '../failure.ts';
import { isJsonObject, sameJson, valueAt } from '../json.ts';
import { itemElement } from '../apply/field-set.ts';
import { celValue, compiled } from './cel.ts';
import type { SchemaNode, ValidationRule } from './schema-node.ts';
import { childPath } from './validate.ts';

/**
 * @param before the value that this one takes the place of; undefined when there was none, or when lists can't tell. Rules that speak of
 * `oldSelf` are asked only if there was one; the others are not asked again of what did not change.
 */
export function ruleErrors(value: unknown, node: SchemaNode, path: string, before: unknown): readonly FieldError[] {
  if (value === null || value === undefined) return [];
  const own = node.rules.length === 0 ? [] : errorsAt(value, node, path, before);
  return [...own, ...errorsBelow(value, node, path, before)];
}

function errorsAt(value: unknown, node: SchemaNode, path: string, before: unknown): readonly FieldError[] {
  const isSame = before !== undefined && sameJson(value, before);
  const variables = { self: celValue(value, node), oldSelf: before === undefined ? undefined : celValue(before, node) };
  return node.rules.flatMap((rule) => {
    const program = compiled(rule.rule);
    const isTransition = program.mentions('oldSelf');
    if (isTransition ? before === undefined : isSame) return [];
    const outcome = program.evaluate(variables);
    if (outcome.ok && outcome.value === true) return [];
    const message = outcome.ok
      ? messageOf(rule, variables)
      : `${outcome.error} evaluating rule: ${rule.message ?? rule.rule.trim()}`;
    return [errorOf(rule, node, path, message, outcome.ok)];
  });
}

function messageOf(rule: ValidationRule, variables: Readonly<Record<string, unknown>>): string {
  if (rule.messageExpression !== undefined) {
    const outcome = compiled(rule.messageExpression).evaluate(variables);
    // A message that can't be made, is empty or goes over lines falls back to the fixed one.
    if (outcome.ok && typeof outcome.value === 'string' && outcome.value.trim() !== '' && !outcome.value.includes('\n')) {
      return outcome.value;
    }
  }
  return rule.message ?? `failed rule: ${rule.rule.trim()}`;
}

const reasons: readonly FieldErrorType[] = [
  'FieldValueForbidden',
  'FieldValueRequired',
  'FieldValueDuplicate',
  'FieldValueInvalid',
];

function errorOf(rule: ValidationRule, node: SchemaNode, path: string, message: string, isJudged: boolean): FieldError {
  const type = (isJudged ? reasons.find((reason) => reason === rule.reason) : undefined) ?? 'FieldValueInvalid';
  const field = isJudged && rule.fieldPath !== undefined ? `${path}${rule.fieldPath}`.replace(/^\./, '') : path;
  const shown = type === 'FieldValueInvalid' || type === 'FieldValueDuplicate' ? (node.type ?? '') : undefined;
  return fieldError(type, field === '' ? '<nil>' : field, type === 'FieldValueDuplicate' ? '' : message, shown);
}

function errorsBelow(value: unknown, node: SchemaNode, path: string, before: unknown): readonly FieldError[] {
  if (Array.isArray(value)) {
    const { items } = node;
    if (items === null) return [];
    const list = { type: 'map' as const, keys: node.listMapKeys, defaults: {} };
    const isKeyed = node.listType === 'map';
    const befores = new Map(Array.isArray(before) && isKeyed ? before.map((item) => [itemElement(item, list), item]) : []);
    return value.flatMap((item, index) =>
      ruleErrors(item, items, `${path}[${index}]`, isKeyed ? befores.get(itemElement(item, list)) : undefined),
    );
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const child = node.properties.get(name) ?? node.additionalProperties;
    return child === null ? [] : ruleErrors(field, child, childPath(path, name), valueAt(before, name));
  });
}
