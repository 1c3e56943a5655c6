/** `quorate dev` as somebody starts it who has no terminal: from nothing to a cluster that serves, through blows or a whole session, to nothing again. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { StorageCluster } from '../../../src/api/storage-cluster.ts';
import { isAlive, runningDevcluster } from '../../../src/cli/dev/record.ts';
import type { DevclusterRecord } from '../../../src/cli/dev/record.ts';
import type { ChaosResult } from '../../../src/cli/dev/chaos.ts';
import type { Happening } from '../../../src/cli/view/live/happenings.ts';
import { present } from '../../../src/shared/assert.ts';
import { buildProgram } from '../../support/program.ts';
import { runProgram } from '../../support/run-program.ts';
import type { ProgramRun } from '../../support/run-program.ts';
import { eventually } from '../../support/system.ts';

jest.setTimeout(180_000);
const START_MS = 90_000;

let program: string;
/** Where it puts everything: nothing of another devcluster of this machine is seen, and what is left is seen. */
let folder: string;
let children: ChildProcess[];
beforeAll(() => {
  program = buildProgram();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quorate-dev-test-'));
  children = [];
});
afterEach(async () => {
  // Only what a failure left: the program's own supervisor then ends its pods.
  const left = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  for (const child of left) child.kill('SIGKILL');
  await eventually('nothing holds the folder', () => !children.some(({ pid = 0 }) => isAlive(pid)));
  rmSync(folder, { recursive: true, force: true });
});

interface Running {
  readonly child: ChildProcess;
  readonly said: () => readonly Happening[];
  readonly errors: () => string;
  readonly ended: Promise<number | null>;
}

/** No kubectl in the PATH: what is answered is answered by the program itself. */
function environment(): Readonly<Record<string, string>> {
  return { PATH: '', TMPDIR: folder, HOME: folder };
}

function start(words: readonly string[]): Running {
  const child = spawn(process.execPath, [program, ...words], { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const said = () =>
    out
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Happening);
  return { child, said, errors: () => err, ended };
}

const run = (...words: readonly string[]): Promise<ProgramRun> => runProgram(program, words, '', environment());

async function untilReady({ said, errors, child }: Running): Promise<DevclusterRecord> {
  await eventually(
    'the cluster is ready',
    () => {
      if (child.exitCode !== null) throw new Error(`it ended: ${errors()}`);
      return said().some(({ about, text }) => about === 'orders' && text.startsWith('Ready: 3/3 members ready'));
    },
    START_MS,
  );
  await eventually('a write is acknowledged', () => said().some(({ about }) => about === 'writes'), START_MS);
  return present(runningDevcluster({ TMPDIR: folder }), 'it says where it is');
}

/** Ids of the processes that are its pods. */
async function podProcesses(): Promise<readonly number[]> {
  const { code, out, err } = await run('kubectl', 'get', 'pods', '-A', '-o', 'json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return [...out.matchAll(/"containerID": "process:\/\/(\d+)"/g)].map(([, pid]) => Number(pid));
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function nothingIsLeft(pids: readonly number[], ports: readonly number[]): Promise<void> {
  await eventually('every process is gone', () => !pids.some(isAlive), 30_000);
  await eventually('every file is gone', () => readdirSync(folder).length === 0, 30_000);
  for (const port of ports) expect([port, await isOpen(port)]).toEqual([port, false]);
}

/** What was written before is read, and nothing else is said. In an election the question is refused, and asked again. */
async function untilGreeted(cli: (...words: readonly string[]) => Promise<ProgramRun>): Promise<void> {
  let last: ProgramRun | null = null;
  const isRead = async (): Promise<boolean> => (last = await cli('GET', 'greeting')).code === 0;
  await eventually('the greeting is read', isRead, START_MS);
  expect(last).toEqual({ code: 0, out: 'hello\n', err: '' });
}

function apiPortOf({ kubeconfig }: DevclusterRecord): number {
  return Number(/"server": "https:\/\/127\.0\.0\.1:(\d+)"/.exec(readFileSync(kubeconfig, 'utf8'))?.[1]);
}

test('from nothing to a cluster that serves, whose writes go on when the leader is killed, and on SIGTERM to nothing again', async () => {
  const dev = start(['dev', '--port', '0', '-o', 'json']);
  const record = await untilReady(dev);
  const ports = [record.clientPort, apiPortOf(record)];
  const pids = await podProcesses();
  expect(pids).toHaveLength(4);
  expect(pids.every(isAlive)).toBe(true);

  const password = readFileSync(join(record.kubeconfig, '..', 'password'), 'utf8');
  const cli = (...words: readonly string[]) => run('cli', '-p', String(record.clientPort), '-a', password, ...words);
  expect(await cli('SET', 'greeting', 'hello')).toEqual({ code: 0, out: 'OK\n', err: '' });

  const chaos = await run('dev', 'chaos', '--what', 'leader', '--beat', '3', '--for', '8', '--seed', '1', '-o', 'json');
  const { result } = JSON.parse(chaos.out.trim().split('\n').at(-1) ?? '') as { readonly result: ChaosResult };
  expect({ code: chaos.code, err: chaos.err }).toEqual({ code: 0, err: '' });
  expect(result).toMatchObject({ seed: 1, lost: 0, carriedOutTwice: 0, readBack: true });
  expect(result.kills.leader).toBeGreaterThanOrEqual(1);
  expect(result.acknowledged).toBeGreaterThan(10);
  await untilGreeted(cli);

  const nodes = await run('dev', 'chaos', ...'--what node --outage 2 --beat 3 --for 4 --seed 1 -o json'.split(' '));
  expect({ code: nodes.code, err: nodes.err }).toEqual({ code: 0, err: '' });
  const outage = (JSON.parse(nodes.out.trim().split('\n').at(-1) ?? '') as { readonly result: ChaosResult }).result;
  expect(outage).toMatchObject({ kills: { member: 0, leader: 0, node: 1 }, lost: 0, carriedOutTwice: 0, readBack: true });
  expect(nodes.out).toMatch(/cut the power of \S+ for /);
  expect(nodes.out).toContain('has power again');
  await untilGreeted(cli);
  expect(await run('kubectl', 'get', 'stc', '-o', 'name')).toMatchObject({ code: 0, out: 'storagecluster.quorate.io/orders\n' });

  const last = await podProcesses();
  // As a terminal and make pass it on: one Ctrl-C may come twice.
  dev.child.kill('SIGTERM');
  dev.child.kill('SIGINT');
  expect(await dev.ended).toBe(0);
  expect(dev.errors()).toBe('');
  expect(dev.said().filter(({ text }) => text.includes('lost') && !text.endsWith(', 0 lost'))).toEqual([]);
  await nothingIsLeft([...pids, ...last], ports);
});

test('killed with SIGKILL it leaves no process behind, and the next start removes what is left of files', async () => {
  const dev = start(['dev', '--port', '0', '-o', 'json', '--members', '1', '--no-writer']);
  await eventually(
    'its pods run',
    () => dev.said().some(({ about, text }) => about === 'orders' && text.startsWith('Ready')),
    START_MS,
  );
  const record = present(runningDevcluster({ TMPDIR: folder }), 'it says where it is');
  const ports = [record.clientPort, apiPortOf(record)];
  const pids = await podProcesses();
  expect(pids).toHaveLength(2);
  dev.child.kill('SIGKILL');
  await dev.ended;
  await eventually('every process is gone', () => !pids.some(isAlive), 30_000);
  for (const port of ports) expect(await isOpen(port)).toBe(false);
  expect((await run('kubectl', 'get', 'pods')).err).toContain('no devcluster runs');

  const again = start(['dev', '--port', '0', '-o', 'json', '--members', '1', '--no-writer']);
  await eventually('it starts', () => again.said().some(({ text }) => text.startsWith('API server at')), START_MS);
  again.child.kill('SIGINT');
  expect(await again.ended).toBe(0);
  await nothingIsLeft(pids, ports);
});

test('with --data a cluster goes on where the last start ended: its members, and what was written to them', async () => {
  const data = mkdtempSync(join(tmpdir(), 'quorate-dev-data-'));
  const words = ['dev', '--data', data, '--port', '0', '-o', 'json', '--members', '1', '--no-writer'];
  const begin = async (): Promise<{
    readonly dev: Running;
    readonly cli: (...words: readonly string[]) => Promise<ProgramRun>;
  }> => {
    const dev = start(words);
    await eventually(
      'it is ready',
      () => {
        if (dev.child.exitCode !== null) throw new Error(`it ended: ${dev.errors()}`);
        return dev.said().some(({ about, text }) => about === 'orders' && text.startsWith('Ready'));
      },
      START_MS,
    );
    const record = present(runningDevcluster({ TMPDIR: folder }), 'it says where it is');
    const password = join(record.kubeconfig, '..', 'password');
    await eventually('the password is written', () => existsSync(password), START_MS);
    const cli = (...given: readonly string[]) =>
      run('cli', '-p', String(record.clientPort), '-a', readFileSync(password, 'utf8'), ...given);
    await eventually('a member answers', async () => (await cli('PING')).out === 'PONG\n', START_MS);
    return { dev, cli };
  };
  const identity = async (): Promise<readonly (string | undefined)[]> => {
    const { out } = await run('kubectl', 'get', 'stc', 'orders', '-o', 'json');
    const { metadata, status } = JSON.parse(out) as StorageCluster & { readonly metadata: { readonly uid: string } };
    return [metadata.uid, ...(status?.members ?? []).map(({ memberId }) => memberId)];
  };
  try {
    const first = await begin();
    expect(await first.cli('SET', 'greeting', 'hello')).toEqual({ code: 0, out: 'OK\n', err: '' });
    await eventually('its status names the member', async () => (await identity())[1] !== undefined, START_MS);
    const before = await identity();
    first.dev.child.kill('SIGTERM');
    expect({ code: await first.dev.ended, errors: first.dev.errors() }).toEqual({ code: 0, errors: '' });
    // The folder that was named is all that is left.
    expect(readdirSync(folder)).toEqual([]);

    const second = await begin();
    await untilGreeted(second.cli);
    expect(await identity()).toEqual(before);
    second.dev.child.kill('SIGTERM');
    expect({ code: await second.dev.ended, errors: second.dev.errors() }).toEqual({ code: 0, errors: '' });
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});

test('--once plays the session of the README: each act comes about, no write is lost, and nothing is left', async () => {
  const dev = start(['dev', '--once', '--port', '0', '-o', 'json']);
  const told = (): readonly string[] =>
    dev
      .said()
      .filter(({ about }) => about === 'session')
      .map(({ text }) => text);
  const untilTold = (beginning: string): Promise<void> =>
    eventually(
      beginning,
      () => {
        if (dev.child.exitCode !== null) throw new Error(`it ended: ${told().join('\n')}\n${dev.errors()}`);
        return told().some((text) => text.startsWith(beginning));
      },
      START_MS,
    );
  await untilTold('ready after');
  const record = present(runningDevcluster({ TMPDIR: folder }), 'it says where it is');
  const ports = [record.clientPort, apiPortOf(record)];
  const first = await podProcesses();
  await untilTold('every member is a new one');
  const last = await podProcesses();
  expect({ code: await dev.ended, errors: dev.errors() }).toEqual({ code: 0, errors: '' });

  const pod = /^\$ kubectl delete pod orders-shard-0-[012] --grace-period=0 --force$/;
  expect(told().filter((text) => text.startsWith('$ '))).toEqual([
    '$ quorate connect orders SET greeting hello',
    '$ quorate connect orders GET greeting',
    expect.stringMatching(pod),
    '$ kubectl scale stc/orders --replicas=5',
    '$ kubectl scale stc/orders --replicas=3',
    '$ quorate restart orders --wait',
    '$ quorate connect orders GET greeting',
    '$ kubectl delete stc/orders',
  ]);
  const outcomes = told().filter((text) => text.includes(' writes acknowledged, '));
  expect(outcomes.map((text) => text.replace(/, after .*/, ''))).toEqual([
    'it is written',
    'it is read',
    'another one leads, and all members are ready',
    '5 members are ready',
    '3 members are left, and ready',
    'every member is a new one',
    'it is still there',
    'it is gone',
  ]);
  expect(outcomes.filter((text) => !text.includes(', 0 lost'))).toEqual([]);
  expect(told().filter((text) => text === 'hello')).toHaveLength(2);
  await nothingIsLeft([...first, ...last], ports);
});
