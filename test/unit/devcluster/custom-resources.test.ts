/** The StorageCluster through its own CustomResourceDefinition: pruning, defaults, schema and rules, and policies beside them. */
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { PATCH_TYPES } from '../../../src/devcluster/model/request.ts';
import { applied, field, ModelFixture } from '../../support/model-api.ts';

const definition = load(readFileSync('crds/quorate.io_storageclusters.yaml', 'utf8')) as object;
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const clusters = '/apis/quorate.io/v1alpha1/namespaces/shop/storageclusters';
const orders = `${clusters}/orders`;
const merge = { contentType: PATCH_TYPES.merge };

let model: ModelFixture;
beforeEach(() => {
  model = new ModelFixture();
  model.namespace('shop');
  model.call('POST', definitions, definition);
});

function cluster(spec: object = {}, name = 'orders'): object {
  return { apiVersion: 'quorate.io/v1alpha1', kind: 'StorageCluster', metadata: { name }, spec: { version: '0.1.0', ...spec } };
}

function causes(spec: object, name?: string): readonly string[] {
  const refusal = model.refusal('POST', clusters, cluster(spec, name));
  expect(refusal).toMatchObject({ code: 422, reason: 'Invalid' });
  const found = field(refusal, 'details.causes') as readonly { reason: string; field: string; message: string }[];
  return found.map((cause) => `${cause.reason} ${cause.field} ${cause.message}`);
}

describe('definitions', () => {
  test('a kind is served as soon as it is defined, and no longer than that', () => {
    expect(model.names(clusters)).toEqual([]);
    model.call('DELETE', `${definitions}/storageclusters.quorate.io`);
    // As long as its objects hold it.
    expect(model.names(clusters)).toEqual([]);
    model.merge(`${definitions}/storageclusters.quorate.io`, { metadata: { finalizers: null } });
    expect(model.answer('GET', clusters)).toMatchObject({ code: 404, body: '404 page not found\n' });
  });

  test('a rule that does not compile is refused with its place', () => {
    const broken = JSON.parse(JSON.stringify(definition)) as {
      metadata: { name: string };
      spec: { names: { plural: string }; versions: [{ schema: { openAPIV3Schema: object } }] };
    };
    broken.metadata.name = 'others.quorate.io';
    broken.spec.names.plural = 'others';
    Object.assign(broken.spec.versions[0].schema.openAPIV3Schema, {
      'x-kubernetes-validations': [{ rule: 'self.spec.replicas ==' }],
    });
    expect(model.refusal('POST', definitions, broken).message).toContain(
      'spec.versions[0].schema.openAPIV3Schema.x-kubernetes-validations[0].rule: Invalid value: "self.spec.replicas ==": compilation failed',
    );
  });
});

describe('what the API makes of a StorageCluster', () => {
  test('defaults come in, unknown fields go, and status is its subresource’s', () => {
    const answer = model.answer('POST', clusters, { ...cluster({ replicsa: 3 }), status: { phase: 'Ready' } });
    expect(answer.warnings).toEqual(['unknown field "spec.replicsa"']);
    const stored = model.get(orders);
    expect(stored.spec).toMatchObject({
      replicas: 3,
      replication: { protocol: 'Raft' },
      storage: { size: '10Gi' },
      hibernate: false,
    });
    expect(stored.spec).not.toHaveProperty('replicsa');
    expect(stored).not.toHaveProperty('status');
    expect(stored.metadata.generation).toBe(1);
    const patched = model.merge(`${orders}/status`, {
      metadata: { labels: { a: 'b' } },
      spec: { replicas: 5 },
      status: { phase: 'Ready' },
    });
    expect(patched).toMatchObject({ spec: { replicas: 3 }, status: { phase: 'Ready' }, metadata: { generation: 1 } });
    expect(patched.metadata).not.toHaveProperty('labels');
  });

  test('a patch of its status is held by the version that it names, and not by the UID', () => {
    const { metadata } = model.call('POST', clusters, cluster());
    const { resourceVersion } = model.merge(orders, { spec: { replicas: 5 } }).metadata;
    const stale = { metadata: { resourceVersion: metadata.resourceVersion }, status: { phase: 'Ready' } };
    expect(model.refusal('PATCH', `${orders}/status`, stale, merge)).toMatchObject({ code: 409, reason: 'Conflict' });
    const named = { metadata: { uid: 'another', resourceVersion }, status: { phase: 'Ready' } };
    expect(model.merge(`${orders}/status`, named).metadata.uid).toBe(metadata.uid);
  });

  test('its generation counts changes of its spec', () => {
    model.call('POST', clusters, cluster());
    expect(model.merge(orders, { metadata: { annotations: { a: 'b' } } }).metadata.generation).toBe(1);
    expect(model.merge(orders, { spec: { replicas: 5 } }).metadata.generation).toBe(2);
  });

  test('it is scaled like anything else', () => {
    model.call('POST', clusters, cluster());
    model.merge(`${orders}/status`, { status: { replicas: 3, selector: 'quorate.io/cluster=orders' } });
    expect(model.get(`${orders}/scale`)).toMatchObject({
      spec: { replicas: 3 },
      status: { replicas: 3, selector: 'quorate.io/cluster=orders' },
    });
    expect(model.merge(`${orders}/scale`, { spec: { replicas: 5 } }).spec['replicas']).toBe(5);
    expect(model.refusal('PATCH', `${orders}/scale`, { spec: { replicas: 4 } }, merge)).toMatchObject({ code: 422 });
  });

  test('an apply of the status merges conditions by their type', () => {
    model.call('POST', clusters, cluster());
    const time = '2026-01-01T00:00:00Z';
    const condition = (type: string): object => ({ type, status: 'True', reason: 'Fine', message: '', lastTransitionTime: time });
    const status = (...types: readonly string[]): object => ({
      ...cluster(),
      spec: undefined,
      status: { conditions: types.map(condition) },
    });
    model.call('PATCH', `${orders}/status`, status('Ready'), applied('one'));
    model.call('PATCH', `${orders}/status`, status('Available'), applied('two'));
    expect(field(model.get(orders), 'status.conditions')).toMatchObject([{ type: 'Ready' }, { type: 'Available' }]);
  });

  test('a PUT names the version that it takes the place of', () => {
    const stored = model.call('POST', clusters, cluster());
    const { resourceVersion: _version, ...metadata } = stored.metadata;
    expect(model.refusal('PUT', orders, { ...stored, metadata }).message).toContain(
      'metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    );
    expect(model.call('PUT', orders, { ...stored, spec: { ...stored.spec, replicas: 5 } }).spec['replicas']).toBe(5);
  });

  test('strategic merge patches are for built-in kinds', () => {
    model.call('POST', clusters, cluster());
    expect(model.refusal('PATCH', orders, {}, { contentType: PATCH_TYPES.strategic })).toMatchObject({
      code: 415,
      reason: 'UnsupportedMediaType',
    });
  });
});

describe('what the schema refuses, in the API’s own words', () => {
  test.each([
    [
      { replicas: 'three' },
      'FieldValueTypeInvalid spec.replicas Invalid value: "string": spec.replicas in body must be of type integer: "string"',
    ],
    [
      { imagePullPolicy: 'Sometimes' },
      'FieldValueNotSupported spec.imagePullPolicy Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
    ],
  ])('%j', (spec, cause) => {
    expect(causes(spec)).toContain(cause);
  });

  test('rules are not asked of what has the wrong type, and that is said', () => {
    expect(causes({ replicas: 'three' })).toContain(
      'FieldValueInvalid <nil> Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
    );
  });

  test.each([
    [{ replicas: 4 }, 'FieldValueInvalid spec.replicas Invalid value: "integer": replicas is 1, 3, 5 or 7'],
    [{ replicas: 0 }, 'FieldValueForbidden spec.replicas Forbidden: replicas 0 would leave no member'],
    [{ storage: { size: '10Gibi' } }, 'FieldValueInvalid spec.storage.size Invalid value: "string": a size is a quantity'],
    [{ storage: { size: '100Mi' } }, 'FieldValueInvalid spec.storage.size Invalid value: "string": storage.size is at least 1Gi'],
    [{ image: 'quorate:0.1.0' }, 'FieldValueInvalid spec Invalid value: "object": set either spec.version'],
    [
      { replication: { protocol: 'MultiPaxos' } },
      'FieldValueForbidden spec.replication.protocol Forbidden: this version replicates with Raft only',
    ],
    [
      { podTemplate: { metadata: { labels: { 'quorate.io/x': 'y' } } } },
      'FieldValueForbidden spec.podTemplate.metadata.labels Forbidden: labels under quorate.io/',
    ],
    [
      { podTemplate: { spec: { resources: { requests: { memory: '4Gi' }, limits: { memory: '1Gi' } } } } },
      'FieldValueInvalid spec.podTemplate.spec.resources.requests.memory Invalid value: "object": requests.memory is at most limits.memory',
    ],
  ])('the rules: %j', (spec, beginning) => {
    expect(causes(spec).filter((cause) => cause.startsWith(beginning))).toHaveLength(1);
  });

  test('the rule of the name', () => {
    expect(causes({}, '1orders')[0]).toMatch(
      /^FieldValueInvalid <nil> Invalid value: "object": the name of a StorageCluster is a DNS label/,
    );
  });

  test('what was set may not shrink, move or change: rules on the value before', () => {
    model.call('POST', clusters, cluster({ storage: { size: '10Gi', storageClassName: 'fast' } }));
    const refusal = (spec: object): string => model.refusal('PATCH', orders, { spec }, merge).message;
    expect(refusal({ storage: { size: '9Gi' } })).toContain(
      'spec.storage.size: Forbidden: storage.size only grows: a volume cannot be made smaller than its 10Gi',
    );
    expect(refusal({ storage: { storageClassName: 'slow' } })).toContain('spec.storage.storageClassName: Forbidden');
    expect(refusal({ auth: { enabled: false } })).toContain('spec.auth.enabled: Forbidden');
    expect(model.merge(orders, { spec: { storage: { size: '20480Mi' } } }).metadata.generation).toBe(2);
  });
});

describe('policies of an administrator', () => {
  const policies = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';
  const bindings = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings';

  function policy(spec: object): void {
    const rule = { apiGroups: ['quorate.io'], apiVersions: ['*'], resources: ['storageclusters'] };
    model.call('POST', policies, {
      metadata: { name: 'keep' },
      spec: { matchConstraints: { resourceRules: [{ ...rule, operations: ['DELETE'] }] }, ...spec },
    });
  }

  test('a deletion that a policy forbids is refused with its message, until the policy lets it go', () => {
    model.call('POST', clusters, cluster());
    policy({
      validations: [
        {
          expression: "has(oldObject.metadata.annotations) && oldObject.metadata.annotations['x'] == 'yes'",
          messageExpression: '"annotate " + oldObject.metadata.name + " first"',
          reason: 'Forbidden',
        },
      ],
    });
    model.call('DELETE', orders, null, { query: { dryRun: 'All' } });
    model.call('POST', bindings, { metadata: { name: 'keep-all' }, spec: { policyName: 'keep', validationActions: ['Deny'] } });
    expect(model.refusal('DELETE', orders)).toMatchObject({
      code: 403,
      reason: 'Forbidden',
      message: `storageclusters.quorate.io "orders" is forbidden: ValidatingAdmissionPolicy 'keep' with binding 'keep-all' denied request: annotate orders first`,
    });
    model.merge(orders, { metadata: { annotations: { x: 'yes' } } });
    model.call('DELETE', orders);
    expect(model.exists(orders)).toBe(false);
  });

  test('a policy that only warns lets the request through with its warning', () => {
    model.call('POST', clusters, cluster());
    policy({ validations: [{ expression: 'false', message: 'think twice' }] });
    model.call('POST', bindings, { metadata: { name: 'b' }, spec: { policyName: 'keep', validationActions: ['Warn'] } });
    const answer = model.answer('DELETE', orders);
    expect([answer.code, answer.warnings]).toEqual([
      200,
      [`Validation failed for ValidatingAdmissionPolicy 'keep' with binding 'b': think twice`],
    ]);
  });

  test('an expression that fails refuses, unless the policy fails open', () => {
    model.call('POST', clusters, cluster());
    policy({ validations: [{ expression: 'oldObject.spec.nothing.there == 1' }], failurePolicy: 'Fail' });
    model.call('POST', bindings, { metadata: { name: 'b' }, spec: { policyName: 'keep', validationActions: ['Deny'] } });
    expect(model.refusal('DELETE', orders).message).toContain('resulted in error');
    model.merge(`${policies}/keep`, { spec: { failurePolicy: 'Ignore' } });
    model.call('DELETE', orders);
  });
});
