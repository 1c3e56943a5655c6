// Runs seeds of the simulator: `make sim` says with which variables.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { bundleSimulation } from './bundle-simulation.mjs';

const { SEEDS, FIRST, TRACE, KEEP, SHRINK, WORKERS } = process.env;
const root = new URL('..', import.meta.url).pathname;
const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
const seeds = Number(SEEDS || 20);
const folder = await bundleSimulation();
const first = Number(FIRST || 1);

let run;
if (TRACE === 'yes' || KEEP) {
  const kept = KEEP === 'none' ? '' : KEEP;
  run = [
    'run.mjs',
    folder,
    String(first),
    String(seeds),
    TRACE === 'yes' ? 'trace' : 'quiet',
    ...(kept === undefined ? [] : [kept]),
  ];
} else {
  // What a seed runs: a commit that changes none of it has the ledger of the one before.
  const parts = [
    'src/api',
    'src/consensus',
    'src/keyspace',
    'src/node',
    'src/shared',
    'src/wal',
    'src/wire',
    'test/simulation',
    'test/support',
  ];
  const isClean = git('status', '--porcelain', '--', ...parts) === '';
  const trees = git('rev-parse', ...parts.map((path) => `HEAD:${path}`));
  const commit = isClean ? createHash('sha256').update(trees).digest('hex').slice(0, 16) : null;
  const options = {
    seeds,
    first,
    workers: Number(WORKERS || 2),
    trace: false,
    shrink: SHRINK === 'yes',
    commit,
    ledgerFolder: `${root}.sim/ledger`,
  };
  run = ['run-many.mjs', folder, JSON.stringify(options)];
}
const { status } = spawnSync(process.execPath, [`${folder}/${run[0]}`, ...run.slice(1)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
