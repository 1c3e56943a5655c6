/** Runs one plan in a process of its own: what it leaves behind when it fails does no harm to the next. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Edit } from '../mutants/mutants.ts';
import type { Plan } from './plan.ts';
import type { SeedReport } from './run.ts';

/** What the file of a plan holds: `quiet` runs of `make sim PLAN=file` read it. */
export interface KeptPlan {
  /** What it was seen to fail with. */
  readonly found: string;
  /** What took care of it, and the commit; absent as long as nothing did. */
  readonly fix?: string;
  /** Edits that take the fix back: in their build the plan fails again (`make corpus`). */
  readonly takenBack?: readonly Edit[];
  readonly plan: Plan;
}

export async function writePlan(path: string, kept: KeptPlan): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, `${JSON.stringify(kept, null, 2)}\n`);
}

/** @param folder of the bundles @param path of a kept plan. @throws when the process says nothing, or takes longer than `forMs` */
export async function runPlan(folder: string, path: string, forMs: number): Promise<SeedReport> {
  const child = spawn(process.execPath, [join(folder, 'run.mjs'), folder, '1', '1', 'quiet', path], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: forMs,
    killSignal: 'SIGKILL',
  });
  const closed = once(child, 'close');
  let report: SeedReport | null = null;
  for await (const line of createInterface({ input: child.stdout })) report = JSON.parse(line) as SeedReport;
  await closed;
  if (!report) throw new Error(`the plan of ${path} did not end within ${forMs} ms, or its process did`);
  return report;
}
