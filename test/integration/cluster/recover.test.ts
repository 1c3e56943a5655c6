/** Quorum lost for good, with real processes: two of three volumes are gone, the third carries on, and what comes back is refused. */
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { present } from '../../../src/shared/assert.ts';
import { LocalCluster, PASSWORD } from '../../support/local-cluster.ts';
import type { LocalMember } from '../../support/local-cluster.ts';
import { buildProgram } from '../../support/program.ts';
import { RespClient } from '../../support/resp-client.ts';
import type { CallOutcome } from '../../support/resp-client.ts';
import { runProgram } from '../../support/run-program.ts';
import { eventually } from '../../support/system.ts';
import { Terminal } from '../../support/terminal.ts';

jest.setTimeout(120_000);

const CLUSTER_ID = 'local-test';
let program: string;

beforeAll(() => {
  program = buildProgram();
}, 60_000);

const open: { stop(): Promise<void> }[] = [];
const clients: Redis[] = [];
afterAll(async () => {
  for (const client of clients) client.disconnect();
  for (const cluster of open) await cluster.stop();
}, 60_000);

function connect(member: LocalMember): Redis {
  const client = new Redis({ host: '127.0.0.1', port: member.clientPort, password: PASSWORD, maxRetriesPerRequest: 0 });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
}

async function found(): Promise<LocalCluster> {
  const cluster = await LocalCluster.found({ program });
  open.push(cluster);
  return cluster;
}

/** One command to this member, without a library that waits for it to get better. */
async function readOnce(member: LocalMember, key: string): Promise<CallOutcome> {
  const client = await RespClient.connect({ host: '127.0.0.1', port: member.clientPort, password: PASSWORD });
  try {
    return await client.call('GET', key);
  } finally {
    client.close();
  }
}

/** Everything below a folder, by path: two equal listings are two equal folders. */
function contentOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.sort().map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
}

async function writeKeys(member: LocalMember, count: number): Promise<void> {
  const client = connect(member);
  for (let key = 0; key < count; key += 1) expect(await client.set(`key-${key}`, `value-${key}`)).toBe('OK');
}

describe('two of three volumes are lost for good', () => {
  test('the third is recovered with all its data, and grows to three again; S5: old members are refused by name and serve no more', async () => {
    const cluster = await found();
    const leader = await cluster.leader();
    await writeKeys(leader, 200);
    const survivor = present(cluster.members[2], 'three members');
    const lost = cluster.members.slice(0, 2);
    const before = present(await cluster.status(survivor), 'it answers');
    // The survivor holds what was acknowledged: what it lacks would be lost, and the report says so.
    await eventually('the survivor has everything', async () => {
      const [last, own] = [await cluster.status(leader), await cluster.status(survivor)];
      return last?.replication?.lastIndex === own?.replication?.durableIndex;
    });
    for (const member of cluster.members) await cluster.kill(member);
    for (const member of lost) renameSync(member.folder, `${member.folder}.lost`);

    const untouched = contentOf(survivor.folder);
    const look = await runProgram(program, ['recover', '--data', survivor.folder]);
    expect({ code: look.code, err: look.err }).toEqual({ code: 0, err: '' });
    expect(look.out).toContain(before.memberId);
    expect(look.out).toContain(`Best: ${survivor.name}`);
    expect(look.out).toContain('How much that is, is unknown');
    expect(look.out).toContain('Nothing was changed');
    const wrong = await runProgram(program, ['recover', '--data', survivor.folder, '--confirm', 'another-cluster']);
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('nothing was changed');
    expect(contentOf(survivor.folder)).toEqual(untouched);

    const done = await runProgram(program, ['recover', '--data', survivor.folder, '--confirm', CLUSTER_ID, '--json']);
    expect({ code: done.code, err: done.err }).toEqual({ code: 0, err: '' });
    const { recovered } = JSON.parse(done.out) as { recovered: { memberId: string; generation: object; asideFolder: string } };
    expect(recovered).toMatchObject({ name: survivor.name, generation: { number: 2 }, asideFolder: `aside-${before.memberId}` });
    expect(recovered.memberId).not.toBe(before.memberId);
    const aside = contentOf(join(survivor.folder, recovered.asideFolder));
    const old = Object.entries(untouched).filter(([name]) => name.startsWith('current/'));
    expect(aside).toEqual(Object.fromEntries(old.map(([name, bytes]) => [name.slice('current/'.length), bytes])));

    await cluster.start(survivor);
    await eventually('it leads alone', async () => (await cluster.status(survivor, true))?.confirmed === true, 30_000);
    const status = present(await cluster.status(survivor, true), 'it answers');
    expect(status).toMatchObject({ memberId: recovered.memberId, clusterId: CLUSTER_ID, generation: recovered.generation });
    const { members, removed } = present(status.replication, 'it serves').committedConfiguration;
    expect(members).toEqual([{ id: recovered.memberId, name: survivor.name, role: 'voter' }]);
    expect(removed.map(({ id }) => id)).toContain(before.memberId);
    expect(removed).toHaveLength(3);
    const client = connect(survivor);
    for (let key = 0; key < 200; key += 1) expect(await client.get(`key-${key}`)).toBe(`value-${key}`);
    expect(await client.set('after', 'recovery')).toBe('OK');

    // What was believed lost comes back: a majority of the old generation, which must not form the old cluster beside the new one for long.
    for (const member of lost) {
      renameSync(`${member.folder}.lost`, member.folder);
      await cluster.start(member);
    }
    for (const member of lost) {
      await eventually(
        `${member.name} stops serving`,
        async () => (await cluster.status(member))?.halt?.reason === 'HigherGeneration',
        30_000,
      );
      expect(await cluster.status(member)).toMatchObject({ state: 'halted', ready: false, halt: { wantsReplacement: true } });
      expect(await readOnce(member, 'key-1')).toMatchObject({
        reply: { type: 'error', message: expect.stringMatching(/^HALTED .*HigherGeneration/) },
      });
      // An ordinary client is told so at its first command, instead of waiting for data that will never be open.
      await expect(connect(member).get('key-1')).rejects.toThrow(/^HALTED .*use another member/);
      // Durably: a start does not forget it.
      await cluster.kill(member);
      await cluster.start(member);
      expect((await cluster.status(member))?.halt?.reason).toBe('HigherGeneration');
    }
    expect(await cluster.status(survivor, true)).toMatchObject({ halt: null, confirmed: true });
    expect(await client.get('after')).toBe('recovery');

    // Their folders emptied, they join the new generation as learners and then as voters.
    for (const member of lost) {
      await cluster.kill(member);
      rmSync(member.folder, { recursive: true });
      await cluster.join(survivor, member);
    }
    expect(await connect(present(lost[0], 'a member')).get('key-199')).toBe('value-199');
  });
});

describe('nothing is changed when something is wrong', () => {
  let cluster: LocalCluster;
  let survivor: LocalMember;

  beforeAll(async () => {
    cluster = await found();
    survivor = present(cluster.members[2], 'three members');
    await writeKeys(await cluster.leader(), 20);
    for (const member of cluster.members) await cluster.kill(member, 'SIGTERM');
  }, 60_000);

  async function refused(words: readonly string[], message: RegExp, folder = survivor.folder): Promise<void> {
    const before = contentOf(folder);
    const run = await runProgram(program, ['recover', ...words, '--confirm', CLUSTER_ID]);
    expect(run.err).toMatch(message);
    expect(run.code).toBe(1);
    expect(contentOf(folder)).toEqual(before);
  }

  function copyOf(member: LocalMember, name: string): string {
    const copy = join(cluster.folder, name);
    cpSync(member.folder, copy, { recursive: true });
    return copy;
  }

  test('a folder that is not there, or no member', async () => {
    await refused(['--data', join(cluster.folder, 'nowhere')], /there is no folder .*nowhere/);
    const empty = join(cluster.folder, 'empty');
    mkdirSync(empty);
    await refused(['--data', empty], /no folder "current": this is not the data folder of a member/, empty);
    await refused(['--data', survivor.folder, '--data', survivor.folder], /is named twice/);
  });

  test.each([
    ['another id', 'another-cluster\r', 1],
    ['an empty line', '\r', 0],
    ['Ctrl-D', '\u0004', 0],
    ['Ctrl-C', '\u0003', 0],
  ])('at a terminal it asks for the id of the cluster, and is given %s', async (_what, keys, code) => {
    const before = contentOf(survivor.folder);
    const terminal = new Terminal(['recover', '--data', survivor.folder]);
    await terminal.see(`Type the cluster id, ${CLUSTER_ID}, to start a new configuration from the best`);
    terminal.type(keys);
    expect(await terminal.done).toBe(code);
    const said = terminal.stdout.text + terminal.stderr.text;
    if (code === 0) expect(said).toContain(`Nothing was changed. To go on, add --confirm ${CLUSTER_ID}\n`);
    else expect(said).toContain(`"another-cluster" is not the id of this cluster, which is ${CLUSTER_ID}: nothing was changed\n`);
    expect(said).not.toContain('Done:');
    expect(contentOf(survivor.folder)).toEqual(before);
  });

  test('at a terminal the id of the cluster, typed, starts the new configuration as --confirm does', async () => {
    const copy = copyOf(survivor, 'confirmed');
    const terminal = new Terminal(['recover', '--data', copy]);
    await terminal.see('anything else leaves all as it is: ');
    terminal.type(` ${CLUSTER_ID} \r`);
    expect(await terminal.done).toBe(0);
    expect(terminal.stderr.text).toBe('');
    expect(terminal.stdout.text).toMatch(/Done: \S*confirmed is now member [0-9a-f]{16}/);
    const { err } = await runProgram(program, ['recover', '--data', copy]);
    expect(err).toContain('quorum is not lost');
  });

  test('a folder whose node runs', async () => {
    const copy = copyOf(survivor, 'locked');
    rmSync(join(copy, 'lock'), { force: true });
    await cluster.start(survivor);
    const holder = readFileSync(join(survivor.folder, 'lock'), 'utf8');
    const run = await runProgram(program, ['recover', '--data', survivor.folder, '--confirm', CLUSTER_ID]);
    expect(run.code).toBe(1);
    expect(run.err).toContain(survivor.folder);
    expect(run.err).toMatch(/in use by process \d+.*Stop its node first/);
    await cluster.kill(survivor, 'SIGTERM');
    // Of a machine that cannot be seen from here: the file to remove is named.
    writeFileSync(join(copy, 'lock'), JSON.stringify({ ...(JSON.parse(holder) as object), host: 'elsewhere' }));
    await refused(['--data', copy], /in use by process \d+ on host elsewhere.*remove .*lock/, copy);
  });

  test('two copies of one folder', async () => {
    const copy = copyOf(survivor, 'copy');
    await refused(['--data', survivor.folder, '--data', copy], /are both of member [0-9a-f]{16}: name one of the copies/);
  });

  test('a quorum that is there is started, not recovered', async () => {
    const folders = cluster.members.slice(0, 2).flatMap(({ folder }) => ['--data', folder]);
    await refused(folders, /quorum is not lost: .* are a quorum of the 3 voters\. Start them: nothing is lost then/);
  });

  test('S11: a damaged log, and a damaged identity', async () => {
    const copy = copyOf(survivor, 'damaged');
    const [segment] = readdirSync(join(copy, 'current/wal'));
    const file = join(copy, 'current/wal', present(segment, 'a segment'));
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(520) ^ 0xff, 520);
    writeFileSync(file, bytes);
    await refused(['--data', copy], /log is damaged: .*\.wal at byte \d+/, copy);
    writeFileSync(join(copy, 'current/identity'), 'garbage');
    await refused(['--data', copy], /current\/identity: /, copy);
  });
});
