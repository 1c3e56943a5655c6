/**
 * Who may do what, by the roles and bindings that are stored (Kubernetes' RBAC): what no rule allows is refused. Administrators, the group
 * `system:masters`, may do everything.
 */
import { ApiFailure } from './failure.ts';
import { isJsonObject, listAt, objectAt, stringAt } from './json.ts';
import type { JsonObject } from './json.ts';
import type { StoredObject } from './objects.ts';
import type { User } from './request.ts';
import type { Store } from './store.ts';

export interface ResourceAttributes {
  /** `get`, `list`, `watch`, `create` and so on. */
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource: string | null;
  /** Null: of no namespace, or of all of them. */
  readonly namespace: string | null;
  /** Null: none is named. */
  readonly name: string | null;
}

export const ADMINISTRATORS = 'system:masters';

const RBAC = 'rbac.authorization.k8s.io';

/** What one rule of a role says, and where it counts. */
export interface GrantedRule {
  /** Null: everywhere. */
  readonly namespace: string | null;
  readonly rule: JsonObject;
}

/** Rules that count for the user in the namespace; null: in all namespaces at once. */
export function rulesOf(store: Store, user: User, namespace: string | null): readonly GrantedRule[] {
  const granted = (bindings: readonly StoredObject[], where: string | null): readonly GrantedRule[] =>
    bindings
      .filter((binding) => listAt(binding, 'subjects').some((subject) => isMeant(subject, user, binding)))
      .flatMap((binding) => rulesBehind(store, binding))
      .map((rule) => ({ namespace: where, rule }));
  const everywhere = granted(store.list(`${RBAC}/clusterrolebindings`, null), null);
  if (namespace === null) return everywhere;
  return [...everywhere, ...granted(store.list(`${RBAC}/rolebindings`, namespace), namespace)];
}

function rulesBehind(store: Store, binding: StoredObject): readonly JsonObject[] {
  const [kind, name] = [stringAt(binding, 'roleRef', 'kind'), stringAt(binding, 'roleRef', 'name') ?? ''];
  const role =
    kind === 'ClusterRole'
      ? store.get(`${RBAC}/clusterroles`, { namespace: null, name })
      : store.get(`${RBAC}/roles`, { namespace: binding.metadata.namespace ?? '', name });
  return listAt(role, 'rules').filter(isJsonObject);
}

function isMeant(subject: unknown, user: User, binding: StoredObject): boolean {
  const name = stringAt(subject, 'name') ?? '';
  switch (stringAt(subject, 'kind')) {
    case 'User':
      return name === user.name;
    case 'Group':
      return user.groups.includes(name);
    case 'ServiceAccount': {
      const namespace = stringAt(subject, 'namespace') ?? binding.metadata.namespace ?? '';
      return user.name === `system:serviceaccount:${namespace}:${name}`;
    }
    default:
      return false;
  }
}

export function isAllowed(store: Store, user: User, attributes: ResourceAttributes): boolean {
  if (user.groups.includes(ADMINISTRATORS)) return true;
  return rulesOf(store, user, attributes.namespace).some(({ rule }) => covers(rule, attributes));
}

function covers(rule: JsonObject, { verb, group, resource, subresource, name }: ResourceAttributes): boolean {
  const has = (field: string, value: string): boolean => listAt(rule, field).some((one) => one === '*' || one === value);
  const full = subresource === null ? resource : `${resource}/${subresource}`;
  const isResource = has('resources', full) || (subresource !== null && listAt(rule, 'resources').includes(`*/${subresource}`));
  const names = listAt(rule, 'resourceNames');
  return has('verbs', verb) && has('apiGroups', group) && isResource && (names.length === 0 || names.includes(name));
}

/** The refusal in the API server's words. */
export function notAllowed(user: User, attributes: ResourceAttributes): ApiFailure {
  const { verb, group, resource, subresource, namespace, name } = attributes;
  const full = subresource === null ? resource : `${resource}/${subresource}`;
  const qualified = `${resource}${group === '' ? '' : `.${group}`}`;
  const what = name === null ? qualified : `${qualified} "${name}"`;
  const where = namespace === null ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const why = `User "${user.name}" cannot ${verb} resource "${full}" in API group "${group}" ${where}`;
  return new ApiFailure(403, 'Forbidden', `${what} is forbidden: ${why}`, { name: name ?? '', group, kind: resource });
}

/** As a review asks. */
export function attributesOfReview(review: unknown): ResourceAttributes | null {
  const asked = objectAt(review, 'spec', 'resourceAttributes');
  if (Object.keys(asked).length === 0) return null;
  const text = (name: string): string | null => {
    const value = stringAt(asked, name) ?? '';
    return value === '' ? null : value;
  };
  const { verb = '', group = '', resource = '' } = asked as Readonly<Record<string, string | undefined>>;
  return { verb, group, resource, subresource: text('subresource'), namespace: text('namespace'), name: text('name') };
}
