/** The commands of docs/recovery.md for members that are run by hand, as the page has them. */
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import { programFolder, Reading } from '../../docs/reading.ts';
import { Shell } from '../../docs/shell.ts';
import { LocalCluster, PASSWORD } from '../../support/local-cluster.ts';
import type { LocalMember } from '../../support/local-cluster.ts';
import { buildProgram } from '../../support/program.ts';
import { RespClient } from '../../support/resp-client.ts';
import type { CallOutcome } from '../../support/resp-client.ts';
import { eventually } from '../../support/system.ts';

jest.setTimeout(180_000);

let program: string;
const open: { stop(): Promise<void> }[] = [];

beforeAll(() => {
  program = buildProgram();
}, 60_000);
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.stop();
}, 60_000);

async function ask(member: LocalMember, ...words: string[]): Promise<CallOutcome> {
  const client = await RespClient.connect({ host: '127.0.0.1', port: member.clientPort, password: PASSWORD });
  try {
    return await client.call(...words);
  } finally {
    client.close();
  }
}

function shellIn(cluster: LocalCluster, replacements: readonly (readonly [string, string])[]): Shell {
  const folder = join(cluster.folder, 'work');
  mkdirSync(folder);
  const path = `${programFolder(cluster.folder, program)}:${process.env['PATH'] ?? ''}`;
  const shell = new Shell({ folder, env: { PATH: path }, replacements });
  open.push({ stop: () => shell.close() });
  return shell;
}

function numbered(cluster: LocalCluster, number: number): LocalMember {
  return present(cluster.members[number - 1], 'members are counted from 1');
}

test('by hand: two of three are lost, the best of two folders is recovered, and a new member joins', async () => {
  const cluster = await LocalCluster.found({ program, members: 5 });
  open.push(cluster);
  const reading = new Reading('recovery by hand');
  expect(await ask(await cluster.leader(), 'SET', 'kept', 'yes')).toMatchObject({ reply: { text: 'OK' } });
  const [recovered, other] = [numbered(cluster, 2), numbered(cluster, 3)];
  await eventually('both have everything', async () => {
    const all = await Promise.all([...cluster.members].map((member) => cluster.status(member)));
    const ends = all.map((status) => status?.replication?.durableIndex);
    return ends.every((end) => end === ends[0]);
  });
  for (const member of cluster.members) await cluster.kill(member);
  for (const number of [1, 4, 5]) renameSync(numbered(cluster, number).folder, `${numbered(cluster, number).folder}.lost`);

  const shell = shellIn(cluster, [
    ['/var/lib/quorate-2', recovered.folder],
    ['/var/lib/quorate-3', other.folder],
    ['CLUSTER_ID', 'local-test'],
    ['http://localhost:8080', `http://localhost:${recovered.httpPort}`],
    ['http://localhost:8180', `http://localhost:${other.httpPort}`],
    ['/etc/quorate/admin-token', join(cluster.folder, 'admin-token')],
  ]);
  await shell.run(reading.next('quorate recover'));
  await shell.run(reading.next('--confirm'));
  await cluster.start(recovered);
  await eventually('it leads alone', async () => (await cluster.status(recovered, true))?.confirmed === true, 30_000);
  // Step 5: with an empty folder.
  rmSync(other.folder, { recursive: true });
  await cluster.start(other);
  await shell.run(reading.next('admin/join'));
  expect(reading.unread).toEqual([]);
  const status = present(await cluster.status(recovered, true), 'it answers');
  expect(status.replication?.committedConfiguration.members).toMatchObject([
    { name: 'member-2', role: 'voter' },
    { name: 'member-3', role: 'voter' },
  ]);
  expect(await ask(other, 'GET', 'kept')).toMatchObject({ reply: { bytes: Buffer.from('yes') } });
});

test('a copy of a running cluster is saved, and founds another', async () => {
  const cluster = await LocalCluster.found({ program });
  const fresh = await LocalCluster.prepare({ program });
  open.push(cluster, fresh);
  const reading = new Reading('copies by hand');
  const leader = await cluster.leader();
  await ask(leader, 'SET', 'kept', 'yes');
  const first = numbered(fresh, 1);
  const shell = shellIn(cluster, [
    ['localhost:8080', `localhost:${leader.httpPort}`],
    ['--token-file admin-token', `--token-file ${join(cluster.folder, 'admin-token')}`],
    ['/var/lib/quorate-1', first.folder],
  ]);
  await shell.run(reading.next('snapshot save'));
  await shell.run(reading.next('snapshot restore'));
  expect(reading.unread).toEqual([]);
  expect(readFileSync(join(cluster.folder, 'work', 'orders.snapshot')).length).toBeGreaterThan(0);
  await fresh.start(first);
  await eventually('it leads', async () => (await fresh.status(first, true))?.confirmed === true, 30_000);
  expect(await ask(first, 'GET', 'kept')).toMatchObject({ reply: { bytes: Buffer.from('yes') } });
});
