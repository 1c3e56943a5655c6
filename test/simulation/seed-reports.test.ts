import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { planReport, seedReports, SimulationEnded } from '../../scripts/seed-reports.mjs';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quorate-reports-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

/** In the place of the simulator: tells its process id, and of one seed. */
const simulator = async (then: string): Promise<void> =>
  writeFile(
    join(folder, 'run.mjs'),
    `import { writeFileSync } from 'node:fs';
writeFileSync(process.argv[2] + '/pid', String(process.pid));
console.log(JSON.stringify({ seed: 7, failure: null }));
${then}`,
  );

async function seedsOf(silenceMsMax: number | null): Promise<{ seeds: number[]; error: unknown }> {
  const seeds: number[] = [];
  try {
    for await (const { seed } of seedReports(folder, ['7', '1', 'quiet'], { silenceMsMax })) seeds.push(seed);
  } catch (error) {
    return { seeds, error };
  }
  return { seeds, error: null };
}

const isRunning = async (): Promise<boolean> => {
  try {
    return process.kill(Number(await readFile(join(folder, 'pid'), 'utf8')), 0);
  } catch {
    return false;
  }
};

test('what a process told is handed on, and that it failed in the end', async () => {
  await simulator('process.exit(3);');
  expect(await seedsOf(null)).toEqual({ seeds: [7], error: new SimulationEnded('the process ended with 3') });
});

test('a process that hangs is ended', async () => {
  await writeFile(join(folder, 'run.mjs'), 'setInterval(() => undefined, 1000);');
  expect(await seedsOf(100)).toEqual({ seeds: [], error: new SimulationEnded('no end within 0.1 s') });
});

test('a process that somebody else ended says nothing of its seed', async () => {
  await simulator("process.kill(process.pid, 'SIGKILL');");
  const { error } = await seedsOf(null);
  expect(error).toEqual(new Error('the process was ended from outside, with SIGKILL'));
  expect(error).not.toBeInstanceOf(SimulationEnded);
});

test('whoever has what it wanted ends the process', async () => {
  await simulator('setInterval(() => undefined, 1000);');
  expect(await planReport(folder, 'a.json', 60_000)).toEqual({ seed: 7, failure: null });
  expect(await isRunning()).toBe(false);
});

test('a process that tells of nothing is told', async () => {
  await writeFile(join(folder, 'run.mjs'), '');
  await expect(planReport(folder, 'a.json', 60_000)).rejects.toThrow('the process that ran a.json said nothing');
});
