// Names what a seed runs: a change of anything else leaves the ledger of seeds that passed as it is.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

const PACKAGES = 'node_modules/';

/** `node_modules/a/node_modules/b/lib/x.js` is of `node_modules/a/node_modules/b`. */
function packageOf(path) {
  const at = path.lastIndexOf(PACKAGES) + PACKAGES.length;
  const [scope, name] = path.slice(at).split('/');
  return path.slice(0, at) + (scope.startsWith('@') ? `${scope}/${name}` : scope);
}

/**
 * A short hash of the contents of all files that the bundles hold, whatever commit they are of, and of the versions of the packages in them.
 * `inputs` are paths below `root`, in any order.
 */
export async function simulationKey(root, inputs) {
  const hash = createHash('sha256');
  const add = (name, content) => {
    const digest = createHash('sha256').update(content).digest('hex');
    hash.update(`${name} ${digest}\n`);
  };
  const unique = [...new Set(inputs)].sort();
  for (const path of unique.filter((each) => !each.includes(PACKAGES))) add(path, await readFile(`${root}/${path}`));
  const packages = [...new Set(unique.filter((each) => each.includes(PACKAGES)).map(packageOf))];
  if (packages.length > 0) {
    const locked = JSON.parse(await readFile(`${root}/package-lock.json`, 'utf8')).packages;
    for (const name of packages) {
      if (!locked[name])
        throw new Error(`package-lock.json does not know ${name}, which the simulation bundles: run npm install`);
      add(name, `${locked[name].version} ${locked[name].integrity}`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}
