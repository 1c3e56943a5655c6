/** One call of the API, as any transport hands it over, and its answer. */
import type { JsonObject } from './json.ts';

export type Verb = 'get' | 'list' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

export const PATCH_TYPES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;

export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

export interface ResourcePlace {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  /** Null: a kind without a namespace, or all of them. */
  readonly namespace: string | null;
  /** Null: the collection. */
  readonly name: string | null;
  /** Null: the object itself. Of pods' proxy, what follows it is `subpath`. */
  readonly subresource: string | null;
  readonly subpath?: string | undefined;
}

export interface ApiRequest extends ResourcePlace {
  readonly verb: Verb;
  readonly query: Readonly<Record<string, string>>;
  /** Parsed JSON; null when there is none. */
  readonly body: unknown;
  /** Of the body; for a patch it says which kind. */
  readonly contentType: string;
  readonly user: User;
  /** Names the field manager of a write that does not name its own. */
  readonly userAgent: string;
}

export interface ApiAnswer {
  readonly code: number;
  /** Plain JSON; or text, of logs and the like. */
  readonly body: JsonObject | string;
  /** Sentences for the one who asked (RFC 7234's warnings, code 299). */
  readonly warnings: readonly string[];
}

export const ADMIN: User = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

/** Under which name a write is remembered. */
export function fieldManagerOf(request: Pick<ApiRequest, 'query' | 'userAgent'>): string {
  const named = request.query['fieldManager'] ?? '';
  if (named !== '') return named;
  const product = request.userAgent.split('/')[0] ?? '';
  return product === '' ? 'unknown' : product;
}
