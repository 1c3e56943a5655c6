import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { KubernetesApiError, kindOfAnswer } from '../../../../src/operator/kubernetes/errors.ts';
import { kubeConfigCredentials, loadKubeConfig } from '../../../../src/operator/kubernetes/credentials.ts';
import { CLAIMS, PODS, STATEFUL_SETS, STORAGE_CLUSTERS } from '../../../../src/operator/kubernetes/resources.ts';
import { eventually, settle, VirtualTime } from '../../../support/virtual-time.ts';
import { kubeConfigFor, openFixture } from './fixture.ts';
import type { Fixture } from './fixture.ts';

const pod = { metadata: { namespace: 'shop', name: 'orders-shard-0-0' } };
const key = { namespace: 'shop', name: 'orders-shard-0-0' };

async function failureOf(promise: Promise<unknown>): Promise<KubernetesApiError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof KubernetesApiError) return error;
    throw error;
  }
  throw new Error('expected a KubernetesApiError');
}

describe('calls to the API server', () => {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = await openFixture();
  });
  afterEach(async () => fixture.close());

  test('a hundred calls share a few connections', async () => {
    const { server, client } = fixture;
    server.objects.put('v1/pods', pod);
    for (let round = 0; round < 10; round += 1) await Promise.all(Array.from({ length: 10 }, () => client.get(PODS, key)));
    expect(server.requests).toHaveLength(100);
    expect(server.connectionCount).toBeLessThanOrEqual(8);
  });

  test('fields that we do not know survive a read', async () => {
    const { server, client } = fixture;
    server.objects.put('v1/pods', { ...pod, spec: { fieldOfTomorrow: { deep: [1] } } });
    expect(await client.get(PODS, key)).toMatchObject({ spec: { fieldOfTomorrow: { deep: [1] } } });
  });

  test('every write goes out with its own content type and our field manager', async () => {
    const { server, client } = fixture;
    await client.create(PODS, pod);
    await client.apply(PODS, { apiVersion: 'v1', kind: 'Pod', metadata: { ...pod.metadata } });
    await client.mergePatch(PODS, key, { metadata: { labels: { a: 'b' } } });
    await client.patchStatus(PODS, key, { status: { phase: 'Running' } });
    expect(
      server.requests.map(({ method, contentType, query, place }) => [method, contentType, query, place.subresource]),
    ).toEqual([
      ['POST', 'application/json', { fieldManager: 'quorate-operator' }, null],
      ['PATCH', 'application/apply-patch+yaml', { fieldManager: 'quorate-operator', force: 'true' }, null],
      ['PATCH', 'application/merge-patch+json', { fieldManager: 'quorate-operator' }, null],
      ['PATCH', 'application/merge-patch+json', { fieldManager: 'quorate-operator' }, 'status'],
    ]);
    expect(server.requests.every(({ authorization }) => authorization === 'Bearer a-token')).toBe(true);
  });

  test('groups, namespaces and cluster-wide lists have their own paths, and listed objects name themselves', async () => {
    const { server, client } = fixture;
    server.objects.put('quorate.io/v1alpha1/storageclusters', { metadata: { namespace: 'shop', name: 'orders' } });
    server.objects.put('quorate.io/v1alpha1/storageclusters', { metadata: { namespace: 'bank', name: 'ledger' } });
    const everywhere = await client.list(STORAGE_CLUSTERS, null);
    const inShop = await client.list(STORAGE_CLUSTERS, 'shop');
    expect(everywhere.items.map(({ metadata }) => metadata.name)).toEqual(['ledger', 'orders']);
    expect(inShop.items).toMatchObject([
      { apiVersion: 'quorate.io/v1alpha1', kind: 'StorageCluster', metadata: { name: 'orders' } },
    ]);
  });

  test.each([
    [404, '', 'not-found'],
    [409, 'Conflict', 'conflict'],
    [409, 'AlreadyExists', 'already-exists'],
    [422, 'Invalid', 'invalid'],
    [400, 'BadRequest', 'invalid'],
    [403, 'Forbidden', 'forbidden'],
    [401, 'Unauthorized', 'forbidden'],
    [429, '', 'throttled'],
    [410, 'Expired', 'gone'],
    [504, 'Timeout', 'timeout'],
    [500, 'InternalError', 'other'],
  ] as const)('HTTP %i %s is of kind %s', (status, reason, kind) => {
    expect(kindOfAnswer(status, reason)).toBe(kind);
  });

  test('a refusal carries the reason of the Status document', async () => {
    const error = await failureOf(fixture.client.get(PODS, key));
    expect(error).toMatchObject({ kind: 'not-found', status: 404, reason: 'NotFound', code: 'KUBERNETES_NOT_FOUND' });
    expect(await fixture.client.find(PODS, key)).toBeNull();
  });

  test('S9: a deletion by UID leaves the pod that took the name', async () => {
    const { server, client } = fixture;
    const first = server.objects.put('v1/pods', pod);
    server.objects.put('v1/pods', pod, 'another-uid');
    const error = await failureOf(client.delete(PODS, key, { preconditions: { uid: first.metadata.uid } }));
    expect(error.kind).toBe('conflict');
    expect(server.objects.get('v1/pods', 'shop', pod.metadata.name)?.metadata.uid).toBe('another-uid');
    await client.delete(PODS, key, { preconditions: { uid: 'another-uid' } });
    expect(await client.find(PODS, key)).toBeNull();
  });

  test('S8: an eviction names the UID, and one that the budget forbids comes back at once', async () => {
    const { server, client } = fixture;
    const stored = server.objects.put('v1/pods', pod);
    expect((await failureOf(client.evict(key, { uid: 'of-the-pod-before' }))).kind).toBe('conflict');
    server.objects.evictionsBlocked = true;
    expect((await failureOf(client.evict(key, { uid: stored.metadata.uid }))).kind).toBe('throttled');
    expect(server.requests).toHaveLength(2);
    server.objects.evictionsBlocked = false;
    await client.evict(key, { uid: stored.metadata.uid });
    expect(server.objects.get('v1/pods', 'shop', pod.metadata.name)).toBeUndefined();
  });

  test('429 with Retry-After is obeyed, and no sooner', async () => {
    const { server, client, clock } = fixture;
    server.fail({ type: 'answer', status: 429, reason: 'TooManyRequests', retryAfterSeconds: 2 });
    const created = client.create(PODS, pod);
    await eventually('the refusal', () => server.requests.length === 1);
    await clock.advance(1_999);
    expect(server.requests).toHaveLength(1);
    await clock.advance(1_001);
    expect((await created).metadata.name).toBe(pod.metadata.name);
    expect(fixture.calls.map(({ verb, resource, code }) => `${verb} ${resource} ${code}`)).toEqual([
      'create pods 429',
      'create pods 2xx',
    ]);
  });

  test('a Retry-After that is too long for a call goes back to the caller, who can wait', async () => {
    const { server, client } = fixture;
    server.fail({ type: 'answer', status: 429, retryAfterSeconds: 60 });
    expect(await failureOf(client.get(PODS, key))).toMatchObject({ kind: 'throttled', retryAfterMs: 60_000 });
    expect(server.requests).toHaveLength(1);
  });

  test('a read is repeated after 503 and a reset, but not for ever', async () => {
    const { server, client, clock } = fixture;
    server.objects.put('v1/pods', pod);
    server.fail({ type: 'answer', status: 503 });
    server.fail({ type: 'reset' });
    const read = client.get(PODS, key);
    for (let round = 1; round <= 3; round += 1) {
      await eventually('the next attempt', () => server.requests.length >= round);
      await clock.advance(700);
    }
    expect((await read).metadata.name).toBe(pod.metadata.name);

    server.fail({ type: 'answer', status: 500 }, () => true, 100);
    const before = server.requests.length;
    const hopeless = failureOf(client.get(PODS, key));
    for (let round = 1; round <= 4; round += 1) {
      await eventually('the next attempt', () => server.requests.length >= before + round);
      await clock.advance(3_000);
    }
    expect(await hopeless).toMatchObject({ status: 500 });
    expect(server.requests.length - before).toBe(4);
  });

  test('S14: a write whose answer was lost is not repeated: the caller has to look', async () => {
    const { server, client } = fixture;
    server.fail({ type: 'lost-answer' });
    expect((await failureOf(client.create(PODS, pod))).kind).toBe('unreachable');
    server.fail({ type: 'answer', status: 500 });
    expect((await failureOf(client.mergePatch(PODS, key, {}))).status).toBe(500);
    expect(server.requests).toHaveLength(2);
    expect(server.objects.get('v1/pods', 'shop', pod.metadata.name)).toBeDefined();
  });

  test('a call that is never answered ends at its deadline', async () => {
    const { server, client, clock } = fixture;
    server.fail({ type: 'hang' });
    const failed = failureOf(client.mergePatch(CLAIMS, key, {}));
    await eventually('the call', () => server.requests.length === 1);
    await clock.advance(9_999);
    let settled = false;
    void failed.then(() => (settled = true));
    await settle();
    expect(settled).toBe(false);
    await clock.advance(1);
    expect(await failed).toMatchObject({ kind: 'timeout', status: 0 });
    expect(clock.timerCount).toBe(0);
  });

  test('a call whose caller gives up ends at once', async () => {
    const { server, client } = fixture;
    server.fail({ type: 'hang' });
    const controller = new AbortController();
    const failed = failureOf(client.get(STATEFUL_SETS, key, { signal: controller.signal }));
    await eventually('the call', () => server.requests.length === 1);
    controller.abort(new Error('the lease is lost'));
    expect(await failed).toMatchObject({ kind: 'timeout', cause: new Error('the lease is lost') });
    expect((await failureOf(client.get(STATEFUL_SETS, key, { signal: controller.signal }))).kind).toBe('timeout');
    expect(server.requests).toHaveLength(1);
  });
});

describe('credentials', () => {
  test('a rotated token is taken up without a restart, and at once after a 401', async () => {
    const clock = new VirtualTime();
    const config = kubeConfigFor('https://kubernetes.example:6443/base');
    const source = kubeConfigCredentials(config, clock);
    expect((await source.read()).headers.Authorization).toBe('Bearer a-token');
    config.users = [{ name: 'operator', token: 'rotated' }];
    expect((await source.read()).headers.Authorization).toBe('Bearer a-token');
    source.forget();
    const fresh = await source.read();
    expect(fresh.headers.Authorization).toBe('Bearer rotated');
    expect(fresh.server.pathname).toBe('/base');
    config.users = [{ name: 'operator', token: 'again' }];
    await clock.advance(10_000);
    expect((await source.read()).headers.Authorization).toBe('Bearer again');
  });

  test('another CA is another TLS identity, a token is not', async () => {
    const read = async (ca: string, token: string): Promise<string> => {
      const config = kubeConfigFor('https://kubernetes.example');
      config.clusters = [{ name: 'fake', server: 'https://kubernetes.example', skipTLSVerify: false, caData: ca }];
      config.users = [{ name: 'operator', token }];
      return (await kubeConfigCredentials(config, new VirtualTime()).read()).tlsFingerprint;
    };
    const ca = Buffer.from('one').toString('base64');
    expect(await read(ca, 'x')).toBe(await read(ca, 'y'));
    expect(await read(ca, 'x')).not.toBe(await read(Buffer.from('two').toString('base64'), 'x'));
  });

  test('a kubeconfig that cannot be used is refused with the reason', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'quorate-kubeconfig-'));
    try {
      expect(() => loadKubeConfig(join(folder, 'missing'))).toThrow(expect.objectContaining({ code: 'KUBECONFIG_UNUSABLE' }));
      const path = join(folder, 'config');
      await writeFile(path, JSON.stringify({ clusters: [], users: [], contexts: [], 'current-context': '' }));
      expect(() => kubeConfigCredentials(loadKubeConfig(path), new VirtualTime())).toThrow('no current cluster');
    } finally {
      await rm(folder, { recursive: true });
    }
    const behindProxy = kubeConfigFor('https://kubernetes.example');
    behindProxy.clusters = [{ name: 'fake', server: 'https://k', skipTLSVerify: false, proxyUrl: 'http://proxy' }];
    expect(() => kubeConfigCredentials(behindProxy, new VirtualTime())).toThrow('behind a proxy');
  });
});
