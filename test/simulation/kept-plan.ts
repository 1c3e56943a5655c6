/** Plans as files: what once failed, and what took care of it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Edit } from '../mutants/mutants.ts';
import type { Plan } from './plan.ts';

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
