// Bundles src/main.ts into dist/quorate.cjs: one file that Node.js runs without node_modules. The environment's VERSION and FEATURE_LEVEL
// become the defines of src/shared/build.ts; without them the version is package.json's and the level that file's own. OUTFILE: another place.
import { chmodSync, readFileSync } from 'node:fs';
import { build } from 'esbuild';

const packageVersion = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
const version = process.env.VERSION || packageVersion;
const featureLevel = process.env.FEATURE_LEVEL || '';
const outfile = process.env.OUTFILE || 'dist/quorate.cjs';
if (!/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version)) throw new Error(`VERSION is a release such as 0.2.0, not ${version}`);
if (!/^\d*$/.test(featureLevel)) throw new Error(`FEATURE_LEVEL is a whole number, not ${featureLevel}`);

const started = performance.now();
const result = await build({
  absWorkingDir: new URL('..', import.meta.url).pathname,
  entryPoints: ['src/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  // CommonJS: among our dependencies are packages that call require() at run time, which an ESM bundle cannot.
  format: 'cjs',
  keepNames: true,
  sourcemap: 'external',
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  define: {
    __QUORATE_VERSION__: JSON.stringify(version),
    ...(featureLevel === '' ? {} : { __QUORATE_FEATURE_LEVEL__: featureLevel }),
    // The one thing of ESM that CommonJS lacks and that packages use.
    'import.meta.url': '__importMetaUrl',
  },
  // The file is a program of its own, under whatever name it is linked to.
  banner: { js: "#!/usr/bin/env node\nconst __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
});
chmodSync(new URL(outfile, new URL('..', import.meta.url)), 0o755);
const [, { bytes }] = Object.entries(result.metafile.outputs).find(([file]) => file.endsWith('.cjs'));
console.log(`${outfile} ${version}: ${Math.round(bytes / 1024)} KiB in ${Math.round(performance.now() - started)} ms`);
