/** How a change reaches the pods of a real cluster, and how it does not: the trial and the way back, pause, and the other strategies. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createNamespace, installOperator, kubectl, TestCluster, waitFor } from '../e2e/support/kubernetes.ts';
import { LoadedCluster } from '../scenarios/load.ts';

jest.setTimeout(600_000);

const NAMESPACE = 'e2e-updates';
const FIRST = '0.1.0';
const SECOND = '0.2.0';
/** Of no image that there is. */
const MISSING = '9.9.9';

const paper = new TestCluster(NAMESPACE, 'paper');
const spec = {
  replicas: 3,
  version: FIRST,
  storage: { size: '1Gi', retention: { whenDeleted: 'Delete' } },
  update: { canary: { steadySeconds: 5, deadlineSeconds: 30 } },
  podTemplate: { spec: { resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '256Mi' } } } },
};
let loaded: LoadedCluster;

async function podUids(): Promise<readonly string[]> {
  return (await paper.kubectl('get', 'pods', '--output=jsonpath={.items[*].metadata.uid}')).split(' ').sort();
}

/** Status and reason, such as `False RolledBack`. */
async function condition(type: string): Promise<string> {
  const { status, metadata } = await paper.get();
  const found = status?.conditions?.find((candidate) => candidate.type === type);
  return found?.observedGeneration === metadata.generation ? `${found.status} ${found.reason}` : 'of an older generation';
}

async function untilCondition(type: string, wanted: string): Promise<void> {
  await waitFor(`${type} is ${wanted}`, async () => ((await condition(type)) === wanted ? true : null));
}

async function gates(): Promise<readonly string[]> {
  return ((await paper.get()).status?.blockedBy ?? []).map(({ gate }) => gate);
}

beforeAll(async () => {
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=true');
  await installOperator();
  await createNamespace(NAMESPACE);
  await paper.create(spec);
  await paper.ready(3, FIRST);
  loaded = await LoadedCluster.reach(paper, 500);
}, 300_000);

afterAll(async () => {
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=false');
});

describe('the first follower of an update is a trial', () => {
  test('with an image that is not there it goes back by itself: spec stays, the others were never touched, writes go on', async () => {
    await loaded.underLoad('way-back', async (load) => {
      const before = await podUids();
      await paper.patch({ version: MISSING });
      await waitFor('the trial is named', async () => ((await gates()).includes('Canary') ? true : null));
      expect((await podUids()).filter((uid) => before.includes(uid))).toHaveLength(2);
      await load.acknowledgeMore(50);
      await untilCondition('Updated', 'False RolledBack');
      await waitFor('it is whole again on what ran before', async () => {
        const { status } = await paper.get();
        return status?.ready === '3/3' && status.version === FIRST && status.updatedReplicas === 3 ? true : null;
      });
      const { spec: asked, status } = await paper.get();
      expect(asked.version).toBe(MISSING);
      expect(status?.blockedBy?.find(({ gate }) => gate === 'RolledBack')?.message).toMatch(/ImagePull|ErrImage|waiting/);
      expect((await podUids()).filter((uid) => before.includes(uid))).toHaveLength(2);
    });
    await waitFor('an event tells it', async () =>
      (await paper.kubectl('get', 'events', '--output=jsonpath={.items[*].reason}')).includes('RolledBack') ? true : null,
    );
  });

  test('the next generation tries again, and a sound update goes all the way', async () => {
    await loaded.underLoad('sound-update', async () => {
      await paper.patch({ version: SECOND });
      await paper.ready(3, SECOND);
      expect(await gates()).toEqual([]);
    });
  });
});

describe('who waits for people', () => {
  const roll = (number: number) => ({ podTemplate: { metadata: { annotations: { 'e2e.example/roll': String(number) } } } });

  test('spec.paused: nothing changes, whatever is asked for; afterwards all of it is made good', async () => {
    await paper.patch({ paused: true });
    await untilCondition('Progressing', 'False Paused');
    const before = await podUids();
    const set = await paper.kubectl('get', 'statefulset', 'paper-shard-0', '--output=jsonpath={.metadata.generation}');
    await paper.patch({ ...roll(1), replicas: 5 });
    await untilCondition('Progressing', 'False Paused');
    // observedGeneration says that the operator has looked at the change, and this is what it did about it.
    expect(await podUids()).toEqual(before);
    expect(await paper.kubectl('get', 'statefulset', 'paper-shard-0', '--output=jsonpath={.metadata.generation}')).toBe(set);
    await paper.patch({ paused: false, replicas: 3 });
    await paper.ready(3);
    await untilCondition('Updated', 'True AllMembersUpdated');
    expect((await podUids()).filter((uid) => before.includes(uid))).toEqual([]);
  });

  test('strategy Paused touches no pod; OnDelete gives each pod the change when a person deletes it', async () => {
    await paper.patch({ update: { strategy: 'Paused' }, ...roll(2) });
    await untilCondition('Updated', 'False UpdatePaused');
    const before = await podUids();
    await paper.patch({ update: { strategy: 'OnDelete' } });
    await untilCondition('Updated', 'False AwaitingPodDeletion');
    expect(await podUids()).toEqual(before);
    await paper.kubectl('delete', 'pod', 'paper-shard-0-1', '--wait=true');
    await waitFor('one pod is of the new template', async () => {
      const { status } = await paper.get();
      return status?.updatedReplicas === 1 && status.ready === '3/3' ? true : null;
    });
    expect((await podUids()).filter((uid) => before.includes(uid))).toHaveLength(2);
    await paper.patch({ update: { strategy: 'Rolling' } });
    await paper.ready(3);
    await untilCondition('Updated', 'True AllMembersUpdated');
    await loaded.verify();
  });
});
