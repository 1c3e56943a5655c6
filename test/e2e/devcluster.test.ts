/** The devcluster as users meet it: `kubectl` and Helm themselves, whatever cluster the other tests speak to. */
import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DevclusterFixture } from '../support/devcluster.ts';
import { buildProgram } from '../support/program.ts';
import { RespClient } from '../support/resp-client.ts';
import { eventually } from '../support/system.ts';

const run = promisify(execFile);
const NAMESPACE = 'quorate-system';
const RELEASE = ['quorate', 'charts/quorate', '--namespace', NAMESPACE];

let cluster: DevclusterFixture;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  const program = buildProgram();
  const image = (name: string) => (name === 'quorate:0.1.0' ? { entrypoint: [process.execPath, program] } : null);
  cluster = await DevclusterFixture.start({ nodes: 3, image });
  env = { ...process.env, KUBECONFIG: cluster.devcluster.kubeconfigFile };
}, 120_000);
afterAll(() => cluster.devcluster.stop());

async function call(program: 'kubectl' | 'helm', ...words: readonly string[]): Promise<string> {
  return (await run(program, words, { env })).stdout;
}

const kubectl = (...words: readonly string[]): Promise<string> => call('kubectl', ...words);

/** What it says when it fails, and its exit code. */
async function failure(...words: readonly string[]): Promise<{ readonly code: number; readonly stderr: string }> {
  return run('kubectl', words, { env }).then(
    () => ({ code: 0, stderr: '' }),
    (error: unknown) => error as { code: number; stderr: string },
  );
}

describe('the chart', () => {
  test('is installed, tested, upgraded, and its cluster becomes ready', async () => {
    await call('helm', 'install', ...RELEASE, '--create-namespace', '--wait', '--timeout', '2m');
    expect(await call('helm', 'test', 'quorate', '--namespace', NAMESPACE)).toContain('Phase:          Succeeded');
    await call('helm', 'upgrade', ...RELEASE, '--set', 'logLevel=debug', '--wait', '--timeout', '2m');
    expect(await call('helm', 'list', '--all-namespaces')).toMatch(/quorate\s+quorate-system\s+2\s.*deployed/);
    await kubectl('apply', '-f', 'examples/orders.yaml');
    await kubectl('wait', 'stc/orders', '--for=condition=Ready', '--timeout=90s');
  }, 300_000);
});

describe('kubectl', () => {
  test('creates what it sends as protobuf, and says what is not there', async () => {
    await kubectl('create', 'namespace', 'shop');
    await kubectl('create', 'configmap', 'settings', '--namespace=shop', '--from-literal=level=loud');
    expect(await kubectl('get', 'configmap', 'settings', '--namespace=shop', '--output=jsonpath={.data.level}')).toBe('loud');
    await kubectl('delete', 'namespace', 'shop', '--wait=false');
    expect((await failure('get', 'pod', 'nobody')).stderr).toContain('pods "nobody" not found');
  }, 60_000);

  test('asks who may do what, by the roles of the chart', async () => {
    const operator = `--as=system:serviceaccount:${NAMESPACE}:quorate`;
    expect(await kubectl('auth', 'can-i', 'patch', 'storageclusters', operator)).toContain('yes');
    expect(await kubectl('auth', 'whoami', '--output=jsonpath={.status.userInfo.username}')).toBe('kubernetes-admin');
    expect((await failure('get', 'secrets', '--all-namespaces', operator)).stderr).toContain('cannot list resource "secrets"');
  }, 60_000);

  test('runs a command in a member, and ends as the command did', async () => {
    const words = ['exec', 'orders-shard-0-0', '--', 'sh', '-c'];
    expect(await kubectl(...words, 'echo "$QUORATE_NAME"')).toBe('orders-shard-0-0\n');
    expect(await failure(...words, 'exit 3')).toMatchObject({ code: 3 });
  }, 60_000);

  test('forwards a port, on which a client is served', async () => {
    const encoded = await kubectl('get', 'secret', 'orders-client', '--output=jsonpath={.data.password}');
    const forward = spawn('kubectl', ['port-forward', 'service/orders', ':6379'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      let said = '';
      forward.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
      await eventually('the port', () => /127\.0\.0\.1:\d+/.test(said), 30_000);
      const port = Number(/127\.0\.0\.1:(\d+)/.exec(said)?.[1]);
      const password = Buffer.from(encoded, 'base64').toString();
      for (const value of ['one', 'two']) {
        const client = await RespClient.connect({ host: '127.0.0.1', port, password });
        expect(await client.ask('SET', 'key', value)).toEqual({ type: 'simple', text: 'OK' });
        expect(await client.ask('GET', 'key')).toEqual({ type: 'bulk', bytes: Buffer.from(value) });
        client.close();
      }
    } finally {
      forward.kill('SIGKILL');
    }
  }, 90_000);

  test('follows a log to the end of its container', async () => {
    const follow = spawn('kubectl', ['logs', '--follow', '--tail=1', 'orders-shard-0-2'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    follow.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = new Promise((resolve) => follow.once('close', resolve));
    await eventually('the last line so far', () => said.includes('\n'), 30_000);
    await kubectl('delete', 'pod', 'orders-shard-0-2', '--wait=true');
    await ended;
    expect(said).toContain('"msg":"stopped"');
    await kubectl('wait', 'stc/orders', '--for=condition=Ready', '--timeout=90s');
  }, 180_000);

  test('drains a node, scales, and deletes', async () => {
    // One member a node: of two on it, the budget would keep the second, since the first can't go without its volume.
    await kubectl('drain', 'node-1', '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=120s');
    await kubectl('uncordon', 'node-1');
    await kubectl('wait', 'stc/orders', '--for=jsonpath={.status.ready}=3/3', '--timeout=120s');
    await kubectl('scale', 'stc', 'orders', '--replicas=5');
    await kubectl('wait', 'stc/orders', '--for=jsonpath={.status.ready}=5/5', '--timeout=120s');
    await kubectl('delete', 'stc', 'orders');
    await eventually('its pods are gone', async () => (await kubectl('get', 'pods', '--output=name')) === '', 90_000);
    await call('helm', 'uninstall', 'quorate', '--namespace', NAMESPACE);
    await eventually('nothing runs', () => cluster.devcluster.processes().length === 0, 60_000);
  }, 400_000);
});
