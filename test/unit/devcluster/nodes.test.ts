/** Nodes, what runs on them and where: scheduling, volumes, containers, and nodes that are lost. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { field, statefulSet } from '../../support/model-api.ts';
import { ClusterFixture } from '../../support/model-cluster.ts';

const shop = '/api/v1/namespaces/shop';
const pods = `${shop}/pods`;
const claims = `${shop}/persistentvolumeclaims`;
const volumes = '/api/v1/persistentvolumes';
const nodes = '/api/v1/nodes';
const sets = '/apis/apps/v1/namespaces/shop/statefulsets';
const parallel = { podManagementPolicy: 'Parallel', updateStrategy: { type: 'OnDelete' } };

let model: ClusterFixture;
beforeEach(async () => {
  model = new ClusterFixture();
  model.namespace('shop');
  model.cluster.addNodes(3);
  await model.clock.advance(1_000);
});
afterEach(() => model.cluster.stop());

function pod(name: string, spec: object = {}, container: object = {}): object {
  return { metadata: { name, labels: { app: 'a' } }, spec: { containers: [{ name: 'c', image: 'a:1', ...container }], ...spec } };
}

function claim(name: string, spec: object = {}): object {
  return { metadata: { name }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec } };
}

function withClaim(name: string): object {
  return { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: name } }] };
}

async function running(name: string): Promise<void> {
  await model.until(`${name} is ready`, () => model.readyPods().includes(name));
}

function scheduled(name: string): unknown {
  return model.pod(name).status.conditions?.find(({ type }) => type === 'PodScheduled');
}

describe('scheduling', () => {
  test('pods of a kind spread over nodes', async () => {
    const preferred = [
      { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'a' } } } },
    ];
    const affinity = { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } };
    for (const name of ['a', 'b', 'c', 'd']) model.call('POST', pods, pod(name, { affinity }));
    await running('d');
    const used = model.get(pods).items.map((one) => String(field(one, 'spec.nodeName')));
    expect(new Set(used).size).toBe(3);
  });

  test('pods of a set spread even before their volumes are made', async () => {
    const template = {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    };
    model.call('POST', sets, statefulSet('orders', { ...parallel, replicas: 3, volumeClaimTemplates: [template] }));
    await running('orders-2');
    const used = model.get(pods).items.map((one) => String(field(one, 'spec.nodeName')));
    expect(new Set(used).size).toBe(3);
  });

  test('what anti-affinity requires keeps a pod waiting, and says why', async () => {
    const required = [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'a' } } }];
    const affinity = { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } };
    for (const name of ['a', 'b', 'c', 'd']) model.call('POST', pods, pod(name, { affinity }));
    await running('c');
    expect(scheduled('d')).toMatchObject({
      status: 'False',
      reason: 'Unschedulable',
      message: "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.",
    });
    expect(model.reasons('d')).toEqual(['FailedScheduling']);
    model.call('DELETE', `${pods}/a`);
    await running('d');
  });

  test('a spread that may not be uneven', async () => {
    const constraint = {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'a' } },
    };
    model.merge(`${nodes}/worker-3`, { spec: { unschedulable: true } });
    for (const name of ['a', 'b', 'c']) model.call('POST', pods, pod(name, { topologySpreadConstraints: [constraint] }));
    await running('b');
    await model.clock.advance(1_000);
    expect(scheduled('c')).toMatchObject({ status: 'False' });
    model.merge(`${nodes}/worker-3`, { spec: { unschedulable: null } });
    await running('c');
    expect(model.pod('c').spec.nodeName).toBe('worker-3');
  });

  test('selectors, taints and room', async () => {
    model.merge(`${nodes}/worker-2`, { metadata: { labels: { disk: 'fast' } } });
    model.call('POST', pods, pod('picky', { nodeSelector: { disk: 'fast' } }));
    await running('picky');
    expect(model.pod('picky').spec.nodeName).toBe('worker-2');
    for (const name of ['worker-1', 'worker-2', 'worker-3'])
      model.merge(`${nodes}/${name}`, { spec: { taints: [{ key: 'x', value: 'y', effect: 'NoSchedule' }] } });
    model.call('POST', pods, pod('kept-away'));
    model.call('POST', pods, pod('tolerant', { tolerations: [{ key: 'x', value: 'y' }] }));
    await running('tolerant');
    expect(scheduled('kept-away')).toMatchObject({ message: '0/3 nodes are available: 3 node(s) had untolerated taint {x: y}.' });
    const huge = { resources: { requests: { memory: '20Gi' } } };
    model.call('POST', pods, pod('huge', { tolerations: [{ operator: 'Exists' }] }, huge));
    await model.clock.advance(1_000);
    expect(scheduled('huge')).toMatchObject({ message: '0/3 nodes are available: 3 Insufficient memory.' });
  });

  test('without a node there is nowhere to go', async () => {
    for (const name of ['worker-1', 'worker-2', 'worker-3']) model.call('DELETE', `${nodes}/${name}`);
    model.call('POST', pods, pod('a'));
    await model.clock.advance(1_000);
    expect(scheduled('a')).toMatchObject({ message: 'no nodes available to schedule pods' });
  });
});

describe('volumes', () => {
  test('a claim that waits for its pod is provisioned where the pod runs, and keeps it there', async () => {
    model.call('POST', claims, claim('data'));
    await model.clock.advance(1_000);
    expect(field(model.get(`${claims}/data`), 'status.phase')).toBe('Pending');
    model.call('POST', pods, pod('a', withClaim('data')));
    await running('a');
    const bound = model.get(`${claims}/data`);
    const node = model.pod('a').spec.nodeName ?? '';
    expect(bound).toMatchObject({
      spec: { storageClassName: 'standard' },
      status: { phase: 'Bound', capacity: { storage: '1Gi' } },
    });
    expect(model.get(`${volumes}/pvc-${bound.metadata.uid}`)).toMatchObject({
      spec: {
        claimRef: { name: 'data', uid: bound.metadata.uid },
        persistentVolumeReclaimPolicy: 'Delete',
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ values: [node] }] }] } },
      },
      status: { phase: 'Bound' },
    });
    model.call('DELETE', `${pods}/a`);
    model.merge(`${nodes}/${node}`, { spec: { unschedulable: true } });
    await model.until('the pod', () => !model.exists(`${pods}/a`));
    model.call('POST', pods, pod('a', withClaim('data')));
    await model.clock.advance(2_000);
    expect(scheduled('a')).toMatchObject({
      message: '0/3 nodes are available: 1 node(s) were unschedulable, 2 node(s) had volume node affinity conflict.',
    });
  });

  test('a claim in use stays until its pod is gone; then its volume is deleted, or kept as its policy says', async () => {
    for (const name of ['kept', 'lost']) {
      model.call('POST', claims, claim(name));
      model.call('POST', pods, pod(name, withClaim(name)));
      await running(name);
    }
    const volumeOf = (name: string): string => `${volumes}/${String(field(model.get(`${claims}/${name}`), 'spec.volumeName'))}`;
    const [kept, lost] = [volumeOf('kept'), volumeOf('lost')];
    model.merge(kept, { spec: { persistentVolumeReclaimPolicy: 'Retain' } });
    for (const name of ['kept', 'lost']) model.call('DELETE', `${claims}/${name}`);
    await model.clock.advance(5_000);
    expect(model.names(claims)).toEqual(['kept', 'lost']);
    for (const name of ['kept', 'lost']) model.call('DELETE', `${pods}/${name}`);
    await model.until('the claims', () => model.names(claims).length === 0);
    await model.clock.advance(1_000);
    expect([field(model.get(kept), 'status.phase'), model.exists(lost)]).toEqual(['Released', false]);
  });

  test('a volume by hand: a promise to a claim is kept, and a claim without class waits', async () => {
    const volume = {
      capacity: { storage: '5Gi' },
      accessModes: ['ReadWriteOnce'],
      hostPath: { path: '/x' },
      claimRef: { namespace: 'shop', name: 'mine' },
    };
    model.call('POST', volumes, { metadata: { name: 'v' }, spec: volume });
    model.call('POST', claims, claim('other', { storageClassName: '' }));
    model.call('POST', claims, claim('mine', { storageClassName: '' }));
    await model.clock.advance(1_000);
    expect(model.get(`${claims}/mine`)).toMatchObject({
      spec: { volumeName: 'v' },
      status: { phase: 'Bound', capacity: { storage: '5Gi' } },
    });
    expect(field(model.get(`${claims}/other`), 'status.phase')).toBe('Pending');
  });

  test('a volume that is gone leaves its claim lost', async () => {
    model.call('POST', claims, claim('data'));
    model.call('POST', pods, pod('a', withClaim('data')));
    await running('a');
    const volume = `${volumes}/${String(field(model.get(`${claims}/data`), 'spec.volumeName'))}`;
    model.merge(volume, { metadata: { finalizers: null } });
    model.call('DELETE', volume);
    await model.clock.advance(1_000);
    expect(field(model.get(`${claims}/data`), 'status.phase')).toBe('Lost');
  });

  test('a claim grows while a pod uses it, never shrinks, and only if its class lets it', async () => {
    model.call('POST', claims, claim('data'));
    expect(
      model.refusal(
        'PATCH',
        `${claims}/data`,
        { spec: { resources: { requests: { storage: '2Gi' } } } },
        { contentType: 'application/merge-patch+json' },
      ),
    ).toMatchObject({ code: 422 });
    model.call('POST', pods, pod('a', withClaim('data')));
    await running('a');
    model.merge(`${claims}/data`, { spec: { resources: { requests: { storage: '2Gi' } } } });
    await model.clock.advance(1_000);
    expect(field(model.get(`${claims}/data`), 'status')).toMatchObject({ capacity: { storage: '2Gi' } });
    const shrink = { spec: { resources: { requests: { storage: '1Gi' } } } };
    expect(model.refusal('PATCH', `${claims}/data`, shrink, { contentType: 'application/merge-patch+json' }).message).toContain(
      'field can not be less than status.capacity',
    );
    model.merge('/apis/storage.k8s.io/v1/storageclasses/standard', { allowVolumeExpansion: false });
    const grow = { spec: { resources: { requests: { storage: '3Gi' } } } };
    expect(model.refusal('PATCH', `${claims}/data`, grow, { contentType: 'application/merge-patch+json' })).toMatchObject({
      code: 403,
      reason: 'Forbidden',
    });
  });

  test('without a pod on it the file system waits', async () => {
    model.call('POST', claims, claim('data'));
    model.call('POST', pods, pod('a', withClaim('data')));
    await running('a');
    model.call('DELETE', `${pods}/a`);
    await model.until('the pod', () => !model.exists(`${pods}/a`));
    model.merge(`${claims}/data`, { spec: { resources: { requests: { storage: '2Gi' } } } });
    await model.clock.advance(5_000);
    expect(field(model.get(`${claims}/data`), 'status')).toMatchObject({
      capacity: { storage: '1Gi' },
      conditions: [{ type: 'FileSystemResizePending', status: 'True' }],
    });
    model.call('POST', pods, pod('a', withClaim('data')));
    await running('a');
    const status = field(model.get(`${claims}/data`), 'status');
    expect(status).toMatchObject({ capacity: { storage: '2Gi' } });
    expect(status).not.toHaveProperty('conditions');
  });
});

describe('containers', () => {
  const http = (path: string): object => ({ httpGet: { path, port: 80 }, periodSeconds: 1, failureThreshold: 2 });
  const container = (name: string): unknown => field(model.pod(name), 'status.containerStatuses.0');

  test('a pod becomes ready with its probe, and unready with it', async () => {
    let answers = false;
    model.behaviour.ready = () => answers;
    model.call('POST', pods, pod('a', {}, { readinessProbe: http('/readyz') }));
    await model.clock.advance(5_000);
    expect(model.pods()).toEqual(['a Running unready']);
    expect(model.pod('a').status).toMatchObject({ podIP: '10.244.0.1', hostIP: expect.stringMatching(/^10\.0\.0\./) as unknown });
    answers = true;
    await running('a');
    answers = false;
    await model.clock.advance(1_500);
    expect(model.readyPods()).toEqual(['a']);
    await model.clock.advance(1_500);
    expect(model.readyPods()).toEqual([]);
    expect(container('a')).toMatchObject({ restartCount: 0, ready: false });
  });

  test('the startup probe holds the others back; a liveness probe that fails restarts the container', async () => {
    model.behaviour.healthy = () => false;
    model.call(
      'POST',
      pods,
      pod('a', {}, { startupProbe: { ...http('/started'), failureThreshold: 10 }, livenessProbe: http('/healthz') }),
    );
    await model.clock.advance(6_000);
    expect(container('a')).toMatchObject({ restartCount: 0, started: false });
    model.behaviour.healthy = () => true;
    await running('a');
    model.behaviour.healthy = () => false;
    await model.until('the restart', () => field(container('a'), 'restartCount') === 1);
    expect(model.reasons('a')).toContain('Killing');
  });

  test('restarts back off: at once, then 10 s, 20 s, 40 s', async () => {
    model.call('POST', pods, pod('a'));
    await running('a');
    const { uid } = model.pod('a').metadata;
    const crash = async (): Promise<number> => {
      const before = model.started.length;
      const fromMs = model.clock.monotonicMs();
      model.runtime.crash(uid, { exitCode: 3, reason: 'Error' });
      await model.until('the next start', () => model.started.length > before);
      return Math.round((model.clock.monotonicMs() - fromMs) / 1_000);
    };
    expect([await crash(), await crash(), await crash(), await crash()]).toEqual([0, 10, 20, 40]);
    model.runtime.crash(uid, { exitCode: 3, reason: 'Error' });
    await model.clock.advance(100);
    expect(container('a')).toMatchObject({
      restartCount: 5,
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 3, reason: 'Error' } },
    });
  });

  test('an image that is not there: ErrImagePull, ImagePullBackOff, and up as soon as it is', async () => {
    model.behaviour.hasImage = () => false;
    model.call('POST', pods, pod('a'));
    await model.clock.advance(500);
    expect(container('a')).toMatchObject({ state: { waiting: { reason: 'ErrImagePull' } } });
    await model.clock.advance(2_000);
    expect(container('a')).toMatchObject({ state: { waiting: { reason: 'ImagePullBackOff' } } });
    expect(model.pods()).toEqual(['a Pending unready']);
    model.behaviour.hasImage = () => true;
    await running('a');
  });

  test('what is mounted has to be there first; the environment is looked up', async () => {
    const env = [
      { name: 'NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'GREETING', value: 'hello $(NAME) $$(NAME) $(NOBODY)' },
      { name: 'LIMIT', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } },
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
      { name: 'EMPTY', value: '' },
    ];
    const volumeMounts = [{ name: 'files', mountPath: '/etc/files' }];
    const resources = { limits: { memory: '1Mi' } };
    const volumesOfPod = [{ name: 'files', secret: { secretName: 's' } }];
    model.call('POST', pods, pod('a', { volumes: volumesOfPod }, { env, volumeMounts, resources, args: ['--name=$(NAME)'] }));
    await model.clock.advance(3_000);
    expect(model.reasons('a')).toContain('FailedMount');
    expect(model.started).toEqual([]);
    model.call('POST', `${shop}/secrets`, { metadata: { name: 's' }, stringData: { k: 'secret' } });
    await running('a');
    const [request] = model.requests;
    const seen = { NAME: 'a', GREETING: 'hello a $(NAME) $(NOBODY)', LIMIT: '1048576', PASSWORD: 'secret', EMPTY: '' };
    expect(request?.env).toEqual(seen);
    expect(request?.args).toEqual(['--name=a']);
    expect(request?.mounts[0]).toMatchObject({ mountPath: '/etc/files', source: { type: 'files', files: { k: 'c2VjcmV0' } } });
  });

  test('a pod that goes has its grace; what does not listen is killed at its end', async () => {
    model.behaviour.stopMs = null;
    model.call('POST', pods, pod('a', { terminationGracePeriodSeconds: 10 }));
    await running('a');
    model.call('DELETE', `${pods}/a`);
    await model.clock.advance(9_000);
    expect(model.pods()).toEqual(['a Running ready going']);
    await model.clock.advance(1_500);
    expect(model.pods()).toEqual([]);
  });

  test('init containers come first, one after the other; a pod that is to end ends', async () => {
    const initContainers = [
      { name: 'one', image: 'init:1' },
      { name: 'two', image: 'init:2' },
    ];
    model.call('POST', pods, pod('a', { initContainers, restartPolicy: 'Never' }));
    await model.clock.advance(1_000);
    const { uid } = model.pod('a').metadata;
    const done = { exitCode: 0, reason: 'Completed' };
    expect(model.started).toEqual(['a init:1']);
    model.runtime.crash(uid, done);
    await model.clock.advance(1_000);
    model.runtime.crash(uid, done);
    await model.clock.advance(1_000);
    expect(model.started).toEqual(['a init:1', 'a init:2', 'a a:1']);
    model.runtime.crash(uid, done);
    await model.clock.advance(1_000);
    expect(model.pods()).toEqual(['a Succeeded unready']);
  });
});

describe('nodes that are lost', () => {
  const ready = (name: string): unknown =>
    (field(model.get(`${nodes}/${name}`), 'status.conditions') as readonly { type: string; status: string }[]).find(
      ({ type }) => type === 'Ready',
    )?.status;
  const taintsOf = (name: string): readonly unknown[] =>
    ((field(model.get(`${nodes}/${name}`), 'spec.taints') ?? []) as readonly { key: string; effect: string }[]).map(
      ({ key, effect }) => `${key.split('/')[1] ?? key} ${effect}`,
    );

  async function onWorker(spec: object = {}): Promise<string> {
    model.call('POST', pods, pod('a', spec));
    await running('a');
    return model.pod('a').spec.nodeName ?? '';
  }

  test('a node that is not heard of is Unknown after 50 s, its pods are unready, and leave after their 5 minutes', async () => {
    const node = await onWorker();
    model.cluster.node(node).cutOff();
    await model.clock.advance(40_000);
    expect(ready(node)).toBe('True');
    await model.clock.advance(21_000);
    expect([ready(node), taintsOf(node), model.pods()]).toEqual([
      'Unknown',
      ['unreachable NoSchedule', 'unreachable NoExecute'],
      ['a Running unready'],
    ]);
    await model.clock.advance(280_000);
    expect(model.pod('a').metadata.deletionTimestamp).toBeUndefined();
    await model.clock.advance(25_000);
    // Nobody there can confirm that it has stopped: it stays, on its way out.
    expect(model.pods()).toEqual(['a Running unready going']);
    await model.clock.advance(600_000);
    expect(model.pods()).toEqual(['a Running unready going']);
    expect(model.cluster.node(node).pods).toHaveLength(1);
    model.cluster.node(node).recover();
    await model.clock.advance(2_000);
    expect([ready(node), taintsOf(node), model.pods()]).toEqual(['True', [], []]);
  });

  test('a node that comes back in time has its pods as they were', async () => {
    const node = await onWorker();
    model.cluster.node(node).cutOff();
    await model.clock.advance(120_000);
    model.cluster.node(node).recover();
    await model.clock.advance(1_000);
    expect([model.pods(), model.started.length]).toEqual([['a Running ready'], 1]);
  });

  test('after a power cut containers start again on the same pod', async () => {
    const node = await onWorker();
    model.cluster.node(node).cutPower();
    expect(model.cluster.node(node).pods).toEqual([]);
    await model.clock.advance(20_000);
    model.cluster.node(node).recover();
    await running('a');
    await model.until('the second start', () => model.started.length === 2);
  });

  test('a node object that is deleted takes its pods with it, after a while', async () => {
    const node = await onWorker();
    model.cluster.destroyNode(node);
    model.call('DELETE', `${nodes}/${node}`);
    await model.clock.advance(30_000);
    expect(model.pods()).toHaveLength(1);
    await model.clock.advance(15_000);
    expect(model.pods()).toEqual([]);
  });

  test('a node that is declared out of service lets its pods go', async () => {
    const node = await onWorker();
    model.cluster.destroyNode(node);
    await model.clock.advance(65_000);
    model.merge(`${nodes}/${node}`, {
      spec: { taints: [{ key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' }] },
    });
    await model.until('the pod', () => model.pods().length === 0, 10_000);
  });

  test('a cordoned node keeps its pods and gets no more', async () => {
    const node = await onWorker();
    model.merge(`${nodes}/${node}`, { spec: { unschedulable: true } });
    await model.clock.advance(1_000);
    expect([taintsOf(node), model.pods()]).toEqual([['unschedulable NoSchedule'], ['a Running ready']]);
    model.merge(`${nodes}/${node}`, { spec: { unschedulable: null } });
    await model.clock.advance(1_000);
    expect(taintsOf(node)).toEqual([]);
  });

  test('a StatefulSet pod on a lost node is not replaced until it is gone', async () => {
    model.call('POST', sets, statefulSet('orders', { ...parallel, replicas: 1 }));
    await running('orders-0');
    const { metadata, spec } = model.pod('orders-0');
    model.cluster.node(spec.nodeName ?? '').cutPower();
    await model.clock.advance(500_000);
    expect(model.pod('orders-0').metadata.uid).toBe(metadata.uid);
    model.call('DELETE', `${pods}/orders-0`, { gracePeriodSeconds: 0 });
    await running('orders-0');
    expect(model.pod('orders-0').spec.nodeName).not.toBe(spec.nodeName);
  });

  test('at rest nothing but the nodes’ own Leases is written', async () => {
    model.call('POST', sets, statefulSet('orders', { ...parallel, replicas: 3 }));
    await model.until('three', () => model.readyPods().length === 3);
    await model.clock.advance(5_000);
    const written = new Set<string>();
    const stop = model.api.store.onChange(({ collection }) => written.add(collection));
    await model.clock.advance(120_000);
    stop();
    expect([...written]).toEqual(['coordination.k8s.io/leases']);
  });
});
