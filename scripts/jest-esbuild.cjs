// Jest transformer: esbuild strips the types, as it does for the shipped bundle. Types themselves are checked by `tsc --noEmit`.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { transformSync, version } = require('esbuild');

const options = { loader: 'ts', format: 'esm', target: 'node20.19', sourcemap: 'inline' };
const root = join(__dirname, '..');
// A file of edits as in test/mutants/mutants.ts: `make mutants` has the tests face a planted bug.
const edits = process.env.QUORATE_MUTANT_EDITS ? JSON.parse(readFileSync(process.env.QUORATE_MUTANT_EDITS, 'utf8')) : [];

const planted = (source, path) =>
  edits
    .filter(({ file }) => join(root, file) === path)
    .reduce((text, { find, replace }) => text.replace(find, () => replace), source);

module.exports = {
  process: (source, path) => ({ code: transformSync(planted(source, path), { ...options, sourcefile: path }).code }),
  getCacheKey: (source, path) =>
    createHash('sha256')
      .update(version + JSON.stringify(options) + path + planted(source, path))
      .digest('hex'),
};
