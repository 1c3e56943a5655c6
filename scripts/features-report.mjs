/**
 * Writes docs/reports/e2e-features.md from what the runner reported of the tests of single features.
 *
 *   node scripts/features-report.mjs REPORT_OF_JEST.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

const [, , path] = process.argv;
if (path === undefined) {
  console.error('usage: node scripts/features-report.mjs REPORT_OF_JEST.json');
  process.exit(2);
}
const { testResults } = JSON.parse(readFileSync(path, 'utf8'));
const files = testResults
  .map(({ name, assertionResults, message }) => ({ file: relative(process.cwd(), name), tests: assertionResults, message }))
  .sort((left, right) => (left.file < right.file ? -1 : 1));
const tests = files.flatMap(({ tests: of }) => of);
const failed = tests.filter(({ status }) => status !== 'passed').length + files.filter(({ tests: of }) => of.length === 0).length;

/** The sentence at the top of the file. */
function about(file) {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return comment.replaceAll(/\s*\n\s*\*?\s*/g, ' ').trim();
}

function row({ title, ancestorTitles, status, duration }) {
  const name = [...ancestorTitles, title].join(': ').replaceAll('|', '\\|');
  return `| ${name} | ${status} | ${((duration ?? 0) / 1_000).toFixed(0)} |`;
}

writeFileSync(
  'docs/reports/e2e-features.md',
  `# Features on a real cluster

Written by \`make e2e-features\`: ${tests.length} tests of single features on a kind cluster with three workers, ${failed === 0 ? 'all passed' : `${failed} failed`}. Their loads
are judged as everywhere: every acknowledged value was there afterwards, and the recorded history is linearizable. Everything shares the
cores of one machine, so seconds say little.
${files.map(({ file, tests: of }) => `\n## ${file}\n\n${about(file)}\n\n| test | outcome | s |\n|---|---|---|\n${of.map(row).join('\n')}\n`).join('')}`,
);
