/** Who may do what, by roles and bindings. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { isAllowed, notAllowed } from '../../../src/devcluster/model/authorization.ts';
import type { ResourceAttributes } from '../../../src/devcluster/model/authorization.ts';
import { ADMIN } from '../../../src/devcluster/model/request.ts';
import { ModelFixture } from '../../support/model-api.ts';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const operator = { name: 'system:serviceaccount:quorate-system:operator', groups: ['system:authenticated'] };
const person = { name: 'ann', groups: ['team', 'system:authenticated'] };

let model: ModelFixture;
beforeEach(() => {
  model = new ModelFixture();
  for (const name of ['shop', 'other']) model.namespace(name);
});

function attributes(verb: string, what: string, namespace: string | null, name: string | null = null): ResourceAttributes {
  const [full = '', group = ''] = what.split('@');
  const [resource = '', subresource = null] = full.split('/');
  return { verb, group, resource, subresource, namespace, name };
}

function bind(place: string, role: { kind: string; name: string }, subjects: readonly object[]): void {
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', ...role };
  model.call('POST', place, { metadata: { name: role.name }, roleRef, subjects });
}

describe('a ClusterRole bound in one namespace', () => {
  beforeEach(() => {
    const rules = [
      { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] },
      { apiGroups: ['quorate.io'], resources: ['*'], verbs: ['*'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['orders-client'], verbs: ['get'] },
    ];
    model.call('POST', `${RBAC}/clusterroles`, { metadata: { name: 'reader' }, rules });
    bind(`${RBAC}/namespaces/shop/rolebindings`, { kind: 'ClusterRole', name: 'reader' }, [
      { kind: 'ServiceAccount', name: 'operator', namespace: 'quorate-system' },
      { kind: 'Group', name: 'team', apiGroup: 'rbac.authorization.k8s.io' },
    ]);
  });

  test.each([
    ['get', 'pods', 'shop', 'a', true],
    ['list', 'pods', 'shop', null, true],
    ['get', 'pods/log', 'shop', 'a', true],
    ['get', 'pods/exec', 'shop', 'a', false],
    ['delete', 'pods', 'shop', 'a', false],
    ['get', 'pods', 'other', 'a', false],
    ['list', 'pods', null, null, false],
    ['patch', 'storageclusters/status@quorate.io', 'shop', 'a', true],
    ['get', 'pods@quorate.io', 'other', null, false],
    ['get', 'secrets', 'shop', 'orders-client', true],
    ['get', 'secrets', 'shop', 'orders-admin', false],
    ['list', 'secrets', 'shop', null, false],
  ] as const)('%s %s in %s %s: %s', (verb, what, namespace, name, allowed) => {
    for (const user of [operator, person]) {
      expect(isAllowed(model.api.store, user, attributes(verb, what, namespace, name))).toBe(allowed);
    }
  });
});

test('a ClusterRoleBinding counts everywhere, and a Role where it is', () => {
  const rules = [{ apiGroups: [''], resources: ['nodes', '*/log'], verbs: ['list', 'get'] }];
  model.call('POST', `${RBAC}/clusterroles`, { metadata: { name: 'nodes' }, rules });
  model.call('POST', `${RBAC}/namespaces/shop/roles`, {
    metadata: { name: 'maps' },
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }],
  });
  bind(`${RBAC}/clusterrolebindings`, { kind: 'ClusterRole', name: 'nodes' }, [{ kind: 'User', name: 'ann' }]);
  bind(`${RBAC}/namespaces/shop/rolebindings`, { kind: 'Role', name: 'maps' }, [{ kind: 'User', name: 'ann' }]);
  const may = (...asked: Parameters<typeof attributes>) => isAllowed(model.api.store, person, attributes(...asked));
  expect([may('list', 'nodes', null), may('get', 'pods/log', 'other', 'a'), may('get', 'pods', 'other', 'a')]).toEqual([
    true,
    true,
    false,
  ]);
  expect([may('get', 'configmaps', 'shop', 'a'), may('get', 'configmaps', 'other', 'a')]).toEqual([true, false]);
  expect(isAllowed(model.api.store, operator, attributes('list', 'nodes', null))).toBe(false);
});

test('administrators may do everything, and whoever is bound to nothing, nothing', () => {
  expect(isAllowed(model.api.store, ADMIN, attributes('delete', 'anything@any.group', null))).toBe(true);
  expect(isAllowed(model.api.store, person, attributes('get', 'pods', 'shop', 'a'))).toBe(false);
});

test('a refusal says who, what, and where', () => {
  expect(notAllowed(person, attributes('list', 'deployments@apps', 'shop')).message).toBe(
    'deployments.apps is forbidden: User "ann" cannot list resource "deployments" in API group "apps" in the namespace "shop"',
  );
  expect(notAllowed(person, attributes('get', 'nodes', null, 'n')).message).toBe(
    'nodes "n" is forbidden: User "ann" cannot get resource "nodes" in API group "" at the cluster scope',
  );
});
