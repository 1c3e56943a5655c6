/** Runs errands in processes of their own, several at a time; a process is replaced after a while, so that its memory does not grow. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Errand, ErrandReport } from './run.ts';

const ERRANDS_PER_PROCESS = 40;

/** @param folder of the bundles. @throws when a process ends without having run what it was given */
export async function runErrands(
  folder: string,
  errands: readonly Errand[],
  workers: number,
  take: (report: ErrandReport, errand: Errand) => void | Promise<void>,
): Promise<void> {
  const batches: Errand[][] = [];
  const perBatch = Math.max(1, Math.min(ERRANDS_PER_PROCESS, Math.ceil(errands.length / workers)));
  for (let at = 0; at < errands.length; at += perBatch) batches.push(errands.slice(at, at + perBatch));
  const work = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) await runBatch(folder, batch, take);
  };
  await Promise.all(Array.from({ length: workers }, work));
}

async function runBatch(
  folder: string,
  batch: readonly Errand[],
  take: (report: ErrandReport, errand: Errand) => void | Promise<void>,
): Promise<void> {
  const child = spawn(process.execPath, ['--max-semi-space-size=32', join(folder, 'run.mjs'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  child.stdin.end(batch.map((errand) => `${JSON.stringify(errand)}\n`).join(''));
  let done = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const errand = batch[done];
    if (errand !== undefined) await take(JSON.parse(line) as ErrandReport, errand);
    done += 1;
  }
  const [code] = (await ended) as [number | null];
  if (code !== 0 || done !== batch.length)
    throw new Error(`a process ended with ${String(code)} after ${done} of ${batch.length} runs: ${JSON.stringify(batch[done])}`);
}
