// Bundles the operator's simulation, and beside it the node once for each build that its images hold.
import { mkdir } from 'node:fs/promises';
import { build } from 'esbuild';
import { planting, SIMULATED } from './bundle-simulation.mjs';

const root = new URL('..', import.meta.url).pathname;

const common = {
  ...SIMULATED,
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
};

/** What runs errands, alone, with bugs planted in the operator, never in its judges. */
export async function bundleOperatorRun(outfile, edits = []) {
  await build({ ...common, plugins: [planting(edits)], entryPoints: ['test/operator-simulation/run.ts'], outfile });
  return outfile;
}

/** The folder with `run.mjs`, `run-many.mjs`, `first.mjs` and `second.mjs`. */
export async function bundleOperatorSimulation(folder = `${root}.sim/operator`) {
  await mkdir(folder, { recursive: true });
  const node = (outfile, version, level) =>
    build({
      ...common,
      entryPoints: ['test/operator-simulation/node-build.ts'],
      outfile,
      define: { __QUORATE_VERSION__: JSON.stringify(version), __QUORATE_FEATURE_LEVEL__: String(level) },
    });
  await Promise.all([
    node(`${folder}/first.mjs`, '0.1.0', 1),
    node(`${folder}/second.mjs`, '0.2.0', 2),
    bundleOperatorRun(`${folder}/run.mjs`),
    build({ ...common, entryPoints: ['test/operator-simulation/run-many.ts'], outfile: `${folder}/run-many.mjs` }),
  ]);
  return folder;
}
