/** What the API does with objects, in its own terms: versions, lives, generations, patches, deletion. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { PATCH_TYPES } from '../../../src/devcluster/model/request.ts';
import { field, ModelFixture, statefulSet } from '../../support/model-api.ts';

const maps = '/api/v1/namespaces/shop/configmaps';
const pods = '/api/v1/namespaces/shop/pods';
const services = '/api/v1/namespaces/shop/services';
const sets = '/apis/apps/v1/namespaces/shop/statefulsets';

let model: ModelFixture;
beforeEach(() => {
  model = new ModelFixture();
  model.namespace('shop');
});

function map(name: string, data: object = {}): object {
  return { metadata: { name }, data };
}

describe('versions and lives', () => {
  test('each write has a later resourceVersion than all before it; a write that changes nothing is none', () => {
    const first = model.call('POST', maps, map('a'));
    const second = model.call('POST', maps, map('b'));
    expect(Number(second.metadata.resourceVersion)).toBeGreaterThan(Number(first.metadata.resourceVersion));
    expect(model.merge(`${maps}/a`, { data: {} }).metadata.resourceVersion).toBe(first.metadata.resourceVersion);
    expect(model.api.store.revision).toBe(Number(second.metadata.resourceVersion));
  });

  test('a second life under a name has another UID', () => {
    const first = model.call('POST', maps, map('a'));
    model.call('DELETE', `${maps}/a`);
    const second = model.call('POST', maps, map('a'));
    expect(second.metadata.uid).not.toBe(first.metadata.uid);
    expect(second.metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('what is there already is not created again', () => {
    model.call('POST', maps, map('a'));
    expect(model.refusal('POST', maps, map('a'))).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'configmaps "a" already exists',
      reason: 'AlreadyExists',
      details: { name: 'a', kind: 'configmaps' },
      code: 409,
    });
  });

  test('a write that names another version than the stored one conflicts, and nothing is written', () => {
    const stored = model.call('POST', sets, statefulSet('orders'));
    model.merge(`${sets}/orders`, { spec: { replicas: 2 } });
    const { resourceVersion } = stored.metadata;
    const message =
      'Operation cannot be fulfilled on statefulsets.apps "orders": the object has been modified; please apply your changes to the latest version and try again';
    const merge = { contentType: PATCH_TYPES.merge };
    const stale = { metadata: { resourceVersion }, spec: { replicas: 5 } };
    expect(model.refusal('PATCH', `${sets}/orders`, stale, merge)).toMatchObject({ code: 409, reason: 'Conflict', message });
    expect(model.refusal('PUT', `${sets}/orders`, stored)).toMatchObject({ code: 409, message });
    expect(model.get(`${sets}/orders`).spec['replicas']).toBe(2);
  });

  test('a PUT for another life of the object conflicts; in a patch the UID is a field that must not change', () => {
    const stored = model.call('POST', maps, map('a'));
    const patch = { metadata: { uid: 'another' }, data: { x: 'y' } };
    expect(model.refusal('PATCH', `${maps}/a`, patch, { contentType: PATCH_TYPES.merge })).toMatchObject({
      code: 422,
      message: 'ConfigMap "a" is invalid: metadata.uid: Invalid value: "another": field is immutable',
    });
    const { resourceVersion: _version, ...metadata } = stored.metadata;
    expect(model.refusal('PUT', `${maps}/a`, { ...stored, metadata: { ...metadata, uid: 'another' } })).toMatchObject({
      code: 409,
      message: expect.stringContaining(`Precondition failed: UID in precondition: another, UID in object meta: ${metadata.uid}`),
    });
  });

  test('the generation counts changes of the spec, not of metadata or status', () => {
    expect(model.call('POST', sets, statefulSet('orders')).metadata.generation).toBe(1);
    expect(model.merge(`${sets}/orders`, { metadata: { labels: { a: 'b' } } }).metadata.generation).toBe(1);
    expect(model.merge(`${sets}/orders/status`, { status: { replicas: 1 } }).metadata.generation).toBe(1);
    expect(model.merge(`${sets}/orders`, { spec: { replicas: 3 } }).metadata.generation).toBe(2);
  });

  test('status is written through its subresource alone, and the rest not through it', () => {
    model.call('POST', sets, { ...statefulSet('orders'), status: { replicas: 7 } });
    expect(model.get(`${sets}/orders`).status).toEqual({ replicas: 0, availableReplicas: 0 });
    model.merge(`${sets}/orders`, { status: { replicas: 7 } });
    expect(model.get(`${sets}/orders`).status).toEqual({ replicas: 0, availableReplicas: 0 });
    model.merge(`${sets}/orders/status`, { status: { replicas: 7 }, spec: { replicas: 9 } });
    expect(model.get(`${sets}/orders`)).toMatchObject({ status: { replicas: 7 }, spec: { replicas: 1 } });
  });

  test('a dry run answers what would be, and nothing is', () => {
    const answered = model.call('POST', maps, map('a'), { query: { dryRun: 'All' } });
    expect(answered.metadata.uid).toBeDefined();
    expect(model.exists(`${maps}/a`)).toBe(false);
  });

  test('a generated name is the given one with five more letters', () => {
    const { metadata } = model.call('POST', maps, { metadata: { generateName: 'a-' } });
    expect(metadata.name).toMatch(/^a-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  test('what metadata the API keeps itself, nobody changes', () => {
    const { metadata } = model.call('POST', maps, map('a'));
    const patch = { metadata: { creationTimestamp: '2020-01-01T00:00:00Z', generation: 7 }, data: { x: 'y' } };
    expect(model.merge(`${maps}/a`, patch).metadata).toMatchObject({
      creationTimestamp: metadata.creationTimestamp,
      uid: metadata.uid,
    });
    expect(model.get(`${maps}/a`).metadata).not.toHaveProperty('generation');
  });
});

describe('bodies', () => {
  test('a field that the kind does not know is dropped with a warning, or refused when the client is strict', () => {
    const body = statefulSet('orders', { replicsa: 3 });
    expect(model.refusal('POST', sets, body, { query: { fieldValidation: 'Strict' } })).toMatchObject({
      code: 400,
      message:
        'StatefulSet in version "v1" cannot be handled as a StatefulSet: strict decoding error: unknown field "spec.replicsa"',
    });
    const answer = model.answer('POST', sets, body);
    expect(answer.warnings).toEqual(['unknown field "spec.replicsa"']);
    expect(model.get(`${sets}/orders`).spec['replicsa']).toBeUndefined();
  });

  test('a value of the wrong type is refused with the field', () => {
    expect(model.refusal('POST', sets, statefulSet('orders', { replicas: 'three' }))).toMatchObject({
      code: 400,
      reason: 'BadRequest',
      message: expect.stringContaining(
        'json: cannot unmarshal string into Go struct field StatefulSet.spec.replicas of type int32',
      ) as unknown,
    });
  });

  test('the namespace and the kind of the body are those of the path', () => {
    expect(model.refusal('POST', maps, { metadata: { name: 'a', namespace: 'bank' } })).toMatchObject({ code: 400 });
    expect(model.refusal('POST', maps, { kind: 'Secret', metadata: { name: 'a' } })).toMatchObject({ code: 400 });
  });

  test('nothing is made in a namespace that is not there', () => {
    expect(model.refusal('POST', '/api/v1/namespaces/nowhere/configmaps', map('a'))).toMatchObject({
      code: 404,
      message: 'namespaces "nowhere" not found',
    });
  });

  test('names are DNS names', () => {
    expect(model.refusal('POST', maps, map('A_b'))).toMatchObject({
      code: 422,
      details: { causes: [{ reason: 'FieldValueInvalid', field: 'metadata.name' }] },
    });
    expect(model.refusal('POST', services, { metadata: { name: '1a' }, spec: { ports: [{ port: 1 }] } }).message).toContain(
      'DNS-1035',
    );
  });

  test.each([['/apis/apps/v1/namespaces/shop/statefulsetz'], [`${maps}/a/status`]])('%s leads nowhere', (path) => {
    expect(model.refusal('GET', path)).toMatchObject({ code: 404, message: 'the server could not find the requested resource' });
  });

  test('nobody answers for a group or a version that is not served: no Status, only text', () => {
    const nowhere = { code: 404, body: '404 page not found\n' };
    expect(model.answer('GET', '/apis/apps/v2/namespaces/shop/statefulsets')).toMatchObject(nowhere);
    expect(model.answer('GET', '/apis/nobody.io/v1/things')).toMatchObject(nowhere);
  });
});

describe('defaults', () => {
  test('a StatefulSet', () => {
    const template = {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    };
    expect(model.call('POST', sets, statefulSet('orders', { volumeClaimTemplates: [template] })).spec).toMatchObject({
      replicas: 1,
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      revisionHistoryLimit: 10,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      volumeClaimTemplates: [{ kind: 'PersistentVolumeClaim', spec: { volumeMode: 'Filesystem' }, status: { phase: 'Pending' } }],
      template: {
        spec: {
          restartPolicy: 'Always',
          terminationGracePeriodSeconds: 30,
          dnsPolicy: 'ClusterFirst',
          securityContext: {},
          schedulerName: 'default-scheduler',
          containers: [
            {
              imagePullPolicy: 'IfNotPresent',
              terminationMessagePath: '/dev/termination-log',
              terminationMessagePolicy: 'File',
              resources: {},
            },
          ],
        },
      },
    });
  });

  test('a pod: tolerations, account, token, requests and quality of service', () => {
    const container = { name: 'node', image: 'quorate', resources: { limits: { memory: '1Gi' } } };
    const pod = model.call('POST', pods, { metadata: { name: 'a' }, spec: { containers: [container] } });
    expect(field(pod, 'spec.containers.0')).toMatchObject({
      imagePullPolicy: 'Always',
      resources: { requests: { memory: '1Gi' } },
    });
    expect(pod.spec['tolerations']).toMatchObject([
      { key: 'node.kubernetes.io/not-ready', tolerationSeconds: 300 },
      { key: 'node.kubernetes.io/unreachable', tolerationSeconds: 300 },
    ]);
    expect(pod.spec['serviceAccountName']).toBe('default');
    expect(field(pod, 'spec.volumes.0.name')).toMatch(/^kube-api-access-/);
    expect(pod.status).toMatchObject({ phase: 'Pending', qosClass: 'Burstable' });
  });

  test('a Service gets an address of its own, unless it is headless, and keeps it', () => {
    const ports = [{ port: 80 }];
    const one = model.call('POST', services, { metadata: { name: 'one' }, spec: { ports } });
    const two = model.call('POST', services, { metadata: { name: 'two' }, spec: { ports } });
    const headless = model.call('POST', services, { metadata: { name: 'none' }, spec: { clusterIP: 'None', ports } });
    expect(one.spec).toMatchObject({
      type: 'ClusterIP',
      sessionAffinity: 'None',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
    });
    expect(new Set([one, two, headless].map(({ spec }) => spec['clusterIP'])).size).toBe(3);
    const { spec } = model.merge(`${services}/one`, { spec: { clusterIP: null, clusterIPs: null } });
    expect(spec['clusterIP']).toBe(one.spec['clusterIP']);
    const moved = model.refusal(
      'PATCH',
      `${services}/one`,
      { spec: { clusterIP: '10.96.9.9' } },
      { contentType: PATCH_TYPES.merge },
    );
    expect(moved.message).toContain('may not change once set');
    expect(model.call('POST', services, { metadata: { name: 'np' }, spec: { type: 'NodePort', ports } }).spec).toMatchObject({
      ports: [{ nodePort: 30_000 }],
    });
  });

  test('clear text in a Secret is kept as data', () => {
    const secret = model.call('POST', '/api/v1/namespaces/shop/secrets', { metadata: { name: 's' }, stringData: { a: 'x' } });
    expect(secret).toMatchObject({ type: 'Opaque', data: { a: 'eA==' } });
    expect(secret).not.toHaveProperty('stringData');
  });
});

describe('what may not change', () => {
  test('a StatefulSet: all but replicas, template and few more', () => {
    model.call('POST', sets, statefulSet('orders'));
    const refusal = model.refusal(
      'PATCH',
      `${sets}/orders`,
      { spec: { podManagementPolicy: 'Parallel' } },
      { contentType: PATCH_TYPES.merge },
    );
    expect(refusal).toMatchObject({ code: 422, details: { causes: [{ reason: 'FieldValueForbidden', field: 'spec' }] } });
    expect(refusal.message).toBe(
      `StatefulSet.apps "orders" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden`,
    );
  });

  test('a pod: all but its images, and tolerations that are added', () => {
    model.call('POST', pods, { metadata: { name: 'a' }, spec: { containers: [{ name: 'c', image: 'x:1' }] } });
    const patch = { spec: { containers: [{ name: 'c', image: 'x:2' }] } };
    expect(model.call('PATCH', `${pods}/a`, patch, { contentType: PATCH_TYPES.strategic }).spec).toMatchObject({
      containers: [{ image: 'x:2' }],
    });
    const args = { spec: { containers: [{ name: 'c', args: ['b'] }] } };
    expect(model.refusal('PATCH', `${pods}/a`, args, { contentType: PATCH_TYPES.strategic }).message).toContain(
      'pod updates may not change fields',
    );
  });

  test('a template whose labels its selector does not find', () => {
    const body = statefulSet('orders', { selector: { matchLabels: { app: 'other' } } });
    expect(model.refusal('POST', sets, body).message).toContain('`selector` does not match template `labels`');
  });
});

describe('patches', () => {
  test('a merge patch sets, drops and replaces whole lists', () => {
    model.call('POST', maps, map('a', { x: '1', y: '2' }));
    expect(model.merge(`${maps}/a`, { data: { x: null, z: '3' } }).data).toEqual({ y: '2', z: '3' });
  });

  test('a JSON patch: all operations, or none', () => {
    model.call('POST', maps, map('a', { x: '1' }));
    const json = { contentType: PATCH_TYPES.json };
    const patch = [
      { op: 'test', path: '/data/x', value: '1' },
      { op: 'add', path: '/metadata/annotations', value: {} },
      { op: 'add', path: '/metadata/annotations/a~1b', value: '2' },
      { op: 'move', from: '/data/x', path: '/data/y' },
      { op: 'copy', from: '/data/y', path: '/data/z' },
    ];
    const { data, metadata } = model.call('PATCH', `${maps}/a`, patch, json);
    expect([data, metadata.annotations]).toEqual([{ y: '1', z: '1' }, { 'a/b': '2' }]);
    const failing = [
      { op: 'remove', path: '/data/z' },
      { op: 'test', path: '/data/y', value: 'other' },
    ];
    expect(model.refusal('PATCH', `${maps}/a`, failing, json)).toMatchObject({ code: 422, reason: 'Invalid' });
    expect(model.get(`${maps}/a`)).toMatchObject({ data: { z: '1' } });
  });

  test('a strategic merge patch merges containers by name, env by name, finalizers as a set, and follows directives', () => {
    model.call('POST', sets, statefulSet('orders'));
    const strategic = { contentType: PATCH_TYPES.strategic };
    const containers = [
      { name: 'side', image: 'side:1' },
      { name: 'node', env: [{ name: 'A', value: '1' }] },
    ];
    const patch = {
      metadata: { finalizers: ['x.io/a'] },
      spec: {
        template: {
          spec: {
            containers,
            '$setElementOrder/containers': [{ name: 'side' }, { name: 'node' }],
          },
        },
      },
    };
    const patched = model.call('PATCH', `${sets}/orders`, patch, strategic);
    expect(field(patched, 'spec.template.spec.containers')).toMatchObject([
      { name: 'side', image: 'side:1' },
      { name: 'node', image: 'quorate:0.1.0', env: [{ name: 'A' }] },
    ]);
    const more = {
      metadata: { finalizers: ['x.io/b'] },
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'side', $patch: 'delete' },
              { name: 'node', env: [{ name: 'B', value: '2' }] },
            ],
          },
        },
      },
    };
    const again = model.call('PATCH', `${sets}/orders`, more, strategic);
    expect(again.metadata.finalizers).toEqual(['x.io/a', 'x.io/b']);
    expect(field(again, 'spec.template.spec.containers')).toMatchObject([{ name: 'node', env: [{ name: 'A' }, { name: 'B' }] }]);
    const fewer = { metadata: { '$deleteFromPrimitiveList/finalizers': ['x.io/a'] } };
    expect(model.call('PATCH', `${sets}/orders`, fewer, strategic).metadata.finalizers).toEqual(['x.io/b']);
  });

  test('an unknown kind of patch is refused', () => {
    model.call('POST', maps, map('a'));
    expect(model.refusal('PATCH', `${maps}/a`, {}, { contentType: 'text/plain' })).toMatchObject({ code: 415 });
  });
});

describe('deletion', () => {
  test('by life and by version: a precondition that does not hold is a conflict', () => {
    const { metadata } = model.call('POST', maps, map('a'));
    const other = { preconditions: { uid: 'another' } };
    expect(model.refusal('DELETE', `${maps}/a`, other)).toMatchObject({ code: 409, reason: 'Conflict' });
    expect(model.refusal('DELETE', `${maps}/a`, { preconditions: { resourceVersion: '1' } }).message).toContain(
      'the ResourceVersion in the precondition (1) does not match',
    );
    expect(model.call('DELETE', `${maps}/a`, { preconditions: { uid: metadata.uid } })).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Success',
      details: { name: 'a', kind: 'configmaps', uid: metadata.uid },
    });
    expect(model.refusal('DELETE', `${maps}/a`)).toMatchObject({ code: 404 });
  });

  test('what has finalizers stays, marked, until the last of them is gone; no new one comes', () => {
    model.call('POST', maps, { metadata: { name: 'a', finalizers: ['x.io/a', 'x.io/b'] } });
    const marked = model.call('DELETE', `${maps}/a`);
    expect(marked.metadata).toMatchObject({ deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 0 });
    const merge = { contentType: PATCH_TYPES.merge };
    expect(
      model.refusal('PATCH', `${maps}/a`, { metadata: { finalizers: ['x.io/a', 'x.io/b', 'x.io/c'] } }, merge),
    ).toMatchObject({ code: 422 });
    model.merge(`${maps}/a`, { metadata: { finalizers: ['x.io/b'] } });
    expect(model.exists(`${maps}/a`)).toBe(true);
    model.merge(`${maps}/a`, { metadata: { finalizers: [] } });
    expect(model.exists(`${maps}/a`)).toBe(false);
  });

  test('a pod on a node stays for its grace, which only gets shorter; without a node it goes at once', () => {
    const body = (name: string): object => ({ metadata: { name }, spec: { containers: [{ name: 'c', image: 'x:1' }] } });
    model.call('POST', pods, body('waiting'));
    model.call('DELETE', `${pods}/waiting`);
    expect(model.exists(`${pods}/waiting`)).toBe(false);
    model.call('POST', pods, body('running'));
    model.call('POST', `${pods}/running/binding`, { target: { kind: 'Node', name: 'n1' } });
    expect(model.call('DELETE', `${pods}/running`).metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:30Z',
      deletionGracePeriodSeconds: 30,
    });
    expect(model.call('DELETE', `${pods}/running`, { gracePeriodSeconds: 60 }).metadata.deletionGracePeriodSeconds).toBe(30);
    expect(model.call('DELETE', `${pods}/running`, { gracePeriodSeconds: 5 }).metadata.deletionTimestamp).toBe(
      '2026-01-01T00:00:05Z',
    );
    model.call('DELETE', `${pods}/running`, { gracePeriodSeconds: 0 });
    expect(model.exists(`${pods}/running`)).toBe(false);
  });

  test('a pod is bound to a node once', () => {
    model.call('POST', pods, { metadata: { name: 'a' }, spec: { containers: [{ name: 'c', image: 'x:1' }] } });
    model.call('POST', `${pods}/a/binding`, { target: { name: 'n1' } });
    expect(model.get(`${pods}/a`)).toMatchObject({
      spec: { nodeName: 'n1' },
      status: { conditions: [{ type: 'PodScheduled', status: 'True' }] },
    });
    expect(model.refusal('POST', `${pods}/a/binding`, { target: { name: 'n2' } })).toMatchObject({ code: 409 });
  });
});

test('a scale is read and written in the same words for every kind that has one', () => {
  model.call('POST', sets, statefulSet('orders'));
  expect(model.get(`${sets}/orders/scale`)).toMatchObject({
    kind: 'Scale',
    spec: { replicas: 1 },
    status: { replicas: 0, selector: 'app=orders' },
  });
  expect(model.merge(`${sets}/orders/scale`, { spec: { replicas: 3 } }).spec['replicas']).toBe(3);
  expect(model.get(`${sets}/orders`)).toMatchObject({ spec: { replicas: 3 }, metadata: { generation: 2 } });
  expect(
    model.refusal('PATCH', `${sets}/orders/scale`, { spec: { replicas: -1 } }, { contentType: PATCH_TYPES.merge }),
  ).toMatchObject({ code: 422 });
});

test('an event is one object, by both of its names', () => {
  const event = {
    metadata: { name: 'e' },
    eventTime: '2026-01-01T00:00:00.000000Z',
    reportingController: 'quorate.io/operator',
    reportingInstance: 'one',
    action: 'Scale',
    reason: 'ScaledOut',
    regarding: { kind: 'StorageCluster', name: 'orders', namespace: 'shop' },
    note: 'three members',
    type: 'Normal',
  };
  model.call('POST', '/apis/events.k8s.io/v1/namespaces/shop/events', event);
  const core = model.call('GET', '/api/v1/namespaces/shop/events?fieldSelector=involvedObject.name=orders').items;
  expect(core).toMatchObject([
    { message: 'three members', involvedObject: { name: 'orders' }, reportingComponent: 'quorate.io/operator' },
  ]);
  expect(model.get('/apis/events.k8s.io/v1/namespaces/shop/events/e')).toMatchObject({
    apiVersion: 'events.k8s.io/v1',
    note: 'three members',
  });
});
