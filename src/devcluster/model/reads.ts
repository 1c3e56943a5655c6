/** Lists in pages, each page of the same moment, and what a list of which kind looks like. */
import { ApiFailure, badRequest, expired } from './failure.ts';
import { numberAt, stringAt } from './json.ts';
import type { JsonObject } from './json.ts';
import type { StoredObject } from './objects.ts';
import { apiVersionOf, collectionOf } from './resource-type.ts';
import type { ResourceType } from './resource-type.ts';
import { parsedFieldSelector, parsedLabelSelector, selects, selectsFields } from './selectors.ts';
import type { FieldSelector, Selector } from './selectors.ts';
import type { Store } from './store.ts';
import { shown } from './writes.ts';

export type Query = Readonly<Record<string, string>>;

export interface Selection {
  readonly labels: Selector;
  readonly fields: FieldSelector;
}

/** @throws ApiFailure 400 */
export function selectionOf(type: ResourceType, query: Query): Selection {
  return {
    labels: parsedLabelSelector(query['labelSelector']),
    fields: parsedFieldSelector(query['fieldSelector'], type),
  };
}

export function isSelected(selection: Selection, object: StoredObject): boolean {
  return selects(selection.labels, object.metadata.labels) && selectsFields(selection.fields, object);
}

const TOO_OLD =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.';

interface Continuation {
  readonly revision: number;
  /** The key behind which the next page begins. */
  readonly after: string;
}

function encoded({ revision, after }: Continuation): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv: revision, start: after }), 'utf8').toString('base64url');
}

function decoded(text: string): Continuation {
  try {
    const token: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const [revision, after] = [numberAt(token, 'rv'), stringAt(token, 'start')];
    if (revision !== undefined && after !== undefined) return { revision, after };
  } catch {
    // What is no JSON is no token of ours, as what lacks its fields.
  }
  throw badRequest('continue key is not valid');
}

export function listed(store: Store, type: ResourceType, namespace: string | null, query: Query): JsonObject {
  const selection = selectionOf(type, query);
  const continuation = (query['continue'] ?? '') === '' ? null : decoded(query['continue'] ?? '');
  const revision = continuation?.revision ?? exactRevision(store, query) ?? store.revision;
  const collection = collectionOf(type);
  const all = revision === store.revision ? store.list(collection, namespace) : store.listAt(collection, namespace, revision);
  if (all === null) throw expired(continuation === null ? tooOld(revision, store) : TOO_OLD);
  const found = all
    .map((object) => shown(type, object))
    .filter((object) => isSelected(selection, object) && (continuation === null || pageKey(object) > continuation.after));
  const limit = Number(query['limit'] ?? '0');
  const page = limit > 0 ? found.slice(0, limit) : found;
  const last = page.at(-1);
  const isWhole = page.length === found.length || last === undefined;
  const isPlain = selection.labels.length === 0 && selection.fields.length === 0;
  return {
    kind: type.listKind,
    apiVersion: apiVersionOf(type),
    metadata: {
      resourceVersion: String(revision),
      // Lists of custom objects have the field always.
      ...(isWhole ? (type.custom ? { continue: '' } : {}) : { continue: encoded({ revision, after: pageKey(last) }) }),
      ...(isWhole || !isPlain ? {} : { remainingItemCount: found.length - page.length }),
    },
    items: type.custom ? page : page.map(({ apiVersion: _apiVersion, kind: _kind, ...rest }) => rest),
  };
}

/** NUL sorts before every character of a name, as `/` does not. */
function pageKey({ metadata }: StoredObject): string {
  return `${metadata.namespace ?? ''}\u0000${metadata.name}`;
}

function exactRevision(store: Store, query: Query): number | null {
  const text = query['resourceVersion'] ?? '';
  if (text === '' || text === '0') return null;
  const revision = revisionOf(text);
  if (revision > store.revision) throw tooLarge(revision, store);
  return query['resourceVersionMatch'] === 'Exact' ? revision : null;
}

/** @throws ApiFailure 400 for what is no revision */
export function revisionOf(text: string): number {
  if (!/^\d+$/.test(text)) throw badRequest(`Invalid value: ${JSON.stringify(text)}: invalid resource version`);
  return Number(text);
}

export function tooLarge(revision: number, store: Store): ApiFailure {
  const message = `Too large resource version: ${revision}, current: ${store.revision}`;
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  return new ApiFailure(504, 'Timeout', message, { causes, retryAfterSeconds: 1 });
}

export function tooOld(revision: number, store: Store): string {
  return `too old resource version: ${revision} (${store.compactedRevision})`;
}
