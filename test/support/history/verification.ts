/**
 * What a load must have left behind: every acknowledged value, no refused one, an unknown one whole or not at all; counters between what
 * was acknowledged and that plus what is unknown; and a history that some order explains.
 */
import { readAll } from '../read-all.ts';
import type { ReadTarget } from '../read-all.ts';
import { checkLinearizable } from './linearizability.ts';
import type { WorkloadReport, WrittenValue } from './workload.ts';

/** Named in full; the rest is counted. */
const FINDINGS_MAX = 20;
const KEYS_PER_READ = 200;

/** One sentence for each thing that is wrong; empty when all is well. */
export async function verifyWorkload(report: WorkloadReport, target: ReadTarget): Promise<readonly string[]> {
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

/** For people, on one line. */
export function summarize(report: WorkloadReport): string {
  const { name, acknowledged, refused, unknown, longestWriteGapMs, durationMs, operations } = report;
  return `${name}: ${acknowledged} writes acknowledged, ${refused} refused, ${unknown} unknown in ${(durationMs / 1000).toFixed(1)} s; longest gap ${longestWriteGapMs} ms; ${operations.length} operations recorded`;
}
