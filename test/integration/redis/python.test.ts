/** Python's redis package, unchanged, against a cluster of three real processes, through the loss of its leader and of the member that it uses. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { present } from '../../../src/shared/assert.ts';
import { LocalCluster, PASSWORD } from '../../support/local-cluster.ts';
import type { LocalMember } from '../../support/local-cluster.ts';
import { buildProgram } from '../../support/program.ts';
import { pythonSession, PythonWriter, pythonWithRedis } from '../../support/python-redis.ts';
import type { PythonTarget } from '../../support/python-redis.ts';
import { RespClient } from '../../support/resp-client.ts';
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

function at({ clientPort: port }: LocalMember, protocol: 2 | 3): PythonTarget {
  return { python, host: '127.0.0.1', port, password: PASSWORD, protocol };
}

describe.each([2, 3] as const)('through a follower, in protocol version %i', (protocol) => {
  test('strings, counters, scans and refusals', async () => {
    expect(await pythonSession('basics', at(await follower(), protocol))).toEqual({
      ping: true,
      set: true,
      get: 'hello',
      missing: null,
      nx: null,
      xx: 'hello',
      utf8: 'grüße',
      append: 3,
      range: 'on',
      mset: true,
      mget: ['1', '2', null],
      incr: 42,
      float: 2.5,
      wrong: 'ResponseError: value is not an integer or out of range',
      exists: 2,
      scan: ['py:a', 'py:b'],
      delete: 2,
      name: 'py',
      unknown: expect.stringContaining("unknown command 'NOTHING'"),
    });
  });

  test('deadlines', async () => {
    expect(await pythonSession('expiry', at(await follower(), protocol))).toEqual({
      ttl: true,
      pttl: true,
      gone: -2,
      persist: true,
      persisted: -1,
      expire: true,
      getex: 'x',
      expireat: true,
      past: 0,
    });
  });

  test('pipelines', async () => {
    expect(await pythonSession('pipelines', at(await follower(), protocol))).toEqual({
      sets: true,
      mixed: [true, expect.stringContaining('value is not an integer'), '499'],
    });
  });

  test('MULTI and EXEC, and WATCH under four threads that lose against each other', async () => {
    expect(await pythonSession('transactions', at(await follower(), protocol))).toEqual({
      done: [true, 15, '15'],
      left: '20',
      lost: 'WatchError: Watched variable changed.',
      balance: '7',
      aborted: expect.stringContaining("unknown command 'NOTHING'"),
      nothing: 0,
    });
  });
});

test('its retries go on when the leader is killed, and when the member that it uses is: every acknowledged write is there', async () => {
  const used = await follower();
  const writer = new PythonWriter('py:kept', at(used, 3));
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
  const client = await RespClient.connect({ host: '127.0.0.1', port: leader.clientPort, password: PASSWORD });
  try {
    for (let number = 1; number <= acknowledged; number += 1)
      expect(await client.ask('GET', `py:kept:${number}`)).toEqual({ type: 'bulk', bytes: Buffer.from(String(number)) });
  } finally {
    client.close();
  }
});
