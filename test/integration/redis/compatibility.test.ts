/** What we answer is what Redis 7 answers, as closely as command-table.ts says for each command. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { catalogue } from '../../../src/node/clients/local-commands.ts';
import { startRedisServer } from '../../support/redis-server.ts';
import type { RedisServer } from '../../support/redis-server.ts';
import { commandComparisons } from './command-table.ts';
import { difference } from './comparison.ts';
import { startClientServer } from './local-client-server.ts';
import type { LocalClientServer } from './local-client-server.ts';
import { RespConnection } from './resp-connection.ts';
import { runScript } from './script.ts';
import type { TranscriptLine } from './script.ts';

let redis: RedisServer;
let ours: LocalClientServer;

beforeAll(async () => {
  redis = await startRedisServer();
  ours = await startClientServer();
}, 120_000);

afterAll(async () => {
  await redis.stop();
  await ours.stop();
});

describe.each([2, 3] as const)('the script in protocol version %i', (protocol) => {
  let theirs: readonly TranscriptLine[];
  let answered: readonly TranscriptLine[];

  beforeAll(async () => {
    theirs = await runScript(() => RespConnection.open(redis.port), protocol);
    answered = await runScript(() => RespConnection.open(ours.port), protocol);
  }, 60_000);

  test('has several hundred lines, and the same on both sides', () => {
    expect(theirs.length).toBeGreaterThan(500);
    expect(answered.map(({ label }) => label)).toEqual(theirs.map(({ label }) => label));
  });

  test('is answered as Redis does', () => {
    const differences = answered.flatMap((line, position) => {
      const comparison = commandComparisons.get(line.command)?.comparison ?? 'same bytes';
      const found = difference(comparison, line.reply, theirs[position]!.reply);
      return found === null ? [] : [`${position}: ${line.label} (${comparison}): ${found}`];
    });
    expect(differences).toEqual([]);
  });

  test('calls every command that we answer', () => {
    const called = new Set(answered.map(({ command }) => command));
    expect([...catalogue.keys()].filter((name) => !called.has(name))).toEqual([]);
  });
});

test('every command that we answer stands in the table with a reason, and no other', () => {
  expect([...commandComparisons.keys()].sort()).toEqual([...catalogue.keys()].sort());
  for (const { reason } of commandComparisons.values()) expect(reason).not.toBe('');
});
