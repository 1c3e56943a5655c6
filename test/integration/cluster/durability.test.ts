/** What survives: kill -9 of everything at once, again and again; damaged, foreign and full disks; more data than fits. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { ADMIN_PATHS } from '../../../src/api/node-status.ts';
import { present } from '../../../src/shared/assert.ts';
import { LocalCluster, PASSWORD } from '../../support/local-cluster.ts';
import type { LocalClusterOptions, LocalMember } from '../../support/local-cluster.ts';
import { compareJudges } from '../../support/history/porcupine.ts';
import { verifyWorkload } from '../../support/history/verification.ts';
import { Workload } from '../../support/history/workload.ts';
import type { WorkloadReport } from '../../support/history/workload.ts';
import { buildProgram } from '../../support/program.ts';
import { eventually } from '../../support/system.ts';

jest.setTimeout(300_000);

const program = buildProgram();

function connect(member: LocalMember): Redis {
  const options = {
    host: '127.0.0.1',
    port: member.clientPort,
    password: PASSWORD,
    maxRetriesPerRequest: 0,
    retryStrategy: () => 50,
  };
  const client = new Redis(options);
  client.on('error', () => undefined);
  return client;
}

async function withCluster(options: Partial<LocalClusterOptions>, act: (cluster: LocalCluster) => Promise<void>): Promise<void> {
  const cluster = await LocalCluster.found({ program, ...options });
  try {
    await act(cluster);
  } finally {
    await cluster.stop();
  }
}

test('kill -9 of all three in the middle of a write load, ten rounds: nothing acknowledged is lost', async () => {
  await withCluster({}, async (cluster) => {
    const target = {
      addresses: cluster.members.map(({ clientPort }) => ({ host: '127.0.0.1', port: clientPort })),
      password: PASSWORD,
    };
    const reports: WorkloadReport[] = [];
    for (let round = 0; round < 10; round += 1) {
      await cluster.leader();
      const load = Workload.start({ name: `round-${round}`, ...target, writeIntervalMs: 2, sharedIntervalMs: 10 });
      await load.acknowledge(100);
      await Promise.all(cluster.members.map((member) => cluster.kill(member)));
      reports.push(await load.stop());
      await cluster.startAll();
    }
    await cluster.leader();
    for (const report of reports) expect(await verifyWorkload(report, target)).toEqual([]);
    const histories = reports.map(({ name, operations }) => ({ name, initial: {}, logTimeErrorMs: null, operations }));
    expect(histories.flatMap(({ operations }) => operations).length).toBeGreaterThan(200);
    expect(await compareJudges(histories)).toEqual({ linearizable: histories.length, notLinearizable: 0, disagreements: [] });
    expect(reports.reduce((sum, { acknowledged }) => sum + acknowledged, 0)).toBeGreaterThanOrEqual(1000);
  });
});

const isSetAside = (name: string): boolean => name.endsWith('.damaged');

describe('bad disks', () => {
  /** A follower that was killed, with a hundred keys behind it, and one bit of its only segment turned. */
  async function damageFollower(cluster: LocalCluster, placeOf: (segment: Buffer) => number) {
    const leader = await cluster.leader();
    const victim = present(
      cluster.members.find((member) => member.name !== leader.name),
      'a follower',
    );
    const client = connect(leader);
    for (let index = 0; index < 100; index += 1) await client.set(`key:${index}`, 'x'.repeat(1000));
    await cluster.kill(victim);
    const folder = join(victim.folder, 'current', 'wal');
    const name = present(readdirSync(folder).sort()[0], 'a segment');
    const path = join(folder, name);
    const bytes = readFileSync(path);
    const at = placeOf(bytes);
    expect(at).toBeGreaterThan(0);
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(path, bytes);
    await cluster.start(victim);
    return { victim, client, name, path, bytes };
  }

  test('S11: a log damaged in the middle is filled again from the others, who serve all along', async () => {
    await withCluster({}, async (cluster) => {
      const { victim, client, path } = await damageFollower(cluster, (segment) => segment.indexOf('key:50'));
      expect((await cluster.status(victim))?.halt).toBeNull();
      await eventually('it has healed', async () => {
        const status = await cluster.status(victim);
        return status?.ready === true && status.healing === null;
      });
      const healed = connect(victim);
      expect(await healed.get('key:50')).toBe('x'.repeat(1000));
      expect(await healed.get('key:99')).toBe('x'.repeat(1000));
      await eventually('what was kept of the damaged log is gone', () => !readdirSync(dirname(path)).some(isSetAside));
      expect(readFileSync(join(cluster.folder, `${victim.name}.log`), 'utf8')).toContain('began the log anew');
      healed.disconnect();
      client.disconnect();
    });
  });

  test('S11: damage that may hide the newest vote is never cut: the member halts, names the place, asks for replacement', async () => {
    await withCluster({}, async (cluster) => {
      const { victim, client, name, path, bytes } = await damageFollower(cluster, () => 30);
      await eventually('it halted', async () => (await cluster.status(victim))?.state === 'halted');
      const status = present(await cluster.status(victim), 'it answers');
      expect(status.halt).toMatchObject({ reason: 'LogCorrupt', wantsReplacement: true });
      expect(status.halt?.message).toContain(name);
      expect(status.ready).toBe(false);
      expect(readFileSync(path).equals(bytes)).toBe(true);
      expect(await client.get('key:50')).toBe('x'.repeat(1000));
      client.disconnect();
    });
  });

  test('S5: a data folder of another cluster is refused by name, and the cluster goes on without it', async () => {
    await withCluster({}, async (cluster) => {
      const other = await LocalCluster.prepare({ program, members: 1 });
      const foreign = present(other.members[0], 'a member');
      await other.startAll();
      const status = present(await other.status(foreign), 'it answers');
      await other.admin(foreign, ADMIN_PATHS.found, {
        clusterId: 'another-cluster',
        generation: { number: 1, id: '0'.repeat(16) },
        epoch: 1,
        members: [{ id: status.memberId, name: 'member-3' }],
      });
      await other.kill(foreign, 'SIGTERM');
      const leader = await cluster.leader();
      const victim = present(
        cluster.members.find((member) => member.name !== leader.name),
        'a follower',
      );
      await cluster.kill(victim);
      rmSync(victim.folder, { recursive: true });
      renameSync(foreign.folder, victim.folder);
      await cluster.start(victim);
      const stranger = present(await cluster.status(victim), 'it answers');
      expect(stranger.clusterId).toBe('another-cluster');
      const again = await cluster.admin(victim, ADMIN_PATHS.join, {
        clusterId: 'local-test',
        generation: { number: 1, id: '0'.repeat(16) },
      });
      expect(again).toMatchObject({ status: 409, body: { code: 'other-cluster' } });
      const client = connect(leader);
      expect(await client.set('still', 'here')).toBe('OK');
      client.disconnect();
      await other.stop();
    });
  });

  test('S12: a disk of the past is told by its peers, falls silent, and asks for replacement', async () => {
    await withCluster({}, async (cluster) => {
      const leader = await cluster.leader();
      const victim = present(
        cluster.members.find((member) => member.name !== leader.name),
        'a follower',
      );
      const client = connect(leader);
      await client.set('first', '1');
      await cluster.kill(victim, 'SIGTERM');
      const copy = `${victim.folder}-copy`;
      execFileSync('cp', ['-a', victim.folder, copy]);
      await cluster.start(victim);
      for (let index = 0; index < 50; index += 1) await client.set(`later:${index}`, 'x');
      await eventually('it caught up', async () => {
        const [left, right] = [await cluster.status(victim), await cluster.status(leader)];
        return left?.replication?.durableIndex === right?.replication?.durableIndex;
      });
      await client.set('so that', 'the memory is written');
      await cluster.kill(victim);
      rmSync(victim.folder, { recursive: true });
      renameSync(copy, victim.folder);
      await cluster.start(victim);
      await eventually('it halted', async () => (await cluster.status(victim))?.halt?.reason === 'DiskOfThePast', 30_000);
      expect((await cluster.status(victim))?.halt?.wantsReplacement).toBe(true);
      expect(await client.get('later:49')).toBe('x');
      client.disconnect();
    });
  });

  test('S17: a full disk takes out writes with a clear error, and they return with the space', async () => {
    const cluster = await LocalCluster.prepare({ program, members: 1, limits: { segmentBytes: 1024 * 1024 } });
    const member = present(cluster.members[0], 'a member');
    mkdirSync(member.folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', member.folder]);
    try {
      await cluster.startAll();
      await cluster.foundAll();
      const client = connect(await cluster.leader());
      await client.set('before', '1');
      const { bavail, bsize } = statfsSync(member.folder);
      writeFileSync(join(member.folder, 'something-else'), Buffer.alloc(bavail * bsize - 1024 * 1024));
      await eventually('the node noticed', async () => (await cluster.status(member))?.full === 'disk', 20_000);
      await expect(client.set('more', '2')).rejects.toThrow(/^OOM .*disk/);
      expect(await client.get('before')).toBe('1');
      expect(await client.del('before')).toBe(1);
      rmSync(join(member.folder, 'something-else'));
      await eventually(
        'writes return',
        async () =>
          client.set('more', '2').then(
            () => true,
            () => false,
          ),
        20_000,
      );
      client.disconnect();
    } finally {
      await Promise.all(cluster.members.map((each) => cluster.kill(each)));
      execFileSync('umount', [member.folder]);
      await cluster.stop();
    }
  });
});

test('S17: more data than memory allows is refused with OOM; reads and deletes pass, and make room', async () => {
  await withCluster({ limits: { dataBytesMax: 2 * 1024 * 1024 } }, async (cluster) => {
    const client = connect(await cluster.leader());
    const value = 'x'.repeat(100_000);
    let refused: unknown = null;
    let written = 0;
    while (refused === null && written < 100) {
      refused = await client.set(`big:${written}`, value).then(
        () => null,
        (error: unknown) => error,
      );
      if (refused === null) written += 1;
    }
    expect(String(refused)).toMatch(/OOM .*dataBytesMax/);
    expect(written).toBeGreaterThan(10);
    expect(await client.get('big:0')).toBe(value);
    for (let index = 0; index < 5; index += 1) expect(await client.del(`big:${index}`)).toBe(1);
    expect(await client.set('again', value)).toBe('OK');
    client.disconnect();
  });
});

test('snapshots: a member that was away for longer than the log reaches back gets one, and answers the same', async () => {
  const limits = { segmentBytes: 256 * 1024, snapshotLogBytes: 512 * 1024, trailingEntries: 10 };
  await withCluster({ limits }, async (cluster) => {
    const leader = await cluster.leader();
    const absent = present(
      cluster.members.find((member) => member.name !== leader.name),
      'a follower',
    );
    await cluster.kill(absent);
    const client = connect(leader);
    const value = 'y'.repeat(8000);
    for (let index = 0; index < 400; index += 1) await client.set(`key:${index % 100}`, `${index}:${value}`);
    await eventually(
      'the log was compacted',
      async () => ((await cluster.status(leader))?.replication?.firstIndex ?? 0) > 200,
      30_000,
    );
    await cluster.start(absent);
    await eventually('it caught up', async () => (await cluster.status(absent))?.ready ?? false, 30_000);
    const applied = present((await cluster.status(leader))?.replication, 'it replicates').commitIndex;
    await eventually(
      'it applied all',
      async () => ((await cluster.status(absent))?.replication?.appliedIndex ?? 0) >= applied,
      30_000,
    );
    expect((await cluster.status(absent))?.keys).toBe(100);
    // It answers from its own state when it leads.
    await Promise.all(cluster.members.map((member) => cluster.kill(member)));
    await cluster.startAll();
    const again = connect(await cluster.leader());
    for (let index = 300; index < 400; index += 1) expect(await again.get(`key:${index % 100}`)).toBe(`${index}:${value}`);
    client.disconnect();
    again.disconnect();
  });
});

describe('S16: a second build at the next feature level', () => {
  test('mixed members serve, the level rises only when all can, the way back works until then and is refused afterwards', async () => {
    const next = buildProgram('0.2.0', 2);
    await withCluster({}, async (cluster) => {
      const [first, second, third] = cluster.members;
      const roll = async (member: LocalMember | undefined, build: string): Promise<void> => {
        const rolled = present(member, 'a member');
        await cluster.kill(rolled, 'SIGTERM');
        await cluster.start(rolled, build);
        await eventually('it is ready', async () => (await cluster.status(rolled))?.ready ?? false, 30_000);
      };
      const raise = async (): Promise<number> =>
        (await cluster.admin(await cluster.leader(), ADMIN_PATHS.raiseFeatureLevel, { level: 2 })).status;
      await roll(first, next);
      await roll(second, next);
      const client = connect(present(third, 'a member'));
      expect(await client.set('mixed', 'works')).toBe('OK');
      expect(await cluster.status(present(first, 'a member'))).toMatchObject({
        version: '0.2.0',
        featureLevelMax: 2,
        featureLevel: 1,
      });
      expect(await raise()).toBe(409);
      await roll(second, program);
      expect(await client.get('mixed')).toBe('works');
      await roll(second, next);
      await roll(third, next);
      await eventually('the level is raised', async () => (await raise()) === 200, 20_000);
      await eventually('everybody has it', async () => {
        const statuses = await Promise.all(cluster.members.map((member) => cluster.status(member)));
        return statuses.every((status) => status?.featureLevel === 2);
      });
      await cluster.kill(present(first, 'a member'), 'SIGTERM');
      await cluster.start(present(first, 'a member'), program);
      await eventually('the old build halts', async () => (await cluster.status(present(first, 'a member')))?.halt !== null);
      expect((await cluster.status(present(first, 'a member')))?.halt).toMatchObject({
        reason: 'UnknownFormat',
        wantsReplacement: false,
      });
      client.disconnect();
    });
  });
});
