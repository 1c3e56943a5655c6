/**
 * What operator, kubectl, plugin and Helm asked of the API server in the tests of TIER, from its audit log on standard input: fails when the calls of
 * test/golden lack any of it. `GOLDEN=record` writes it into test/golden/used.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { uncovered, usedIn } from '../test/support/golden/coverage.ts';
import { callLists, USED_FOLDER } from '../test/support/golden/steps.ts';

const tier = process.env['TIER'] ?? '';
if (!/^[-a-z0-9]+$/.test(tier)) throw new Error(`TIER names the tier of tests that were run: '${tier}'`);
const used = usedIn(readFileSync(0, 'utf8'));
if (used.size === 0) throw new Error('the audit log tells of no call of the programs');
if (process.env['GOLDEN'] === 'record') {
  const head = `# What was asked of the API server in the ${tier} tests, and by whom; written by \`make ${tier} GOLDEN=record\`.\n`;
  writeFileSync(
    join(USED_FOLDER, `${tier}.txt`),
    head + [...used].map(([line, programs]) => `${line}\t${programs.join(' ')}\n`).join(''),
  );
}
const missing = uncovered(used.keys(), callLists());
console.log(`${used.size} uses of the API by operator, kubectl, plugin and Helm; not covered by test/golden: ${missing.length}`);
for (const line of missing) console.log(`  ${line} (${used.get(line)?.join(' ') ?? ''})`);
process.exitCode = missing.length === 0 ? 0 : 1;
