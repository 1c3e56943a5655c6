/**
 * What befalls a cluster after its first day: a machine that never comes back, volumes that are too small, a weekend without pods. Where the
 * storage grows no volume by itself, or not while no pod has it, the tests play the driver that would.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { present } from '../../src/shared/assert.ts';
import type { MemberStatus } from '../../src/api/storage-cluster.ts';
import { createNamespace, leaveNamespace, waitFor } from './kubernetes.ts';
import type { Kubernetes } from './kubernetes.ts';
import { LoadedCluster } from './load.ts';
import { TestCluster } from './test-cluster.ts';

export interface OperationsOptions {
  /** Acknowledged writes without which a load has shown nothing. */
  readonly writesMin: number;
}

const NAMESPACE = 'e2e-operations';
const CLASS = 'e2e-growing';
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';
const OF_STOCK = '--selector=quorate.io/cluster=stock';

const spec = {
  replicas: 3,
  version: '0.1.0',
  storage: { size: '1Gi', storageClassName: CLASS, retention: { whenDeleted: 'Delete' } },
  podTemplate: { spec: { resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '256Mi' } } } },
};

interface Volume {
  readonly spec: { readonly persistentVolumeReclaimPolicy: string };
}

interface Claim {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly volumeName?: string; readonly resources: { readonly requests: { readonly storage: string } } };
  readonly status: { readonly capacity?: { readonly storage: string } };
}

interface StatefulSet {
  readonly metadata: { readonly uid: string };
  readonly spec: { readonly volumeClaimTemplates: readonly Claim[] };
}

/** A file of tests of its own, or a part of one. */
export function operations(kubernetes: Kubernetes, { writesMin }: OperationsOptions): void {
  const stock = new TestCluster(kubernetes, NAMESPACE, 'stock');
  let loaded: LoadedCluster;

  const members = async (): Promise<readonly MemberStatus[]> => present((await stock.get()).status?.members, 'members in status');
  /** A member that does not lead. */
  const aFollower = async (): Promise<MemberStatus> =>
    present(
      (await members()).find(({ role }) => role === 'Follower'),
      'a follower',
    );
  const podUids = () => stock.uids('pods', OF_STOCK);
  const volumeOf = async (member: string): Promise<string> =>
    present((await stock.object<Claim>('pvc', `data-${member}`)).spec.volumeName, 'its claim is bound');
  const claims = () => stock.list<Claim>('pvc', OF_STOCK);
  const statefulSet = () => stock.object<StatefulSet>('statefulset', 'stock-shard-0');

  /** As the driver of a class that can grow volumes does: the volume first, then what the claim says of it. */
  const resizeAsDriver = async (): Promise<void> => {
    for (const { metadata, spec: asked, status } of await claims()) {
      const { storage } = asked.resources.requests;
      if (status.capacity?.storage === storage || asked.volumeName === undefined) continue;
      const capacity = { capacity: { storage } };
      await kubernetes.kubectl('patch', 'pv', asked.volumeName, '--type=merge', '--patch', JSON.stringify({ spec: capacity }));
      const patch = JSON.stringify({ status: capacity });
      await stock.kubectl('patch', 'pvc', metadata.name, '--subresource=status', '--type=merge', '--patch', patch);
    }
  };

  describe('a StorageCluster after its first day', () => {
    beforeAll(async () => {
      await kubernetes.kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=true');
      await kubernetes.installOperator();
      await createNamespace(kubernetes, NAMESPACE);
      await kubernetes.apply({
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: CLASS },
        provisioner: kubernetes.provisioner,
        volumeBindingMode: 'WaitForFirstConsumer',
        reclaimPolicy: 'Delete',
        allowVolumeExpansion: true,
      });
      await stock.create(spec);
      await stock.ready(3);
      loaded = await LoadedCluster.reach(stock, writesMin);
    }, 300_000);

    afterAll(async () => {
      await leaveNamespace(kubernetes, NAMESPACE);
      await kubernetes.kubectl('delete', 'storageclass', CLASS, '--ignore-not-found');
    });

    describe('S9: a member whose machine is off for good', () => {
      test('is removed, gets a new claim elsewhere and a new id, and only then its old volume goes', async () => {
        const dead = await aFollower();
        const machine = present(dead.node, 'the node that it runs on');
        const volume = await volumeOf(dead.name);
        expect((await stock.object<Volume>('pv', volume)).spec.persistentVolumeReclaimPolicy).toBe('Delete');
        await loaded.underLoad('dead-member', async (load) => {
          // NoSchedule: what else runs there stays, and this member's volume is out of reach all the same.
          await kubernetes.taint(machine, OUT_OF_SERVICE);
          try {
            await stock.kubectl('delete', 'pod', dead.name, '--wait=false');
            await waitFor('its volume is noted before it is given up', async () => {
              const { status } = await stock.get();
              return status?.keptVolumes?.some((kept) => kept.volume === volume && kept.memberId === dead.memberId) === true
                ? true
                : null;
            });
            await load.acknowledgeMore(50);
            const { status } = await stock.ready(3, undefined, 300_000);
            const reborn = present(
              status?.members?.find(({ name }) => name === dead.name),
              'a member of that name',
            );
            expect(reborn.memberId).not.toBe(dead.memberId);
            expect(reborn.node).not.toBe(machine);
            expect(await volumeOf(dead.name)).not.toBe(volume);
            expect(status?.configuration?.members.map(({ id }) => id)).not.toContain(dead.memberId);
          } finally {
            await kubernetes.untaint(machine, OUT_OF_SERVICE);
          }
        });
        await waitFor('the old volume is released and gone', async () => {
          const kept = (await stock.get()).status?.keptVolumes ?? [];
          const left = await stock.list('pv');
          return kept.length === 0 && left.every(({ metadata }) => metadata.name !== volume) ? true : null;
        });
        await waitFor('events tell each step', async () => {
          const reasons = (await stock.list<{ readonly reason: string }>('events')).map(({ reason }) => reason);
          return ['ReplacingMember', 'RemoveMember', 'DeleteClaim', 'ReleaseVolume'].every((reason) => reasons.includes(reason))
            ? true
            : null;
        });
      });
    });

    describe('volumes that grow', () => {
      test('while a member is down: every claim and the template, no pod restarted; the member is waited for, not replaced', async () => {
        const down = await aFollower();
        const machine = present(down.node, 'the node that it runs on');
        await kubernetes.cordon(machine);
        try {
          await stock.kubectl('delete', 'pod', down.name, '--wait=true');
          const { uid } = (await statefulSet()).metadata;
          const pods = await waitFor('its pod is made anew', async () => {
            const uids = await podUids();
            return uids.length === 3 ? uids : null;
          });
          await stock.patch({ storage: { size: '2Gi' } });
          await waitFor('every claim asks for the new size', async () =>
            (await claims()).every((claim) => claim.spec.resources.requests.storage === '2Gi') ? true : null,
          );
          await waitFor('status says that the driver is on it', async () => {
            const gates = (await stock.get()).status?.blockedBy ?? [];
            return gates.some(({ gate }) => gate === 'VolumeResize') ? true : null;
          });
          await waitFor('the StatefulSet is made anew with the size', async () => {
            const set = await statefulSet();
            const size = set.spec.volumeClaimTemplates[0]?.spec.resources.requests.storage;
            return set.metadata.uid !== uid && size === '2Gi' ? true : null;
          });
          await waitFor('every volume has grown, and status says so', async () => {
            await resizeAsDriver();
            return (await members()).every(({ volumeSize }) => volumeSize === '2Gi') ? true : null;
          });
          expect(await podUids()).toEqual(pods);
        } finally {
          await kubernetes.uncordon(machine);
        }
        const { status } = await stock.ready(3);
        expect(status?.members?.find(({ name }) => name === down.name)?.memberId).toBe(down.memberId);
      });

      test('a class that cannot grow volumes: nothing is tried, and the gate says what helps', async () => {
        const { fixedClass } = kubernetes;
        const fixed = new TestCluster(kubernetes, NAMESPACE, 'fixed');
        await fixed.create({ ...spec, replicas: 1, storage: { ...spec.storage, storageClassName: fixedClass } });
        await fixed.ready(1);
        await fixed.patch({ storage: { size: '2Gi' } });
        const gate = await waitFor('the gate is closed', async () => {
          const { status } = await fixed.get();
          return status?.blockedBy?.find((blocked) => blocked.gate === 'VolumeExpansion') ?? null;
        });
        expect(gate.message).toContain(`StorageClass ${fixedClass}`);
        expect(gate.unblock).toContain('quorate.io/replace');
        await fixed.ready(1);
        await fixed.remove();
      });
    });

    describe('S7: a cluster that sleeps', () => {
      test('hibernated at 3, woken at 5: everything is there, the three first, then two new members', async () => {
        const before = await members();
        await stock.patch({ hibernate: true });
        await waitFor('no pod is left, and it says that it hibernates', async () => {
          const pods = (await stock.kubectl('get', 'pods', OF_STOCK, '--output=name')).trim();
          return pods === '' && (await stock.get()).status?.phase === 'Hibernated' ? true : null;
        });
        expect(await claims()).toHaveLength(3);
        await stock.patch({ hibernate: false, replicas: 5 });
        const { status } = await stock.ready(5, undefined, 300_000);
        const ids = status?.configuration?.members.map(({ id }) => id);
        expect(ids).toEqual(expect.arrayContaining(before.map(({ memberId }) => memberId)));
        const sizes = (await claims()).map((claim) => claim.spec.resources.requests.storage);
        expect(sizes).toEqual(['2Gi', '2Gi', '2Gi', '2Gi', '2Gi']);
        await loaded.verify();
      });
    });
  });
}
