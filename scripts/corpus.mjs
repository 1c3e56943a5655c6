// Shows that the plans of test/simulation/corpus still find what they were kept for: each passes, and fails with its fix taken back.
//   ONLY=17,929     the plans whose names begin so
//   REPORT=FILE     writes the table there
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { bundleSimulation } from './bundle-simulation.mjs';
import { bundleTakenBack } from './bundle-taken-back.mjs';
import { commit, seconds } from './mutant-trials.mjs';
import { planReport } from './seed-reports.mjs';

const root = new URL('..', import.meta.url).pathname;
const plans = `${root}test/simulation/corpus`;
const work = `${root}.sim/corpus`;
/** A plan that takes so long hangs. */
const PLAN_MS_MAX = 120_000;

const oneLine = (text) => text.split('\n')[0].replaceAll('|', '\\|').slice(0, 200);

function sizeOf({ occurrences, clients, faultsMs, settleMs, peaceMs }) {
  const lasts = Math.round((faultsMs + settleMs + peaceMs) / 1000);
  return `${occurrences.length} | ${clients.clients} | ${lasts} s`;
}

async function face(name, unchanged) {
  const path = `${plans}/${name}.json`;
  const { found, fix, takenBack, plan } = JSON.parse(await readFile(path, 'utf8'));
  const { failure: withFix } = await planReport(unchanged, path, PLAN_MS_MAX);
  const folder = await bundleTakenBack(`${work}/${name}`, takenBack);
  const { failure: without } = await planReport(folder, path, PLAN_MS_MAX);
  await rm(folder, { recursive: true, force: true });
  const isKept = withFix === null && without !== null;
  const says =
    withFix === null ? (without ?? 'passes without its fix: it shows nothing any more') : `FAILS WITH ITS FIX: ${withFix}`;
  console.log(`${isKept ? 'ok' : 'NOT OK'} ${name}: ${oneLine(says)}`);
  return { name, found, fix, plan, isKept, says: oneLine(says) };
}

function pageOf(rows, took) {
  const lines = rows.map(
    ({ name, found, fix, plan, isKept, says }) =>
      `| ${name} | ${found} | ${fix} | ${sizeOf(plan)} | ${isKept ? says : `**${says}**`} |`,
  );
  return `# Failures of the past, and what finds them again

Written by \`make corpus\` on commit ${commit()}, in ${took} s.

Each plan of [test/simulation/corpus](../../test/simulation/corpus) stands for a seed that once failed, and was made smaller; where seeds draw otherwise by now
it was found anew with the fix taken back. With the code as it is all pass: \`make test\`
runs them. Here each ran once more in a build with its fix taken back.

**${rows.filter(({ isKept }) => isKept).length} of ${rows.length} pass with their fix, and fail without it.**

| plan | found | fix | faults | clients | lasts | without the fix |
|---|---|---|---|---|---|---|
${lines.join('\n')}
`;
}

const startedMs = Date.now();
const only = process.env.ONLY?.split(',').filter((each) => each !== '') ?? [];
const names = (await readdir(plans))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .filter((name) => only.length === 0 || only.some((each) => name.startsWith(`${each}-`)))
  .sort((one, other) => parseInt(one, 10) - parseInt(other, 10));
const unchanged = await bundleSimulation(`${work}/unchanged`);
const rows = [];
for (const name of names) rows.push(await face(name, unchanged));
await rm(work, { recursive: true, force: true });
if (process.env.REPORT) await writeFile(process.env.REPORT, pageOf(rows, seconds(startedMs)));
const lost = rows.filter(({ isKept }) => !isKept);
console.log(`${rows.length - lost.length} of ${rows.length} pass with their fix, and fail without it`);
process.exitCode = lost.length > 0 || rows.length === 0 ? 1 : 0;
