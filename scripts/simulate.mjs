// Runs seeds of the simulator: `make sim` says with which variables.
import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { bundleSimulation } from './bundle-simulation.mjs';
import { bundleTakenBack } from './bundle-taken-back.mjs';
import { runToTheEnd } from './run-to-the-end.mjs';
import { simulationKey } from './simulation-key.mjs';

const { SEEDS, FIRST, TRACE, KEEP, PLAN, SHRINK, SHRINK_MINUTES, WORKERS, REPORT, TAKE_BACK, FOCUS } = process.env;
const root = new URL('..', import.meta.url).pathname;
const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
const seeds = Number(SEEDS || 20);
const folder = TAKE_BACK ? await bundleWithoutTheFix(TAKE_BACK) : await bundleSimulation();
const first = Number(FIRST || 1);

/** A build of its own without the fix of a kept plan, whose seeds no ledger remembers. */
async function bundleWithoutTheFix(path) {
  const { takenBack } = JSON.parse(await readFile(path, 'utf8'));
  if (!Array.isArray(takenBack) || takenBack.length === 0)
    throw new Error(`${path} has no edits in "takenBack": what is it without its fix?`);
  const own = `${root}.sim/taken-back/${basename(path, '.json')}`;
  await rm(own, { recursive: true, force: true });
  return bundleTakenBack(own, takenBack);
}

/** One after the other in one process, with all that happens told if asked. */
function runAlone() {
  const kept = PLAN || (FOCUS ? `focus:${FOCUS}` : KEEP === 'none' ? ',' : KEEP);
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
    key: TAKE_BACK ? 'without-the-fix' : await simulationKey(root, inputs),
    // Worlds of another kind, or of a build with a bug in it, count for no other run.
    ledgerFolder: TAKE_BACK ? folder : `${root}.sim/ledger${FOCUS ? `/${FOCUS}` : ''}`,
    shrunkFolder: TAKE_BACK ? folder : `${root}.sim/shrunk`,
    again: ['make sim', FOCUS && `FOCUS=${FOCUS}`, TAKE_BACK && `TAKE_BACK=${TAKE_BACK}`].filter((word) => word).join(' '),
    focus: FOCUS || null,
    report: TAKE_BACK || FOCUS ? null : REPORT || null,
  };
  return ['run-many.mjs', folder, JSON.stringify(options)];
}

const [program, ...words] = TRACE === 'yes' || KEEP || PLAN ? runAlone() : await runMany();
runToTheEnd([`${folder}/${program}`, ...words]);
