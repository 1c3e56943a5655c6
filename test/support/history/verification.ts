/**
 * What a load must have left behind: every acknowledged value, no refused one, an unknown one whole or not at all; counters between what
 * was acknowledged and that plus what is unknown; and a history that some order explains.
 */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { RespClient } from '../resp-client.ts';
import type { RespAddress, RespReply } from '../resp-client.ts';
import { checkLinearizable } from './linearizability.ts';
import type { WorkloadReport, WrittenValue } from './workload.ts';

/** Named in full; the rest is counted. */
const FINDINGS_MAX = 20;
const KEYS_PER_READ = 200;

export interface VerificationTarget {
  readonly addresses: readonly RespAddress[];
  readonly password?: string | undefined;
}

/** One sentence for each thing that is wrong; empty when all is well. */
export async function verifyWorkload(report: WorkloadReport, target: VerificationTarget): Promise<readonly string[]> {
  const findings: string[] = report.surprises.map((surprise) => `a client was told ${surprise}`);
  for (let first = 0; first < report.written.length; first += KEYS_PER_READ) {
    const part = report.written.slice(first, first + KEYS_PER_READ);
    const values = await readAll(
      part.map(({ key }) => key),
      target,
    );
    for (const [index, written] of part.entries()) {
      const finding = judgeValue(written, values[index] ?? null);
      if (finding !== null) findings.push(finding);
    }
  }
  const counts = await readAll(
    report.counters.map(({ key }) => key),
    target,
  );
  for (const [index, { key, acknowledged, unknown }] of report.counters.entries()) {
    const count = Number(counts[index] ?? '0');
    if (!(count >= acknowledged && count <= acknowledged + unknown))
      findings.push(`counter ${key} is ${count}, with ${acknowledged} INCR acknowledged and ${unknown} unknown`);
  }
  const verdict = checkLinearizable(report.operations);
  if (verdict.type !== 'linearizable') findings.push(`the history is ${verdict.type}: ${verdict.explanation}`);
  if (findings.length <= FINDINGS_MAX) return findings;
  return [...findings.slice(0, FINDINGS_MAX), `and ${findings.length - FINDINGS_MAX} more`];
}

export function judgeValue({ key, value, outcome }: WrittenValue, found: string | null): string | null {
  switch (outcome) {
    case 'acknowledged':
      return found === value ? null : `LOST: ${key} was acknowledged, and is ${String(found)}`;
    case 'refused':
      return found === null ? null : `${key} was refused, and is ${found} (S14)`;
    case 'unknown':
      return found === null || found === value ? null : `${key} had an unknown outcome, and is ${found}`;
  }
}

/** A refusal or a lost connection is asked again, elsewhere, until the deadline; a value is final. */
async function readAll(
  keys: readonly string[],
  target: VerificationTarget,
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

/** For people, on one line. */
export function summarize(report: WorkloadReport): string {
  const { name, acknowledged, refused, unknown, longestWriteGapMs, durationMs, operations } = report;
  return `${name}: ${acknowledged} writes acknowledged, ${refused} refused, ${unknown} unknown in ${(durationMs / 1000).toFixed(1)} s; longest gap ${longestWriteGapMs} ms; ${operations.length} operations recorded`;
}
