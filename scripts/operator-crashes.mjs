// The operator's simulation: `make operator-crashes` says with which variables.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { bundleOperatorSimulation } from './bundle-operator-simulation.mjs';
import { runToTheEnd } from './run-to-the-end.mjs';

const { SCENARIO, CRASH, TRACE, FAULTS, FIRST, SAMPLE, WORKERS, REPORT } = process.env;
const root = new URL('..', import.meta.url).pathname;
const folder = await bundleOperatorSimulation();
const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();

/** What a run runs: a commit that changes none of it has the ledger of the one before. */
function ledger() {
  const rooms = ['api', 'consensus', 'devcluster/model', 'keyspace', 'node', 'operator', 'shared', 'wal', 'wire'];
  const parts = [...rooms.map((room) => `src/${room}`), 'crds', 'test/operator-simulation', 'test/simulation', 'test/support'];
  if (git('status', '--porcelain', '--', ...parts) !== '') return null;
  const trees = git('rev-parse', ...parts.map((path) => `HEAD:${path}`));
  return `${root}.sim/operator-ledger/${createHash('sha256').update(trees).digest('hex').slice(0, 16)}.jsonl`;
}

function one() {
  const [side, write] = (CRASH || '').split(' ');
  const crash = CRASH ? { side, write: Number(write) } : null;
  return { scenario: SCENARIO, seed: Number(FIRST || 1), crash, faults: Boolean(FAULTS), rest: 'short' };
}

function run() {
  if (TRACE === 'yes') {
    const input = `${JSON.stringify(one())}\n`;
    runToTheEnd([`${folder}/run.mjs`, folder, 'trace'], { cwd: root, input });
    return;
  }
  const options = {
    scenario: SCENARIO || null,
    faultSeeds: Number(FAULTS || 20),
    firstSeed: Number(FIRST || 1),
    sample: SAMPLE ? Number(SAMPLE) : null,
    workers: Number(WORKERS || 2),
    ledger: ledger(),
    report: REPORT || null,
  };
  runToTheEnd([`${folder}/run-many.mjs`, folder, JSON.stringify(options)], { cwd: root });
}

run();
