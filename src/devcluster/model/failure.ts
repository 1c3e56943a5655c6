/**
 * What the API answers instead of what was asked for: Status documents with the reasons, codes, causes and sentences of the API server, by
 * which clients tell what happened (k8s.io/apimachinery, api/errors).
 */
import type { JsonObject } from './json.ts';

export interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field?: string | undefined;
}

export interface StatusDetails {
  readonly name?: string | undefined;
  readonly group?: string | undefined;
  readonly kind?: string | undefined;
  readonly uid?: string | undefined;
  readonly causes?: readonly StatusCause[] | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

/** Group and plural of what was asked for. */
export interface GroupResource {
  readonly group: string;
  readonly plural: string;
}

/** Thrown by whatever part of the API refuses; answered as a Status document. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly code: number;
  readonly reason: string;
  readonly details: StatusDetails | undefined;

  constructor(code: number, reason: string, message: string, details?: StatusDetails) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  get status(): JsonObject {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason === '' ? {} : { reason: this.reason }),
      ...(this.details === undefined ? {} : { details: definedFields(this.details) }),
      code: this.code,
    };
  }
}

function definedFields(details: StatusDetails): JsonObject {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined && value !== ''));
}

/** `statefulsets.apps`, or `pods` for the core group. */
export function qualified({ group, plural }: GroupResource): string {
  return group === '' ? plural : `${plural}.${group}`;
}

export function notFound(resource: GroupResource, name: string): ApiFailure {
  const details = { name, group: resource.group, kind: resource.plural };
  return new ApiFailure(404, 'NotFound', `${qualified(resource)} "${name}" not found`, details);
}

/** A path that leads nowhere. */
export function noSuchPath(): ApiFailure {
  return new ApiFailure(404, 'NotFound', 'the server could not find the requested resource', {});
}

export function alreadyExists(resource: GroupResource, name: string): ApiFailure {
  const details = { name, group: resource.group, kind: resource.plural };
  return new ApiFailure(409, 'AlreadyExists', `${qualified(resource)} "${name}" already exists`, details);
}

export const CHANGED_MEANWHILE = 'the object has been modified; please apply your changes to the latest version and try again';

export function conflict(resource: GroupResource, name: string, why: string, causes?: readonly StatusCause[]): ApiFailure {
  const details = { name, group: resource.group, kind: resource.plural, causes };
  return new ApiFailure(409, 'Conflict', `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${why}`, details);
}

export function forbidden(resource: GroupResource, name: string, why: string): ApiFailure {
  const details = { name, group: resource.group, kind: resource.plural };
  return new ApiFailure(403, 'Forbidden', `${qualified(resource)} "${name}" is forbidden: ${why}`, details);
}

export function badRequest(message: string): ApiFailure {
  return new ApiFailure(400, 'BadRequest', message);
}

export function methodNotSupported(resource: GroupResource, verb: string): ApiFailure {
  const details = { group: resource.group, kind: resource.plural };
  const message = `${verb} is not supported on resources of kind "${qualified(resource)}"`;
  return new ApiFailure(405, 'MethodNotAllowed', message, details);
}

export function unsupportedMediaType(accepted: readonly string[]): ApiFailure {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return new ApiFailure(415, 'UnsupportedMediaType', message);
}

/** The history that far back is gone. */
export function expired(message: string): ApiFailure {
  return new ApiFailure(410, 'Expired', message);
}

export function tooManyRequests(message: string, retryAfterSeconds: number, causes?: readonly StatusCause[]): ApiFailure {
  return new ApiFailure(429, 'TooManyRequests', message, { causes, ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}) });
}

export type FieldErrorType =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueDuplicate'
  | 'FieldValueTypeInvalid';

/** One thing wrong with one field. */
export interface FieldError {
  readonly type: FieldErrorType;
  readonly field: string;
  /** As the API server writes it, without the field: `Required value`, `Invalid value: 2: replicas is …`. */
  readonly message: string;
}

const words: Readonly<Record<FieldErrorType, string>> = {
  FieldValueRequired: 'Required value',
  FieldValueInvalid: 'Invalid value',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueForbidden: 'Forbidden',
  FieldValueTooLong: 'Too long',
  FieldValueTooMany: 'Too many',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueTypeInvalid: 'Invalid value',
};

/** `value` undefined: the sentence shows none (Required, Forbidden, Too long, Too many). */
export function fieldError(type: FieldErrorType, field: string, detail: string, value?: unknown): FieldError {
  const shown = value === undefined ? words[type] : `${words[type]}: ${valueText(value)}`;
  return { type, field, message: detail === '' ? shown : `${shown}: ${detail}` };
}

function valueText(value: unknown): string {
  return JSON.stringify(value);
}

export function notSupported(field: string, value: unknown, supported: readonly string[]): FieldError {
  const detail = `supported values: ${supported.map((one) => JSON.stringify(one)).join(', ')}`;
  return fieldError('FieldValueNotSupported', field, detail, value);
}

/** @param kind of the object, `StatefulSet.apps` in the sentence */
export function invalid(group: string, kind: string, name: string, errors: readonly FieldError[]): ApiFailure {
  const sentences = [...new Set(errors.map(({ field, message }) => `${field}: ${message}`))];
  const told = sentences.length === 1 ? (sentences[0] ?? '') : `[${sentences.join(', ')}]`;
  const causes = errors.map(({ type, field, message }) => ({ reason: type, message, field }));
  const qualifiedKind = group === '' ? kind : `${kind}.${group}`;
  return new ApiFailure(422, 'Invalid', `${qualifiedKind} "${name}" is invalid: ${told}`, { name, group, kind, causes });
}

/** Nobody that the server knows. */
export function unauthorized(): ApiFailure {
  return new ApiFailure(401, 'Unauthorized', 'Unauthorized');
}
