/**
 * The long counts, on a real cluster: each disruption again and again under a write load, every one judged by itself. `make endurance` runs
 * it and writes docs/reports/endurance.md. ENDURANCE_ROUNDS scales the counts down (1 = one of each) for a look at the thing itself.
 */
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { present } from '../../src/shared/assert.ts';
import { command, createNamespace, installOperator, kubectl, TestCluster, waitFor } from '../e2e/support/kubernetes.ts';
import { runWords } from '../support/command-line.ts';
import { summarize, verifyWorkload } from '../support/history/verification.ts';
import { Workload } from '../support/history/workload.ts';
import type { WorkloadReport } from '../support/history/workload.ts';
import type { RespAddress } from '../support/resp-client.ts';
import { describeRounds } from './report.ts';
import type { Round } from './report.ts';

jest.setTimeout(3 * 60 * 60_000);

const NAMESPACE = 'endurance';

const WRITES_MIN = 300;
const counts = scaled({ rolls: 10, leaderKills: 10, nodeKills: 5, scaleCycles: 5 });

const ledger = new TestCluster(NAMESPACE, 'ledger');
const spec = {
  replicas: 3,
  version: '0.1.0',
  storage: { size: '1Gi' },
  podTemplate: {
    metadata: { annotations: { 'endurance.example/roll': '0' } },
    spec: { resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '256Mi' } } },
  },
};
const rounds: Round[] = [];
const reports: WorkloadReport[] = [];
let addresses: readonly RespAddress[] = [];
let password = '';

function scaled<Counts extends Readonly<Record<string, number>>>(full: Counts): Counts {
  const most = Number(process.env['ENDURANCE_ROUNDS'] ?? Number.POSITIVE_INFINITY);
  return Object.fromEntries(Object.entries(full).map(([name, count]) => [name, Math.min(count, most)])) as Counts;
}

async function term(): Promise<number> {
  return present((await ledger.get()).status?.term, 'a term in status');
}

/** One disruption under a load of its own, judged at once: the first lost write ends the run, with its round in the message. */
async function round(scenario: string, number: number, disrupt: (load: Workload) => Promise<void>): Promise<void> {
  const termBefore = await term();
  const name = `${scenario}-${number}`;
  const load = Workload.start({ name, addresses, password, seed: number });
  await load.acknowledge(100);
  let report: WorkloadReport;
  try {
    await disrupt(load);
    await load.acknowledge(WRITES_MIN, 300_000);
  } finally {
    report = await load.stop();
  }
  console.log(summarize(report));
  reports.push(report);
  expect(await verifyWorkload(report, { addresses, password })).toEqual([]);
  const { acknowledged, refused, unknown, longestWriteGapMs, operations } = report;
  const elections = (await term()) - termBefore;
  rounds.push({ scenario, acknowledged, refused, unknown, longestWriteGapMs, operations: operations.length, elections });
}

beforeAll(async () => {
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=true');
  await installOperator();
  await createNamespace(NAMESPACE);
  await ledger.create(spec);
  await ledger.ready(3);
  password = await ledger.password();
  addresses = await ledger.expose();
}, 300_000);

afterAll(async () => {
  const path = process.env['ENDURANCE_REPORT'];
  if (path !== undefined) writeFileSync(path, describeRounds(rounds));
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=false');
});

describe('again and again under load: nothing acknowledged is lost, every history is linearizable', () => {
  test(`the leader's pod is killed, ${counts.leaderKills} times`, async () => {
    for (let number = 1; number <= counts.leaderKills; number += 1) {
      await round('leader-kill', number, async (load) => {
        await ledger.kubectl('delete', 'pod', await ledger.leader(), '--grace-period=0', '--force');
        await load.acknowledgeMore(50);
        await ledger.ready(3);
      });
    }
  });

  test(`every member is rolled, ${counts.rolls} times`, async () => {
    for (let number = 1; number <= counts.rolls; number += 1) {
      await round('roll', number, async () => {
        const metadata = { annotations: { 'endurance.example/roll': String(number) } };
        const before = await podUids();
        await ledger.patch({ podTemplate: { metadata } });
        await waitFor('every pod is a new one', async () =>
          (await podUids()).some((uid) => before.includes(uid)) ? null : true,
        );
        await ledger.ready(3);
      });
    }
  });

  test(`3 → 5 → 3, ${counts.scaleCycles} times`, async () => {
    for (let number = 1; number <= counts.scaleCycles; number += 1) {
      await round('scale', number, async () => {
        await ledger.kubectl('scale', 'stc/ledger', '--replicas=5');
        await ledger.ready(5);
        await ledger.kubectl('scale', 'stc/ledger', '--replicas=3');
        await ledger.ready(3);
      });
    }
  });

  test(`the leader's node is killed and comes back, ${counts.nodeKills} times`, async () => {
    for (let number = 1; number <= counts.nodeKills; number += 1) {
      await round('node-kill', number, async (load) => {
        const node = await nodeToKill();
        await command('docker', 'kill', node);
        try {
          await load.acknowledgeMore(100, 120_000);
        } finally {
          await command('docker', 'start', node);
        }
        await kubectl('wait', '--for=condition=Ready', `node/${node}`, '--timeout=180s');
        await ledger.ready(3, undefined, 300_000);
      });
    }
  });

  test('everything that was acknowledged in any round is there at the end', async () => {
    for (const report of reports) expect(await verifyWorkload(report, { addresses, password })).toEqual([]);
    expect(rounds).toHaveLength(counts.leaderKills + counts.rolls + counts.scaleCycles + counts.nodeKills);
  });
});

async function podUids(): Promise<readonly string[]> {
  const text = await ledger.kubectl('get', 'pods', '--output=jsonpath={.items[*].metadata.uid}');
  return text.split(' ').filter((uid) => uid !== '');
}

/** A node that carries one member, and that one leads: a quorum must stay up to judge the gap. */
async function nodeToKill(): Promise<string> {
  const path = '{range .items[*]}{.metadata.name}={.spec.nodeName}{"\\n"}{end}';
  const placed = (await ledger.kubectl('get', 'pods', `--output=jsonpath=${path}`)).trim().split('\n');
  const pods = placed.map((line) => line.split('=') as [string, string]);
  const leader = await ledger.leader();
  const alone = pods.filter(([, node]) => pods.filter(([, other]) => other === node).length === 1);
  const chosen = alone.find(([pod]) => pod === leader) ?? alone[0];
  const [pod, node] = present(chosen, 'a node that carries exactly one member');
  if (pod !== leader) {
    const words = ['promote', pod, '--namespace', NAMESPACE];
    expect(await runWords(words, { env: process.env })).toMatchObject({ code: 0, err: '' });
  }
  await waitFor(`${pod} leads`, async () => ((await ledger.leader()) === pod ? true : null));
  return node;
}
