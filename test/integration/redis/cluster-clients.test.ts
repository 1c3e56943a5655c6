/** The clients that people use, against a cluster of three real processes; one of them through the loss of the leader and of the member it uses. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import { LocalCluster, PASSWORD } from '../../support/local-cluster.ts';
import type { LocalMember } from '../../support/local-cluster.ts';
import { buildProgram } from '../../support/program.ts';
import { PythonWriter, pythonWithRedis, verifyWritten } from '../../support/python-redis.ts';
import { CLIENT_SESSIONS } from '../../support/real-clients.ts';
import { eventually } from '../../support/system.ts';

jest.setTimeout(180_000);

let python: string;
let cluster: LocalCluster;

beforeAll(async () => {
  python = await pythonWithRedis();
  cluster = await LocalCluster.found({ program: buildProgram() });
}, 180_000);
afterAll(() => cluster.stop(), 60_000);

async function follower(): Promise<LocalMember> {
  const leader = await cluster.leader();
  return present(
    cluster.members.find((member) => member !== leader),
    'two of three follow',
  );
}

test.each(CLIENT_SESSIONS)('through a follower: $name', async ({ play }) => {
  await play({ host: '127.0.0.1', port: (await follower()).clientPort, password: PASSWORD });
});

test("Python's retries go on when the leader is killed, and when the member that it uses is: every acknowledged write is there", async () => {
  const used = await follower();
  const writer = new PythonWriter('py:kept', {
    python,
    host: '127.0.0.1',
    port: used.clientPort,
    password: PASSWORD,
    protocol: 3,
  });
  const more = (count: number): Promise<void> => {
    const aim = writer.acknowledged + count;
    return eventually(`${count} more are acknowledged`, () => writer.acknowledged >= aim, 60_000);
  };
  await more(50);
  const leader = await cluster.leader();
  await cluster.kill(leader);
  await more(50);
  await cluster.start(leader);
  await cluster.kill(used);
  await cluster.start(used);
  await more(50);
  const acknowledged = await writer.stop();
  expect(acknowledged).toBeGreaterThanOrEqual(150);
  // From the member that was killed while it led.
  const addresses = [{ host: '127.0.0.1', port: leader.clientPort }];
  await verifyWritten('py:kept', acknowledged, { addresses, password: PASSWORD });
});
