/** `quorate kubectl` where there is no kubectl: what it says stands in a transcript, held word for word against kubectl by test/pages/kubectl.test.ts. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { homeFolder, writeRecord } from '../../../src/cli/dev/record.ts';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { runCommandLine } from '../../../src/cli/run.ts';
import { Collected, runWords } from '../../support/command-line.ts';
import type { Ran } from '../../support/command-line.ts';
import { COMMANDS_RECORDED, KubectlWorld, RECORDED } from '../../support/kubectl-world.ts';
import { eventually } from '../../support/system.ts';

let world: KubectlWorld;
beforeEach(async () => {
  world = await KubectlWorld.begin();
});
afterEach(() => world.end());

/** The program, without any kubectl in its PATH. */
function ours(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return runWords(['kubectl', ...words], {
    env: { PATH: '', HOME: world.kubeconfig.folder, TMPDIR: world.kubeconfig.folder, ...env },
  });
}

describe('without kubectl', () => {
  test('it answers in words that stand in the transcript, which are those of kubectl (test/pages/kubectl.test.ts)', async () => {
    expect(COMMANDS_RECORDED.length).toBeGreaterThan(20);
    const said = await world.transcriptOf((words) => ours([...words, '--kubeconfig', world.kubeconfig.path]));
    expect(said).toBe(RECORDED);
  });

  test('without a devcluster and without --kubeconfig it speaks to nobody, whatever KUBECONFIG says', async () => {
    const { code, out, err } = await ours(['get', 'pods'], world.kubeconfig.env);
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toBe(
      'quorate kubectl: no devcluster runs: start one with `quorate dev`, or name a cluster with --kubeconfig FILE\n',
    );
  });

  test('it finds the devcluster that runs by its record, and forgets one whose process is gone', async () => {
    const env = { TMPDIR: world.kubeconfig.folder };
    const record = { kubeconfig: world.kubeconfig.path, cluster: 'orders', namespace: 'default', clientPort: 1 };
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
    const words = ['kubectl', 'get', 'sts', '-n', 'shop', '-w', '--kubeconfig', world.kubeconfig.path];
    const env = { PATH: '', HOME: world.kubeconfig.folder };
    const watching = runCommandLine(COMMANDS, words, { env, stdin, stdout, stderr, signal: aborter.signal });
    const linesAre = (count: number) => async () => stdout.text.split('\n').length > count;
    await eventually('the table stands there', linesAre(2));
    world.model.merge('/apis/apps/v1/namespaces/shop/statefulsets/web', { spec: { replicas: 3 } });
    await eventually('the change is told', linesAre(3));
    aborter.abort();
    expect(await watching).toBe(0);
    const shown = stdout.text.split('\n').map((line) => line.replace(/\s+\d+s$/, ''));
    expect(shown).toEqual(['NAME   READY   AGE', 'web    2/2', 'web    2/3', '']);
  });
});

test('with kubectl in the PATH it is kubectl that answers, with every word as it is and the exit code as failed or done', async () => {
  const folder = join(world.kubeconfig.folder, 'bin');
  mkdirSync(folder);
  const log = join(folder, 'log');
  writeFileSync(join(folder, 'kubectl'), `#!/bin/sh\nprintf '%s|' "$KUBECONFIG" "$@" > '${log}'\nexit 7\n`, { mode: 0o755 });
  writeRecord(
    { TMPDIR: world.kubeconfig.folder },
    { pid: process.pid, kubeconfig: '/a/kubeconfig', cluster: 'orders', namespace: 'default', clientPort: 1 },
  );
  const path = `${folder}${delimiter}/bin${delimiter}/usr/bin`;
  expect((await ours(['logs', '-f', 'a b', '--help'], { PATH: path })).code).toBe(1);
  expect(readFileSync(log, 'utf8')).toBe('/a/kubeconfig|logs|-f|a b|--help|');
});
