/** Reads back what must be there, whatever befell the cluster a moment before. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { RespClient } from './resp-client.ts';
import type { RespAddress, RespReply } from './resp-client.ts';

export interface ReadTarget {
  readonly addresses: readonly RespAddress[];
  readonly password?: string | undefined;
}

/** The values of these keys. A refusal or a lost connection, as in an election, is asked again, elsewhere, until the deadline; a value is final. */
export async function readAll(
  keys: readonly string[],
  target: ReadTarget,
  deadlineMs = 60_000,
): Promise<readonly (string | null)[]> {
  if (keys.length === 0) return [];
  const endMs = performance.now() + deadlineMs;
  for (let attempt = 0; ; attempt += 1) {
    const address = target.addresses[attempt % target.addresses.length];
    if (address === undefined) throw new Error('no address to read from');
    try {
      return await readOnce(keys, address, target.password);
    } catch (error) {
      if (performance.now() > endMs) throw error;
      await sleep(200);
    }
  }
}

async function readOnce(
  keys: readonly string[],
  address: RespAddress,
  password: string | undefined,
): Promise<readonly (string | null)[]> {
  const client = await RespClient.connect({ ...address, password });
  try {
    const reply = await client.ask('MGET', ...keys);
    if (reply.type !== 'array' || reply.items.length !== keys.length) throw new Error(`MGET answered ${reply.type}`);
    return reply.items.map(textOf);
  } finally {
    client.close();
  }
}

function textOf(reply: RespReply): string | null {
  return reply.type === 'bulk' ? reply.bytes.toString() : null;
}
