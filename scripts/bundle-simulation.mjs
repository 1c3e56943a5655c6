// Bundles the simulator, and beside it the production code once for each build that takes part (rule S16).
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url).pathname;

/** Puts edits as in test/mutants/mutants.ts into what is bundled, each in its one place. */
export const planting = (edits) => ({
  name: 'planted bugs',
  setup({ onLoad }) {
    for (const file of new Set(edits.map((edit) => edit.file))) {
      const filter = new RegExp(`/${file.replaceAll('.', '\\.')}$`);
      onLoad({ filter }, async ({ path }) => {
        let contents = await readFile(path, 'utf8');
        for (const { find, replace } of edits.filter((edit) => edit.file === file)) {
          if (contents.split(find).length !== 2) throw new Error(`${file} does not have exactly one place with: ${find}`);
          contents = contents.replace(find, () => replace);
        }
        return { contents, loader: 'ts' };
      });
    }
  },
});

/** How whatever a simulation runs is bundled. */
export const SIMULATED = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'warning',
  keepNames: true,
};

/** The folder with `run.mjs`, `first.mjs`, `second.mjs` and, in `inputs.json`, the files that these are made of. Bugs are planted in the two builds of the product, never in their judges. */
export async function bundleSimulation(folder = `${root}.sim/bundle`, edits = []) {
  await mkdir(folder, { recursive: true });
  const common = { ...SIMULATED, sourcemap: 'inline', metafile: true };
  const production = (outfile, version, level) =>
    build({
      ...common,
      plugins: [planting(edits)],
      entryPoints: ['test/simulation/build.ts'],
      outfile,
      define: { __QUORATE_VERSION__: JSON.stringify(version), __QUORATE_FEATURE_LEVEL__: String(level) },
    });
  const [first, second, run] = await Promise.all([
    production(`${folder}/first.mjs`, '0.1.0', 1),
    production(`${folder}/second.mjs`, '0.2.0', 2),
    build({ ...common, entryPoints: ['test/simulation/run.ts'], outfile: `${folder}/run.mjs` }),
    build({ ...common, entryPoints: ['test/simulation/run-many.ts'], outfile: `${folder}/run-many.mjs` }),
  ]);
  // All that can make a difference to a seed: what runs it, and how it is bundled. What judges many seeds together is not of it.
  const inputs = new Set([first, second, run].flatMap(({ metafile }) => Object.keys(metafile.inputs)));
  await writeFile(`${folder}/inputs.json`, JSON.stringify([...inputs, 'scripts/bundle-simulation.mjs'].sort()));
  return folder;
}
