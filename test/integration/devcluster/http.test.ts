/** The model over HTTP: what a client looks up, the production transport against it, and tables for people. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { load } from 'js-yaml';
import { ApiHttpServer } from '../../../src/devcluster/http/server.ts';
import { makeCertificate } from '../../../src/devcluster/identity/certificate.ts';
import { kubeConfigCredentials } from '../../../src/operator/kubernetes/credentials.ts';
import { HttpTransport } from '../../../src/operator/kubernetes/http-transport.ts';
import { KubernetesClient } from '../../../src/operator/kubernetes/client.ts';
import { CONFIG_MAPS, STATEFUL_SETS } from '../../../src/operator/kubernetes/resources.ts';
import { SYSTEM_CLOCK } from '../../../src/operator/system.ts';
import { SeededRandom } from '../../../src/shared/random.ts';
import { field, statefulSet } from '../../support/model-api.ts';
import { ClusterFixture } from '../../support/model-cluster.ts';
import { eventually } from '../../support/virtual-time.ts';
import { kubeConfigFor } from '../../unit/operator/runtime/fixture.ts';

const maps = '/api/v1/namespaces/shop/configmaps';
const asTable = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };

let model: ClusterFixture;
let server: ApiHttpServer;
let url: string;
beforeEach(async () => {
  model = new ClusterFixture();
  model.namespace('shop');
  model.cluster.addNodes(3);
  await model.clock.advance(1_000);
  server = new ApiHttpServer({ api: model.api, clock: model.clock });
  url = `http://127.0.0.1:${await server.listen(0)}`;
});
afterEach(async () => {
  model.cluster.stop();
  await server.close();
});

async function get(path: string, headers: Record<string, string> = {}): Promise<unknown> {
  const response = await fetch(`${url}${path}`, { headers });
  expect(response.status).toBe(200);
  return response.json();
}

describe('what a client looks up', () => {
  test('groups, versions and kinds, with their verbs, short names and subresources', async () => {
    expect(await get('/version')).toMatchObject({ major: '1', minor: '34' });
    expect(await get('/apis')).toMatchObject({ kind: 'APIGroupList' });
    const apps = (await get('/apis/apps/v1')) as { readonly resources: readonly { readonly name: string }[] };
    expect(apps.resources.find(({ name }) => name === 'statefulsets')).toMatchObject({
      kind: 'StatefulSet',
      shortNames: ['sts'],
      namespaced: true,
    });
    expect(apps.resources.map(({ name }) => name)).toContain('statefulsets/scale');
    expect((await fetch(`${url}/apis/nobody.io/v1`)).status).toBe(404);
    expect(await (await fetch(`${url}/readyz`)).text()).toBe('ok');
  });

  test('a kind that is defined appears, with its columns and its schema', async () => {
    const definition = load(readFileSync('crds/quorate.io_storageclusters.yaml', 'utf8'));
    model.call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
    model.call('POST', '/apis/quorate.io/v1alpha1/namespaces/shop/storageclusters', {
      metadata: { name: 'orders' },
      spec: { version: '0.1.0' },
    });
    expect(await get('/apis/quorate.io/v1alpha1')).toMatchObject({
      resources: [{ name: 'storageclusters', shortNames: ['stc'] }, {}, {}],
    });
    const document = await get('/openapi/v3/apis/quorate.io/v1alpha1');
    const schemas = field(document, 'components.schemas') as Record<string, unknown>;
    expect(field(schemas['io.quorate.v1alpha1.StorageCluster'], 'properties.spec.properties.replicas')).toMatchObject({
      type: 'integer',
    });
    const table = await get('/apis/quorate.io/v1alpha1/namespaces/shop/storageclusters', asTable);
    expect((field(table, 'columnDefinitions') as readonly { readonly name: string }[]).map(({ name }) => name)).toEqual([
      'Name',
      'Ready',
      'Leader',
      'Term',
      'Quorum',
      'Version',
      'Phase',
      'Age',
    ]);
    expect(field(table, 'rows.0.cells.0')).toBe('orders');
  });

  test('OpenAPI says how lists merge and that the server checks fields', async () => {
    expect(field(await get('/openapi/v3'), 'paths')).toHaveProperty(['apis/apps/v1']);
    const document = (await get('/openapi/v3/apis/apps/v1')) as {
      readonly components: { readonly schemas: Record<string, unknown> };
      readonly paths: Record<string, unknown>;
    };
    const spec = document.components.schemas['io.k8s.api.core.v1.PodSpec'];
    expect(field(spec, 'properties.containers')).toMatchObject({
      'x-kubernetes-patch-merge-key': 'name',
      'x-kubernetes-list-type': 'map',
    });
    const path = document.paths['/apis/apps/v1/namespaces/{namespace}/statefulsets/{name}'];
    expect(field(path, 'patch.parameters')).toContainEqual({ name: 'fieldValidation', in: 'query', schema: { type: 'string' } });
  });
});

describe('the production transport', () => {
  test('creates, applies, lists, watches and deletes, and meets refusals as errors', async () => {
    const credentials = kubeConfigCredentials(kubeConfigFor(url), SYSTEM_CLOCK);
    const transport = new HttpTransport({ credentials, clock: SYSTEM_CLOCK, userAgent: 'quorate-operator/test' });
    const client = new KubernetesClient({ transport, clock: SYSTEM_CLOCK, random: new SeededRandom(1) });
    const { resourceVersion } = await client.list(CONFIG_MAPS, 'shop', {});
    const aborter = new AbortController();
    const events: string[] = [];
    const query = { resourceVersion, allowWatchBookmarks: 'true' };
    const stream = await transport.watch({ resource: CONFIG_MAPS, namespace: 'shop', query, signal: aborter.signal });
    const reading = (async () => {
      for await (const { type, object } of stream) events.push(`${type} ${String(field(object, 'metadata.name'))}`);
    })();
    await client.create(CONFIG_MAPS, { metadata: { name: 'a', namespace: 'shop' } });
    await expect(client.create(CONFIG_MAPS, { metadata: { name: 'a', namespace: 'shop' } })).rejects.toMatchObject({
      kind: 'already-exists',
    });
    const applied = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'shop' }, data: { x: 'y' } };
    await expect(client.apply(CONFIG_MAPS, applied)).resolves.toMatchObject({ data: { x: 'y' } });
    await expect(
      client.delete(CONFIG_MAPS, { namespace: 'shop', name: 'a' }, { preconditions: { uid: 'other' } }),
    ).rejects.toMatchObject({ kind: 'conflict' });
    await client.delete(CONFIG_MAPS, { namespace: 'shop', name: 'a' });
    await eventually('the events', () => events.length === 3);
    expect(events).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']);
    model.api.watches.endAll();
    await reading;
    aborter.abort();
    expect(await client.find(STATEFUL_SETS, { namespace: 'shop', name: 'none' })).toBeNull();
    await transport.close();
  });
});

describe('tables', () => {
  test('pods as people read them, and as they change', async () => {
    model.call(
      'POST',
      '/apis/apps/v1/namespaces/shop/statefulsets',
      statefulSet('orders', { podManagementPolicy: 'Parallel', replicas: 2 }),
    );
    await model.until('both', () => model.readyPods().length === 2);
    const pods = '/api/v1/namespaces/shop/pods';
    const table = await get(pods, asTable);
    expect(table).toMatchObject({
      kind: 'Table',
      rows: [
        { cells: ['orders-0', '1/1', 'Running', 0, expect.stringMatching(/^\d+s$/) as unknown, '10.244.0.1', 'worker-1'] },
        {},
      ],
    });
    expect(field(await get(`${pods}/orders-1`, asTable), 'rows.0.cells.0')).toBe('orders-1');
    expect(field(await get('/apis/apps/v1/namespaces/shop/statefulsets', asTable), 'rows.0.cells.1')).toBe('2/2');
    const response = await fetch(`${url}${pods}?watch=true&timeoutSeconds=1`, { headers: asTable });
    await model.clock.advance(1_000);
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(lines.map((line) => field(line, 'object.rows.0.cells.0'))).toEqual(['orders-0', 'orders-1']);
    expect(field(lines[0], 'object.columnDefinitions')).toHaveLength(7);
    expect(field(lines[1], 'object.columnDefinitions')).toBeNull();
  });
});

describe('bad requests', () => {
  test.each([
    ['POST', maps, '{', 'application/json', 400],
    ['POST', maps, 'x', 'application/vnd.kubernetes.protobuf', 415],
    ['PATCH', `${maps}/kube-root-ca.crt`, '[]', 'text/plain', 415],
    ['GET', '/nowhere', undefined, 'application/json', 404],
    ['GET', '/api/v1/namespaces/%zz/pods', undefined, 'application/json', 400],
  ])('%s %s %s', async (method, path, body, contentType, code) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': contentType },
      ...(body === undefined ? {} : { body }),
    });
    expect([response.status, field(await response.json(), 'kind')]).toEqual([code, 'Status']);
  });

  test('a body that is larger than any object may be', async () => {
    const response = await fetch(`${url}${maps}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'x'.repeat(4 * 1024 * 1024),
    }).catch(() => null);
    // Refused with an answer, or cut off in the middle of sending.
    expect(response === null || response.status === 413).toBe(true);
  });

  test('YAML is read where it is sent', async () => {
    const body = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: y}\ndata: {a: b}\n';
    const headers = { 'content-type': 'application/apply-patch+yaml' };
    const response = await fetch(`${url}${maps}/y?fieldManager=me`, { method: 'PATCH', headers, body });
    expect(response.status).toBe(201);
    expect(model.get(`${maps}/y`).data).toEqual({ a: 'b' });
  });
});

test('it closes at once, also on clients that are in the middle of a handshake, or past it and silent', async () => {
  const secure = makeCertificate('devcluster', [], ['127.0.0.1'], Date.now());
  const other = new ApiHttpServer({ api: model.api, clock: model.clock, secure });
  const port = await other.listen(0);
  const early = connect(port, '127.0.0.1');
  await once(early, 'connect');
  // Taken after the one before it.
  const late = connectSecurely({ port, host: '127.0.0.1', ca: secure.certificate });
  await once(late, 'secureConnect');
  for (const socket of [early, late]) socket.on('error', () => undefined);
  await Promise.all([once(early, 'close'), once(late, 'close'), other.close()]);
});
