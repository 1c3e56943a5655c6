/**
 * `quorate kubectl` where there is no kubectl: what it says stands in a transcript, and where there is a kubectl that one says the same, word for
 * word, on a cluster of its own in the same state.
 */
import { spawn } from 'node:child_process';
import { accessSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { ApiHttpServer } from '../../../src/devcluster/http/server.ts';
import { homeFolder, writeRecord } from '../../../src/cli/dev/record.ts';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { runCommandLine } from '../../../src/cli/run.ts';
import { Collected, KubeconfigFile, runWords } from '../../support/command-line.ts';
import type { Ran } from '../../support/command-line.ts';
import { ClusterFixture } from '../../support/model-cluster.ts';
import { eventually } from '../../support/system.ts';
import { statefulSet } from '../../support/model-api.ts';

const transcriptFile = new URL('kubectl.transcript.txt', import.meta.url);
const root = new URL('../../../', import.meta.url);

let model: ClusterFixture;
let server: ApiHttpServer;
let kubeconfig: KubeconfigFile;

async function begin(): Promise<void> {
  model = new ClusterFixture();
  model.namespace('shop');
  model.cluster.addNodes(3);
  model.call('POST', '/api/v1/namespaces/shop/configmaps', {
    metadata: { name: 'menu', labels: { app: 'shop' } },
    data: { soup: 'pea', bread: 'rye' },
  });
  model.call('POST', '/apis/apps/v1/namespaces/shop/statefulsets', statefulSet('web', { replicas: 2 }));
  const definition = load(readFileSync(new URL('crds/quorate.io_storageclusters.yaml', root), 'utf8'));
  model.call('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', definition);
  await model.until('both pods are ready', () => model.readyPods().length === 2);
  server = new ApiHttpServer({ api: model.api, clock: model.clock });
  kubeconfig = new KubeconfigFile(`http://127.0.0.1:${await server.listen(0)}`);
}

async function end(): Promise<void> {
  await server.close();
  model.cluster.stop();
  kubeconfig.remove();
}

beforeEach(begin);
afterEach(end);

/** The program, without any kubectl in its PATH. */
function ours(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return runWords(['kubectl', ...words], { env: { PATH: '', HOME: kubeconfig.folder, TMPDIR: kubeconfig.folder, ...env } });
}

const kubectl = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'kubectl'))
  .find((file) => {
    try {
      accessSync(file);
      return true;
    } catch {
      return false;
    }
  });

async function theirs(words: readonly string[]): Promise<Ran> {
  const env = { HOME: kubeconfig.folder, PATH: process.env['PATH'], KUBECONFIG: kubeconfig.path };
  const child = spawn(kubectl ?? 'kubectl', words, { env, stdio: ['ignore', 'pipe', 'pipe'], cwd: root });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? -1));
  });
  // From 1.33 on it names the namespace as well.
  return { code: code === 0 ? 0 : 1, out: out.replaceAll(/ deleted from \S+ namespace$/gm, ' deleted'), err };
}

/** Its lines that begin with `$ kubectl` are the commands; what stands below each is what kubectl 1.32 said. */
const recorded = readFileSync(transcriptFile, 'utf8');
const commands = recorded.split('\n').flatMap((line) => (line.startsWith('$ kubectl ') ? [line.slice('$ kubectl '.length)] : []));

async function transcriptOf(run: (words: readonly string[]) => Promise<Ran>): Promise<string> {
  const parts: string[] = [];
  for (const command of commands) {
    const words = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    const { code, out, err } = await run(words);
    const failed = code === 0 ? '' : '(failed)\n';
    parts.push(`$ kubectl ${command}\n${out}${err}${failed}`);
    await model.clock.advance(0);
  }
  return parts.join('\n');
}

describe('without kubectl', () => {
  test('it answers in words that stand in the transcript', async () => {
    const said = await transcriptOf((words) => ours([...words, '--kubeconfig', kubeconfig.path]));
    expect(said).toBe(recorded);
  });

  test('and where there is a kubectl, they are its words', async () => {
    expect(commands.length).toBeGreaterThan(20);
    expect(kubectl === undefined ? recorded : await transcriptOf(theirs)).toBe(recorded);
  });

  test('without a devcluster and without --kubeconfig it speaks to nobody, whatever KUBECONFIG says', async () => {
    const { code, out, err } = await ours(['get', 'pods'], kubeconfig.env);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toBe(
      'quorate kubectl: no devcluster runs: start one with `quorate dev`, or name a cluster with --kubeconfig FILE\n',
    );
  });

  test('it finds the devcluster that runs by its record, and forgets one whose process is gone', async () => {
    const env = { TMPDIR: kubeconfig.folder };
    const record = { kubeconfig: kubeconfig.path, cluster: 'orders', namespace: 'default', clientPort: 1 };
    writeRecord(env, { ...record, pid: process.pid });
    expect(await ours(['get', 'cm', '-n', 'shop', '-o', 'name', '-l', 'app=shop'])).toEqual({
      code: 0,
      out: 'configmap/menu\n',
      err: '',
    });
    writeRecord(env, { ...record, pid: 2 ** 22 + 1 });
    expect((await ours(['get', 'cm'])).code).toBe(3);
    mkdirSync(homeFolder(env), { recursive: true });
    writeFileSync(join(homeFolder(env), 'running.json'), '{"pid":');
    expect((await ours(['get', 'cm'])).code).toBe(3);
  });

  test('it tells how to get kubectl, and what it answers until then', async () => {
    const help = await ours([]);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('https://kubernetes.io/docs/tasks/tools/');
    const other = await ours(['drain', 'worker-1']);
    expect(other).toMatchObject({ code: 2, out: '' });
    expect(other.err).toContain('answers get, apply, scale, delete, patch itself, not "drain"');
    expect((await ours(['gte', 'pods'])).err).toContain('did you mean get?');
    expect((await ours(['get', '--help'])).out).toContain('Usage: quorate kubectl get');
  });

  test('get --watch prints rows as they change, below the columns that stand there', async () => {
    const aborter = new AbortController();
    const [stdin, stdout, stderr] = [new PassThrough(), new Collected(), new Collected()];
    const words = ['kubectl', 'get', 'sts', '-n', 'shop', '-w', '--kubeconfig', kubeconfig.path];
    const env = { PATH: '', HOME: kubeconfig.folder };
    const watching = runCommandLine(COMMANDS, words, { env, stdin, stdout, stderr, signal: aborter.signal });
    const linesAre = (count: number) => async () => stdout.text.split('\n').length > count;
    await eventually('the table stands there', linesAre(2));
    model.merge('/apis/apps/v1/namespaces/shop/statefulsets/web', { spec: { replicas: 3 } });
    await eventually('the change is told', linesAre(3));
    aborter.abort();
    expect(await watching).toBe(0);
    const shown = stdout.text.split('\n').map((line) => line.replace(/\s+\d+s$/, ''));
    expect(shown).toEqual(['NAME   READY   AGE', 'web    2/2', 'web    2/3', '']);
  });
});

test('with kubectl in the PATH it is kubectl that answers, with every word as it is and the exit code as failed or done', async () => {
  const folder = join(kubeconfig.folder, 'bin');
  mkdirSync(folder);
  const log = join(folder, 'log');
  writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\nprintf '%s|' "$KUBECONFIG" "$@" > '${log}'\nexit 7\n`, { mode: 0o755 });
  writeRecord(
    { TMPDIR: kubeconfig.folder },
    { pid: process.pid, kubeconfig: '/a/kubeconfig', cluster: 'orders', namespace: 'default', clientPort: 1 },
  );
  const path = `${folder}${delimiter}/bin${delimiter}/usr/bin`;
  expect((await ours(['logs', '-f', 'a b', '--help'], { PATH: path })).code).toBe(1);
  expect(readFileSync(log, 'utf8')).toBe('/a/kubeconfig|logs|-f|a b|--help|');
});
