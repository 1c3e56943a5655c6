/** Paths of the API: `/api/v1/namespaces/shop/pods/orders-0/log` and `/apis/apps/v1/namespaces/shop/statefulsets`. */
import type { ResourcePlace, Verb } from './request.ts';

/** Null for a path that is none of a resource. @throws URIError for broken escapes */
export function placeOfPath(pathname: string): ResourcePlace | null {
  const [root, ...rest] = pathname.split('/').filter((part) => part !== '');
  const parts = rest.map(decodeURIComponent);
  if (root === 'api') return placeBelow('', parts[0], parts.slice(1));
  if (root === 'apis') return placeBelow(parts[0] ?? '', parts[1], parts.slice(2));
  return null;
}

function placeBelow(group: string, version: string | undefined, parts: readonly string[]): ResourcePlace | null {
  if (version === undefined || parts.length === 0) return null;
  // `namespaces/shop` is an object, `namespaces/shop/pods` lies in it; two words below it are the namespace's own.
  const isOwn =
    parts[0] === 'namespaces' && group === '' && (parts.length <= 2 || parts[2] === 'status' || parts[2] === 'finalize');
  const isInside = parts[0] === 'namespaces' && !isOwn;
  const [plural, name = null, subresource = null, ...subpath] = isInside ? parts.slice(2) : parts;
  if (plural === undefined) return null;
  return {
    group,
    version,
    plural,
    namespace: isInside ? (parts[1] ?? null) : null,
    name,
    subresource,
    ...(subpath.length === 0 ? {} : { subpath: subpath.join('/') }),
  };
}

/** Null for a method that the API does not know. */
export function verbOf(method: string, { name, subresource }: Pick<ResourcePlace, 'name' | 'subresource'>): Verb | null {
  switch (method) {
    case 'GET':
      return name === null ? 'list' : 'get';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name === null && subresource === null ? 'deletecollection' : 'delete';
    default:
      return null;
  }
}
