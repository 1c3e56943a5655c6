/** What a devcluster leaves behind: nothing, however it ends; and what it keeps when it is asked to. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startDevcluster } from '../../../src/devcluster/devcluster.ts';
import { startTimeOf } from '../../../src/devcluster/supervision/process-identity.ts';
import { removeLeftovers } from '../../../src/devcluster/supervision/leftovers.ts';
import { killRecorded, recordedProcesses } from '../../../src/devcluster/supervision/supervisor.ts';
import { lockFolder } from '../../../src/wal/folder-lock.ts';
import { DevclusterFixture, isAlive, PODS, temporaryFolder } from '../../support/devcluster.ts';
import { field } from '../../support/model-api.ts';
import { eventually } from '../../support/system.ts';

const folders = temporaryFolder();
const bundle = join(folders.path, 'devcluster.mjs');
const strays: ChildProcess[] = [];

beforeAll(() => {
  const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
  const options = [
    '--bundle',
    '--platform=node',
    '--format=esm',
    '--log-level=warning',
    `--outfile=${bundle}`,
    `--banner:js=${banner}`,
  ];
  execFileSync('node_modules/.bin/esbuild', ['test/support/devcluster-process.ts', ...options]);
});
afterEach(() => {
  for (const child of strays.splice(0)) child.kill('SIGKILL');
});
afterAll(() => folders.remove());

/** A devcluster in a process of its own, with one pod that sleeps. */
async function startApart(): Promise<{
  readonly child: ChildProcess;
  readonly root: string;
  readonly port: number;
  readonly pod: number;
}> {
  const child = spawn(process.execPath, [bundle], { stdio: ['ignore', 'pipe', 'inherit'] });
  strays.push(child);
  const line = await new Promise<string>((resolve) => child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())));
  const { kubeconfigFile, url, pod } = JSON.parse(line) as { kubeconfigFile: string; url: string; pod: number };
  return { child, root: dirname(kubeconfigFile), port: Number(new URL(url).port), pod };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => resolve(false));
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve));
}

/** The supervisor's shell writes it down a moment after it runs. */
function isOnRecord(root: string, wanted: number): boolean {
  return recordedProcesses(join(root, 'processes')).some(({ pid }) => pid === wanted);
}

describe('after its end nothing is left', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s: no process, no port, no file', async (signal) => {
    const { child, root, port, pod } = await startApart();
    expect([isAlive(pod), await isOpen(port), statSync(join(root, 'kubeconfig')).mode & 0o777]).toEqual([true, true, 0o600]);
    await eventually('its container is on record', () => isOnRecord(root, pod));
    child.kill(signal);
    await ended(child);
    expect(child.exitCode).toBe(0);
    expect([isAlive(pod), await isOpen(port), existsSync(root)]).toEqual([false, false, false]);
  });

  test('SIGKILL: what it ran notices, and its folder goes', async () => {
    const { child, root, port, pod } = await startApart();
    child.kill('SIGKILL');
    await ended(child);
    await eventually('its containers and its folder are gone', () => startTimeOf(pod) === null && !existsSync(root));
    expect(await isOpen(port)).toBe(false);
  });

  test('killed together with its supervisor: the next start ends what runs and removes the folder', async () => {
    const { child, root, pod } = await startApart();
    await eventually('its container is on record', () => isOnRecord(root, pod));
    const [supervisor] = childrenOf(child.pid ?? 0).filter((pid) => pid !== pod);
    process.kill(supervisor ?? 0, 'SIGKILL');
    child.kill('SIGKILL');
    await ended(child);
    expect([startTimeOf(pod) === null, existsSync(root)]).toEqual([false, true]);
    const next = await DevclusterFixture.start();
    expect([startTimeOf(pod) === null, existsSync(root)]).toEqual([true, false]);
    expect(next.told.join()).toContain('removed what a devcluster left that was killed');
    await next.devcluster.stop();
  });

  test('a process that has the id of one on record, but not its start time, is nobody of ours', async () => {
    const child = spawn('sleep', ['3600'], { detached: true });
    strays.push(child);
    const pid = child.pid ?? 0;
    const record = join(folders.path, 'processes');
    writeFileSync(record, ` ${pid}:1 ${pid}:\n`);
    expect(await killRecorded(record)).toBe(0);
    expect(startTimeOf(pid)).not.toBeNull();
    writeFileSync(record, ` ${pid}:${startTimeOf(pid) ?? ''}\n`);
    expect(await killRecorded(record)).toBe(1);
    expect(startTimeOf(pid)).toBeNull();
  });

  test('folders of a devcluster that lives, and folders that are none, stay', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'quorate-test-'));
    const living = mkdtempSync(join(parent, 'cluster-'));
    const other = mkdtempSync(join(parent, 'cluster-'));
    const lock = await lockFolder(living);
    expect(await removeLeftovers(parent, 'cluster-')).toEqual({ folders: 0, processes: 0 });
    expect([existsSync(living), existsSync(other)]).toEqual([true, true]);
    if (lock.ok) await lock.value.release();
  });

  test('a start that fails leaves nothing either', async () => {
    const first = await DevclusterFixture.start();
    const port = Number(new URL(first.devcluster.url).port);
    const data = join(folders.path, 'failing');
    await expect(DevclusterFixture.start({ port, dataFolder: data })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(existsSync(join(data, 'lock'))).toBe(false);
    await first.devcluster.stop();
  });
});

describe('with a data folder', () => {
  test('objects and volumes are there again, pods start again, and tokens and the certificate stay', async () => {
    const dataFolder = join(folders.path, 'data');
    const before = await DevclusterFixture.start({ dataFolder });
    before.call('POST', '/api/v1/namespaces/default/persistentvolumeclaims', {
      metadata: { name: 'kept' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    });
    before.call('POST', '/api/v1/namespaces/default/services', { metadata: { name: 'door' }, spec: { ports: [{ port: 80 }] } });
    const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'kept' } }];
    const script = 'date >> /data/starts; echo "start $(wc -l < /data/starts)"; sleep 3600';
    before.run('writer', script, { volumeMounts: [{ name: 'data', mountPath: '/data' }] }, { volumes });
    await eventually('the first start', async () => (await before.log('writer')) === 'start 1\n');
    const uid = before.get(`${PODS}/writer`).metadata.uid;
    const address = field(before.get('/api/v1/namespaces/default/services/door'), 'spec.clusterIP');
    const { revision } = before.api.store;
    const kubeconfig = before.devcluster.kubeconfig.replace(before.devcluster.url, '');
    await before.devcluster.stop();

    const after = await DevclusterFixture.start({ dataFolder });
    expect(after.api.store.revision).toBeGreaterThan(revision);
    expect(after.devcluster.kubeconfig.replace(after.devcluster.url, '')).toBe(kubeconfig);
    expect(after.get(`${PODS}/writer`).metadata.uid).toBe(uid);
    await eventually('the second start', async () => (await after.log('writer')) === 'start 2\n');
    await after.untilStatus('writer', 'containerStatuses.0.ready', true);
    expect(after.status('writer', 'containerStatuses.0.restartCount')).toBe(1);
    expect(await after.log('writer', '?previous=true')).toBe('start 1\n');
    expect(field(after.get('/api/v1/namespaces/default/services/door'), 'spec.clusterIP')).toBe(address);
    // Whoever watched from before has to look at everything anew.
    const watch = after.watch(PODS, { resourceVersion: String(revision - 1) });
    expect(field(watch.events[0]?.object, 'code')).toBe(410);
    after.call('DELETE', `${PODS}/writer`);
    after.call('DELETE', '/api/v1/namespaces/default/persistentvolumeclaims/kept');
    const volume = (): string => readFileSync(join(dataFolder, 'volumes', volumeName, 'starts'), 'utf8');
    const volumeName = after.names('/api/v1/persistentvolumes')[0] ?? '';
    expect(volume()).not.toBe('');
    await eventually('a deleted volume takes its folder along', () => !existsSync(join(dataFolder, 'volumes', volumeName)));
    await after.devcluster.stop();
  });

  test('a second devcluster is refused by name', async () => {
    const dataFolder = join(folders.path, 'shared');
    const first = await DevclusterFixture.start({ dataFolder });
    const options = { dataFolder, addresses: null, port: 0, nodes: 1, image: () => null, tell: () => undefined };
    await expect(startDevcluster(options)).rejects.toMatchObject({
      code: 'DEVCLUSTER_FOLDER_IN_USE',
      message: expect.stringContaining(
        `${dataFolder} is another devcluster's: the data folder is in use by process ${process.pid}`,
      ) as unknown,
    });
    await first.devcluster.stop();
  });
});

describe('two devclusters on one machine', () => {
  test('have addresses of their own', async () => {
    const [one, other] = [await DevclusterFixture.start(), await DevclusterFixture.start()];
    one.run('pod', 'sleep 3600');
    other.run('pod', 'sleep 3600');
    for (const cluster of [one, other]) await cluster.untilStatus('pod', 'phase', 'Running');
    const prefixes = [one, other].map((cluster) => String(cluster.status('pod', 'podIP')).split('.').slice(0, 2).join('.'));
    expect(new Set(prefixes).size).toBe(2);
    await Promise.all([one.devcluster.stop(), other.devcluster.stop()]);
  });
});

/** By the process table. */
function childrenOf(pid: number): readonly number[] {
  const text = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return text.split('\n').flatMap((line) => {
    const [child, parent] = line.trim().split(/\s+/).map(Number);
    return parent === pid && child !== undefined ? [child] : [];
  });
}
