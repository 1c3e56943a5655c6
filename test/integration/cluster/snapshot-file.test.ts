/** A snapshot saved from a running cluster under load, looked at, and restored into a new one: with real processes. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import { LocalCluster, PASSWORD } from '../../support/local-cluster.ts';
import type { LocalMember } from '../../support/local-cluster.ts';
import { buildProgram } from '../../support/program.ts';
import { RespClient } from '../../support/resp-client.ts';
import { runProgram } from '../../support/run-program.ts';
import type { ProgramRun } from '../../support/run-program.ts';
import { eventually } from '../../support/system.ts';

jest.setTimeout(120_000);

let program: string;
let cluster: LocalCluster;
let restored: LocalCluster;

beforeAll(async () => {
  program = buildProgram();
  cluster = await LocalCluster.found({ program });
  restored = await LocalCluster.prepare({ program });
}, 60_000);

afterAll(async () => {
  await cluster.stop();
  await restored.stop();
}, 60_000);

function clientOf(member: LocalMember): Promise<RespClient> {
  return RespClient.connect({ host: '127.0.0.1', port: member.clientPort, password: PASSWORD });
}

function save(out: string, members: readonly LocalMember[] = cluster.members): Promise<ProgramRun> {
  const addresses = members.flatMap(({ httpPort }) => ['--address', `127.0.0.1:${httpPort}`]);
  return runProgram(program, [
    'snapshot',
    'save',
    ...addresses,
    '--token-file',
    join(cluster.folder, 'admin-token'),
    '--out',
    out,
  ]);
}

/** Writes counter after counter until told to stop; each key once, so that what is there tells what was acknowledged. */
async function writeUntil(member: LocalMember, writer: number, acknowledged: number[], isOver: () => boolean): Promise<void> {
  const client = await clientOf(member);
  for (let count = 1; !isOver(); count += 1) {
    await client.ask('SET', `writer-${writer}-${count}`, 'x'.repeat(200));
    acknowledged[writer] = count;
  }
  client.close();
}

test('a copy saved while clients write holds everything that was acknowledged before, and founds a cluster that grows to three', async () => {
  const out = join(cluster.folder, 'saved');
  const acknowledged: number[] = [0, 0, 0];
  const over = { yet: false };
  const writers = cluster.members.map((member, at) => writeUntil(member, at, acknowledged, () => over.yet));
  await eventually('some was written', () => acknowledged.every((count) => count > 50));
  const before = [...acknowledged];
  const run = await save(out);
  const after = [...acknowledged];
  await eventually('it is written on', () => acknowledged.every((count, at) => count > (after[at] ?? 0)));
  over.yet = true;
  await Promise.all(writers);
  expect(run).toMatchObject({ code: 0, out: expect.stringMatching(/every one verified[^]*local-test, generation 1/) });
  expect(readdirSync(cluster.folder).filter((name) => name.startsWith('saved'))).toEqual(['saved']);

  const inspected = await runProgram(program, ['snapshot', 'inspect', out, '--json']);
  expect(inspected.code).toBe(0);
  const told = JSON.parse(inspected.out) as { clusterId: string; keys: number; index: number; members: object[] };
  expect(told).toMatchObject({ clusterId: 'local-test', generation: { number: 1 } });
  expect(told.members).toHaveLength(3);
  expect(told.keys).toBeGreaterThanOrEqual(before.reduce((sum, count) => sum + count, 0));

  const [first, ...others] = restored.members;
  const member = present(first, 'three members');
  const founded = await runProgram(program, [
    'snapshot',
    'restore',
    out,
    '--data',
    member.folder,
    '--name',
    member.name,
    '--json',
  ]);
  expect({ code: founded.code, err: founded.err }).toEqual({ code: 0, err: '' });
  const identity = JSON.parse(founded.out) as { clusterId: string; generation: { number: number }; memberId: string };
  expect(identity.clusterId).not.toBe('local-test');
  await restored.start(member);
  await eventually('it leads', async () => (await restored.status(member, true))?.confirmed === true, 30_000);
  const status = present(await restored.status(member, true), 'it answers');
  expect(status).toMatchObject({ ...identity, keys: told.keys });
  expect(status.replication?.committedConfiguration.members).toEqual([
    { id: identity.memberId, name: member.name, role: 'voter' },
  ]);
  expect(status.replication?.committedConfiguration.removed).toHaveLength(3);
  for (const other of others) await restored.join(member, other);

  const client = await clientOf(present(others[1], 'three members'));
  for (const [writer, count] of before.entries()) {
    for (let key = 1; key <= count; key += 1) {
      expect(await client.ask('EXISTS', `writer-${writer}-${key}`)).toEqual({ type: 'integer', value: 1 });
    }
    // A prefix of what each wrote, and no more: the copy is of one moment.
    let held = count;
    while ((await client.call('EXISTS', `writer-${writer}-${held + 1}`)).type === 'replied') {
      const reply = await client.ask('EXISTS', `writer-${writer}-${held + 1}`);
      if (reply.type !== 'integer' || reply.value === 0) break;
      held += 1;
    }
    expect(await client.ask('EXISTS', `writer-${writer}-${held + 2}`)).toEqual({ type: 'integer', value: 0 });
    // What was sent while the copy was taken may or may not be in it.
    expect(held).toBeLessThanOrEqual((after[writer] ?? 0) + 1);
  }
  expect(await client.ask('SET', 'after', 'restore')).toMatchObject({ type: 'simple' });
  client.close();
  // The cluster that was saved goes on, and never hears of the other.
  expect(await cluster.status(await cluster.leader(), true)).toMatchObject({
    confirmed: true,
    halt: null,
    clusterId: 'local-test',
  });
});

describe('what is wrong is said, and leaves nothing behind', () => {
  async function saved(name: string): Promise<string> {
    const out = join(cluster.folder, name);
    expect((await save(out)).code).toBe(0);
    return out;
  }

  async function refused(words: readonly string[], message: RegExp, code = 1): Promise<void> {
    const run = await runProgram(program, ['snapshot', ...words]);
    expect(run.err).toMatch(message);
    expect(run.code).toBe(code);
  }

  test('a file cut short anywhere, or with a bit turned, is no snapshot: neither inspected nor restored', async () => {
    const out = await saved('to-be-cut');
    const bytes = readFileSync(out);
    const target = join(cluster.folder, 'never');
    for (const length of [0, 7, 40, 300, bytes.length - 24, bytes.length - 1]) {
      const cut = join(cluster.folder, 'cut');
      writeFileSync(cut, bytes.subarray(0, length));
      await refused(['restore', cut, '--data', target, '--name', 'orders-0'], /cut: (expected \d+ more bytes|the file ends)/);
    }
    const rotten = join(cluster.folder, 'rotten');
    const copy = Buffer.from(bytes);
    copy.writeUInt8(copy.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
    writeFileSync(rotten, copy);
    await refused(['restore', rotten, '--data', target, '--name', 'orders-0'], /checksum/);
    await refused(['inspect', rotten], /checksum/);
    await refused(
      ['inspect', join(cluster.folder, 'client-password')],
      /does not begin as a saved snapshot does|expected \d+ more bytes/,
    );
    await refused(['inspect', join(cluster.folder, 'nowhere')], /there is no file/);
    expect(existsSync(target)).toBe(false);
  });

  test('nothing is restored over a member, over files of somebody else, or under no name', async () => {
    const out = await saved('for-refusals');
    const folder = join(cluster.folder, 'occupied');
    mkdirSync(folder);
    writeFileSync(join(folder, 'letter.txt'), 'dear');
    await refused(['restore', out, '--data', folder, '--name', 'orders-0'], /not empty \(letter\.txt\)/);
    expect(readdirSync(folder)).toEqual(['letter.txt']);
    const member = present(cluster.members[0], 'three members');
    await refused(['restore', out, '--data', member.folder, '--name', 'orders-0'], /not empty \(current\)/);
    await refused(['restore', out, '--data', join(cluster.folder, 'never'), '--name', 'No Name'], /--name No Name: must be/, 2);
    await refused(['restore', out, '--data', 'x', '--name', 'a', '--cluster-id', 'no id'], /--cluster-id no id: must be/, 2);
  });

  test('S19: a wrong token, members that do not lead, and nobody there: each says its reason, and no file stays', async () => {
    const leader = await cluster.leader();
    const followers = cluster.members.filter((member) => member.name !== leader.name);
    const out = join(cluster.folder, 'unsaved');
    const run = await save(out, followers);
    expect(run).toMatchObject({ code: 1, err: expect.stringContaining(`(not-leader); the leader is ${leader.name}`) });
    const wrong = join(cluster.folder, 'wrong-token');
    writeFileSync(wrong, 'wrong');
    const address = ['--address', `127.0.0.1:${leader.httpPort}`];
    await refused(['save', ...address, '--token-file', wrong, '--out', out], /unauthorized/);
    const token = ['--token-file', join(cluster.folder, 'admin-token')];
    await refused(['save', '--address', '127.0.0.1:1', ...token, '--out', out], /127\.0\.0\.1:1: .*ECONNREFUSED/);
    await refused(['save', '--address', 'nowhere', ...token, '--out', out], /--address nowhere: must be HOST:PORT/, 2);
    expect(readdirSync(cluster.folder).filter((name) => name.startsWith('unsaved'))).toEqual([]);
    const taken = await saved('taken');
    const { mtimeMs } = statSync(taken);
    expect(await save(taken)).toMatchObject({ code: 1, err: expect.stringContaining('exists already') });
    expect(statSync(taken).mtimeMs).toBe(mtimeMs);
  });
});
