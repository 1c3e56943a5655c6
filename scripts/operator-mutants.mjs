// Plants each operator bug of test/mutants in a build of its own, and looks for what catches it: runs of the operator's simulation first, the
// same for every bug and in the same order (every scenario undisturbed, the shortest first, and that one at rest for longer than `observedAt`
// may get; then crash points and faults drawn by a fixed seed), until one fails; the operator's unit tests only if none does. The unchanged
// code has to pass all these runs, and the tests.
// What was found out is remembered by what was run, so that a run that was broken off goes on where it stopped.
//   ONLY=O03,O17    these mutants alone
//   POINTS=2        crash points of each scenario
//   WORKERS=2       so many at a time
//   TESTS=no        the simulation alone
//   REPORT=FILE     writes the table there
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { clearInterval, setInterval } from 'node:timers';
import { build } from 'esbuild';
import { bundleOperatorRun, bundleOperatorSimulation } from './bundle-operator-simulation.mjs';
import { commit, descriptions, digest, digestOfSources, Known, seconds, TestTrial } from './mutant-trials.mjs';

const root = new URL('..', import.meta.url).pathname;
const work = `${root}.sim/operator-mutants`;
const known = new Known(`${work}/known`);
const points = Number(process.env.POINTS || 2);
const workers = Number(process.env.WORKERS || 2);
const facesTests = process.env.TESTS !== 'no';
const TESTS = ['test/unit/operator'];
/** A run takes seconds. One that uses so much of a processor hangs, however busy the machine is. */
const RUN_CPU_MS_MAX = 300_000;
const LOOK_MS = 2_000;
const RUNS_PER_PROCESS = 20;
/** What the issue asks for. */
const CAUGHT_MIN = 15;
const BY_SIMULATION_MIN = 10;
/** Ended by somebody else: that catches nothing. */
const FROM_OUTSIDE = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP']);

async function moduleOf(path) {
  const outfile = `${work}/${path.split('/').at(-1).replace('.ts', '.mjs')}`;
  const options = { bundle: true, platform: 'node', format: 'esm', logLevel: 'error' };
  await build({ absWorkingDir: root, entryPoints: [path], outfile, ...options });
  return import(outfile);
}

/** What a process has used of processors, in user and kernel mode; null where the system does not tell. */
async function cpuMsOf(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (text === null) return null;
  const [userTicks, systemTicks] = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(userTicks) + Number(systemTicks)) * 10;
}

/** Runs them one after the other, tells each with its report, and stops at the first that fails. */
async function runBatch(build, runs, tell) {
  const child = spawn(process.execPath, ['--max-semi-space-size=32', build.run, build.nodes], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(child, 'close');
  child.stdin.on('error', () => undefined);
  child.stdin.end(runs.map((run) => `${JSON.stringify(run)}\n`).join(''));
  let at = 0;
  let usedMs = 0;
  let verdict = null;
  const look = setInterval(async () => {
    const nowMs = await cpuMsOf(child.pid);
    if (nowMs === null || verdict !== null || nowMs - usedMs < RUN_CPU_MS_MAX) return;
    verdict = `it hangs: no end within ${RUN_CPU_MS_MAX / 1000} s of a processor`;
    child.kill('SIGKILL');
  }, LOOK_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    const report = JSON.parse(line);
    usedMs = (await cpuMsOf(child.pid)) ?? usedMs;
    await tell(runs[at], report);
    at += 1;
    if (report.failure === null) continue;
    clearInterval(look);
    child.kill('SIGKILL');
    await ended;
    return;
  }
  const [code, signal] = await ended;
  clearInterval(look);
  if (verdict === null && FROM_OUTSIDE.has(signal)) throw new Error(`somebody ended a run with ${signal}`);
  if (at < runs.length) await tell(runs[at], { failure: verdict ?? `the process ended with ${code ?? signal}` });
}

const runKey = (run) => JSON.stringify(run);

/** What is known of one build, and what it has to run. */
class Trial {
  #build;
  #key;
  #name;
  #reports = new Map();

  /** @param build `{ run, nodes }`: the bundle that runs, and the folder of the nodes' bundles */
  static async of(name, build) {
    const trial = new Trial();
    trial.#build = build;
    trial.#name = name;
    const files = [`${build.nodes}/first.mjs`, `${build.nodes}/second.mjs`, build.run];
    trial.#key = digest(...(await Promise.all(files.map((file) => readFile(file)))));
    for (const { run, report } of await known.recall(trial.#key)) trial.#reports.set(runKey(run), report);
    return trial;
  }

  reportOf(run) {
    return this.#reports.get(runKey(run)) ?? null;
  }

  /** `{ run, failure }` of the first that is known to fail, or null. */
  failureIn(runs) {
    const run = runs.find((each) => (this.reportOf(each)?.failure ?? null) !== null);
    return run ? { run, failure: this.reportOf(run).failure } : null;
  }

  /** Runs what is not known yet, in processes side by side, until one fails. */
  async face(runs, processes) {
    const startedMs = Date.now();
    const open = runs.filter((run) => this.reportOf(run) === null);
    const act = async () => {
      while (open.length > 0 && !this.failureIn(runs)) {
        await runBatch(this.#build, open.splice(0, RUNS_PER_PROCESS), async (run, { failure, writes, steps }) => {
          this.#reports.set(runKey(run), { failure, writes, steps });
          await known.remember(this.#key, { run, report: { failure, writes, steps } });
          const passed = runs.filter((each) => this.reportOf(each)?.failure === null).length;
          if (passed % RUNS_PER_PROCESS === 0)
            console.log(`  ${this.#name}: ${passed} of ${runs.length} runs passed (${seconds(startedMs)} s)`);
        });
      }
    };
    if (!this.failureIn(runs)) await Promise.all(Array.from({ length: processes }, act));
    return this.failureIn(runs);
  }
}

const oneLine = (text) => text.split('\n')[0].split('; pods ')[0].replaceAll('|', '\\|').slice(0, 200);

function whereOf({ scenario, seed, crash, faults, rest }) {
  if (rest === 'long') return `“${scenario}” and five minutes at rest`;
  if (faults) return `“${scenario}”, faults of seed ${seed}`;
  return crash ? `“${scenario}”, ended ${crash.side} write ${crash.write}` : `“${scenario}”`;
}

/** The rule that what caught it names, if it names one. */
const ruleOf = (text) => /\bS\d+\b/.exec(text)?.[0] ?? '';

const testName = ({ file, test }) => `${file ?? 'a test file'}: ${test}`;

/** The runs that every bug faces, in their order, and the first of them that the unchanged code fails. */
async function trialsOfUnchanged(nodes) {
  const { crashErrands, faultErrands, sampled, undisturbed } = await moduleOf('test/operator-simulation/errands.ts');
  const { SCENARIOS } = await moduleOf('test/operator-simulation/scenarios/all.ts');
  const unchanged = await Trial.of('the unchanged code', { run: `${nodes}/run.mjs`, nodes });
  const names = SCENARIOS.map(({ name }) => name);
  const plainOf = (name) => undisturbed(name, 'short');
  const plain = names.map(plainOf);
  const failure = await unchanged.face(plain, workers);
  if (failure) return { runs: plain, failure };
  const stepsOf = (name) => unchanged.reportOf(plainOf(name)).steps;
  const shortestFirst = names.toSorted((one, other) => stepsOf(one) - stepsOf(other));
  const disturbed = shortestFirst.flatMap((name) => {
    const at = names.indexOf(name) + 1;
    const crashes = crashErrands({ scenario: name, writes: unchanged.reportOf(plainOf(name)).writes });
    return [...sampled(crashes, points, at), ...faultErrands(name, 1, at)];
  });
  // What happens at rest in all of them is looked at in one.
  const rest = undisturbed(shortestFirst[0], 'long');
  const runs = [...shortestFirst.map(plainOf), rest, ...disturbed];
  return { runs, failure: await unchanged.face(runs, workers) };
}

async function face(mutant, runs, nodes, tests) {
  const startedMs = Date.now();
  const run = await bundleOperatorRun(`${work}/${mutant.id}.mjs`, mutant.edits);
  const failure = await (await Trial.of(mutant.id, { run, nodes })).face(runs, 1);
  await rm(run, { force: true });
  if (failure) {
    const killer = `${whereOf(failure.run)}: ${oneLine(failure.failure)}`;
    return { by: 'simulation', rule: ruleOf(failure.failure), killer, took: seconds(startedMs) };
  }
  const test = await tests?.face(mutant.edits, TESTS, mutant.id);
  if (!test) return { by: null, rule: '', killer: null, took: seconds(startedMs) };
  return { by: 'test', rule: ruleOf(test.test), killer: oneLine(testName(test)), took: seconds(startedMs) };
}

async function faceAll(mutants, runs, nodes, tests, told) {
  const rows = new Map();
  const open = [...mutants];
  const act = async () => {
    for (let mutant = open.shift(); mutant; mutant = open.shift()) {
      const row = { id: mutant.id, ...told.get(mutant.id), ...(await face(mutant, runs, nodes, tests)) };
      rows.set(mutant.id, row);
      console.log(`${mutant.id} (${row.breaks}) ${row.killer ?? 'SURVIVES'} (${row.took} s; ${rows.size} of ${mutants.length})`);
    }
  };
  await Promise.all(Array.from({ length: workers }, act));
  return mutants.map(({ id }) => rows.get(id));
}

function describe(rows, runs, took) {
  const count = (which) => rows.filter(({ by }) => by === which).length;
  const plain = runs.filter(({ crash, faults }) => !crash && !faults).length;
  const crashes = runs.filter(({ crash }) => crash).length;
  return `# Planted bugs of the operator and what catches them

Written by \`make operator-mutants\` on commit ${commit()}, in ${took} s with ${workers} at a time (what an earlier run found out about the same bytes is not run
again).

${rows.length} bugs of [test/mutants](../../test/mutants/README.md), each in a build of its own. Each faces the same ${runs.length} runs of the operator's simulation in the same
order, until one fails: ${plain} undisturbed, then ${crashes} crash points and ${runs.length - plain - crashes} seeds of faults, drawn by a fixed seed; and the operator's unit
tests only if none fails. A test counts when it fails again alone. No judge was written for one of them. The unchanged code passes all of these
runs, and the tests.

**${count('simulation') + count('test')} of ${rows.length} caught: ${count('simulation')} by the simulation alone, ${count('test')} by tests${count(null) > 0 ? `; ${count(null)} SURVIVE` : ''}.** "Named" is the rule that what caught it
names; where it names none, the bug shows by what it leads to.

| id | planted bug | breaks | caught by | named |
|---|---|---|---|---|
${rows.map(({ id, what, breaks, killer, rule }) => `| ${id} | ${what} | ${breaks} | ${killer ?? '**nothing**'} | ${rule} |`).join('\n')}
`;
}

async function main() {
  const startedMs = Date.now();
  await mkdir(work, { recursive: true });
  const told = await descriptions('O');
  const { OPERATOR_MUTANTS } = await moduleOf('test/mutants/operator-mutants.ts');
  const only = (process.env.ONLY ?? '').split(',').filter((id) => id !== '');
  const mutants = OPERATOR_MUTANTS.filter(({ id }) => only.length === 0 || only.includes(id));
  const nodes = await bundleOperatorSimulation(`${work}/unchanged`);
  const { runs, failure } = await trialsOfUnchanged(nodes);
  if (failure) {
    console.log(`the unchanged code fails ${whereOf(failure.run)}: ${failure.failure}`);
    process.exitCode = 1;
    return;
  }
  console.log(`the unchanged code passes all ${runs.length} runs (${seconds(startedMs)} s)`);
  const tests = facesTests ? new TestTrial(work, known, await digestOfSources()) : null;
  const failed = await tests?.face([], TESTS, 'unchanged');
  if (failed) {
    console.log(`the unchanged code fails ${testName(failed)}`);
    process.exitCode = 1;
    return;
  }
  if (tests) console.log(`the unchanged code passes the tests (${seconds(startedMs)} s)`);
  const rows = await faceAll(mutants, runs, nodes, tests, told);
  if (process.env.REPORT) await writeFile(process.env.REPORT, describe(rows, runs, seconds(startedMs)));
  const survivors = rows.filter(({ killer }) => !killer).map(({ id }) => id);
  const caught = rows.length - survivors.length;
  const bySimulation = rows.filter(({ by }) => by === 'simulation').length;
  const named = survivors.length > 0 ? `; survivors: ${survivors.join(' ')}` : '';
  console.log(`${caught} of ${rows.length} caught, ${bySimulation} by the simulation alone${named}`);
  const isTooFew = only.length === 0 && (caught < CAUGHT_MIN || bySimulation < BY_SIMULATION_MIN);
  process.exitCode = survivors.length > 0 || isTooFew ? 1 : 0;
}

await main();
