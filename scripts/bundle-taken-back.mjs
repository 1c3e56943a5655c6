// Bundles the simulator with a fix taken back, to show that a plan of the corpus finds again what the fix took care of.
import { build } from 'esbuild';
import { bundleSimulation, planting, SIMULATED } from './bundle-simulation.mjs';

/** Unlike a planted bug, a fix may have been one of the judges, or of the simulated world. */
const isOfTheSimulator = ({ file }) => file.startsWith('test/');

/** The folder as of `bundleSimulation`; `edits` take back what fixed it, in the product, in the simulator or in both. */
export async function bundleTakenBack(folder, edits) {
  await bundleSimulation(
    folder,
    edits.filter((edit) => !isOfTheSimulator(edit)),
  );
  const ofTheSimulator = edits.filter(isOfTheSimulator);
  if (ofTheSimulator.length > 0)
    await build({
      ...SIMULATED,
      sourcemap: 'inline',
      plugins: [planting(ofTheSimulator)],
      entryPoints: ['test/simulation/run.ts'],
      outfile: `${folder}/run.mjs`,
    });
  return folder;
}
