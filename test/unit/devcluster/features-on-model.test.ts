/** The operator's features against the model of Kubernetes: its scheduler, volumes, resizer, StatefulSet controller and nodes, on virtual time. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import chart from '../../../src/cli/dev/chart-manifests.json' with { type: 'json' };
import { field } from '../../support/model-api.ts';
import { clusters, OperatorModel } from '../../support/operator-model.ts';

/** Minutes of virtual time are seconds of real time. */
jest.setTimeout(120_000);

const orders = `${clusters}/orders`;
const shop = '/api/v1/namespaces/shop';
const claims = `${shop}/persistentvolumeclaims`;
const volumes = '/api/v1/persistentvolumes';
const nodes = '/api/v1/nodes';
const set = '/apis/apps/v1/namespaces/shop/statefulsets/orders-shard-0';

let model: OperatorModel;
beforeEach(() => {
  model = new OperatorModel();
});
/** In the place of the one with five machines. */
async function withMachines(machines: number): Promise<void> {
  await model.stop();
  model = new OperatorModel({ machines });
}
afterEach(async () => {
  await model.stop();
});

async function founded(spec: object = {}): Promise<void> {
  // Every machine has registered, so that members spread over them.
  await model.clock.advance(5_000);
  model.run('one');
  const metadata = { name: 'orders', namespace: 'shop' };
  const body = { apiVersion: 'quorate.io/v1alpha1', kind: 'StorageCluster', metadata, spec: { version: '0.1.0', ...spec } };
  model.apply(orders, body, 'kubectl');
  await model.untilReady(3);
}

const change = (spec: object) => model.merge(orders, { spec });
const at = (path: string, what: string) => field(model.get(path), what);
const status = (what: string) => at(orders, `status.${what}`);
const volumeOf = (member: string) => String(at(`${claims}/data-${member}`, 'spec.volumeName'));
const nodeOf = (member: string) => String(at(`${shop}/pods/${member}`, 'spec.nodeName'));
const podUids = () => model.get(`${shop}/pods`).items.map(({ metadata }) => metadata.uid);

function condition(type: string): string {
  const all = status('conditions') as readonly { readonly type: string; readonly status: string; readonly reason: string }[];
  const found = all.find((candidate) => candidate.type === type);
  return `${found?.status ?? '-'} ${found?.reason ?? '-'}`;
}

function gates(): readonly string[] {
  const all = (status('blockedBy') ?? []) as readonly { readonly gate: string; readonly member?: string }[];
  return all.map(({ gate, member }) => (member === undefined ? gate : `${gate} ${member}`));
}

function listed(): readonly string[] {
  return (status('configuration.members') as readonly { readonly id: string }[]).map(({ id }) => id);
}

function idOf(member: string): string {
  const all = status('configuration.members') as readonly { readonly id: string; readonly name: string }[];
  return all.find(({ name }) => name === member)?.id ?? '';
}

/** With everything that runs there: no kubelet, and no member that answers. */
function switchOff(machine: string): void {
  const there = model.get(`${shop}/pods`).items.filter((pod) => field(pod, 'spec.nodeName') === machine);
  model.cluster.destroyNode(machine);
  for (const pod of there) model.nodes.running.delete(String(field(pod, 'status.podIP')));
}

describe('S9: a dead member is replaced', () => {
  const victim = 'orders-shard-0-1';

  test.each<[string, (machine: string) => void]>([
    [
      'its machine is off, and its Node deleted',
      (machine) => {
        switchOff(machine);
        model.call('DELETE', `${nodes}/${machine}`);
      },
    ],
    [
      'its machine is off, and its Node tainted out-of-service',
      (machine) => {
        switchOff(machine);
        const taints = [{ key: 'node.kubernetes.io/out-of-service', value: 'off', effect: 'NoExecute' }];
        model.merge(`${nodes}/${machine}`, { spec: { taints } });
      },
    ],
    ['a person orders it by name', () => model.merge(orders, { metadata: { annotations: { 'quorate.io/replace': victim } } })],
    [
      'a person marks its pod',
      () => model.merge(`${shop}/pods/${victim}`, { metadata: { annotations: { 'quorate.io/replace': 'true' } } }),
    ],
  ])('%s: under a new id on a new volume, the old one kept until then', async (_name, happen) => {
    await founded();
    const id = idOf(victim);
    const volume = volumeOf(victim);
    expect(at(`${volumes}/${volume}`, 'spec.persistentVolumeReclaimPolicy')).toBe('Delete');
    happen(nodeOf(victim));
    await model.until('its volume is kept', () => {
      const kept = (status('keptVolumes') ?? []) as readonly { readonly volume: string }[];
      return kept.some((one) => one.volume === volume);
    });
    await model.until(
      'replaced',
      () => condition('Ready').startsWith('True') && !listed().includes(id) && listed().length === 3,
      600_000,
    );
    await model.until('released', () => status('keptVolumes') === undefined && !model.exists(`${volumes}/${volume}`));
    expect(volumeOf(victim)).not.toBe(volume);
  });

  test('a machine that is off and nothing more: named, waited for, and nobody replaced', async () => {
    await founded();
    const before = listed();
    switchOff(nodeOf(victim));
    await model.until('named', () => gates().includes(`DeadMemberEvidence ${victim}`), 600_000);
    await model.clock.advance(600_000);
    expect(listed()).toEqual(before);
    expect(condition('QuorumAvailable')).toBe('True QuorumConfirmed');
  });
});

describe('volumes grow', () => {
  test('claims, volumes and template, without the restart of a pod; a new member starts with the size', async () => {
    await founded({ storage: { size: '1Gi' } });
    const [pods, uid] = [podUids(), at(set, 'metadata.uid')];
    change({ storage: { size: '2Gi' } });
    await model.until('grown', () => {
      const members = status('members') as readonly { readonly volumeSize?: string }[];
      return members.every(({ volumeSize }) => volumeSize === '2Gi') && at(set, 'metadata.uid') !== uid;
    });
    await model.untilReady(3);
    expect(podUids()).toEqual(pods);
    expect(at(set, 'spec.volumeClaimTemplates.0.spec.resources.requests.storage')).toBe('2Gi');
    change({ replicas: 5 });
    await model.untilReady(5);
    expect(at(`${claims}/data-orders-shard-0-4`, 'spec.resources.requests.storage')).toBe('2Gi');
  });

  test('a class that does not allow it: the gate names it', async () => {
    await founded({ storage: { size: '1Gi' } });
    model.merge('/apis/storage.k8s.io/v1/storageclasses/standard', { allowVolumeExpansion: false });
    change({ storage: { size: '2Gi' } });
    await model.until('said', () => gates().includes('VolumeExpansion'));
    await model.untilReady(3);
    expect(at(`${claims}/data-orders-shard-0-0`, 'spec.resources.requests.storage')).toBe('1Gi');
  });
});

describe('updates', () => {
  const update = { canary: { steadySeconds: 5, deadlineSeconds: 60 } };

  test('an image that is not there: the first member goes back, the others were never touched, spec stays', async () => {
    await founded({ update });
    const pods = podUids();
    change({ version: '9.9.9' });
    await model.until('taken back', () => condition('Updated') === 'False RolledBack' && status('ready') === '3/3', 600_000);
    expect(podUids().filter((pod) => pods.includes(pod))).toHaveLength(2);
    expect(at(orders, 'spec.version')).toBe('9.9.9');
    expect(status('version')).toBe('0.1.0');
    change({ version: '0.1.1' });
    await model.until('all follow', () => condition('Updated') === 'True AllMembersUpdated', 600_000);
    await model.untilReady(3);
    expect(status('version')).toBe('0.1.1');
  });

  test('spec.paused, then OnDelete, then Rolling', async () => {
    await founded({ update });
    change({ paused: true, version: '0.1.1' });
    await model.until('paused', () => condition('Progressing') === 'False Paused');
    const pods = podUids();
    await model.clock.advance(60_000);
    expect(podUids()).toEqual(pods);
    change({ paused: false, update: { strategy: 'OnDelete' } });
    await model.until('waits for people', () => condition('Updated') === 'False AwaitingPodDeletion');
    model.call('DELETE', `${shop}/pods/orders-shard-0-2`);
    await model.until('one is new', () => status('updatedReplicas') === 1 && status('ready') === '3/3');
    change({ update: { strategy: 'Rolling' } });
    await model.until('all are new', () => condition('Updated') === 'True AllMembersUpdated', 600_000);
  });

  test('maintenance: leadership is drained, and the pod is left alone', async () => {
    await founded({ update });
    const leader = String(status('leader'));
    model.merge(orders, { metadata: { annotations: { 'quorate.io/maintenance': `${leader}=no-leadership` } } });
    await model.until('drained', () => status('leader') !== leader && status('leader') !== undefined);
    model.merge(orders, { metadata: { annotations: { 'quorate.io/maintenance': leader } } });
    const uid = at(`${shop}/pods/${leader}`, 'metadata.uid');
    change({ version: '0.1.1' });
    await model.until(
      'the others are new',
      () => status('updatedReplicas') === 2 && gates().includes(`Maintenance ${leader}`),
      600_000,
    );
    expect(at(`${shop}/pods/${leader}`, 'metadata.uid')).toBe(uid);
    model.merge(orders, { metadata: { annotations: { 'quorate.io/maintenance': null } } });
    await model.until('it is new too', () => condition('Updated') === 'True AllMembersUpdated', 600_000);
  });
});

test('S7: hibernated at 3, with a larger size, woken at 5', async () => {
  await founded({ storage: { size: '1Gi' } });
  const ids = listed();
  change({ hibernate: true });
  await model.until('asleep', () => model.podNames().length === 0 && status('phase') === 'Hibernated');
  change({ storage: { size: '2Gi' } });
  await model.until(
    'claims ask for more',
    () => at(`${claims}/data-orders-shard-0-2`, 'spec.resources.requests.storage') === '2Gi',
  );
  expect(model.podNames()).toEqual([]);
  change({ hibernate: false, replicas: 5 });
  await model.untilReady(5);
  expect(listed()).toEqual(expect.arrayContaining([...ids]));
});

describe('where members stand', () => {
  const members = ['orders-shard-0-0', 'orders-shard-0-1', 'orders-shard-0-2'];
  /** Stronger than what a scheduler does of itself, weaker than what the operator asks for. */
  const drawnToOne = {
    nodeAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 50,
          preference: { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['worker-1'] }] },
        },
      ],
    },
  };

  test.each<[string, object]>([
    ['of itself', {}],
    ['by its spread alone, where a wish of the user draws all to one', { podTemplate: { spec: { affinity: drawnToOne } } }],
  ])('three on three machines, %s', async (_name, spec) => {
    await withMachines(3);
    await founded(spec);
    expect(members.map(nodeOf).sort()).toEqual(['worker-1', 'worker-2', 'worker-3']);
  });

  test('three on two machines: spread as far as it goes, and all run', async () => {
    await withMachines(2);
    await founded();
    expect(new Set(members.map(nodeOf))).toEqual(new Set(['worker-1', 'worker-2']));
  });
});

test("deletion protection: the chart's own policy refuses to delete what is annotated, and lets it go once it is not", async () => {
  const policies = chart.objects.filter(({ kind }) => kind.startsWith('ValidatingAdmissionPolicy'));
  expect(policies).toHaveLength(2);
  for (const policy of policies) model.call('POST', `/apis/admissionregistration.k8s.io/v1/${pluralOf(policy.kind)}`, policy);
  await founded();
  const definition = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/storageclusters.quorate.io';
  const places = [orders, shop, definition];
  const protect = (place: string, value: string | null) =>
    model.merge(place, { metadata: { annotations: { 'quorate.io/deletion-protection': value } } });
  for (const place of places) {
    protect(place, 'true');
    const refusal = model.refusal('DELETE', place);
    expect(refusal).toMatchObject({ code: 403, reason: 'Forbidden' });
    expect(refusal.message).toContain('carries the annotation quorate.io/deletion-protection: take it off first');
  }
  expect(model.refusal('DELETE', clusters).message).toContain('take it off first');
  expect(model.get(orders).metadata.deletionTimestamp).toBeUndefined();
  expect(status('ready')).toBe('3/3');
  for (const place of [shop, definition]) protect(place, null);

  protect(orders, null);
  model.call('DELETE', orders);
  await model.until('gone with its pods', () => !model.exists(orders) && model.podNames().length === 0);
});

function pluralOf(kind: string): string {
  return kind.endsWith('Binding') ? `${kind.toLowerCase()}s` : kind.toLowerCase().replace(/y$/, 'ies');
}
