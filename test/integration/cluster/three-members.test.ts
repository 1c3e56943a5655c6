/** Three real processes on loopback: what a user without Kubernetes gets, and what they lose when things go wrong (nothing). */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { ADMIN_PATHS } from '../../../src/api/node-status.ts';
import { RAFT_GUARANTEES } from '../../../src/consensus/guarantees.ts';
import { present } from '../../../src/shared/assert.ts';
import { LocalCluster, PASSWORD } from '../../support/local-cluster.ts';
import type { LocalMember } from '../../support/local-cluster.ts';
import { buildProgram } from '../../support/program.ts';
import { eventually } from '../../support/system.ts';

jest.setTimeout(90_000);

let cluster: LocalCluster;
const clients: Redis[] = [];

function connect(member: LocalMember): Redis {
  const client = new Redis({
    host: '127.0.0.1',
    port: member.clientPort,
    password: PASSWORD,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: true,
  });
  client.on('error', () => undefined);
  clients.push(client);
  return client;
}

beforeAll(async () => {
  cluster = await LocalCluster.found({ program: buildProgram() });
}, 60_000);

afterAll(async () => {
  for (const client of clients) client.disconnect();
  await cluster.stop();
}, 30_000);

describe('three members on loopback', () => {
  test('any Redis client can use any member: followers forward to the leader', async () => {
    const [first, second, third] = cluster.members.map(connect);
    expect(await first?.set('greeting', 'hello')).toBe('OK');
    expect(await second?.get('greeting')).toBe('hello');
    expect(await third?.incr('counter')).toBe(1);
    expect(await first?.incr('counter')).toBe(2);
    expect(await second?.multi().set('a', '1').incr('a').get('a').exec()).toEqual([
      [null, 'OK'],
      [null, 2],
      [null, '2'],
    ]);
  });

  test('S20: /status tells roles, configuration and a confirmed leader', async () => {
    const leader = await cluster.leader();
    const status = present(await cluster.status(leader, true), 'the leader answers');
    expect(status).toMatchObject({ state: 'member', ready: true, confirmed: true, featureLevel: 1, clusterId: 'local-test' });
    expect(status.replication).toMatchObject({ role: 'leader', settled: true });
    // S22: what a reply means is told where people look.
    expect(status.guarantees).toEqual(RAFT_GUARANTEES);
    expect(status.replication?.committedConfiguration.members.map(({ name, role }) => `${name} ${role}`).sort()).toEqual([
      'member-1 voter',
      'member-2 voter',
      'member-3 voter',
    ]);
    const follower = present(
      cluster.members.find((member) => member.name !== leader.name),
      'a follower',
    );
    expect((await cluster.status(follower, true))?.confirmed).toBe(false);
  });

  test('S19: a wrong admin token is refused, and nothing is done', async () => {
    const leader = await cluster.leader();
    const answer = await cluster.admin(leader, ADMIN_PATHS.transferLeadership, { to: null }, 'a wrong token');
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
    const malformed = await cluster.admin(leader, ADMIN_PATHS.changeConfiguration, {
      change: { type: 'remove', id: 'x' },
      expectedIndex: 0,
    });
    expect(malformed.status).toBe(400);
    expect(JSON.stringify(malformed.body)).toContain('16 lower-case hex digits');
  });

  test('S6: a second founding with another list is refused', async () => {
    const [member] = cluster.members;
    const status = present(await cluster.status(present(member, 'a member')), 'it answers');
    const answer = await cluster.admin(present(member, 'a member'), ADMIN_PATHS.found, {
      clusterId: 'local-test',
      generation: { number: 1, id: '0'.repeat(16) },
      epoch: 2,
      members: [{ id: status.memberId, name: status.name }],
    });
    expect(answer).toMatchObject({ status: 409, body: { code: 'other-founding' } });
  });

  test('leadership is handed over on request, and the one that got it settles', async () => {
    const before = await cluster.leader();
    const answer = await cluster.admin(before, ADMIN_PATHS.transferLeadership, { to: null });
    expect(answer.status).toBe(200);
    await eventually('another member leads', async () => (await cluster.leader()).name !== before.name, 20_000);
  });

  test('the leader is killed: another takes over, and every acknowledged value is there', async () => {
    const leader = await cluster.leader();
    const survivor = present(
      cluster.members.find((member) => member.name !== leader.name),
      'a survivor',
    );
    const client = connect(survivor);
    for (let index = 0; index < 200; index += 1) await client.set(`before:${index}`, `${index}`);
    await cluster.kill(leader);
    await eventually(
      'writes go on',
      async () =>
        client.set('after', 'yes').then(
          () => true,
          () => false,
        ),
      30_000,
    );
    for (let index = 0; index < 200; index += 1) expect(await client.get(`before:${index}`)).toBe(`${index}`);
    await cluster.start(leader);
    await eventually('the old leader is ready again', async () => (await cluster.status(leader))?.ready ?? false, 30_000);
    expect(await connect(leader).get('after')).toBe('yes');
  });

  test('SIGTERM to the leader hands over first: the process ends by itself, in order', async () => {
    const leader = await cluster.leader();
    const other = present(
      cluster.members.find((member) => member.name !== leader.name),
      'another member',
    );
    const termBefore = present((await cluster.status(other))?.replication, 'it replicates').term;
    await cluster.kill(leader, 'SIGTERM');
    const next = await cluster.leader();
    expect(next.name).not.toBe(leader.name);
    // One election, ordered by the old leader: had it been missed, the term would have risen by a second one.
    expect((await cluster.status(next))?.replication?.term).toBe(termBefore + 1);
    await cluster.start(leader);
    await eventually('it is back', async () => (await cluster.status(leader))?.ready ?? false, 30_000);
  });

  test('without a quorum, reads and writes are refused with an error that says that nothing was done', async () => {
    const leader = await cluster.leader();
    const others = cluster.members.filter((member) => member.name !== leader.name);
    await Promise.all(others.map((member) => cluster.kill(member)));
    const client = connect(leader);
    await eventually('it noticed', async () => (await cluster.status(leader))?.replication?.role !== 'leader', 30_000);
    await expect(client.get('greeting')).rejects.toThrow(/^NOLEADER /);
    await expect(client.set('greeting', 'x')).rejects.toThrow(/^NOLEADER /);
    await Promise.all(others.map((member) => cluster.start(member)));
    await cluster.leader();
    await eventually('it serves again', async () => (await client.get('greeting').catch(() => null)) === 'hello', 30_000);
  });
});

describe('a larger configuration, and back', () => {
  test('S1, S2, S3: a learner joins and becomes voter; removed, it sets its folder aside and comes back under a new id', async () => {
    const four = await LocalCluster.prepare({ members: 4, program: buildProgram() });
    try {
      const founders = four.members.slice(0, 3);
      const joiner = present(four.members[3], 'a fourth');
      await four.startAll();
      const statuses = await Promise.all(founders.map(async (member) => present(await four.status(member), 'it answers')));
      const members = statuses.map(({ memberId, name }) => ({ id: memberId, name }));
      const cluster4 = { clusterId: 'four', generation: { number: 1, id: '0'.repeat(16) } };
      for (const member of founders) await four.admin(member, ADMIN_PATHS.found, { ...cluster4, epoch: 1, members });
      await four.leader();
      const client = connect(present(founders[0], 'a founder'));
      await client.set('kept', 'through it all');
      const firstId = present(await four.status(joiner), 'it answers').memberId;
      await four.admin(joiner, ADMIN_PATHS.join, cluster4);

      const change = async (body: object): Promise<void> => {
        await eventually(
          `change ${JSON.stringify(body)}`,
          async () => {
            const leader = await four.leader();
            const expectedIndex = present((await four.status(leader))?.replication, 'it replicates').configuration.index;
            return (await four.admin(leader, ADMIN_PATHS.changeConfiguration, { change: body, expectedIndex })).status === 200;
          },
          30_000,
        );
      };
      await change({ type: 'add-learner', id: firstId, name: joiner.name });
      expect((await four.status(joiner))?.ready).toBe(false);
      await change({ type: 'promote', id: firstId });
      await eventually('the voter is ready', async () => (await four.status(joiner))?.ready ?? false, 20_000);

      await change({ type: 'remove', id: firstId });
      await eventually(
        'it started over',
        async () => {
          const status = await four.status(joiner);
          return status?.state === 'joining' && status.formerIds.includes(firstId);
        },
        30_000,
      );
      const again = present(await four.status(joiner), 'it answers');
      expect(again.memberId).not.toBe(firstId);
      expect(again).toMatchObject({ asideFolder: `aside-${firstId}`, state: 'joining' });
      const leader = await four.leader();
      const expectedIndex = present((await four.status(leader))?.replication, 'it replicates').configuration.index;
      const returning = { change: { type: 'add-learner', id: firstId, name: joiner.name }, expectedIndex };
      expect(await four.admin(leader, ADMIN_PATHS.changeConfiguration, returning)).toMatchObject({
        status: 409,
        body: { code: 'id-was-removed' },
      });
      await change({ type: 'add-learner', id: again.memberId, name: joiner.name });
      await change({ type: 'promote', id: again.memberId });
      expect(await connect(joiner).get('kept')).toBe('through it all');
    } finally {
      await four.stop();
    }
  }, 120_000);
});
