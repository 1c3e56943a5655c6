/** What people do about single members: leave them alone, keep them from leading, replace them; and a machine that fails for good. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { present } from '../../src/shared/assert.ts';
import type { MemberStatus } from '../../src/api/storage-cluster.ts';
import {
  command,
  createNamespace,
  installOperator,
  kubectl,
  OPERATOR_NAMESPACE,
  TestCluster,
  waitFor,
} from '../e2e/support/kubernetes.ts';
import { LoadedCluster } from '../scenarios/load.ts';

jest.setTimeout(900_000);

const NAMESPACE = 'e2e-members';
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';
const MAINTENANCE = 'quorate.io/maintenance';
const REPLACE = 'quorate.io/replace';

const tools = new TestCluster(NAMESPACE, 'tools');
const spec = {
  replicas: 3,
  version: '0.1.0',
  storage: { size: '1Gi', retention: { whenDeleted: 'Delete' } },
  podTemplate: { spec: { resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '256Mi' } } } },
};
let loaded: LoadedCluster;

async function member(name: string): Promise<MemberStatus> {
  return present(
    (await tools.get()).status?.members?.find((candidate) => candidate.name === name),
    `${name} in status`,
  );
}

async function aFollower(): Promise<MemberStatus> {
  const { status } = await tools.get();
  return present(
    status?.members?.find(({ role }) => role === 'Follower'),
    'a follower',
  );
}

/** A killed machine must not take the operator with it: Kubernetes moves its pod only after five minutes. */
async function aFollowerAwayFromTheOperator(): Promise<MemberStatus> {
  const path = '--output=jsonpath={.items[*].spec.nodeName}';
  const operators = await kubectl('--namespace', OPERATOR_NAMESPACE, 'get', 'pods', path);
  const members = (await tools.get()).status?.members ?? [];
  return present(
    members.find(({ role, node = '' }) => role === 'Follower' && !operators.split(' ').includes(node)),
    'a follower on another machine than the operator',
  );
}

async function annotate(kind: string, name: string, annotation: string): Promise<void> {
  await tools.kubectl('annotate', kind, name, annotation, '--overwrite');
}

async function untilReplaced(before: MemberStatus): Promise<void> {
  await waitFor(`${before.name} is another member`, async () => {
    const now = await member(before.name);
    return now.memberId !== undefined && now.memberId !== before.memberId && now.ready ? true : null;
  });
  await tools.ready(3, undefined, 300_000);
  const configuration = (await tools.get()).status?.configuration?.members.map(({ id }) => id);
  expect(configuration).not.toContain(before.memberId);
  await waitFor('the old volume is released', async () =>
    ((await tools.get()).status?.keptVolumes ?? []).length === 0 ? true : null,
  );
}

beforeAll(async () => {
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=true');
  await installOperator();
  await createNamespace(NAMESPACE);
  await tools.create(spec);
  await tools.ready(3);
  loaded = await LoadedCluster.reach(tools, 500);
}, 300_000);

afterAll(async () => {
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=false');
});

test('by default every member runs on a machine of its own', async () => {
  const machines = ((await tools.get()).status?.members ?? []).map(({ node }) => node);
  const workers = (await kubectl('get', 'nodes', '--selector=!node-role.kubernetes.io/control-plane', '--output=name')).trim();
  expect(new Set(machines).size).toBe(Math.min(3, workers.split('\n').length));
});

describe('maintenance', () => {
  test('no-leadership: the leader hands over, and stays a follower', async () => {
    const leader = await tools.leader();
    await loaded.underLoad('drained', async () => {
      await annotate('stc', 'tools', `${MAINTENANCE}=${leader}=no-leadership`);
      await waitFor('another member leads', async () => ((await tools.leader()) === leader ? null : true));
    });
    expect((await member(leader)).role).toBe('Follower');
  });

  test('hands-off: the others are updated, this pod is not, until the annotation is taken off', async () => {
    const { name } = await aFollower();
    const uid = async () => tools.kubectl('get', 'pod', name, '--output=jsonpath={.metadata.uid}');
    const before = await uid();
    await annotate('stc', 'tools', `${MAINTENANCE}=${name}`);
    await tools.patch({ podTemplate: { metadata: { annotations: { 'e2e.example/roll': '1' } } } });
    await waitFor('the others are new, and this one is named', async () => {
      const { status } = await tools.get();
      const isNamed = status?.blockedBy?.some((gate) => gate.gate === 'Maintenance' && gate.member === name) === true;
      return isNamed && status.updatedReplicas === 2 && status.ready === '3/3' ? true : null;
    });
    expect(await uid()).toBe(before);
    await annotate('stc', 'tools', `${MAINTENANCE}-`);
    await tools.ready(3);
    await waitFor('this one is new too', async () => ((await uid()) === before ? null : true));
    await tools.ready(3);
  });
});

describe('S9: replacement', () => {
  test('ordered on the pod, and by name on the resource, the leader too: each acts once', async () => {
    const first = await aFollower();
    await loaded.underLoad('replaced', async () => {
      await annotate('pod', first.name, `${REPLACE}=true`);
      await untilReplaced(first);
      const leader = await member(await tools.leader());
      await annotate('stc', 'tools', `${REPLACE}=${leader.name}`);
      await untilReplaced(leader);
    });
    const { metadata, status } = await tools.get();
    expect(metadata.annotations?.[REPLACE]).toMatch(/^[0-9a-f]{16}(,[0-9a-f]{16})*$/);
    expect(status?.blockedBy).toEqual([]);
  });

  test('a machine that fails: named and waited for; once it is tainted out-of-service its member is replaced', async () => {
    const lost = await aFollowerAwayFromTheOperator();
    const machine = present(lost.node, 'the node that it runs on');
    const kinds = await kubectl('get', 'node', machine, '--output=jsonpath={.metadata.labels}');
    expect(kinds).not.toContain('control-plane');
    await loaded.underLoad('machine-lost', async (load) => {
      await command('docker', 'kill', machine);
      try {
        await waitFor(
          'NotReady alone only closes a gate',
          async () => {
            const { status } = await tools.get();
            const isNamed = status?.blockedBy?.some(
              ({ gate, member: name }) => gate === 'DeadMemberEvidence' && name === lost.name,
            );
            return isNamed === true ? true : null;
          },
          300_000,
        );
        expect((await tools.get()).status?.configuration?.members.map(({ id }) => id)).toContain(lost.memberId);
        await load.acknowledgeMore(50);
        await kubectl('taint', 'node', machine, `${OUT_OF_SERVICE}=e2e:NoExecute`);
        await waitFor(
          'its member is another one elsewhere',
          async () => {
            const now = await member(lost.name);
            return now.memberId !== lost.memberId && now.ready && now.node !== machine ? true : null;
          },
          300_000,
        );
        await tools.ready(3, undefined, 300_000);
      } finally {
        await command('docker', 'start', machine);
        await kubectl('wait', '--for=condition=Ready', `node/${machine}`, '--timeout=300s');
        await kubectl('taint', 'node', machine, `${OUT_OF_SERVICE}-`).catch(String);
      }
    });
    await tools.ready(3);
    await loaded.verify();
  });
});
