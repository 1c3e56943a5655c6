/** Label selectors, as text in a query and as objects in specs, and field selectors. */
import { badRequest } from './failure.ts';
import { isJsonObject, listAt, objectAt, stringAt, valueAt } from './json.ts';
import type { ResourceType } from './resource-type.ts';

export type Labels = Readonly<Record<string, string>> | undefined;
export type Requirement = {
  readonly key: string;
  readonly operator: 'in' | 'notin' | 'exists' | 'absent' | 'greater' | 'less';
  readonly values: readonly string[];
};
export type Selector = readonly Requirement[];

export const EVERYTHING: Selector = [];

export function selects(selector: Selector, labels: Labels): boolean {
  return selector.every((requirement) => holds(requirement, labels ?? {}));
}

function holds({ key, operator, values }: Requirement, labels: Readonly<Record<string, string>>): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'in':
      return value !== undefined && values.includes(value);
    case 'notin':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case 'absent':
      return value === undefined;
    case 'greater':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'less':
      return value !== undefined && Number(value) < Number(values[0]);
  }
}

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k`. @throws ApiFailure 400 */
export function parsedLabelSelector(text: string | undefined): Selector {
  if (text === undefined || text.trim() === '') return EVERYTHING;
  return splitOutsideBrackets(text).map((part) => requirementOf(part.trim(), text));
}

function splitOutsideBrackets(text: string): readonly string[] {
  return text.split(/,(?![^(]*\))/);
}

function requirementOf(part: string, text: string): Requirement {
  const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(part);
  if (set !== null) {
    const [, key = '', operator, values = ''] = set;
    return { key, operator: operator === 'in' ? 'in' : 'notin', values: values.split(',').map((value) => value.trim()) };
  }
  const equation = /^([^\s=!<>]+)\s*(==|=|!=|>|<)\s*(\S*)$/.exec(part);
  if (equation !== null) {
    const [, key = '', sign, value = ''] = equation;
    const operator = sign === '!=' ? 'notin' : sign === '>' ? 'greater' : sign === '<' ? 'less' : 'in';
    return { key, operator, values: [value] };
  }
  const existence = /^(!?)\s*([^\s=!<>()]+)$/.exec(part);
  if (existence === null) throw badRequest(`unable to parse requirement: found '${part}' in "${text}"`);
  return { key: existence[2] ?? '', operator: existence[1] === '!' ? 'absent' : 'exists', values: [] };
}

const operators: Readonly<Record<string, Requirement['operator']>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: 'absent',
  Gt: 'greater',
  Lt: 'less',
};

/** A LabelSelector of a spec. Null when there is none: it selects nothing. An empty one selects everything. */
export function labelSelectorOf(value: unknown): Selector | null {
  if (!isJsonObject(value)) return null;
  const equal = Object.entries(objectAt(value, 'matchLabels')).map(([key, label]): Requirement => ({
    key,
    operator: 'in',
    values: [String(label)],
  }));
  return [...equal, ...requirementsOf(listAt(value, 'matchExpressions'))];
}

/** `matchExpressions` of label selectors and of node selectors. */
export function requirementsOf(expressions: readonly unknown[]): Selector {
  return expressions.map((expression) => ({
    key: stringAt(expression, 'key') ?? '',
    operator: operators[stringAt(expression, 'operator') ?? ''] ?? 'in',
    values: listAt(expression, 'values').map(String),
  }));
}

/** A plain map of labels, as Services select. */
export function exactSelector(labels: unknown): Selector {
  return Object.entries(isJsonObject(labels) ? labels : {}).map(([key, value]) => ({
    key,
    operator: 'in',
    values: [String(value)],
  }));
}

/** As `status.selector` of a scale shows it. */
export function selectorText(selector: Selector): string {
  return selector
    .map(({ key, operator, values }) => {
      if (operator === 'exists') return key;
      if (operator === 'absent') return `!${key}`;
      if (values.length === 1 && operator === 'in') return `${key}=${values[0] ?? ''}`;
      return `${key} ${operator} (${values.join(',')})`;
    })
    .join(',');
}

/** `metadata.name=a,status.phase!=Running`. */
export type FieldSelector = readonly { readonly path: readonly string[]; readonly value: string; readonly equal: boolean }[];

type Selectable = Pick<ResourceType, 'selectableFields' | 'custom'>;

/** Besides what the kind says, any object is selected by its name and namespace. @throws ApiFailure 400 for another path */
export function parsedFieldSelector(text: string | undefined, { selectableFields, custom }: Selectable): FieldSelector {
  if (text === undefined || text.trim() === '') return [];
  return text.split(',').map((part) => {
    const match = /^\s*([^=!]+?)\s*(==|=|!=)(.*)$/.exec(part);
    if (match === null) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
    const [, path = '', sign, value = ''] = match;
    if (path !== 'metadata.name' && path !== 'metadata.namespace' && !selectableFields.includes(path)) {
      const known = '"metadata.name", "metadata.namespace"';
      if (selectableFields.length === 0 && !custom) throw badRequest(`"${path}" is not a known field selector: only ${known}`);
      throw badRequest(`field label not supported: ${path}`);
    }
    return { path: path.split('.'), value: value.trim(), equal: sign !== '!=' };
  });
}

export function selectsFields(selector: FieldSelector, object: object): boolean {
  return selector.every(({ path, value, equal }) => {
    const found = valueAt(object, ...path);
    const text = typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : '';
    return (text === value) === equal;
  });
}
