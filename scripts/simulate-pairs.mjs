// Worlds of two classes of faults alone, for each two that there are (test/simulation/plan.ts, drawFocusedPlan). What ran is remembered by what
// seeds run, so that a run that was broken off goes on.
//   SEEDS=5         so many worlds of each pair
//   WORKERS=2       so many at a time
//   REPORT=FILE     writes a page there
import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundleSimulation, SIMULATED } from './bundle-simulation.mjs';
import { commit, Known, seconds } from './mutant-trials.mjs';
import { seedReports, SimulationEnded } from './seed-reports.mjs';
import { simulationKey } from './simulation-key.mjs';

const root = new URL('..', import.meta.url).pathname;
const work = `${root}.sim/pairs`;
const seeds = Number(process.env.SEEDS || 5);
const workers = Number(process.env.WORKERS || 2);
/** A world that takes so long hangs. */
const SEED_MS_MAX = 120_000;
const PROGRESS_PAIRS = 50;

async function faultNames() {
  const outfile = `${work}/fault-table.mjs`;
  await build({ ...SIMULATED, entryPoints: ['test/simulation/fault-table.ts'], outfile });
  return (await import(outfile)).FAULT_NAMES;
}

/** Runs what is left of the seeds of a pair, in their order; one that ends its process, or hangs, has failed. */
async function runPair(folder, pair, open, tell) {
  const last = open.at(-1);
  for (let [seed] = open; seed <= last;) {
    const words = [String(seed), String(last - seed + 1), 'quiet', `focus:${pair}`];
    try {
      for await (const { failure, counters, virtualMs } of seedReports(folder, words, { silenceMsMax: SEED_MS_MAX })) {
        await tell({ pair, seed, failure, operations: counters.operations, virtualMs });
        seed += 1;
      }
    } catch (error) {
      if (!(error instanceof SimulationEnded)) throw error;
      await tell({ pair, seed, failure: error.message, operations: 0, virtualMs: 0 });
      seed += 1;
    }
  }
}

const oneLine = (text) => text.split('\n')[0].replaceAll('|', '\\|').slice(0, 200);
const again = ({ pair, seed }) => `make sim FOCUS=${pair} SEEDS=1 FIRST=${seed} TRACE=yes`;

function pageOf(names, found, key) {
  const failed = found.filter(({ failure }) => failure !== null);
  const hours = found.reduce((sum, { virtualMs }) => sum + virtualMs, 0) / 3_600_000;
  const operations = found.reduce((sum, each) => sum + each.operations, 0);
  const rows = failed.map((each) => `| \`${again(each)}\` | ${oneLine(each.failure)} |`);
  return `# Each two classes of faults alone

Written by \`make sim-pairs SEEDS=${seeds}\` on commit ${commit()}; key of what seeds run: ${key}.

What two classes of faults do to each other comes about far sooner in worlds of these two alone, close together, than among all the others.
Of the ${names.length} classes ([fault-table.ts](../../test/simulation/fault-table.ts)) each two met in seeds 1 to ${seeds}: ${found.length} worlds, ${hours.toFixed(1)} simulated hours,
${operations.toLocaleString('en-US')} operations of clients. The judges are those of all seeds.

**${found.length - failed.length} passed, ${failed.length} failed.**
${failed.length === 0 ? '' : `\n| world | fails with |\n|---|---|\n${rows.join('\n')}\n`}`;
}

const startedMs = Date.now();
const folder = await bundleSimulation(`${work}/bundle`);
const key = await simulationKey(root, JSON.parse(await readFile(`${folder}/inputs.json`, 'utf8')));
const known = new Known(work);
const names = await faultNames();
const pairs = names.flatMap((one, at) => names.slice(at + 1).map((other) => `${one},${other}`));
const range = Array.from({ length: seeds }, (_, at) => at + 1);
const wanted = new Set(pairs.flatMap((pair) => range.map((seed) => `${pair} ${seed}`)));
const found = (await known.recall(key)).filter(({ pair, seed }) => wanted.has(`${pair} ${seed}`));
for (const { pair, seed } of found) wanted.delete(`${pair} ${seed}`);
if (found.length > 0) console.log(`${found.length} worlds ran before, with this key`);
const tellFailure = (each) => each.failure === null || console.log(`FAILED ${oneLine(each.failure)}\n  ${again(each)}`);
for (const each of found) tellFailure(each);

const open = pairs.filter((pair) => range.some((seed) => wanted.has(`${pair} ${seed}`)));
let done = 0;
const act = async () => {
  for (let pair = open.shift(); pair; pair = open.shift()) {
    const left = range.filter((seed) => wanted.has(`${pair} ${seed}`));
    await runPair(folder, pair, left, async (report) => {
      found.push(report);
      await known.remember(key, report);
      tellFailure(report);
    });
    done += 1;
    if (done % PROGRESS_PAIRS === 0) console.log(`${done} of ${done + open.length} pairs, ${seconds(startedMs)} s`);
  }
};
await Promise.all(Array.from({ length: workers }, act));
if (process.env.REPORT) await writeFile(process.env.REPORT, pageOf(names, found, key));
const failed = found.filter(({ failure }) => failure !== null).length;
console.log(`${pairs.length} pairs of classes of faults, ${found.length} worlds, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
