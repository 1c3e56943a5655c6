/** The bundle that ships, built for the tests: the processes that they start run what users run. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Path of a bundle of this version and feature level; the second build of rule S16 is one with the next of both. */
export function buildProgram(version = '0.1.0', featureLevel = 1): string {
  const folder = join(root, 'node_modules', '.cache', 'quorate-test');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `quorate-${version}-${featureLevel}-${process.env['JEST_WORKER_ID'] ?? '0'}.cjs`);
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], {
    env: { ...process.env, VERSION: version, FEATURE_LEVEL: String(featureLevel), OUTFILE: file },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return file;
}
