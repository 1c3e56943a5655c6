// Plants each bug of test/mutants in a build of its own, and looks for what catches it: the simulator's seeds first, which know nothing of
// any mutant, then the unit tests of the rooms that it is planted in. The unchanged code has to pass the same seeds.
//   SEEDS=40        seeds that each mutant faces
//   ONLY=M03,M17    these mutants alone
//   REPORT=FILE     writes the table there
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { bundleSimulation } from './bundle-simulation.mjs';

const root = new URL('..', import.meta.url).pathname;
const work = `${root}.sim/mutants`;
const seeds = Number(process.env.SEEDS || 40);
/** A seed that takes so long hangs. */
const SEED_MS_MAX = 120_000;
/** Where tests of a room live. */
const TESTS = {
  consensus: ['test/unit/consensus', 'test/transcripts'],
  wal: ['test/unit/wal', 'test/unit/hostile'],
  keyspace: ['test/unit/keyspace'],
  wire: ['test/unit/wire', 'test/unit/hostile'],
  node: ['test/unit/node', 'test/simulation', 'test/integration/cluster'],
};

async function listOfMutants() {
  const outfile = `${work}/list.mjs`;
  await build({ absWorkingDir: root, entryPoints: ['test/mutants/mutants.ts'], outfile, format: 'esm', logLevel: 'error' });
  const { MUTANTS } = await import(outfile);
  const only = process.env.ONLY?.split(',');
  return only ? MUTANTS.filter(({ id }) => only.includes(id)) : MUTANTS;
}

async function descriptions() {
  const text = await readFile(`${root}test/mutants/README.md`, 'utf8');
  return new Map([...text.matchAll(/^\| (M\d+) \| (.*?) \| (.*?) \|/gm)].map(([, id, what, breaks]) => [id, { what, breaks }]));
}

/** Runs `count` seeds from `first` on; resolves with the first failure, or null. `stopped` ends it early. */
function runRange(folder, first, count, children) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [`${folder}/run.mjs`, folder, String(first), String(count), 'quiet'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.add(child);
    let seed = first;
    let failure = null;
    const hung = () => {
      failure ??= { seed, failure: `no end within ${SEED_MS_MAX / 1000} s` };
      child.kill('SIGKILL');
    };
    let timer = setTimeout(hung, SEED_MS_MAX);
    createInterface({ input: child.stdout }).on('line', (line) => {
      clearTimeout(timer);
      timer = setTimeout(hung, SEED_MS_MAX);
      const report = JSON.parse(line);
      seed = report.seed + 1;
      if (report.failure && !failure) {
        failure = { seed: report.seed, failure: report.failure };
        child.kill('SIGKILL');
      }
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      children.delete(child);
      if (!failure && !child.stoppedByUs && code !== 0) failure = { seed, failure: `the process ended with ${code ?? signal}` };
      resolve(failure);
    });
  });
}

/** The first of both halves to fail ends the other. */
async function faceSeeds(folder) {
  const children = new Set();
  const half = Math.ceil(seeds / 2);
  const ranges = [
    [1, half],
    [half + 1, seeds - half],
  ].filter(([, count]) => count > 0);
  let first = null;
  await Promise.all(
    ranges.map(async ([from, count]) => {
      const failure = await runRange(folder, from, count, children);
      if (!failure || first) return;
      first = failure;
      for (const child of children) {
        child.stoppedByUs = true;
        child.kill('SIGKILL');
      }
    }),
  );
  return first;
}

/** The name of a unit test that fails with the mutant planted, or null. */
async function faceTests({ id, edits }) {
  const editsFile = `${work}/${id}.json`;
  await writeFile(editsFile, JSON.stringify(edits));
  const rooms = [...new Set(edits.map(({ file }) => file.split('/')[1]))];
  const paths = [...new Set(rooms.flatMap((room) => TESTS[room] ?? []))].filter(
    (path) => path.startsWith('test/unit') || path === 'test/transcripts',
  );
  const words = ['node_modules/jest/bin/jest.js', ...paths, '--selectProjects', 'unit', '-w', '2', '--bail'];
  const env = { ...process.env, NODE_OPTIONS: '--experimental-vm-modules', QUORATE_MUTANT_EDITS: editsFile };
  const child = spawn(process.execPath, words, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  const [code] = await once(child, 'close');
  if (code === 0) return null;
  const file = /^FAIL unit (\S+)/m.exec(said)?.[1] ?? 'a test file';
  const test = /^\s+● (.+)$/m.exec(said)?.[1] ?? 'does not load';
  return `${file}: ${test}`;
}

const oneLine = (text) => text.split('\n')[0].replaceAll('|', '\\|').slice(0, 160);

function describe(rows, baselineFailure) {
  const killed = rows.filter(({ killer }) => killer);
  const bySeeds = rows.filter(({ by }) => by === 'seed');
  return `# Planted bugs and what catches them

Written by \`make mutants\`: ${rows.length} bugs of [test/mutants](../../test/mutants/README.md), each in a build of its own that faces seeds 1 to ${seeds} of the
simulator, and the unit tests only if no seed fails. The unchanged code ${baselineFailure ? `FAILS seed ${baselineFailure.seed}` : 'passes the same seeds'}.

**${killed.length} of ${rows.length} caught, ${bySeeds.length} of them by seeds alone.**

| id | planted bug | breaks | caught by |
|---|---|---|---|
${rows.map(({ id, what, breaks, killer }) => `| ${id} | ${what} | ${breaks} | ${killer ?? '**nothing**'} |`).join('\n')}
`;
}

await mkdir(work, { recursive: true });
const told = await descriptions();
const mutants = await listOfMutants();
const baselineFailure = await faceSeeds(await bundleSimulation(`${work}/unchanged`));
console.log(
  baselineFailure
    ? `the unchanged code fails seed ${baselineFailure.seed}: ${baselineFailure.failure}`
    : `the unchanged code passes seeds 1 to ${seeds}`,
);
const rows = [];
for (const mutant of mutants) {
  const startedAt = Date.now();
  const failure = await faceSeeds(await bundleSimulation(`${work}/${mutant.id}`, mutant.edits));
  let by = failure ? 'seed' : null;
  let killer = failure ? `seed ${failure.seed}: ${oneLine(failure.failure)}` : null;
  if (!killer) {
    const test = await faceTests(mutant);
    if (test) [by, killer] = ['test', oneLine(test)];
  }
  rows.push({ id: mutant.id, ...told.get(mutant.id), by, killer });
  console.log(`${mutant.id} ${killer ?? 'SURVIVES'} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
  await rm(`${work}/${mutant.id}`, { recursive: true, force: true });
}
if (process.env.REPORT) await writeFile(process.env.REPORT, describe(rows, baselineFailure));
const survivors = rows.filter(({ killer }) => !killer).map(({ id }) => id);
console.log(
  `${rows.length - survivors.length} of ${rows.length} caught, ${rows.filter(({ by }) => by === 'seed').length} by seeds alone${survivors.length > 0 ? `; survivors: ${survivors.join(' ')}` : ''}`,
);
process.exitCode = survivors.length > 0 || baselineFailure ? 1 : 0;
