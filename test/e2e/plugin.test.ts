/** `kubectl quorate` as a user has it: a program in the PATH that kubectl starts, against a real API server and with rights that it refuses. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { present } from '../../src/shared/assert.ts';
import { buildProgram } from '../support/program.ts';
import { describeOutcome, RespClient } from '../support/resp-client.ts';
import { apply, createNamespace, installOperator, kubectl, TestCluster } from './support/kubernetes.ts';

jest.setTimeout(300_000);

const NAMESPACE = 'e2e-plugin';
const orders = new TestCluster(NAMESPACE, 'orders');
const folder = mkdtempSync(join(tmpdir(), 'quorate-plugin-'));
const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` };
const spec = {
  replicas: 3,
  version: '0.1.0',
  storage: { size: '1Gi', retention: { whenDeleted: 'Delete' } },
  podTemplate: { spec: { resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '256Mi' } } } },
};

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function start(words: readonly string[]) {
  return spawn('kubectl', ['quorate', ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function plugin(verb: string, ...words: readonly string[]): Promise<Ran> {
  const child = start([verb, '--namespace', NAMESPACE, ...words]);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, out, err };
}

async function podUids(): Promise<readonly string[]> {
  const selector = '--selector=quorate.io/cluster=orders';
  return (await orders.kubectl('get', 'pods', selector, '--output=jsonpath={.items[*].metadata.uid}')).split(' ').sort();
}

beforeAll(async () => {
  symlinkSync(buildProgram(), join(folder, 'kubectl-quorate'));
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=true');
  await installOperator();
  await createNamespace(NAMESPACE);
  await orders.create(spec);
  await orders.ready(3);
}, 300_000);

afterAll(async () => {
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=false');
  rmSync(folder, { recursive: true });
});

describe('connect', () => {
  test('a command goes through the port-forward with the password from the Secret, and large values come back whole', async () => {
    expect(await plugin('connect', 'orders', 'SET', 'greeting', 'hello world')).toEqual({ code: 0, out: 'OK\n', err: '' });
    expect(await plugin('connect', 'orders', 'GET', 'greeting')).toMatchObject({ code: 0, out: 'hello world\n' });
    const value = 'z'.repeat(100_000);
    expect(await plugin('connect', 'orders', 'SET', 'large', value)).toMatchObject({ code: 0, out: 'OK\n' });
    expect((await plugin('connect', 'orders', 'GET', 'large')).out).toBe(`${value}\n`);
    expect((await plugin('connect', '--member', 'orders-shard-0-2', 'orders', 'PING')).out).toBe('PONG\n');
  });

  test('--listen serves any client, several at a time, and ends with its signal', async () => {
    const child = start(['connect', '--namespace', NAMESPACE, '--listen', '0', 'orders']);
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const port = Number(present(/^127\.0\.0\.1:(\d+) leads to orders/.exec(line.toString())?.[1], 'a port'));
      const password = await orders.password();
      const clients = await Promise.all([1, 2].map(() => RespClient.connect({ host: '127.0.0.1', port, password })));
      const answers = await Promise.all(clients.map(async (client) => describeOutcome(await client.call('GET', 'greeting'))));
      expect(answers).toEqual(['"hello world"', '"hello world"']);
      for (const client of clients) client.close();
    } finally {
      const ended = once(child, 'close');
      child.kill('SIGINT');
      await ended;
    }
  });

  test('a user who may not forward ports is told which right is missing', async () => {
    const name = 'looker';
    const metadata = { name, namespace: NAMESPACE };
    const rules = [
      { apiGroups: ['quorate.io'], resources: ['storageclusters'], verbs: ['get'] },
      { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
    ];
    const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name };
    const group = 'rbac.authorization.k8s.io/v1';
    await apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata });
    await apply({ apiVersion: group, kind: 'Role', metadata, rules });
    await apply({
      apiVersion: group,
      kind: 'RoleBinding',
      metadata,
      roleRef,
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    });
    const config = JSON.parse(await kubectl('config', 'view', '--raw', '--minify', '--output=json')) as { users: object[] };
    const token = (await orders.kubectl('create', 'token', name)).trim();
    const path = join(folder, 'looker.json');
    writeFileSync(path, JSON.stringify({ ...config, users: config.users.map((user) => ({ ...user, user: { token } })) }));
    const ran = await plugin('connect', '--kubeconfig', path, '-a', await orders.password(), 'orders', 'PING');
    expect(ran.err).toBe(`kubectl quorate connect: needs \`get\` on \`pods/portforward\` in namespace ${NAMESPACE}\n`);
    expect(ran.code).not.toBe(0);
  });
});

describe('what happened', () => {
  test('logs: every member speaks, in order of time, and --raw is the JSON that they write', async () => {
    const { code, out } = await plugin('logs', 'orders');
    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(new Set(lines.map((line) => line.split(' ')[0]))).toEqual(
      new Set(['orders-shard-0-0', 'orders-shard-0-1', 'orders-shard-0-2']),
    );
    const times = lines.map((line) => line.split(/ +/)[1] ?? '');
    expect(times).toEqual([...times].sort());
    const raw = (await plugin('logs', '--raw', 'orders-shard-0-0')).out.trim().split('\n');
    expect(raw.map((line) => typeof (JSON.parse(line) as { msg?: unknown }).msg)).toEqual(raw.map(() => 'string'));
  });

  test('events: of the resource and of what belongs to it', async () => {
    const { code, out } = await plugin('events', 'orders');
    expect(code).toBe(0);
    expect(out).toMatch(/Founding +StorageCluster\/orders/);
    expect(out).toMatch(/SuccessfulCreate +StatefulSet\/orders-shard-0/);
    expect(out).toMatch(/Scheduled +Pod\/orders-shard-0-0/);
  });

  test('status and members: the same leader as the resource names', async () => {
    const leader = await orders.leader();
    expect((await plugin('status', 'orders')).out).toContain(leader);
    const { out } = await plugin('members', 'orders', '-o', 'json');
    const members = JSON.parse(out) as readonly { name: string; role: string }[];
    expect(members.find(({ role }) => role === 'Leader')?.name).toBe(leader);
  });
});

describe('restart', () => {
  test('--wait comes back when every member runs anew; nothing is lost, and no spec is left to restart again', async () => {
    const before = await podUids();
    const { code, out } = await plugin('restart', '--wait', '--timeout', '240', 'orders');
    expect(out).toContain('the restart of orders is ordered');
    expect(out).toContain('every member of orders runs anew and is ready\n');
    expect(code).toBe(0);
    const after = await podUids();
    expect(after).toHaveLength(3);
    expect(after.filter((uid) => before.includes(uid))).toEqual([]);
    expect((await plugin('connect', 'orders', 'GET', 'greeting')).out).toBe('hello world\n');
    await orders.ready(3);
    expect(await podUids()).toEqual(after);
  });
});
