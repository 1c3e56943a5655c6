// Plants each operator bug of test/mutants in a build of its own, and looks for what catches it: the operator's simulation first (every
// scenario undisturbed, then crash points and faults drawn by a fixed seed), which knows nothing of any mutant, then the operator's unit
// tests. The unchanged code has to pass the same runs.
//   ONLY=O03,O17    these mutants alone
//   POINTS=4        crash points of each scenario
//   WORKERS=2       mutants that face the simulation side by side
//   REPORT=FILE     writes the table there
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { bundleOperatorSimulation } from './bundle-operator-simulation.mjs';

const root = new URL('..', import.meta.url).pathname;
const work = `${root}.sim/operator-mutants`;
const points = Number(process.env.POINTS || 4);
/** A run that takes so long hangs. */
const RUN_MS_MAX = 180_000;

async function moduleOf(path) {
  const outfile = `${work}/${path.split('/').at(-1).replace('.ts', '.mjs')}`;
  await build({
    absWorkingDir: root,
    entryPoints: [path],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  return import(outfile);
}

async function descriptions() {
  const text = await readFile(`${root}test/mutants/README.md`, 'utf8');
  return new Map([...text.matchAll(/^\| (O\d+) \| (.*?) \| (.*?) \|/gm)].map(([, id, what, breaks]) => [id, { what, breaks }]));
}

/** Runs errands until one fails. @returns `{ failure, reports }`; `failure` null when none does */
async function face(folder, errands, { all = false } = {}) {
  const child = spawn(process.execPath, [`${folder}/run.mjs`, folder], { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] });
  const closed = once(child, 'close');
  child.stdin.on('error', () => undefined);
  child.stdin.end(errands.map((errand) => `${JSON.stringify(errand)}\n`).join(''));
  const reports = [];
  let failure = null;
  const hung = () => {
    failure ??= { errand: errands[reports.length], failure: `no end within ${RUN_MS_MAX / 1000} s` };
    child.kill('SIGKILL');
  };
  let timer = setTimeout(hung, RUN_MS_MAX);
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(timer);
    timer = setTimeout(hung, RUN_MS_MAX);
    const report = JSON.parse(line);
    if (report.failure && !failure) failure = { errand: errands[reports.length], failure: report.failure };
    reports.push(report);
    if (failure && !all) child.kill('SIGKILL');
  }
  const [code] = await closed;
  clearTimeout(timer);
  if (!failure && code !== 0) failure = { errand: errands[reports.length], failure: `the process ended with ${code}` };
  return { failure, reports };
}

/** The name of a unit test that fails with the mutant planted, or null. */
async function faceTests({ id, edits }) {
  const editsFile = `${work}/${id}.json`;
  await writeFile(editsFile, JSON.stringify(edits));
  const words = ['node_modules/jest/bin/jest.js', 'test/unit/operator', '--selectProjects', 'unit', '-w', '2', '--bail'];
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

const oneLine = (text) => text.split('\n')[0].split('; pods ')[0].replaceAll('|', '\\|').slice(0, 200);

function whereOf({ scenario, seed, crash, faults }) {
  if (faults) return `“${scenario}”, faults of seed ${seed}`;
  return crash ? `“${scenario}”, ended ${crash.side} write ${crash.write}` : `“${scenario}”`;
}

function describe(rows, baseline) {
  const killed = rows.filter(({ killer }) => killer);
  const bySimulation = rows.filter(({ by }) => by === 'simulation');
  return `# Planted bugs of the operator and what catches them

Written by \`make operator-mutants\`: ${rows.length} bugs of [test/mutants](../../test/mutants/README.md), each in a build of its own that faces the operator's
simulation (every scenario undisturbed, then ${points} crash points and one seed of faults for each, drawn by a fixed seed) and the operator's unit tests
only if that finds nothing. The unchanged code ${baseline ? `FAILS ${whereOf(baseline.errand)}` : 'passes the same runs'}.

**${killed.length} of ${rows.length} caught, ${bySimulation.length} of them by the simulation alone.**

| id | planted bug | breaks | caught by |
|---|---|---|---|
${rows.map(({ id, what, breaks, killer }) => `| ${id} | ${what} | ${breaks} | ${killer ?? '**nothing**'} |`).join('\n')}
`;
}

await mkdir(work, { recursive: true });
const told = await descriptions();
const { OPERATOR_MUTANTS } = await moduleOf('test/mutants/operator-mutants.ts');
const { crashErrands, faultErrands, sampled, undisturbed } = await moduleOf('test/operator-simulation/errands.ts');
const { SCENARIOS } = await moduleOf('test/operator-simulation/scenarios/all.ts');
const only = process.env.ONLY?.split(',').filter((id) => id !== '') ?? [];
const mutants = OPERATOR_MUTANTS.filter(({ id }) => only.length === 0 || only.includes(id));

const plain = SCENARIOS.map(({ name }) => undisturbed(name, 'short'));
const unchanged = await bundleOperatorSimulation(`${work}/unchanged`);
const first = await face(unchanged, plain, { all: true });
const drawn = first.reports.flatMap((report, at) => sampled(crashErrands(report), points, at + 1));
const faulty = SCENARIOS.flatMap(({ name }, at) => faultErrands(name, 1, at + 1));
const disturbed = [...drawn, ...faulty];
const baseline = first.failure ?? (await face(unchanged, disturbed)).failure;
console.log(
  baseline ? `the unchanged code fails: ${whereOf(baseline.errand)}: ${oneLine(baseline.failure)}` : 'the unchanged code passes',
);

async function judge(mutant) {
  const startedAt = Date.now();
  const folder = await bundleOperatorSimulation(`${work}/${mutant.id}`, mutant.edits);
  const { failure } = await face(folder, [...plain, ...disturbed]);
  let by = failure ? 'simulation' : null;
  let killer = failure ? `${whereOf(failure.errand)}: ${oneLine(failure.failure)}` : null;
  if (!killer) {
    const test = await faceTests(mutant);
    if (test) [by, killer] = ['test', oneLine(test)];
  }
  console.log(`${mutant.id} ${killer ?? 'SURVIVES'} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
  await rm(`${work}/${mutant.id}`, { recursive: true, force: true });
  return { id: mutant.id, ...told.get(mutant.id), by, killer };
}

const open = [...mutants];
const rows = [];
const worker = async () => {
  for (let mutant = open.shift(); mutant; mutant = open.shift()) rows.push(await judge(mutant));
};
await Promise.all(Array.from({ length: Number(process.env.WORKERS || 2) }, worker));
rows.sort((left, right) => left.id.localeCompare(right.id));
if (process.env.REPORT) await writeFile(process.env.REPORT, describe(rows, baseline));
const survivors = rows.filter(({ killer }) => !killer).map(({ id }) => id);
console.log(
  `${rows.length - survivors.length} of ${rows.length} caught, ${rows.filter(({ by }) => by === 'simulation').length} by the simulation alone${survivors.length > 0 ? `; survivors: ${survivors.join(' ')}` : ''}`,
);
process.exitCode = survivors.length > 0 || baseline ? 1 : 0;
