/**
 * A second opinion: the Go program in test/porcupine judges the same histories by porcupine, with a model of its own. Two judges that were
 * written apart and agree on thousands of histories, good and bad, are seldom wrong together.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeHistory, encodeHistory } from './history.ts';
import type { RecordedHistory } from './history.ts';
import { judgeHistory } from './linearizability.ts';

const run = promisify(execFile);
const SOURCE = 'test/porcupine';
/** Of this worker: another may be running its own. */
const PROGRAM = join(process.cwd(), `node_modules/.cache/porcupine-${process.env['JEST_WORKER_ID'] ?? '0'}`);
/** Where the e2e tests leave the histories that they recorded; git ignores it. */
export const RECORDED_HISTORIES = '.cache/histories';
const FILES_PER_CALL = 500;

/** @returns where the program is; Go builds only what changed. @throws when there is no Go, or the program does not build */
export async function buildPorcupine(): Promise<string> {
  try {
    await run('go', ['build', '-o', PROGRAM, '.'], { cwd: SOURCE, env: { ...process.env, GOFLAGS: '-buildvcs=false' } });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Error('go is not installed: the second judge of histories is a Go program; install Go 1.19 or later', {
        cause: error,
      });
    throw error;
  }
  return PROGRAM;
}

export interface Comparison {
  readonly linearizable: number;
  readonly notLinearizable: number;
  /** What one judge says otherwise than the other, or on what one gave up: a sentence and the history. */
  readonly disagreements: readonly string[];
}

export async function compareJudges(histories: readonly RecordedHistory[]): Promise<Comparison> {
  const theirs = await porcupineVerdicts(histories);
  const count = { linearizable: 0, 'not-linearizable': 0, 'gave-up': 0 };
  const disagreements: string[] = [];
  for (const [index, history] of histories.entries()) {
    const ours = judgeHistory(history).type;
    count[ours] += 1;
    if (ours === 'gave-up' || ours !== theirs[index])
      disagreements.push(`${history.name}: ${ours} to us, ${String(theirs[index])} to porcupine\n${encodeHistory(history)}`);
  }
  return { linearizable: count.linearizable, notLinearizable: count['not-linearizable'], disagreements };
}

async function porcupineVerdicts(histories: readonly RecordedHistory[]): Promise<readonly string[]> {
  const program = await buildPorcupine();
  const folder = await mkdtemp(join(tmpdir(), 'quorate-histories-'));
  try {
    const files = histories.map((_, index) => join(folder, `${index}.json`));
    await Promise.all(histories.map((history, index) => writeFile(files[index]!, encodeHistory(history))));
    const verdicts: string[] = [];
    for (let first = 0; first < files.length; first += FILES_PER_CALL) {
      const { stdout } = await run(program, files.slice(first, first + FILES_PER_CALL), { maxBuffer: 64 * 1024 * 1024 });
      for (const line of stdout.trim().split('\n')) verdicts.push((JSON.parse(line) as { verdict: string }).verdict);
    }
    return verdicts;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Leaves a history for both judges. */
export async function keepHistory(history: RecordedHistory, folder = RECORDED_HISTORIES): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${history.name}.json`), encodeHistory(history));
}

export async function forgetHistories(folder = RECORDED_HISTORIES): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** Those that the last run of the scenarios left there; none when there was no run. */
export async function keptHistories(folder = RECORDED_HISTORIES): Promise<readonly RecordedHistory[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).sort();
  return Promise.all(files.map(async (name) => decodeHistory(await readFile(join(folder, name), 'utf8'))));
}
