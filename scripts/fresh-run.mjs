/**
 * `make bench-run`: how long a newcomer waits. Clones what is committed here into a folder of its own, runs `make run ARGS='--once -o json'` there
 * with the packages in npm's cache and nothing installed, and writes docs/reports/fresh-run.md. Exit code 1 when the session failed, or when
 * Ready took longer than it may.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const READY_SECONDS_MAX = 60;
const ARGUMENTS = '--once -o json';
const root = new URL('..', import.meta.url).pathname;
const report = join(root, 'docs/reports/fresh-run.md');

const inFolder = (cwd, program, ...words) =>
  execFileSync(program, words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const seconds = (ms) => (ms / 1_000).toFixed(1);

/** Those of `make` name what it does next; those of the program are JSON. */
const PHASES = [
  { begins: 'npm ci', name: 'packages are installed' },
  { begins: 'node scripts/build.mjs', name: 'the program is built' },
  { begins: 'node dist/quorate.cjs', name: 'Kubernetes, the operator and three members come up' },
];

/** When each phase began and what the session said, in milliseconds since `make` was called. */
async function timedRun(clone, folder) {
  const beganMs = performance.now();
  const child = spawn('make', ['run', `ARGS=${ARGUMENTS}`], {
    cwd: clone,
    // Of another devcluster of this user nothing is seen.
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const phases = [];
  const said = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const atMs = performance.now() - beganMs;
    const phase = PHASES.find(({ begins }) => line.startsWith(begins));
    if (phase !== undefined) phases.push({ name: phase.name, atMs });
    const { about = '', text = '' } = line.startsWith('{') ? JSON.parse(line) : {};
    if (about === 'session') said.push({ atMs, text });
    if (about === 'session' || phase !== undefined) console.log(`${seconds(atMs).padStart(6)} s  ${text || line}`);
  }
  return { code: await ended, phases, said, tookMs: performance.now() - beganMs };
}

/** Each command with the last thing that was said before the next. */
function actsOf(said) {
  return said.flatMap(({ atMs, text }, at) => {
    if (!text.startsWith('$ ')) return [];
    const next = said.findIndex((other, index) => index > at && other.text.startsWith('$ '));
    const last = said.at(next === -1 ? -1 : next - 1);
    return [{ command: text.slice(2), outcome: last.text.replace(/, after .*/, ''), tookMs: last.atMs - atMs }];
  });
}

function describe({ phases, said, tookMs }, readyMs, { commit, load, kubectl }) {
  const phase = ({ name, atMs }, index) => `| ${name} | ${seconds((phases[index + 1]?.atMs ?? readyMs) - atMs)} |`;
  const act = ({ command, outcome, tookMs: ms }) => `| \`${command}\` | ${outcome} | ${seconds(ms)} |`;
  return `# From a fresh clone to Ready

Written by \`make bench-run\`: commit ${commit} cloned into an empty folder, with the packages in npm's cache and nothing installed, and there
\`make run ARGS='${ARGUMENTS}'\`. Node.js ${process.versions.node}, ${availableParallelism()} cores, load ${load.toFixed(2)} before it began. Its commands of
\`kubectl\` were ${kubectl ? 'carried out by the one in the `PATH`' : 'answered by the program itself: there was none in the `PATH`'}.

**Ready after ${seconds(readyMs)} s** (at most ${READY_SECONDS_MAX} are allowed); the whole, with its session and its end, took ${seconds(tookMs)} s.

| until Ready | s |
|---|---|
${phases.map(phase).join('\n')}

| session | outcome | s |
|---|---|---|
${actsOf(said).map(act).join('\n')}
`;
}

function isInPath(program) {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

// The run ends by itself, and then the folder goes.
process.on('SIGINT', () => undefined);
const folder = mkdtempSync(join(tmpdir(), 'quorate-fresh-'));
try {
  const [clone, temporary] = [join(folder, 'quorate'), join(folder, 'tmp')];
  mkdirSync(temporary);
  inFolder(root, 'git', 'clone', '--quiet', root, clone);
  const commit = inFolder(clone, 'git', 'rev-parse', '--short', 'HEAD').trim();
  console.log(`${commit}: its packages go to the cache of npm, which is not measured`);
  inFolder(clone, 'npm', 'ci', '--no-audit', '--no-fund');
  rmSync(join(clone, 'node_modules'), { recursive: true });
  const [load = 0] = loadavg();
  const run = await timedRun(clone, temporary);
  const readyMs = run.said.find(({ text }) => text.startsWith('ready after'))?.atMs;
  if (run.code !== 0 || readyMs === undefined) throw new Error(`make run ended with exit code ${run.code}; no report is written`);
  writeFileSync(report, describe(run, readyMs, { commit, load, kubectl: isInPath('kubectl') }));
  console.log(`Ready after ${seconds(readyMs)} s; ${report} is written`);
  if (readyMs > READY_SECONDS_MAX * 1_000) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
