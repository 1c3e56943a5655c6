// Plants each bug of test/mutants in a build of its own, and looks for what catches it: the simulator's seeds first, in their order, which
// know nothing of any mutant, then the tests of the rooms that it is planted in. The unchanged code has to pass the same seeds and tests.
// What was found out is remembered by what was run, so that a run that was broken off goes on where it stopped.
//   SEEDS=40        seeds that each mutant faces
//   ONLY=M03,M17    these mutants alone
//   WORKERS=2       so many at a time
//   TESTS=no        seeds alone: who survives them has not faced the tests
//   REPORT=FILE     writes the table there
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundleSimulation } from './bundle-simulation.mjs';
import { commit, descriptions, digest, digestOfSources, Known, seconds, TestTrial } from './mutant-trials.mjs';
import { seedReports, SimulationEnded } from './seed-reports.mjs';

const root = new URL('..', import.meta.url).pathname;
const work = `${root}.sim/mutants`;
const known = new Known(`${work}/known`);
const seeds = Number(process.env.SEEDS || '40');
const workers = Number(process.env.WORKERS || 2);
const facesTests = process.env.TESTS !== 'no';
/** A seed that takes so long hangs. */
const SEED_MS_MAX = 120_000;
/** So many seeds run in one process. */
const SEEDS_PER_PROCESS = 20;
/** So many mutants at least are caught by seeds alone, before any test is asked; fewer fails the run. */
const BY_SEEDS_MIN = 25;
/** Where tests of a room live. */
const TESTS = {
  consensus: ['test/unit/consensus', 'test/transcripts'],
  wal: ['test/unit/wal', 'test/unit/hostile'],
  keyspace: ['test/unit/keyspace'],
  wire: ['test/unit/wire', 'test/unit/hostile'],
  node: ['test/unit/node'],
};

async function listOfMutants() {
  const outfile = `${work}/list.mjs`;
  await build({ absWorkingDir: root, entryPoints: ['test/mutants/mutants.ts'], outfile, format: 'esm', logLevel: 'error' });
  const { MUTANTS } = await import(outfile);
  const only = process.env.ONLY?.split(',');
  return only ? MUTANTS.filter(({ id }) => only.includes(id)) : MUTANTS;
}

/** Runs `count` seeds from `first` on, tells each as `{ seed, failure }`, and stops at the first that fails. */
async function runRange(folder, first, count, tell) {
  let seed = first;
  try {
    for await (const { failure } of seedReports(folder, [String(first), String(count), 'quiet'], { silenceMsMax: SEED_MS_MAX })) {
      await tell({ seed, failure });
      seed += 1;
      if (failure !== null) return;
    }
  } catch (error) {
    if (!(error instanceof SimulationEnded)) throw error;
    await tell({ seed, failure: error.message });
  }
}

/** The first seed that fails, or null. */
async function faceSeeds(folder) {
  const parts = await Promise.all(['first', 'second', 'run'].map((name) => readFile(`${folder}/${name}.mjs`)));
  const key = digest(...parts);
  const found = await known.recall(key);
  for (;;) {
    const failed = found
      .filter(({ seed, failure }) => failure !== null && seed <= seeds)
      .sort((one, other) => one.seed - other.seed)[0];
    if (failed) return failed;
    const passed = new Set(found.map(({ seed }) => seed));
    const next = Array.from({ length: seeds }, (_, at) => at + 1).find((seed) => !passed.has(seed));
    if (next === undefined) return null;
    await runRange(folder, next, Math.min(SEEDS_PER_PROCESS, seeds - next + 1), async (report) => {
      found.push(report);
      await known.remember(key, report);
    });
  }
}

const oneLine = (text) => text.split('\n')[0].replaceAll('|', '\\|').slice(0, 160);

/** The tests of these rooms. */
const testsOf = (rooms) => [...new Set(rooms.flatMap((room) => TESTS[room] ?? []))];

async function face(mutant, tests) {
  const startedMs = Date.now();
  const folder = await bundleSimulation(`${work}/${mutant.id}`, mutant.edits);
  const failure = await faceSeeds(folder);
  await rm(folder, { recursive: true, force: true });
  if (failure) return { by: 'seed', killer: `seed ${failure.seed}: ${oneLine(failure.failure)}`, took: seconds(startedMs) };
  const rooms = mutant.edits.map(({ file }) => file.split('/')[1]);
  const killer = facesTests ? await tests.face(mutant.edits, testsOf(rooms), mutant.id) : null;
  if (!killer) return { by: null, killer: null, took: seconds(startedMs) };
  return { by: 'test', killer: oneLine(`${killer.file ?? 'a test file'}: ${killer.test}`), took: seconds(startedMs) };
}

async function faceAll(mutants, tests, told) {
  const rows = new Map();
  const open = [...mutants];
  const act = async () => {
    for (let mutant = open.shift(); mutant; mutant = open.shift()) {
      const row = { id: mutant.id, ...told.get(mutant.id), ...(await face(mutant, tests)) };
      rows.set(mutant.id, row);
      console.log(`${mutant.id} ${row.killer ?? 'SURVIVES'} (${row.took} s)`);
    }
  };
  await Promise.all(Array.from({ length: workers }, act));
  return mutants.map(({ id }) => rows.get(id));
}

async function faceUnchanged(tests) {
  const failure = await faceSeeds(await bundleSimulation(`${work}/unchanged`));
  console.log(
    failure
      ? `the unchanged code fails seed ${failure.seed}: ${failure.failure}`
      : `the unchanged code passes seeds 1 to ${seeds}`,
  );
  const failed = facesTests ? await tests.face([], testsOf(Object.keys(TESTS)), 'unchanged') : null;
  if (facesTests)
    console.log(failed ? `the unchanged code fails ${failed.file}: ${failed.test}` : 'the unchanged code passes the tests');
  const failures = [failure && `seed ${failure.seed}`, failed && `${failed.file}: ${failed.test}`].filter((each) => each);
  return failures.length > 0 ? failures.join(' and ') : null;
}

function describe(rows, baselineFailure, took) {
  const count = (which) => rows.filter(({ by }) => by === which).length;
  const table = rows.map(
    ({ id, what, breaks, killer, took: each }) => `| ${id} | ${what} | ${breaks} | ${killer ?? '**nothing**'} | ${each} |`,
  );
  return `# Planted bugs and what catches them

Written by \`SEEDS=${seeds} make mutants\` on commit ${commit()}, in ${took} s with ${workers} at a time (what an earlier run found out about the same bytes is
not run again).

${rows.length} bugs of [test/mutants](../../test/mutants/README.md), each in a build of its own. Each faces seeds 1 to ${seeds} of the simulator, in their order, and
the tests of the rooms that it is planted in only if no seed fails; the seed named is the first that fails. A test counts when it fails again
alone. No assertion of the simulator was written for one of them. The unchanged code ${
    baselineFailure ? `FAILS ${baselineFailure}` : 'passes the same seeds and the same tests'
  }.

**${count('seed') + count('test')} of ${rows.length} caught: ${count('seed')} by seeds alone, ${count('test')} by tests${count(null) > 0 ? `; ${count(null)} SURVIVE` : ''}.**

| id | planted bug | breaks | caught by | s |
|---|---|---|---|---|
${table.join('\n')}
`;
}

const startedMs = Date.now();
await mkdir(work, { recursive: true });
const told = await descriptions('M');
const mutants = await listOfMutants();
const tests = new TestTrial(work, known, await digestOfSources());
const baselineFailure = await faceUnchanged(tests);
const rows = await faceAll(mutants, tests, told);
if (process.env.REPORT) await writeFile(process.env.REPORT, describe(rows, baselineFailure, seconds(startedMs)));
const survivors = rows.filter(({ killer }) => !killer).map(({ id }) => id);
const bySeeds = rows.filter(({ by }) => by === 'seed').length;
console.log(
  `${rows.length - survivors.length} of ${rows.length} caught, ${bySeeds} by seeds alone` +
    `${survivors.length > 0 ? `; survivors: ${survivors.join(' ')}` : ''}`,
);
const isTooFew = bySeeds < Math.min(BY_SEEDS_MIN, rows.length) && !process.env.ONLY;
process.exitCode = survivors.length > 0 || baselineFailure || isTooFew ? 1 : 0;
