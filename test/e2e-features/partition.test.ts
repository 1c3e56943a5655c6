/** A leader that the network cuts off from the other members, by the rules of its machine: what its side may say, and what the others do. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { present } from '../../src/shared/assert.ts';
import { describeOutcome, RespClient } from '../support/resp-client.ts';
import { command, createNamespace, installOperator, kubectl, TestCluster, waitFor } from '../e2e/support/kubernetes.ts';
import { LoadedCluster } from '../scenarios/load.ts';

jest.setTimeout(600_000);

const NAMESPACE = 'e2e-partition';
const isle = new TestCluster(NAMESPACE, 'isle');
const spec = {
  replicas: 3,
  version: '0.1.0',
  storage: { size: '1Gi', retention: { whenDeleted: 'Delete' } },
  podTemplate: { spec: { resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '256Mi' } } } },
};
/** Only to tell a hang from a wait. */
const NEW_LEADER_MS_MAX = 60_000;

interface Place {
  readonly ip: string;
  readonly machine: string;
}

async function placeOf(pod: string): Promise<Place> {
  const [ip, machine] = (await isle.kubectl('get', 'pod', pod, '--output=jsonpath={.status.podIP} {.spec.nodeName}')).split(' ');
  return { ip: present(ip, 'an address'), machine: present(machine, 'a node') };
}

/** Nothing passes between the two on the first one's machine, in either direction, established or new. */
async function rules(action: '--insert' | '--delete', at: Place, others: readonly Place[]): Promise<void> {
  for (const { ip } of others) {
    for (const pair of [
      ['--source', at.ip, '--destination', ip],
      ['--source', ip, '--destination', at.ip],
    ]) {
      await command('docker', 'exec', at.machine, 'iptables', action, 'FORWARD', ...pair, '--jump', 'DROP');
    }
  }
}

async function members(): Promise<readonly string[]> {
  return (await isle.kubectl('get', 'pods', '--output=jsonpath={.items[*].metadata.name}')).split(' ').sort();
}

/** By the word of that member itself. */
async function leaderSeenBy(pod: string): Promise<string | null> {
  return (await isle.nodeStatus(pod)).replication?.leader?.name ?? null;
}

beforeAll(async () => {
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=true');
  await installOperator();
  await createNamespace(NAMESPACE);
  await isle.create(spec);
  await isle.ready(3);
}, 300_000);

afterAll(async () => {
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=false');
});

test('cut off by iptables: the others elect a leader and go on, its own side gets errors and nothing stale, and after it nothing is lost', async () => {
  const password = await isle.password();
  const loaded = await LoadedCluster.reach(isle, 500);
  const old = await isle.leader();
  const others = (await members()).filter((name) => name !== old);
  const [cutSide, otherSide] = await Promise.all([isle.expose(old), isle.expose(present(others[0], 'another member'))]);
  const ask = async (side: typeof cutSide, ...words: readonly string[]): Promise<string> => {
    const client = await RespClient.connect({ ...present(side[0], 'an address'), password, commandTimeoutMs: 10_000 });
    try {
      return describeOutcome(await client.call(...words));
    } finally {
      client.close();
    }
  };
  await waitFor('both sides answer from outside', async () => {
    const answers = [await ask(cutSide, 'SET', 'tide', 'before'), await ask(otherSide, 'GET', 'tide')];
    return answers[0] === 'OK' && answers[1] === '"before"' ? true : null;
  });
  const place = await placeOf(old);
  const places = await Promise.all(others.map(placeOf));
  const said: string[] = [];
  await loaded.underLoad('leader-cut-off', async (load) => {
    await rules('--insert', place, places);
    try {
      const leader = await waitFor(
        'the others have a leader of their own',
        async () => {
          const seen = await leaderSeenBy(present(others[0], 'another member'));
          return seen !== null && seen !== old ? seen : null;
        },
        NEW_LEADER_MS_MAX,
      );
      expect(others).toContain(leader);
      await waitFor('a write is acknowledged there', async () =>
        (await ask(otherSide, 'SET', 'tide', 'after')) === 'OK' ? true : null,
      );
      // Its own side: refused, or left without an answer; never what was true before, and no write is acknowledged.
      for (const words of [
        ['GET', 'tide'],
        ['SET', 'tide', 'lost'],
        ['INCR', 'drops'],
        ['GET', 'tide'],
      ]) {
        said.push(await ask(cutSide, ...words).catch((error: unknown) => `refused: ${String(error)}`));
      }
      expect(await leaderSeenBy(old)).not.toBe(old);
      await load.acknowledgeMore(200);
      expect(await ask(otherSide, 'GET', 'tide')).toBe('"after"');
    } finally {
      await rules('--delete', place, places);
    }
    await isle.ready(3);
  });
  console.log(`on the side that was cut off: ${said.join(' | ')}`);
  for (const answer of said) expect(answer).toMatch(/^(-|refused: |lost|unsent)/);
  expect(await ask(cutSide, 'GET', 'tide')).toBe('"after"');
  expect(await ask(cutSide, 'GET', 'drops')).not.toBe('"1"');
  await loaded.verify();
});
