/** What the API offers, as clients look it up: groups, versions, and the kinds of each. */
import type { Registry } from '../model/registry.ts';
import { apiVersionOf } from '../model/resource-type.ts';
import type { ResourceType } from '../model/resource-type.ts';
import { KUBERNETES_VERSION } from '../model/types/builtin.ts';
import { REVIEW_GROUPS, REVIEW_VERSION, reviewResources } from './reviews.ts';

/** Null: no path of discovery. */
export function discoveryAt(registry: Registry, path: string): object | null {
  const parts = path.split('/').filter((part) => part !== '');
  if (path === '/version') return versionInfo();
  if (parts[0] === 'api' && parts.length === 1) {
    return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  }
  if (parts[0] === 'api' && parts.length === 2) return resourceList(registry, '', parts[1] ?? '');
  if (parts[0] !== 'apis') return null;
  const reviews = reviewsAt(parts);
  if (reviews !== null) return reviews;
  if (parts.length === 1)
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: [...groupsOf(registry), ...REVIEW_GROUPS.map(reviewGroup)] };
  if (parts.length === 2) {
    const group = groupsOf(registry).find(({ name }) => name === parts[1]);
    return group === undefined ? null : { kind: 'APIGroup', apiVersion: 'v1', ...group };
  }
  return parts.length === 3 ? resourceList(registry, parts[1] ?? '', parts[2] ?? '') : null;
}

function reviewGroup(name: string): object {
  const version = { groupVersion: `${name}/${REVIEW_VERSION}`, version: REVIEW_VERSION };
  return { name, versions: [version], preferredVersion: version };
}

function reviewsAt([, group = '', version, ...rest]: readonly string[]): object | null {
  const resources = reviewResources(group);
  if (resources === null || rest.length > 0) return null;
  if (version === undefined) return { kind: 'APIGroup', apiVersion: 'v1', ...reviewGroup(group) };
  if (version !== REVIEW_VERSION) return null;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: `${group}/${version}`, resources };
}

function versionInfo(): object {
  const [major, minor] = KUBERNETES_VERSION.split('.');
  const version = `v${KUBERNETES_VERSION}+quorate-devcluster`;
  return {
    major,
    minor,
    gitVersion: version,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '',
    goVersion: '',
    compiler: '',
    platform: 'linux/amd64',
  };
}

function groupsOf(
  registry: Registry,
): readonly { readonly name: string; readonly versions: readonly object[]; readonly preferredVersion: object }[] {
  const versions = new Map<string, Set<string>>();
  for (const { group, version } of registry.all()) {
    if (group !== '') versions.set(group, (versions.get(group) ?? new Set()).add(version));
  }
  return [...versions].map(([name, served]) => {
    const described = [...served].map((version) => ({ groupVersion: `${name}/${version}`, version }));
    return { name, versions: described, preferredVersion: described[0] ?? {} };
  });
}

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

function resourceList(registry: Registry, group: string, version: string): object | null {
  const types = registry.all().filter((type) => type.group === group && type.version === version);
  if (types.length === 0) return null;
  const groupVersion = group === '' ? version : `${group}/${version}`;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: types.flatMap(resourcesOf) };
}

function resourcesOf(type: ResourceType): readonly object[] {
  const { plural, singular, namespaced, kind, shortNames, categories } = type;
  const main = {
    name: plural,
    singularName: singular,
    namespaced,
    kind,
    verbs: VERBS,
    ...(shortNames.length === 0 ? {} : { shortNames }),
    ...(categories.length === 0 ? {} : { categories }),
  };
  const below = (name: string, of: string, verbs: readonly string[], more: object = {}): object => {
    return { name: `${plural}/${name}`, singularName: '', namespaced, kind: of, verbs, ...more };
  };
  const read = ['get', 'patch', 'update'];
  return [
    main,
    ...(type.hasStatus ? [below('status', kind, read)] : []),
    ...(type.scale === null ? [] : [below('scale', 'Scale', read, { group: 'autoscaling', version: 'v1' })]),
    ...type.subresources.map((name) => {
      if (name === 'eviction') return below(name, 'Eviction', ['create'], { group: 'policy', version: 'v1' });
      if (name === 'binding') return below(name, 'Binding', ['create']);
      if (name === 'exec' || name === 'portforward') return below(name, POD_OPTIONS[name], ['create', 'get']);
      return below(name, kind, name === 'finalize' ? ['update'] : ['get']);
    }),
  ];
}

const POD_OPTIONS = { exec: 'PodExecOptions', portforward: 'PodPortForwardOptions' } as const;

export function groupVersionsOf(registry: Registry): readonly string[] {
  return [...new Set(registry.all().map(apiVersionOf))];
}
