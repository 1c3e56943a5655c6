// Jest transformer: esbuild strips the types, as it does for the shipped bundle. Types themselves are checked by `tsc --noEmit`.
const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');

const options = { loader: 'ts', format: 'esm', target: 'node20.19', sourcemap: 'inline' };

module.exports = {
  process: (source, path) => ({ code: transformSync(source, { ...options, sourcefile: path }).code }),
  getCacheKey: (source, path) =>
    createHash('sha256')
      .update(version + JSON.stringify(options) + path + source)
      .digest('hex'),
};
