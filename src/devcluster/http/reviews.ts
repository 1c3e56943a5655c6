/** Questions about who may do what, and who one is: objects that are never stored, answered as they are sent. */
import { attributesOfReview, isAllowed, rulesOf } from '../model/authorization.ts';
import { listAt, objectAt, stringAt } from '../model/json.ts';
import type { JsonObject } from '../model/json.ts';
import type { User } from '../model/request.ts';
import type { Store } from '../model/store.ts';

const AUTHORIZATION = 'authorization.k8s.io';
const AUTHENTICATION = 'authentication.k8s.io';

/** Kind by plural, of each group. */
const KINDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [AUTHORIZATION]: {
    selfsubjectaccessreviews: 'SelfSubjectAccessReview',
    selfsubjectrulesreviews: 'SelfSubjectRulesReview',
    subjectaccessreviews: 'SubjectAccessReview',
  },
  [AUTHENTICATION]: { selfsubjectreviews: 'SelfSubjectReview' },
};

export const REVIEW_GROUPS: readonly string[] = Object.keys(KINDS);
export const REVIEW_VERSION = 'v1';

/** As discovery lists them. Null: no group of reviews. */
export function reviewResources(group: string): readonly object[] | null {
  const kinds = KINDS[group];
  if (kinds === undefined) return null;
  return Object.entries(kinds).map(([name, kind]) => {
    return { name, singularName: kind.toLowerCase(), namespaced: false, kind, verbs: ['create'] };
  });
}

/** Null: no path of a review. */
export function reviewKindAt(path: string): string | null {
  const [, root, group = '', version, plural = '', ...rest] = path.split('/');
  if (root !== 'apis' || version !== REVIEW_VERSION || rest.length > 0) return null;
  return KINDS[group]?.[plural] ?? null;
}

export function reviewed(store: Store, user: User, kind: string, review: unknown): JsonObject {
  const group = kind === 'SelfSubjectReview' ? AUTHENTICATION : AUTHORIZATION;
  const base = { kind, apiVersion: `${group}/${REVIEW_VERSION}`, metadata: {}, spec: objectAt(review, 'spec') };
  switch (kind) {
    case 'SelfSubjectAccessReview':
      return { ...base, status: verdict(store, user, review) };
    case 'SubjectAccessReview':
      return { ...base, status: verdict(store, subjectOf(review), review) };
    case 'SelfSubjectRulesReview':
      return { ...base, status: rules(store, user, stringAt(review, 'spec', 'namespace') ?? '') };
    default:
      return { ...base, status: { userInfo: { username: user.name, groups: user.groups } } };
  }
}

function subjectOf(review: unknown): User {
  const groups = listAt(review, 'spec', 'groups').filter((group): group is string => typeof group === 'string');
  return { name: stringAt(review, 'spec', 'user') ?? '', groups };
}

/** Paths that are no resource are everybody's to read here. */
function verdict(store: Store, user: User, review: unknown): JsonObject {
  const attributes = attributesOfReview(review);
  const allowed =
    attributes === null
      ? stringAt(review, 'spec', 'nonResourceAttributes', 'verb') === 'get'
      : isAllowed(store, user, attributes);
  return allowed ? { allowed } : { allowed, reason: 'no rule allows it' };
}

function rules(store: Store, user: User, namespace: string): JsonObject {
  const everything = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
  const granted = user.groups.includes('system:masters') ? [everything] : rulesOf(store, user, namespace).map(({ rule }) => rule);
  return { resourceRules: granted, nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['*'] }], incomplete: false };
}
