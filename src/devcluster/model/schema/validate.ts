/**
 * A custom object against its schema, with the API server's own sentences. On an update, what was wrong before and stayed as it was is let
 * through ("ratcheting"), so that a schema that grew stricter does not lock an object.
 */
import { fieldError, notSupported } from '../failure.ts';
import type { FieldError } from '../failure.ts';
import { isJsonObject, sameJson, valueAt } from '../json.ts';
import { itemElement } from '../apply/field-set.ts';
import type { SchemaNode } from './schema-node.ts';

/** @param before the object as it was; undefined on creation */
export function schemaErrors(value: unknown, node: SchemaNode, path: string, before: unknown): readonly FieldError[] {
  if (before !== undefined && sameJson(value, before)) return [];
  if (value === null && node.nullable) return [];
  const typeError = typeErrorOf(value, node, path);
  if (typeError !== null) return [typeError];
  if (typeof value === 'string') return stringErrors(value, node, path);
  if (typeof value === 'number') return [...numberErrors(value, node, path), ...enumErrors(value, node, path)];
  if (Array.isArray(value)) return listErrors(value, node, path, before);
  if (isJsonObject(value)) return objectErrors(value, node, path, before);
  return enumErrors(value, node, path);
}

function typeErrorOf(value: unknown, node: SchemaNode, path: string): FieldError | null {
  const given = typeOf(value);
  const allowed = node.intOrString ? ['integer', 'string'] : node.type === undefined ? null : [node.type];
  if (allowed === null || allowed.includes(given) || (given === 'integer' && allowed.includes('number'))) return null;
  const shown = value === null ? 'null' : given;
  const detail = `${path} in body must be of type ${allowed.join(',')}: "${shown}"`;
  return fieldError('FieldValueTypeInvalid', path, detail, shown);
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (value === null) return 'null';
  if (Number.isInteger(value)) return 'integer';
  return typeof value;
}

function enumErrors(value: unknown, node: SchemaNode, path: string): readonly FieldError[] {
  const { enumValues } = node;
  if (enumValues === null || enumValues.some((allowed) => sameJson(allowed, value))) return [];
  return [
    notSupported(
      path,
      value,
      enumValues.map((allowed) => (typeof allowed === 'string' ? allowed : JSON.stringify(allowed))),
    ),
  ];
}

function stringErrors(value: string, node: SchemaNode, path: string): readonly FieldError[] {
  const { minLength, maxLength, pattern } = node;
  const length = Array.from(value).length;
  const errors: FieldError[] = [];
  if (maxLength !== undefined && length > maxLength) {
    errors.push(fieldError('FieldValueTooLong', path, `may not be more than ${maxLength} byte${maxLength === 1 ? '' : 's'}`));
  }
  if (minLength !== undefined && length < minLength) {
    errors.push(fieldError('FieldValueInvalid', path, `${path} in body should be at least ${minLength} chars long`, value));
  }
  if (pattern !== null && !pattern.expression.test(value)) {
    errors.push(fieldError('FieldValueInvalid', path, `${path} in body should match '${pattern.text}'`, value));
  }
  if (!isOfFormat(value, node.format)) {
    errors.push(
      fieldError(
        'FieldValueInvalid',
        path,
        `${path} in body must be of type ${node.format ?? ''}: ${JSON.stringify(value)}`,
        value,
      ),
    );
  }
  return [...errors, ...enumErrors(value, node, path)];
}

const dateTime = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

function isOfFormat(value: string, format: string | undefined): boolean {
  if (format === 'date-time') return dateTime.test(value) && !Number.isNaN(Date.parse(value));
  if (format === 'uuid') return /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(value);
  return true;
}

const INT32 = 2 ** 31;

function numberErrors(value: number, node: SchemaNode, path: string): readonly FieldError[] {
  const { minimum, maximum } = node;
  const errors: FieldError[] = [];
  if (maximum !== undefined && value > maximum) {
    errors.push(fieldError('FieldValueInvalid', path, `${path} in body should be less than or equal to ${maximum}`, value));
  }
  if (minimum !== undefined && value < minimum) {
    errors.push(fieldError('FieldValueInvalid', path, `${path} in body should be greater than or equal to ${minimum}`, value));
  }
  if (node.format === 'int32' && (value < -INT32 || value >= INT32)) {
    errors.push(fieldError('FieldValueInvalid', path, `${path} in body must be of type int32: "${value}"`, value));
  }
  return errors;
}

function listErrors(value: readonly unknown[], node: SchemaNode, path: string, before: unknown): readonly FieldError[] {
  const { minItems, maxItems, items } = node;
  const errors: FieldError[] = [];
  if (maxItems !== undefined && value.length > maxItems) errors.push(tooMany(path, value.length, maxItems));
  if (minItems !== undefined && value.length < minItems) {
    errors.push(fieldError('FieldValueInvalid', path, `${path} in body should have at least ${minItems} items`, value.length));
  }
  const list =
    node.listType === 'set' ? { type: 'set' as const } : { type: 'map' as const, keys: node.listMapKeys, defaults: {} };
  const isKeyed = node.listType === 'set' || node.listType === 'map';
  const befores = new Map(Array.isArray(before) && isKeyed ? before.map((item) => [itemElement(item, list), item]) : []);
  const seen = new Set<string | null>();
  for (const [index, item] of value.entries()) {
    const place = `${path}[${index}]`;
    const element = isKeyed ? itemElement(item, list) : null;
    if (element !== null && seen.has(element)) errors.push(fieldError('FieldValueDuplicate', place, '', shownOf(item, node)));
    seen.add(element);
    if (items !== null) errors.push(...schemaErrors(item, items, place, isKeyed ? befores.get(element) : undefined));
  }
  return errors;
}

function shownOf(item: unknown, node: SchemaNode): unknown {
  if (node.listType !== 'map') return item;
  return Object.fromEntries(node.listMapKeys.map((key) => [key, valueAt(item, key)]));
}

function tooMany(path: string, actual: number, most: number): FieldError {
  return fieldError('FieldValueTooMany', path, `must have at most ${most} item${most === 1 ? '' : 's'}`, actual);
}

function objectErrors(
  value: Readonly<Record<string, unknown>>,
  node: SchemaNode,
  path: string,
  before: unknown,
): readonly FieldError[] {
  const { maxProperties, minProperties } = node;
  const count = Object.keys(value).length;
  const errors: FieldError[] = [];
  if (maxProperties !== undefined && count > maxProperties) errors.push(tooMany(path, count, maxProperties));
  if (minProperties !== undefined && count < minProperties) {
    errors.push(fieldError('FieldValueInvalid', path, `${path} in body should have at least ${minProperties} properties`, count));
  }
  for (const name of node.required) {
    if (value[name] === undefined) errors.push(fieldError('FieldValueRequired', childPath(path, name), ''));
  }
  for (const [name, field] of Object.entries(value)) {
    const child = node.properties.get(name) ?? node.additionalProperties;
    if (child !== null) errors.push(...schemaErrors(field, child, childPath(path, name), valueAt(before, name)));
  }
  return errors;
}

export function childPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
