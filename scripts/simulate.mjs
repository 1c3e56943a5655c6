// Runs seeds of the simulator: `make sim` says with which variables.
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { bundleSimulation } from './bundle-simulation.mjs';
import { runToTheEnd } from './run-to-the-end.mjs';
import { simulationKey } from './simulation-key.mjs';

const { SEEDS, FIRST, TRACE, KEEP, PLAN, SHRINK, SHRINK_MINUTES, WORKERS, REPORT } = process.env;
const root = new URL('..', import.meta.url).pathname;
const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
const seeds = Number(SEEDS || 20);
const folder = await bundleSimulation();
const first = Number(FIRST || 1);

/** One after the other in one process, with all that happens told if asked. */
function runAlone() {
  const kept = PLAN || (KEEP === 'none' ? ',' : KEEP);
  const words = PLAN ? ['1', '1'] : [String(first), String(seeds)];
  return ['run.mjs', folder, ...words, TRACE === 'yes' ? 'trace' : 'quiet', ...(kept ? [kept] : [])];
}

async function runMany() {
  const inputs = JSON.parse(await readFile(`${folder}/inputs.json`, 'utf8'));
  const changed = git('status', '--porcelain', '--', ...inputs.filter((path) => !path.includes('node_modules/')));
  const options = {
    seeds,
    first,
    workers: Number(WORKERS || 2),
    shrinkMinutes: SHRINK === 'yes' ? Number(SHRINK_MINUTES || 10) : 0,
    command: `make sim SEEDS=${seeds}${first === 1 ? '' : ` FIRST=${first}`}`,
    commit: git('rev-parse', 'HEAD') + (changed === '' ? '' : ', with changes that no commit holds yet'),
    key: await simulationKey(root, inputs),
    ledgerFolder: `${root}.sim/ledger`,
    shrunkFolder: `${root}.sim/shrunk`,
    report: REPORT || null,
  };
  return ['run-many.mjs', folder, JSON.stringify(options)];
}

const [program, ...words] = TRACE === 'yes' || KEEP || PLAN ? runAlone() : await runMany();
runToTheEnd([`${folder}/${program}`, ...words]);
