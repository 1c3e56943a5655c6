/**
 * Pages that need a Kubernetes, as any Kubernetes runs them: each function reads one session of the page in the reader's shell, and looks at what
 * came of it. The namespace is the shell's current one; the plugin is in its PATH.
 */
import { expect } from '@jest/globals';
import { present } from '../../src/shared/assert.ts';
import { field } from '../support/model-api.ts';
import { eventually } from '../support/system.ts';
import { Reading } from './reading.ts';
import type { Shell } from './shell.ts';

const readyWithinMs = 300_000;

export class ClusterReader {
  readonly shell: Shell;

  constructor(shell: Shell) {
    this.shell = shell;
  }

  /** Null: there is none. */
  async stc(name = 'orders'): Promise<unknown> {
    const text = await this.shell.ask(`kubectl get stc ${name} -o json 2>/dev/null || :`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  }

  /** At rest, at this size and, if named, this version, as of the resource's newest generation. */
  async ready(replicas: number, version?: string, name = 'orders'): Promise<void> {
    let last: unknown = null;
    const isReady = async (): Promise<boolean> => {
      const stc = await this.stc(name);
      last = field(stc, 'status');
      const wanted = `${replicas}/${replicas}`;
      const isOfVersion = version === undefined || field(last, 'version') === version;
      const isSeen = field(last, 'observedGeneration') === field(stc, 'metadata.generation');
      return isSeen && isOfVersion && field(last, 'phase') === 'Ready' && field(last, 'ready') === wanted;
    };
    await eventually(`${name} Ready ${replicas}`, isReady, readyWithinMs).catch((error: unknown) => {
      throw new Error(`${String(error)}; ${JSON.stringify(last)}`);
    });
  }

  async count(kind: string, selector = 'quorate.io/cluster=orders'): Promise<number> {
    return Number(await this.shell.ask(`kubectl get ${kind} -l ${selector} -o name 2>/dev/null | wc -l`));
  }

  async without(kind: string): Promise<void> {
    await eventually(`no ${kind}`, async () => (await this.count(kind)) === 0, readyWithinMs);
  }
}

export async function readFiveMinutes(reader: ClusterReader): Promise<void> {
  const { shell } = reader;
  const reading = new Reading('five minutes');
  await shell.run(reading.next('kubectl apply'));
  await reader.ready(5);
  await shell.run(reading.next('connect orders'));
  expect(reading.unread).toEqual([]);
}

export async function readTour(reader: ClusterReader): Promise<void> {
  const { shell } = reader;
  const reading = new Reading('the tour');
  const run = (words: string): Promise<string> => shell.run(reading.next(words));
  await run('kubectl apply -f examples/orders.yaml');
  expect(await run('make build')).toContain('orders-shard-0-2');
  await run('explain orders');
  expect(await run('connect orders SET')).toContain('hello world');
  await run('promote orders-shard-0-1');
  await eventually(
    'the member leads',
    async () => field(await reader.stc(), 'status.leader') === 'orders-shard-0-1',
    readyWithinMs,
  );
  expect(await run('quorate.io/role=leader')).toContain('orders-shard-0-2');
  await reader.ready(3);
  await run('--replicas=5');
  await reader.ready(5);
  await run('restart orders');
  await reader.ready(5);
  expect(await run('INCR without-operator')).toMatch(/\b1\s*$/);
  expect(await run('--replicas=1')).toContain('successfully rolled out');
  expect(await shell.ask('kubectl quorate connect orders GET greeting')).toContain('hello world');
  await run('kubectl delete stc orders');
  expect(reading.unread).toEqual([]);
  await reader.without('pods');
  expect(await reader.count('pvc')).toBe(5);
}

/** With `orders` Ready at three members of version 0.1.0, on storage that grows. */
export async function readOperations(reader: ClusterReader): Promise<void> {
  const { shell } = reader;
  const reading = new Reading('operations');
  const run = (words: string): Promise<string> => shell.run(reading.next(words));
  expect(await run('kubectl quorate status orders')).toContain('orders-shard-0-0');
  await run('--replicas=5');
  await reader.ready(5);
  await run('"version":"0.2.0"');
  await reader.ready(5, '0.2.0');
  await run('restart orders');
  await reader.ready(5, '0.2.0');
  await run('promote orders-shard-0-1');
  await run('"size":"20Gi"');
  await eventually(
    'all volumes have grown',
    async () => {
      const sizes = await shell.ask(
        `kubectl get pvc -l quorate.io/cluster=orders -o jsonpath='{.items[*].status.capacity.storage}'`,
      );
      return sizes === Array.from({ length: 5 }, () => '20Gi').join(' ');
    },
    readyWithinMs,
  );
  await reader.ready(5, '0.2.0');
  const idOf = async (): Promise<unknown> => {
    const members = field(await reader.stc(), 'status.configuration.members');
    const all = Array.isArray(members) ? (members as readonly unknown[]) : [];
    return field(
      all.find((member) => field(member, 'name') === 'orders-shard-0-2'),
      'id',
    );
  };
  const replaced = present((await idOf()) as string | undefined, 'the member is one of the configuration');
  await run('quorate.io/replace=orders-shard-0-2');
  await eventually(
    'another member in its place',
    async () => {
      const id = await idOf();
      return id !== undefined && id !== replaced;
    },
    readyWithinMs,
  );
  await reader.ready(5, '0.2.0');
  expect(await run('kubectl get pods')).toContain('orders-shard-0-4');
  await run('"hibernate":true');
  await reader.without('pods');
  expect(await reader.count('pvc')).toBeGreaterThanOrEqual(5);
  const clusterId = field(await reader.stc(), 'status.clusterId');
  expect(await run('kubectl delete stc orders')).toContain(String(clusterId));
  expect(reading.unread).toEqual([]);
  await eventually('it is gone', async () => (await reader.stc()) === null, readyWithinMs);
}

/** With `orders` Ready. */
export async function readWaysToAsk({ shell }: ClusterReader): Promise<void> {
  for (const name of ['waiting for a condition', 'what blocks']) {
    for (const block of new Reading(name).rest()) await shell.run(block);
  }
}

/** With the operator of the chart installed, and `orders`. */
export async function readChart(reader: ClusterReader): Promise<void> {
  const { shell } = reader;
  const reading = new Reading('the chart');
  await shell.run(reading.next('helm upgrade --install'));
  await reader.ready(3);
  await shell.run(reading.next('kubectl annotate crd'));
  await shell.run(reading.next('deletion-protection=true'));
  expect(reading.unread).toEqual([]);
  expect(await shell.ask('kubectl delete stc orders 2>&1 || :')).toContain('deletion-protection');
  expect(await reader.stc()).not.toBeNull();
  await shell.ask('kubectl annotate stc orders quorate.io/deletion-protection-');
}

/** With `orders` Ready at three members; two of its volumes are given up. */
export async function readRecovery(reader: ClusterReader): Promise<void> {
  const { shell } = reader;
  const reading = new Reading('recovery on Kubernetes');
  const run = (words: string): Promise<string> => shell.run(reading.next(words));
  await shell.ask('kubectl quorate connect orders SET kept yes');
  await run('"hibernate":true');
  expect(await run('recover 2')).toContain('Nothing was changed');
  await run('--confirm');
  await run('kubectl delete pvc');
  await run('"hibernate":false');
  expect(reading.unread).toEqual([]);
  await reader.ready(3);
  expect(field(await reader.stc(), 'status.generation.number')).toBe(2);
  expect(await shell.ask('kubectl quorate connect orders GET kept')).toContain('yes');
}

/** With `orders` Ready; `copies` is founded from its copy. */
export async function readCopies(reader: ClusterReader): Promise<void> {
  const { shell } = reader;
  const reading = new Reading('copies on Kubernetes');
  const run = (words: string): Promise<string> => shell.run(reading.next(words));
  await shell.ask('kubectl quorate connect orders SET copied yes');
  await run('snapshot save');
  const printed = await run('snapshot restore');
  const id = /alone in cluster (?<id>[^ ,]+),/.exec(printed)?.groups?.['id'];
  const clusterId = present(id, `the new cluster id is printed: ${printed}`);
  shell.call('CLUSTER_ID', clusterId);
  await run('kubectl label pvc');
  expect(reading.unread).toEqual([]);
  await shell.ask(
    `sed 's/name: orders/name: copies/; s/^spec:/spec:\\n  adoptClusterId: ${clusterId}/' examples/orders.yaml | kubectl apply -f -`,
  );
  await reader.ready(3, undefined, 'copies');
  expect(await shell.ask('kubectl quorate connect copies GET copied')).toContain('yes');
}
