/** The kinds that an API server offers, looked up as `kubectl` does it: `stc`, `storageclusters`, `StorageCluster`, `storageclusters.quorate.io`. */
import type { ApiServer } from '../kubernetes/api-server.ts';
import { KubectlError, refusalOf } from './refusal.ts';

export interface ApiType {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
}

const DISCOVERY_MS = 30_000;

export class ApiTypes {
  readonly #types: readonly ApiType[];

  private constructor(types: readonly ApiType[]) {
    this.#types = types;
  }

  /** @throws KubectlError when the server refuses, CommandError when it cannot be reached */
  static async of(server: ApiServer): Promise<ApiTypes> {
    const groups = (await read(server, '/apis')) as { readonly groups?: readonly Group[] };
    const places = (groups.groups ?? []).flatMap(({ name, preferredVersion }) =>
      preferredVersion?.version === undefined ? [] : [{ group: name, version: preferredVersion.version }],
    );
    const all = [{ group: '', version: 'v1' }, ...places];
    const lists = await Promise.all(all.map(async (place) => typesAt(server, place)));
    return new ApiTypes(lists.flat());
  }

  /** The types that a word of the command line stands for: one, or all of a category. @throws KubectlError */
  named(word: string): readonly ApiType[] {
    const [name = '', ...rest] = word.toLowerCase().split('.');
    const group = rest.join('.');
    const found = this.#types.find(
      (type) =>
        [type.plural, type.singular, type.kind.toLowerCase(), ...type.shortNames].includes(name) &&
        (group === '' || group === type.group || group === `${type.version}.${type.group}`),
    );
    if (found !== undefined) return [found];
    const inCategory = this.#types.filter(({ categories }) => categories.includes(word));
    if (inCategory.length > 0) return inCategory;
    throw new KubectlError(`error: the server doesn't have a resource type "${word}"`);
  }

  /** @throws KubectlError */
  ofKind(apiVersion: string, kind: string): ApiType {
    const found = this.#types.find((type) => apiVersionOf(type) === apiVersion && type.kind === kind);
    if (found !== undefined) return found;
    throw new KubectlError(
      `error: resource mapping not found: no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`,
    );
  }
}

interface Group {
  readonly name: string;
  readonly preferredVersion?: { readonly version?: string };
}

interface Resource {
  readonly name: string;
  readonly singularName?: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

async function typesAt(
  server: ApiServer,
  place: { readonly group: string; readonly version: string },
): Promise<readonly ApiType[]> {
  const { resources = [] } = (await read(server, rootOf(place))) as { readonly resources?: readonly Resource[] };
  return resources
    .filter(({ name }) => !name.includes('/'))
    .map(({ name, singularName, kind, namespaced, shortNames = [], categories = [] }) => {
      const singular = singularName === undefined || singularName === '' ? kind.toLowerCase() : singularName;
      return { ...place, plural: name, singular, kind, namespaced, shortNames, categories };
    });
}

async function read(server: ApiServer, path: string): Promise<unknown> {
  const answer = await server.ask({ method: 'GET', path, deadlineMs: DISCOVERY_MS });
  if (!answer.ok) throw unreachable(answer.reason.message);
  if (answer.value.status >= 300) throw refusalOf(answer.value);
  return answer.value.body;
}

export function unreachable(message: string): KubectlError {
  return new KubectlError(`Unable to connect to the server: ${message}`);
}

export function apiVersionOf({ group, version }: Pick<ApiType, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

function rootOf(place: Pick<ApiType, 'group' | 'version'>): string {
  return place.group === '' ? `/api/${place.version}` : `/apis/${apiVersionOf(place)}`;
}

export interface Place {
  readonly type: ApiType;
  /** Null: all namespaces. Without meaning for kinds that have none. */
  readonly namespace: string | null;
  /** Null: the collection. */
  readonly name: string | null;
  readonly subresource?: string;
}

export function pathOf({ type, namespace, name, subresource }: Place): string {
  const inside = type.namespaced && namespace !== null ? ['namespaces', namespace] : [];
  const tail = [type.plural, name, subresource].filter((part): part is string => typeof part === 'string');
  return [rootOf(type), ...[...inside, ...tail].map(encodeURIComponent)].join('/');
}

/** `pod/a`, `storagecluster.quorate.io/a`: as the words that a command prints name it. */
export function shownName(type: ApiType, name: string): string {
  return `${shownType(type)}/${name}`;
}

export function shownType({ singular, group }: ApiType): string {
  return group === '' ? singular : `${singular}.${group}`;
}
