// Bundles the simulator, and beside it the production code once for each build that takes part (rule S16).
import { mkdir } from 'node:fs/promises';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url).pathname;

/** The folder with `run.mjs`, `first.mjs` and `second.mjs`. */
export async function bundleSimulation(folder = `${root}.sim/bundle`) {
  await mkdir(folder, { recursive: true });
  const common = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'warning',
    keepNames: true,
  };
  const production = (outfile, version, level) =>
    build({
      ...common,
      entryPoints: ['test/simulation/build.ts'],
      outfile,
      define: { __QUORATE_VERSION__: JSON.stringify(version), __QUORATE_FEATURE_LEVEL__: String(level) },
    });
  await Promise.all([
    production(`${folder}/first.mjs`, '0.1.0', 1),
    production(`${folder}/second.mjs`, '0.2.0', 2),
    build({ ...common, entryPoints: ['test/simulation/run.ts'], outfile: `${folder}/run.mjs` }),
  ]);
  return folder;
}
