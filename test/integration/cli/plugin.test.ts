/** `kubectl quorate` against three real members, which it reaches as it would in a cluster: through the API server, with a user's rights. */
import { execFile, spawn } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { API_VERSION, KIND, parseStorageCluster } from '../../../src/api/storage-cluster.ts';
import { plainChildren } from '../../../src/operator/render/children.ts';
import { selectorLabels } from '../../../src/operator/render/names.ts';
import { present } from '../../../src/shared/assert.ts';
import { KubeconfigFile, runWords } from '../../support/command-line.ts';
import type { Ran } from '../../support/command-line.ts';
import { FakeApiServer } from '../../support/fake-api-server.ts';
import type { FakeRequest } from '../../support/fake-api-server.ts';
import { LocalCluster, PASSWORD, TOKEN } from '../../support/local-cluster.ts';
import type { LocalMember } from '../../support/local-cluster.ts';
import { buildProgram } from '../../support/program.ts';
import { eventually } from '../../support/system.ts';

jest.setTimeout(90_000);

const NAMESPACE = 'shop';
const program = buildProgram();
const server = new FakeApiServer();
let cluster: LocalCluster;
let kubeconfig: KubeconfigFile;

function run(words: readonly string[], env: Readonly<Record<string, string>> = {}, input = ''): Promise<Ran> {
  return runWords(words, { env: { ...kubeconfig.env, ...env }, input, program: 'kubectl quorate' });
}

/** What the operator would have made and written. */
function putObjects(): void {
  const put = (collection: string, object: object): void => {
    server.objects.put(collection, object as Parameters<typeof server.objects.put>[1]);
  };
  const clusterObject = server.objects.get('quorate.io/v1alpha1/storageclusters', NAMESPACE, 'orders');
  if (clusterObject !== undefined) return;
  put('quorate.io/v1alpha1/storageclusters', {
    apiVersion: API_VERSION,
    kind: KIND,
    metadata: { name: 'orders', namespace: NAMESPACE, generation: 1 },
    spec: { version: '0.1.0' },
    status: { clusterId: 'local-test', generation: { number: 1, id: '0'.repeat(16) }, observedAt: new Date().toISOString() },
  });
  for (const [at, member] of cluster.members.entries()) {
    put('v1/pods', {
      metadata: { name: member.name, namespace: NAMESPACE, labels: selectorLabels('orders') },
      spec: { nodeName: `worker-${at}` },
      status: { phase: 'Running', podIP: `10.0.0.${at + 1}`, conditions: [{ type: 'Ready', status: 'True' }] },
    });
    server.podOrigins.set(member.name, `http://127.0.0.1:${member.httpPort}`);
    server.podPorts.set(member.name, member.clientPort);
  }
  const secret = (name: string, key: string, value: string): void =>
    put('v1/secrets', { metadata: { name, namespace: NAMESPACE }, data: { [key]: Buffer.from(value).toString('base64') } });
  secret('orders-admin', 'token', TOKEN);
  secret('orders-client', 'password', PASSWORD);
}

function deny(matches: (request: FakeRequest) => boolean): void {
  server.fail({ type: 'answer', status: 403, reason: 'Forbidden' }, matches, Number.MAX_SAFE_INTEGER);
}

beforeAll(async () => {
  cluster = await LocalCluster.found({ program, namePrefix: 'orders-shard-0-', firstNumber: 0 });
  await server.start();
  kubeconfig = new KubeconfigFile(server.url);
  putObjects();
}, 60_000);

beforeEach(() => server.forgive());

afterAll(async () => {
  await cluster.stop();
  await server.stop();
  kubeconfig.remove();
}, 30_000);

async function follower(): Promise<LocalMember> {
  const leader = await cluster.leader();
  return present(
    cluster.members.find(({ name }) => name !== leader.name),
    'three members have followers',
  );
}

describe('members', () => {
  test('shows one confirmed leader, two followers, and their log positions', async () => {
    const leader = await cluster.leader();
    const { code, out } = await run(['members', 'orders', '-o', 'json']);
    expect(code).toBe(0);
    const rows = JSON.parse(out) as { name: string; role: string; term: number; lastIndex: number; lag: number | null }[];
    expect(rows.map(({ name }) => name)).toEqual(cluster.members.map(({ name }) => name));
    expect(rows.filter(({ role }) => role === 'Leader').map(({ name }) => name)).toEqual([leader.name]);
    expect(rows.filter(({ role }) => role === 'Follower')).toHaveLength(2);
    for (const row of rows) {
      expect(row.term).toBeGreaterThan(0);
      expect(row.lastIndex).toBeGreaterThan(0);
    }
  });

  test('a member that does not answer is Unknown, with the reason, and keeps nobody from the others', async () => {
    const silent = await follower();
    server.podOrigins.delete(silent.name);
    try {
      const { code, out } = await run(['members', 'orders']);
      expect(code).toBe(0);
      const line = out.split('\n').find((text) => text.startsWith(silent.name));
      expect(line).toMatch(/Unknown +\? .*connection refused/);
      expect(out).toContain('Leader');
    } finally {
      server.podOrigins.set(silent.name, `http://127.0.0.1:${silent.httpPort}`);
    }
  });

  test('without `get` on `pods/proxy` it says so, with exit code 4', async () => {
    deny(({ place }) => place.subresource === 'proxy');
    expect(await run(['members', 'orders'])).toEqual({
      code: 4,
      out: '',
      err: 'kubectl quorate members: needs `get` on `pods/proxy` in namespace shop\n',
    });
  });
});

describe('promote', () => {
  test('hands leadership over, and says who led before', async () => {
    const before = await cluster.leader();
    const next = await follower();
    const { code, out, err } = await run(['promote', next.name]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`${next.name} leads orders now; before it was ${before.name}\n`);
    await eventually('the promoted member leads', async () => (await cluster.leader()).name === next.name);
    expect((await run(['promote', next.name])).out).toBe(`${next.name} leads orders already\n`);
  });

  test.each([
    ['a member that is none', ['promote', 'orders-shard-0-9'], 3, 'orders-shard-0-9 is no member of orders, which has'],
    ['a name that is none', ['promote', 'orders'], 2, "orders is no member's name, which is like orders-shard-0-1"],
    [
      'a cluster that is none',
      ['promote', 'order-shard-0-1'],
      3,
      'there is no StorageCluster order in namespace shop, did you mean orders?',
    ],
  ])('%s', async (_, words, code, message) => {
    const ran = await run(words);
    expect(ran.code).toBe(code);
    expect(ran.err).toContain(message);
  });

  test('S19: without the right token the member refuses, and nothing changes', async () => {
    const before = await cluster.leader();
    const data = { token: Buffer.from('a wrong token').toString('base64') };
    const secret = { metadata: { name: 'orders-admin', namespace: NAMESPACE } };
    server.objects.put('v1/secrets', { ...secret, ...{ data } });
    try {
      const { code, err } = await run(['promote', (await follower()).name]);
      expect(code).toBe(1);
      expect(err).toContain(`${before.name} refused`);
      expect(err).not.toContain('a wrong token');
      expect((await cluster.leader()).name).toBe(before.name);
    } finally {
      server.objects.put('v1/secrets', { ...secret, ...{ data: { token: Buffer.from(TOKEN).toString('base64') } } });
    }
  });

  test.each([
    ['secrets', ({ place }: FakeRequest) => place.collection === 'v1/secrets', 'needs `get` on `secrets` in namespace shop'],
    [
      'calls through the proxy',
      ({ place, method }: FakeRequest) => place.subresource === 'proxy' && method === 'POST',
      'needs `create` on `pods/proxy` in namespace shop',
    ],
    ['pods', ({ place }: FakeRequest) => place.collection === 'v1/pods', 'needs `list` on `pods` in namespace shop'],
  ])('without the right to %s it names the right', async (_, matches, message) => {
    deny(matches);
    const { code, err } = await run(['promote', (await follower()).name]);
    expect({ code, err }).toEqual({ code: 4, err: `kubectl quorate promote: ${message}\n` });
  });
});

describe('explain', () => {
  test('plans from what the members say: the children that are missing here, each with its reason', async () => {
    const { code, out } = await run(['explain', 'orders']);
    expect(code).toBe(0);
    expect(out).toContain('Next steps, in this order');
    expect(out).toContain('apply Service orders\n      because Service orders is missing');
    expect(out).toContain('create the StatefulSet with 3 pods');
  });

  test('small holes in the picture are named beside the plan, and nothing unseen is planned for', async () => {
    deny(({ place }) => place.collection === 'v1/secrets' || place.collection === 'v1/services');
    const { code, out } = await run(['explain', 'orders']);
    expect(code).toBe(0);
    expect(out).toContain('needs `get` on `secrets` in namespace shop');
    expect(out).toContain('needs `get` on `services` in namespace shop');
    expect(out).toContain('apply NetworkPolicy');
    expect(out).not.toContain('apply Service');
    expect(out).not.toContain('Secret, with a value');
  });

  test('what the API server wrote its own way is no difference, what the operator did not apply is one', async () => {
    const stored = server.objects.get('quorate.io/v1alpha1/storageclusters', NAMESPACE, 'orders');
    const parsed = parseStorageCluster(stored);
    if (!parsed.ok) throw new Error(parsed.reason);
    const rendered = present(
      plainChildren(parsed.value).find(({ kind }) => kind === 'NetworkPolicy'),
      'a cluster has a NetworkPolicy',
    );
    const collection = 'networking.k8s.io/v1/networkpolicies';
    const put = (annotations: Readonly<Record<string, string>>) =>
      server.objects.put(collection, {
        ...rendered,
        metadata: { ...rendered.metadata, annotations, generation: 1 },
        spec: { written: 'its own way' },
      } as Parameters<typeof server.objects.put>[1]);
    put(rendered.metadata.annotations);
    try {
      expect((await run(['explain', 'orders'])).out).not.toContain('apply NetworkPolicy');
      put({ ...rendered.metadata.annotations, 'quorate.io/applied': 'something else' });
      expect((await run(['explain', 'orders'])).out).toContain('apply NetworkPolicy orders-members');
    } finally {
      server.objects.remove(collection, NAMESPACE, rendered.metadata.name);
    }
  });

  test('without the members there is no plan, only what the operator recorded', async () => {
    deny(({ place }) => place.subresource === 'proxy');
    const { code, out } = await run(['explain', 'orders', '-o', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      source: 'recorded',
      steps: [],
      unseen: ['needs `get` on `pods/proxy` in namespace shop'],
    });
  });
});

describe('connect', () => {
  test('one command through a port-forward, with the password from the Secret', async () => {
    expect(await run(['connect', 'orders', 'SET', 'greeting', 'hello world'])).toEqual({ code: 0, out: 'OK\n', err: '' });
    expect((await run(['connect', '--no-raw', 'orders', 'GET', 'greeting'])).out).toBe('"hello world"\n');
    const value = 'x'.repeat(100_000);
    expect((await run(['connect', 'orders', 'SET', 'large', value])).out).toBe('OK\n');
    expect((await run(['connect', 'orders', 'GET', 'large'])).out).toBe(`${value}\n`);
  });

  test('options of the client and of the plugin stand before the cluster, words after it are the command', async () => {
    const ran = await run(['-n', NAMESPACE, 'connect', '-3', '--member', 'orders-shard-0-2', 'orders', 'ECHO', '--help']);
    expect(ran).toEqual({ code: 0, out: '--help\n', err: '' });
  });

  test('without `get` on secrets it says what to do, and a password of the user helps', async () => {
    deny(({ place }) => place.collection === 'v1/secrets');
    const { code, err } = await run(['connect', 'orders', 'PING']);
    expect(code).toBe(4);
    expect(err).toContain('needs `get` on `secrets` in namespace shop; or give the password with -a or REDISCLI_AUTH');
    expect((await run(['connect', 'orders', 'PING'], { REDISCLI_AUTH: PASSWORD })).out).toBe('PONG\n');
  });

  test('without `get` on `pods/portforward` it names the right', async () => {
    deny(({ place }) => place.subresource === 'portforward');
    const { code, err } = await run(['connect', 'orders', 'PING']);
    expect({ code, err }).toEqual({
      code: 4,
      err: 'kubectl quorate connect: needs `get` on `pods/portforward` in namespace shop\n',
    });
  });

  test('--listen forwards a port of this machine to any client, connection by connection', async () => {
    const child = spawn(process.execPath, [program, 'connect', '--listen', '0', 'orders'], {
      env: { ...process.env, ...kubeconfig.env },
    });
    try {
      let out = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      await eventually('the port is told', () => out.includes('leads to orders'));
      const port = /127\.0\.0\.1:(\d+)/.exec(out)?.[1] ?? '';
      for (const count of [1, 2]) {
        const { out: reply } = await run(['cli', '-p', port, '-a', PASSWORD, 'INCR', 'through-listen']);
        expect(reply).toBe(`${count}\n`);
      }
    } finally {
      child.kill('SIGINT');
    }
  });
});

test('one file to install: linked as kubectl-quorate it is the plugin, as kubectl_complete-quorate its completion', async () => {
  const call = async (name: string, ...words: string[]): Promise<string> => {
    const link = join(kubeconfig.folder, name);
    if (!existsSync(link)) symlinkSync(program, link);
    const { stdout } = await promisify(execFile)(link, words, { env: { ...process.env, ...kubeconfig.env }, timeout: 30_000 });
    return stdout;
  };
  expect(await call('kubectl-quorate', 'help')).toContain('Usage: kubectl quorate COMMAND');
  expect(await call('kubectl_complete-quorate', 'sta')).toMatch(/^status\t.*\n:4\n$/);
  expect(await call('kubectl_complete-quorate', 'status', 'or')).toBe('orders\tStorageCluster\n:4\n');
});
