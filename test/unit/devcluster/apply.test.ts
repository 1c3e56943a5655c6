/** Server-side apply: who owns which field, what a conflict is, and what goes when its last owner lets go of it. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { ManagedFieldsEntry } from '../../../src/devcluster/model/objects.ts';
import { applied, field, ModelFixture } from '../../support/model-api.ts';

const path = '/apis/apps/v1/namespaces/shop/statefulsets/orders';

let model: ModelFixture;
beforeEach(() => {
  model = new ModelFixture();
  model.namespace('shop');
});

function configuration(spec: object = {}, metadata: object = {}): Readonly<Record<string, unknown>> {
  const labels = { app: 'orders' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'node', image: 'quorate:0.1.0' }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'orders', namespace: 'shop', labels, ...metadata },
    spec: { serviceName: 'orders', selector: { matchLabels: labels }, replicas: 3, template, ...spec },
  };
}

function container(fields: object, others: readonly object[] = []): object {
  const labels = { app: 'orders' };
  return {
    template: { metadata: { labels }, spec: { containers: [{ name: 'node', image: 'quorate:0.1.0', ...fields }, ...others] } },
  };
}

function managers(): readonly string[] {
  return (model.get(path).metadata.managedFields ?? []).map(({ manager, operation, subresource }: ManagedFieldsEntry) => {
    return [manager, operation, subresource].filter((part) => part !== undefined).join(' ');
  });
}

describe('applying', () => {
  test('creates what is not there, and again is no write', () => {
    const { code, body } = model.answer('PATCH', path, configuration(), applied('tester'));
    expect(code).toBe(201);
    const again = model.answer('PATCH', path, configuration(), applied('tester'));
    expect(again.code).toBe(200);
    expect(field(again.body, 'metadata.resourceVersion')).toBe(field(body, 'metadata.resourceVersion'));
  });

  test('owns exactly the fields that were applied', () => {
    model.apply(path, configuration());
    expect(model.get(path).metadata.managedFields).toEqual([
      {
        manager: 'tester',
        operation: 'Apply',
        apiVersion: 'apps/v1',
        time: '2026-01-01T00:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': { 'f:labels': { 'f:app': {} } },
          'f:spec': {
            'f:replicas': {},
            'f:selector': {},
            'f:serviceName': {},
            'f:template': {
              'f:metadata': { 'f:labels': { 'f:app': {} } },
              'f:spec': { 'f:containers': { 'k:{"name":"node"}': { '.': {}, 'f:image': {}, 'f:name': {} } } },
            },
          },
        },
      },
    ]);
  });

  test('a field that another manager holds with another value is a conflict, with each field named', () => {
    model.apply(path, configuration());
    model.merge(`${path}/scale`, { spec: { replicas: 5 } }, { userAgent: 'kubectl/v1.34' });
    const refusal = model.refusal('PATCH', path, configuration(), applied('tester'));
    expect(refusal).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
      details: { causes: [{ reason: 'FieldManagerConflict', field: '.spec.replicas' }] },
    });
    expect(model.get(path).spec['replicas']).toBe(5);
  });

  test('forced, it takes the field and its ownership; the same value is shared by both', () => {
    model.apply(path, configuration());
    model.apply(path, configuration({ replicas: 3 }), 'other');
    expect(managers()).toEqual(['other Apply', 'tester Apply']);
    model.apply(path, configuration({ replicas: 7 }), 'other', true);
    const { managedFields = [] } = model.get(path).metadata;
    const replicas = managedFields.map(({ manager, fieldsV1 }) => [manager, field(fieldsV1, 'f:spec.f:replicas')]);
    expect(replicas).toEqual([
      ['other', {}],
      ['tester', undefined],
    ]);
  });

  test('what is no longer applied goes, unless somebody else owns it', () => {
    model.apply(path, configuration({}, { annotations: { a: '1', b: '2' } }));
    model.merge(path, { metadata: { annotations: { c: '3' } } });
    model.apply(path, configuration({}, { annotations: { b: '2' } }));
    expect(model.get(path).metadata.annotations).toEqual({ b: '2', c: '3' });
    model.apply(path, configuration());
    expect(model.get(path).metadata.annotations).toEqual({ c: '3' });
  });

  test('a field that is left out falls back to its default: replicas are 1 again', () => {
    model.apply(path, configuration());
    model.apply(path, configuration({ replicas: undefined }));
    expect(model.get(path).spec['replicas']).toBe(1);
  });

  test('lists with keys merge item by item: what another manager added stays', () => {
    model.apply(path, configuration());
    model.apply(path, configuration(container({}, [{ name: 'side', image: 'side:1' }])), 'other');
    model.apply(path, configuration(container({ env: [{ name: 'A', value: '1' }], ports: [{ containerPort: 80 }] })));
    expect(field(model.get(path), 'spec.template.spec.containers')).toMatchObject([
      { name: 'node', env: [{ name: 'A' }], ports: [{ containerPort: 80, protocol: 'TCP' }] },
      { name: 'side' },
    ]);
    model.apply(path, configuration(), 'other');
    const after = field(model.get(path), 'spec.template.spec.containers') as readonly object[];
    expect(after).toHaveLength(1);
    expect(after[0]).toHaveProperty('env');
  });

  test('a list without keys is owned as a whole', () => {
    model.apply(path, configuration(container({ args: ['a', 'b'] })));
    expect(() => model.apply(path, configuration(container({ args: ['c'] })), 'other')).toThrow(
      /\.spec\.template\.spec\.containers\[name=\\"node\\"\]\.args/,
    );
  });

  test('it names the version and the life that it is for', () => {
    const { metadata } = model.apply(path, configuration());
    const stale = configuration({ replicas: 5 }, { resourceVersion: '1' });
    expect(model.refusal('PATCH', path, stale, applied('tester'))).toMatchObject({ code: 409 });
    expect(
      model.apply(path, configuration({ replicas: 5 }, { resourceVersion: metadata.resourceVersion })).spec['replicas'],
    ).toBe(5);
    const { uid } = metadata;
    expect(
      model.refusal(
        'PATCH',
        path.replace('orders', 'gone'),
        { ...configuration(), metadata: { name: 'gone', uid } },
        applied('t'),
      ),
    ).toMatchObject({ code: 409 });
  });

  test('without a field manager it is refused', () => {
    const refusal = model.refusal('PATCH', path, configuration(), { contentType: 'application/apply-patch+yaml' });
    expect(refusal).toMatchObject({ code: 422, details: { causes: [{ field: 'fieldManager', reason: 'FieldValueRequired' }] } });
  });

  test('a field that the type does not know is no warning here', () => {
    const refusal = model.refusal('PATCH', path, configuration({ replicsa: 3 }), applied('tester'));
    expect(refusal).toMatchObject({
      code: 500,
      message:
        'failed to create typed patch object (shop/orders; apps/v1, Kind=StatefulSet): .spec.replicsa: field not declared in schema',
    });
  });

  test('the version of an object that is gone keeps nobody from making it anew; its UID does', () => {
    const gone = configuration({}, { resourceVersion: '5' });
    expect(model.answer('PATCH', path, gone, applied('tester')).code).toBe(201);
  });
});

describe('other writes', () => {
  test('own what they change, under the name that they give or the program that wrote', () => {
    model.call('POST', path.replace('/orders', ''), configuration(), { userAgent: 'kubectl/v1.34.4 (linux/amd64)' });
    model.merge(path, { spec: { replicas: 4 } }, { query: { fieldManager: 'somebody' } });
    model.merge(`${path}/status`, { status: { replicas: 1 } }, { userAgent: 'kube-controller-manager/v1' });
    expect(managers()).toEqual(['kube-controller-manager Update status', 'kubectl Update', 'somebody Update']);
    const { managedFields = [] } = model.get(path).metadata;
    expect(managedFields.map(({ fieldsV1 }) => field(fieldsV1, 'f:spec.f:replicas'))).toEqual([undefined, undefined, {}]);
    expect(field(managedFields[1]?.fieldsV1, 'f:metadata.f:labels')).toEqual({ '.': {}, 'f:app': {} });
  });

  test('what is dropped is nobody’s', () => {
    model.apply(path, configuration({}, { annotations: { a: '1' } }));
    model.merge(path, { metadata: { annotations: null } });
    expect(JSON.stringify(model.get(path).metadata.managedFields)).not.toContain('f:annotations');
  });
});
